"""`innspill rooms` and `innspill doctor` leave nothing in memory, and one bad meeting stops no other."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.cli.test_checks import states, words
from tests.cli.test_cli import ask
from tests.journal.redis_server import RedisServer
from tests.meeting import SEMINAR, one
from tests.server_process import Server


class SqliteStore:
    """A data folder, and how one event in it is spoilt behind a server's back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.options: tuple[str, ...] = ()

    async def spoil(self, code: str) -> None:
        with contextlib.closing(sqlite3.connect(self._folder / "data" / "innspill.db")) as store, store:
            changed = store.execute("update events set body = ? where code = ? and position = 1", (b"{spoilt", code))
            assert 1 == changed.rowcount


class RedisStore:
    def __init__(self, server: RedisServer) -> None:
        self._server = server
        self.options = ("--redis", server.url)

    async def spoil(self, code: str) -> None:
        assert 0 == await self._server.ask("HSET", f"innspill:{{{code}}}:events", 1, "{spoilt")


@pytest.fixture(params=["sqlite", pytest.param("redis", marks=pytest.mark.soak)])
async def store(request, tmp_path):
    if request.param == "sqlite":
        yield SqliteStore(tmp_path)
    else:
        async with RedisServer(tmp_path / "redis") as server:
            yield RedisStore(server)


async def in_memory(server: Server) -> float:
    """How many rooms the server holds in memory."""
    _, told = await server.call("GET", "/metrics")
    return next(float(line.split()[1]) for line in told.decode().splitlines() if line.startswith("innspill_rooms "))


async def test_a_meeting_that_cannot_be_read_is_named_and_stops_no_other(tmp_path, store):
    """
    Beside a server that runs and without one. Nothing that is stored is told of it: it may be what somebody wrote.
    """
    data = tmp_path / "data"
    here = ("--data", data, *store.options)
    async with Server(data, "serve", *store.options) as server:
        sound, bad, ended = [await server.open(text) for text in (SEMINAR, one("open"), SEMINAR)]
        await sound.act("next")
        await ended.act("end")
    async with Server(data, "serve", *store.options) as server:
        assert [sound.code, bad.code, ended.code] == [
            line.split("  ")[0].replace(" ", "") for line in (await ask("rooms", *here)).splitlines()
        ]
        assert f"live now: {sound.code}" in words(await ask("doctor", *here), "store")
        assert 0 == await in_memory(server)
        await store.spoil(bad.code)
        beside = await ask("rooms", *here), await ask("doctor", *here, code=1)
        assert 0 == await in_memory(server)
    alone = await ask("rooms", *here), await ask("doctor", *here, code=1)

    for listed, looked in (beside, alone):
        lines = {line[:9].replace(" ", ""): line[11:] for line in listed.splitlines()}
        assert "slide     Nærdemokrati" in lines[sound.code]
        assert "ended     Nærdemokrati" in lines[ended.code]
        assert "unreadable  What is stored of it is damaged" in lines[bad.code]
        assert ("ok", "WRONG") == (states(looked)["store"], states(looked)["meeting"])
        assert f"{bad.code[:4]} {bad.code[4:]} can't be read. " in words(looked, "meeting")
        assert "innspill restore FILE --data FOLDER" in words(looked, "meeting")
        assert "spoilt" not in listed + looked
    assert f"live now: {sound.code}" in words(beside[1], "store")
    assert "3 meetings; no server runs" == words(alone[1], "store")
