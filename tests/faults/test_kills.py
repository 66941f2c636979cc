"""Whatever is killed, and however often an answer is sent: what was acked is there, once."""

import asyncio
import contextlib
import json
import os
import random
import secrets
import signal
import time

import pytest
from websockets.asyncio.client import connect

from tests.faults.checker import Note, Verdict, check
from tests.faults.conftest import judge, tell, writing
from tests.phones import Phone, hall

SECONDS = 1.0  # between two kills
PHONES = 50
EACH, AT_ONCE = 500, 40  # answers of one phone, phones at once
PAUSE_S = 0.06  # at most, between two answers of one phone


async def rush(room, phones: list[Phone], over: asyncio.Event) -> None:
    """Each phone writes the next answer soon after it has heard of the one before."""

    async def write(phone: Phone, chance: random.Random) -> None:
        while not over.is_set():
            await phone.send("a", f"Innspill {secrets.token_hex(4)}")
            await phone.until(lambda phone: not phone.waiting, 60)
            await asyncio.sleep(chance.uniform(0, PAUSE_S))

    await asyncio.gather(*(write(phone, random.Random(n)) for n, phone in enumerate(phones)))


async def burst(room, kill, kills: int, chance: random.Random) -> Verdict:
    """50 phones write while *kill* strikes again and again."""
    over = asyncio.Event()
    async with hall(room, PHONES) as phones:
        writing = asyncio.create_task(rush(room, phones, over))
        for _ in range(kills):
            await asyncio.sleep(SECONDS * chance.uniform(0.5, 1.5))
            await kill(chance)
        over.set()
        await asyncio.wait_for(writing, 60)
        return await judge(room, phones)


async def hurt(server, name: str, kill, kills: int, seed: int) -> None:
    """Burst after burst, a new meeting for every ten kills."""
    chance, total = random.Random(seed), Verdict(*[0] * len(Verdict._fields))
    for _ in range(kills // 10):
        verdict = await burst(await writing(server), kill, 10, chance)
        assert verdict.sound(), verdict
        total = Verdict(*map(sum, zip(total, verdict, strict=True)))
    tell(name, kills=kills, seed=seed, **total._asdict())
    assert total.acked > 50 * kills


sizes = pytest.mark.parametrize("kills", [10, pytest.param(70, marks=pytest.mark.soak)])


@sizes
@pytest.mark.timeout(1200)
async def test_the_embedded_server_is_killed_in_a_rush(serving, kills):
    server = await serving()

    async def kill(chance: random.Random) -> None:
        await server.kill()
        await server.start()

    await hurt(server, "1 sqlite server", kill, kills, seed=1)


@sizes
@pytest.mark.timeout(1200)
async def test_workers_are_killed_in_a_rush(serving, redis, kills):
    server = await serving(redis=redis.url, workers=2)

    async def kill(chance: random.Random) -> None:
        if pids := server.workers():
            os.kill(chance.choice(pids), signal.SIGKILL)

    await hurt(server, "1 workers", kill, kills, seed=2)


@sizes
@pytest.mark.timeout(1200)
async def test_redis_is_killed_in_a_rush(serving, redis, kills):
    server = await serving(redis=redis.url, workers=2)

    async def kill(chance: random.Random) -> None:
        await redis.kill()
        await redis.start()

    await hurt(server, "1 redis", kill, kills, seed=3)


@pytest.mark.parametrize("distinct", [20_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
@pytest.mark.timeout(3000)
async def test_sending_again_changes_nothing(serving, redis, distinct):
    """
    Every answer one to five times, shuffled, over two sockets on two workers and by POST: stored are the distinct ones.
    """
    one, two = await serving("one", redis.url), await serving("two", redis.url)
    room = await writing(one)
    chance = random.Random(4)
    told = []
    for _ in range(distinct // EACH // AT_ONCE):
        phones = (repeat(room, (one, two), random.Random(chance.random()), EACH) for _ in range(AT_ONCE))
        told += await asyncio.gather(*phones)
    verdict = check([note for notes in told for note in notes], await room.export("json"))
    tell("2 resend", **verdict._asdict())
    assert verdict.sound(), verdict
    assert distinct == verdict.stored == verdict.acked


async def repeat(room, servers, chance: random.Random, number: int) -> list[Note]:
    """One phone with a line to each server, and its POSTs."""
    notes = {
        id: Note(id, f"Innspill {id[:6]}", "") for id in (f"{chance.getrandbits(128):032x}" for _ in range(number))
    }
    sends = [id for id in notes for _ in range(chance.randint(1, 5))]
    chance.shuffle(sends)
    ways: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for id in sends:
        ways[chance.choices((0, 1, 2), (48, 48, 4))[0]].append(id)

    def said(id: str) -> dict:
        return {"type": "answer", "id": id, "activity": "a", "text": notes[id].text, "rev": 1}

    def heard(message: dict) -> None:
        assert "ack" == message["type"], message
        notes[message["id"]] = notes[message["id"]]._replace(heard=message["status"])

    async with contextlib.AsyncExitStack() as stack:
        lines, token = [], None
        for server in servers:
            line = await stack.enter_async_context(
                connect(f"{server.url.replace('http', 'ws')}/{room.code}/feed", compression=None)
            )
            await line.send(json.dumps({"type": "hello", "token": token}))
            token = json.loads(await line.recv())["token"]
            lines.append(line)

        async def by_socket(line, ids: list[str]) -> None:
            for start in range(0, len(ids), 50):
                for id in ids[start : start + 50]:
                    await line.send(json.dumps(said(id)))
                for _ in ids[start : start + 50]:
                    while (message := json.loads(await line.recv()))["type"] in ("view", "tick"):
                        pass
                    heard(message)

        async def by_post(ids: list[str]) -> None:
            for n, id in enumerate(ids):
                status, told = await servers[n % 2].call("POST", f"/{room.code}/answers", said(id), token)
                assert 200 == status, told
                heard(told)

        await asyncio.gather(by_socket(lines[0], ways[0]), by_socket(lines[1], ways[1]), by_post(ways[2]))
    return list(notes.values())


@pytest.mark.parametrize("number", [2_000, pytest.param(10_000, marks=pytest.mark.soak)])
@pytest.mark.timeout(600)
async def test_a_hall_comes_back_after_a_kill(serving, number):
    """
    Every phone has an answer acked and one on its way when the server is killed. All come back, to the same meeting,
    and no answer is lost or doubled.
    """
    server = await serving()
    room = await writing(server)
    async with hall(room, number) as phones:
        await asyncio.gather(*(phone.send("a", f"Før {n}") for n, phone in enumerate(phones)))
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting, 120) for phone in phones))
        for phone in phones:
            phone.heard.clear()
        sending = asyncio.gather(*(phone.send("a", f"Under {n}") for n, phone in enumerate(phones)))
        await server.kill()
        began = time.monotonic()
        await sending
        await server.start()
        back = sorted(await asyncio.gather(*(since(phone, began) for phone in phones)))
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting, 120) for phone in phones))
        steps = {message["step"] for phone in phones for message in phone.heard if message["type"] == "welcome"}
        verdict = await judge(room, phones)
    tell(
        "9 restart", phones=number, p50_s=round(back[number // 2], 2), p99_s=round(back[number * 99 // 100], 2),
        last_s=round(back[-1], 2), **verdict._asdict(),
    )  # fmt: skip
    assert 1 == len(steps)
    assert verdict.sound(), verdict
    assert 2 * number == verdict.stored


async def since(phone: Phone, began: float) -> float:
    await phone.until(lambda phone: any(message["type"] == "welcome" for message in phone.heard), 300)
    return time.monotonic() - began
