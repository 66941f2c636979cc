"""What was asked, told in the same words by every file and page."""

import pytest

from live.exports.snapshot import take_snapshot
from live.views import answers
from tests.meeting import Meeting

HEAD = "---\nformat: workshop/1\ntitle: Møte om torget\n---\n\n"


@pytest.mark.parametrize(
    ("slide", "question"),
    [
        ("## Hva mangler?\n\n:::open{id=a}\nSkriv.\n:::\n", "Hva mangler?"),
        (":::open{id=a}\nHva mangler på torget?\n:::\n", "Hva mangler på torget?"),
        (":::open{id=a}\n:::\n", "Møte om torget"),
    ],
)
def test_a_question_is_never_empty(slide, question):
    """
    The title of the slide; where it has none, what people were told to do, or else the title of the meeting. So in
    exports and on the page of one's own answers, where it was empty.
    """
    meeting = Meeting(HEAD + slide)
    meeting.act("start", activity="a")
    meeting.answer("p", "one", "a", "En benk")

    assert [question] == [row.question for row in take_snapshot(meeting.room, withheld=False, rehearsal=False).rows]
    assert [question] == [one["question"] for one in answers.by_question(meeting.room, "p")]
