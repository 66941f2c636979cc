"""What is flagged waits until a person says yes; nothing else waits, and nobody is accused of anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from live.errors import Refused
from live.events import ActivityStarted
from live.exports import export, json_import
from live.exports.snapshot import take_snapshot
from live.public_page import public_page
from live.room import Room
from live.views import board, results, word_answers
from live.views.answers import phone_answers
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one

NUMBER, RUDE, PLAIN = "Ring 91 23 45 67", "drit", "Flere benker"


def started(kind: str = "open", attrs: str = "id=a many=9") -> Meeting:
    meeting = Meeting(one(kind, attrs))
    meeting.act("start", activity="a")
    return meeting


def shown(meeting: Meeting) -> list[str]:
    return [card["text"] for card in results.cards(meeting.room.activities["a"], 0, 99)]


def console(meeting: Meeting) -> dict:
    return console_view(meeting.room, Presence(), JOIN, warnings=[])


def public(room: Room) -> str:
    """All that people, other than those who handle answers, can be shown of *room*."""
    state = room.activities["a"]
    phones = [str(phone_view(room))]
    screens = [
        str(screen_view(room, Presence(), JOIN)),
        str(results.results(state)),
        str(board.cards(room, state, "", 0, 99)),
    ]
    lists = [str(board.texts(state)), str(word_answers.quiet_cards(room, state, 0, 99)), str(public_page.of(room))]
    return "\n".join(phones + screens + lists)


def waiting(meeting: Meeting) -> tuple[int, int, int]:
    view = console(meeting)
    return view["waiting"], view["flagged"], len(view["look"])


def test_a_flagged_answer_counts_as_answered_and_is_shown_nowhere():
    meeting = started()
    meeting.answer("p1", "x", "a", NUMBER)
    meeting.answer("p2", "y", "a", PLAIN)
    meeting.act("close")
    meeting.act("reveal")
    view = console(meeting)
    assert (2, 2, 1) == (view["counts"]["answers"], view["counts"]["answered"], view["results"]["cards_total"])
    assert ([PLAIN], (1, 1, 1)) == (shown(meeting), waiting(meeting))
    assert [("saved", NUMBER)] == [(one["status"], one["text"]) for one in phone_answers(meeting.room, "p1")[0]]


def test_all_that_were_listed_are_released_in_one_press_and_no_other():
    """
    One that came after the list was drawn, and one that its sender changed after it was read, wait on.
    """
    meeting = started()
    for name in "wxyz":
        meeting.answer(f"p{name}", name, "a", f"{NUMBER} {name}")
    listed = {row["id"]: row["rev"] for row in console(meeting)["look"]}
    meeting.answer("px", "x", "a", RUDE, rev=2)
    meeting.answer("pv", "v", "a", RUDE)
    meeting.act("release_answers", answers=listed)
    assert ({f"{NUMBER} {name}" for name in "wyz"}, 2) == (set(shown(meeting)), console(meeting)["waiting"])
    assert [RUDE, RUDE] == [row["text"] for row in console(meeting)["look"]]
    assert not meeting.act("release_answers", answers=listed)
    meeting.act(**console(meeting)["last"]["undo"])
    assert ([], 5) == (shown(meeting), console(meeting)["waiting"])
    with pytest.raises(Refused, match="nothing-to-undo"):
        meeting.act("undo_release")


def test_one_press_releases_no_more_than_a_list_can_hold():
    with pytest.raises(Refused, match="too-many-answers"):
        started().act("release_answers", answers={answer_id(str(n)): 1 for n in range(201)})


def test_a_release_that_comes_after_a_change_releases_nothing():
    """
    Two workers: the change was recorded between the press and its event.
    """
    meeting = started()
    meeting.answer("p1", "x", "a", NUMBER)
    (released,) = meeting.act("release_answers", answers={answer_id("x"): 1})
    meeting = started()
    meeting.answer("p1", "x", "a", NUMBER)
    meeting.answer("p1", "x", "a", RUDE, rev=2)
    meeting.room.apply(released)
    assert ([], 1) == (shown(meeting), console(meeting)["waiting"])


def test_a_released_answer_that_is_changed_is_screened_again():
    meeting = started()
    meeting.answer("p1", "x", "a", NUMBER)
    meeting.act("release_answers", answers={answer_id("x"): 1})
    assert [NUMBER] == shown(meeting)
    meeting.answer("p1", "x", "a", RUDE, rev=2)
    assert ([], 1) == (shown(meeting), console(meeting)["waiting"])
    meeting.answer("p1", "x", "a", PLAIN, rev=3)
    assert ([PLAIN], 0) == (shown(meeting), console(meeting)["waiting"])


def test_a_flagged_answer_can_be_put_neither_on_the_screen_nor_into_a_theme():
    meeting = started()
    meeting.answer("p1", "x", "a", NUMBER)
    meeting.answer("p2", "y", "a", PLAIN)
    with pytest.raises(Refused, match="withheld"):
        meeting.act("spotlight", id=answer_id("x"))
    meeting.act("spotlight", id=answer_id("y"))
    meeting.act("reveal")
    assert PLAIN == screen_view(meeting.room, Presence(), JOIN)["spotlight"]["text"]
    meeting.answer("p2", "y", "a", RUDE, rev=2)
    assert None is screen_view(meeting.room, Presence(), JOIN)["spotlight"]


def test_what_a_person_wrote_down_does_not_wait_but_is_pointed_out():
    meeting = started()
    meeting.act("add_answer", id=answer_id("x"), text=NUMBER)
    meeting.act("add_answer", id=answer_id("y"), text=RUDE, via="paper")
    assert ({NUMBER, RUDE}, (0, 2, 2)) == (set(shown(meeting)), waiting(meeting))
    meeting.act("release_answers", answers={answer_id("x"): 1, answer_id("y"): 1})
    meeting.act("undo_release")
    assert ({NUMBER, RUDE}, (0, 2, 2)) == (set(shown(meeting)), waiting(meeting))


def test_a_hidden_one_that_is_shown_again_has_been_read_but_undoing_is_no_reading():
    meeting = started()
    meeting.answer("p1", "x", "a", NUMBER)
    meeting.act("hide_answer", id=answer_id("x"), reason="Navn")
    assert ((0, 0, 0), 1) == (waiting(meeting), console(meeting)["held"])
    meeting.act(**console(meeting)["last"]["undo"])
    assert ([], (1, 1, 1)) == (shown(meeting), waiting(meeting))
    meeting.act("hide_answer", id=answer_id("x"), reason="Navn")
    meeting.act("restore_answer", id=answer_id("x"))
    assert ([NUMBER], (0, 0, 0)) == (shown(meeting), waiting(meeting))


def test_what_was_shown_before_answers_could_wait_stays_shown():
    """
    A room that an earlier version has stored: its rounds had no screening. A round that is started from now on has.
    """
    meeting = started()
    meeting.events[-1] = replace(meeting.events[-1], screening=0)
    assert isinstance(meeting.events[-1], ActivityStarted)
    meeting.room = meeting.replayed()
    meeting.answer("p1", "x", "a", NUMBER)
    assert ([NUMBER], (0, 1, 1)) == (shown(meeting), waiting(meeting))
    assert meeting.act("publish")
    meeting.act("start", activity="a")
    meeting.answer("p2", "y", "a", RUDE)
    assert ([NUMBER], (1, 2, 2)) == (shown(meeting), waiting(meeting))


def test_publishing_stops_while_answers_wait():
    meeting = started()
    meeting.answer("p1", "x", "a", NUMBER)
    meeting.answer("p2", "y", "a", PLAIN)
    meeting.act("reveal")
    meeting.act("end")
    with pytest.raises(Refused, match="flagged-waiting"):
        meeting.act("publish")
    followup = console(meeting)["followup"]
    assert (1, [NUMBER]) == (followup["waiting"], [row["text"] for row in followup["look"]])
    assert meeting.act("publish", without=True)
    assert NUMBER not in public(meeting.room)
    assert PLAIN in public(meeting.room)
    meeting.act("release_answers", answers={answer_id("x"): 1})
    assert NUMBER in public(meeting.room)


@pytest.mark.parametrize("kind", ["open", "words"])
def test_an_export_has_it_as_a_withheld_row_and_an_import_lets_it_wait_again(kind):
    meeting = started(kind)
    meeting.answer("p1", "x", "a", NUMBER)
    meeting.answer("p2", "y", "a", PLAIN)
    meeting.answer("p3", "z", "a", f"{RUDE} igjen")
    meeting.act("release_answers", answers={answer_id("z"): 1})
    meeting.act("close")
    rows = {row.answer_id: row for row in take_snapshot(meeting.room, withheld=False, rehearsal=False).rows}
    row = rows[answer_id("x")]
    assert (True, "flagged", "", "") == (row.withheld, row.withheld_reason, row.text, row.shown_text)
    for withheld in (False, True):
        body = export(meeting.room, "json", withheld=withheld)
        assert withheld == (NUMBER.encode() in body)
        room = Room("25054016")
        for event in json_import.read(body).events:
            room.apply(event)
        assert 2 == room.activities["a"].counted
        assert withheld == bool(room.activities["a"].waiting)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["send", "change", "hide", "restore", "release", "mute", "unmute", "close", "reveal"]),
            st.integers(0, 4),
        ),
        max_size=20,
    )
)
def test_no_order_of_presses_shows_what_waits(steps):
    """
    A flagged text that nobody has released is in nothing that people are shown, and a room that is built again from its
    journal shows the same.
    """
    meeting = started()
    for turn, (do, n) in enumerate(steps):
        id, state = answer_id(str(n)), meeting.room.activities["a"]
        answer = state.answers.get(id)
        try:
            match do:
                case "send" | "change":
                    meeting.answer(
                        f"p{n}", str(n), "a", f"{NUMBER} fra {n} tur {turn}", rev=answer.rev + 1 if answer else 1
                    )
                case "hide" | "restore":
                    meeting.act(f"{do}_answer", id=id, reason="")
                case "release":
                    meeting.act("release_answers", answers={id: answer.rev if answer else 1})
                case "mute" | "unmute":
                    meeting.act(f"{do}_phone", id=id)
                case _:
                    meeting.act(do)
        except Refused:
            continue
        texts = public(meeting.room)
        assert [] == [
            one.text for one in state.answers.values() if not (one.released and one.received) and one.text in texts
        ]
    assert public(meeting.replayed()) == public(meeting.room)


def test_names_and_numbers_are_hidden_and_the_rest_is_shown():
    """
    Whoever sent it sees all of it, the record keeps it as that of a withheld answer, and an import has both.
    """
    meeting = started()
    meeting.answer("p1", "x", "a", f"{NUMBER}, spør Kari Hansen")
    meeting.act("mask_answer", id=answer_id("x"))
    assert {"do": "unmask_answer", "id": answer_id("x")} == console(meeting)["last"]["undo"]
    row = console(meeting)["answers"][0]
    assert (["Ring …, spør …"], (0, 0, 0), True) == (shown(meeting), waiting(meeting), row["masked"])
    assert [f"{NUMBER}, spør Kari Hansen"] == [one["text"] for one in phone_answers(meeting.room, "p1")[0]]
    meeting.act("close")
    for withheld in (False, True):
        body = export(meeting.room, "json", withheld=withheld)
        assert withheld == (NUMBER.encode() in body)
        room = Room("25054016")
        for event in json_import.read(body).events:
            room.apply(event)
        assert ["Ring …, spør …"] == [one.text for one in room.activities["a"].counted_among()]
        assert withheld == (NUMBER in (room.activities["a"].answers[answer_id("x")].sent or ""))
    meeting.act("unmask_answer", id=answer_id("x"))
    assert ([], (1, 1, 1)) == (shown(meeting), waiting(meeting))


def test_hiding_a_name_does_not_release_what_else_was_flagged():
    meeting = started()
    meeting.answer("p1", "x", "a", "Naboen har kreft, ring 91 23 45 67")
    meeting.act("mask_answer", id=answer_id("x"))
    (row,) = console(meeting)["look"]
    assert ("Naboen har kreft, ring …", ("health",), []) == (row["text"], row["flags"], shown(meeting))
    with pytest.raises(Refused, match="nothing-to-mask"):
        meeting.act("mask_answer", id=answer_id("x"))


def test_what_was_hidden_is_not_kept_when_the_answer_is_changed_or_deleted():
    meeting = started()
    for name in "xy":
        meeting.answer(f"p{name}", name, "a", NUMBER)
        meeting.act("mask_answer", id=answer_id(name))
    meeting.answer("px", "x", "a", PLAIN, rev=2)
    meeting.act("redact_answer", id=answer_id("y"))
    assert [None, None] == [answer.original for answer in meeting.room.activities["a"].answers.values()]
    assert [PLAIN] == shown(meeting)


def test_the_reason_is_given_afterwards_and_the_undo_stays():
    meeting = started()
    meeting.answer("p1", "x", "a", PLAIN)
    with pytest.raises(Refused, match="not-withheld"):
        meeting.act("give_reason", id=answer_id("x"), reason="Navn")
    meeting.act("hide_answer", id=answer_id("x"))
    undo = console(meeting)["last"]["undo"]
    asked = meeting.room.activities["a"].ask_count
    meeting.act("give_reason", id=answer_id("x"), reason="Nevner navn")
    assert [("withheld", "Nevner navn")] == [
        (one["status"], one["reason"]) for one in phone_answers(meeting.room, "p1")[0]
    ]
    assert (undo, asked + 1) == (console(meeting)["last"]["undo"], meeting.room.activities["a"].ask_count)
    meeting.act(**undo)
    assert [PLAIN] == shown(meeting)


def test_undoing_a_muting_lets_through_what_it_took_and_nothing_else():
    """
    What was held before for another reason stays held, and what was flagged waits.
    """
    meeting = started()
    meeting.act("set_hold", hold=True)
    meeting.answer("p1", "held", "a", "Holdt")
    meeting.act("set_hold", hold=False)
    meeting.answer("p1", "x", "a", PLAIN)
    meeting.answer("p1", "y", "a", NUMBER)
    assert 2 == console(meeting)["answers"][0]["takes"]
    meeting.act("mute_phone", id=answer_id("x"))
    assert ([], 3) == (shown(meeting), console(meeting)["held"])
    meeting.answer("p1", "z", "a", "Kom etter")
    meeting.act(**console(meeting)["last"]["undo"])
    assert ({PLAIN, "Kom etter"}, 1, (1, 1, 1)) == (set(shown(meeting)), console(meeting)["held"], waiting(meeting))
    assert set(shown(meeting)) == {one.text for one in meeting.replayed().activities["a"].counted_among()}


def test_the_console_is_told_which_words_made_it_so():
    meeting = started()
    meeting.answer("p1", "x", "a", "👍 Ring 91 23 45 67")
    assert [[7, 18, "phone"]] == console(meeting)["look"][0]["marks"]
