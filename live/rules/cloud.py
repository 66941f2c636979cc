"""The rule that keeps where a screen drew the words of a cloud."""

from live.activities.open import TextTally
from live.errors import Refused
from live.events import CloudDrawn, Event
from live.room import Room
from live.rules.commands import KeepCloud

WHOLE = 10_000  # the width of the cloud
MOST_WORDS = 60
MOST_DRAWN = 30  # times in one activity
LOUDEST = 2
SHAPE = "cloud"


def keep(room: Room, action: KeepCloud, now: int) -> list[Event]:
    """
    The first screen that tells it counts, and another only when words have come that were not in it. What was drawn of
    answers that have gone since, or while the cloud is not on show, is passed over: screens are a moment behind.
    """
    if not _drawable(action):
        raise Refused("bad")
    state = room.activities.get(action.activity) if action.activity else room.activity
    if state is None or not isinstance(state.tally, TextTally):
        raise Refused("no-words")
    shape = state.shape or state.shapes[0]
    if state.open or not state.revealed or shape != SHAPE or len(state.clouds) >= MOST_DRAWN:
        return []
    counted = state.tally.words
    words = {
        counted.word_groups.group(counted.fold(word)): place
        for word, place in action.places.items()
        if counted.forms(word)
    }
    if not words or (state.clouds and words.keys() <= state.clouds[-1].words.keys()):
        return []
    return [CloudDrawn(at=now, activity=state.written.id, high=action.high, figure=action.figure, words=words)]


def _drawable(action: KeepCloud) -> bool:
    return (
        0 < len(action.places) <= MOST_WORDS
        and WHOLE // 10 <= action.high <= 3 * WHOLE
        and 0 <= action.figure <= WHOLE
        and all(
            0 <= x <= WHOLE and 0 <= y <= action.high and 0 < size <= WHOLE and 0 <= loud <= LOUDEST
            for x, y, size, loud in action.places.values()
        )
    )
