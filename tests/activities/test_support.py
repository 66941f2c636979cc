"""The kind `support`: people weigh what others have written."""

import re
from typing import Any

import pytest
from msgspec import json

from live import exports
from live.errors import Refused, WorkshopInvalid
from live.rules import decide
from live.rules.commands import DealCards, KeepHands
from live.views.answers import dealt as phone_cards
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one
from tests.reading import parse
from tests.web.edge import serving

EXAMPLE = """:::open{id=w many=3}
Hva trenger parken?
:::

:::support{id=x from=w}
Hva støtter du?
:::"""
ASKED = one("open", "id=w many=5") + "\n" + EXAMPLE[EXAMPLE.index(":::support") :] + "\n"


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    return {"n": len(answers)}


def written(*texts: str, more: str = "") -> Meeting:
    """A meeting in which each of *texts* was written by a phone of its own, `p0`, `p1` …, and is now weighed."""
    meeting = Meeting(ASKED.replace("from=w}", f"from=w{more}}}"))
    meeting.act("start", activity="w")
    for n, text in enumerate(texts):
        meeting.answer(f"p{n}", text, "w", text)
    meeting.act("start", activity="x")
    return meeting


def dealt(meeting: Meeting, phone: str) -> list[str]:
    """What a phone has in front of it, once it has asked: the texts."""
    meeting.command(DealCards(phone, "x"))
    table = meeting.room.dealing.table("x")
    return [table.source.answers[id].text for id in table.in_front(phone)]


def weigh(meeting: Meeting, phone: str, rev: int = 1, **said: int) -> None:
    value = {answer_id(text): mark for text, mark in said.items()}
    meeting.answer(phone, f"{phone} x", "x", value=value, rev=rev)


def ranking(meeting: Meeting) -> list[tuple[Any, ...]]:
    shown = meeting.room.activities["x"].tally.show()["options"]
    assert meeting.replayed().activities["x"].tally.show()["options"] == shown
    return [(one["place"], one["text"], one["count"], one["seen"]) for one in shown]


def test_a_phone_is_dealt_a_few_at_a_time_and_more_when_it_has_weighed_them():
    meeting = written("A", "B", "C", "D", "E", "F")
    first = dealt(meeting, "p0")
    assert 3 == len(first)
    assert first == dealt(meeting, "p0")  # however often it asks, on however many connections
    weigh(meeting, "p0", **dict.fromkeys(first, 1))
    second = dealt(meeting, "p0")
    assert {"B", "C", "D", "E", "F"} == {*first, *second}
    weigh(meeting, "p0", 2, **dict.fromkeys(second, -1))
    assert [] == dealt(meeting, "p0")
    assert 5 == len(meeting.room.activities["x"].answers[answer_id("p0 x")].value)


def test_what_a_phone_was_not_dealt_it_cannot_weigh():
    meeting = written("A", "B", "C", "D", "E", "F", more=" deal=1")
    [card] = dealt(meeting, "anne")
    other = next(text for text in "ABCDEF" if text != card)
    for said in ({other: 1}, {card: 1, other: 1}, {"unknown": 1}):
        with pytest.raises(Refused, match="not-dealt"):
            weigh(meeting, "anne", **said)
    for value, code in (({}, "empty"), ({answer_id(card): 2}, "bad"), ([card], "bad"), (1, "bad"), (None, "bad")):
        with pytest.raises(Refused, match=code):
            meeting.answer("anne", "anne x", "x", value=value)
    weigh(meeting, "anne", **{card: 1})
    meeting.act("close")
    with pytest.raises(Refused, match="closed"):
        meeting.command(DealCards("anne", "x"))


def test_answers_are_ranked_by_support_with_ties_and_thin_evidence():
    meeting = written("A", "B", "C", more=" deal=10")
    for n in range(8):
        dealt(meeting, f"v{n}")
        weigh(meeting, f"v{n}", A=1 if n < 6 else 0, **({"B": 1 if n < 3 else -1} if n < 4 else {}))
    # A: 7 of 10; B: 4 of 6; C: nobody.
    assert [(1, "A", 6, 8), (2, "B", 3, 4), (None, "C", 0, 0)] == ranking(meeting)
    dealt(meeting, "v8")
    weigh(meeting, "v8", C=1)
    shown = meeting.room.activities["x"].tally.show()["options"]
    assert [("A", False, False), ("B", True, True), ("C", True, True)] == sorted(
        (one["text"], one["tied"], one["thin"]) for one in shown
    )
    assert {("A", 1), ("B", 2), ("C", 2)} == {(one["text"], one["place"]) for one in shown}


def test_what_is_withheld_is_dealt_to_nobody_and_leaves_the_ranking_until_it_is_shown_again():
    meeting = written("A", "B", "C", "Ring 22 33 44 55", "D", more=" deal=10")
    assert {"A", "B", "C", "D"} == set(dealt(meeting, "anne"))  # what is flagged waits
    weigh(meeting, "anne", A=1, B=1)
    asks = meeting.room.activities["x"].ask_count
    for id, reason in ((answer_id("A"), "Galt."), (answer_id("C"), "Galt.")):
        meeting.act("hide_answer", id=id, reason=reason)
    assert asks < meeting.room.activities["x"].ask_count
    assert ["D"] == dealt(meeting, "anne")
    assert [(1, "B", 1, 1), (None, "D", 0, 0)] == ranking(meeting)
    meeting.act("restore_answer", id=answer_id("A"))
    assert {"A", "B", "D"} == {text for _, text, *_ in ranking(meeting)}
    meeting.withdraw("p1", "B")
    meeting.act("redact_answer", id=answer_id("D"))
    assert [(1, "A", 1, 1)] == ranking(meeting)
    assert [] == dealt(meeting, "anne")


def test_cards_are_fixed_when_it_starts():
    """
    Answers that come later are no cards, and one that was changed is no longer what people weighed.
    """
    meeting = written("A", "B")
    meeting.act("start", activity="w")
    meeting.answer("p0", "A", "w", "Noe helt annet", rev=2)
    meeting.answer("p3", "C", "w", "C")
    assert {"B"} == {text for _, text, *_ in ranking(meeting)}
    meeting.act("start", activity="x")
    assert {"B", "C"} == {text for _, text, *_ in ranking(meeting)}


def test_who_has_left_gives_cards_back_and_finds_them_again():
    """
    After a minute in which nothing was heard of a phone others get its cards; of one that is there still, they do not.
    """
    meeting = written("A", "B", more=" deal=1")
    anne, bo = dealt(meeting, "anne"), dealt(meeting, "bo")
    assert {"A", "B"} == {*anne, *bo}
    meeting.wait(59)
    meeting.command(KeepHands("x", ["bo", "nobody"]))
    meeting.wait(2)
    table = meeting.room.dealing.table("x")
    assert anne == dealt(meeting, "eli")
    assert [1, 1] == [table.deal.cards[answer_id(text)].seen for text in "AB"]
    assert anne == dealt(meeting, "anne")
    assert bo == dealt(meeting, "kim")
    assert [2, 2] == [table.deal.cards[answer_id(text)].seen for text in "AB"]


def test_two_workers_at_once_deal_as_one():
    """
    Both decide by what they know, which is not yet what the other has decided: all the same no card is seen oftener,
    and a phone that asks both is dealt once.
    """
    meeting = written(*"ABCDEF", more=" deal=2")
    for phones in (("v0", "v1"), ("v2", "v3"), ("v4", "v4")):
        for events in [decide(meeting.room, DealCards(phone, "x"), meeting.now) for phone in phones]:
            meeting.apply(events)
    table = meeting.room.dealing.table("x")
    assert [1, 1, 2, 2, 2, 2] == sorted(card.seen for card in table.deal.cards.values())
    assert [2] * 5 == [len(table.deal.hand(f"v{n}")) for n in range(5)]
    again = meeting.replayed().dealing.table("x")
    assert [dict(table.deal.hand(f"v{n}")) for n in range(5)] == [dict(again.deal.hand(f"v{n}")) for n in range(5)]


def test_a_file_names_where_people_write():
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("choice", "id=w", "- Ja\n- Nei") + EXAMPLE[EXAMPLE.index(":::support") :])
    assert ["from=`w` is no activity in which people write"] == [one.message for one in invalid.value.problems]
    _, warnings = parse(one("støtte", "id=x kort=2"))
    assert "`support` needs an activity before it in which people write" in [one.message for one in warnings]


def test_the_wall_of_the_answers_stands_in_the_order_of_their_support_and_themes_tell_it():
    meeting = written("A", "B", "C", more=" deal=10")
    for phone, said in (("v1", {"B": 1, "A": -1}), ("v2", {"B": 1, "C": 1})):
        dealt(meeting, phone)
        weigh(meeting, phone, **said)
    with pytest.raises(Refused, match="bad"):
        meeting.act("show_as", shape="unknown")
    for shown, shape in (("x", "wall"), ("w", "weighed")):
        if shown == "w":
            meeting.act("start", activity="w")
        meeting.act("close")
        meeting.act("reveal")
        meeting.act("show_as", shape=shape)
        results = screen_view(meeting.room, Presence(), JOIN)["results"]
        assert shape in results["shapes"]
        assert ["B", "C", "A"] == [card["text"] for card in results["cards"]]
        assert 3 == results["cards_total"]
    for name, texts in (("Først", "AB"), ("Sist", "C")):
        meeting.act("make_theme", activity="w", id=name, name=name, ids=[answer_id(text) for text in texts])
    board = console_view(meeting.room, Presence(), JOIN, warnings=[])["board"]
    assert [{"count": 2, "seen": 3}, {"count": 1, "seen": 1}] == [theme["support"] for theme in board["themes"]]
    report = exports.export(meeting.room, "html").decode()
    assert re.search(r"Først.{1,80}\b2\b.{1,40}\b3\b.{1,40}\b67\s%", report, re.DOTALL)


def test_a_rehearsal_leaves_no_trace_in_what_is_dealt():
    """
    What pretend participants were dealt counts no more once they have gone, also in a replay.
    """
    meeting = written("A", "B", "C", more=" deal=2")
    meeting.act("rehearse", n=3)
    pretend = [f"rehearsal-{n}" for n in range(3)]
    for phone in pretend:
        weigh(meeting, phone, **dict.fromkeys(dealt(meeting, phone), 1))
    anne = dealt(meeting, "anne")
    meeting.act("stop_rehearsal")
    meeting.act("clear_rehearsal")
    for room in (meeting.room, meeting.replayed()):
        table = room.dealing.table("x")
        assert ["anne"] == table.deal.phones()
        assert 2 == sum(card.seen for card in table.deal.cards.values())
    assert anne == dealt(meeting, "anne")
    assert {(text, 0) for text in "ABC"} == {(text, seen) for _, text, _, seen in ranking(meeting)}


def test_two_thousand_answers_stay_within_the_views():
    meeting = written(*(f"Forslag {n}" + " langt" * 25 for n in range(2_000)))
    for n in range(40):
        texts = dealt(meeting, f"v{n}")
        weigh(meeting, f"v{n}", **dict.fromkeys(texts, n % 3 - 1))
    meeting.act("close")
    meeting.act("reveal")
    assert len(json.encode(phone_view(meeting.room))) <= 4096
    for shape in ("ranked", "wall"):
        meeting.act("show_as", shape=shape)
        view = screen_view(meeting.room, Presence(), JOIN)
        assert len(json.encode(view)) <= 65_536
        assert 2_000 == view["results"]["options_total"]
    notes = view["results"]["notes"]
    assert "Ikke sett av noen og derfor uten plass: 1880." in notes
    assert "Sett av færre enn 5 og derfor usikre: 120." in notes


async def test_over_the_web_a_phone_gets_its_own_cards_alone(tmp_path):
    """
    By JSON and by a form, and the same however often it asks. Who wrote a card is not told.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open(ASKED)
        await edge.act(opened, "start", activity="w")
        author, other = await edge.another(), await edge.another()
        author.headers["Origin"] = other.headers["Origin"] = edge.headers["Origin"]
        path = f"/{opened.code}/answers"
        for n in range(4):
            sent = {"type": "answer", "id": answer_id(f"c{n}"), "activity": "w", "text": f"Forslag {n}"}
            assert 200 == (await author.post(path, json=sent)).status_code
        await edge.act(opened, "start", activity="x")
        own = (await author.post(path, json={"type": "mine", "activity": "x"})).json()
        assert [] == own["deal"]  # all are its own
        assert "card-" not in (await other.get(f"/{opened.code}")).text  # looking at a link changes nothing
        first = (await other.post(path, json={"type": "mine"})).json()["deal"]
        assert [{"id", "text"}] * 3 == [set(card) for card in first]
        assert first == (await other.post(path, json={"type": "mine"})).json()["deal"]
        page = (await other.get(f"/{opened.code}")).text
        assert [True] * 3 == [f'name="card-{card["id"]}"' in page for card in first]
        left = next(answer_id(f"c{n}") for n in range(4) if answer_id(f"c{n}") not in {card["id"] for card in first})
        answer = {"type": "answer", "id": answer_id("x"), "activity": "x"}
        refused = (await other.post(path, json=answer | {"value": {left: 1}})).json()
        assert ("error", "not-dealt") == (refused["type"], refused["code"])
        form = {"activity": "x", "id": answer_id("x"), "rev": "1", f"card-{first[0]['id']}": "1"}
        assert 303 == (await other.post(path, data=form)).status_code
        mine = (await other.post(path, json={"type": "mine"})).json()
        assert {left, first[1]["id"], first[2]["id"]} == {card["id"] for card in mine["deal"]}
        assert {first[0]["id"]: first[0]["text"]} == mine["mine"][0]["told"]
        assert f"{first[0]['text']}: Støtte" in (await other.get(f"/{opened.code}")).text
        odd = form | {"rev": "2", f"card-{first[0]['id']}": "7"}
        assert 422 == (await other.post(path, data=odd)).status_code
        room = await edge.rooms.get(opened.code)
        table = room.dealing.table("x")
        [phone] = table.state.by_phone
        table.heard[phone] -= 50_000  # it reads slowly
        with edge.rooms.hub.seat(opened.code, "phone", phone):
            edge.rooms.housekeeping.keep_hands()
            await edge.act(opened, "close")
        assert table.heard[phone] > edge.rooms.clock.now() - 30_000


def test_phones_ask_again_when_it_is_opened_again():
    """
    While it was closed they were told of no cards.
    """
    meeting = written("A", "B")
    first = dealt(meeting, "anne")
    meeting.act("close")
    assert {"deal": []} == phone_cards(meeting.room, "anne")
    asked = phone_view(meeting.room)["ask"]
    meeting.act("reopen")
    assert asked < phone_view(meeting.room)["ask"]
    assert first == [card["text"] for card in phone_cards(meeting.room, "anne")["deal"]]
