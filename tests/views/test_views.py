"""What phone, screen and console are shown, and what they are not."""

import json

import msgspec

from live.views import board
from live.views.answers import phone_answers
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, at_writing, one

HALL = Presence(phones=3, people=4)


def encoded(view) -> str:
    return msgspec.json.encode(view).decode()


def console(meeting: Meeting):
    return console_view(meeting.room, HALL, JOIN, warnings=[])


def test_notes_are_the_facilitators_alone():
    """
    From the lobby to the end there is no note in the views of phone and screen; the console has them all.
    """
    meeting = Meeting()
    notes = {slide.notes for slide in meeting.room.workshop.slides if slide.notes}
    seen = set()
    while meeting.room.state != "ended":
        meeting.act("next")
        shown = json.loads(encoded(console(meeting)))["slide"]
        seen |= {shown["notes"]} if shown and shown["notes"] else set()
        public = encoded(phone_view(meeting.room)) + encoded(screen_view(meeting.room, HALL, JOIN))
        assert [] == [note for note in notes if note[:30] in public]
    assert seen
    assert seen <= notes


def test_nobody_sees_an_answer_before_it_is_shown():
    """
    While people write, the screen has the number of answers and the console the texts; later the screen has both, and
    phones the words.
    """
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "Møteplasser")
    for _ in range(2):  # writing, then closed
        assert "Møteplasser" not in encoded(phone_view(meeting.room)) + encoded(screen_view(meeting.room, HALL, JOIN))
        assert 1 == screen_view(meeting.room, HALL, JOIN)["counts"]["answers"]
        assert "Møteplasser" in encoded(console(meeting))
        meeting.act("next")
    assert "Møteplasser" in encoded(screen_view(meeting.room, HALL, JOIN)["results"])
    assert "Møteplasser" in encoded(phone_view(meeting.room)["figures"])


def test_what_was_withheld_or_withdrawn_is_on_no_screen():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "Holdt tilbake")
    meeting.answer("p1", "b", "viktigst", "Angret")
    id = next(iter(meeting.room.activities["viktigst"].answers))
    meeting.act("hide_answer", id=id, reason="Navngir en person")
    meeting.withdraw("p1", "b")
    meeting.act("next")
    meeting.act("next")
    shown = encoded(screen_view(meeting.room, HALL, JOIN))
    assert [] == [text for text in ("Holdt tilbake", "Angret", "Navngir") if text in shown]
    assert "Angret" not in encoded(console(meeting))


def test_an_answer_withdrawn_after_the_end_is_shown_nowhere_when_the_meeting_goes_back():
    """Wall, cloud, counts, themes and spotlight are as if it had not been sent; so they are after a replay."""
    texts, words = Meeting(one("open", "id=a many=3")), Meeting(one("words", "id=a many=3"))
    for meeting in (texts, words):
        meeting.act("start", activity="a")
        meeting.answer("p1", "b", "a", "Strandveien")
        meeting.answer("p2", "c", "a", "Skogen")
        meeting.act("close")
        meeting.act("reveal")
    texts.act("make_theme", activity="a", id="t", name="Steder", ids=[answer_id("b"), answer_id("c")])
    texts.act("spotlight", id=answer_id("b"))
    for meeting in (texts, words):
        meeting.act("end")
        meeting.withdraw("p1", "b")
        meeting.act("back")
        for room in (meeting.room, meeting.replayed()):
            view = console_view(room, HALL, JOIN, warnings=[])
            assert "Strandveien" not in encoded(view) + encoded(board.cards(room, room.activities["a"], "t", 0, 9))
            results, counts = view["results"], view["counts"]
            assert ["Skogen"] == [one["text"] for one in results.get("words") or results["cards"]]
            assert (1, 1) == (counts["answers"], counts["answered"])
            assert view["spotlight"] is None


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
    assert len(encoded(phone_view(meeting.room)).encode()) <= 4096
    assert len(encoded(screen_view(meeting.room, HALL, JOIN)).encode()) <= 65_536
    assert len(encoded(console(meeting)).encode()) <= 2 * 65_536


def test_when_the_meeting_is_over_a_phone_still_has_its_own_answers():
    """
    It has its answers to every activity, choices as text; another phone has none of them. When the meeting goes on, it
    has only those to the activity on show.
    """
    choice = ":::choice{id=bor}\n- Sentrum\n- Bygda\n:::"
    meeting = Meeting(
        f"# Velkommen\n\n---\n\n## Hva nå?\n\n:::open{{id=hva many}}\n:::\n\n---\n\n## Hvor?\n\n{choice}\n"
    )
    meeting.act("start", activity="hva")
    meeting.answer("p1", "a", "hva", "Flere benker")
    meeting.act("start", activity="bor")
    meeting.answer("p1", "b", "bor", value=["b"])
    assert [["b"]] == [answer["value"] for answer in phone_answers(meeting.room, "p1")[0]]
    meeting.act("end")
    assert ["Flere benker", "Bygda"] == [answer["text"] for answer in phone_answers(meeting.room, "p1")[0]]
    assert 2 == phone_answers(meeting.room, "p1")[1]
    assert ([], 0) == phone_answers(meeting.room, "p2")
    meeting.act("back")
    assert [["b"]] == [answer["value"] for answer in phone_answers(meeting.room, "p1")[0]]
