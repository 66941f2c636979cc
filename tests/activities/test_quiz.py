"""The kind `quiz`: right answers give points, which are added up over all questions."""

from typing import Any

import pytest

from live.errors import WorkshopInvalid
from live.views.answers import phone_answers
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one
from tests.reading import parse

EXAMPLE = """:::quiz{id=x explain="Oslo har vært hovedstad siden 1814."}
Hva heter hovedstaden?
- Oslo {riktig}
- Bergen
- Trondheim
:::"""


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    return {"n": len(answers)}


def asked(first: str = "", second: str = "", body: str = "Hva?\n- Ja {rett}\n- Nei") -> Meeting:
    text = one("quiz", f"id=a {first}", body) + f"\n---\n\n## To\n\n:::quiz{{id=b {second}}}\n{body}\n:::\n"
    meeting = Meeting(text)
    meeting.act("start", activity="a")
    return meeting


def give(meeting: Meeting, activity: str, **answers: str) -> None:
    for phone, value in answers.items():
        meeting.answer(phone, phone + activity, activity, value=list(value))


def shown(meeting: Meeting, activity: str = "a") -> dict[str, Any]:
    """What the screen shows of the results, once they are revealed."""
    if meeting.room.activities[activity].open:
        meeting.act("close")
    meeting.act("reveal")
    return screen_view(meeting.room, Presence(), JOIN)["results"]


def rows(results: dict[str, Any]) -> list[tuple[int, str, int]]:
    return [(row["place"], row["name"], row["points"]) for row in results["board"]["rows"]]


def own(meeting: Meeting, phone: str) -> str:
    return phone_answers(meeting.room, phone)[0][-1].get("score", "")


def test_nobody_is_told_what_is_right_before_the_results():
    meeting = Meeting("".join(one("quiz", 'id=a explain="Derfor."', "Hva?\n- Ja {rett}\n- Nei")))
    meeting.act("start", activity="a")
    give(meeting, "a", anne="a", bo="b")
    for _ in range(2):
        views = str(phone_view(meeting.room)) + str(screen_view(meeting.room, Presence(), JOIN))
        assert "Derfor" not in views
        assert "right'" not in views
        assert ["", ""] == [own(meeting, phone) for phone in ("anne", "bo")]
        if meeting.room.activities["a"].open:
            meeting.act("close")
    results = shown(meeting)
    assert "Derfor." == results["explanation"]
    assert [True, None] == [option.get("right") for option in results["options"]]
    assert "Riktig: 1 poeng. Du har 1 poeng, plass 1 av 2." == own(meeting, "anne")
    assert "Ikke riktig. Du har 0 poeng, plass 2 av 2." == own(meeting, "bo")
    assert "Derfor." in [row["text"] for row in phone_view(meeting.room)["figures"]]


def test_who_has_as_many_points_shares_a_place_and_the_table_comes_at_the_end():
    meeting = asked()
    give(meeting, "a", anne="a", bo="a", kim="a", eli="b")
    assert "board" not in shown(meeting)
    meeting.act("start", activity="b")
    give(meeting, "b", bo="b", anne="a", kim="b")
    results = shown(meeting, "b")
    assert [(1, "Spiller 1", 2), (2, "Spiller 2", 1), (2, "Spiller 3", 1), (4, "Spiller 4", 0)] == rows(results)
    assert "1. Spiller 1: 2" in [row["text"] for row in phone_view(meeting.room)["figures"]]
    meeting.act("hide_answer", id=meeting.room.activities["b"].by_phone["anne"][0], reason="Feil rad")
    assert [1, 1, 1, 4] == [place for place, _, _ in rows(shown(meeting, "b"))]


@pytest.mark.parametrize(("board", "when"), [("each", [True, True]), ("end", [False, True]), ("off", [False, False])])
def test_the_table_is_shown_after_each_the_last_or_never(board, when):
    meeting = asked(f"board={board}")
    told = []
    for activity in ("a", "b"):
        meeting.act("start", activity=activity)
        give(meeting, activity, anne="a")
        told.append("board" in shown(meeting, activity))
    assert when == told
    assert (board != "off") == ("plass" in own(meeting, "anne"))


def test_the_last_question_is_the_last_that_is_asked():
    meeting = asked(second="optional")
    give(meeting, "a", anne="a")
    assert [(1, "Spiller 1", 1)] == rows(shown(meeting))
    meeting.act("start", activity="b")
    give(meeting, "b", anne="a")
    assert [(1, "Spiller 1", 2)] == rows(shown(meeting, "b"))


def test_fast_answers_give_up_to_twice_as_much_by_the_clock_of_the_server():
    """
    Pauses do not count; the last change does; and who comes within the grace gets half.
    """
    meeting = asked("speed time=1:00 board=each", "speed time=1:00")
    give(meeting, "a", anne="a", bo="b")
    meeting.now += 15_000
    give(meeting, "a", kim="a")
    meeting.act("pause")
    meeting.now += 60_000
    meeting.act("resume")
    meeting.now += 15_000
    meeting.answer("bo", "boa", "a", value=["a"], rev=2)
    meeting.act("close")
    meeting.now += 1_000
    give(meeting, "a", eli="a")
    points = {name: points for _, name, points in rows(shown(meeting))}
    assert {"Spiller 1": 100, "Spiller 2": 75, "Spiller 3": 88, "Spiller 4": 50} == points
    assert meeting.replayed().scores.table(0).standings == meeting.room.scores.table(meeting.room.position).standings


def test_after_it_is_opened_again_nobody_is_fast():
    meeting = asked("speed time=1:00 points=10 board=each")
    meeting.act("close")
    meeting.act("reopen")
    give(meeting, "a", anne="a")
    assert [(1, "Spiller 1", 5)] == rows(shown(meeting))


def test_a_team_has_the_mean_of_its_members():
    meeting = asked('teams="Rød|Blå" board=each')
    give(meeting, "a", anne="a", bo="a", kim="b")
    board = shown(meeting)["board"]
    assert [("Blå", 1, 1), ("Rød", 0.5, 2)] == [(one["name"], one["mean"], one["members"]) for one in board["teams"]]
    assert own(meeting, "bo").endswith("Lag: Blå")
    assert "Blå: 1" in [row["text"] for row in phone_view(meeting.room)["figures"]]


def test_of_several_right_ones_all_are_picked():
    meeting = asked("pick=2 board=each", body="Hva?\n- Ja {rett}\n- Nei\n- Begge {rett}")
    give(meeting, "a", anne="ac", bo="a", kim="ab")
    assert [1, 0, 0] == [points for _, _, points in rows(shown(meeting))]


def test_a_long_table_ends_before_a_shared_place_that_has_no_room():
    meeting = asked("board=each")
    give(meeting, "a", **{f"p{n}": "a" if n < 5 else "b" for n in range(12)})
    board = shown(meeting)["board"]
    assert ([1] * 5, 7) == ([row["place"] for row in board["rows"]], board["more"])


def test_phones_ask_for_their_points_when_they_are_told():
    meeting = asked()
    meeting.act("close")
    before = phone_view(meeting.room)["ask"]
    meeting.act("reveal")
    assert before + 1 == phone_view(meeting.room)["ask"]
    assert "hidden_results" not in console_view(meeting.room, Presence(), JOIN, warnings=[])


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [("board=each", "board=off", "line"), ("speed", "", "time="), ('teams="A|B"', "teams=A", "teams")],
)
def test_what_does_not_fit_together_is_said(first, second, says):
    body = "Hva?\n- Ja {rett}\n- Nei"
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("quiz", f"id=a {first}", body) + f"\n:::quiz{{id=b {second}}}\n{body}\n:::\n")
    assert says in invalid.value.problems[0].message
    _, problems = parse(one("quiz", "id=a", "Hva?\n- Ja\n- Nei"))
    assert ["{right}" in problem.message for problem in problems if problem.line > 7][:1] == [True]


def test_who_has_seen_what_is_right_gets_no_points_for_it():
    """
    Also within the two seconds in which an answer that was under way is still taken.
    """
    meeting = asked()
    give(meeting, "a", anne="a")
    meeting.act("close")
    meeting.act("reveal")
    give(meeting, "a", bo="a")
    assert 1 == meeting.room.activities["a"].late
    assert 1 == shown(meeting)["n"]
