"""Moderation: answers are flagged, held and withheld, phones are muted, and senders are told why."""

import pytest

from live.errors import Refused
from live.views import results
from live.views.answers import phone_answers
from live.views.console import console_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one


@pytest.fixture
def meeting():
    meeting = Meeting(one("open", "id=a many=9"))
    meeting.act("start", activity="a")
    return meeting


def console(meeting):
    return console_view(meeting.room, Presence(), JOIN, warnings=[])


def shown(meeting) -> list[str]:
    return [card["text"] for card in results.cards(meeting.room.activities["a"], 0, 99)]


def own(meeting, phone="p1"):
    return [(one["status"], one.get("reason")) for one in phone_answers(meeting.room, phone)[0]]


def test_answers_that_name_somebody_come_first(meeting):
    """
    Flags follow a change of the text, and an answer that is withheld no longer waits for a look.
    """
    meeting.answer("p1", "x", "a", "Flere benker")
    meeting.answer("p2", "y", "a", "Spør ordfører Hansen")
    meeting.answer("p3", "z", "a", "Ring 91 23 45 67")
    view = console(meeting)
    assert (2, [("name",), ("phone",)]) == (view["flagged"], [row["flags"] for row in view["look"]])
    meeting.answer("p3", "z", "a", "Ring meg", rev=2)
    meeting.act("hide_answer", id=answer_id("y"), reason="Navn")
    assert (0, []) == (console(meeting)["flagged"], console(meeting)["look"])
    meeting.act("restore_answer", id=answer_id("y"))
    assert [] == console(meeting)["look"], "whoever shows it again has read it"


def test_the_sender_of_a_withheld_answer_sees_the_reason(meeting):
    meeting.answer("p1", "x", "a", "Spør ordfører Hansen")
    before = meeting.room.activities["a"].ask_count
    meeting.act("hide_answer", id=answer_id("x"), reason="Nevner navn")
    assert [("withheld", "Nevner navn")] == own(meeting)
    meeting.act("restore_answer", id=answer_id("x"))
    assert [("saved", None)] == own(meeting)
    assert before + 2 == meeting.room.activities["a"].ask_count, "its phone was told to ask, both times"


def test_a_muted_phone_is_let_through_one_by_one(meeting):
    """
    What it sent leaves the screen, what it sends waits, and only that; nobody else notices.
    """
    meeting.answer("troll", "x", "a", "Bøh")
    meeting.answer("p2", "y", "a", "Flere benker")
    meeting.act("mute_phone", id=answer_id("x"))
    meeting.answer("troll", "z", "a", "Bøh igjen")
    assert ["Flere benker"] == shown(meeting)
    assert [("held", None)] * 2 == own(meeting, "troll")
    meeting.act("restore_answer", id=answer_id("z"))
    assert {"Flere benker", "Bøh igjen"} == set(shown(meeting))
    meeting.act("unmute_phone", id=answer_id("x"))
    meeting.answer("troll", "w", "a", "Unnskyld")
    assert {"Flere benker", "Bøh igjen", "Unnskyld"} == set(shown(meeting))
    assert shown(meeting) == [card["text"] for card in results.cards(meeting.replayed().activities["a"], 0, 99)]


def test_an_answer_without_a_phone_mutes_nobody(meeting):
    meeting.act("add_answer", id=answer_id("x"), text="Fra salen")
    with pytest.raises(Refused, match="not-from-phone"):
        meeting.act("mute_phone", id=answer_id("x"))


def test_each_answer_may_wait_to_be_let_through_from_now_on(meeting):
    meeting.answer("p1", "x", "a", "Før")
    assert meeting.act("set_hold", hold=True)
    assert not meeting.act("set_hold", hold=True)
    meeting.answer("p1", "y", "a", "Under")
    assert (True, 1, ["Før"]) == (console(meeting)["hold"], console(meeting)["held"], shown(meeting))
    meeting.act("set_hold", hold=False)
    meeting.answer("p1", "z", "a", "Etter")
    assert ["Før", "Etter"] == shown(meeting)
    with pytest.raises(Refused, match="bad"):
        meeting.act("set_hold")


def test_the_first_page_of_a_wall_holds_one_answer_of_each_phone_first(meeting):
    """
    One phone sends nine, eight send one each: the nine stand behind, however they came and whatever was taken out.
    """
    for n in range(9):
        meeting.answer("eager", f"e{n}", "a", f"Ivrig {n}")
    for n in range(8):
        meeting.answer(f"p{n}", f"p{n}", "a", f"Stille {n}")
    meeting.withdraw("eager", "e4")
    meeting.act("close")
    cards = shown(meeting)
    assert 16 == len(cards)
    assert 1 == sum(card.startswith("Ivrig") for card in cards[:9])
    assert cards == [card["text"] for card in results.cards(meeting.replayed().activities["a"], 0, 99)]
