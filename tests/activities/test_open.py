"""The kind `open`: which texts a phone may send, how many, and how they are cleaned."""

import pytest

from live.errors import Refused
from tests.meeting import Meeting, answer_id, at_writing, one

EXAMPLE = """:::open{id=x many=3}
Skriv det dere tenker.
:::"""


def test_a_phone_sends_several_answers_and_no_resend_counts_twice():
    meeting = at_writing()
    for name in ("a", "b", "c", "a", "b"):
        meeting.answer("p1", name, "viktigst", f"Innspill {name}")

    assert ["Innspill a", "Innspill b", "Innspill c"] == [
        answer.text for answer in meeting.room.activities["viktigst"].answers.values()
    ]


def test_answers_stop_at_the_limit_of_the_workshop():
    meeting = Meeting(one("open", "id=a many=2"))
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "1", "a", "en")
    meeting.answer("p1", "2", "a", "to")

    with pytest.raises(Refused, match="limit"):
        meeting.answer("p1", "3", "a", "tre")
    assert meeting.answer("p2", "4", "a", "fire")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u200b\n\t ", "empty"),
        ("\u3164\u2800\u200d\ufe0f\u0301", "empty"),
        ("👩" + "\u200d👩" * 2_500, "too-long"),
        ("\u1100" * 5_000, "too-long"),
        ("x" * 201, "too-long"),
        ("x" * 100_000, "too-long"),
        (None, "bad"),
    ],
)
def test_what_cannot_be_taken_gets_its_own_code(text, code):
    with pytest.raises(Refused) as refused:
        at_writing().answer("p1", "a", "viktigst", text)
    assert code == refused.value.code


def test_people_see_what_was_meant_and_nothing_that_breaks_the_screen():
    """Direction overrides, control characters and piles of marks on a letter are removed; emoji and æøå stay."""
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "  Åpne \u202edører\x07 👩‍👩‍👧 e" + "\u0301" * 900)

    text = meeting.room.answer(answer_id("a")).text
    assert text.startswith("Åpne dører 👩‍👩‍👧 é")
    assert len(text) < 30


def test_200_emoji_are_200_characters_though_many_more_bytes():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "👩‍👩‍👧" * 200)

    with pytest.raises(Refused, match="too-long"):
        meeting.answer("p1", "b", "viktigst", "👩‍👩‍👧" * 201)
