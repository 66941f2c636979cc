"""Collects the errors and warnings about a workshop file, each with its line."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from live.errors import Problem
from live.workshop.schema import norwegian

MOST_PROBLEMS = 200  # to find the nearest word takes about a millisecond each; nobody reads more than this at once


class Diagnostics:
    """
    Errors and warnings. Sentences have `{placeholders}`; *translate* is applied before these are filled in.

    `word` is the text in the file, shown in backticks and shortened. For «did you mean», `among` are the words that
    would have been right, and `family` is where their Norwegian ones are found.
    """

    def __init__(self, translate: Callable[[str], str] = str) -> None:
        self._translate = translate
        self._found: dict[bool, list[Problem]] = {False: [], True: []}
        self._left_out: dict[bool, list[int]] = {False: [], True: []}

    def error(self, line: int, sentence: str, **facts: Any) -> None:
        self._add(False, line, sentence, **facts)

    def warn(self, line: int, sentence: str, **facts: Any) -> None:
        self._add(True, line, sentence, **facts)

    @property
    def errors(self) -> list[Problem]:
        return self._sorted(warning=False)

    @property
    def warnings(self) -> list[Problem]:
        return self._sorted(warning=True)

    def _sorted(self, *, warning: bool) -> list[Problem]:
        found = sorted(self._found[warning], key=lambda problem: problem.line)
        if left_out := self._left_out[warning]:
            message = self._translate("… and {n} more").format(n=len(left_out))
            found.append(Problem(left_out[0], message, warning))
        return found

    def _add(
        self,
        warning: bool,
        line: int,
        sentence: str,
        *,
        word: str = "",
        among: Iterable[str] = (),
        family: str = "",
        **facts: object,
    ) -> None:
        if len(self._found[warning]) >= MOST_PROBLEMS:
            self._left_out[warning].append(line)
            return
        message = self._translate(sentence).format(word=quoted(word), **facts)
        if near := nearest(word, among, family):
            message += " " + self._translate("(did you mean {nearest}?)").format(nearest=f"`{near}`")
        self._found[warning].append(Problem(line, message, warning))


def nearest(word: str, among: Iterable[str], family: str = "") -> str | None:
    """The right word that *word* is most like, if any. An English one wins over a slightly closer Norwegian one."""
    word = word[:60].casefold()
    close = get_close_matches(word, list(among), n=1, cutoff=0.7)
    close = close or get_close_matches(word, [*among, *norwegian(family, among)], n=1, cutoff=0.5)
    return close[0] if close else None


def quoted(word: str) -> str:
    word = " ".join(word.split())
    return f"`{word[:40]}…`" if len(word) > 40 else f"`{word}`"
