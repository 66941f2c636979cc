"""The mark in braces at the end of an option: `- Oslo {right}`, `- Playground {cost=300000}`."""

import re

from live.workshop.diagnostics import Diagnostics, nearest
from live.workshop.scanner import Line
from live.workshop.schema import OPTION, KindSchema, canonical

MOST_COST = 1_000_000_000
_MARK = r"(?<!\\)\{[ \t]*([^{}\s\\=]{1,30})[ \t]*(=[^{}\\=]{0,30})?\}"
_AT_END = re.compile(rf"[ \t]*{_MARK}\s*$")
_ANYWHERE = re.compile(_MARK)


def split_mark(text: str) -> tuple[str, str]:
    """*text* without the mark at its end, and what stands between the braces; empty where there is none."""
    found = _AT_END.search(text) if text.rstrip().endswith("}") else None
    if found is None or not _is_mark(found):
        return text, ""
    return text[: found.start()], f"{found[1]}{found[2] or ''}".strip()


def _is_mark(found: re.Match[str]) -> bool:
    name = canonical(found[1], "option", OPTION)
    return name is not None and (found[2] is None or OPTION[name])


def name_of(mark: str) -> str:
    """The canonical word of a mark."""
    return canonical(mark.partition("=")[0].strip(), "option", OPTION) or ""


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


def costs_of(marks: dict[int, str]) -> dict[int, int | None]:
    """What options cost, by their first lines; None where that can't be read. Spaces may part the thousands."""
    return {line: _cost(mark) for line, mark in marks.items() if name_of(mark) == "cost"}


def _cost(mark: str) -> int | None:
    digits = "".join(mark.partition("=")[2].split())
    cost = int(digits) if digits.isascii() and digits.isdecimal() else 0
    return cost if 1 <= cost <= MOST_COST else None


def check(
    options: list[list[Line]], marks: dict[int, str], kind: KindSchema, kind_name: str, diagnostics: Diagnostics
) -> None:
    """
    An error for each of *marks* that the options of a *kind* do not have or that can't be read, and a warning for what
    looks like one in the text of the *options*, where it is part of their words.
    """
    for number, mark in marks.items():
        if (name := name_of(mark)) == "cost" and name not in kind.marks:
            diagnostics.error(number, "{kind} has no costs: leave out {word}", kind=kind_name, word=f"{{{mark}}}")
        elif name not in kind.marks:
            diagnostics.error(
                number, "{kind} has no right options: leave out {word}", kind=kind_name, word=f"{{{mark}}}"
            )
    for number, cost in costs_of(marks).items() if "cost" in kind.marks else ():
        if cost is None:
            written = marks[number].partition("=")[2].strip()
            sentence = "{key} is a whole number from {low} to {high}, not {word}"
            diagnostics.error(number, sentence, key="cost", low=1, high=MOST_COST, word=written)
    among = tuple(sorted(kind.marks))
    if not among:
        return
    for number, text in (line for lines in options for line in lines):
        for found in _ANYWHERE.finditer(text) if "{" in text else ():
            if _is_mark(found):
                diagnostics.warn(number, "{word} marks an option only at its end", word=found[0])
            elif found.end() == len(text.rstrip()) and nearest(found[1], among, "option"):
                diagnostics.warn(
                    number, "{word} says nothing about an option", word=found[1], among=among, family="option"
                )
