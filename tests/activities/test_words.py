"""The kind `words`: short entries on one line, counted whole, once for each phone."""

import pytest

from live.errors import Refused
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one

EXAMPLE = """:::words{id=x many=3}
Ett ord.
:::"""


def cloud(meeting: Meeting) -> dict[str, int]:
    results = screen_view(meeting.room, Presence(), JOIN)["results"]
    return {word["text"]: word["count"] for word in results["words"]}


def test_a_word_is_counted_once_for_each_phone_however_it_is_typed():
    meeting = Meeting(one("words", "id=a many"))
    meeting.act("next")
    meeting.act("next")
    for number, (phone, text) in enumerate(
        [("p1", "Tillit"), ("p1", "tillit"), ("p2", " tillit "), ("p3", "å bli hørt")], start=1
    ):
        meeting.answer(phone, str(number), "a", text)
    meeting.act("reveal")

    assert {"tillit": 2, "å bli hørt": 1} == cloud(meeting)


def test_a_withdrawn_word_leaves_the_cloud():
    meeting = Meeting(one("words", "id=a many"))
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "1", "a", "kaffe")
    meeting.answer("p1", "2", "a", "tid")
    meeting.withdraw("p1", "1")
    meeting.act("reveal")

    assert {"tid": 1} == cloud(meeting)


def test_an_entry_is_short_and_stands_on_one_line():
    meeting = Meeting(one("words", "id=a many"))
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "1", "a", "klart\nspråk")
    with pytest.raises(Refused, match="too-long"):
        meeting.answer("p1", "2", "a", "x" * 41)
    meeting.act("reveal")

    assert {"klart språk": 1} == cloud(meeting)
