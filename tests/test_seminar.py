"""The seminar from its text file to its export, on a real server with real connections."""

import asyncio
import contextlib
import json
import time

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.journal.redis_server import RedisServer
from tests.meeting import SEMINAR
from tests.phones import hall
from tests.server_process import Open, Server


@pytest.fixture(scope="module", params=["sqlite", "redis"])
async def server(request, tmp_path_factory):
    """One server for all tests below, each with rooms of its own; a test that kills it starts it again."""
    tmp_path = tmp_path_factory.mktemp(request.param)
    async with contextlib.AsyncExitStack() as stack:
        env = {}
        if request.param == "redis":
            (tmp_path / "redis").mkdir()
            redis = await stack.enter_async_context(RedisServer(tmp_path / "redis"))
            env["INNSPILL_REDIS"] = redis.url
        yield await stack.enter_async_context(Server(tmp_path / "data", env=env))


async def to_writing(room: Open) -> None:
    await room.act("goto", slide=23)
    await room.act("next")
    assert "write" == (await room.act("next"))["state"]


async def test_the_seminar_from_file_to_export(server):
    """Thirty-seven presses, twenty phones with three answers each, and an export with each answer exactly once."""
    room = await server.open(SEMINAR)
    async with hall(room, 20) as phones:
        states = []
        while not states or states[-1] != "ended":
            states.append((await room.act("next"))["state"])
            if states[-1] == "write":
                await asyncio.gather(*(phone.until(lambda one: one.view["state"] == "write") for phone in phones))
                for number, phone in enumerate(phones):
                    for which in range(3):
                        await phone.send("viktigst", f"Innspill {which} fra {number}")
                await asyncio.gather(*(phone.until(lambda one: len(one.acked) == 3) for phone in phones))
        await asyncio.gather(*(phone.until(lambda one: one.view["state"] == "ended") for phone in phones))

    assert 37 == len(states)
    acked = sorted(text for phone in phones for text in phone.acked.values())
    exported = await room.export("json")
    rows = exported["answers"]
    assert acked == sorted(row["text"] for row in rows)
    assert 60 == len({row["answer_id"] for row in rows})


async def test_a_killed_server_comes_back_with_room_timer_and_every_acked_answer(server):
    """After kill -9 while people write, the phones go on by themselves, and every answer that was acked is there."""
    room = await server.open(SEMINAR)
    await to_writing(room)
    await room.act("close_in", seconds=600)
    deadline = (await room.show())["deadline"]
    async with hall(room, 10) as phones:
        await asyncio.gather(*(phone.send("viktigst", f"før {n}") for n, phone in enumerate(phones)))
        await asyncio.gather(*(phone.until(lambda one: one.acked) for phone in phones))
        flood = [phone.send("viktigst", f"midt i {n}") for n, phone in enumerate(phones)]
        await asyncio.gather(*flood[:5])
        await server.kill()
        await asyncio.gather(*flood[5:])
        await server.start()
        await asyncio.gather(*(phone.until(lambda one: len(one.acked) == 2) for phone in phones))

    after = await room.show()
    assert ("write", deadline) == (after["state"], after["deadline"])
    exported = sorted(text for phone in phones for text in phone.acked.values())
    assert exported == sorted(row["text"] for row in (await room.export("json"))["answers"])


async def test_a_timer_that_ran_out_while_the_server_was_down_closed_at_its_own_time(server):
    room = await server.open(SEMINAR)
    await to_writing(room)
    await room.act("close_in", seconds=1)
    deadline = (await room.show())["deadline"]
    await server.kill()
    while time.time() * 1000 <= deadline:
        await asyncio.sleep(0.05)
    await server.start()
    view = await room.show()
    assert ("closed", deadline + 30_000) == (view["state"], view["grace_until"])


async def test_a_timer_closes_while_people_write(server):
    room = await server.open(SEMINAR)
    await to_writing(room)
    async with hall(room, 2) as phones:
        await room.act("close_in", seconds=1)
        await asyncio.gather(*(phone.until(lambda one: one.view["state"] == "closed") for phone in phones))


async def test_a_stale_press_changes_nothing(server):
    """Two consoles pressed Next on the same slide: the room moves once, and the later press hears of it."""
    room = await server.open(SEMINAR)
    step = (await room.act("next"))["step"]
    path = f"/api/rooms/{room.code}/actions"
    presses = [server.call("POST", path, {"do": "next", "if_step": step}, room.key) for _ in range(10)]
    statuses = sorted(status for status, _ in await asyncio.gather(*presses))
    assert [200] + [409] * 9 == statuses
    assert step + 1 == (await room.show())["step"]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("ikke json", "bad"),
        ("[1,2]", "bad"),
        ('{"type":"ukjent"}', "bad"),
        ('{"type":"answer","id":"kort","activity":"viktigst","text":"hei"}', "bad"),
        ('{"type":"answer","id":"%s","activity":"finnes-ikke","text":"hei"}' % ("a" * 32), "unknown-activity"),
        ('{"type":"answer","id":"%s","activity":"viktigst","text":"hei"}' % ("b" * 32), "closed"),
        ('{"type":"heads","n":99}', "bad"),
    ],
)
async def test_bad_frames_get_a_code_and_the_socket_lives(server, frame, code):
    room = await server.open(SEMINAR)
    async with connect(server.url.replace("http", "ws") + f"/{room.code}/feed", compression=None) as socket:
        await socket.send('{"type":"hello"}')
        assert "welcome" == json.loads(await socket.recv())["type"]
        await socket.send(frame)
        assert code == json.loads(await socket.recv())["code"]
        await socket.send('{"type":"probe","t0":7}')
        assert 7 == json.loads(await socket.recv())["t0"]


async def test_screens_and_consoles_need_their_key(server):
    room = await server.open(SEMINAR)
    for face, key, right in (("console", "", False), ("console", room.screen_key, False), ("screen", "", False),
                             ("screen", room.screen_key, True), ("console", room.key, True)):  # fmt: skip
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        url = server.url.replace("http", "ws") + f"/{room.code}/feed?face={face}"
        async with connect(url, compression=None, additional_headers=headers) as socket:
            with contextlib.suppress(ConnectionClosed):
                await socket.send('{"type":"hello"}')
            reply = json.loads(await socket.recv())
            assert ("welcome" if right else "error") == reply["type"], (face, reply)


async def test_hostile_origins_are_refused(server):
    room = await server.open(SEMINAR)
    for origin in ("https://evil.example", "null", server.url + ".evil.example"):
        url = server.url.replace("http", "ws") + f"/{room.code}/feed"
        with pytest.raises(InvalidStatus) as refused:
            async with connect(url, compression=None, origin=origin):
                pass
        assert 403 == refused.value.response.status_code
    async with connect(server.url.replace("http", "ws") + f"/{room.code}/feed", origin=server.url) as socket:
        await socket.send('{"type":"hello"}')
        assert "welcome" == json.loads(await socket.recv())["type"]


async def test_the_screen_follows_within_the_second(server):
    room = await server.open(SEMINAR)
    await to_writing(room)
    url = server.url.replace("http", "ws") + f"/{room.code}/feed?face=screen"
    async with (
        connect(url, compression=None, additional_headers={"Authorization": f"Bearer {room.screen_key}"}) as screen,
        hall(room, 5) as phones,
    ):
        await screen.send('{"type":"hello"}')
        for phone in phones:
            await phone.send("viktigst", "Møt folk på butikken")
        async with asyncio.timeout(60):
            while True:
                message = json.loads(await screen.recv())
                counts = message.get("view", {}).get("counts", {})
                if (counts.get("phones"), counts.get("answers"), counts.get("answered")) == (5, 5, 5):
                    break
        assert message["view"]["results"] is None
        await room.act("close")
        await room.act("reveal")
        async with asyncio.timeout(60):
            while (message := json.loads(await screen.recv())).get("view", {}).get("state") != "results":
                pass
        assert 5 == message["view"]["results"]["cards_total"]
