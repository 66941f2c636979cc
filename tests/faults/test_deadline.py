"""Everybody presses in the last second, on lines of every speed: what each phone is told is what the journal holds."""

import asyncio
import random

import pytest

from tests.faults.conftest import judge, report_counts, writing
from tests.faults.proxy import UP, proxy
from tests.phones import hall

LAST_S, SLOWEST_S = 3, 3.0


@pytest.mark.waits
@pytest.mark.parametrize("number", [60, *(pytest.param(n, marks=pytest.mark.soak) for n in (300, 1_000))])
async def test_badge_and_journal_agree(serving, number):
    """
    Answers leave within the last second before it closes and are up to three seconds on their way; what comes more than
    two seconds after the close came too late. Then every line is cut once, so that much is sent again.
    """
    chance = random.Random(8)
    server = await serving()
    room = await writing(server, "choice", "id=a", "- Ja\n- Nei")
    async with proxy(server.port, seed=9) as between:
        between.delay[UP] = lambda random: random.uniform(0, SLOWEST_S)
        async with hall(room, number, f"http://127.0.0.1:{between.port}") as phones:

            async def press(phone) -> None:
                await asyncio.sleep(LAST_S - chance.random())
                await phone.send("a", "Ja", value=["a"])

            await room.act("close_in", seconds=LAST_S)
            await asyncio.gather(*(press(phone) for phone in phones))
            await asyncio.sleep(SLOWEST_S)
            between.cut()
            await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in phones))
            verdict = await judge(room, phones)
            late = sum(note.received == "late" for phone in phones for note in phone.notes.values())
    report_counts("8 deadline", seed=8, late=late, **verdict._asdict())
    assert verdict.sound(), verdict
    assert number == verdict.pressed == verdict.stored
    assert 0 < late < number
