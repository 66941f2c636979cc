"""The store stands still, or has no disk left: phones are told, nothing is acked falsely, and it heals by itself."""

import asyncio
import random
import resource
import signal
import time

import pytest

from tests.faults.conftest import judge, report_counts, writing
from tests.phones import hall

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


@pytest.mark.parametrize("engine", ["redis", "sqlite"])
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
        if full:
            await redis.start()
        else:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))
        began = time.monotonic()
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting, PATIENCE_S) for phone in phones))
        took = time.monotonic() - began
        verdict = await judge(room, phones)
    report_counts(f"6 disk full {engine}", waited=waiting, healed_after_s=round(took, 1), **verdict._asdict())
    assert waiting
    assert verdict.sound(), verdict
