"""Answers are screened and counted when the server has time; no view shows whether that was soon or late."""

from hypothesis import given
from hypothesis import strategies as st

from live.activities.kind import check_text
from live.errors import Refused
from live.text.normalize import clean
from live.views.console import console_view
from live.views.view import Presence
from live.workshop import Activity
from tests.meeting import JOIN, Meeting, answer_id, one

TEXTS = ("flere benker", "Flere benker!", "ring 22 33 44 55", "lys langs stien", "drit", "benken ved stien")


def shown(meeting: Meeting) -> dict:
    return console_view(meeting.room, Presence(), JOIN, warnings=[])


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 7), st.sampled_from(TEXTS)), max_size=25), st.integers(1, 3)
)
def test_read_at_once_or_later_is_the_same(steps, most):
    """
    Answers come, are withdrawn, hidden and restored, in any order.
    """
    soon, late = Meeting(one("open", "id=a many=20")), Meeting(one("open", "id=a many=20"))
    for meeting in (soon, late):
        meeting.act("start", activity="a")
        for do, number, text in steps:
            name = str(number)
            try:
                match do:
                    case 0:
                        meeting.answer(f"p{number % 3}", name, "a", text)
                    case 1:
                        meeting.withdraw(f"p{number % 3}", name)
                    case 2:
                        meeting.act("hide_answer", id=answer_id(name), reason="other")
                    case _:
                        meeting.act("restore_answer", id=answer_id(name))
            except Refused:
                continue
            if meeting is soon:
                meeting.room.read_on(most)
                shown(meeting)
    assert shown(late) == shown(soon)


@given(st.text("abÅé ! \t\n\u00ad\u0301\u200b👍", max_size=8) | st.text(max_size=8))
def test_a_text_that_is_not_cleaned_needs_no_cleaning(text):
    """
    The fast path for plain texts gives the same as cleaning.
    """
    written = Activity(id="a", kind="open", question="", max=200)
    try:
        cleaned = check_text(written, text, None)[0]
    except Refused:
        return  # nothing to see in it
    assert clean(text) == cleaned
