"""Rules for changing by hand which words count as one: split what was merged automatically, or merge more."""

from live.activities.open import WordTally
from live.activities.state import ActivityState
from live.errors import Refused
from live.events import Event, WordsMerged, WordSplit, WordsUndone
from live.room import Room
from live.rules import commands
from live.text.normalize import MOST_CHARACTERS
from live.text.word_count import WordCount
from live.text.word_groups import MOST_CHANGES, mark

MOST_WORDS = 60  # in one merge


def split_word(room: Room, action: commands.SplitWord, now: int) -> list[Event]:
    """`word` is one of several forms counted as one word; from now on it counts by itself."""
    state, words = _counted(room, action)
    forms = words.forms(_typed(action.word))
    if not forms:
        raise Refused("unknown-word")
    if len(forms) < 2:
        raise Refused("word-alone")
    _room_for_more(words)
    return [WordSplit(at=now, activity=state.written.id, mark=mark(words.fold(_typed(action.word))))]


def merge_words(room: Room, action: commands.MergeWords, now: int) -> list[Event]:
    """`words` count as one word from now on, with all forms that each of them already includes."""
    state, words = _counted(room, action)
    if not 2 <= len(action.words) <= MOST_WORDS:
        raise Refused("bad")
    typed = [_typed(word) for word in action.words]
    if not all(map(words.forms, typed)):
        raise Refused("unknown-word")
    groups = list(dict.fromkeys(words.word_groups.group(words.fold(word)) for word in typed))
    if len(groups) < 2:
        return []
    _room_for_more(words)
    return [WordsMerged(at=now, activity=state.written.id, marks=groups)]


def undo_words(room: Room, action: commands.UndoWords, now: int) -> list[Event]:
    """Undo the newest change, if it still is number `n`, so that nobody undoes what somebody else has just done."""
    state, words = _counted(room, action)
    if not words.word_groups.changes:
        raise Refused("nothing-to-undo")
    if action.n is not None and action.n != words.word_groups.changes[-1].n:
        raise Refused("changed-since")
    return [WordsUndone(at=now, activity=state.written.id)]


def _counted(room: Room, action: commands.AboutActivity) -> tuple[ActivityState, WordCount]:
    state = room.activities.get(action.activity) if action.activity else room.activity
    source = (room.source_of(state.written.id) if state and state.gathers else None) or state
    if source is None or not isinstance(source.tally, WordTally):
        raise Refused("no-words")
    return source, source.tally.words


def _typed(word: str | None) -> str:
    return (word or "")[:MOST_CHARACTERS]


def _room_for_more(words: WordCount) -> None:
    if len(words.word_groups.changes) >= MOST_CHANGES:
        raise Refused("too-many-merges", most=MOST_CHANGES)
