"""The kind `qa`: questions to a panel, the votes for them, and what was answered."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from msgspec import json

from live import exports
from live.activities.question_tally import NEWEST, UNDECIDED, VOTES
from live.errors import Refused, WorkshopInvalid
from live.events import QuestionVoted
from live.exports import json_import
from live.room import Room
from live.rules import EditWorkshop, VoteQuestion, decide
from live.rules.answers import Ahead
from live.views import questions
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one
from tests.reading import parse

EXAMPLE = ":::qa{id=x}\nHva vil dere at panelet skal svare på?\n:::"
OTHER = "\n:::open{id=b}\nSkriv.\n:::\n"


def channel(attrs: str = "") -> Meeting:
    """A meeting with a channel that is never started, and a question beside it."""
    return Meeting(one("qa", f"id=a open=meeting {attrs}", "Spør panelet.") + OTHER)


def vote(meeting: Meeting, phone: str, name: str, *, on: bool = True) -> list[Any]:
    return meeting.command(VoteQuestion(phone, answer_id(name), on))


def asked(meeting: Meeting, *names: str) -> None:
    for name in names:
        meeting.answer(name, name, "a", f"Hva med {name}?")


def listed(meeting: Meeting, order: str) -> list[str]:
    return [(one.text or "")[8:-1] for one in questions.tally_of(meeting.room.activities["a"]).listed(order, 0, 99)]


def consoles(meeting: Meeting) -> dict[str, Any]:
    return console_view(meeting.room, Presence(), JOIN, warnings=[])


def test_a_channel_takes_questions_and_votes_from_the_lobby_to_the_end():
    meeting = channel()
    asked(meeting, "anne")
    assert "lobby" == meeting.room.state
    assert [QuestionVoted(at=meeting.now, id=answer_id("anne"), phone="bo")] == vote(meeting, "bo", "anne")
    meeting.act("start", activity="b")
    asked(meeting, "bo")
    assert ["anne", "bo"] == listed(meeting, VOTES)
    assert ("a", 2, True) == tuple(phone_view(meeting.room)["questions"][name] for name in ("activity", "n", "open"))
    meeting.act("end")
    with pytest.raises(Refused, match="closed"):
        asked(meeting, "kim")
    with pytest.raises(Refused, match="closed"):
        vote(meeting, "kim", "bo")
    assert not phone_view(meeting.room)["questions"]["open"]
    meeting.act("back")
    asked(meeting, "kim")


def test_a_channel_is_no_step_and_stays_open_after_it_was_on_the_screen():
    meeting = channel()
    meeting.act("next")
    meeting.act("next")
    assert "b" == meeting.room.activity.written.id
    meeting.act("start", activity="a")
    assert "write" == meeting.room.state
    meeting.act("next")
    assert "b" == meeting.room.activity.written.id
    asked(meeting, "anne")
    meeting.act("start", activity="a")
    meeting.act("close")
    meeting.wait(60)
    meeting.answer("bo", "sent", "a", "For sent?")
    assert meeting.room.answer(answer_id("sent")).late
    meeting.act("back")
    vote(meeting, "bo", "anne")


def test_without_open_it_is_asked_on_its_slide_alone():
    meeting = Meeting(one("qa") + OTHER)
    assert "questions" not in phone_view(meeting.room)
    with pytest.raises(Refused, match="closed"):
        asked(meeting, "anne")
    meeting.act("start", activity="a")
    asked(meeting, "anne")
    assert ["Hva med anne?"] == [one["text"] for one in screen_view(meeting.room, Presence(), JOIN)["results"]["cards"]]
    meeting.act("next")
    meeting.wait(60)
    with pytest.raises(Refused, match="closed"):
        vote(meeting, "bo", "anne")


def test_a_phone_votes_once_and_never_for_its_own():
    meeting = channel()
    asked(meeting, "anne")
    with pytest.raises(Refused, match="bad"):
        vote(meeting, "anne", "anne")
    vote(meeting, "bo", "anne")
    assert [] == vote(meeting, "bo", "anne")
    assert [] == vote(meeting, "kim", "anne", on=False)
    assert 1 == meeting.room.answer(answer_id("anne")).asked.votes
    vote(meeting, "bo", "anne", on=False)
    assert 0 == meeting.replayed().answer(answer_id("anne")).asked.votes
    with pytest.raises(Refused, match="bad"):
        vote(meeting, "bo", "nobody")


def test_votes_that_are_decided_together_see_each_other():
    meeting = channel()
    asked(meeting, "anne")
    ahead = Ahead()
    decided = [
        bool(decide(meeting.room, VoteQuestion("bo", answer_id("anne"), on), meeting.now, ahead))
        for on in (True, True, False, True)
    ]
    assert [True, False, True, True] == decided


def test_what_waits_to_be_let_through_is_shown_to_nobody_else_and_takes_no_votes():
    meeting = channel("moderate")
    asked(meeting, "anne")
    with pytest.raises(Refused, match="bad"):
        vote(meeting, "bo", "anne")
    assert [] == questions.for_phone(meeting.room, meeting.room.panel, "bo")["top"]
    own = questions.for_phone(meeting.room, meeting.room.panel, "anne")["own"]
    assert [("held", "Hva med anne?")] == [(one["status"], one["text"]) for one in own]
    view = consoles(meeting)["questions"]
    assert (1, 1, ["Hva med anne?"]) == (view["waiting"], view["came"], [one["text"] for one in view["rows"]])
    meeting.act("restore_answer", id=answer_id("anne"))
    vote(meeting, "bo", "anne")


def test_a_flagged_question_waits_in_a_channel_that_nobody_has_started():
    meeting = channel()
    meeting.answer("anne", "anne", "a", "Ring meg på 91234567")
    assert 0 == phone_view(meeting.room)["questions"]["n"]
    assert "held" == questions.for_phone(meeting.room, meeting.room.panel, "anne")["own"][0]["status"]
    meeting.act("release_answers", answers={answer_id("anne"): 1})
    assert 1 == phone_view(meeting.room)["questions"]["n"]


def test_the_panel_answers():
    meeting = channel()
    asked(meeting, "anne", "bo")
    vote(meeting, "kim", "anne")
    meeting.act("answer_question", id=answer_id("anne"), text="  Ja, i 2027. ")
    assert [] == meeting.act("answer_question", id=answer_id("anne"))
    assert ["bo", "anne"] == listed(meeting, VOTES)
    top = questions.for_phone(meeting.room, meeting.room.panel, "kim")["top"]
    assert {
        "id": answer_id("anne"),
        "text": "Hva med anne?",
        "votes": 1,
        "answered": True,
        "reply": "Ja, i 2027.",
    } == top[1]
    meeting.act("answer_question", id=answer_id("anne"), answered=False)
    assert ["anne", "bo"] == listed(meeting, VOTES)
    with pytest.raises(Refused, match="too-long"):
        meeting.act("answer_question", id=answer_id("anne"), text="å" * 1001)
    with pytest.raises(Refused, match="unknown-answer"):
        meeting.act("answer_question", id=answer_id("nobody"))


def test_a_question_stands_large_over_whatever_is_on():
    meeting = channel()
    asked(meeting, "anne")
    meeting.act("start", activity="b")
    meeting.act("spotlight", id=answer_id("anne"))
    spot = screen_view(meeting.room, Presence(), JOIN)["spotlight"]
    assert {"id": answer_id("anne"), "text": "Hva med anne?", "votes": 0} == spot
    meeting.act("hide_answer", id=answer_id("anne"), reason="")
    assert screen_view(meeting.room, Presence(), JOIN)["spotlight"] is None


def test_undecided_are_those_that_few_have_had_the_chance_to_vote_for():
    meeting = channel()
    asked(meeting, "old", "liked")
    for n in range(9):
        vote(meeting, f"p{n}", "liked")
    asked(meeting, "new")
    assert "new" == listed(meeting, UNDECIDED)[0]
    assert ["new", "liked", "old"] == listed(meeting, NEWEST)
    meeting.act("answer_question", id=answer_id("new"))
    assert "new" not in listed(meeting, UNDECIDED)
    assert 2 == questions.tally_of(meeting.room.activities["a"]).total(UNDECIDED)


def test_changed_words_have_no_votes_and_a_deleted_question_takes_its_reply_along():
    meeting = channel()
    asked(meeting, "anne")
    vote(meeting, "bo", "anne")
    meeting.answer("anne", "anne", "a", "Noe helt annet?", rev=2)
    assert 0 == meeting.room.answer(answer_id("anne")).asked.votes == meeting.room.activities["a"].votes
    meeting.act("answer_question", id=answer_id("anne"), text="Nei til noe helt annet.")
    at = meeting.room.position
    (gone,) = meeting.withdraw("anne", "anne", 3)
    assert [at] == gone.blank
    assert [] == listed(meeting, VOTES)


def test_a_phone_is_told_at_most_4_kib_and_a_screen_64_of_two_thousand_questions():
    meeting = channel()
    for n in range(2000):
        meeting.answer(f"p{n}", f"q{n}", "a", f"{n} " + "Når får vi svar på høringen om skolen i Årdal? " * 4)
    meeting.act("start", activity="a")
    vote(meeting, "p1", "q7")
    told = questions.for_phone(meeting.room, meeting.room.panel, "p1")
    assert len(json.encode({"type": "mine", "mine": [], "mine_count": 0, "position": 1, "questions": told})) <= 4096
    assert answer_id("q7") == told["top"][0]["id"] == told["votes"][0]
    assert [answer_id("q1")] == [one["id"] for one in told["own"]]
    assert len(told["newest"]) > 3
    assert len(json.encode(phone_view(meeting.room))) <= 4096
    assert len(json.encode(screen_view(meeting.room, Presence(), JOIN))) <= 65_536


def test_only_one_channel_can_be_open():
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("qa", "id=a open=meeting") + "\n:::qa{id=c open=meeting}\nMer?\n:::\n")
    assert ["open=meeting can stand only once, and does in line 9"] == [one.message for one in invalid.value.problems]
    written, problems = parse(one("spørsmål", "id=a åpen=møtet godkjenn", "Spør."))
    assert ([], True, True) == (problems, written.slides[0].activities[0].channel, written.slides[0].activities[0].hold)


def test_votes_and_replies_are_in_the_files_and_come_back():
    meeting = channel()
    asked(meeting, "anne", "bo")
    for phone in ("kim", "eli"):
        vote(meeting, phone, "anne")
    meeting.act("answer_question", id=answer_id("anne"), text="Ja, i 2027.")
    rows = list(csv.DictReader(io.StringIO(exports.export(meeting.room, "csv").decode("utf-8-sig")), delimiter=";"))
    assert [("2", "yes", "Ja, i 2027."), ("0", "no", "")] == [
        (row["votes"], row["answered"], row["reply"]) for row in rows
    ]
    report = exports.export(meeting.room, "html").decode()
    assert all(words in report for words in ("2\u00a0stemmer", "Besvart", "Ikke besvart", "Ja, i 2027.", "Hva med bo?"))
    book = openpyxl.load_workbook(io.BytesIO(exports.export(meeting.room, "xlsx")))
    heads = [cell.value for cell in book.worksheets[0][1]]
    assert {"Stemmer", "Besvart", "Svaret fra panelet"} <= set(heads)

    read = json_import.read(exports.export(meeting.room, "json"))
    again = Room(meeting.room.code)
    for event in read.events:
        again.apply(event)
    state = again.activities["a"]
    assert [(2, True, "Ja, i 2027."), (0, False, "")] == [
        (one.asked.votes, one.asked.answered, one.asked.reply) for one in state.answers.values()
    ]
    assert (2, True) == (state.votes, again.ended)
    assert exports.export(again, "csv") == exports.export(meeting.room, "csv")


def test_an_edit_of_the_workshop_keeps_votes_and_opens_no_second_way_to_ask():
    meeting = channel()
    asked(meeting, "anne")
    vote(meeting, "bo", "anne")
    text = meeting.room.workshop_text.replace("open=meeting", "").replace("Spør panelet.", "Spør oss.")
    meeting.command(EditWorkshop(text, parse(text)[0]))
    assert "questions" not in phone_view(meeting.room)
    with pytest.raises(Refused, match="closed"):
        vote(meeting, "kim", "anne")
    meeting.act("start", activity="a")
    vote(meeting, "kim", "anne")
    assert 2 == meeting.replayed().answer(answer_id("anne")).asked.votes


def test_a_question_that_the_panel_has_answered_keeps_its_words():
    meeting = channel()
    asked(meeting, "anne")
    meeting.act("answer_question", id=answer_id("anne"), answered=True, text="Ja, det lover vi.")
    with pytest.raises(Refused, match="closed"):
        meeting.answer("anne", "anne", "a", "Legger dere ned skolen?", rev=2)
