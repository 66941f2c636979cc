"""The kind `statements`: agree, disagree or pass; common ground first, then what divides, then who votes alike."""

from collections import Counter
from typing import Any

import pytest

from live import exports
from live.activities import opinion_map
from live.activities.opinion_map import Patience, chance_of, draw, drawn_first, most_groups, routing_weight
from live.errors import Refused
from live.exports import json_import
from live.room import Room
from live.room.questions import answer_as_text, notes_of
from live.views.answers import dealt
from live.views.phone import phone_view
from live.views.results import results
from tests.meeting import Meeting, answer_id, one
from tests.reading import parse
from tests.web.edge import serving

EXAMPLE = """:::statements{id=x}
Er du enig?
- Lys
- Benker
- Busser
:::"""
THREE = "- Lys\n- Benker\n- Busser"
# Two groups of six that disagree on the first four statements, and all agree on the fifth.
ROWS = {
    f"p{n}": dict.fromkeys(("s1", "s2"), 1 if n < 6 else -1)
    | dict.fromkeys(("s3", "s4"), -1 if n < 6 else 1)
    | {"s5": 1}
    for n in range(12)
}
STATEMENTS = ["s1", "s2", "s3", "s4", "s5"]


# -- the map, by hand -------------------------------------------------------------------------------------------------


def test_the_formulas_are_those_of_polis():
    """By hand: p = (A + 1) / (S + 2); ((1 - 2/12) (1 + 0.5) (8/12) (1 + 8 * 2^-2))^2 = 2.5^2; k up to 2 + n // 12."""
    assert (0.5, 0.8, 1 / 3) == (chance_of(0, 0), chance_of(3, 3), chance_of(0, 1))
    assert pytest.approx(6.25) == routing_weight(7, 1, 10, 0.5)
    assert [2, 2, 3, 4, 5, 5] == [most_groups(n) for n in (0, 11, 12, 24, 36, 600)]


def test_groups_that_vote_alike_are_found_and_what_unites_them_comes_first():
    """
    By hand: of group A six of six agree with s1, (6 + 1) / (6 + 2) = 7/8, of group B none, 1/8: the product is 7/64.
    Everybody agrees with s5: 7/8 * 7/8 = 49/64.
    """
    drawn = draw(ROWS, STATEMENTS)
    assert (6, 6) == drawn.sizes
    assert pytest.approx(7 / 64) == opinion_map.consensus(drawn.agree, "s1")
    assert pytest.approx(49 / 64) == opinion_map.consensus(drawn.agree, "s5")
    assert pytest.approx(6 / 8) == opinion_map.spread(drawn.agree, "s1")
    assert [0.0, 1.0] == [drawn.extremity[id] for id in ("s5", "s1")]
    assert drawn == draw(dict(reversed(ROWS.items())), STATEMENTS)  # whoever came first


def test_the_axis_is_the_direction_in_which_votes_differ_most():
    """By hand: s1, s2 against s3, s4 with the same weight, 1/2 each; s5 has no part in it."""
    _, (first, _) = opinion_map._axes(list(ROWS.values()), STATEMENTS)
    assert pytest.approx({"s1": -0.5, "s2": -0.5, "s3": 0.5, "s4": 0.5, "s5": 0.0}, abs=1e-6) == first


def test_a_silhouette_is_one_where_groups_are_points():
    cells = {(0.0, 0.0): ["a", "b"], (3.0, 4.0): ["c", "d"]}
    assert 1.0 == opinion_map._silhouette(cells, [0, 1])
    apart = {(0.0, 0.0): ["a"], (1.0, 0.0): ["b"], (4.0, 0.0): ["c"]}
    # a: (4 - 1) / 4; b: (3 - 1) / 3; c is alone: (3.5 - 0) / 3.5
    assert pytest.approx((3 / 4 + 2 / 3 + 1) / 3) == opinion_map._silhouette(apart, [0, 0, 1])


def test_few_are_not_told_apart():
    """A group of four could point at somebody; phones with too few votes are on no map."""
    eight = {phone: row for phone, row in ROWS.items() if int(phone[1:]) < 4 or int(phone[1:]) >= 6}
    assert () == draw(eight, STATEMENTS).sizes
    hasty = {phone: {"s1": row["s1"]} for phone, row in ROWS.items()}
    assert () == draw(hasty, STATEMENTS).points
    assert () == draw({}, []).points


def test_another_number_of_groups_is_shown_once_it_was_seen_four_times():
    patience = Patience()
    assert [2, 2, 2, 2, 3, 3] == [patience.see(best) for best in (2, 3, 3, 3, 3, 3)]
    assert [3, 3, 3, 3] == [patience.see(best) for best in (2, 3, 2, 3)]


def test_what_is_worth_more_comes_first_more_often():
    first = Counter(drawn_first({"a": 3.0, "b": 1.0}, f"p{n}")[0] for n in range(800))
    assert 540 < first["a"] < 660  # three in four: 600
    assert drawn_first({"a": 1.0, "b": 1.0}, "p") == drawn_first({"b": 1.0, "a": 1.0}, "p")


def test_of_many_phones_some_by_chance_are_on_the_map():
    many = {f"p{n}": ROWS[f"p{n % 12}"] for n in range(500)}
    drawn = draw(many, STATEMENTS)
    assert opinion_map.MOST_PHONES == sum(drawn.sizes) == sum(point.n for point in drawn.points)
    assert drawn == draw(dict(reversed(many.items())), STATEMENTS)


def test_many_phones_and_statements_stay_within_the_view():
    statements = [f"s{n}" for n in range(60)]
    rows = {f"p{n}": {id: 1 if (n * 7 + at) % 5 < 3 else -1 for at, id in enumerate(statements)} for n in range(300)}
    assert len(draw(rows, statements).points) <= opinion_map.CELLS**2


# -- in a meeting -----------------------------------------------------------------------------------------------------


def begun(attrs: str = "id=a", body: str = THREE) -> Meeting:
    meeting = Meeting(one("statements", attrs, body))
    meeting.act("start", activity="a")
    return meeting


def shown(meeting: Meeting, room: Room | None = None) -> dict[str, Any]:
    return results((room or meeting.room).activities["a"])


@pytest.mark.parametrize(
    ("value", "code"),
    [({"a": 2}, "bad"), ({"z": 1}, "bad"), ({}, "empty"), (["a"], "bad"), (1, "bad"), (None, "bad")],
)
def test_only_what_may_be_said_is_taken(value, code):
    with pytest.raises(Refused, match=code):
        begun().answer("anne", "x", "a", value=value)


def test_votes_of_a_phone_grow_and_the_newest_counts():
    meeting = begun()
    meeting.answer("anne", "x", "a", value={"a": 1})
    meeting.answer("anne", "x", "a", value={"b": -1}, rev=2)
    meeting.answer("anne", "x", "a", value={"a": 0}, rev=3)
    meeting.answer("anne", "y", "a", value={"a": 1})  # as another answer: it counts once all the same
    meeting.answer("bo", "z", "a", value={"a": 1, "b": 1})
    by_id = {each["id"]: each for each in shown(meeting)["options"]}
    assert [(2, 0, 0), (1, 1, 0), (0, 0, 0)] == [
        (by_id[id]["count"], by_id[id]["against"], by_id[id]["passed"]) for id in "abc"
    ]
    assert "Lys: Vet ikke; Benker: Uenig" == answer_as_text(
        meeting.room.activities["a"], meeting.room.activities["a"].answers[answer_id("x")]
    )
    meeting.withdraw("anne", "y")
    assert 1 == {each["id"]: each for each in shown(meeting)["options"]}["a"]["passed"]


def test_a_phone_gets_one_after_the_other_and_none_twice():
    meeting = begun()
    assert 2 == phone_view(meeting.room)["deal"]
    seen = []
    for rev in range(1, 4):
        id = dealt(meeting.room, "anne")["deal"][0]["id"]
        seen.append(id)
        meeting.answer("anne", "x", "a", value={id: 1}, rev=rev)
    assert [["a", "b", "c"], []] == [sorted(seen), dealt(meeting.room, "anne")["deal"]]


def test_groups_stand_in_the_results_and_come_back_from_a_file():
    meeting = begun("id=a", "- A\n- B\n- C\n- D\n- E")
    for phone, row in ROWS.items():
        meeting.answer(phone, phone, "a", value=dict(zip("abcde", row.values(), strict=True)))
    found = shown(meeting)
    assert ["e"] == [each["id"] for each in found["options"]][:1]
    assert ([{"letter": "A", "n": 6}, {"letter": "B", "n": 6}], [0.875, 0.875]) == (
        found["groups"], found["options"][0]["groups"],
    )  # fmt: skip
    state = meeting.room.activities["a"]
    assert "Grupper som svarer likt: A 6, B 6." == notes_of(state.kind, state.written, found, "nb")[-1]
    read = json_import.read(exports.export(meeting.room, "json"))
    again = Room(meeting.room.code)
    for event in read.events:
        again.apply(event)
    assert found["options"] == shown(meeting, again)["options"]
    assert found["map"] == shown(meeting, meeting.replayed())["map"]


def test_a_statement_of_ones_own_waits_where_it_is_moderated():
    meeting = begun("id=a add moderate")
    meeting.answer("anne", "votes", "a", value={"a": 1})
    meeting.answer("anne", "mine", "a", "Flere fortau")
    state, mine = meeting.room.activities["a"], answer_id("mine")
    assert (3, True, False) == (
        len(state.written.options), state.answers[mine].held, state.answers[answer_id("votes")].held,
    )  # fmt: skip
    meeting.act("restore_answer", id=mine)
    assert "Flere fortau" == state.written.options[-1].text
    meeting.answer("bo", "z", "a", value={mine: -1})
    assert 1 == {each["id"]: each for each in shown(meeting)["options"]}[mine]["against"]
    read = json_import.read(exports.export(meeting.room, "json"))
    again = Room(meeting.room.code)
    for event in read.events:
        again.apply(event)
    assert shown(meeting)["options"] == shown(meeting, again)["options"]
    meeting.act("hide_answer", id=mine, reason="Galt.")
    assert 3 == len(shown(meeting)["options"])
    assert "Holdt tilbake siden: 1" == answer_as_text(state, state.answers[answer_id("z")])
    for n in range(2):
        meeting.answer("anne", f"m{n}", "a", f"Mer {n}")
    with pytest.raises(Refused, match="limit"):
        meeting.answer("anne", "m2", "a", "Mer 2")


def test_what_people_have_added_is_not_made_to_vanish():
    before = one("statements", "id=a add", THREE)
    meeting = Meeting(before)
    meeting.act("start", activity="a")
    meeting.answer("anne", "mine", "a", "Flere fortau")
    state = meeting.room.activities["a"]
    edited = parse(before.replace(" add", ""))[0].slides[0].activities[0]
    assert state.kind.harm(state.written, edited, list(state.answers.values()))
    assert not state.kind.harm(state.written, edited, [])


async def test_without_script_statements_follow_each_other(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(one("statements", "id=a add", THREE))
        await edge.act(opened, "start", activity="a")
        room = await edge.rooms.get(opened.code)
        for mark in ("1", "-1", "0"):
            page = (await edge.get(f"/{opened.code}")).text
            form = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("id", "rev", "about")}
            sent = await edge.post(f"/{opened.code}/answers", data=form | {"activity": "a", "mark": mark})
            assert 303 == sent.status_code
        (answer,) = room.activities["a"].answers.values()
        assert ([1, -1, 0], 3) == (list(answer.value.values()), answer.rev)
        assert "Du har svart på alt det er nå." in (await edge.get(f"/{opened.code}")).text
