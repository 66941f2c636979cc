"""Lines that lose, hold back and break off what they carry: what a phone was told is there once, by socket or POST."""

import asyncio
import contextlib
import random
import secrets

import pytest

from tests.faults.conftest import judge, tell, writing
from tests.faults.proxy import DOWN, UP, Proxy, proxy
from tests.phones import Phone, Poster, hall

PAUSE_S = 0.3  # at most, between two answers of one phone
HELD_S = 2.5  # longer than a phone waits before it sends again


async def swallow(line: Proxy) -> None:
    """The server heard, and its reply is lost with the line."""
    line.swallow = True


async def break_off(line: Proxy) -> None:
    """Each line breaks in the midst of some reply."""
    line.cut_after = line.random.randint(200, 4_000)


async def hold_back(line: Proxy) -> None:
    """The line stands, and one way or both nothing moves; later all of it comes at once, after it was sent again."""
    line.still = {UP, DOWN} if line.random.random() < 0.3 else {line.random.choice((UP, DOWN))}
    await asyncio.sleep(HELD_S)
    line.still.clear()


async def hold_and_cut(line: Proxy) -> None:
    """Half open: for a while nothing moves, and then it is gone with what was on its way."""
    line.still = {line.random.choice((UP, DOWN))}
    await asyncio.sleep(HELD_S)
    line.cut()
    line.still.clear()


async def trouble(line: Proxy, counts: dict[str, int]) -> None:
    while True:
        strike = line.random.choice((swallow, swallow, break_off, hold_back, hold_and_cut))
        counts[strike.__name__] = counts.get(strike.__name__, 0) + 1
        await strike(line)
        await asyncio.sleep(line.random.uniform(0.1, 0.5))
        line.cut_after = None


async def write(phone: Phone, chance: random.Random, over: asyncio.Event) -> None:
    while not over.is_set():
        await phone.send("a", f"Innspill {secrets.token_hex(4)}")
        await asyncio.sleep(chance.uniform(0, PAUSE_S))


@pytest.mark.parametrize("seconds", [10, pytest.param(120, marks=pytest.mark.soak)])
@pytest.mark.timeout(300)
async def test_bad_lines_lose_and_double_nothing(serving, seconds):
    """Half the phones speak by socket, half by POST; nobody waits for an ack before writing on."""
    server = await serving()
    room = await writing(server)
    counts: dict[str, int] = {}
    over = asyncio.Event()
    async with contextlib.AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(proxy(server.port, seed)) for seed in (21, 22, 23, 24)]
        urls = [f"http://127.0.0.1:{line.port}" for line in lines]
        phones = await stack.enter_async_context(hall(room, 20, *urls[:2]))
        phones += await stack.enter_async_context(hall(room, 20, *urls[2:], kind=Poster))
        troubles = [asyncio.create_task(trouble(line, counts)) for line in lines]
        writers = [asyncio.create_task(write(phone, random.Random(n), over)) for n, phone in enumerate(phones)]
        await asyncio.sleep(seconds)
        over.set()
        for task in troubles:
            task.cancel()
        await asyncio.gather(*troubles, return_exceptions=True)
        for line in lines:
            line.still.clear()
            line.cut_after = None
        await asyncio.gather(*writers)
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting, 60) for phone in phones))
        again = sum(note.heard == "duplicate" for phone in phones for note in phone.notes.values())
        verdict = await judge(room, phones)
    tell("1 bad lines", seconds=seconds, **counts, sent_again=again, **verdict._asdict())
    assert verdict.sound(), verdict
    assert verdict.pressed == verdict.stored
    assert all(phone.acked for phone in phones)
    assert again
    assert {it.__name__ for it in (swallow, break_off, hold_back, hold_and_cut)} == counts.keys()
