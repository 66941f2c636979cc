"""The kind `rank`: options in order, added up as points."""

from typing import Any

import pytest

from live.errors import Refused, WorkshopInvalid
from live.views.answers import phone_answers
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.view import Presence
from tests.activities.test_dots import GATHERED
from tests.meeting import JOIN, Meeting, answer_id, one
from tests.reading import parse
from tests.web.edge import serving

EXAMPLE = """:::rank{id=x top=2}
Sett de to viktigste i rekkefølge.
- Lys
- Benker
- Busser
:::"""


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    """The results of `EXAMPLE`, counted by hand: two points for the first place, one for the second."""
    points = dict.fromkeys("abc", 0)
    firsts = dict.fromkeys("abc", 0)
    for _, value in answers:
        firsts[value[0]] += 1
        for option, more in zip(value, (2, 1), strict=False):
            points[option] += more
    options = [
        {"id": id, "letter": letter, "text": text, "count": points[id], "share": None, "first": firsts[id]}
        for id, letter, text in (("a", "A", "Lys"), ("b", "B", "Benker"), ("c", "C", "Busser"))
    ]
    return {"options": options, "n": len(answers), "places": 2}


def points(meeting: Meeting, id: str = "a") -> dict[str, int]:
    return {one["text"]: one["count"] for one in meeting.room.activities[id].tally.show()["options"]}


def test_borda_counts_the_capital_of_tennessee_as_published():
    """
    The usual example of the Borda count: 42, 26, 15 and 17 of a hundred voters, with 3, 2, 1 and 0 points.
    """
    meeting = Meeting(one("rank", "id=a top=3", "- Memphis\n- Nashville\n- Chattanooga\n- Knoxville"))
    meeting.act("start", activity="a")
    ballots = {"abc": 42, "bcd": 26, "cdb": 15, "dcb": 17}
    for ballot, voters in ballots.items():
        for n in range(voters):
            meeting.answer(f"{ballot}{n}", f"{ballot}{n}", "a", value=list(ballot))
    assert {"Memphis": 126, "Nashville": 194, "Chattanooga": 173, "Knoxville": 107} == points(meeting)
    firsts = [one["first"] for one in meeting.room.activities["a"].tally.show()["options"]]
    assert [42, 26, 15, 17] == firsts


def test_the_formula_is_shown_with_the_result():
    meeting = Meeting(one("rank", "id=a", "- Lys\n- Busser\n- Benker"))
    meeting.act("start", activity="a")
    meeting.answer("anne", "x", "a", value=["c"])
    formula = "Borda-telling: Plass 1 gir 3 poeng, hver plass etter det ett mindre, ingen plass gir 0."
    console = console_view(meeting.room, Presence(), JOIN, warnings=[])
    assert [formula] == console["hidden_results"]["notes"]
    meeting.act("close")
    meeting.act("reveal")
    rows = phone_view(meeting.room)["figures"]
    assert [("Benker", "3"), ("Lys", "0"), ("Busser", "0"), (formula, "")] == [
        (row["text"], row["told"]) for row in rows
    ]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (["a", "a"], "twice"), (["a", "q"], "bad"), ([], "empty"), (["a", "b", "c"], "limit"), ({"a": 1}, "bad"),
        (None, "bad"), (1, "bad"), ("a", "bad"),
    ],
)  # fmt: skip
def test_what_is_no_ranking_is_refused(value, code):
    meeting = Meeting(one("rank", "id=a top=2", "- Lys\n- Busser\n- Benker"))
    meeting.act("start", activity="a")
    meeting.answer("bo", "y", "a", value=["b"])
    with pytest.raises(Refused, match=code):
        meeting.answer("anne", "x", "a", value=value)
    assert {"Lys": 0, "Busser": 2, "Benker": 0} == points(meeting)


def test_there_are_no_more_places_than_options():
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("rank", "id=a top=4", "- Lys\n- Busser\n- Benker"))
    assert [(9, "top=4 is more than the 3 options")] == [(one.line, one.message) for one in invalid.value.problems]


def test_a_theme_that_is_removed_or_merged_leaves_its_place_to_those_after_it():
    """
    Undone, all is as it was.
    """
    meeting = Meeting(GATHERED.replace(":::dots{id=d from=g dots=2", ":::rank{id=d from=g top=3"))
    meeting.act("start", activity="a")
    for n in range(3):
        meeting.answer(f"p{n}", f"x{n}", "a", f"Svar {n}")
    meeting.act("start", activity="g")
    for n, name in enumerate(("Lys", "Benker", "Busser")):
        meeting.act("make_theme", id=f"t-{name}", name=name, ids=[answer_id(f"x{n}")])
    meeting.act("start", activity="d")
    ids = {option.text: option.id for option in phone_view(meeting.room)["options"]}
    meeting.answer("anne", "r", "d", value=[ids["Lys"], ids["Benker"], ids["Busser"]])
    assert {"Lys": 3, "Benker": 2, "Busser": 1} == points(meeting, "d")
    meeting.act("merge_themes", activity="a", theme=ids["Lys"], into=ids["Busser"])
    assert {"Busser": 2, "Benker": 1} == points(meeting, "d")
    assert [ids["Busser"], ids["Benker"]] == phone_answers(meeting.room, "anne", "d")[0][0]["value"]
    meeting.act("undo_grouping", activity="a")
    meeting.act("remove_theme", activity="a", theme=ids["Lys"])
    assert {"Benker": 2, "Busser": 1} == points(meeting, "d")
    meeting.act("undo_grouping", activity="a")
    assert {"Lys": 3, "Benker": 2, "Busser": 1} == points(meeting, "d")


async def test_without_script_one_option_in_two_places_is_told_and_nothing_is_lost(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(one("rank", "id=a top=3", "- Lys\n- Busser\n- Benker"))
        await edge.act(opened, "start", activity="a")
        form = {"activity": "a", "id": answer_id("x"), "rev": "1"}
        wrong = await edge.post(f"/{opened.code}/answers", data=form | {"place": ["b", "", "b"]})
        assert 422 == wrong.status_code
        assert "To plasser har samme alternativ." in wrong.text
        assert 2 == wrong.text.count('<option value="b" selected>')
        right = await edge.post(f"/{opened.code}/answers", data=form | {"place": ["b", "", "a"]})
        assert 303 == right.status_code
        assert "1. Busser, 2. Lys" in (await edge.get(f"/{opened.code}")).text
