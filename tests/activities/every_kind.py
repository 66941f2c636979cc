"""What must hold for every kind, given an example of it: the text of an activity with the id `x`."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from zipfile import ZipFile

import openpyxl
import pytest

from live import exports
from live.activities import KINDS
from live.activities.state import ActivityState
from live.errors import WorkshopInvalid
from live.events import Value
from live.exports import json_import
from live.exports.snapshot import Snapshot, Summary, figures
from live.rehearsal import participants
from live.room import Room
from live.room.questions import answer_as_text
from live.rules.commands import DealCards
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from live.web.api import form_schema
from live.workshop.editor.writer import FormChange
from tests.meeting import JOIN, Meeting
from tests.reading import apply, parse
from tests.web.edge import Edge, Opened, bearer

HEAD = "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n\n## Hva mener dere?\n\n"
PEOPLE = 12


WRITTEN = ("Benker i parken", "Flere bord", "Bedre lys", "En ny lekeplass", "Mer skygge", "Et toalett")


def started(example: str) -> Meeting:
    """A meeting in which *example* has begun. Where it is about what people write, some have."""
    meeting = Meeting(HEAD + example + "\n")
    state = meeting.room.activities["x"]
    if state.deals and (source := meeting.room.source_of("x")):
        meeting.act("start", activity=source.written.id)
        for n, text in enumerate(WRITTEN):
            meeting.answer(f"writer{n}", text, source.written.id, text)
    meeting.act("start", activity="x")
    return meeting


async def start(edge: Edge, opened: Opened) -> None:
    """The same in a room that is served, which this phone has joined before."""
    await edge.get(f"/{opened.code}")
    room = await edge.rooms.get(opened.code)
    if room.activities["x"].deals and (source := room.source_of("x")):
        await edge.act(opened, "start", activity=source.written.id)
        for text in WRITTEN:
            await edge.act(opened, "add_answer", activity=source.written.id, text=text)
    await edge.act(opened, "start", activity="x")


def answered(example: str) -> Meeting:
    """A meeting in which pretend participants have answered *example*, as phones of people."""
    meeting = started(example)
    state = meeting.room.activities["x"]
    assert state.kind is not None
    for person in participants.people(PEOPLE, 7):
        if state.deals:
            meeting.command(DealCards(f"phone{person.n}", "x"))
        written = meeting.room.dealing.as_dealt(state, f"phone{person.n}")
        for move in participants.moves(person, written, state.kind, "nb", "once") if state.takes_answers else ():
            if move.do == "answer" and move.rev == 1 and len(move.text or "") <= state.written.max:
                phone = f"phone{person.n}"
                meeting.answer(phone, move.id, "x", move.text, value=as_given(state, phone, move.value))
    return meeting


def as_given(state: ActivityState, phone: str, value: Value) -> Value:
    """*value*, or where a phone may answer only about what it was given, an answer about that."""
    given = state.turns.pairs.before(phone) if state.turns.pairs else None
    return value if given is None else list(given)


# -- every face -----------------------------------------------------------------------------------------------------


def has_a_view_on_every_face(example: str) -> None:
    meeting = answered(example)
    state = meeting.room.activities["x"]
    seen = set()
    while meeting.room.state != "ended":
        room = meeting.room
        seen.add(room.state)
        views = [
            phone_view(room),
            screen_view(room, Presence(), JOIN),
            console_view(room, Presence(), JOIN, warnings=[]),
        ]
        assert ["x"] * 3 == [view["activity"] for view in views]
        assert [room.activities["x"].kind.writes] * 3 == [view["writes"] for view in views]
        meeting.act("next")
    assert seen == ({"write", "closed", "results"} if state.takes_answers else {state.running})


def first_part(told: str) -> str:
    """Of an answer in words, what its first part is about: without its place, and without what it was given."""
    return re.sub(r"^\d+\. ", "", re.split(", |: ", told)[0])


class _Form(HTMLParser):
    """
    The first form with the id `form`, filled in: its text, the first of the choices that share a name, the first option
    of the first list and nothing in the others.
    """

    def __init__(self) -> None:
        super().__init__()
        self.action, self.fields, self._inside, self._stored, self._list = "", {}, False, False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._stored = self._stored or tag == "template"
        if tag == "form":
            self._inside = given.get("id") == "form" and not self.action and not self._stored
            self.action = given["action"] or "" if self._inside else self.action
        if self._inside and tag == "textarea":
            self.fields[given["name"]] = "Benker"
        if self._inside and (name := given.get("name")) and tag in ("input", "button"):
            self.fields.setdefault(name, given.get("value") or "12" * (given.get("inputmode") == "decimal"))
        if self._inside and tag == "select":
            self._list = "" if given["name"] in self.fields else given["name"] or ""
        if self._inside and tag == "option" and self._list and given.get("value"):
            self.fields.setdefault(self._list, given["value"])

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"
        self._stored = self._stored and tag != "template"


async def is_answered_without_script(edge: Edge, example: str) -> None:
    """The page's own form, sent as a browser without script does; the answer is told on the page afterwards."""
    opened = await edge.open(HEAD + example + "\n")
    await start(edge, opened)
    page = (await edge.get(f"/{opened.code}")).text
    form = _Form()
    form.feed(page)
    if not KINDS[(await edge.rooms.get(opened.code)).activities["x"].written.kind].takes_answers:
        assert "" == form.action
        return
    reply = await edge.post(form.action, data=form.fields)
    assert 303 == reply.status_code, reply.text
    room = await edge.rooms.get(opened.code)
    state = room.activities["x"]
    assert [form.fields["id"]] == list(state.answers)
    told = answer_as_text(state, state.answers[form.fields["id"]], ", ")
    assert told
    assert told in (await edge.get(f"/{opened.code}")).text
    await edge.act(opened, "close")
    await edge.act(opened, "reveal")
    results = (await edge.get(f"/{opened.code}/results")).text
    assert first_part(told) in results


async def is_gone_through_before_the_meeting(edge: Edge, example: str) -> None:
    """Every step of a review has its phone and its screen."""
    opened = await edge.open(HEAD + example + "\n")
    key = bearer(opened.facilitator_key)
    steps = (await edge.get(f"/api/rooms/{opened.code}/review", headers=key)).json()["steps"]
    assert any(step["state"] in ("write", "talk", "grouping") for step in steps)
    for n in range(len(steps)):
        for face in ("phone", "screen"):
            answer = await edge.get(f"/{opened.code}/review/{face}?step={n}", headers=key)
            assert 200 == answer.status_code, (face, steps[n]["state"])


async def is_changed_and_deleted_without_script(edge: Edge, example: str) -> None:
    """
    In every state the page is there. While answers are taken an answer is changed by the page's form, and deleted by
    the button beside it; afterwards one is deleted on the page of one's own answers.
    """
    opened = await edge.open(HEAD + example + "\n")
    room = await edge.rooms.get(opened.code)
    state = room.activities["x"]

    async def page(path: str = "") -> str:
        answer = await edge.get(f"/{opened.code}{path}")
        assert 200 == answer.status_code, path
        return answer.text

    async def send(path: str = "", **fields: str) -> str:
        form = _Form()
        form.feed(await page(path))
        assert 303 == (await edge.post(form.action, data=form.fields | fields)).status_code
        return form.fields["id"]

    await page()
    await start(edge, opened)
    if not state.takes_answers:
        await page()
        return
    id = await send()
    assert state.kind is not None
    if not state.kind.each:
        again = await send(f"?edit={id}", text="Flere benker") if state.has_texts else await send()
        assert (id, 2) == (again, state.answers[id].rev)
    assert answer_as_text(state, state.answers[id], ", ") in await page()
    own = re.search(
        r'name="action" value="withdraw">.*?name="id" value="(\w+)">.*?name="rev" value="(\d+)"', await page()
    )
    assert own
    assert own[1] == id
    withdrawn = {"action": "withdraw", "id": own[1], "rev": own[2]}
    assert 303 == (await edge.post(f"/{opened.code}/answers", data=withdrawn)).status_code
    assert {} == state.answers
    assert id not in await page()

    id = await send()
    await edge.act(opened, "close")
    assert answer_as_text(state, state.answers[id], ", ") in await page()
    for do in ("reveal", "end"):
        await edge.act(opened, do)
        await page()
        await page("/results")
    assert id in await page(f"/mine?delete={id}")
    deleted = {"do": "delete", "id": id, "rev": str(state.answers[id].rev + 1)}
    assert 303 == (await edge.post(f"/{opened.code}/mine", data=deleted)).status_code
    assert {} == state.answers
    for path in ("", "/mine", "/results"):
        await page(path)


# -- every export ---------------------------------------------------------------------------------------------------


def is_in_every_export(example: str) -> None:
    meeting = answered(example)
    state, room = meeting.room.activities["x"], meeting.room
    if not state.takes_answers:
        assert {} == state.answers
    told = [answer_as_text(state, answer) for answer in state.counted_among()]
    assert bool(told) == state.takes_answers
    files = {format: exports.export(room, format) for format in ("csv", "xlsx", "json", "html", "docx", "pptx")}

    rows = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    assert told == [row["text"] for row in rows if row["withheld"] == "no" and row["activity_id"] == "x"]
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    assert set(told) <= set(cells)
    activity = next(one for one in json.loads(files["json"])["activities"] if one["id"] == "x")
    assert len(told) == activity["answers"]
    texts = {
        "html": files["html"].decode(),
        "docx": ZipFile(io.BytesIO(files["docx"])).read("word/document.xml").decode(),
        "pptx": "".join(
            ZipFile(io.BytesIO(files["pptx"])).read(name).decode()
            for name in ZipFile(io.BytesIO(files["pptx"])).namelist()
            if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)
        ),
    }
    if counted := figures(*_summary(room)):
        for format, text in texts.items():
            assert [] == [one.text for one in counted if one.text not in text], format
        assert [] == [one.text for one in counted if not any(one.text in cell for cell in cells)]
    elif told:
        assert all(any(answer in text for answer in told) for text in texts.values())


def _summary(room: Room) -> tuple[Snapshot, Summary]:
    snapshot = exports.take_snapshot(room, withheld=False, rehearsal=False)
    return snapshot, next(one for one in snapshot.activities if one.id == "x")


def comes_back_from_json(example: str) -> None:
    """What was exported is imported as it was: answers, values and results."""
    room = answered(example).room
    read = json_import.read(exports.export(room, "json"))
    assert sum(len(state.answers) for state in room.activities.values()) == read.answers
    again = Room(room.code)
    for event in read.events:
        again.apply(event)
    assert _summary(room)[1] == _summary(again)[1]


# -- the file and its form ------------------------------------------------------------------------------------------


def is_made_and_changed_in_the_form(example: str) -> None:
    written, _ = parse(HEAD + example + "\n")
    kind = next(one.kind for one in written.slides[0].activities if one.id == "x")
    fields = form_schema.fields()[kind]
    known = {attribute["key"] for attribute in fields["attributes"]}
    assert {*fields["first"], *fields["more"]} <= known
    text = apply(
        HEAD + ":::open{id=a}\nSkriv.\n:::\n",
        FormChange("add_activity", kind=kind, value=KINDS[kind].words.instruction),
    )
    if KINDS[kind].schema.pictured:
        with pytest.raises(WorkshopInvalid):  # until a picture is put in its text
            parse(text)
    else:
        assert kind == parse(text)[0].slides[0].activities[-1].kind
    at = len(written.slides[0].activities) - 1
    for other in KINDS:
        if KINDS[other].schema.pictured and other != kind:
            continue  # what has no picture is no question to it
        changed = apply(HEAD + example + "\n", FormChange("kind", activity=at, kind=other))
        assert other == parse(changed)[0].slides[0].activities[at].kind
