"""Names, where a workshop asks for them: once, moderated, and shown in few places."""

import csv
import io

import pytest

from live.errors import Refused
from live.exports import export, json_import
from live.room import Room
from live.rules import GiveName
from live.views.answers import answer_rows
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one
from tests.web.edge import Edge, serving

RUDE = "Faen"


def asking(identity: str, text: str = "") -> str:
    return (text or one("open", "id=a")).replace("language:", f"identity: {identity}\nlanguage:", 1)


def meeting(identity: str = "optional", **names: str) -> Meeting:
    made = Meeting(asking(identity))
    made.act("start", activity="a")
    for phone, name in names.items():
        made.command(GiveName(phone, name))
        made.answer(phone, phone, "a", "Benker")
    return made


def column(room: Room, *, withheld: bool = False) -> list[str]:
    rows = csv.DictReader(io.StringIO(export(room, "csv", withheld=withheld).decode("utf-8-sig")), delimiter=";")
    return [row["name"] for row in rows]


def shown(made: Meeting) -> list[tuple[str, bool]]:
    return [(row["name"], row["named"]) for row in answer_rows(made.room, after=0, limit=9)]


def test_nobody_is_asked_who_was_not_to_be():
    made = Meeting(one("open"))
    assert "" == made.room.asks_names
    with pytest.raises(Refused, match="bad"):
        made.command(GiveName("p", "Kari"))
    assert "" == Meeting(one("quiz", "id=a names=off", "Hva?\n- Ja {rett}\n- Nei")).room.asks_names
    assert "optional" == Meeting(one("quiz", "id=a names", "Hva?\n- Ja {rett}\n- Nei")).room.asks_names


def test_a_name_is_cleaned_and_bounded_and_may_be_changed_now_and_then():
    made = meeting()
    assert 1 == len(made.command(GiveName("p", "  Kari \u202e\n Nordmann ")))
    assert [] == made.command(GiveName("p", "Kari Nordmann"))
    assert "Kari Nordmann" == made.replayed().people.name("p")
    with pytest.raises(Refused, match="too-long"):
        made.command(GiveName("p", "æ" * 41))
    for n in range(9):
        made.command(GiveName("p", f"Kari {n}"))
    with pytest.raises(Refused, match="limit"):
        made.command(GiveName("p", "Ola"))


def test_where_a_name_must_be_given_nobody_answers_without():
    made = meeting("named")
    with pytest.raises(Refused, match="no-name"):
        made.answer("p", "p", "a", "Benker")
    with pytest.raises(Refused, match="empty"):
        made.command(GiveName("p", " "))
    made.command(GiveName("p", "Kari"))
    made.answer("p", "p", "a", "Benker")
    made.act("add_answer", text="Sagt høyt", id=answer_id("aloud"))
    assert [("Kari", True), ("", False)] == shown(made)


def test_a_flagged_name_waits_and_any_can_be_hidden():
    made = meeting(anne="Anne Hansen", bo=RUDE)
    assert [("Anne Hansen", True), (RUDE, False)] == shown(made)
    assert ["Anne Hansen", ""] == column(made.room)
    assert ["Anne Hansen", RUDE] == column(made.room, withheld=True)
    made.act("show_name", id=answer_id("bo"))
    made.act("hide_name", id=answer_id("anne"))
    assert [] == made.act("hide_name", id=answer_id("anne"))
    made.command(GiveName("anne", "Anne igjen"))
    assert [("Anne igjen", False), (RUDE, True)] == shown(made)
    assert ["", RUDE] == column(made.replayed())
    made.answer("kim", "kim", "a", "Trær")
    with pytest.raises(Refused, match="no-name"):
        made.act("hide_name", id=answer_id("kim"))


def test_names_are_on_no_screen_and_in_no_report_and_come_back_from_json():
    made = meeting(anne="Anne Hansen", bo=RUDE)
    made.act("show_name", id=answer_id("bo"))
    made.act("close")
    made.act("reveal")
    assert "Anne" not in str(screen_view(made.room, Presence(), JOIN))
    assert "Anne" not in export(made.room, "html").decode()
    read = json_import.read(export(made.room, "json"))
    again = Room("25054015")
    for event in read.events:
        again.apply(event)
    assert ["Anne Hansen", RUDE] == column(again)


def test_players_go_by_the_names_they_gave():
    made = Meeting(one("quiz", "id=a names", "Hva?\n- Ja {rett}\n- Nei"))
    made.act("start", activity="a")
    for phone, name in (("anne", "Anne"), ("bo", RUDE), ("kim", "")):
        made.command(GiveName(phone, name))
        made.answer(phone, phone, "a", value=["a"])
    made.act("close")
    made.act("reveal")
    rows = screen_view(made.room, Presence(), JOIN)["results"]["board"]["rows"]
    assert ["Anne", "Spiller 2", "Spiller 3"] == [row["name"] for row in rows]


async def test_the_phone_is_asked_once_before_its_page(tmp_path):
    """
    Without script. A name that can't be taken is put right; the next person on the same device is asked anew.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open(asking("named"))

        async def page(query: str = "") -> str:
            return (await edge.get(f"/{opened.code}{query}")).text

        async def give(**fields: str) -> int:
            return (await edge.post(f"/{opened.code}/answers", data={"action": "name", **fields})).status_code

        assert "Hva heter du?" in await page()
        assert 422 == await give(name="")
        assert 422 == await give(name="", without="1")
        assert "Hva heter du?" in await page()
        assert 303 == await give(name="Kari <b>")
        shown = await page()
        assert "Du er med som Kari &lt;b&gt;." in shown
        assert "Hva heter du?" not in shown
        assert 'value="Kari &lt;b&gt;"' in await page("?name")
        assert 303 == (await edge.post(f"/{opened.code}/next")).status_code
        assert "Hva heter du?" in await page()
        reply = (await edge.post(f"/{opened.code}/answers", json={"type": "name", "name": "Ola"})).json()
        assert "ack" == reply["type"]
        assert "Du er med som Ola." in await page()


async def test_who_may_go_on_without_does(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(asking("optional"))
        await edge.get(f"/{opened.code}")
        await edge.post(f"/{opened.code}/answers", data={"action": "name", "name": "Kari", "without": "1"})
        assert "Du er med uten navn." in (await edge.get(f"/{opened.code}")).text
        other: Edge = await edge.another()
        assert "Hva heter du?" in (await other.get(f"/{opened.code}")).text
        await edge.act(opened, "end")
        assert "Hva heter du?" not in (await other.get(f"/{opened.code}")).text
