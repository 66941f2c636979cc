"""The action that is offered to undo the newest press leads exactly to what was before it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from live.errors import Refused
from live.views import undo
from tests.meeting import START, Meeting, answer_id

TEXT = """---
format: workshop/1
title: Angre
language: nb
---

# En

+ Ett
+ To

---

## To

:::pair{time=1:00}
Snakk sammen.
:::

:::open{id=a many=3 time=2:00}
Skriv.
:::

---

## Tre

:::choice{id=b optional}
- Ja
- Nei
:::

---

## Fire
"""
PRESSES = [
    "next", "next", "next", "back", "blank", "unblank", "pause", "resume", "close", "reopen", "reveal", "hide",
    "close_in", "end", "goto", "start", "hide_answer", "restore_answer", "release_answers", "mask_answer", "mute_phone",
    "wait",
]  # fmt: skip


def where(meeting: Meeting) -> tuple:
    room = meeting.room
    room.read_on(99)
    state = room.activity
    return (
        # An activity that was closing and is opened again stays open.
        room.stop, room.state.replace("closing", "write"), room.blank, room.ended,
        [(one.id, one.hidden, one.counted) for some in room.activities.values() for one in some.answers.values()],
        state and (state.written.id, state.stage, state.results_visible),
        bool(state and state.timer and state.timer.paused_at is not None),
    )  # fmt: skip


def do(meeting: Meeting, press: str) -> None:
    if press == "wait":
        meeting.wait(125)
        return
    more = {"goto": {"slide": 4}, "start": {"activity": "b"}, "close_in": {"seconds": 20}}.get(press, {})
    if press == "release_answers":
        more = {"answers": {answer_id("x"): 1}}
    elif press.endswith(("_answer", "_phone")):
        more = {"id": answer_id("x"), "reason": "Navn"}
    meeting.now += 1000
    meeting.act(press, **more)


@example(["start", "reveal", "next", "hide"], "Flere benker")
@example(["start", "start", "hide_answer"], "Ring 91 23 45 67")
@given(st.lists(st.sampled_from(PRESSES), max_size=16), st.sampled_from(["Flere benker", "Ring 91 23 45 67"]))
def test_what_is_offered_leads_back(presses, text):
    """
    After any presses it leads to the same place on the route, the same screen, and the same answers shown.
    """
    meeting = Meeting(TEXT)
    for press in presses:
        before, step = where(meeting), meeting.room.step
        try:
            do(meeting, press)
        except Refused:
            continue
        state = meeting.room.activities["a"]
        if state.open and not state.answers:
            meeting.answer("p1", "x", "a", text)
            before = None
        offered = undo.show(meeting.room)
        if offered is None or before is None or meeting.room.step == step:
            continue
        undone = Meeting(TEXT)
        undone.room, undone.now = meeting.replayed(), meeting.now + 1000
        undone.act(**offered["undo"])
        if offered["did"] == "end":  # what was open has been closed by it
            assert before[0][:2] == undone.room.stop[:2]
            continue
        # A timer that has run out does not come back: an activity opened again is closed by hand.
        paused = slice(None) if offered["did"] in ("pause", "resume") else slice(-1)
        assert before[paused] == where(undone)[paused], (press, offered)


@pytest.mark.parametrize(
    ("presses", "did", "back"),
    [
        (["next"], "next", {"do": "back"}),
        (["next", "next", "back"], "back", {"do": "next"}),
        (["next", "goto"], "goto", {"do": "goto", "slide": "en"}),
        (["blank"], "blank", {"do": "unblank"}),
        (["blank", "unblank"], "unblank", {"do": "blank"}),
        (["next"] * 6 + ["pause"], "pause", {"do": "resume"}),
        (["next"] * 6 + ["pause", "resume"], "resume", {"do": "pause"}),
        (["next"] * 6 + ["close"], "close", {"do": "reopen"}),
        (["next"] * 6 + ["close", "reopen"], "reopen", {"do": "close"}),
        (["next"] * 6 + ["close", "reveal"], "reveal", {"do": "hide"}),
        (["next"] * 6 + ["close", "reveal", "hide"], "hide", {"do": "reveal"}),
        (["end"], "end", {"do": "back"}),
    ],
)
def test_each_press_and_its_reverse(presses, did, back):
    meeting = Meeting(TEXT)
    for press in presses:
        do(meeting, press)
    assert {"at": meeting.now, "did": did, "undo": back} == undo.show(meeting.room)


def test_hiding_and_restoring_an_answer_are_undone_by_each_other():
    meeting = Meeting(TEXT)
    for _ in range(6):
        do(meeting, "next")
    meeting.answer("p1", "x", "a", "Flere benker")
    do(meeting, "hide_answer")
    assert {"do": "restore_answer", "id": answer_id("x"), "release": False} == undo.show(meeting.room)["undo"]
    do(meeting, "restore_answer")
    assert {"do": "hide_answer", "id": answer_id("x"), "reason": "Navn"} == undo.show(meeting.room)["undo"]


def test_nothing_is_offered_for_what_a_clock_did():
    meeting = Meeting(TEXT)
    for _ in range(6):
        do(meeting, "next")
    meeting.wait(121)
    assert "closed" == meeting.room.state
    assert None is undo.show(meeting.room)


def test_nothing_is_offered_before_anything_was_done():
    assert None is undo.show(Meeting(TEXT).room)
    assert START == Meeting(TEXT).now
