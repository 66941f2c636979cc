"""Unwanted people come in: the door is closed, and what newcomers sent is held with one press."""

import pytest

from live.errors import Refused
from live.views.console import console_view
from live.views.results import cards
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one


@pytest.fixture
def meeting():
    meeting = Meeting(one("open", "id=a many=9 reveal=live hold=off"))
    meeting.act("start", activity="a")
    return meeting


def shown(meeting) -> set[str]:
    return {card["text"] for card in cards(meeting.room.activities["a"], 0, 99)}


def door(meeting):
    return console_view(meeting.room, Presence(), JOIN, warnings=[])["door"]


def test_the_newest_are_held_back_and_those_before_are_not(meeting):
    """
    By when a phone first answered, not by when it answered last; and what they send afterwards waits too.
    """
    meeting.answer("early", "a1", "a", "Flere benker")
    meeting.now += 61_000
    meeting.answer("bot1", "b1", "a", "tull")
    meeting.answer("early", "a2", "a", "Bedre lys")
    meeting.answer("bot2", "c1", "a", "tøys")
    meeting.act("mute_newcomers", seconds=60)
    meeting.answer("bot1", "b2", "a", "mer tull")
    assert {"Flere benker", "Bedre lys"} == shown(meeting)
    assert {"closed": False, "muted": 2, "undo": True} == door(meeting)
    assert shown(meeting) == {card["text"] for card in cards(meeting.replayed().activities["a"], 0, 99)}


def test_honest_newcomers_are_let_through_again_with_all_they_sent(meeting):
    meeting.answer("one", "a1", "a", "Flere benker")
    meeting.act("mute_newcomers", seconds=60)
    meeting.answer("one", "a2", "a", "Bedre lys")
    assert set() == shown(meeting)
    meeting.act("admit_newcomers")
    meeting.answer("one", "a3", "a", "Ro")
    assert {"Flere benker", "Bedre lys", "Ro"} == shown(meeting)
    assert {"closed": False, "muted": 0, "undo": False} == door(meeting)
    with pytest.raises(Refused, match="nothing-to-undo"):
        meeting.act("admit_newcomers")


def test_answers_hidden_by_hand_stay_hidden(meeting):
    meeting.answer("one", "a1", "a", "stygt")
    meeting.act("hide_answer", id=meeting.room.activities["a"].by_phone["one"][0])
    meeting.answer("one", "a2", "a", "Bedre lys")
    meeting.act("mute_newcomers", seconds=60)
    meeting.act("admit_newcomers")
    assert {"Bedre lys"} == shown(meeting)


@pytest.mark.parametrize("seconds", [None, 0, -1, 3601])
def test_an_impossible_time_is_refused(meeting, seconds):
    with pytest.raises(Refused, match="bad"):
        meeting.act("mute_newcomers", seconds=seconds)


def test_where_nobody_is_new_nothing_happens(meeting):
    meeting.answer("one", "a1", "a", "Flere benker")
    meeting.now += 120_000
    with pytest.raises(Refused, match="no-newcomers"):
        meeting.act("mute_newcomers", seconds=60)


def test_the_door_is_closed_once_and_opened_again(meeting):
    meeting.act("close_door")
    closed = meeting.room.people.door_closed_at
    meeting.now += 1000
    meeting.act("close_door")
    assert closed == meeting.room.people.door_closed_at
    assert door(meeting)["closed"]
    meeting.act("open_door")
    assert not door(meeting)["closed"]
