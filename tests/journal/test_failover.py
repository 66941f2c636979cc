"""
A hall on several servers that watch each other, one of which dies in the middle of it.

What was acked is on the disk of one server and, as long as a replica keeps up, in the memory of another. What only the
dead server had is lost, and those who had seen it notice.
"""

import asyncio
import signal
from contextlib import aclosing

import pytest

from live.errors import CameBackOlder, StorageFailed, StoreUnfit
from live.journal import Top
from live.journal.redis_engine import open_redis
from tests.journal.facts import BEGUN, CODE, begin, numbered, sent
from tests.journal.redis_groups import Cluster, Watched
from tests.journal.redis_server import valkey_binary
from tests.journal.test_redis import CANARY, files

META = f"innspill:{{{CODE}}}:meta"
SOON_S = 60  # after a failover


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((Watched, ""), id="sentinel-redis"),
        pytest.param((Cluster, "valkey"), id="cluster-valkey"),
        pytest.param((Watched, "valkey"), id="sentinel-valkey", marks=pytest.mark.soak),
        pytest.param((Cluster, ""), id="cluster-redis", marks=pytest.mark.soak),
    ],
)
async def group(request, tmp_path_factory):
    kind, binary = request.param
    async with kind(tmp_path_factory.mktemp("group"), valkey_binary() if binary else "") as group:
        yield group


@pytest.fixture
async def journals(group):
    """Two workers' stores, with no room in them."""
    await group.heal()
    one, two = await open_redis(group.url), await open_redis(group.url)
    yield one, two
    await group.heal()
    await one.delete(CODE)
    for journal in (one, two):
        await journal.close()


async def insist(journal, event, step, since=None):
    """Send until it is acked, as a phone does."""
    while True:
        try:
            return await journal.append(CODE, [event], step=step, since=since)
        except StorageFailed:
            await asyncio.sleep(0.05)


async def pair(group):
    """Who takes what is said in the room, and who has a copy of it."""
    master = await group.master(META)
    _, _, ((_, port, _),) = await master.ask("ROLE")
    return master, next(server for server in group.servers if server.port == int(port))


async def test_what_is_acked_is_on_two_servers(group, journals, caplog):
    """
    The replica is asked itself, the moment after each ack. Where it was too slow, the log says so.
    """
    one, _ = journals
    step = await begin(one)
    _, replica = await pair(group)
    behind = []
    for n in range(50):
        recorded = await one.append(CODE, [sent(f"{n}")], step=step)
        copied = await replica.ask_copy("HGET", META, "position")
        behind += [n] if int(copied) < recorded.position else []
    assert [] == behind or "No replica of the store keeps up" in caplog.text


async def test_rooms_on_all_servers_are_heard_at_once(group, journals, monkeypatch):
    """
    Twelve halls, wherever their rooms lie: what is said on one worker is heard on the other, not at its next look.
    """
    monkeypatch.setattr("live.journal.redis_engine.POLL_S", 3600.0)
    one, two = journals
    codes = [f"{n:08}" for n in range(12)]
    for code in codes:
        step = await begin(one, code)
        async with asyncio.timeout(SOON_S), aclosing(two.follow(code, after=1)) as heard:
            for n in range(4):
                waiting = asyncio.ensure_future(anext(heard))
                await asyncio.sleep(0)
                await one.append(code, [sent(f"{n}")], step=step)
                assert (n + 2, sent(f"{n}")) == await waiting
        await one.delete(code)


async def test_a_room_knows_whether_its_own_server_answers(group, journals):
    """
    One master stands still: rooms that lie there wait, also one about which nothing is asked, and no other room does.
    """
    one, _ = journals
    codes = [f"{n:08}" for n in range(12)]
    assert {0.0} == {one.unanswered_s(code) for code in codes}
    master = await group.master(f"innspill:{{{codes[0]}}}:meta")
    there = [code for code in codes if (await group.master(f"innspill:{{{code}}}:meta")) is master]
    master.process.send_signal(signal.SIGSTOP)
    try:
        asked = asyncio.create_task(one.report(codes[0]))
        while not one.unanswered_s(codes[0]):
            await asyncio.sleep(0)
        assert there == [code for code in codes if one.unanswered_s(code)]
    finally:
        master.process.send_signal(signal.SIGCONT)
    await asked
    assert {0.0} == {one.unanswered_s(code) for code in codes}


async def test_a_master_dies_in_a_rush(group, journals, caplog, record_property):
    """
    300 phones send while the master is killed with -9, and each until it hears that it was received: within seconds all
    have, all are there once, and a follower on another worker has seen just that.
    """
    one, two = journals
    step = await begin(one)
    events = [sent(f"{n}") for n in range(300)]
    seen: list[str] = []

    async def look() -> None:
        while True:
            try:
                async for _, event in two.follow(CODE, after=1 + len(seen)):
                    seen.append(event.id)
            except StorageFailed:
                await asyncio.sleep(0.05)
            except CameBackOlder:  # what was lost has no ack of a replica; all is read anew
                seen.clear()

    looking = asyncio.create_task(look())
    sending = [asyncio.create_task(insist(one, event, step)) for event in events]
    await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
    alone = caplog.text
    await (await group.master(META)).kill()
    async with asyncio.timeout(SOON_S):
        await asyncio.gather(*sending)
    stored = [event.id for _, event in (await one.read(CODE))[1:]]
    lost = {event.id for event in events} - set(stored)
    record_property("lost", len(lost))
    if not alone:
        assert set() == lost
    for event in events:  # as phones do when they hear that something was lost
        await insist(one, event, step)
    stored = [event.id for _, event in (await one.read(CODE))[1:]]
    assert 300 == len(stored) == len(set(stored))
    async with asyncio.timeout(SOON_S):
        while seen != stored:
            await asyncio.sleep(0.02)
    looking.cancel()
    await asyncio.wait([looking])


async def test_what_a_failover_lost_is_noticed(group, journals):
    """
    The replica was cut off while something was acked, and then the master died: whoever knew of it is told.
    """
    one, two = journals
    step = await begin(one)
    await one.append(CODE, [sent("a")], step=step)
    epoch = (await one.top(CODE)).epoch
    master, replica = await pair(group)
    await replica.ask("CONFIG", "SET", "masterauth", "wrong")
    await master.ask("CLIENT", "KILL", "TYPE", "replica")
    assert 3 == (await one.append(CODE, [sent("b")], step=step)).position
    await master.kill()
    await replica.ask("CONFIG", "SET", "masterauth", "")

    async def follow() -> None:
        while True:
            try:
                async for _ in two.follow(CODE, after=3, epoch=epoch):
                    pass
            except StorageFailed:
                await asyncio.sleep(0.05)

    async with asyncio.timeout(SOON_S):
        with pytest.raises(CameBackOlder):
            await insist(one, sent("c"), step, Top(epoch, 3, step))
        with pytest.raises(CameBackOlder):
            await follow()
        assert numbered(BEGUN, sent("a")) == await one.read(CODE)
        assert await one.renew(CODE, epoch)
        await insist(one, sent("b"), step)
    assert numbered(BEGUN, sent("a"), sent("b")) == await one.read(CODE)


async def test_who_takes_over_must_keep_what_it_acks(group, journals):
    """
    The replica was set to be fast and forgetful after the meeting began. It acks nothing before that is put right.
    """
    one, _ = journals
    step = await begin(one)
    master, replica = await pair(group)
    await replica.ask("CONFIG", "SET", "appendfsync", "everysec")
    with pytest.raises(StoreUnfit, match=f":{replica.port} .*appendfsync always"):
        await open_redis(group.url)
    await master.kill()
    said = ""
    async with asyncio.timeout(SOON_S):
        while "appendfsync always" not in said:
            with pytest.raises(StorageFailed) as refused:
                await one.append(CODE, [sent("a")], step=step)
            said = str(refused.value)
        await replica.ask("CONFIG", "SET", "appendfsync", "always")
        assert 2 == (await insist(one, sent("a"), step)).position


async def test_what_is_blanked_is_out_of_every_file_of_every_server(group):
    await group.heal()
    journal = await open_redis(group.url, wipe_after_s=0)
    step = await begin(journal)
    await journal.append(CODE, [sent("a", CANARY)], step=step)

    def telling() -> int:
        return sum(CANARY.encode() in files(server) for server in group.servers)

    async with asyncio.timeout(SOON_S):
        while telling() != 2:
            await asyncio.sleep(0.02)
        await journal.redact(CODE, sent("a").id)
        while telling():
            await asyncio.sleep(0.02)
    await journal.delete(CODE)
    await journal.close()
