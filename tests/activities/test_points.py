"""The kind `points`: each phone shares out a number of points."""

from typing import Any

import pytest

from live.errors import Refused, WorkshopInvalid
from live.views.answers import phone_answers
from live.views.phone import phone_view
from tests.activities.test_dots import GATHERED
from tests.meeting import Meeting, answer_id, one
from tests.reading import parse
from tests.web.edge import serving

EXAMPLE = """:::points{id=x total=60}
Fordel 60 poeng.
- Lys
- Benker
- Busser
:::"""


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    every = sum(sum(value.values()) for _, value in answers)
    counts = {id: sum(value.get(id, 0) for _, value in answers) for id in "abc"}
    options = [
        {"id": id, "letter": id.upper(), "text": text, "count": counts[id],
         "share": round(counts[id] / every, 4) if every else 0}
        for id, text in (("a", "Lys"), ("b", "Benker"), ("c", "Busser"))
    ]  # fmt: skip
    return {"options": options, "n": len(answers)}


def points(meeting: Meeting, id: str = "a") -> dict[str, int]:
    return {one["text"]: one["count"] for one in meeting.room.activities[id].tally.show()["options"]}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"a": 101}, "too-many-points"), ({"a": 60, "b": 50}, "too-many-points"), ({"a": -5, "b": 5}, "bad"),
        ({"q": 5}, "bad"), ({"a": 0}, "empty"), ({}, "empty"), ({"a": 7}, "points-step"), (["a"], "bad"), (5, "bad"),
        (None, "bad"), ("a", "bad"),
    ],
)  # fmt: skip
def test_points_that_do_not_add_up_are_refused(value, code):
    meeting = Meeting(one("points", "id=a total=100 step=5", "- Lys\n- Busser"))
    meeting.act("start", activity="a")
    meeting.answer("bo", "y", "a", value={"b": 40})
    with pytest.raises(Refused, match=code):
        meeting.answer("anne", "x", "a", value=value)
    assert {"Lys": 0, "Busser": 40} == points(meeting)


def test_a_phone_need_not_give_all_its_points():
    meeting = Meeting(one("points", "id=a", "- Lys\n- Busser"))
    meeting.act("start", activity="a")
    meeting.answer("anne", "x", "a", value={"a": 30})
    meeting.answer("bo", "y", "a", value={"a": 20, "b": 50})
    assert {"Lys": 50, "Busser": 50} == points(meeting)
    assert [0.5, 0.5] == [one["share"] for one in meeting.room.activities["a"].tally.show()["options"]]


def test_points_follow_a_theme_that_is_merged_and_are_free_when_it_is_removed():
    meeting = Meeting(GATHERED.replace(":::dots{id=d from=g dots=2", ":::points{id=d from=g total=100"))
    meeting.act("start", activity="a")
    for n in range(3):
        meeting.answer(f"p{n}", f"x{n}", "a", f"Svar {n}")
    meeting.act("start", activity="g")
    for n, name in enumerate(("Lys", "Benker", "Busser")):
        meeting.act("make_theme", id=f"t-{name}", name=name, ids=[answer_id(f"x{n}")])
    meeting.act("start", activity="d")
    ids = {option.text: option.id for option in phone_view(meeting.room)["options"]}
    meeting.answer("anne", "r", "d", value={ids["Lys"]: 50, ids["Benker"]: 30, ids["Busser"]: 20})
    meeting.act("merge_themes", activity="a", theme=ids["Lys"], into=ids["Busser"])
    assert {"Busser": 70, "Benker": 30} == points(meeting, "d")
    assert {ids["Busser"]: 70, ids["Benker"]: 30} == phone_answers(meeting.room, "anne", "d")[0][0]["value"]
    meeting.act("remove_theme", activity="a", theme=ids["Benker"])
    assert {"Busser": 70} == points(meeting, "d")
    meeting.act("undo_grouping", activity="a")
    meeting.act("undo_grouping", activity="a")
    assert {"Lys": 50, "Benker": 30, "Busser": 20} == points(meeting, "d")


def test_a_step_is_not_above_the_total():
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("points", "id=a total=10 step=20", "- Lys\n- Busser"))
    assert [(9, "step=20 is more than total=10")] == [(one.line, one.message) for one in invalid.value.problems]


async def test_without_script_too_many_points_are_told_and_nothing_is_lost(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(one("points", "id=a", "- Lys\n- Busser"))
        await edge.act(opened, "start", activity="a")
        form = {"activity": "a", "id": answer_id("x"), "rev": "1"}
        wrong = await edge.post(f"/{opened.code}/answers", data=form | {"points-a": "70", "points-b": "40"})
        assert 422 == wrong.status_code
        assert "Det er flere poeng enn du har." in wrong.text
        assert 'value="70"' in wrong.text
        right = await edge.post(f"/{opened.code}/answers", data=form | {"points-a": "70", "points-b": ""})
        assert 303 == right.status_code
        assert "Lys: 70" in (await edge.get(f"/{opened.code}")).text
