"""What the console is told of where the meeting stands: what the next press does, what comes then, and the steps."""

from live.views.console import console_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one

TEXT = one("pair", "id=talk time=2:00", "Snakk.") + (
    "\n:::open{id=ask time=2:30 reveal=never}\nSkriv.\n:::\n\n---\n\n"
    "## Hvor?\n\n:::choice{id=vote optional}\n- By\n- Land\n:::\n"
)


def view(meeting: Meeting):
    return console_view(meeting.room, Presence(), JOIN, warnings=[])


def stops(meeting: Meeting) -> list[tuple[str, int] | None]:
    """What one press leads to, and what two do."""
    return [
        (stop["state"], stop["slide"]) if stop else None for stop in (view(meeting)["next"], view(meeting)["after"])
    ]


def test_what_comes_after_the_next_press_is_what_two_presses_lead_to():
    """From the lobby to the end, press by press: `after` is the `next` that comes; past the end there is none."""
    meeting = Meeting(TEXT)
    told = [stops(meeting)]
    while told[-1][0] is not None:
        meeting.act("next")
        told.append(stops(meeting))
    assert [after for _, after in told[:-1]] == [next_ for next_, _ in told[1:]]
    assert [None, None] == told[-1]
    assert "ended" == view(meeting)["state"]


def test_after_a_leap_or_a_step_back_it_is_told_anew():
    meeting = Meeting(TEXT)
    meeting.act("next")
    before = stops(meeting)
    meeting.act("next")
    meeting.act("back")
    assert before == stops(meeting)
    assert stops(meeting) == stops_of_replay(meeting)


def stops_of_replay(meeting: Meeting) -> list[tuple[str, int] | None]:
    again = Meeting(TEXT)
    again.room = meeting.replayed()
    return stops(again)


def test_each_activity_of_the_slide_says_how_long_it_takes_and_whether_it_is_shown():
    meeting = Meeting(TEXT)
    meeting.act("goto", slide=1)
    wanted = ("id", "takes_answers", "time_s", "reveal", "optional")
    talk, ask = [tuple(it[name] for name in wanted) for it in view(meeting)["activities"]]
    assert ("talk", False, 120) == talk[:3]
    assert ("ask", True, 150, "never", False) == ask
    meeting.act("goto", slide=2)
    (vote,) = view(meeting)["activities"]
    assert ("vote", True, None, True) == (vote["id"], vote["takes_answers"], vote["time_s"], vote["optional"])
