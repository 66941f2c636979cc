"""What only Redis has: it may be set wrongly, killed by itself, and shared. A server of its own for each test."""

import asyncio
import time
from contextlib import aclosing

import pytest
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from live import redis_address
from live.errors import CameBackOlder, Conflict, StorageFailed, StoreUnfit
from live.journal import Recorded
from live.journal.redis_cluster import ClusterLink, _Subscription
from live.journal.redis_engine import open_redis
from tests.journal.facts import BEGUN, CODE, begin, sent, shown, withdrawn
from tests.journal.redis_server import SAFE, USER, RedisServer, free_port, with_user

CANARY = "Kanarifuglen sang i tettstedet"


@pytest.fixture
async def server(tmp_path):
    async with RedisServer(tmp_path) as server:
        yield server


@pytest.mark.parametrize(
    ("unsafe", "named"),
    [
        (("--appendonly", "no"), "appendonly yes"),
        (("--appendfsync", "everysec"), "appendfsync always"),
        (("--maxmemory-policy", "allkeys-lru"), "maxmemory-policy noeviction"),
    ],
)
async def test_a_store_that_may_forget_is_refused_with_what_to_set(tmp_path, unsafe, named):
    async with RedisServer(tmp_path, SAFE + unsafe) as server:
        with pytest.raises(StoreUnfit, match=named):
            await open_redis(server.url)


async def test_an_append_tells_what_others_recorded_since(server, monkeypatch):
    """So that a worker need not read it; where it is much, it has to."""
    one, two = await open_redis(server.url), await open_redis(server.url)
    step = await begin(one)
    since = await one.top(CODE)
    await two.append(CODE, [sent("a"), sent("b")], step=step, since=since)
    recorded = await one.append(CODE, [sent("c"), sent("a")], step=step, since=since)
    assert Recorded(4, 1, frozenset([sent("a").key]), (sent("a"), sent("b"))) == recorded
    assert () == (await two.append(CODE, [sent("d")], step=step)).missed
    monkeypatch.setattr("live.journal.redis_engine.PAGE", 3)
    assert () == (await one.append(CODE, [sent("e")], step=step, since=since)).missed
    for journal in (one, two):
        await journal.close()


async def test_what_a_follower_has_already_is_not_sent_but_checked(server):
    """One event was lost and others were recorded at its position: it is noticed, though the last event is there."""
    journal = await open_redis(server.url)
    step = await begin(journal)
    await journal.append(CODE, [sent("a"), sent("b"), sent("c")], step=step)

    async def first(marks) -> object:
        async with asyncio.timeout(60), aclosing(journal.follow(CODE, progress=lambda: (3, marks))) as events:
            return await anext(events)

    assert (4, sent("c")) == await first({1: BEGUN, 3: sent("b", "Noe annet")})
    for marks in ({2: sent("z"), 3: sent("b")}, {3: sent("b"), 5: sent("d")}):
        with pytest.raises(CameBackOlder):
            await first(marks)
    await journal.close()


async def test_nobody_there_is_told_and_not_waited_for_long(server):
    await server.kill()
    async with asyncio.timeout(60):
        with pytest.raises(StorageFailed):
            await open_redis(server.url)


async def test_a_password_opens_the_store_and_is_never_told(tmp_path, caplog):
    """
    A wrong one is refused, a right one is used, and neither is repeated in any error or line of the log.
    """
    caplog.set_level("DEBUG")
    async with RedisServer(tmp_path, (*SAFE, "--requirepass", "hemmelig/1")) as server:
        address = f"redis://:{{}}@127.0.0.1:{server.port}/0"
        with pytest.raises(StorageFailed) as refused:
            await open_redis(address.format("kjempehemmelig"))
        journal = await open_redis(address.format("hemmelig%2F1"))
        step = await begin(journal)
        await server.kill()
        with pytest.raises(StorageFailed) as gone:
            await journal.append(CODE, [sent("a")], step=step)
        await journal.close()
    messages = [str(error) for raised in (refused.value, gone.value) for error in (raised, raised.__cause__)]
    assert "invalid username-password pair" in messages[0]
    assert "hemmelig" not in f"{messages} {caplog.text}"


async def test_killed_in_a_rush_it_loses_and_doubles_nothing(server):
    """
    Redis is killed with -9 three times while answers come in, and each is sent again until it is acked: all are there
    once. A follower on another worker has seen just that.
    """
    one, two = await open_redis(server.url), await open_redis(server.url)
    step = await begin(one)
    seen: list[str] = []

    async def look() -> None:
        async for _, event in two.follow(CODE, after=1):
            seen.append(event.id)

    async def send(name: str) -> str:
        event = sent(name)
        while True:
            try:
                await one.append(CODE, [event], step=step)
                return event.id
            except StorageFailed:
                await asyncio.sleep(0.05)

    async def keep_looking() -> None:
        while True:
            try:
                await look()
            except StorageFailed:
                seen.clear()
                await asyncio.sleep(0.05)

    looking = asyncio.create_task(keep_looking())
    names = [f"{n}" for n in range(900)]
    for start in range(0, 900, 300):
        sending = [asyncio.create_task(send(name)) for name in names[start : start + 300]]
        await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
        await server.kill()
        await server.start()
        acked = await asyncio.gather(*sending)
        assert 300 == len(acked)
    stored = [event.id for _, event in (await one.read(CODE))[1:]]
    assert 900 == len(stored) == len(set(stored))
    async with asyncio.timeout(60):
        while seen != stored:
            await asyncio.sleep(0.02)
    looking.cancel()
    for journal in (one, two):
        await journal.close()


async def test_a_step_sent_twice_by_the_client_is_one_step(server):
    """
    Two workers move on from the same slide: one does, the other hears where the room stands.
    """
    one, two = await open_redis(server.url), await open_redis(server.url)
    step = await begin(one)
    said = await asyncio.gather(
        one.append(CODE, [shown(1)], step=step), two.append(CODE, [shown(1)], step=step), return_exceptions=True
    )
    assert 1 == sum(isinstance(answer, Conflict) for answer in said)
    assert step + 1 == (await two.top(CODE)).step
    for journal in (one, two):
        await journal.close()


async def test_followers_outlive_a_lost_subscription(server):
    journal = await open_redis(server.url)
    step = await begin(journal)
    follower = journal.follow(CODE, after=1)
    for n in range(5):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"CLIENT KILL TYPE pubsub\r\n")
        assert (await reader.readline()).startswith(b":")
        writer.close()
        await journal.append(CODE, [sent(f"{n}")], step=step)
        position, _ = await asyncio.wait_for(anext(follower), 60)
        assert n + 2 == position
    await follower.aclose()
    await journal.close()


async def test_what_is_blanked_is_out_of_every_file(server):
    journal = await open_redis(server.url, wipe_after_s=0)
    step = await begin(journal)
    await journal.append(CODE, [sent("a", CANARY), sent("b", "Blir stående")], step=step)
    assert CANARY.encode() in files(server)
    await journal.redact(CODE, sent("a").id)
    async with asyncio.timeout(60):
        while CANARY.encode() in files(server):
            await asyncio.sleep(0.02)
    await journal.close()
    await server.kill()
    await server.start()
    journal = await open_redis(server.url)
    assert ["", "Blir stående"] == [event.text for _, event in (await journal.read(CODE))[1:]]
    await journal.close()


def files(server: RedisServer) -> bytes:
    """Everything in the server's folder; a file may go while it is looked for."""
    every = b""
    for path in sorted(server.folder.rglob("*")):
        try:
            every += path.read_bytes() if path.is_file() else b""
        except FileNotFoundError:
            continue
    return every


async def test_all_machines_go_by_the_clock_of_the_store(server):
    journal = await open_redis(server.url)
    before = time.time_ns() // 1_000_000
    now = await journal.clock()
    await journal.close()
    assert before - 1 <= now <= time.time_ns() // 1_000_000 + 1


FOREIGN = [
    "CONFIG SET appendonly no", "CONFIG REWRITE", "FLUSHALL", "KEYS *", "SHUTDOWN NOSAVE", "ACL LIST",
    "ACL SETUSER innspill +@all", "MODULE LIST", "REPLICAOF NO ONE", "SCRIPT FLUSH", "MONITOR", "SAVE", "CLIENT LIST",
    "GET others", "SET others 1", "PUBLISH others 1", "SUBSCRIBE innspill:{25054015}", "PSUBSCRIBE *",
    "EVAL return(redis.call('FLUSHALL')) 0", "EVAL return(redis.call('GET','others')) 0",
]  # fmt: skip


async def test_the_app_does_with_a_user_that_may_do_nothing_else(tmp_path):
    """
    As docs/hosting.md makes it. A meeting is begun, followed, written to, rid of what was withdrawn, and deleted; what
    is not the app's is refused, from a script as well.
    """
    async with RedisServer(tmp_path, with_user(tmp_path)) as server:
        url = server.url.replace("//", f"//{USER}@")
        journal = await open_redis(url, wipe_after_s=0.01)
        step = await begin(journal)
        async with asyncio.timeout(60):
            follower = journal.follow(CODE)
            await anext(follower)
            await journal.append(CODE, [sent("a"), sent("b")], step=step)
            await journal.append(CODE, [withdrawn("b", 2)], step=step)
            assert [1, 2, 3] == [(await anext(follower))[0] - 1 for _ in range(3)]
        async with Redis.from_url(url) as theirs:
            for command in FOREIGN:
                with pytest.raises(ResponseError, match=r"(?i)permission|can't (run|access)|ACL"):
                    await theirs.execute_command(*command.split())
        await journal.delete(CODE)
        await journal.close()
        assert "yes" == (await server.ask("CONFIG", "GET", "appendonly"))["appendonly"]


async def test_a_server_of_a_cluster_that_is_gone_is_left_for_another():
    """
    What follows its rooms says that it is broken, and nothing reads from a connection that never was.
    """
    port = free_port()
    link = ClusterLink(redis_address.parse(f"redis+cluster://127.0.0.1:{port}"), "innspill:")
    subscription = _Subscription(link, link._client(("127.0.0.1", port)))
    await subscription.update({"25054015"})
    assert (True, None) == (subscription.broken, subscription._receiving)
    await subscription.close()
    await link.close()
