"""What the answers to an activity add up to, as faces show it."""

from live.activities.state import ActivityState
from live.room import Room
from live.views import word_answers
from live.views.view import View

FIRST_CARDS = 60
MOST_CARDS_BYTES, MOST_WORDS_BYTES = 32_000, 16_000  # so that no screen's view is past 64 KiB


def results(state: ActivityState) -> View:
    """What the answers add up to; a screen pages through further cards by itself."""
    shown: View = {"shapes": list(state.shapes), "cards": [], "cards_total": 0}
    if "wall" in state.shapes:
        shown["cards"] = _fitting(cards(state, 0, FIRST_CARDS), MOST_CARDS_BYTES)
        shown["cards_total"] = state.counted
    if state.tally is not None:
        shown |= state.tally.show()
    if "words" in shown:
        shown["words"] = _fitting(shown["words"], MOST_WORDS_BYTES)
    shown["counted"] = "people" if state.written.attrs.get("count") == "people" else "phones"
    return shown


def as_shaped(room: Room, state: ActivityState) -> View:
    """The same; where quiet voices are on show, the cards are theirs alone."""
    told = results(state)
    if state.shape == "quiet":
        found = word_answers.quiet(room, state)
        told["cards"] = _fitting([word_answers.card(answer) for answer in found[:FIRST_CARDS]], MOST_CARDS_BYTES)
        told["cards_total"] = len(found)
    return told


def _fitting(texts: list[View], most_bytes: int) -> list[View]:
    """As many of *texts* as stay within *most_bytes*; always the first."""
    size = 0
    for place, one in enumerate(texts):
        size += len(one["text"].encode()) + 60
        if size > most_bytes and place:
            return texts[:place]
    return texts


def cards(state: ActivityState, offset: int, limit: int) -> list[View]:
    return [word_answers.card(answer) for answer in state.cards(offset, limit)]
