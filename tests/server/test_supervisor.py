"""Several workers on one Redis: one hall on all of them, whichever dies. Real processes, real signals."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from live.server import supervisor
from live.settings import read
from tests.journal.redis_server import RedisServer
from tests.meeting import one
from tests.phones import hall
from tests.server_process import FreshServer, Server

pytestmark = pytest.mark.usefixtures("counted_processes")

WORKERS = 2


@pytest.fixture
async def server(tmp_path):
    (tmp_path / "redis").mkdir()
    async with (
        RedisServer(tmp_path / "redis") as redis,
        FreshServer(tmp_path / "data", "serve", "--workers", str(WORKERS), env={"INNSPILL_REDIS": redis.url}) as server,
    ):
        yield server


async def all_there(server: Server) -> list[int]:
    async with asyncio.timeout(60):
        while len(server.workers()) < WORKERS:
            await asyncio.sleep(0.05)
    return server.workers()


async def writing(server: Server):
    room = await server.open(one("open", "id=a many=50"))
    await room.act("start", activity="a")
    return room


async def answers(room) -> list[str]:
    exported = await room.export("json")
    return [row["text"] for row in exported["answers"]]


@pytest.mark.soak
async def test_told_to_stop_all_leave_and_the_next_server_goes_on(server):
    room = await writing(server)
    pids = await all_there(server)
    async with hall(room, 20) as phones:
        await asyncio.gather(*(phone.send("a", f"Før {n}") for n, phone in enumerate(phones)))
        await server.stop()
        assert [] == [pid for pid in pids if Path(f"/proc/{pid}").exists()]
        await server.start()
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in phones))
    assert sorted(f"Før {n}" for n in range(20)) == sorted(await answers(room))


async def test_workers_leave_when_nobody_watches_over_them(server):
    pids = await all_there(server)
    server.process.send_signal(signal.SIGKILL)
    await server.process.wait()
    async with asyncio.timeout(60):
        while any(Path(f"/proc/{pid}").exists() for pid in pids):
            await asyncio.sleep(0.05)


@pytest.mark.waits
async def test_a_worker_that_hangs_is_killed_and_started_again(server):
    """
    Its phones would wait for an answer that never comes; what they hold goes through on the next. They may all be
    another's: who takes a connection is the system's choice.
    """
    room = await writing(server)
    hung = (await all_there(server))[0]
    try:
        async with hall(room, 20) as phones:
            os.kill(hung, signal.SIGSTOP)
            await asyncio.gather(*(phone.send("a", f"Svar {n}") for n, phone in enumerate(phones)))
            await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in phones))
        async with asyncio.timeout(60):
            while hung in server.workers():
                await asyncio.sleep(0.1)
        assert hung not in await all_there(server)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(hung, signal.SIGCONT)
    assert sorted(f"Svar {n}" for n in range(20)) == sorted(await answers(room))


def test_a_worker_may_take_longer_to_start_than_to_answer(monkeypatch, tmp_path):
    """
    A machine that is busy with much else gets its server all the same, later.
    """
    now, killed = 1000.0, []

    class Process(SimpleNamespace):
        def start(self) -> None:
            pass

        def kill(self) -> None:
            killed.append(now)

    monkeypatch.setattr(supervisor, "time", SimpleNamespace(monotonic=lambda: now))
    monkeypatch.setattr(supervisor._spawn, "Process", Process)
    worker = supervisor._Worker(read({}, data=tmp_path), None, 0)
    worker.start()
    with worker.pipe:
        now += supervisor.HANGS_S + 1
        worker.kill_if_hung()
        assert [] == killed
        worker.receive()
        now += supervisor.HANGS_S + 1
        worker.kill_if_hung()
        assert [now] == killed


async def test_a_revoked_link_ends_on_every_worker(server):
    """
    Consoles on all workers lose their seats when the links end, whichever worker was told.
    """
    room = await writing(server)
    async with contextlib.AsyncExitStack() as stack:
        headers = {"Authorization": f"Bearer {room.key}"}
        url = f"{server.url.replace('http', 'ws')}/{room.code}/feed?face=console"
        sockets = []
        for _ in range(8):  # each says hello at once: who waits with it is cut off
            sockets.append(socket := await stack.enter_async_context(connect(url, additional_headers=headers)))
            await socket.send('{"type":"hello"}')
            assert "welcome" == json.loads(await socket.recv())["type"]
        done = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "live", "revoke", room.code, "--data", str(server.data)), cwd=Path.cwd()
        )
        assert 0 == await done.wait()
        for socket in sockets:
            said = []
            async with asyncio.timeout(60):
                with contextlib.suppress(ConnectionClosed):
                    async for text in socket:
                        said.append(json.loads(text))
            assert ("bye", "revoked") == (said[-1]["type"], said[-1]["why"])
