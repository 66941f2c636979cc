"""The kind `think`: a clock, and nothing to send."""

import pytest

from live.errors import Refused
from tests.meeting import Meeting, one

EXAMPLE = """:::think{id=x time=1:00}
Tenk hver for dere.
:::"""


def test_a_clock_that_takes_no_answers_and_waits_for_the_facilitator():
    meeting = Meeting(one("think", "id=a time=1:00"))
    meeting.act("next")
    meeting.act("next")
    assert ("talk", "think") == (meeting.room.state, meeting.room.activity.written.kind)
    with pytest.raises(Refused, match="closed"):
        meeting.answer("p1", "x", "a", "Likevel")
    assert [] == meeting.wait(90)
    meeting.act("next")
    assert "ended" == meeting.room.state
