"""The seminar from start to end: what the facilitator presses, what phones send, and the room that results."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live.errors import Refused
from live.events import ActivityClosed, AnswerSent, SlideShown, WorkshopSet
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, at_writing, one


def states_of_next(meeting: Meeting) -> list[str]:
    states = []
    while meeting.room.state != "ended":
        meeting.act("next")
        states.append(meeting.room.state)
    return states


def test_the_seminar_takes_37_presses():
    """From the lobby to the end with `next` only; optional activities are skipped."""
    meeting = Meeting()
    states = states_of_next(meeting)

    assert 37 == len(states)
    assert ["idle", "talk", "write", "closed", "results", "slide", "ended"] == states[-7:]
    with pytest.raises(Refused, match="ended"):
        meeting.act("next")


def test_back_undoes_every_step_and_loses_nothing():
    meeting = Meeting()
    stops = [meeting.room.stop]
    while meeting.room.state != "ended":
        if meeting.room.state == "write":
            meeting.answer("p1", "kept", "viktigst", "Lytt før dere bestemmer")
        meeting.act("next")
        stops.append(meeting.room.stop)
    back = [meeting.room.stop]
    while meeting.room.state != "lobby":
        meeting.act("back")
        back.append(meeting.room.stop)

    assert stops[::-1] == back
    assert [] == meeting.act("back")
    assert "Lytt før dere bestemmer" == meeting.room.activities["viktigst"].answers[answer_id("kept")].text


def test_own_answers_can_be_changed_until_close_and_withdrawn_as_long_as_the_meeting_is_kept():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "først")
    meeting.answer("p1", "a", "viktigst", "så", rev=2)
    meeting.answer("p1", "a", "viktigst", "først", rev=1)
    assert "så" == meeting.room.answer(answer_id("a")).text

    meeting.answer("p1", "b", "viktigst", "angrer")
    meeting.withdraw("p1", "b")
    assert meeting.room.answer(answer_id("b")) is None
    assert [] == meeting.answer("p1", "b", "viktigst", "angrer")

    meeting.act("close")
    with pytest.raises(Refused, match="closed"):
        meeting.answer("p1", "a", "viktigst", "for sent", rev=3)
    meeting.answer("p2", "c", "viktigst", "blir stående")
    meeting.act("end")
    meeting.withdraw("p1", "a", 9)
    assert [answer_id("c")] == list(meeting.room.activities["viktigst"].answers)


def test_nobody_changes_another_phones_answer():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "mitt")

    with pytest.raises(Refused, match="not-yours"):
        meeting.answer("p2", "a", "viktigst", "ditt", rev=2)
    with pytest.raises(Refused, match="not-yours"):
        meeting.withdraw("p2", "a")


def test_unsent_text_has_30_seconds_of_grace_and_after_that_is_kept_aside():
    meeting = at_writing()
    meeting.act("close")
    meeting.wait(29)
    [in_time] = meeting.answer("p1", "a", "viktigst", "i siste liten")
    meeting.act("reveal")
    meeting.wait(2)
    [too_late] = meeting.answer("p1", "b", "viktigst", "for sent")

    assert (False, True) == (in_time.late, too_late.late)
    state = meeting.room.activities["viktigst"]
    assert (1, 1) == (state.counted, state.late)
    meeting.act("restore_answer", id=answer_id("b"))
    assert (2, 0) == (state.counted, state.late)


def test_an_activity_that_was_never_opened_takes_nothing():
    with pytest.raises(Refused, match="closed"):
        Meeting().answer("p1", "a", "viktigst", "for tidlig")
    with pytest.raises(Refused, match="unknown-activity"):
        Meeting().answer("p1", "a", "finnes-ikke", "hei")


def test_a_timer_on_an_answering_activity_closes_it_at_its_own_time():
    meeting = Meeting(one("open", "id=a many time=1:00"))
    meeting.act("next")
    meeting.act("next")
    started = meeting.now
    assert [] == meeting.wait(59)

    assert [ActivityClosed(at=started + 60_000, activity="a", grace_until=started + 90_000)] == meeting.wait(3600)


def test_closing_soon_counts_down_and_can_be_undone():
    meeting = at_writing()
    meeting.act("close_in", seconds=20)
    assert ("closing", meeting.now + 20_000) == (meeting.room.state, meeting.room.due())
    meeting.act("reopen")
    assert ("write", None) == (meeting.room.state, meeting.room.due())
    meeting.act("close_in", seconds=20)
    meeting.wait(20)
    assert "closed" == meeting.room.state


def test_leaving_an_open_activity_closes_it():
    meeting = at_writing()
    meeting.act("goto", slide=1)
    [sent] = meeting.answer("p1", "a", "viktigst", "i nåden")
    assert not sent.late
    meeting.wait(31)
    [sent] = meeting.answer("p1", "b", "viktigst", "etter")
    assert sent.late


def test_an_optional_activity_runs_when_started_and_next_goes_on_from_there():
    text = one("open") + "\n:::words{id=b optional many}\nEtt ord\n:::\n\n---\n\n## Slutt\n"
    meeting = Meeting(text)
    meeting.act("next")
    meeting.act("start", activity="b")
    assert ("write", "b") == (meeting.room.state, meeting.room.activity.written.id)
    walked = states_of_next(meeting)
    assert ["closed", "results", "slide", "ended"] == walked


def test_a_hidden_slide_is_passed_over_both_ways_and_runs_when_jumped_to():
    text = one("open") + "\n---\n\n## Ekstra {hidden}\n\n:::words{id=b}\nEtt ord\n:::\n\n---\n\n## Slutt\n"
    meeting = Meeting(text)
    assert ["idle", "write", "closed", "results", "slide", "ended"] == states_of_next(meeting)
    meeting.act("back")
    assert 3 == meeting.room.stop.slide
    meeting.act("back")
    assert 1 == meeting.room.stop.slide
    meeting.act("goto", slide=2)
    assert ["write", "closed", "results", "slide", "ended"] == states_of_next(meeting)


def test_a_kind_that_cannot_run_yet_is_refused_politely():
    meeting = Meeting(one("agenda"))
    with pytest.raises(Refused) as refused:
        meeting.act("start", activity="a")
    assert ("unsupported", {"kind": "agenda"}) == (refused.value.code, refused.value.facts)


def test_an_ad_hoc_question_runs_on_the_slide_shown():
    meeting = Meeting()
    meeting.act("goto", slide=5)
    meeting.act("ask", kind="words", question="Ett ord om samskaping?", id="spurt-1")
    assert ("write", "Ett ord om samskaping?") == (meeting.room.state, phone_view(meeting.room)["question"])
    meeting.answer("p1", "a", "spurt-1", "tillit")
    for _ in range(3):
        meeting.act("next")
    assert ("slide", 6) == (meeting.room.state, meeting.room.stop.slide)


def test_hidden_results_are_in_no_view_but_the_consoles():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "hemmelig enda")
    for face in (phone_view(meeting.room), screen_view(meeting.room, Presence(), JOIN)):
        assert "hemmelig" not in str(face)
    meeting.act("close")
    assert "hemmelig" not in str(screen_view(meeting.room, Presence(), JOIN))
    meeting.act("reveal")
    assert "hemmelig enda" == screen_view(meeting.room, Presence(), JOIN)["results"]["cards"][0]["text"]


def test_a_withheld_answer_leaves_the_screen_and_comes_back():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "stygt ord")
    meeting.answer("p2", "b", "viktigst", "fint ord")
    meeting.act("hide_answer", id=answer_id("a"), reason="personangrep")
    meeting.act("close")
    meeting.act("reveal")
    results = screen_view(meeting.room, Presence(), JOIN)["results"]
    assert ["fint ord"] == [card["text"] for card in results["cards"]]
    assert "stygt" not in str(results)
    meeting.act("restore_answer", id=answer_id("a"))
    assert 2 == screen_view(meeting.room, Presence(), JOIN)["results"]["cards_total"]


def test_a_redacted_answer_keeps_its_place_but_not_its_words():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "Kari har diabetes")
    meeting.act("redact_answer", id=answer_id("a"))
    assert ("", 0) == (meeting.room.answer(answer_id("a")).text, meeting.room.activities["viktigst"].counted)
    with pytest.raises(Refused, match="redacted"):
        meeting.act("restore_answer", id=answer_id("a"))


def test_live_results_are_held_one_by_one_unless_the_file_says_otherwise():
    meeting = Meeting(one("open", "id=a many reveal=live"))
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", "venter")
    assert [] == screen_view(meeting.room, Presence(), JOIN)["results"]["cards"]
    meeting.act("restore_answer", id=answer_id("x"))
    assert 1 == screen_view(meeting.room, Presence(), JOIN)["results"]["cards_total"]


def test_what_the_facilitator_writes_for_somebody_counts_as_said():
    meeting = at_writing()
    meeting.act("add_answer", text="Fra lapp", heads=3, via="paper", id=answer_id("x"))
    meeting.answer("p1", "y", "viktigst", "fra telefon")
    state = meeting.room.activities["viktigst"]
    assert (2, 4) == (state.counted, meeting.room.people.people_behind(state))


def test_notes_reach_no_phone_and_no_screen():
    """Checked in every state of the whole seminar, for every line of every note."""
    meeting = Meeting()
    notes = [slide.notes for slide in meeting.room.workshop.slides if slide.notes]
    lines = [line.strip() for note in notes for line in note.splitlines() if len(line.strip()) > 20]
    assert len(lines) >= 10
    while meeting.room.state != "ended":
        meeting.act("next")
        shown = str(phone_view(meeting.room)) + str(screen_view(meeting.room, Presence(), JOIN))
        assert [] == [line for line in lines if line in shown]


def test_an_edited_workshop_keeps_its_answers():
    meeting = at_writing()
    meeting.answer("p1", "a", "viktigst", "før rettingen")
    text = meeting.room.workshop_text.replace("Alle legger inn innspill.", "Alle skriver innspill.")
    meeting.apply([WorkshopSet(at=meeting.now, text=text)])
    assert ("write", "Alle skriver innspill. Det er mulig å legge inn flere svar.") == (
        meeting.room.state,
        phone_view(meeting.room)["instruction"],
    )
    assert 1 == meeting.room.activities["viktigst"].counted


def test_slides_after_an_edit_are_found_by_name_and_not_by_number():
    meeting = Meeting()
    meeting.act("goto", slide=14)
    title = meeting.room.slide.title
    head, body = meeting.room.workshop_text.split("# Nærdemokrati og samskaping", 1)
    text = head + "# Velkommen\n\n---\n\n# Nærdemokrati og samskaping" + body
    meeting.apply([WorkshopSet(at=meeting.now, text=text)])
    assert (15, title) == (meeting.room.stop.slide, meeting.room.slide.title)


PRESSES = st.sampled_from(
    ["next", "next", "next", "back", "close", "reveal", "hide", "reopen", "pause", "resume", "end"]
)


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            PRESSES.map(lambda do: ("act", do)),
            st.integers(1, 25).map(lambda n: ("goto", n)),
            st.tuples(st.just("answer"), st.integers(0, 3), st.integers(0, 9)),
            st.tuples(st.just("withdraw"), st.integers(0, 3), st.integers(0, 9)),
            st.integers(0, 200).map(lambda s: ("wait", s)),
        ),
        max_size=60,
    )
)
def test_whatever_is_pressed_the_journal_makes_the_same_room_again(steps):
    """Commands are carried out or refused, all counts are right, and a replay ends in the same state."""
    meeting = Meeting()
    meeting.act("goto", slide=22)
    for step in steps:
        try:
            match step:
                case ("act", do):
                    meeting.act(do)
                case ("goto", n):
                    meeting.act("goto", slide=n)
                case ("answer", phone, n):
                    meeting.answer(f"p{phone}", f"{phone}-{n}", "viktigst", f"tekst {n}")
                case ("withdraw", phone, n):
                    meeting.withdraw(f"p{phone}", f"{phone}-{n}")
                case ("wait", seconds):
                    meeting.wait(seconds)
        except Refused:
            pass
    state = meeting.room.activities["viktigst"]
    counted = [answer for answer in state.answers.values() if answer.counted]
    assert len(counted) == state.counted
    assert {answer.sender for answer in counted} == set(state.turnout.senders)
    again = meeting.replayed()
    assert (meeting.room.stop, meeting.room.state, meeting.room.step, meeting.room.position) == (
        again.stop,
        again.state,
        again.step,
        again.position,
    )
    assert screen_view(meeting.room, Presence(), JOIN) == screen_view(again, Presence(), JOIN)


def test_only_what_phones_do_leaves_the_step_alone():
    assert SlideShown(at=0, slide="x").step
    assert not AnswerSent(at=0, activity="a", id="i", phone="p").step
