"""Decides which words are counted as one: by their base form, and by what a person merged and split by hand."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from msgspec import Struct

from live.text import lemmas

FOLDING = 2
"""
How words are folded in a room that is opened now. A room keeps the folding it was opened with, as it keeps its method:
marks in its journal are of folded words. 1: by upper and lower case and compatible signs alone.
"""

MOST_CHANGES = 200  # by hand, of one activity


class WordChange(Struct, frozen=True):
    """A change by hand. `marks` name the groups that became one, or the form that was split off. `n` counts up."""

    n: int
    did: Literal["merged", "split"]
    marks: tuple[str, ...]


# Kafé and kafe, en and én. Accents on other letters make letters of their own: å is no a, and Sámi á is none either.
_ACCENTS = str.maketrans("éèêóòô", "eeeooo")


@lru_cache(maxsize=100_000)
def mark(word: str) -> str:
    """
    A hash that stands for *word* in the journal. The word itself must not be there: it may be somebody's name, in an
    answer that is deleted for good later.
    """
    return sha256(word.encode()).hexdigest()[:16]


@lru_cache(maxsize=50_000)
def _counted_as(form: str, language: str, method: str, folding: int) -> str:
    if method:
        form = " ".join(lemmas.base(word, language) for word in form.split())
    return mark(form if folding == 1 else form.translate(_ACCENTS))


class WordGroups:
    """
    Which group each form is counted in. `method` is what merges inflections (`lemmas.method`); empty: nothing does.
    `folding` is FOLDING, or what was it when the room was opened.

    Changed by `Room.apply` only, through `live.text.word_count.WordCount`.
    """

    def __init__(self, language: str, method: str, folding: int = FOLDING) -> None:
        self.language = language
        self.folding = folding
        self.method = method
        self.changes: list[WordChange] = []
        self._split_off: dict[str, str] = {}  # form -> its own group
        self._merged_into: dict[str, str] = {}  # group -> the group it was merged into

    def group(self, form: str) -> str:
        """The group of *form*, a folded word."""
        if not self.changes:
            return self._automatic(form)
        found = self._split_off.get(mark(form)) or self._automatic(form)
        while found in self._merged_into:
            found = self._merged_into[found]
        return found

    def record(self, did: Literal["merged", "split"], marks: tuple[str, ...]) -> None:
        self.changes.append(WordChange(self.changes[-1].n + 1 if self.changes else 1, did, marks))
        self._apply(self.changes[-1])

    def undo(self) -> None:
        """Reverse the newest change."""
        self.changes.pop()
        self._split_off.clear()
        self._merged_into.clear()
        for change in self.changes:
            self._apply(change)

    def masked_changes(self, words: Iterable[str]) -> list[WordChange]:
        """
        The changes for an export. Marks of words that are not among *words* (folded) are replaced by marks of no word,
        because whoever tries a list of names could find a word by its mark. The counts stay the same.
        """
        kept = {found for form in words for found in (mark(form), self._automatic(form))} if self.changes else set()
        masks: dict[str, str] = {}

        def masked(one: str) -> str:
            return one if one in kept else masks.setdefault(one, mark(f" {len(masks)}"))  # no word begins with a space

        changes = []
        for change in self.changes:
            marks = tuple(map(masked, change.marks))
            if change.did == "split":
                masks[mark(f"{change.n} {change.marks[0]}")] = mark(f"{change.n} {marks[0]}")
            changes.append(WordChange(change.n, change.did, marks))
        return changes

    def group_of(self, change: WordChange) -> str:
        """The group in which the words of *change* are counted now."""
        one = change.marks[0]
        return self.merged_into(self._split_off.get(one, one) if change.did == "split" else one)

    def _automatic(self, form: str) -> str:
        return _counted_as(form, self.language, self.method, self.folding)

    def _apply(self, change: WordChange) -> None:
        if change.did == "split":
            # Its own group, and a new one each time: it may have been split off and merged again before.
            self._split_off[change.marks[0]] = mark(f"{change.n} {change.marks[0]}")
            return
        into = self.merged_into(change.marks[0])
        for one in change.marks[1:]:
            if (group := self.merged_into(one)) != into:
                self._merged_into[group] = into

    def merged_into(self, group: str) -> str:
        """The group that *group* was merged into, through all merges; itself if it was not merged."""
        while group in self._merged_into:
            group = self._merged_into[group]
        return group
