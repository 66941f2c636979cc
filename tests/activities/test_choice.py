"""The kind `choice`: one vote for each phone, unless the workshop counts people."""

from functools import partial

import pytest

from live.errors import Refused, WorkshopInvalid
from live.exports import export, json_import, take_snapshot
from live.room import Room
from live.views.answers import phone_answers
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.results import results as results_of
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one
from tests.reading import parse

snapshot = partial(take_snapshot, withheld=False, rehearsal=False)
EXAMPLE = """:::choice{id=x pick=2 other}
Velg inntil to.
- Lys
- Benker {riktig}
- Busser
:::"""


def test_people_behind_a_phone_are_counted_but_never_multiply_a_vote():
    text = one("choice", "id=a", "Velg.\n- Ja\n- Nei")
    meeting = Meeting(text)
    meeting.heads("p1", 3)
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", value=["a"])
    meeting.answer("p2", "y", "a", value=["b"])
    meeting.act("reveal")
    view = screen_view(meeting.room, Presence(2, 4), JOIN)

    assert [1, 1] == [option["count"] for option in view["results"]["options"]]
    assert ("phones", 4) == (view["results"]["counted"], view["counts"]["answered_people"])


def test_people_count_where_the_workshop_says_so():
    meeting = Meeting(one("choice", "id=a count=people", "Velg.\n- Ja\n- Nei"))
    meeting.heads("p1", 3)
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", value=["a"])
    meeting.act("reveal")
    results = screen_view(meeting.room, Presence(), JOIN)["results"]
    assert (3, "people") == (results["options"][0]["count"], results["counted"])


def test_a_choice_can_be_changed_until_close_and_counts_once():
    meeting = Meeting(one("choice", "id=a", "Velg.\n- Ja\n- Nei"))
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", value=["a"])
    meeting.answer("p1", "x", "a", value=["b"], rev=2)
    assert {"a": 0, "b": 1} == meeting.room.activities["a"].tally.counts
    for bad in (["a", "b"], ["z"], [], None):
        with pytest.raises(Refused):
            meeting.answer("p2", "y", "a", value=bad)


def test_what_is_right_is_told_once_the_results_are_shown_and_no_more_answers_come():
    meeting = Meeting(one("choice", "id=a pick=2 reveal=live", "Velg.\n- Ja {rett}\n- Nei\n- Begge {rett}"))
    room = meeting.room

    def faces() -> tuple[dict, dict, dict]:
        return phone_view(room), screen_view(room, Presence(), JOIN), console_view(room, Presence(), JOIN, warnings=[])

    meeting.act("start", activity="a")
    for phone, value in (("p1", ["a", "c"]), ("p2", ["a"]), ("p3", ["a", "b"]), ("p4", ["c", "a"])):
        meeting.answer(phone, phone, "a", value=value)
    said = "2 av 4 svarte riktig (50 %)."
    _, screen, console = faces()
    assert not {"correct", "notes"} & screen["results"].keys()
    assert [True, None, True] == [one.get("right") for one in console["results"]["options"]]
    assert [said] == console["results"]["notes"]
    meeting.act("close")
    meeting.act("reveal")
    phone, screen, _ = faces()
    assert [True, None, True] == [one.get("right") for one in screen["results"]["options"]]
    assert [
        ("Ja (riktig)", "(du valgte rett)"), ("Nei", None), ("Begge (riktig)", "(du valgte rett)"), (said, None)
    ] == [(row["text"], row.get("own")) for row in phone["figures"]]  # fmt: skip
    page = export(room, "html").decode()
    assert "Ja (riktig)" in page
    assert said in page


def recount(answers) -> dict:
    """The results of EXAMPLE, counted plainly."""
    ids = ("a", "b", "c")
    counts = {id: sum(id in value for _, value in answers) for id in ids} | {"+": sum(bool(own) for own, _ in answers)}
    n = len(answers)
    shares = {id: round(counts[id] / n, 4) if n else 0 for id in counts}
    return {
        "options": [
            {"id": id, "letter": letter, "text": text, "count": counts[id], "share": shares[id]}
            for id, letter, text in zip(
                (*ids, "+"), "ABC+", ("Lys", "Benker", "Busser", "Noe annet"), strict=True
            )
        ],
        "n": n, "correct": sum(value == ["b"] and not own for own, value in answers),
    }  # fmt: skip


def test_an_answer_in_ones_own_words_is_counted_flagged_merged_and_exported():
    meeting = Meeting(one("choice", "id=a pick=2 other", "Velg.\n- Buss\n- Tog"))
    room = meeting.room
    meeting.act("start", activity="a")
    sent = {
        "p1": (["a"], "Sykkel"), "p2": ([], "sykkel"), "p3": (None, "El-sykkel"), "p4": (["b"], " "),
        "p5": (["a"], "Ring meg på 900 00 000"),
    }  # fmt: skip
    for phone, (value, text) in sent.items():
        meeting.answer(phone, phone, "a", text, value=value)
    for value, text, code in ((["a", "b"], "Gå", "limit"), ([], "", "empty"), ([], "x" * 81, "too-long")):
        with pytest.raises(Refused, match=code):
            meeting.answer("p6", "p6", "a", text, value=value)

    def results() -> dict:
        return console_view(room, Presence(), JOIN, warnings=[])["hidden_results"]

    assert [1, 1, 3] == [one["count"] for one in results()["options"]]
    assert ["Noe annet: Sykkel (2), El-sykkel (1)."] == results()["notes"]
    meeting.act("merge_words", words=["Sykkel", "El-sykkel"])
    assert [("Sykkel", 3)] == [(word["text"], word["count"]) for word in results()["words"]]
    meeting.act("close")
    meeting.act("reveal")
    assert {"id": answer_id("p1"), "rev": 1, "status": "saved", "value": ["a"], "text": "Sykkel"} == phone_answers(
        room, "p1"
    )[0][0]
    assert "900 00 000" not in str([screen_view(room, Presence(), JOIN), phone_view(room)])
    assert ["Buss; Sykkel", "sykkel", "El-sykkel", "Tog", ""] == [row.text for row in snapshot(room).rows]
    meeting.act("restore_answer", id=answer_id("p5"), release=True)
    meeting.act("mask_answer", id=answer_id("p5"))
    again = Room("25054016")
    for event in json_import.read(export(room, "json")).events:
        again.apply(event)
    assert snapshot(room).rows[-1].text == snapshot(again).rows[-1].text
    assert "900" not in snapshot(again).rows[-1].text
    assert results_of(room.activities["a"])["options"] == results_of(again.activities["a"])["options"]


def test_an_own_answer_and_what_people_are_do_not_go_together():
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("choice", "id=a other background", "Velg.\n- Ja\n- Nei"))
    assert "own words" in invalid.value.problems[0].message
