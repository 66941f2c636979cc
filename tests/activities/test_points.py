"""The kind `points`: each phone shares out a number of points."""

from typing import Any

import pytest

from live.errors import Refused, WorkshopInvalid
from live.room.questions import answer_as_text, notes_of
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


# -- a budget -------------------------------------------------------------------------------------------------------

BUDGET = "- Lys {cost=400000}\n- Benker {kostnad=150 000}\n- Busser {cost=700000}\n- Skilt {cost=50000}"


def budget(cap: int = 1_000_000) -> Meeting:
    meeting = Meeting(one("points", f"id=a cap={cap}", BUDGET))
    meeting.act("start", activity="a")
    return meeting


def test_a_phone_buys_what_there_is_money_for():
    meeting = budget()
    view = phone_view(meeting.room)
    assert ({"a": 400_000, "b": 150_000, "c": 700_000, "d": 50_000}, 1_000_000) == (view["costs"], view["cap"])
    for value, code in (
        (["a", "c"], "too-expensive"), (["a", "a"], "bad"), ([], "empty"), (["z"], "bad"), ({"a": 1}, "bad"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=code):
            meeting.answer("anne", "x", "a", value=value)
    meeting.answer("anne", "x", "a", value=["c", "b", "d"])
    meeting.answer("anne", "x", "a", value=["a", "b"], rev=2)
    assert "Lys; Benker" == answer_as_text(*stored(meeting, "x"))


def stored(meeting: Meeting, name: str):
    state = meeting.room.activities["a"]
    return state, state.answers[answer_id(name)]


def test_the_votes_pay_for_the_most_bought_first_and_of_equals_for_the_cheaper():
    """
    By hand: buses 3, signs 2, benches 2, light 2. Buses leave 300,000; signs (cheaper) and then benches fit, light does
    not.
    """
    meeting = budget()
    for n, value in enumerate((["c", "b"], ["c", "d"], ["c", "d", "b"], ["a"], ["a"])):
        meeting.answer(f"p{n}", f"x{n}", "a", value=value)
    state = meeting.room.activities["a"]
    shown = state.tally.show()
    assert [
        ("Lys (400\u00a0000)", 2, 0.4, False), ("Benker (150\u00a0000)", 2, 0.4, True),
        ("Busser (700\u00a0000)", 3, 0.6, True), ("Skilt (50\u00a0000)", 2, 0.4, True),
    ] == [(one["text"], one["count"], one["share"], one["fits"]) for one in shown["options"]]  # fmt: skip
    assert (
        "Pengene rekker til: Benker, Busser, Skilt (900\u00a0000 av 1\u00a0000\u00a0000)."
        == (notes_of(state.kind, state.written, shown, "nb")[0])
    )


@pytest.mark.parametrize(
    ("head", "body", "line", "said"),
    [
        ("id=a cap=100", "- Lys {cost=50}\n- Busser", 11, "every option has a cost"),
        ("id=a", "- Lys {cost=50}\n- Busser", 9, "say with `cap=`"),
        ("id=a cap=100 total=50", "- Lys {cost=50}", 9, "can't stand together"),
        ("id=a cap=100", "- Lys {cost=mye}", 10, "whole number"),
        ("id=a cap=100 from=b", "", 9, "can't stand together"),
    ],
)
def test_a_budget_that_does_not_add_up_is_told_with_its_line(head, body, line, said):
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("points", head, body))
    assert any(one.line == line and said in one.message for one in invalid.value.problems)


def test_what_nobody_can_buy_is_told_and_other_kinds_have_no_costs():
    _, warnings = parse(one("points", "id=a cap=100", "- Lys {cost=50}\n- Busser {cost=200}"))
    assert [(11, True)] == [(one.line, "nobody can buy it" in one.message) for one in warnings]
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("dots", "id=a", "- Lys {cost=50}\n- Busser"))
    assert [(10, True)] == [(one.line, "no costs" in one.message) for one in invalid.value.problems]


@pytest.mark.parametrize(
    ("head", "body", "harmful"),
    [("cap=500", "{cost=300}", True), ("cap=600", "{cost=300}", False), ("total=10", "", True)],
)
def test_what_was_bought_is_not_made_too_dear(head, body, harmful):
    meeting = Meeting(one("points", "id=a cap=500", "- Lys {cost=250}\n- Busser {cost=250}"))
    meeting.act("start", activity="a")
    meeting.answer("anne", "x", "a", value=["a", "b"])
    state, answer = stored(meeting, "x")
    edited = parse(one("points", f"id=a {head}", f"- Lys {body}\n- Busser {body}"))[0].slides[0].activities[0]
    assert harmful == bool(state.kind.harm(state.written, edited, [answer]))


async def test_without_script_what_is_left_to_spend_is_told(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(one("points", "id=a cap=1000000", BUDGET))
        await edge.act(opened, "start", activity="a")
        form = {"activity": "a", "id": answer_id("x"), "rev": "1"}
        wrong = await edge.post(f"/{opened.code}/answers", data=form | {"option": ["a", "c"]})
        assert 422 == wrong.status_code
        assert "For dyrt med 100\u00a0000" in wrong.text
        assert 303 == (await edge.post(f"/{opened.code}/answers", data=form | {"option": ["a", "d"]})).status_code
        assert "Igjen å bruke: 550\u00a0000" in (await edge.get(f"/{opened.code}")).text
