"""Which words count as one, by hand: what the machine merged is split, and what it did not see is merged. Rules."""

from collections.abc import Callable, Sequence
from typing import Protocol

from live.activities.open import TextTally
from live.activities.state import ActivityState
from live.errors import Refused
from live.events import Event, WordsMerged, WordSplit, WordsUndone
from live.room import Room
from live.text.normalize import MOST_CHARACTERS
from live.text.word_count import WordCount, fold
from live.text.word_groups import MOST_CHANGES, mark

MOST_WORDS = 60  # in one merge


class Asked(Protocol):
    """The fields of a facilitator's action that count here (`rules.Act`). `activity` None: the one on show."""

    @property
    def activity(self) -> str | None: ...
    @property
    def word(self) -> str | None: ...
    @property
    def words(self) -> Sequence[str]: ...
    @property
    def n(self) -> int | None: ...


def split_word(room: Room, act: Asked, now: int) -> list[Event]:
    """`word` is one of the forms that are counted as one; from now on it stands by itself."""
    state, words = _counted(room, act)
    forms = words.forms(_said(act.word))
    if not forms:
        raise Refused("unknown-word")
    if len(forms) < 2:
        raise Refused("word-alone")
    _room_for_more(words)
    return [WordSplit(at=now, activity=state.written.id, mark=mark(fold(_said(act.word))))]


def merge_words(room: Room, act: Asked, now: int) -> list[Event]:
    """`words` are counted as one from now on, with whatever each of them is counted with."""
    state, words = _counted(room, act)
    if not 2 <= len(act.words) <= MOST_WORDS:
        raise Refused("bad")
    said = [_said(word) for word in act.words]
    if not all(map(words.forms, said)):
        raise Refused("unknown-word")
    groups = list(dict.fromkeys(words.word_groups.group(fold(word)) for word in said))
    if len(groups) < 2:
        return []
    _room_for_more(words)
    return [WordsMerged(at=now, activity=state.written.id, marks=groups)]


def undo_words(room: Room, act: Asked, now: int) -> list[Event]:
    """Take the newest of these back, if it still is change `n`: nobody undoes what another has just done."""
    state, words = _counted(room, act)
    if not words.word_groups.changes:
        raise Refused("nothing-to-undo")
    if act.n is not None and act.n != words.word_groups.changes[-1].n:
        raise Refused("changed-since")
    return [WordsUndone(at=now, activity=state.written.id)]


def _counted(room: Room, act: Asked) -> tuple[ActivityState, WordCount]:
    state = room.activities.get(act.activity) if act.activity else room.activity
    source = (room.source_of(state.written.id) if state and state.written.kind == "group" else None) or state
    if source is None or not isinstance(source.tally, TextTally):
        raise Refused("no-words")
    return source, source.tally.words


def _said(word: str | None) -> str:
    return (word or "")[:MOST_CHARACTERS]


def _room_for_more(words: WordCount) -> None:
    if len(words.word_groups.changes) >= MOST_CHANGES:
        raise Refused("too-many-merges", most=MOST_CHANGES)


ACTIONS: dict[str, Callable[[Room, Asked, int], list[Event]]] = {
    "split_word": split_word, "merge_words": merge_words, "undo_words": undo_words,
}  # fmt: skip
