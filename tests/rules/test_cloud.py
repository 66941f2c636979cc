"""Files show a cloud where the hall saw it: a screen tells where its words stood, and only marks of them are kept."""

import re

import pytest

from live.errors import Refused
from live.events import encode
from live.exports import export
from live.rules.cloud import MOST_DRAWN
from live.views.console import console_view
from live.views.results import of_question
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one

SAID = ["Tillit", "tillit", "Dugnad", "Fjord", "Ro", "Skog", "Bygdeliv"]
PLACES = {
    "Tillit": [5000, 2000, 900, 2], "Dugnad": [2000, 1000, 500, 1], "Fjord": [8000, 1000, 300, 0],
    "Ro": [2000, 3000, 300, 0], "Skog": [8000, 3000, 300, 0], "Bygdeliv": [5000, 3500, 300, 0],
}  # fmt: skip
DRAWN = {"high": 4000, "figure": 200, "places": PLACES}


def shown(said=SAID, kind="words") -> Meeting:
    meeting = Meeting(one(kind, "id=a many"))
    meeting.act("next")
    meeting.act("next")
    for number, text in enumerate(said):
        meeting.answer(f"p{number}", str(number), "a", text)
    meeting.act("close")
    meeting.act("reveal")
    return meeting


def drawn(room):
    return of_question(room, room.activities["a"])["results"].get("drawn")


def report(meeting: Meeting) -> str:
    return export(meeting.room, "html", withheld=False, rehearsal=False).decode()


def test_a_file_shows_the_words_where_the_hall_saw_them():
    meeting = shown()
    meeting.act("keep_cloud", **DRAWN)

    for room in (meeting.room, meeting.replayed()):
        assert (0.4, 0.02) == (drawn(room)["high"], drawn(room)["figure"])
        assert {"text": "Tillit", "count": 2, "x": 0.5, "y": 0.2, "size": 0.09, "loud": 2} == drawn(room)["words"][0]
    page = report(meeting)
    placed = re.findall(r'<g data-word="(\w+)" [^>]*translate\(([0-9.]+) ([0-9.]+)\)', page)
    assert list(PLACES) == [word for word, _, _ in placed]
    starts = {word: float(x) for word, x, _ in placed}
    assert starts["Dugnad"] < 144 < starts["Tillit"] < 360 < starts["Fjord"]


def test_the_picture_that_the_console_saves_shows_them_there_too_while_the_cloud_is_on_show():
    meeting = shown()
    meeting.act("keep_cloud", **DRAWN)

    def results():
        return console_view(meeting.room, Presence(), JOIN, warnings=[])["results"]

    meeting.act("show_as", shape="cloud")
    assert drawn(meeting.room) == results()["drawn"]
    meeting.act("show_as", shape="list")
    assert "drawn" not in results()


def test_the_journal_holds_no_word():
    [event] = shown().act("keep_cloud", **DRAWN)

    assert b"illit" not in encode(event)
    assert 6 == len(event.words)


def test_a_word_that_nobody_has_written_is_passed_over():
    [event] = shown().act("keep_cloud", **DRAWN | {"places": PLACES | {"Hansen": [1, 1, 300, 0]}})

    assert 6 == len(event.words)


def test_the_first_screen_counts_and_another_only_with_new_words():
    meeting = shown()
    meeting.act("keep_cloud", **DRAWN)

    assert [] == meeting.act("keep_cloud", **DRAWN | {"high": 9000})
    assert [] == meeting.act("keep_cloud", **DRAWN | {"places": {"Ro": [1, 1, 300, 0]}})
    meeting.act("add_answer", activity="a", text="Havet", id=answer_id("late"))
    assert 1 == len(meeting.act("keep_cloud", **DRAWN | {"places": PLACES | {"Havet": [1, 1, 300, 0]}}))


def test_it_is_passed_over_while_it_is_not_what_the_hall_sees():
    meeting = shown()
    meeting.act("hide")
    assert [] == meeting.act("keep_cloud", **DRAWN)
    meeting.act("reveal")
    meeting.act("show_as", shape="list")
    assert [] == meeting.act("keep_cloud", **DRAWN)
    meeting.act("show_as", shape="cloud")
    assert [] != meeting.act("keep_cloud", **DRAWN)
    meeting.act("reopen")
    assert None is drawn(meeting.room)
    assert [] == meeting.act("keep_cloud", **DRAWN)


def test_a_screen_can_not_fill_the_journal():
    meeting = shown()
    for n in range(MOST_DRAWN + 5):
        meeting.act("keep_cloud", **DRAWN | {"places": {SAID[2 + n % 5]: [1, 1, 300, 0]}})

    assert MOST_DRAWN == len(meeting.room.activities["a"].clouds)


def test_a_word_that_is_gone_leaves_its_place_empty():
    """And when one of the most used has no place, as it came later, the file places all by itself."""
    meeting = shown()
    meeting.act("keep_cloud", **DRAWN)
    meeting.act("redact_answer", id=answer_id("6"))
    assert "Bygdeliv" not in [word["text"] for word in drawn(meeting.room)["words"]]
    assert "Bygdeliv" not in report(meeting)
    meeting.act("add_answer", activity="a", text="Havet", heads=4, id=answer_id("late"))
    assert None is drawn(meeting.room)
    assert "Havet" in report(meeting)


@pytest.mark.parametrize(
    "broken",
    [
        {"places": {}}, {"places": {"Ro": [10_001, 1, 300, 0]}}, {"places": {"Ro": [1, 4001, 300, 0]}},
        {"places": {"Ro": [-1, 1, 300, 0]}}, {"places": {"Ro": [1, 1, 0, 0]}}, {"places": {"Ro": [1, 1, 300, 3]}},
        {"high": 0}, {"high": 10**9}, {"figure": -1}, {"places": {f"ord{n}": [1, 1, 300, 0] for n in range(61)}},
    ],
)  # fmt: skip
def test_what_no_screen_draws_is_refused(broken):
    with pytest.raises(Refused, match="bad"):
        shown().act("keep_cloud", **DRAWN | broken)


def test_what_is_no_cloud_is_refused():
    meeting = Meeting(one("choice", "id=a", "- Ja\n- Nei"))
    meeting.act("next")
    with pytest.raises(Refused, match="no-words"):
        meeting.act("keep_cloud", **DRAWN)
