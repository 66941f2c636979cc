"""The results of an activity in a view: its tally, and the first answers as cards."""

import msgspec

from live.activities.kind import counts_people
from live.activities.open import WordTally
from live.activities.question_tally import QuestionTally
from live.activities.state import ActivityState
from live.i18n.catalogs import N_, translator
from live.room import Room
from live.room.comparison import compare
from live.room.dealing import WEIGHED
from live.room.questions import notes_of, question_of, results_of
from live.views import questions, word_answers
from live.views.drawn_cloud import drawn_cloud
from live.views.view import View

BOARD_ROWS = 8
FIRST_CARDS = 60
MOST_CARDS_BYTES, MOST_WORDS_BYTES, MOST_OPTIONS_BYTES = (
    32_000,
    16_000,
    20_000,
)  # so that no screen's view is past 64 KiB


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
        shown.pop("questions", None)  # they are the cards
    if state.kind and (notes := notes_of(state.kind, state.written, shown, state.word_groups.language)):
        shown["notes"] = notes
    if state.deals:  # as many as a hall can look at; there may be thousands
        shown["options_total"] = len(shown["options"])
        shown["options"] = _within(shown["options"][:FIRST_CARDS], MOST_OPTIONS_BYTES)
    if isinstance(state.tally, WordTally) and shown.get("words"):
        shown["words"] = _within(shown["words"], MOST_WORDS_BYTES)
    if state.kind and (unit := state.kind.counted_in(state.written)):
        shown["unit"] = translator(state.word_groups.language)(unit)
    shown["counted"] = "people" if counts_people(state.written) else "phones"
    return shown


def board(room: Room, state: ActivityState) -> View:
    """
    `board`: who has most points, where that is told with these results: `rows` (`place name points`), of those who
    share a place either all or none, `more` who have no row, and the `teams` (`name mean members`), the best first.
    """
    told = state.kind is not None and state.kind.scored and state.results_visible and not state.open
    if not told or not room.scores.is_told(state):
        return {}
    table = room.scores.table(room.position)
    shown = table.standings[:BOARD_ROWS]
    if len(shown) < len(table.standings) and shown[0].place != shown[-1].place:
        shown = [one for one in shown if one.place < table.standings[BOARD_ROWS].place]
    rows = [{"place": one.place, "name": name_of(room, one.phone), "points": one.points} for one in shown]
    teams = [{"name": one.name, "mean": one.mean, "members": one.members} for one in table.teams]
    return {"board": {"rows": rows, "more": len(table.standings) - len(rows), "teams": teams}}


def name_of(room: Room, phone: str) -> str:
    """The name that a player gave, where it may be shown, else their number."""
    return room.people.name(phone) or translator(room.workshop.language)(N_("Player {n}")).format(
        n=room.people.number(phone)
    )


def results_as_shown(room: Room, state: ActivityState, *, all: bool = False) -> View:
    """
    The results as the screen shows them now: of quiet voices only their cards, of a cloud also the answer below, of a
    quiz also who has most points.
    """
    view = results(state, all=all) | board(room, state)
    if not state.open and (compared := compare(room, state)):
        view["compare"] = compared
    if (state.shape or state.shapes[0]) == "cloud":
        view["voice"] = word_answers.voice(state)
    if state.shape == "quiet":
        found = word_answers.quiet(room, state)
        view["cards"] = _within([word_answers.card(answer) for answer in found[:FIRST_CARDS]], MOST_CARDS_BYTES)
        view["cards_total"] = len(found)
    if state.shape == WEIGHED or (state.deals and state.shape == "wall"):
        total, first = weighed_cards(room, state, 0, FIRST_CARDS)
        view |= {"cards": _within(first, MOST_CARDS_BYTES), "cards_total": total}
    view["shapes"] = list(room.dealing.shapes_of(state))
    return view


def weighed_cards(room: Room, state: ActivityState, offset: int, limit: int) -> tuple[int, list[View]]:
    """
    How many answers there are, and a page of them, the best supported first (`Tally.show`). *state* is where they were
    written, or where they were weighed; what was written and not weighed comes last.
    """
    weighing = state if state.deals else room.dealing.weighed_in(state.written.id)
    ranked = [one["id"] for one in weighing.tally.show()["options"]] if weighing and weighing.tally else []
    table = room.dealing.table(weighing.written.id) if weighing else None
    if table is None:
        return 0, []
    if state.deals:
        found = table.source.counted_among(ranked[offset : offset + limit])
        return len(ranked), [word_answers.card(one) for one in found]
    known = set(ranked)
    rest = [one.id for one in state.cards(0, state.counted) if one.id not in known]
    ids = [*ranked, *rest][offset : offset + limit]
    return state.counted, [word_answers.card(one) for one in state.counted_among(ids)]


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
        size += len(one["text"].encode()) + len(one.get("reply", "").encode()) + 60
        if size > most_bytes and place:
            return texts[:place]
    return texts


def cards(state: ActivityState, offset: int, limit: int) -> list[View]:
    """A page of the answers as cards: questions to a panel in the order that is shown."""
    if isinstance(state.tally, QuestionTally):
        return [questions.card(one) for one in state.tally.listed(_order(state), offset, limit)]
    return [word_answers.card(answer) for answer in state.cards(offset, limit)]


def total(state: ActivityState) -> int:
    return state.tally.total(_order(state)) if isinstance(state.tally, QuestionTally) else state.counted


def _order(state: ActivityState) -> str:
    return state.shape or state.shapes[0]
