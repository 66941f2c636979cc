"""Downloads that nobody waits for, and files that were tampered with: nothing is left over of either."""

import asyncio
import json
import time
from pathlib import Path

import msgspec
import pytest

from live import exports
from live.errors import ImportRefused
from live.room import Room
from live.runtime import Registry
from tests.exports.test_json_import import exported
from tests.meeting import JOIN, START, Meeting, answer_id, one
from tests.runtime.test_canary import in_redis, in_sqlite
from tests.runtime.test_registry import HandClock
from tests.server_process import Server

MANY = 2000  # answers, of which a PDF takes far longer than hanging up


def large() -> bytes:
    at = Meeting(one("open", "id=a many=1000"))
    at.act("start", activity="a")
    for n in range(MANY):
        at.answer(f"{n % 50:032x}", f"{n}", "a", f"Blåbærtur nummer {n}, om ikke vi får lys i løypa først")
    today = Room("25054015")
    for event in at.events:
        today.apply(msgspec.structs.replace(event, at=event.at - START + time.time_ns() // 1_000_000))
    return exports.export(today, "json")


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


async def until(pid: int, *, any: bool) -> None:
    async with asyncio.timeout(60):
        while bool(children(pid)) != any:
            await asyncio.sleep(0.01)


async def test_a_download_that_is_broken_off_is_made_no_further(tmp_path, counted):
    """
    The one who asked closes the lid: the copy of the server that wrote the file ends, no file lies about, the next
    download is made, and the log has no fault.
    """
    async with Server(tmp_path / "data", env=counted) as server:
        key = (server.data / "create-key").read_text("ascii").strip()
        status, opened = await server.call("POST", "/api/rooms", json.loads(large()), key)
        assert 201 == status
        before = {path.name for path in server.data.iterdir()}
        for _ in range(2):
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            asked = f"GET /api/rooms/{opened['code']}/export.pdf HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            writer.write(f"{asked}Authorization: Bearer {opened['facilitator_key']}\r\n\r\n".encode())
            await until(server.process.pid, any=True)
            writer.transport.abort()
            await until(server.process.pid, any=False)
        path = f"/api/rooms/{opened['code']}/export.csv"
        status, table = await server.call("GET", path, key=opened["facilitator_key"])
        assert (200, 1 + MANY) == (status, table.count(b"\r\n"))
        assert before == {path.name for path in server.data.iterdir()}
        assert "Traceback" not in server.log()


def of_one_byte(body: bytes) -> bytes:
    at = body.rindex(b"Flere benker")
    return body[:at] + b"f" + body[at + 1 :]


def of_one_answer(body: bytes) -> bytes:
    exported = json.loads(body)
    exported["answers"][1]["text"] = exported["answers"][1]["shown_text"] = "Noe annet"
    return json.dumps(exported).encode()


@pytest.mark.parametrize("store", [in_sqlite, in_redis])
async def test_of_a_file_that_was_edited_nothing_is_taken_in(tmp_path, store):
    """
    A byte, an answer, or the end of it: the place is told, and there is no meeting, no date and no key of it.
    """
    whole = exported()
    async with store(tmp_path / "data") as (journal, _), Registry(journal, HandClock(), lambda code: JOIN) as rooms:
        for spoilt, place in (
            (of_one_byte(whole), "Number 1 of `answers`"),
            (of_one_answer(whole), f"Number 2 of `answers` ({answer_id('to')})"),
            (whole[: len(whole) * 2 // 3], "stops in line"),
        ):
            with pytest.raises(ImportRefused) as refused:
                await rooms.open_from_export(spoilt)
            assert place in str(refused.value)
            assert ([], []) == (await journal.rooms(), await journal.due(2**62))
        await rooms.open_from_export(whole)
        assert 1 == len(await journal.rooms())
