"""The store stands still, or has no disk left: phones are told, nothing is acked falsely, and it heals by itself."""

import asyncio
import contextlib
import random
import resource
import signal
import sqlite3
import time

import pytest

from live.journal.sqlite_file import FILE
from tests.faults.conftest import judge, report_counts, writing
from tests.phones import Phone, hall

SPACE = 250_000  # bytes of one file
MOST_WAITING = 500
PATIENCE_S = 60


@pytest.mark.waits
@pytest.mark.parametrize("seconds", [0, pytest.param(12, marks=pytest.mark.soak)])
async def test_a_store_that_stands_still(serving, redis, seconds):
    """
    Until every phone has been told, and for *seconds* at least. Nothing is acked meanwhile and the phones hear that the
    store does not answer; what it does with the commands it finds when it wakes counts once.
    """
    server = await serving(redis=redis.url)
    room = await writing(server)
    async with hall(room, 20) as phones:
        await asyncio.gather(*(phone.send("a", "Før") for phone in phones))
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in phones))
        redis.process.send_signal(signal.SIGSTOP)
        await asyncio.gather(*(phone.send("a", "Under") for phone in phones))
        await asyncio.sleep(seconds)
        await asyncio.gather(*(phone.until(lambda phone: phone.errors, PATIENCE_S) for phone in phones))
        assert {20} == {sum(len(phone.acked) for phone in phones)}
        assert {"storage"} == {error["code"] for phone in phones for error in phone.errors}
        redis.process.send_signal(signal.SIGCONT)
        began = time.monotonic()
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting, PATIENCE_S) for phone in phones))
        took = time.monotonic() - began
        verdict = await judge(room, phones)
    report_counts("6 stall", seconds=seconds, healed_after_s=round(took, 1), **verdict._asdict())
    assert verdict.sound(), verdict
    assert 40 == verdict.stored


def told_of_a_stall(phone: Phone) -> bool:
    """What the newest message that can tell of it says."""
    telling = [message for message in phone.received if message["type"] in ("tick", "view", "welcome")]
    return bool(telling) and telling[-1].get("stalled", False)


@pytest.mark.waits
@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.soak)])
async def test_a_store_that_stands_still_is_told_of_before_anybody_sends(serving, redis, workers):
    """
    A hall that only listens is told, on every worker, and so is one who comes meanwhile. It is taken back when the
    store answers again.
    """
    server = await serving(redis=redis.url, workers=workers)
    room = await writing(server)
    async with hall(room, 6) as phones:
        assert not any(map(told_of_a_stall, phones))
        redis.process.send_signal(signal.SIGSTOP)
        await asyncio.gather(*(phone.until(told_of_a_stall, PATIENCE_S) for phone in phones))
        assert not any(phone.errors for phone in phones)
        redis.process.send_signal(signal.SIGCONT)
        await asyncio.gather(*(phone.until(lambda phone: not told_of_a_stall(phone), PATIENCE_S) for phone in phones))


@pytest.mark.waits
async def test_who_sends_is_told_that_the_store_stands_still_before_the_answer_fails(serving, redis):
    """
    Also those whose answers wait behind the first batch: no phone hears `storage` before it is told in words.
    """
    server = await serving(redis=redis.url)
    room = await writing(server)
    async with hall(room, 20) as phones:
        redis.process.send_signal(signal.SIGSTOP)
        await asyncio.gather(*(phone.send("a", "Under") for phone in phones))
        await asyncio.gather(*(phone.until(lambda phone: phone.errors, PATIENCE_S) for phone in phones))
        for phone in phones:
            heard = ["stalled" if "stalled" in message else message["type"] for message in phone.received]
            assert heard.index("stalled") < heard.index("error")
        redis.process.send_signal(signal.SIGCONT)
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting, PATIENCE_S) for phone in phones))
        await asyncio.gather(*(phone.until(lambda phone: not told_of_a_stall(phone), PATIENCE_S) for phone in phones))


@pytest.mark.waits
async def test_a_file_that_another_program_holds_is_told_of(serving, tmp_path):
    """
    As when somebody looks into the embedded store with a tool that locks it. Nothing is sent after it is let go, and
    still it is taken back.
    """
    server = await serving()
    room = await writing(server)
    async with hall(room, 3) as phones:
        with contextlib.closing(sqlite3.connect(tmp_path / "data" / FILE, isolation_level=None)) as tool:
            tool.execute("begin immediate")
            await phones[0].send("a", "Under")
            await asyncio.gather(*(phone.until(told_of_a_stall, PATIENCE_S) for phone in phones))
            await phones[0].until(lambda phone: phone.errors, PATIENCE_S)
            phones[0].waiting.clear()  # its owner has given up
        await asyncio.gather(*(phone.until(lambda phone: not told_of_a_stall(phone), PATIENCE_S) for phone in phones))


@pytest.mark.parametrize("engine", [pytest.param("redis", marks=pytest.mark.soak), "sqlite"])
async def test_a_disk_without_space(serving, redis, engine):
    """
    The store may write no further: Redis leaves, SQLite refuses. With space again, and Redis started again, all that
    phones hold goes through.
    """
    server = await serving(redis=redis.url if engine == "redis" else "")
    room = await writing(server)
    process = redis.process if engine == "redis" else server.process
    _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    chance = random.Random(6)
    async with hall(room, 20) as phones:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (SPACE, most))
        full = asyncio.create_task(process.wait()) if engine == "redis" else None
        while not (full.done() if full else any(phone.errors for phone in phones)):
            await asyncio.sleep(0.001)
            if sum(len(phone.waiting) for phone in phones) < MOST_WAITING:  # a hall's worth, all sent again together
                await chance.choice(phones).send("a", "Lytt før dere bestemmer." * 8)
        async with asyncio.timeout(PATIENCE_S):
            while not any(phone.errors for phone in phones):
                await asyncio.sleep(0.02)
        waiting = sum(len(phone.waiting) for phone in phones)
        await asyncio.gather(*(phone.until(told_of_a_stall, PATIENCE_S) for phone in phones))
        if full:
            await redis.start()
        else:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))
        began = time.monotonic()
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting, PATIENCE_S) for phone in phones))
        took = time.monotonic() - began
        await asyncio.gather(*(phone.until(lambda phone: not told_of_a_stall(phone), PATIENCE_S) for phone in phones))
        verdict = await judge(room, phones)
    report_counts(f"6 disk full {engine}", waited=waiting, healed_after_s=round(took, 1), **verdict._asdict())
    assert waiting
    assert verdict.sound(), verdict
