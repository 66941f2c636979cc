"""How far the meeting is behind its plan, and shortening activities that are still to come."""

import pytest

from live.errors import Refused
from live.views.agenda import agenda
from tests.meeting import Meeting

TEXT = """---
format: workshop/1
title: Prøve
language: nb
---

## En

:::pair{id=p time=2:00}
:::

:::open{id=a time=3:00}
:::

## To

:::discuss{id=d time=8:00}
:::

:::open{id=b time=1:00 optional}
:::
"""


@pytest.fixture
def meeting():
    meeting = Meeting(TEXT.replace("## To", "---\n\n## To"))
    meeting.act("start", activity="p")
    return meeting


def coming(meeting) -> list[tuple[str, int]]:
    return [(one["activity"], one["time_s"]) for one in agenda(meeting.room)["coming"]]


def test_overtime_adds_up_and_time_saved_is_taken_off(meeting):
    """
    Five minutes for a talk of two, two for writing of three: two behind. What goes on now is not in it.
    """
    assert (0, [("a", 180), ("d", 480)]) == (agenda(meeting.room)["behind_s"], coming(meeting))
    meeting.wait(300)
    assert 0 == agenda(meeting.room)["behind_s"]
    meeting.act("next")
    assert (180, [("d", 480)]) == (agenda(meeting.room)["behind_s"], coming(meeting))
    meeting.wait(120)
    meeting.act("close")
    assert 120 == agenda(meeting.room)["behind_s"]
    assert agenda(meeting.replayed()) == agenda(meeting.room)


def test_an_activity_is_given_another_time_before_it_begins(meeting):
    assert meeting.act("set_time", activity="d", seconds=240)
    assert not meeting.act("set_time", activity="d", seconds=240)
    assert ("d", 240) in coming(meeting)
    meeting.act("start", activity="d")
    assert meeting.now + 240_000 == meeting.room.activity.timer.deadline
    for seconds in (0, -1, None):
        with pytest.raises(Refused, match="bad"):
            meeting.act("set_time", activity="b", seconds=seconds)


def test_it_says_of_how_many_slides_the_plan_knows_nothing(meeting):
    """
    In the seminar only one slide has a time, two minutes, so «not behind» would say nothing.
    """
    seminar = agenda(Meeting().room)
    assert (24, 23) == (seminar["slides"], seminar["untimed"]), "and one more is passed by"
    assert (2, 0) == (agenda(meeting.room)["slides"], agenda(meeting.room)["untimed"])
    untimed = Meeting(TEXT.replace(" time=2:00", "").replace(" time=3:00", "").replace("## To", "---\n\n## To"))
    assert (2, 1) == (agenda(untimed.room)["slides"], agenda(untimed.room)["untimed"])


def test_a_hidden_slide_is_no_part_of_the_plan():
    meeting = Meeting(TEXT.replace("## To", "---\n\n## To {hidden}"))
    assert [("p", 120), ("a", 180)] == coming(meeting)
    assert (1, 0) == (agenda(meeting.room)["slides"], agenda(meeting.room)["untimed"])
