"""The kind `dots`: a few dots for options of its own, or for the themes into which answers were gathered."""

import csv
import io

import pytest

from live import exports
from live.errors import Refused
from live.events import AnswerSent
from live.views.answers import phone_answers
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one
from tests.reading import parse
from tests.web.edge import serving

EXAMPLE = """:::dots{id=x dots=2}
Sett to prikker.
- Lys
- Benker
- Busser
:::"""

GATHERED = """---
format: workshop/1
title: Prøve
language: nb
---

## Hva er viktigst?

:::open{id=a many}
Skriv.
:::

:::group{id=g from=a optional}
:::

:::dots{id=d from=g dots=2 reveal=manual optional}
Sett to prikker.
:::
"""


def gathered() -> Meeting:
    meeting = Meeting(GATHERED)
    meeting.act("start", activity="a")
    for n in range(4):
        meeting.answer(f"p{n}", f"x{n}", "a", f"Svar {n}")
    meeting.act("start", activity="g")
    for name, card in (("Lys", "x0"), ("Benker", "x1"), ("Busser", "x2")):
        meeting.act("make_theme", id=f"t-{name}", name=name, ids=[answer_id(card)])
    return meeting


def results(meeting: Meeting) -> dict[str, int]:
    shown = console_view(meeting.room, Presence(), JOIN, warnings=[])
    return {one["text"]: one["count"] for one in (shown["results"] or shown["hidden_results"])["options"]}


def test_dots_are_given_to_the_themes_there_are():
    """
    Counts are hidden until the facilitator shows them; a renamed theme keeps its dots.
    """
    meeting = gathered()
    meeting.act("start", activity="d")
    view = phone_view(meeting.room)
    assert (["Lys", "Benker", "Busser"], 2) == ([option.text for option in view["options"]], view["pick"])
    ids = [option.id for option in view["options"]]
    meeting.answer("p1", "d1", "d", value=ids[:2])
    meeting.answer("p2", "d2", "d", value=ids[:1])
    assert screen_view(meeting.room, Presence(), JOIN)["results"] is None
    assert {"Lys": 2, "Benker": 1, "Busser": 0} == results(meeting)
    meeting.act("rename_theme", theme=ids[0], name="Bedre lys", activity="g")
    assert {"Bedre lys": 2, "Benker": 1, "Busser": 0} == results(meeting)
    assert results(meeting) == {
        one["text"]: one["count"]
        for one in console_view(meeting.replayed(), Presence(), JOIN, warnings=[])["hidden_results"]["options"]
    }


def test_a_phone_has_no_more_dots_than_it_was_given():
    meeting = gathered()
    meeting.act("start", activity="d")
    ids = [option.id for option in phone_view(meeting.room)["options"]]
    with pytest.raises(Refused, match="limit"):
        meeting.answer("p1", "d1", "d", value=ids)
    with pytest.raises(Refused, match="bad"):
        meeting.answer("p1", "d1", "d", value=[ids[0], ids[0]])
    meeting.answer("p1", "d1", "d", value=ids[:2])
    meeting.answer("p1", "d1", "d", value=ids[2:], rev=2)
    assert {"Lys": 0, "Benker": 0, "Busser": 1} == results(meeting)


def voted() -> tuple[Meeting, dict[str, str]]:
    """Four themes; A has given dots to Kollektiv and Buss, B to Kollektiv, Lys and Kafé."""
    meeting = Meeting(GATHERED.replace("dots=2", "dots=3"))
    meeting.act("start", activity="a")
    for n in range(4):
        meeting.answer(f"p{n}", f"x{n}", "a", f"Svar {n}")
    meeting.act("start", activity="g")
    for n, name in enumerate(("Kollektiv", "Buss", "Lys", "Kafé")):
        meeting.act("make_theme", id=f"tema-{name}", name=name, ids=[answer_id(f"x{n}")])
    meeting.act("start", activity="d")
    ids = {option.text: option.id for option in phone_view(meeting.room)["options"]}
    meeting.answer("A", "da", "d", value=[ids["Kollektiv"], ids["Buss"]])
    meeting.answer("B", "db", "d", value=[ids["Kollektiv"], ids["Lys"], ids["Kafé"]])
    return meeting, ids


def own(meeting: Meeting, phone: str) -> dict:
    return phone_answers(meeting.room, phone, "d")[0][0]


def texts(meeting: Meeting) -> set[str]:
    rows = csv.DictReader(io.StringIO(exports.export(meeting.room, "csv").decode("utf-8-sig")), delimiter=";")
    return {row["text"] for row in rows if row["activity_id"] == "d"}


def test_dots_follow_a_theme_that_is_merged_into_another():
    """
    Two dots of one phone that become one count once; the other is free, and the phone is told so. Undone, all is as
    it was.
    """
    meeting, ids = voted()
    meeting.act("merge_themes", activity="a", theme=ids["Kollektiv"], into=ids["Buss"])
    assert {"Buss": 2, "Lys": 1, "Kafé": 1} == results(meeting)
    assert {"Buss; Lys; Kafé", "Buss"} == texts(meeting)
    assert ([ids["Buss"]], 1) == (own(meeting, "A")["value"], own(meeting, "A")["freed"])
    assert "freed" not in own(meeting, "B")
    meeting.act("merge_themes", activity="a", theme=ids["Buss"], into=ids["Lys"])
    assert {"Lys": 2, "Kafé": 1} == results(meeting)
    assert 1 == own(meeting, "B")["freed"]
    meeting.act("undo_grouping", activity="a")
    meeting.act("undo_grouping", activity="a")
    assert {"Kollektiv": 2, "Buss": 1, "Lys": 1, "Kafé": 1} == results(meeting)
    replayed = console_view(meeting.replayed(), Presence(), JOIN, warnings=[])["hidden_results"]["options"]
    assert results(meeting) == {one["text"]: one["count"] for one in replayed}


def test_a_phone_that_was_offline_may_still_name_themes_that_are_merged_or_gone():
    meeting, ids = voted()
    meeting.act("merge_themes", activity="a", theme=ids["Kollektiv"], into=ids["Buss"])
    meeting.act("remove_theme", activity="a", theme=ids["Kafé"])
    meeting.answer("C", "dc", "d", value=[ids["Kollektiv"], ids["Buss"], ids["Kafé"]])
    assert {"Buss": 3, "Lys": 1} == results(meeting)
    with pytest.raises(Refused, match="empty"):
        meeting.answer("D", "dd", "d", value=[ids["Kafé"]])


def test_dots_on_a_theme_that_is_removed_go_back_to_the_phone():
    meeting, ids = voted()
    for name in ("Kollektiv", "Buss"):
        meeting.act("remove_theme", activity="a", theme=ids[name])
    assert {"Lys": 1, "Kafé": 1} == results(meeting)
    shown = console_view(meeting.room, Presence(), JOIN, warnings=[])["hidden_results"]
    assert 1 == shown["n"]  # A's dots stand nowhere any more
    assert ([], 2) == (own(meeting, "A")["value"], own(meeting, "A")["freed"])
    assert {"Lys; Kafé", ""} == texts(meeting)
    meeting.answer("A", "da", "d", value=[ids["Lys"]], rev=2)
    assert {"Lys": 2, "Kafé": 1} == results(meeting)


def test_dots_need_options_or_themes():
    meeting = Meeting(GATHERED)
    with pytest.raises(Refused, match="no-themes"):
        meeting.act("start", activity="d")


def test_dots_may_have_options_of_their_own():
    meeting = Meeting(one("dots", "id=a", "- Lys\n- Benker\n- Busser\n- Skilt"))
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", value=["a", "b", "d"])
    assert {"Lys": 1, "Benker": 1, "Busser": 0, "Skilt": 1} == results(meeting)


@pytest.mark.parametrize(
    ("kind", "attrs", "said"),
    [
        ("dots", "id=a dots=3", "{n} av 3 prikker igjen"), ("dots", "id=a dots=1", None),
        ("choice", "id=a pick=2", "{n} av 2 valg igjen"), ("choice", "id=a", None),
    ],
)  # fmt: skip
def test_a_phone_can_tell_how_many_are_left_where_there_are_several(kind, attrs, said):
    meeting = Meeting(one(kind, attrs, "- Lys\n- Busser\n- Benker"))
    meeting.act("start", activity="a")
    assert said == phone_view(meeting.room).get("picks")


def options(meeting: Meeting) -> list[str]:
    return [option.text for option in meeting.room.activities["d"].written.options]


def test_a_theme_without_answers_is_not_on_the_ballot():
    """
    It comes on when an answer is put there; what has been on while people set dots stays, whatever is moved.
    """
    meeting = gathered()
    meeting.act("make_theme", id="t-Skole", name="Skole", ids=[])
    assert ["Lys", "Benker", "Busser"] == options(meeting)
    meeting.act("place", theme="t-Skole", ids=[answer_id("x2")])
    assert ["Lys", "Benker", "Skole"] == options(meeting)
    meeting.act("start", activity="d")
    meeting.answer("p0", "d0", "d", value=["t-Skole", "t-Lys"])
    meeting.act("place", theme="t-Busser", ids=[answer_id("x2")])
    assert ["Lys", "Benker", "Busser", "Skole"] == options(meeting)
    assert 1 == results(meeting)["Skole"]
    assert options(meeting) == [option.text for option in meeting.replayed().activities["d"].written.options]


def test_a_theme_whose_only_answer_is_withdrawn_goes_off_the_ballot():
    meeting = gathered()
    meeting.withdraw("p1", "x1")
    assert ["Lys", "Busser"] == options(meeting)
    assert options(meeting) == [option.text for option in meeting.replayed().activities["d"].written.options]


def test_where_no_theme_has_answers_there_is_nothing_to_set_dots_on():
    meeting = Meeting(GATHERED)
    meeting.act("start", activity="a")
    meeting.answer("p", "x", "a", "Lys")
    meeting.act("start", activity="g")
    meeting.act("make_theme", id="t", name="Tomt", ids=[])
    with pytest.raises(Refused, match="no-themes"):
        meeting.act("start", activity="d")


def test_what_was_chosen_when_themes_without_answers_were_offered_too_still_counts():
    meeting = gathered()
    meeting.act("make_theme", id="t-Skole", name="Skole", ids=[])
    meeting.act("start", activity="d")
    room = meeting.room
    room.apply(AnswerSent(at=meeting.now, activity="d", id=answer_id("d0"), phone="p0", value=["t-Skole", "t-Lys"]))
    assert {"Lys": 1, "Benker": 0, "Busser": 0, "Skole": 1} == results(meeting)


# -- several dots on one option ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"a": 3}, "too-many-dots"), ({"a": 2, "b": 2, "c": 1}, "too-many-dots"), ({"a": -1, "b": 2}, "bad"),
        ({"q": 1}, "bad"), ({"a": 0}, "empty"), (["a"], "bad"), (None, "bad"),
    ],
)  # fmt: skip
def test_no_option_gets_more_dots_of_a_phone_than_it_may(value, code):
    meeting = Meeting(one("dots", "id=a dots=4 per=2", "- Lys\n- Benker\n- Busser"))
    meeting.act("start", activity="a")
    with pytest.raises(Refused, match=code):
        meeting.answer("anne", "x", "a", value=value)
    meeting.answer("anne", "x", "a", value={"a": 2, "c": 1})
    meeting.answer("bo", "y", "a", value={"a": 1, "b": 2, "c": 1})
    shown = meeting.room.activities["a"].tally.show()
    assert [("Lys", 3, 0.4286), ("Benker", 2, 0.2857), ("Busser", 2, 0.2857)] == [
        (one["text"], one["count"], one["share"]) for one in shown["options"]
    ]
    assert 2 == shown["n"]
    assert {"Lys: 2; Busser: 1", "Lys: 1; Benker: 2; Busser: 1"} == {
        row["text"]
        for row in csv.DictReader(io.StringIO(exports.export(meeting.room, "csv").decode("utf-8-sig")), delimiter=";")
    }


def test_dots_on_themes_that_become_one_are_no_more_than_it_may_have():
    meeting = Meeting(GATHERED.replace("dots=2", "dots=4 per=2"))
    meeting.act("start", activity="a")
    for n in range(2):
        meeting.answer(f"p{n}", f"x{n}", "a", f"Svar {n}")
    meeting.act("start", activity="g")
    for n, name in enumerate(("Lys", "Benker")):
        meeting.act("make_theme", id=name, name=name, ids=[answer_id(f"x{n}")])
    meeting.act("start", activity="d")
    meeting.answer("A", "da", "d", value={"Lys": 2, "Benker": 1})
    meeting.act("merge_themes", activity="a", theme="Lys", into="Benker")
    assert {"Benker": 2} == results(meeting)
    assert ({"Benker": 2}, 1) == (own(meeting, "A")["value"], own(meeting, "A")["freed"])


@pytest.mark.parametrize(("after", "said"), [("dots=4 per=1", "per"), ("dots=2 per=2", "dots"), ("dots=5 per=3", "")])
def test_dots_that_were_set_are_not_made_too_many(after, said):
    before = one("dots", "id=a dots=4 per=2", "- Lys\n- Benker\n- Busser")
    meeting = Meeting(before)
    meeting.act("start", activity="a")
    meeting.answer("anne", "x", "a", value={"a": 2, "c": 1})
    state = meeting.room.activities["a"]
    edited = parse(before.replace("dots=4 per=2", after))[0].slides[0].activities[0]
    harm = state.kind.harm(state.written, edited, list(state.answers.values()))
    assert said == (harm.facts.get("key", "per") if harm else "")


async def test_several_dots_are_set_without_script(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(one("dots", "id=a dots=4 per=2", "- Lys\n- Busser"))
        await edge.act(opened, "start", activity="a")
        form = {"activity": "a", "id": answer_id("x"), "rev": "1"}
        wrong = await edge.post(f"/{opened.code}/answers", data=form | {"points-a": "3", "points-b": "1"})
        assert 422 == wrong.status_code
        assert "for mange på én" in wrong.text
        assert "Prikker igjen: 0 (Høyst 2 på én)" in wrong.text
        right = await edge.post(f"/{opened.code}/answers", data=form | {"points-a": "2", "points-b": ""})
        assert 303 == right.status_code
        page = (await edge.get(f"/{opened.code}")).text
        assert "Lys: 2" in page
        assert "Prikker igjen: 2" in page
