"""Writes runs and paragraphs of a deck as Markdown that reads as exactly the same words."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from live.decks.model import Paragraph, Run, Runs
from live.workshop.editor.writer import as_line

_WORD = re.compile(r"\w")


def inline(runs: Runs) -> str:
    """*runs* on one line; a line break within them is a space."""
    text, looks = _letters(runs)
    escaped = _escaped(text)
    parts: list[str] = []
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and looks[end] == looks[start]:
            end += 1
        if looks[start].link and parts and parts[-1].endswith("!"):
            parts[-1] = parts[-1][:-1] + "\\!"  # or the link would be read as a picture
        beside = bool(parts) and parts[-1].endswith("*")  # two emphases with nothing between would be read as one
        parts.append(_with_look(text, escaped, start, end, looks[start], plain=beside))
        start = end
    return "".join(parts)


def _letters(runs: Runs) -> tuple[str, list[Run]]:
    """The text with single spaces, and for each of its letters the run that it is from."""
    letters: list[str] = []
    looks: list[Run] = []
    for run in runs:
        for sign in run.text:
            if sign.isspace():
                sign = " " if letters and letters[-1] != " " else ""
            if sign and (sign.isprintable() or sign in _JOINERS):
                letters.append(sign)
                looks.append(run)
    if letters and letters[-1] == " ":
        letters.pop()
        looks.pop()
    return "".join(letters), looks


_JOINERS = "\u200c\u200d\u200e\u200f\u00ad\u2066\u2067\u2068\u2069"
"""What no one sees, but some scripts and emoji are written with, or that says in which direction text runs."""


def _escaped(text: str) -> list[str]:
    """Each letter of *text* as it is to be written: with a backslash where Markdown would take it for a mark."""
    written = as_line(text)
    found: list[str] = []
    at = 0
    for sign in text:
        if written[at] == "\\" and (sign != "\\" or written[at + 1 : at + 2] == "\\"):
            found.append("\\" + sign)
            at += 2
        else:
            found.append(sign)
            at += 1
    return found


def _with_look(text: str, escaped: list[str], start: int, end: int, look: Run, *, plain: bool) -> str:
    first, last = start, end
    while first < last and text[first] == " ":
        first += 1
    while last > first and text[last - 1] == " ":
        last -= 1
    words = "".join(escaped[first:last])
    marks = "**" * look.bold + "*" * look.italic
    if words and marks and not plain and _stands_alone(text, first, last):
        words = marks + words + marks[::-1]
    if words and look.link:
        words = f"[{words}](<{_address(look.link)}>)"
    return " " * (first - start) + words + " " * (end - last)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether CommonMark takes marks around that part as emphasis: not inside a word, nor beside an inner comma."""
    before, after = text[start - 1 : start], text[end : end + 1]
    outside = not (before and _WORD.match(before)) and not (after and _WORD.match(after))
    inner = bool(_WORD.match(text[start]) and _WORD.match(text[end - 1]))
    return inner or (outside and (not before or before == " ") and (not after or after == " "))


def _address(link: str) -> str:
    return quote("".join(link.split()), safe="%/:?#[]@!$&'()*+,;=~-._")


def paragraphs(texts: Sequence[Paragraph]) -> Iterator[str]:
    """The lines of Markdown for *texts*, with an empty line between paragraphs and around lists."""
    indents: list[int] = []
    kind = ""
    for text in texts:
        mark = "+" if text.click else text.mark
        if not mark:
            if kind:
                yield ""
            kind, indents = "text", []
            yield from _lines(text.runs, "", "")
            continue
        # Another sign at the outer level begins another list; a list right under a paragraph would go on with it.
        if kind == "text":
            yield ""
        kind = "list"
        depth = min(text.level, len(indents))
        sign = f"{text.number}." if mark == "1" else mark
        indents = [*indents[:depth], len(sign) + 1]
        before = " " * sum(indents[:depth])
        yield from _lines(text.runs, f"{before}{sign} ", before + " " * (len(sign) + 1))


def _lines(runs: Runs, first: str, further: str) -> Iterator[str]:
    """One paragraph; each line break within it is a hard break of Markdown."""
    lines = [line for line in _broken(runs) if line]
    for at, line in enumerate(lines):
        yield (further if at else first) + line + ("\\" if at + 1 < len(lines) else "")


def _broken(runs: Runs) -> Iterator[str]:
    line: list[Run] = []
    for run in runs:
        parts = run.text.split("\n")
        line.append(Run(parts[0], run.bold, run.italic, run.link))
        for part in parts[1:]:
            yield inline(tuple(line))
            line = [Run(part, run.bold, run.italic, run.link)]
    yield inline(tuple(line))
