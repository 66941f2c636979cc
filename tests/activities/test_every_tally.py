"""
Every tally, after any order of answers, changes, deletions, late ones and repeats, is a plain count of the journal; and
nothing that anybody can send as JSON breaks one or changes it unless it was taken.
"""

import contextlib
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live import events
from live.activities import KINDS
from live.activities.kind import Pretender
from live.errors import Refused
from live.rehearsal.participants import chance
from live.rules.commands import DealCards
from tests.activities.every_kind import as_given, started
from tests.meeting import Meeting

CHOSEN = [name for name, kind in KINDS.items() if kind.writes == "choices"]
OWN = {kind: import_module(f"tests.activities.test_{kind}") for kind in CHOSEN}  # here, since some have tests by @given
PHONES, NAMES = ("anne", "bo", "kim"), ("x", "y")
IDS = st.sampled_from(["a", "b", "c", "d", "z", ""])
NUMBERS = st.integers(-3, 12) | st.sampled_from([2**40, -(2**70), 0.5, 1e300])
JSON = (
    st.lists(IDS | st.integers(-2, 1200), max_size=5)
    | st.dictionaries(IDS, st.integers(-2, 9) | st.lists(st.integers(-2, 120), max_size=3), max_size=5) | NUMBERS | IDS
    | st.none() | st.sampled_from(["consent", "object"])
)  # fmt: skip
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["send", "send", "send", "junk", "withdraw", "close", "reopen", "hide", "restore"]),
        st.sampled_from(PHONES), st.sampled_from(NAMES), st.integers(1, 4), st.integers(0, 50), JSON,
        st.sampled_from([None, None, None, "Det blir for dyrt.", ""]),
    ),
    max_size=25,
)  # fmt: skip


def usual(meeting: Meeting, phone: str, turn: int) -> tuple[str | None, Any]:
    """What a pretend participant would send from *phone*."""
    state = meeting.room.activities["x"]
    if state.deals:
        meeting.command(DealCards(phone, "x"))
    written = meeting.room.dealing.as_dealt(state, phone)
    one = Pretender(
        turn,
        turn,
        lambda *about: chance(turn, *about),
        lambda *about: chance("all", *about),
        ["Nei."],
        ["Sykkel", "Ferje"],
    )
    text, value = next(state.kind.rehearse(written, one), (None, None))
    return text, as_given(state, phone, value)


def moved(meeting: Meeting, move: tuple[Any, ...]) -> None:
    do, phone, name, rev, turn, junk, words = move
    state = meeting.room.activities["x"]
    name = f"{phone}{name}"
    match do:
        case "send":
            text, value = usual(meeting, phone, turn)
            meeting.answer(phone, name, "x", text, value=value, rev=rev)
        case "junk":
            meeting.answer(phone, name, "x", words, value=junk, rev=rev)
        case "withdraw":
            meeting.withdraw(phone, name, rev)
        case "hide" | "restore" if state.answers:
            id = list(state.answers)[turn % len(state.answers)]
            reason = {"reason": "Galt."} if do == "hide" else {}
            meeting.act(f"{do}_answer", id=id, **reason)
        case "close" | "reopen":
            meeting.act(do)
            meeting.wait(turn)


def standing(meeting: Meeting) -> list[tuple[str | None, Any]]:
    """Text and value of each answer that counts, added up from the journal without the room."""
    kept: dict[str, list[Any]] = {}
    for event in meeting.events:
        match event:
            case events.AnswerSent(activity="x"):
                kept[event.id] = [event.text, event.value, event.late, False]
            case events.AnswerChanged():
                kept[event.id][:2] = [event.text, event.value]
            case events.AnswerWithdrawn():
                kept.pop(event.id, None)
            case events.AnswerHidden():
                kept[event.id][3] = True
            case events.AnswerRestored():
                kept[event.id][2:] = [False, False]
    return [(text, value) for text, value, late, hidden in kept.values() if not late and not hidden]


@pytest.mark.parametrize("kind", CHOSEN)
@given(moves=MOVES)
@settings(max_examples=max(15, settings().max_examples // 4))
def test_a_tally_is_a_plain_count_of_the_journal(kind, moves):
    own = OWN[kind]
    meeting = started(own.EXAMPLE)
    for move in moves:
        with contextlib.suppress(Refused):
            moved(meeting, move)
    state = meeting.room.activities["x"]
    shown = state.tally.show()
    anew = state.kind.tally(state.written, state.word_groups)
    again = meeting.replayed().activities["x"]
    for answer in again.counted_among():
        anew.add(answer)
    assert anew.show() == shown
    if recount := getattr(own, "recount", None):
        for name, counted in recount(standing(meeting)).items():
            assert counted == shown[name], name
    state.kind.figures(state.written, shown)
    for answer in state.answers.values():
        assert state.kind.tell(state.written, answer)


@pytest.mark.parametrize("kind", CHOSEN)
def test_a_value_of_another_kind_is_taken_as_it_is_or_refused(kind):
    """
    What the feed lets through (`live.events.Value`) raises nothing but a refusal, and what is taken can be told.
    """
    meeting = started(OWN[kind].EXAMPLE)
    state = meeting.room.activities["x"]
    id = state.written.options[0].id if state.written.options else "a"
    other = state.written.options[1].id if state.written.options else "b"
    each = [0, 1, -1, 10**20, [], [1], [1, 2], [10**9, -1]]
    values = [None, "", id, "consent", 0, -1, 2**70, 0.5, [], {}, [id], [id, id], [id, other], [1], [1, 2], [10**9, -1]]
    values += [{about: one} for one in each for about in (id, "", "0" * 32)] + [{id: one, other: one} for one in each]
    for text in (None, "", "Det blir for dyrt."):
        for value in values:
            with contextlib.suppress(Refused):
                _, taken = state.kind.check(state.written, text, value)
                state.kind.standing(state.written, taken)
    for field in ("", "1", "x", "9" * 400, "1,2"):
        form = {name: [field] for name in ("option", "value", "text", "x", "y", f"card-{id}", f"{id}-x", id)}
        with contextlib.suppress(Refused):
            state.kind.check(state.written, *state.kind.from_form(form))
