"""The results of an activity in a view: its tally, and the first answers as cards."""

import msgspec

from live.activities.kind import counts_people
from live.activities.open import WordTally
from live.activities.state import ActivityState
from live.i18n.catalogs import translator
from live.room import Room
from live.room.questions import notes_of, question_of, results_of
from live.views import word_answers
from live.views.drawn_cloud import drawn_cloud
from live.views.view import View

FIRST_CARDS = 60
MOST_CARDS_BYTES, MOST_WORDS_BYTES = 32_000, 16_000  # so that no screen's view is past 64 KiB


def results(state: ActivityState, *, all: bool = False) -> View:
    """
    The results with the first cards; a screen fetches further pages of cards itself. *all*: as the facilitator sees
    them (`questions.results_of`).
    """
    shown: View = {"shapes": list(state.shapes), "cards": [], "cards_total": 0}
    if total := state.cards_total:
        shown["cards"] = _within(cards(state, 0, FIRST_CARDS), MOST_CARDS_BYTES)
        shown["cards_total"] = total
    if state.tally is not None:
        shown |= results_of(state, all=all)
    if state.kind and (notes := notes_of(state.kind, state.written, shown, state.word_groups.language)):
        shown["notes"] = notes
    if isinstance(state.tally, WordTally) and shown.get("words"):
        shown["words"] = _within(shown["words"], MOST_WORDS_BYTES)
    if state.kind and (unit := state.kind.counted_in(state.written)):
        shown["unit"] = translator(state.word_groups.language)(unit)
    shown["counted"] = "people" if counts_people(state.written) else "phones"
    return shown


def results_as_shown(room: Room, state: ActivityState, *, all: bool = False) -> View:
    """The results as the screen shows them now: of quiet voices only their cards, of a cloud also the answer below."""
    view = results(state, all=all)
    if (state.shape or state.shapes[0]) == "cloud":
        view["voice"] = word_answers.voice(state)
    if state.shape == "quiet":
        found = word_answers.quiet(room, state)
        view["cards"] = _within([word_answers.card(answer) for answer in found[:FIRST_CARDS]], MOST_CARDS_BYTES)
        view["cards_total"] = len(found)
    return view


def add_drawn(state: ActivityState, shown: View) -> None:
    """Add `drawn` to the results *shown*: where the hall saw the words of the cloud, if a screen has told."""
    if drawn := drawn_cloud(state, shown):
        shown["drawn"] = msgspec.to_builtins(drawn)


def of_question(room: Room, state: ActivityState) -> View:
    """The results of one question with what a picture of them needs, also while another is on show."""
    written = state.written
    asked = state.kind.view(written, None) if state.kind else {}
    shown = results_as_shown(room, state)
    add_drawn(state, shown)
    return asked | {
        "activity": written.id, "slide": room.slide_of(written.id), "kind": written.kind,
        "question": question_of(room, state), "shape": state.shape or state.shapes[0], "answers": state.counted,
        "results": shown,
    }  # fmt: skip


def _within(texts: list[View], most_bytes: int) -> list[View]:
    """The first of *texts*, as many as fit into *most_bytes*, but at least one."""
    size = 0
    for place, one in enumerate(texts):
        size += len(one["text"].encode()) + 60
        if size > most_bytes and place:
            return texts[:place]
    return texts


def cards(state: ActivityState, offset: int, limit: int) -> list[View]:
    return [word_answers.card(answer) for answer in state.cards(offset, limit)]
