"""A JSON export is imported with the same content, or refused with the place of the error; never in part."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from live import exports
from live.errors import ImportRefused, RoomNotFound
from live.events import WorkshopSet
from live.exports import json_import
from live.exports.content_hash import Item, hash_of
from live.journal.sqlite import SqliteJournal
from live.room import Room
from live.runtime import import_room
from live.runtime.replay import load
from tests.activities.test_group import SEVERAL, gathering, ids, make
from tests.exports.test_exports import TEXT, meeting
from tests.meeting import Meeting, answer_id

THEMES = TEXT.format(language="nb") + "\n---\n\n## Samle\n\n:::group{id=samle from=viktig}\n- Trygt\n- Grønt\n:::\n"


def full() -> Meeting:
    """A meeting with all that an export may have: themes, dots, an ad hoc question, merged words, a rehearsal."""
    at = meeting()
    text = THEMES + "\n---\n\n## Prikk\n\n:::dots{id=prikk from=samle dots=1}\n:::\n"
    at.room.apply(msgspec.structs.replace(at.events[0], text=text))
    at.act("start", activity="samle")
    at.act("make_theme", activity="viktig", name="Benker", id="tema-benker", ids=[answer_id("en")])
    at.now += 90_000
    at.act("start", activity="prikk")
    at.answer("anne", "prikk", "prikk", value=["tema-benker"])
    at.act("reveal")
    at.act("ask", kind="words", question="Ett ord?", id="ord")
    activity = at.room.activity.written.id
    at.answer("ny", "ord1", activity, "skole")
    at.answer("anne", "ord2", activity, "skolen", heads=3)
    at.act("set_people", n=40)
    at.act("follow", activity="viktig", theme="tema-benker", status="not", reason="Fylket sier nei", unit="Plan")
    at.act("follow", activity=activity, status="doing", date="2027-03-01")
    at.act("promise", text="Vi svarer hver og en", who="Ordføreren")
    return at


def exported(at: Meeting | None = None, **choices: bool) -> bytes:
    return exports.export((at or full()).room, "json", **choices)


def again(body: bytes) -> Room:
    room = Room("31415926")
    for event in json_import.read(body).events:
        room.apply(event)
    return room


def refusal(body: bytes | dict[str, Any]) -> str:
    with pytest.raises(ImportRefused) as refused:
        json_import.read(body if isinstance(body, bytes) else json.dumps(body).encode())
    return str(refused.value)


def items_of(body: dict[str, Any]) -> Iterator[Item]:
    """The items of the content hash in a file that somebody has edited."""
    added = {"check", "title", "language", "meta", "results"}
    for section in ("workshop", "activities", "themes", "joined", "answers", "replies", "promises"):
        others = added if section in ("workshop", "activities") else {"check", "room"}
        for place, one in enumerate([body[section]] if section == "workshop" else body[section]):
            yield Item(section, place, {name: value for name, value in one.items() if name not in others})


def changed(change: Callable[[dict[str, Any]], object], *, sums: bool = False) -> dict[str, Any]:
    """An export that somebody has edited; with *sums*, all check sums were computed anew."""
    body = json.loads(exported())
    change(body)
    if sums:
        content = list(items_of(body))
        for item in content:
            one = body["workshop"] if item.section == "workshop" else body[item.section][item.place]
            one["check"] = item.check
        body["content_sha256"] = hash_of(content)
        body["counts"] = {name: len(body[name]) for name in body["counts"]}
    return body


# -- the same meeting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("withheld", [False, True])
@pytest.mark.parametrize("rehearsal", [False, True])
def test_an_imported_meeting_gives_the_same_export(withheld, rehearsal):
    """
    Whatever the export was asked to take in: the meeting that is made of it gives the same file, but for its code and
    how many events it took.
    """
    before = exported(withheld=withheld, rehearsal=rehearsal)
    room = again(before)
    after = exports.export(room, "json", withheld=withheld, rehearsal=rehearsal)

    def alike(body: bytes) -> str:
        kept = {k: v for k, v in json.loads(body).items() if k not in ("room", "position", "rehearsal_left_out")}
        return json.dumps(kept).replace("25054015", "31415926")

    assert alike(before) == alike(after)
    assert json.loads(before)["content_sha256"] == json.loads(after)["content_sha256"]


def test_answers_in_several_themes_come_back_to_all_of_them():
    at = gathering(SEVERAL)
    make(at, "Ungdom; kveld", "ab")
    make(at, "Buss", "bc")
    at.act("place", ids=ids("c"), theme="Ungdom; kveld")
    body = exported(at)
    exported_body = json.loads(body)

    assert {'"Ungdom; kveld"', '"Ungdom; kveld"; Buss', ""} == {answer["theme"] for answer in exported_body["answers"]}
    assert exported_body["content_sha256"] == json.loads(exports.export(again(body), "json"))["content_sha256"]


def test_the_report_has_an_answer_in_each_of_its_themes_and_once_among_all():
    at = gathering(SEVERAL)
    make(at, "Ungdom", "ab")
    make(at, "Buss", "bc")
    page = exports.export(at.room, "html").decode()

    assert 2 == page.count('<p class="said">«Innspill b»</p>'), "a quote in each"
    assert 1 >= page.count("<blockquote>«Innspill b»"), "and at most one voice"
    assert 1 == page.count("<li>Innspill b</li>"), "and once among all"
    assert "Ungdom; Buss" not in page


def test_an_imported_meeting_can_be_read_as_before():
    room = again(exported())

    assert "ended" == room.state
    assert [("Benker", [answer_id("en")])] == [(t.name, list(t.ids)) for t in room.themes_of("viktig") if t.ids]
    assert {"viktig": False, "prikk": True} == {id: room.activities[id].results_visible for id in ("viktig", "prikk")}
    assert 40 == room.people.hall
    assert "P001" == room.people.alias(room.answer(answer_id("en")).phone)


def test_a_phone_that_comes_later_is_none_of_the_imported_ones():
    room = again(exported())
    aliases = {
        room.people.alias(answer.phone) for state in room.activities.values() for answer in state.answers.values()
    }

    room.people.note_answer("f00d" * 8, 0)

    assert room.people.alias("f00d" * 8) not in aliases


def test_an_activity_that_was_edited_away_comes_back_with_its_answers():
    at = meeting()
    at.room.apply(msgspec.structs.replace(at.events[0], text=TEXT.format(language="nb").split("---\n\n## Hvor?")[0]))

    room = again(exported(at))

    assert {"a", "b"} == set(room.answer(answer_id("valg")).value)
    assert not room.has("sted")


@pytest.mark.uncounted
def test_a_meeting_with_ten_thousand_answers_comes_back():
    at = Meeting(TEXT.format(language="nb").replace("id=viktig many", "id=viktig many=1000"))
    at.act("start", activity="viktig")
    for phone in range(100):
        for n in range(100):
            at.answer(f"{phone:032x}", f"{phone}-{n}", "viktig", f"Svar {n} fra {phone}")

    assert 10_000 == len(again(exported(at)).activities["viktig"].answers)


def test_the_content_hash_is_as_documented():
    """
    Computed as docs/export.md explains it, without our own code.
    """
    from hashlib import sha256

    body = json.loads(exported())
    added = {"check", "title", "language", "meta", "results"}
    lines = []
    for section in ("workshop", "activities", "themes", "joined", "answers", "replies", "promises"):
        others = added if section in ("workshop", "activities") else {"check", "room"}
        for one in [body[section]] if section == "workshop" else body[section]:
            item = {name: value for name, value in one.items() if name not in others}
            lines.append(json.dumps(item, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n")
            assert one["check"] == sha256(lines[-1][:-1].encode()).hexdigest()[:12]

    assert body["content_sha256"] == sha256("".join(lines).encode()).hexdigest()


# -- not the same -----------------------------------------------------------------------------------------


def test_an_edited_answer_is_named():
    found = refusal(changed(lambda body: body["answers"][1].update(text="Noe annet", shown_text="Noe annet")))
    assert f"Number 2 of `answers` ({answer_id('to')}) has been changed since it was exported." == found


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda body: body["answers"].pop(), "`answers` holds"),
        (lambda body: body["answers"].reverse(), "something was moved"),
        (lambda body: body["themes"][0].update(name="Et annet"), "Number 1 of `themes`"),
        (lambda body: body["workshop"].update(text="#"), "`workshop` has been changed"),
        (lambda body: body["answers"][0].update(heads="mange"), "answers[0].heads: expected `int`, got `str`"),
        (lambda body: body.update(format="innspill-export/3"), "newer Innspill (innspill-export/3)"),
        (lambda body: body.update(format="innspill-export/1"), "older Innspill"),
        (lambda body: body.pop("format"), "no `format`"),
        (lambda body: body.pop("answers"), "missing required field `answers`"),
    ],
)
def test_an_edited_file_is_refused_with_the_place(change, message):
    assert message in refusal(changed(change))


def test_a_file_that_stops_halfway_is_refused_with_the_line():
    body = exported()
    cut = body[: len(body) // 2]
    assert f"stops in line {cut.count(bytes([10])) + 1}" in refusal(cut)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b'"innspill-export/2"', b"PK\x03\x04"])
def test_what_is_no_export_is_refused(body):
    assert refusal(body)


HOSTILE = {
    "empty lists": "[" + "[]," * 200_000 + "[]]",
    "empty objects": "[" + "{}," * 200_000 + "{}]",
    "numbers": "[" + "1," * 300_000 + "1]",
    "deep lists": "[" * 500 + "]" * 500,
    "many fields": "{" + ",".join(f'"{n}":1' for n in range(60_000)) + "}",
    "an item of many fields": "[{" + ",".join(f'"{n}":1' for n in range(60_000)) + "}]",
    "items with a field alone": "[" + '{"id":"a"},' * 60_000 + "{}]",
    "an item with empty lists": '[{"id":"a","kind":"later","check":"a","more":[' + "[]," * 200_000 + "[]]}]",
}


@pytest.mark.uncounted
@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("section", ["format", "counts", "workshop", "activities", "answers", "replies", "later"])
def test_a_hostile_file_takes_little_more_memory_than_its_size(section, hostile):
    """
    Sixteen MiB of `[],` took 330 MiB, which a server of 512 MiB does not have beside its meetings.
    """
    whole = json.loads(exported())
    whole.pop(section, None)
    body = json.dumps(whole)[:-1].encode() + f',"{section}":{HOSTILE[hostile]}}}'.encode()
    tracemalloc.start()
    try:
        if section == "later":
            assert json_import.read(body)
        else:
            assert refusal(body)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2 * len(body) + 4 * 2**20


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body["answers"][0].update(answer_id="x"),
        lambda body: body["answers"][0].update(answer_id=body["answers"][1]["answer_id"]),
        lambda body: body["answers"][0].update(activity_id="finnes-ikke"),
        lambda body: body["answers"][0].update(text="\u202eomvendt", shown_text="\u202eomvendt"),
        lambda body: body["answers"][0].update(text="å" * 7000, shown_text="å" * 7000),
        lambda body: body["answers"][0].update(sent_at_utc="i går"),
        lambda body: body["answers"][0].update(sent_at_utc="9999-99-99T00:00Z"),
        lambda body: body["answers"][0].update(phone="../../etc"),
        lambda body: body["answers"][0].update(heads=-1),
        lambda body: body["answers"][0].update(value=["a"]),
        lambda body: body["workshop"].update(text=""),
        lambda body: body["workshop"].update(opened_at_utc=""),
        lambda body: body["activities"][0].update(started_at_utc="x"),
        lambda body: body["themes"][0].update(name="n" * 1000),
        lambda body: body["themes"].append(body["themes"][0]),
        lambda body: body["joined"].append({"activity": "viktig", "did": "split", "marks": []}),
        lambda body: body.update(room="1"),
        lambda body: body.update(room="1" + "\u0663" * 7),  # digits, and no address
    ],
)
def test_an_impossible_meeting_is_refused_even_with_correct_sums(change):
    assert refusal(changed(change, sums=True))


def test_the_sums_computed_in_these_tests_are_correct():
    assert json_import.read(json.dumps(changed(lambda body: None, sums=True)).encode())


def test_every_letter_of_an_item_changes_its_check():
    assert Item("answers", 0, {"text": "a"}).check != Item("answers", 0, {"text": "A"}).check


# -- in the store -----------------------------------------------------------------------------------------


@pytest.fixture
async def journal(tmp_path):
    journal = SqliteJournal(tmp_path)
    yield journal
    await journal.close()


async def test_it_keeps_its_code_where_that_is_free_and_else_gets_another(journal):
    at = full()
    brought = json_import.read(exported(at))

    first = await import_room.create_room(journal, brought, now=at.now)
    second = await import_room.create_room(journal, brought, now=at.now)

    assert "25054015" == first
    assert second != first
    for code in (first, second):
        assert brought.content == exports.content_hash(
            exports.take_snapshot(await load(journal, code), withheld=False, rehearsal=False)
        )
        assert [(code, "delete", brought.delete_at)] == [row for row in await journal.due(2**62) if row[0] == code]


async def test_a_meeting_past_its_delete_date_stays_deleted(journal):
    brought = json_import.read(exported())

    with pytest.raises(ImportRefused, match="was to be deleted on 2027-04-15"):
        await import_room.create_room(journal, brought, now=brought.delete_at)

    with pytest.raises(RoomNotFound):
        await journal.top("25054015")


async def test_the_day_it_was_to_be_deleted_is_the_one_that_people_were_told(journal):
    """
    Shortly after midnight in Norway it is still the day before in UTC.
    """
    brought = json_import.read(exported())
    night = brought._replace(delete_at=1_808_173_200_000)  # 2027-04-20 00:20 in Norway

    with pytest.raises(ImportRefused, match="was to be deleted on 2027-04-20"):
        await import_room.create_room(journal, night, now=night.delete_at)


async def test_a_meeting_of_a_day_that_has_not_come_is_not_taken(journal):
    brought = json_import.read(exported())

    with pytest.raises(ImportRefused, match="has not come yet"):
        await import_room.create_room(journal, brought, now=brought.events[0].at - 2 * 86_400_000)

    with pytest.raises(RoomNotFound):
        await journal.top("25054015")


async def test_another_meeting_of_that_code_is_left_as_it_was(journal):
    await journal.create("25054015", [WorkshopSet(at=1, text=TEXT.format(language="nb"))])

    code = await import_room.create_room(journal, json_import.read(exported()), now=full().now)

    assert code != "25054015"
    assert 1 == (await journal.top("25054015")).position
