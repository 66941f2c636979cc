"""The kind `recess`: a break with a clock, and nothing to send."""

import pytest

from live.errors import Refused
from live.views.phone import phone_view
from tests.meeting import Meeting, one

EXAMPLE = """:::recess{id=x time=10:00}
Vi begynner igjen klokka sju.
:::"""


def test_a_clock_that_takes_no_answers_and_waits_for_the_facilitator():
    meeting = Meeting(one("recess", "id=a time=10:00"))
    meeting.act("next")
    meeting.act("next")
    assert ("talk", "recess") == (meeting.room.state, meeting.room.activity.written.kind)
    with pytest.raises(Refused, match="closed"):
        meeting.answer("p1", "x", "a", "Likevel")
    assert [] == meeting.wait(900)
    meeting.act("next")
    assert "ended" == meeting.room.state


def test_phones_are_not_told_to_write_where_nothing_follows():
    """
    The sentence about writing stands only where the view says what comes.
    """
    meeting = Meeting(one("recess", "id=a time=10:00"))
    meeting.act("start", activity="a")
    assert "" == phone_view(meeting.room)["next_instruction"]
