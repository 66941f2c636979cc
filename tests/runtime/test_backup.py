"""What is backed up while a hall writes comes back whole, elsewhere too, without what was deleted since."""

import asyncio
import gzip
import json
import re
from hashlib import sha256

import pytest

from live.journal.sqlite import open_sqlite
from live.runtime import backup
from live.runtime.backup import BackupBroken
from live.runtime.deletions import Deletions
from live.runtime.replay import load
from tests.cli.test_cli import ask, output_of
from tests.journal.redis_server import RedisServer
from tests.meeting import SEMINAR, one
from tests.phones import hall
from tests.server_process import Server

WORKSHOP = one("open", "id=a many=20")


async def write(room, phones: int, each: int) -> None:
    async with hall(room, phones) as there:
        for phone in there:
            for n in range(each):
                await phone.send("a", f"Innspill {n} om benker")
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in there))


async def events(folder, code) -> list:
    journal = await open_sqlite(folder)
    try:
        return await journal.read(code)
    finally:
        await journal.close()


async def test_a_backup_taken_while_a_hall_writes_comes_back_elsewhere(tmp_path):
    """
    Event for event up to where the journal stood; the number of people, the timer and the date of deletion too.
    """
    async with Server(tmp_path / "data") as server:
        room = await server.open(WORKSHOP)
        await room.act("start", activity="a")
        await room.act("set_people", n=56)
        writing = asyncio.create_task(write(room, 200, 3))
        while (await room.show())["counts"]["answers"] < 50:
            await asyncio.sleep(0.02)
        output = await ask("backup", "--data", server.data, tmp_path / "one.backup")
        await writing
        whole = await room.show()
    file = tmp_path / "one.backup"
    assert 0o600 == file.stat().st_mode & 0o777
    found = backup.check(file)
    assert f"{file}: 1 meeting, {found['events']} events.\n" == output

    output = await ask("restore", "--data", tmp_path / "other", file)
    before, after = await events(tmp_path / "data", room.code), await events(tmp_path / "other", room.code)
    assert before[: len(after)] == after
    assert len(after) == found["events"] <= len(before)
    assert f"Back: 1 meeting with {len(after) - 3} answers." in output
    async with Server(tmp_path / "other") as other:
        link = (await ask("link", room.code, "console", "--data", other.data)).strip()
        assert room.code in link
        assert 200 == (await other.call("GET", f"/{room.code}"))[0]
    journal = await open_sqlite(tmp_path / "other")
    try:
        again = await load(journal, room.code)
        assert (56, whole["delete_at"]) == (again.people.hall, again.delete_at)
        assert (room.code, "delete", again.delete_at) in await journal.due(2**62)
    finally:
        await journal.close()


async def test_phones_are_known_again_after_a_restore(tmp_path):
    """
    A phone with its token from before finds its own answers.
    """
    async with Server(tmp_path / "data") as server:
        room = await server.open(WORKSHOP)
        await room.act("start", activity="a")
        async with hall(room, 1) as (phone,):
            await phone.send("a", "Flere benker")
            await phone.until(lambda phone: not phone.waiting)
        await ask("backup", "--data", server.data, tmp_path / "one.backup")
    await ask("restore", "--data", tmp_path / "other", tmp_path / "one.backup")
    async with Server(tmp_path / "other") as other:
        phone.url = other.url
        task = asyncio.create_task(phone.run())
        phone.mine = []
        await phone.until(lambda phone: phone.mine)
        task.cancel()
    assert ["Flere benker"] == [answer["text"] for answer in phone.mine]


async def test_what_was_deleted_since_stays_deleted(tmp_path):
    """
    An answer with the theme that was named after it, and a whole meeting: noted in the data folder, and beside the
    backups by the next one.
    """
    folder = tmp_path / "backups"
    async with Server(tmp_path / "data") as server:
        kept, lost = await server.open(WORKSHOP), await server.open(WORKSHOP)
        await kept.act("start", activity="a")
        await kept.act("add_answer", text="Hemmelig kanarifugl", activity="a")
        await kept.act("add_answer", text="Flere benker", activity="a")
        rows = (await kept.show())["answers"]
        secret = next(row["id"] for row in rows if "kanari" in row["text"])
        await kept.act("accept_suggestion", activity="a", ids=[secret], name="Kanarifugl")
        await ask("backup", "--data", server.data, "--to", folder)
        await kept.act("redact_answer", id=secret)
        assert 204 == (await server.call("DELETE", f"/api/rooms/{lost.code}", key=lost.key))[0]
        while len(Deletions(server.data).read()) < 2:
            await asyncio.sleep(0.02)
        (first,) = folder.glob("*.backup")
        await ask("backup", "--data", server.data, tmp_path / "backups" / "later")
    Deletions(tmp_path / "data").file.unlink()
    output = await ask("restore", "--data", tmp_path / "other", first)
    assert "Back: 1 meeting with 2 answers." in output
    assert "2 meetings and answers had been deleted since" in output
    stored = b"".join(file.read_bytes() for file in (tmp_path / "other").iterdir() if file.is_file())
    assert b"Flere benker" in stored
    assert b"kanarifugl" not in stored.lower()
    assert lost.code.encode() not in stored


async def test_from_the_embedded_store_to_redis_and_back(tmp_path):
    """
    A backup knows no engine: this is also how one moves.
    """
    async with Server(tmp_path / "data") as server:
        room = await server.open(SEMINAR)
        for _ in range(10):
            await room.act("next")
        before = await room.show()
    await ask("backup", "--data", tmp_path / "data", tmp_path / "a.backup")
    (tmp_path / "redis").mkdir()
    async with RedisServer(tmp_path / "redis") as redis:
        place = ("--redis", redis.url, "--data", tmp_path / "beside")
        assert "1 meeting " in await ask("restore", *place, tmp_path / "a.backup")
        assert "left alone: " + room.code in await ask("restore", *place, tmp_path / "a.backup")
        await ask("backup", *place, tmp_path / "b.backup")
    await ask("restore", "--data", tmp_path / "third", tmp_path / "b.backup")
    assert await events(tmp_path / "data", room.code) == await events(tmp_path / "third", room.code)
    journal = await open_sqlite(tmp_path / "third")
    try:
        assert before["step"] == (await load(journal, room.code)).step
    finally:
        await journal.close()


def lines_of(file) -> list[bytes]:
    return gzip.decompress(file.read_bytes()).splitlines(keepends=True)


@pytest.fixture(scope="module")
async def sound(tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("sound")
    async with Server(tmp_path / "data") as server:
        room = await server.open(SEMINAR)
        await room.act("next")
        await ask("backup", "--data", server.data, tmp_path / "sound.backup")
    return tmp_path / "sound.backup"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda lines: gzip.compress(b"".join(lines))[:-200], "can't be read"),
        (lambda lines: gzip.compress(b"".join(lines[:-1])), "cut short after line"),
        (lambda lines: gzip.compress(b"".join(lines).replace(b"samskaping", b"samskapinG")), "has been changed"),
        (lambda lines: gzip.compress(lines[0] + lines[-1]), "has been changed"),
        (lambda lines: gzip.compress(b"".join(lines).replace(b"backup/4", b"backup/5")), "from a newer version"),
        (lambda lines: b"PK\x03\x04 a spreadsheet", "line 1 can't be read"),
        (lambda lines: gzip.compress(b'{"hello":1}\n'), "no backup of Innspill"),
        (lambda lines: b"", "cut short after line 0"),
    ],
)
async def test_a_spoilt_backup_restores_nothing(sound, tmp_path, spoil, words):
    """
    Told with the line, by restore and by the drill; nothing of it is put anywhere.
    """
    (tmp_path / "backups").mkdir()
    broken = tmp_path / "backups" / "innspill-2026-01-01-000000.backup"
    broken.write_bytes(spoil(lines_of(sound)))
    with pytest.raises(BackupBroken, match=words):
        backup.check(broken)
    assert words in await ask("restore", "--data", tmp_path / "other", broken, code=1)
    assert words in await ask("drill", tmp_path / "backups", code=1)
    assert not (tmp_path / "other" / "innspill.db").exists()


def sealed(lines: list[bytes]) -> bytes:
    """A backup with these lines before its end, whose checksum is right."""
    end = {
        "end": sha256(b"".join(lines)).hexdigest(), "rooms": sum(b'{"room"' in line for line in lines),
        "events": sum(b'{"event"' in line for line in lines),
    }  # fmt: skip
    return gzip.compress(b"".join([*lines, json.dumps(end).encode() + b"\n"]))


def line(**fields) -> bytes:
    return json.dumps(fields).encode() + b"\n"


SET = {"event": {"event": "workshop-set", "at": 1, "text": WORKSHOP}}
HOSTILE = {
    "a code that is none": [line(room="../../x", events=1), line(**SET)],
    "no code": [line(room=5, events=1), line(**SET)],
    "the same meeting twice": [line(room="25054015", events=1), line(**SET)] * 2,
    "fewer events than it says": [line(room="25054015", events=2), line(**SET)],
    "more events than it says": [line(room="25054015", events=1), line(**SET), line(**SET)],
    "no event": [line(room="25054015", events=0)],
    "an event of no meeting": [line(**SET)],
    "an event of another millennium": [
        line(room="25054015", events=1), line(event=SET["event"] | {"at": 10**15}),
    ],
    "an event before time": [line(room="25054015", events=1), line(event=SET["event"] | {"at": -1})],
    "a list": [b"[]\n"],
    "a list within lists": [b"[" * 100_000 + b"\n"],
    "no JSON": [b"{\n"],
    "a secret that is none": [line(secret="phones", value="!")],
    "a short secret": [line(secret="phones", value="YQ==")],
    "a report that is none": [line(report="25054015", body="YQ==")],
    "a report of no code": [line(report="x", body="e30=")],
    "a line without end": [b" " * (backup.MOST_LINE + 1)],
}  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_a_made_up_backup_is_refused_in_words(sound, tmp_path, hostile):
    """
    However right its checksum is. Nothing of it is put anywhere, also not the meeting before the line at fault.
    """
    file = tmp_path / "a.backup"
    lines = lines_of(sound)[:-1]
    file.write_bytes(sealed([*lines, *HOSTILE[hostile]]))
    output = await ask("restore", "--data", tmp_path / "other", file, code=1)
    assert "can't be read" in output
    assert "Traceback" not in output
    assert not (tmp_path / "other" / "innspill.db").exists()


async def test_a_backup_brings_no_key_and_no_half_meeting(sound, tmp_path):
    """
    A key to open meetings with is not taken from a file. A meeting that can't be read is named and left out whole; the
    others come back.
    """
    lines = lines_of(sound)[:-1]
    bad = [line(room="31415926", events=1), line(event={"event": "slide-shown", "at": 2, "slide": "a"})]
    secret = line(secret="create-key", value="aGVtbWVsaWc=")
    file = tmp_path / "a.backup"
    file.write_bytes(sealed([lines[0], secret, *bad, *lines[1:]]))
    (tmp_path / "redis").mkdir()
    async with RedisServer(tmp_path / "redis") as redis:
        place = ("--redis", redis.url, "--data", tmp_path / "other")
        output = await ask("restore", *place, file)
        assert "hemmelig" != (await ask("key", *place)).strip()
        assert 1 == (await ask("rooms", *place)).count("\n")
    assert "Back: 1 meeting" in output
    assert "left out: 31415926" in output


async def test_a_backup_of_the_first_format_is_read(sound, tmp_path):
    body = [line.replace(b"backup/2", b"backup/1") for line in lines_of(sound)[:-1]]
    end = json.loads(lines_of(sound)[-1]) | {"end": sha256(b"".join(body)).hexdigest()}
    file = tmp_path / "one.backup"
    file.write_bytes(gzip.compress(b"".join([*body, json.dumps(end).encode() + b"\n"])))
    assert "Back: 1 meeting" in await ask("restore", "--data", tmp_path / "other", file)


async def test_the_drill_restores_the_newest(sound, tmp_path):
    data, folder = sound.parent / "data", tmp_path / "backups"
    for _ in range(4):
        await ask("backup", "--data", data, "--to", folder, "--keep", 2)
    kept = sorted(folder.glob("*.backup"))
    assert 2 == len(kept)
    output = await ask("drill", folder)
    assert output.startswith(kept[-1].name)
    assert re.search(r", taken \d{4}-\d\d-\d\d \d\d:\d\d UTC\n", output)
    assert "Back: 1 meeting with 0 answers." in output
    assert "There is no backup" in await ask("drill", data, code=1)


async def test_a_running_server_is_not_restored_into(sound, tmp_path):
    async with Server(tmp_path / "data"):
        assert "The server runs" in await ask("restore", "--data", tmp_path / "data", sound, code=1)


async def test_only_this_machine_takes_a_backup(tmp_path):
    async with Server(tmp_path / "data") as server:
        room = await server.open(SEMINAR)
        assert 403 == (await server.call("GET", "/api/backup", key=room.key))[0]


def test_where_to_is_asked_for(tmp_path):
    assert "Name either a FILE or a folder" in output_of("backup", code=2)
    assert "Name either a FILE or a folder" in output_of("backup", tmp_path / "a", "--to", tmp_path, code=2)
