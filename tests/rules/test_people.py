"""Who is counted: phones, those who share one, and those without; the same on every face and in every file."""

import io
from zipfile import ZipFile

import openpyxl
import pytest

from live import exports
from live.views.console import console_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one


def counts(meeting: Meeting, presence: Presence) -> dict:
    return screen_view(meeting.room, presence, JOIN)["counts"]


def hall() -> Meeting:
    """Two phones, of which one is shared by three, and thirteen slips of paper from sixteen people."""
    meeting = Meeting(one("open", "id=a many=5"))
    meeting.act("start", activity="a")
    for phone in ("p1", "p2"):
        meeting.answer(phone, phone, "a", f"Svar fra {phone}")
    meeting.heads("p1", 3)
    for n in range(13):
        meeting.act("add_answer", id=f"slip{n}", text=f"Lapp {n}", via="paper", heads=4 if n == 0 else 1)
    return meeting


def test_slips_are_no_phones_and_their_people_are_people():
    meeting = hall()
    shown = counts(meeting, Presence(2, 4))
    assert (2, 20, 15) == (shown["answered"], shown["answered_people"], shown["answers"])
    assert (2, 20) == (shown["phones"], shown["people"])
    assert shown | {"typing": 0} == console_view(meeting.room, Presence(2, 4), JOIN, warnings=[])["counts"]


def test_who_has_left_or_whose_phone_sleeps_has_been_there():
    shown = counts(hall(), Presence(0, 0))
    assert (0, 20) == (shown["phones"], shown["people"])


def test_people_are_as_many_in_every_file():
    room = hall().room
    book = openpyxl.load_workbook(io.BytesIO(exports.export(room, "xlsx")))
    cells = {str(row[0]): row[2] for sheet in book for row in sheet.iter_rows(values_only=True) if len(row) > 2}
    assert (2, 20) == (cells["Telefoner som svarte"], cells["Personer som har deltatt"])
    html = exports.export(room, "html").decode()
    word = ZipFile(io.BytesIO(exports.export(room, "docx"))).read("word/document.xml").decode()
    slides = ZipFile(io.BytesIO(exports.export(room, "pptx"))).read("ppt/slides/slide1.xml").decode()
    for text in (html, word, slides):
        assert "Personer som har deltatt" in text
        assert "20" in text.partition("Personer som har deltatt")[2][:700]


@pytest.mark.parametrize("count", ["", " count=people"])
def test_a_show_of_hands_is_counted_in_a_choice(count):
    meeting = Meeting(one("choice", f"id=a{count}", "Hva nå?\n- Skolen\n- Torget"))
    meeting.act("start", activity="a")
    meeting.answer("p1", "p1", "a", value=["a"])
    meeting.act("add_answer", id="hands", value=["b"], heads=12)
    shown = console_view(meeting.room, Presence(1, 1), JOIN, warnings=[])
    assert [("Skolen", 1), ("Torget", 12)] == [(o["text"], o["count"]) for o in shown["hidden_results"]["options"]]
    assert (1, 13, 13) == (
        shown["counts"]["answered"],
        shown["counts"]["answered_people"],
        shown["hidden_results"]["n"],
    )
