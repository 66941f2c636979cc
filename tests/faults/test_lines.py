"""Lines that lose, hold back and break off what they carry: what a phone was told is there once, by socket or POST."""

import asyncio
import contextlib
import random
import secrets

import pytest

from tests.faults.conftest import judge, report_counts, writing
from tests.faults.proxy import DOWN, UP, Proxy, proxy
from tests.phones import Phone, Poster, hall

PAUSE_S = 0.3  # at most, between two answers of one phone
HELD_S = 2.5  # longer than a phone waits before it sends again
PATIENCE_S = 60  # until every strike has fallen, and something was sent again


async def swallow(link: Proxy) -> None:
    """The server heard, and its reply is lost with the line."""
    link.swallow = True


async def break_off(link: Proxy) -> None:
    """Each line breaks in the midst of some reply."""
    link.cut_after = link.random.randint(200, 4_000)


async def hold_back(link: Proxy) -> None:
    """The line stands, and one way or both nothing moves; later all of it comes at once, after it was sent again."""
    link.still = {UP, DOWN} if link.random.random() < 0.3 else {link.random.choice((UP, DOWN))}
    await asyncio.sleep(HELD_S)
    link.still.clear()


async def hold_and_cut(link: Proxy) -> None:
    """Half open: for a while nothing moves, and then it is gone with what was on its way."""
    link.still = {link.random.choice((UP, DOWN))}
    await asyncio.sleep(HELD_S)
    link.cut()
    link.still.clear()


STRIKES = {it.__name__ for it in (swallow, break_off, hold_back, hold_and_cut)}


async def trouble(link: Proxy, counts: dict[str, int]) -> None:
    while True:
        strike = link.random.choice((swallow, swallow, break_off, hold_back, hold_and_cut))
        counts[strike.__name__] = counts.get(strike.__name__, 0) + 1
        await strike(link)
        await asyncio.sleep(link.random.uniform(0.1, 0.5))
        link.cut_after = None


async def write(phone: Phone, chance: random.Random, over: asyncio.Event) -> None:
    while not over.is_set():
        await phone.send("a", f"Innspill {secrets.token_hex(4)}")
        await asyncio.sleep(chance.uniform(0, PAUSE_S))


def known_already(phones: list[Phone]) -> int:
    return sum(note.received == "duplicate" for phone in phones for note in phone.notes.values())


@pytest.mark.parametrize("seconds", [0, pytest.param(120, marks=pytest.mark.soak)])
async def test_bad_lines_lose_and_double_nothing(serving, seconds):
    """
    Half the phones speak by socket, half by POST; nobody waits for an ack before writing on. It goes on until every
    strike has fallen and some answer was known already when it came again, and for *seconds* at least.
    """
    server = await serving()
    room = await writing(server)
    counts: dict[str, int] = {}
    over = asyncio.Event()
    async with contextlib.AsyncExitStack() as stack:
        links = [await stack.enter_async_context(proxy(server.port, seed)) for seed in (21, 22, 23, 24)]
        urls = [f"http://127.0.0.1:{link.port}" for link in links]
        phones = await stack.enter_async_context(hall(room, 20, *urls[:2]))
        phones += await stack.enter_async_context(hall(room, 20, *urls[2:], kind=Poster))
        troubles = [asyncio.create_task(trouble(link, counts)) for link in links]
        writers = [asyncio.create_task(write(phone, random.Random(n), over)) for n, phone in enumerate(phones)]
        await asyncio.sleep(seconds)
        async with asyncio.timeout(PATIENCE_S):
            while not (STRIKES <= counts.keys() and known_already(phones)):
                await asyncio.sleep(0.1)
        over.set()
        for task in troubles:
            task.cancel()
        await asyncio.gather(*troubles, return_exceptions=True)
        for link in links:
            link.still.clear()
            link.cut_after = None
        await asyncio.gather(*writers)
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in phones))
        again = known_already(phones)
        verdict = await judge(room, phones)
    report_counts("1 bad lines", seconds=seconds, **counts, sent_again=again, **verdict._asdict())
    assert verdict.sound(), verdict
    assert verdict.pressed == verdict.stored
    assert all(phone.acked for phone in phones)
    assert again
    assert counts.keys() == STRIKES
