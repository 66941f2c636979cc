"""The kind `pair`: a clock that can be paused and lengthened, and that is kept when the meeting comes back to it."""

from tests.meeting import Meeting

EXAMPLE = """:::pair{id=x time=2:00}
Snakk med sidemannen.
:::"""


def test_coming_back_to_a_talk_keeps_its_timer():
    meeting = Meeting()
    meeting.act("goto", slide=23)
    meeting.act("next")
    deadline = meeting.room.activity.timer.deadline
    meeting.wait(30)
    meeting.act("next")
    meeting.act("back")

    assert ("talk", deadline) == (meeting.room.state, meeting.room.activity.timer.deadline)


def test_a_talk_counts_up_past_zero_and_never_moves_on_by_itself():
    meeting = Meeting()
    meeting.act("goto", slide=23)
    meeting.act("next")

    assert [] == meeting.wait(500)
    assert "talk" == meeting.room.state
    assert meeting.now > meeting.room.activity.timer.deadline


def test_added_and_paused_time_move_the_deadline():
    meeting = Meeting()
    meeting.act("goto", slide=23)
    meeting.act("next")
    start = meeting.now
    meeting.wait(20)
    meeting.act("pause")
    assert (None, 100_000) == (
        meeting.room.activity.timer.deadline,
        meeting.room.activity.timer.left_when_paused,
    )
    meeting.wait(60)
    meeting.act("resume")
    meeting.act("add_time", seconds=30)

    assert start + 120_000 + 60_000 + 30_000 == meeting.room.activity.timer.deadline
