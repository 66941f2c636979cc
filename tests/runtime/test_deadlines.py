"""When a timer rings is stored as the room last had it, in whatever order that reaches the store."""

import asyncio

from live.journal.redis_engine import open_redis
from live.rules import commands
from live.runtime import Registry
from tests.faults.proxy import proxy
from tests.journal.redis_server import RedisServer
from tests.meeting import JOIN
from tests.runtime.test_registry import HandClock, writing


async def test_a_timer_that_was_stored_late_does_not_come_back(tmp_path):
    """
    A question with a timer is opened and closed, and the first of the two is held up on the way to Redis until the
    second is there. Without an order a row would stay for a timer that nobody runs.
    """
    async with RedisServer(tmp_path / "redis") as redis, proxy(redis.port) as between:
        journal = await open_redis(f"redis://127.0.0.1:{between.port}/0")
        async with asyncio.timeout(60), Registry(journal, HandClock(), lambda code: JOIN) as rooms:
            between.hold = b"|timer"
            code = await writing(rooms, "id=a time=2:00")
            await between.held.wait()
            await rooms.act(code, commands.Close())
            while "cmdstat_zrem" not in await redis.ask("INFO", "commandstats"):
                await asyncio.sleep(0.01)
            between.release.set()
        due = await redis.ask("ZRANGE", "innspill:due", 0, -1)
        await journal.close()
    assert [f"{code}|delete"] == due


async def test_a_deleted_room_leaves_no_state_that_its_times_followed_from(tmp_path):
    async with RedisServer(tmp_path / "redis") as redis:
        journal = await open_redis(redis.url)
        async with Registry(journal, HandClock(), lambda code: JOIN) as rooms:
            code = await writing(rooms, "id=a time=2:00")
        assert "timer" in await redis.ask("HGETALL", f"innspill:{{innspill:due}}:{code}")
        await journal.delete(code)
        await journal.set_due(code, "timer", None)  # as for a room that is found to be gone
        left = await redis.ask("KEYS", f"*{code}*")
        await journal.close()
    assert [] == [key for key in left if ":call:" not in key]
