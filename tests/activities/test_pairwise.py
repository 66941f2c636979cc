"""The kind `pairwise`: two options at a time, and together they rank all."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live.activities.kind import Answer
from live.activities.pair_deal import PairDeal, pair
from live.errors import Refused, WorkshopInvalid
from live.room.questions import answer_as_text
from live.views.answers import dealt
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.view import Presence
from live.workshop.model import Option
from tests.meeting import JOIN, Meeting, answer_id, one
from tests.reading import parse
from tests.web.edge import serving

EXAMPLE = """:::pairwise{id=x}
Hva er viktigst?
- Lys
- Benker
- Busser
:::"""
FOUR = "- Lys\n- Benker\n- Busser\n- Skilt"


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    pairs = [value for _, value in answers if isinstance(value, list)]
    won, seen = Counter(value[0] for value in pairs), Counter(id for value in pairs for id in value)
    options = [
        {"id": id, "letter": id.upper(), "text": f"{text} (n={seen[id]})", "share": None, "won": won[id],
         "count": int(100 * (won[id] + 1) / (seen[id] + 2) + 0.5), "seen": seen[id],
         "score": round(100 * (won[id] + 1) / (seen[id] + 2), 2)}
        for id, text in (("a", "Lys"), ("b", "Benker"), ("c", "Busser"))
    ]  # fmt: skip
    return {"options": sorted(options, key=lambda each: (-each["score"], each["id"])), "comparisons": len(answers)}


def begun(attrs: str = "id=a", body: str = FOUR) -> Meeting:
    meeting = Meeting(one("pairwise", attrs, body))
    meeting.act("start", activity="a")
    return meeting


def given_to(meeting: Meeting, phone: str) -> list[str]:
    return [card["id"] for card in dealt(meeting.room, phone)["deal"]]


def test_a_score_is_the_one_of_all_our_ideas():
    """
    By hand: light won 3 of 3, (3 + 1) / (3 + 2) = 80; benches 1 of 3, 40; buses lost 2 of 2, 25; signs nothing, 50.
    """
    meeting = begun()
    tally = meeting.room.activities["a"].kind.tally(meeting.room.activities["a"].written, None)
    values = (["a", "b"], ["a", "b"], ["a", "c"], ["b", "c"], {"a": 0, "d": 0})
    for n, value in enumerate(values):
        tally.add(Answer(str(n), "a", "anne" if n else "bo", 0, value=value))
    assert (5, 2) == (tally.show()["comparisons"], tally.show()["n"])
    assert [("a", 80.0), ("d", 50.0), ("b", 40.0), ("c", 25.0)] == [
        (each["id"], each["score"]) for each in tally.show()["options"]
    ]


def test_a_phone_compares_each_pair_once_and_only_what_it_was_given():
    meeting = begun()
    assert (2, 1) == (phone_view(meeting.room)["deal"], phone_view(meeting.room)["ask"])  # none were given before
    done = []
    for n in range(6):
        first, second = given_to(meeting, "anne")
        other = next(id for id in "abcd" if id not in (first, second))
        for value in ([first, other], [first, first], [first], "a", {first: 1, second: 0}):
            with pytest.raises(Refused, match=r"not-dealt|bad"):
                meeting.answer("anne", f"x{n}", "a", value=value)
        meeting.answer("anne", f"x{n}", "a", value=[first, second])
        done.append(pair(first, second))
    assert 6 == len(set(done))
    assert [] == given_to(meeting, "anne")
    with pytest.raises(Refused, match="not-dealt"):
        meeting.answer("anne", "y", "a", value=["a", "b"])
    assert given_to(meeting, "bo") == [
        card["id"] for card in dealt(meeting.replayed(), "bo")["deal"]
    ]  # the same in every process


def test_what_was_compared_may_be_changed_and_taken_back():
    meeting = begun()
    first, second = given_to(meeting, "anne")
    meeting.answer("anne", "x", "a", value=[first, second])
    meeting.answer("anne", "x", "a", value=[second, first], rev=2)
    meeting.answer("anne", "x", "a", value={first: 0, second: 0}, rev=3)
    other = next(id for id in "abcd" if id not in (first, second))
    with pytest.raises(Refused, match="not-dealt"):
        meeting.answer("anne", "x", "a", value=[first, other], rev=4)
    state = meeting.room.activities["a"]
    names = {option.id: option.text for option in state.written.options}
    told = answer_as_text(state, state.answers[answer_id("x")])
    assert f"{names[first]} eller {names[second]}: usikker" == told
    assert state.turns.pairs.has_compared("anne", first, second)
    meeting.withdraw("anne", "x", 4)
    assert not state.turns.pairs.has_compared("anne", first, second)


def test_a_phone_gives_no_more_answers_than_votes():
    meeting = begun("id=a votes=2")
    for n in range(2):
        meeting.answer("anne", f"x{n}", "a", value=given_to(meeting, "anne"))
    assert [] == given_to(meeting, "anne")


@given(st.lists(st.integers(0, 7), max_size=120), st.integers(3, 7))
@settings(max_examples=40)
def test_the_pair_given_least_often_comes_next(turns, options):
    """
    Whoever comes and goes: a pair that a phone is given after its first was given least often of those it has left.
    """
    deal = PairDeal("abcdefg"[:options])
    for who in turns:
        phone = f"p{who}"
        now = deal.before(phone)
        if now is None:
            assert len(deal._compared[phone]) == options * (options - 1) // 2
            continue
        deal.compare(phone, *now)
        if (after := deal.before(phone)) is not None:
            left = [each for each in deal._pairs if not deal.has_compared(phone, *each)]
            least = min(deal.seen.get(each, 0) - (each == pair(*after)) for each in left)
            assert deal.seen[pair(*after)] - 1 == least


# -- options that people add ------------------------------------------------------------------------------------------


def test_an_option_that_somebody_adds_is_compared_next():
    meeting = begun("id=a add")
    meeting.answer("anne", "idea", "a", "  Bedre \n fortau ")
    new = Option(answer_id("idea"), "Bedre fortau")
    assert new == meeting.room.activities["a"].written.options[-1]
    meeting.answer("bo", "x", "a", value=given_to(meeting, "bo"))
    assert new.id in given_to(meeting, "bo")  # nobody has seen it yet
    meeting.answer("bo", "y", "a", value=given_to(meeting, "bo"))
    assert any(each["text"].startswith("Bedre fortau (n=1") for each in shown(meeting))
    with pytest.raises(Refused, match="fixed"):
        meeting.answer("anne", "idea", "a", "Noe annet", rev=2)
    meeting.act("hide_answer", id=new.id, reason="Galt.")
    assert new not in meeting.room.activities["a"].written.options
    assert shown(meeting) == shown(meeting, meeting.replayed())
    meeting.act("restore_answer", id=new.id)
    assert any(each["id"] == new.id and each["seen"] == 1 for each in shown(meeting))


def shown(meeting: Meeting, room: Any = None) -> list[dict[str, Any]]:
    room = room or meeting.room
    return console_view(room, Presence(), JOIN, warnings=[])["hidden_results"]["options"]


def test_an_option_that_is_flagged_waits():
    meeting = begun("id=a add")
    meeting.answer("anne", "idea", "a", "Ring meg på 912 34 567")
    assert 4 == len(meeting.room.activities["a"].written.options)
    meeting.act("restore_answer", id=answer_id("idea"))
    assert 5 == len(meeting.room.activities["a"].written.options)


def test_no_more_options_are_added_than_phones_can_be_told_of():
    meeting = begun("id=a add votes=100")
    for n in range(7):
        meeting.answer("anne", f"x{n}", "a", "æ" * 90 + str(n))
    with pytest.raises(Refused, match="too-many-options"):
        meeting.answer("anne", "x7", "a", "æ" * 90)
    assert 11 == len(meeting.room.activities["a"].written.options)
    with pytest.raises(Refused, match="too-long"):
        meeting.answer("anne", "y", "a", "a" * 101)
    with pytest.raises(Refused, match="bad"):
        begun().answer("anne", "y", "a", "Uten add")


def test_it_needs_options():
    with pytest.raises(WorkshopInvalid):
        parse(one("pairwise", "id=a", "Hva er best?"))
    assert not parse(one("pairwise", "id=a add", "Hva er best?"))[1]


async def test_without_script_pairs_follow_each_other(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(one("pairwise", "id=a add", FOUR))
        await edge.act(opened, "start", activity="a")
        await edge.get(f"/{opened.code}")
        room = await edge.rooms.get(opened.code)
        for n in range(3):
            page = (await edge.get(f"/{opened.code}")).text
            ids = page.split('name="pair" value="')[1].split('"')[0].split()
            form = {"activity": "a", "id": answer_id(f"x{n}"), "rev": "1", "pair": " ".join(ids)}
            won = "0" if n == 2 else ids[1]
            assert 303 == (await edge.post(f"/{opened.code}/answers", data=form | {"won": won})).status_code
        assert 3 == len(room.activities["a"].answers)
        idea = {"activity": "a", "id": answer_id("idea"), "rev": "1", "text": "Fortau"}
        assert 303 == (await edge.post(f"/{opened.code}/answers", data=idea)).status_code
        assert 5 == len(room.activities["a"].written.options)
        assert "Fortau" in (await edge.get(f"/{opened.code}")).text
