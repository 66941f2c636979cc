"""The kind `grid`: options placed between two scales."""

import statistics
from typing import Any

import pytest

from live import exports
from live.errors import Refused
from live.exports.report_document import report
from live.report_blocks import Mark, Plane, Table
from live.views.phone import phone_view
from live.views.phone_results import phone_results
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one
from tests.reading import parse

EXAMPLE = """:::grid{id=x x="Lite arbeid|Mye arbeid" y="Liten nytte|Stor nytte"}
Hvor hører tiltakene hjemme?
- Benker
- Kafé
- Gangvei
- Lekeplass
:::"""
BODY = "Hvor?\n- Benker\n- Kafé"


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    """Where the options of `EXAMPLE` stand on average, and how much answers differ, counted by hand."""
    options = []
    for id, text in zip("abcd", ("Benker", "Kafé", "Gangvei", "Lekeplass"), strict=True):
        places = [value[id] for _, value in answers if id in value]
        parts = [[place[axis] for place in places] for axis in (0, 1)]
        means = [round(statistics.mean(some), 1) if some else None for some in parts]
        spread = [pytest.approx(statistics.pstdev(some), abs=0.06) if some else None for some in parts]
        options.append({
            "id": id, "letter": id.upper(), "text": text, "count": len(places), "share": None, "x": means[0],
            "y": means[1], "dx": spread[0], "dy": spread[1],
        })  # fmt: skip
    return {"options": options, "n": len(answers)}


def asked(attrs: str = 'id=a x="Lett|Tungt" y="Lite|Mye"', **answers: Any) -> Meeting:
    meeting = Meeting(one("grid", attrs, BODY))
    meeting.act("start", activity="a")
    for phone, value in answers.items():
        meeting.answer(phone, phone, "a", value=value)
    return meeting


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"a": [10, 101]}, "no-place"), ({"a": [-1, 5]}, "no-place"), ({"a": [1]}, "no-place"), ({"a": 5}, "no-place"),
        ({"z": [1, 2]}, "bad"), ([1, 2], "bad"), ({}, "empty"), (None, "bad"),
    ],
)  # fmt: skip
def test_what_is_no_place_is_refused(value, code):
    meeting = asked(bo={"a": [0, 100]})
    with pytest.raises(Refused, match=code):
        meeting.answer("anne", "x", "a", value=value)
    assert 1 == meeting.room.activities["a"].tally.show()["n"]


def test_options_stand_where_people_have_placed_them_on_average():
    meeting = asked(anne={"a": [0, 100], "b": [50, 50]}, bo={"a": [20, 80]})
    meeting.act("close")
    meeting.act("reveal")
    first, second = screen_view(meeting.room, Presence(), JOIN)["results"]["options"]
    assert (10, 90, 10, 10, 2) == tuple(first[name] for name in ("x", "y", "dx", "dy", "count"))
    assert (50, 50, 0, 0, 1) == tuple(second[name] for name in ("x", "y", "dx", "dy", "count"))
    rows = phone_results(meeting.room, phone_view(meeting.room))["figures"]
    assert [("Benker", "10 / 90"), ("Kafé", "50 / 50")] == [(row["text"], row["told"]) for row in rows]


def test_the_report_has_a_square_with_letters_and_a_table():
    meeting = asked(anne={"a": [0, 100]}, bo={"a": [20, 80]})
    section = next(
        one
        for one in report(exports.take_snapshot(meeting.room, withheld=False, rehearsal=False)).sections
        if one.result
    )
    (plane,) = (block for block in section.blocks if isinstance(block, Plane))
    assert ([Mark(0.1, pytest.approx(0.1), "A")], "Lett", "Mye") == (plane.marks, plane.left, plane.high)
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    assert [["A Benker", 2, "10,0", "90,0"], ["B Kafé", 0, "–", "–"]] == table.rows
    page = exports.export(meeting.room, "html").decode()
    assert ("<svg" in page, ">Tungt</text>" in page) == (True, True)
    assert [True, True] == [bool(exports.export(meeting.room, format)) for format in ("docx", "pptx")]


def test_axes_without_two_words_get_the_usual_ones_and_it_is_told():
    text = one("grid", "id=a x=Lett", BODY)
    assert ["x needs 2 words, parted by `|`, not 1: the usual ones are shown"] == [
        warning.message for warning in parse(text)[1]
    ]
    meeting = Meeting(text)
    meeting.act("start", activity="a")
    says = phone_view(meeting.room)["says"]
    assert ("Lite", "Mye", "Fra {low} (0) til {high} (100)") == (says["left"], says["high"], says["upwards"])


def test_scales_that_people_have_placed_things_by_stay():
    meeting = asked(anne={"a": [0, 100]})
    state = meeting.room.activities["a"]
    after, _ = parse(one("grid", 'id=a x="Lett|Tungt" y="Lite|Stort"', BODY))
    harm = state.kind.harm(state.written, after.slides[0].activities[0], state.answers.values())
    assert {"axis": "y", "words": "Lite|Mye"} == harm.facts
