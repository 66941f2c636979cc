"""Told to stop, a server first sends everybody off, records what they have sent, and says so. A real one, SIGTERM."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError

from tests.meeting import one
from tests.phones import hall
from tests.server_process import FreshServer, Server


@pytest.fixture
async def server(tmp_path, transport):
    async with FreshServer(tmp_path / "data", env=transport) as server:
        yield server


async def writing(server: Server):
    room = await server.open(one("open", "id=a many=100"))
    await room.act("start", activity="a")
    return room


@pytest.mark.parametrize("times", [2, pytest.param(10, marks=pytest.mark.soak)])
async def test_stopping_in_a_rush_loses_nothing(server, times):
    """
    Again and again, in the midst of thirty phones writing: every phone hears when to come again before its line ends,
    all at times of their own, and each answer that was acked is there, once.
    """
    room = await writing(server)
    async with hall(room, 30) as phones:
        pressed = 0

        async def write() -> None:
            nonlocal pressed
            for n in range(3):
                await asyncio.gather(
                    *(phone.send("a", f"Svar {pressed}/{n} fra {p}") for p, phone in enumerate(phones))
                )
                pressed += len(phones)

        for _ in range(times):
            writing_on = asyncio.create_task(write())
            await asyncio.sleep(0.02)
            await server.stop()
            assert 0 == server.process.returncode
            await writing_on
            await server.start()
            await asyncio.gather(*(phone.until(lambda phone: phone.here and not phone.waiting) for phone in phones))
        for phone in phones:
            assert times == sum(message["type"] == "bye" and message["why"] == "restart" for message in phone.received)
        rests = {message["retry_in"] for phone in phones for message in phone.received if message["type"] == "bye"}
        assert len(rests) > 5
        assert all(rest < 10_000 for rest in rests)
    stored = [row["text"] for row in (await room.export("json"))["answers"]]
    assert pressed == len(stored) == len(set(stored))


async def test_asked_twice_it_waits_for_nobody(server):
    """
    A phone that was told to go and stays holds the server up for a while; a second signal does not wait for it.
    """
    room = await writing(server)
    async with connect(f"{server.url.replace('http', 'ws')}/{room.code}/feed", compression=None) as stays:
        await stays.send('{"type":"hello"}')
        assert "welcome" == json.loads(await stays.recv())["type"]
        server.process.terminate()
        while "bye" != json.loads(await stays.recv())["type"]:
            pass
        server.process.terminate()
        with pytest.raises(ConnectionClosedError) as closed:
            await stays.recv()
    assert 1012 == closed.value.rcvd.code
    assert 0 == await server.process.wait()
