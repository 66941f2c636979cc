"""What every engine promises those who follow a room while it is written to."""

import asyncio
from contextlib import aclosing

import pytest

from tests.journal.facts import BEGUN, CODE, begin, numbered, sent, shown


async def test_a_follower_misses_nothing_and_sees_nothing_twice(journal):
    """A screen that joins in the middle of the rush shows just what one that was there all along does."""
    step = await begin(journal)

    async def phones(first: int) -> None:
        for n in range(first, first + 50):
            await journal.append(CODE, [sent(str(n))], step=step)

    async def take(after: int) -> list:
        async with aclosing(journal.follow(CODE, after=after)) as events:
            return [await anext(events) for _ in range(after, 151)]

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        early = tasks.create_task(take(0))
        for first in (0, 50):
            tasks.create_task(phones(first))
        await phones(100)
        late = tasks.create_task(take(60))

    everything = await journal.read(CODE)
    assert 151 == len(everything)
    assert everything == early.result()
    assert everything[60:] == late.result()


async def test_a_waiting_follower_hears_at_once(journal):
    step = await begin(journal)
    async with asyncio.timeout(60), aclosing(journal.follow(CODE)) as one, aclosing(journal.follow(CODE)) as two:
        assert [(1, BEGUN), (1, BEGUN)] == await asyncio.gather(anext(one), anext(two))
        for position in (2, 3):
            waiting = asyncio.gather(anext(one), anext(two))
            await journal.append(CODE, [sent(str(position))], step=step)
            assert [(position, sent(str(position)))] * 2 == await waiting


async def test_a_follower_that_leaves_is_not_missed(journal):
    """A closed laptop takes nothing from those who stay."""
    step = await begin(journal)
    async with asyncio.timeout(60), aclosing(journal.follow(CODE, after=1)) as stays:
        leaves = asyncio.ensure_future(anext(journal.follow(CODE, after=1)))
        waiting = asyncio.ensure_future(anext(stays))
        await journal.top(CODE)
        leaves.cancel()
        await journal.append(CODE, [sent("a")], step=step)
        assert (2, sent("a")) == await waiting


async def test_an_append_given_up_is_recorded_and_heard_of(journal):
    """The phone's connection broke in mid-send. Its answer counts, and the screen shows it."""
    step = await begin(journal)
    async with asyncio.timeout(60), aclosing(journal.follow(CODE, after=1)) as events:
        heard = asyncio.ensure_future(anext(events))
        sending = asyncio.ensure_future(journal.append(CODE, [sent("a")], step=step))
        await asyncio.sleep(0)  # it has begun
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending

        assert (2, sent("a")) == await heard
        assert numbered(BEGUN, sent("a")) == await journal.read(CODE)


async def test_following_ends_when_the_room_is_deleted(journal):
    """Every screen lets go, instead of standing there with the answers of a meeting that no longer exists."""
    await begin(journal)

    async def rest() -> list:
        return [event async for event in journal.follow(CODE, after=1)]

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        followers = [tasks.create_task(rest()) for _ in range(2)]
        for _ in range(2):  # meanwhile they have read, and wait
            await journal.top(CODE)
        await journal.delete(CODE)

    assert [[], []] == [follower.result() for follower in followers]


async def test_a_follower_does_not_stray_into_the_next_room_with_the_code(journal):
    """Deleted, and the code given to another meeting, between two looks: nobody is moved over to strangers."""
    await begin(journal)
    async with asyncio.timeout(60), aclosing(journal.follow(CODE)) as events:
        assert (1, BEGUN) == await anext(events)
        await journal.delete(CODE)
        await journal.create(CODE, [BEGUN, shown(2), shown(3)])

        assert [] == [event async for event in events]
