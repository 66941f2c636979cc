"""What each face is shown, and what it is not."""

import json

import msgspec

from live.views import Presence, console_view, phone_view, screen_view
from tests.meeting import JOIN, Meeting, at_writing, one

HALL = Presence(phones=3, people=4)


def told(view) -> str:
    return msgspec.json.encode(view).decode()


def console(meeting: Meeting):
    return console_view(meeting.room, HALL, JOIN, warnings=[])


def test_notes_are_the_facilitators_alone():
    """
    Walked from the lobby to the end: not one note in what a phone or the screen is told, every one on the console.
    """
    meeting = Meeting()
    notes = {slide.notes for slide in meeting.room.workshop.slides if slide.notes}
    seen = set()
    while meeting.room.state != "ended":
        meeting.act("next")
        shown = json.loads(told(console(meeting)))["slide"]
        seen |= {shown["notes"]} if shown and shown["notes"] else set()
        public = told(phone_view(meeting.room)) + told(screen_view(meeting.room, HALL, JOIN))
        assert [] == [note for note in notes if note[:30] in public]
    assert seen
    assert seen <= notes


def test_nobody_sees_an_answer_before_it_is_shown():
    """
    While people write, the screen has the count, the console the words; after reveal the screen has both.
    """
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "Møteplasser")
    for _ in range(2):  # writing, then closed
        assert "Møteplasser" not in told(phone_view(meeting.room)) + told(screen_view(meeting.room, HALL, JOIN))
        assert 1 == screen_view(meeting.room, HALL, JOIN)["counts"]["answers"]
        assert "Møteplasser" in told(console(meeting))
        meeting.act("next")
    assert "Møteplasser" in told(screen_view(meeting.room, HALL, JOIN)["results"])
    assert "Møteplasser" not in told(phone_view(meeting.room))


def test_what_was_withheld_or_withdrawn_is_on_no_screen():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "Holdt tilbake")
    meeting.answer("p1", "b", "viktigst", "Angret")
    id = next(iter(meeting.room.activities["viktigst"].answers))
    meeting.act("hide_answer", id=id, reason="Navngir en person")
    meeting.withdraw("p1", "b")
    meeting.act("next")
    meeting.act("next")
    shown = told(screen_view(meeting.room, HALL, JOIN))
    assert [] == [text for text in ("Holdt tilbake", "Angret", "Navngir") if text in shown]
    assert "Angret" not in told(console(meeting))


def test_a_talk_that_has_been_is_done():
    meeting = at_writing()
    assert {"pair": "done", "open": "write"} == {
        task["kind"]: task["state"] for task in console(meeting)["activities"] if not task["optional"]
    }
    meeting.act("back")
    assert ["talk"] == [task["state"] for task in console(meeting)["activities"] if task["kind"] == "pair"]


def test_views_stay_small_however_much_is_said():
    """
    A phone's view is at most 4 KiB and a screen's 64 KiB, with two thousand long answers on the wall.
    """
    meeting = Meeting(one("open", "id=a many=1000 max=1000"))
    meeting.act("next")
    meeting.act("next")
    for number in range(2000):
        meeting.answer(f"p{number % 40}", f"{number}", "a", f"{number} " + "Nærdemokrati og samskaping. " * 30)
    meeting.act("next")
    meeting.act("next")
    assert len(told(phone_view(meeting.room)).encode()) <= 4096
    assert len(told(screen_view(meeting.room, HALL, JOIN)).encode()) <= 65_536
    assert len(told(console(meeting)).encode()) <= 2 * 65_536
