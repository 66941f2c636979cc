"""The kind `choice`: one vote for each phone, unless the workshop counts people."""

import pytest

from live.errors import Refused
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one

EXAMPLE = """:::choice{id=x pick=2}
Velg inntil to.
- Lys
- Benker
- Busser
:::"""


def test_people_behind_a_phone_are_counted_but_never_multiply_a_vote():
    text = one("choice", "id=a", "Velg.\n- Ja\n- Nei")
    meeting = Meeting(text)
    meeting.heads("p1", 3)
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", value=["a"])
    meeting.answer("p2", "y", "a", value=["b"])
    meeting.act("reveal")
    view = screen_view(meeting.room, Presence(2, 4), JOIN)

    assert [1, 1] == [option["count"] for option in view["results"]["options"]]
    assert ("phones", 4) == (view["results"]["counted"], view["counts"]["answered_people"])


def test_people_count_where_the_workshop_says_so():
    meeting = Meeting(one("choice", "id=a count=people", "Velg.\n- Ja\n- Nei"))
    meeting.heads("p1", 3)
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", value=["a"])
    meeting.act("reveal")
    results = screen_view(meeting.room, Presence(), JOIN)["results"]
    assert (3, "people") == (results["options"][0]["count"], results["counted"])


def test_a_choice_can_be_changed_until_close_and_counts_once():
    meeting = Meeting(one("choice", "id=a", "Velg.\n- Ja\n- Nei"))
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", value=["a"])
    meeting.answer("p1", "x", "a", value=["b"], rev=2)
    assert {"a": 0, "b": 1} == meeting.room.activities["a"].tally.counts
    for bad in (["a", "b"], ["z"], [], None):
        with pytest.raises(Refused):
            meeting.answer("p2", "y", "a", value=bad)
