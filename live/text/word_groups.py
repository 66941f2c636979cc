"""Which words are counted as one: as the machine sees it, and as a person has said since."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from msgspec import Struct

from live.text import lemmas

MOST_CHANGES = 200  # by hand, of one activity


class WordChange(Struct, frozen=True):
    """By hand. `marks` are those of the groups that became one, or of the form that was taken out. `n` counts up."""

    n: int
    did: Literal["merged", "split"]
    marks: tuple[str, ...]


@lru_cache(maxsize=100_000)
def mark(word: str) -> str:
    """
    What stands for *word* in the journal. The word itself must not: it may be somebody's name, in an answer that is
    deleted for good later.
    """
    return sha256(word.encode()).hexdigest()[:16]


@lru_cache(maxsize=50_000)
def _counted_as(form: str, language: str) -> str:
    return mark(" ".join(lemmas.base(word, language) for word in form.split()))


class WordGroups:
    """
    A form is counted in a group. `by` is what merges inflections here (`lemmas.method`); empty: nothing does.

    Changed by `Room.apply` alone, through `live.text.word_count.Words`.
    """

    def __init__(self, language: str, by: str) -> None:
        self.language = language
        self.by = by
        self.changes: list[WordChange] = []
        self._alone: dict[str, str] = {}  # form -> the group it was put in by itself
        self._into: dict[str, str] = {}  # group -> the one it was merged into

    def group(self, form: str) -> str:
        """The group of *form*, a folded word."""
        if not self.changes:
            return self._machine(form)
        found = self._alone.get(mark(form)) or self._machine(form)
        while found in self._into:
            found = self._into[found]
        return found

    def do(self, did: Literal["merged", "split"], marks: tuple[str, ...]) -> None:
        self.changes.append(WordChange(self.changes[-1].n + 1 if self.changes else 1, did, marks))
        self._reckon(self.changes[-1])

    def undo(self) -> None:
        """The newest change is no more."""
        self.changes.pop()
        self._alone.clear()
        self._into.clear()
        for change in self.changes:
            self._reckon(change)

    def without(self, said: Iterable[str]) -> list[WordChange]:
        """
        The changes as they may be told: what stands for a word that is not among *said*, folded words, stands for no
        word at all. Its mark would tell whoever tries a list of names. The counts stay the same.
        """
        kept = {found for form in said for found in (mark(form), self._machine(form))} if self.changes else set()
        told: dict[str, str] = {}

        def name(one: str) -> str:
            return one if one in kept else told.setdefault(one, mark(f" {len(told)}"))  # no word begins with a space

        changes = []
        for change in self.changes:
            marks = tuple(map(name, change.marks))
            if change.did == "split":
                told[mark(f"{change.n} {change.marks[0]}")] = mark(f"{change.n} {marks[0]}")
            changes.append(WordChange(change.n, change.did, marks))
        return changes

    def shown_in(self, change: WordChange) -> str:
        """The group that what *change* is about is counted in now."""
        one = change.marks[0]
        return self.end(self._alone.get(one, one) if change.did == "split" else one)

    def _machine(self, form: str) -> str:
        return _counted_as(form, self.language) if self.by else mark(form)

    def _reckon(self, change: WordChange) -> None:
        if change.did == "split":
            # A group of its own, and a new one if it was split off and merged again before.
            self._alone[change.marks[0]] = mark(f"{change.n} {change.marks[0]}")
            return
        into = self.end(change.marks[0])
        for one in change.marks[1:]:
            if (end := self.end(one)) != into:
                self._into[end] = into

    def end(self, group: str) -> str:
        """What it was merged into in the end, or itself."""
        while group in self._into:
            group = self._into[group]
        return group
