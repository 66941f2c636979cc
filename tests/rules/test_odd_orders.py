"""Commands in unusual orders: ended too early, closed twice, changed after moderation, and the like."""

import msgspec
import pytest

from live.errors import Refused
from live.views.phone import phone_view
from live.views.results import results
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, at_writing, one
from tests.web.edge import bearer, serving

LIVE = "id=a many=9 reveal=live hold=off"


def started(attrs="id=a many=9", kind="open", body="Skriv.") -> Meeting:
    meeting = Meeting(one(kind, attrs, body))
    meeting.act("start", activity="a")
    return meeting


def screen(meeting):
    return screen_view(meeting.room, Presence(), JOIN)


@pytest.mark.parametrize("slide", [None, 5, 23])
def test_back_after_an_end_by_mistake_returns_to_where_the_meeting_was(slide):
    meeting = Meeting()
    if slide:
        meeting.act("goto", slide=slide)
    before = meeting.room.stop
    meeting.act("end")
    assert "ended" == meeting.room.state
    meeting.act("back")
    assert before == meeting.room.stop
    assert before == meeting.replayed().stop


def test_an_end_in_the_middle_of_writing_loses_no_answer():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "før slutten")
    meeting.act("end")
    meeting.act("back")
    assert ("closed", "viktigst") == (meeting.room.state, phone_view(meeting.room)["activity"])
    meeting.act("back")
    meeting.answer("p1", "b", "viktigst", "etter slutten")
    assert ("write", 2) == (meeting.room.state, meeting.room.activities["viktigst"].counted)


def test_a_question_asked_after_the_end_is_on_the_slide_where_the_meeting_was():
    meeting = Meeting()
    meeting.act("goto", slide=14)
    meeting.act("end")
    meeting.act("ask", kind="open", question="Noe mer?", id="spurt-1")
    assert ("write", 14) == (meeting.room.state, meeting.room.stop.slide)


def test_pausing_adding_and_closing_soon_never_lose_a_second():
    meeting = started("id=a time=1:00")
    meeting.wait(10)
    meeting.act("pause")
    meeting.wait(100)
    assert (50_000, None) == (meeting.room.activity.timer.left_when_paused, meeting.room.due())
    meeting.act("add_time", seconds=30)
    assert 80_000 == meeting.room.activity.timer.left_when_paused
    meeting.act("resume")
    assert meeting.now + 80_000 == meeting.room.due()
    meeting.act("close_in", seconds=20)
    meeting.act("close_in", seconds=10)
    assert ("closing", meeting.now + 10_000) == (meeting.room.state, meeting.room.due())
    meeting.act("add_time", seconds=5)
    assert ("write", meeting.now + 15_000) == (meeting.room.state, meeting.room.due())
    assert meeting.wait(15)
    assert "closed" == meeting.replayed().state
    for do in ("pause", "resume", "add_time"):
        with pytest.raises(Refused, match="no-timer"):
            meeting.act(do, seconds=5)
    with pytest.raises(Refused, match="closed"):
        meeting.act("close_in", seconds=5)


def test_time_added_to_a_talk_past_its_end_counts_from_now():
    meeting = Meeting(one("pair", "id=a time=1:00"))
    meeting.act("start", activity="a")
    meeting.wait(90)
    assert "talk" == meeting.room.state
    meeting.act("add_time", seconds=30)
    assert meeting.now + 30_000 == phone_view(meeting.room)["deadline"]


def test_an_optional_activity_started_twice_begins_anew_with_its_answers():
    meeting = Meeting(one("open", "id=a optional many=9 time=1:00"))
    meeting.act("start", activity="a")
    meeting.answer("p1", "x", "a", "først")
    meeting.wait(50)
    meeting.act("start", activity="a")
    assert (meeting.now + 60_000, 1) == (meeting.room.due(), meeting.room.activities["a"].counted)


def test_closing_twice_and_reopening_in_the_grace():
    meeting = started()
    assert meeting.act("close")
    assert [] == meeting.act("close")
    meeting.act("reopen")
    assert [] == meeting.act("reopen")
    meeting.wait(100)
    [sent] = meeting.answer("p1", "x", "a", "åpent igjen")
    assert not sent.late


def test_answers_that_come_after_the_close_are_not_shown_before_the_reveal():
    """Also with `reveal=live`: when an activity is closed, its answers are shown nowhere."""
    meeting = started(LIVE)
    meeting.answer("p1", "x", "a", "vist")
    assert 1 == screen(meeting)["results"]["cards_total"]
    meeting.act("close")
    meeting.answer("p2", "y", "a", "i nåden")
    assert (None, False) == (screen(meeting)["results"], meeting.room.activity.results_visible)
    meeting.act("reveal")
    assert 2 == screen(meeting)["results"]["cards_total"]


async def test_closed_results_are_on_no_page_either(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing(attrs=LIVE)
        message = {"type": "answer", "id": "a" * 32, "activity": "a", "text": "Flere benker"}
        await edge.post(f"/{opened.code}/answers", json=message)
        pages = (f"/{opened.code}/results", f"/{opened.code}/cards")
        held = bearer(opened.screen_key)
        other = await edge.another()
        shown = ["Flere benker" in (await other.get(page, headers=held)).text for page in pages]
        await edge.act(opened, "close")
        closed = ["Flere benker" in (await other.get(page, headers=held)).text for page in pages]
    assert ([True, True], [False, False]) == (shown, closed)


def test_what_was_let_through_and_then_changed_is_held_again():
    """Otherwise somebody could have a polite answer let through and then change it into a rude one."""
    meeting = started("id=a many=9 reveal=live")
    meeting.answer("p1", "x", "a", "fint ord")
    meeting.act("restore_answer", id=answer_id("x"))
    meeting.act("spotlight", id=answer_id("x"))
    meeting.answer("p1", "x", "a", "stygt ord", rev=2)
    assert (True, "") == (meeting.room.answer(answer_id("x")).held, meeting.room.spotlight)
    assert " ord" not in str(screen(meeting)["results"])
    assert "stygt" not in str(screen_view(meeting.replayed(), Presence(), JOIN))


def test_an_answer_hidden_and_then_changed_stays_hidden():
    meeting = started()
    meeting.answer("p1", "x", "a", "stygt ord")
    meeting.act("hide_answer", id=answer_id("x"), reason="personangrep")
    meeting.answer("p1", "x", "a", "styggere ord", rev=2)
    meeting.act("reveal")
    assert "ord" not in str(screen(meeting)["results"]["cards"])


def test_a_phone_may_send_again_after_it_has_withdrawn():
    meeting = started("id=a many=1")
    meeting.answer("p1", "x", "a", "en")
    meeting.withdraw("p1", "x")
    assert [] == meeting.withdraw("p1", "x", 3)
    assert meeting.answer("p1", "y", "a", "to")
    with pytest.raises(Refused, match="limit"):
        meeting.answer("p1", "z", "a", "tre")


@pytest.mark.parametrize("rev", [0, -1, 2**31, 10**30])
def test_a_rev_is_a_small_number(rev):
    meeting = started()
    meeting.answer("p1", "x", "a", "en")
    with pytest.raises(Refused, match="bad"):
        meeting.withdraw("p1", "x", rev)
    with pytest.raises(Refused, match="bad"):
        meeting.answer("p1", "x", "a", "to", rev=rev)


async def test_an_edit_cannot_make_answers_into_those_of_another_kind(tmp_path):
    """A room with texts among the votes of a choice could not be counted."""
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        message = {"type": "answer", "id": "a" * 32, "activity": "a", "text": "Flere benker"}
        await edge.post(f"/{opened.code}/answers", json=message)
        with pytest.raises(Refused, match="has-answers"):
            await edge.rooms.edit(opened.code, one("pair"))
        assert await edge.rooms.edit(opened.code, one("open", body="Skriv mer."))


def test_a_screens_view_stays_small_whatever_people_write():
    """Tried with the longest answers that are accepted, of the characters that take most bytes."""
    for kind, name in (("open", "wall"), ("words", "cloud")):
        meeting = started("id=a many=100 max=1000", kind)
        for n in range(100):
            meeting.answer("p1", f"{n}", "a", f"ord{n}" + "🏴\U000e0067\U000e0062" * 900)
        meeting.act("reveal")
        shown = screen(meeting)["results"]
        assert name == shown["shapes"][0]
        assert len(msgspec.json.encode(screen(meeting))) < 64 * 1024
        assert (100, 100) == (shown["cards_total"], shown["words_total"])
        assert shown["cards"]


def test_37_forth_and_37_back_with_answers_to_everything():
    meeting = Meeting()
    forth = 0
    while meeting.room.state != "ended":
        meeting.act("next")
        forth += 1
        if meeting.room.state == "write":
            for phone in range(5):
                meeting.answer(f"p{phone}", f"{forth}-{phone}", meeting.room.activity.written.id, f"svar {phone}")
    before = {id: results(state) for id, state in meeting.room.activities.items() if state.answers}
    for _ in range(forth):
        meeting.act("back")
    assert (37, "lobby") == (forth, meeting.room.state)
    assert before
    for _ in range(forth):
        meeting.act("next")
    assert before == {id: results(state) for id, state in meeting.room.activities.items() if state.answers}
