"""The kind `number`: a guess or an estimate, with median and quartiles."""

import contextlib
import random
import statistics
from typing import Any

import pytest

from live.activities.number import MOST_COLUMNS, quantile
from live.errors import Refused, WorkshopInvalid
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one
from tests.reading import parse
from tests.web.edge import serving

EXAMPLE = """:::number{id=x unit=personer min=0 max=40 right=12}
Hvor mange kommer?
:::"""


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    """The median of `EXAMPLE`, and how many answers there are, counted by hand."""
    given = [value for _, value in answers]
    return {"n": len(given), "median": statistics.median(given) if given else None}


def asked(attrs: str = "id=a", **answers: Any) -> Meeting:
    meeting = Meeting(one("number", attrs))
    meeting.act("start", activity="a")
    for phone, value in answers.items():
        meeting.answer(phone, phone, "a", value=value)
    return meeting


def tally(meeting: Meeting) -> dict[str, Any]:
    return meeting.room.activities["a"].tally.show()


def test_quartiles_are_the_published_ones():
    """
    The numbers of a usual example, with what R (`quantile`, type 7), NumPy and QUARTILE.INC give for them.
    """
    given = [6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49]
    assert [25.5, 40, 42.5] == [quantile([(value, 1) for value in given], part) for part in (0.25, 0.5, 0.75)]
    other = [(7, 1), (15, 1), (36, 1), (39, 1), (40, 1), (41, 1)]
    assert [20.25, 37.5, 39.75] == [quantile(other, part) for part in (0.25, 0.5, 0.75)]


def test_quartiles_are_those_of_the_standard_library_for_any_numbers():
    dice = random.Random(7)
    for n in range(2, 60):
        given = [dice.choice([dice.randint(0, 9), dice.random() * 100]) for _ in range(n)]
        counted = sorted((value, given.count(value)) for value in set(given))
        mine = [quantile(counted, part) for part in (0.25, 0.5, 0.75)]
        assert statistics.quantiles(given, n=4, method="inclusive") == pytest.approx(mine)


@pytest.mark.parametrize("attrs", ["id=a", "id=a min=0 max=400 step=10", "id=a max=3", "id=a min=1990 max=2030"])
def test_columns_hold_every_answer_once_and_are_few(attrs):
    dice = random.Random(3)
    for _ in range(40):
        meeting = Meeting(one("number", attrs))
        meeting.act("start", activity="a")
        sent = 0
        for n in range(dice.randint(1, 30)):
            value = dice.choice([10 * dice.randint(0, 40), dice.randint(0, 3), dice.randint(1990, 2030), 10**9, -0.25])
            with contextlib.suppress(Refused):
                meeting.answer(f"p{n}", f"x{n}", "a", value=value)
                sent += 1
        columns = tally(meeting)["options"]
        assert sent == sum(column["count"] for column in columns)
        assert len(columns) <= MOST_COLUMNS
        assert len({column["text"] for column in columns}) == len(columns)


def test_one_wrong_key_does_not_press_all_others_into_one_column():
    meeting = asked(a=10, b=12, c=14, d=15, e=20, f=999_999_999)
    columns = tally(meeting)["options"]
    assert "≥" == columns[-1]["text"][0]
    assert 1 == columns[-1]["count"]
    assert sum(column["count"] > 0 for column in columns) > 2


def test_a_share_counts_the_people_behind_it_where_the_file_says_so():
    meeting = Meeting(one("number", "id=a count=people"))
    meeting.heads("anne", 3)
    meeting.act("start", activity="a")
    meeting.answer("anne", "x", "a", value=1)
    meeting.answer("bo", "y", "a", value=9)
    assert (4, 1) == (tally(meeting)["n"], tally(meeting)["median"])


def test_the_right_answer_is_told_to_nobody_before_the_results_are_shown():
    meeting = asked("id=a right=4711 unit=km", anne=12, bo=20)
    room = meeting.room

    def views() -> list[str]:
        return [str(view) for view in (phone_view(room), screen_view(room, Presence(), JOIN))]

    assert "Riktig svar er 4711" in str(console_view(room, Presence(), JOIN, warnings=[])["hidden_results"])
    assert not any("4711" in view for view in views())
    meeting.act("close")
    assert not any("4711" in view for view in views())
    meeting.act("reveal")
    assert all("Riktig svar er 4711" in view for view in views())
    meeting.act("hide")
    assert not any("4711" in view for view in views())


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (11, "range"), (-1, "range"), (1.5, "range"), (10**15, "range"), (10**400, "range"),
        ("tolv", "no-number"), ("", "empty"),
        (None, "empty"), (["a"], "bad"), ({"a": 1}, "bad"),
    ],
)  # fmt: skip
def test_what_can_not_be_answered_is_refused(value, code):
    meeting = asked("id=a min=0 max=10 step=5", bo=5)
    with pytest.raises(Refused, match=code):
        meeting.answer("anne", "x", "a", value=value)
    assert 1 == tally(meeting)["n"]


@pytest.mark.parametrize(
    ("attrs", "message"),
    [
        ("min=9 max=3", "min=9 is more than max=3"), ("max=3 right=5", "right=5 is more than max=3"),
        (f"unit={'k' * 21}", "unit has at most 20 characters"),
    ],
)  # fmt: skip
def test_attributes_that_do_not_fit_together_are_told_with_their_line(attrs, message):
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("number", f"id=a {attrs}"))
    assert [(9, message)] == [(problem.line, problem.message) for problem in invalid.value.problems]


async def test_a_number_is_typed_as_people_write_it_without_script_too(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(one("number", "id=a unit=kroner"))
        await edge.act(opened, "start", activity="a")
        form = {"activity": "a", "id": answer_id("x"), "rev": "1"}
        wrong = await edge.post(f"/{opened.code}/answers", data=form | {"number": "tolv"})
        assert 422 == wrong.status_code
        assert "Skriv et tall med sifre" in wrong.text
        assert 'value="tolv"' in wrong.text
        assert 303 == (await edge.post(f"/{opened.code}/answers", data=form | {"number": "1 250,5"})).status_code
        assert "1250,5 kroner" in (await edge.get(f"/{opened.code}")).text
        zero = form | {"number": "0", "rev": "2"}
        assert 303 == (await edge.post(f"/{opened.code}/answers", data=zero)).status_code
        page = (await edge.get(f"/{opened.code}")).text
        assert "0 kroner" in page
        assert 'value="0"' in page
