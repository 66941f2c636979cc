"""The mark in braces at the end of an option: `- Oslo {right}`."""

import re

from live.workshop.diagnostics import Diagnostics, nearest
from live.workshop.scanner import Line
from live.workshop.schema import OPTION, canonical

_AT_END = re.compile(r"\s*(?<!\\)\{\s*([^{}\s\\]{1,30})\s*\}\s*$")
_ANYWHERE = re.compile(r"(?<!\\)\{\s*([^{}\s\\]{1,30})\s*\}")


def split_mark(text: str) -> tuple[str, str]:
    """*text* without the mark at its end, and the word of the mark as written; empty where there is none."""
    found = _AT_END.search(text) if text.rstrip().endswith("}") else None
    if found is None or canonical(found[1], "option", OPTION) is None:
        return text, ""
    return text[: found.start()], found[1]


def without_marks(options: list[list[Line]]) -> tuple[list[list[Line]], dict[int, str]]:
    """The *options* without their marks; and the marks, by the first line of the option."""
    bare, marks = [], {}
    for lines in options:
        number, last = lines[-1]
        text, mark = split_mark(last)
        if mark:
            marks[lines[0][0]] = mark
        bare.append([*lines[:-1], (number, text)])
    return bare, marks


def check(
    options: list[list[Line]], marks: dict[int, str], *, marked: bool, kind: str, diagnostics: Diagnostics
) -> None:
    """
    An error for each of *marks* in a *kind* whose options have none, and a warning for what looks like one in the text
    of the *options*, where it is part of their words.
    """
    if not marked:
        for number, mark in marks.items():
            diagnostics.error(number, "{kind} has no right options: leave out {word}", kind=kind, word=f"{{{mark}}}")
        return
    for number, text in (line for lines in options for line in lines):
        for found in _ANYWHERE.finditer(text) if "{" in text else ():
            if canonical(found[1], "option", OPTION):
                diagnostics.warn(number, "{word} marks an option only at its end", word=found[0])
            elif found.end() == len(text.rstrip()) and nearest(found[1], OPTION, "option"):
                diagnostics.warn(
                    number, "{word} says nothing about an option", word=found[1], among=OPTION, family="option"
                )
