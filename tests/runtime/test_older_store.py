"""
A store that comes back older than what it had acknowledged, as after a failover or a restored backup: it is noticed,
told, and what the phones hold receipts for is collected again.
"""

import asyncio
import contextlib
import json
import shutil
import sqlite3
from contextlib import AsyncExitStack
from urllib.parse import urlencode

import pytest
from websockets.asyncio.client import connect

from live.errors import StorageFailed
from live.events import AnswerSent, AnswerWithdrawn
from live.journal.redis_engine import open_redis
from live.journal.sqlite import FILE, open_sqlite
from live.room import DAY_MS
from live.rules import SendAnswer, commands
from live.runtime import Registry
from live.transport.hub import CONSOLE, PHONE
from tests.journal.redis_server import RedisServer
from tests.meeting import JOIN, START, answer_id, one
from tests.runtime.test_registry import HandClock
from tests.server_process import Server


def said(name: str, *, again: bool = False) -> SendAnswer:
    return SendAnswer(f"phone-{name}", answer_id(name), "a", f"Svar {name}", again=again)


class Halls:
    """Two workers on one Redis, and what its disk held at some moment, to be put back later."""

    def __init__(self, folder) -> None:
        self.folder = folder
        (folder / "redis").mkdir()
        self.redis = RedisServer(folder / "redis")
        self.rooms: list[Registry] = []
        self.code = ""

    async def begin(self, stack: AsyncExitStack) -> None:
        await stack.enter_async_context(self.redis)
        clock = HandClock()
        for _ in range(2):
            journal = await open_redis(self.redis.url)
            stack.push_async_callback(journal.close)
            self.rooms.append(await stack.enter_async_context(Registry(journal, clock, lambda code: JOIN)))
        self.code = (await self.rooms[0].open(one("open", "id=a many=9"))).code
        await self.rooms[0].act(self.code, commands.Start(activity="a"))

    def copy(self) -> None:
        shutil.copytree(self.folder / "redis", self.folder / "copy")

    async def put_back(self) -> None:
        await self.redis.kill()
        shutil.rmtree(self.folder / "redis")
        shutil.copytree(self.folder / "copy", self.folder / "redis")
        await self.redis.start()

    def answers(self, worker: int) -> list[str]:
        room = self.rooms[worker].loaded_room(self.code)
        return [answer.text for answer in room.activities["a"].answers.values()]

    async def until(self, true) -> None:
        async with asyncio.timeout(60):
            while not true():
                await asyncio.sleep(0.01)

    async def level(self) -> None:
        """Both hold the same, to the end of the journal."""
        top = await self.rooms[0].journal.top(self.code)
        for rooms in self.rooms:
            open_room = await rooms.open_rooms.load(self.code)
            await self.until(
                lambda open_room=open_room: (open_room.epoch, open_room.room.position) == (top.epoch, top.position)
            )


@pytest.fixture
async def halls(tmp_path):
    async with AsyncExitStack() as stack:
        halls = Halls(tmp_path)
        await halls.begin(stack)
        yield halls


async def test_a_failover_to_an_older_store_is_noticed_and_made_good(halls):
    """
    Three answers are kept, two are acked and then lost with the end of the store. Both workers notice by themselves,
    show what is left under a new epoch, and count what phones send again.
    """
    rooms, code = halls.rooms, halls.code
    for name in "abc":
        await rooms[0].command(code, said(name))
    await rooms[1].get(code)
    await halls.level()
    halls.copy()
    for name in "de":
        await rooms[1].command(code, said(name))
    await halls.level()
    epoch = await rooms[0].epoch(code)
    with rooms[0].hub.seat(code, PHONE, "p1") as phone:
        await halls.put_back()
        shown = json.loads(await asyncio.wait_for(phone.take(), 60))
        await halls.until(lambda: all(room.loaded_room(code).lost == 2 for room in rooms))
    assert epoch != shown["epoch"]
    assert ["Svar a", "Svar b", "Svar c"] == halls.answers(0) == halls.answers(1)
    for name in "bde":
        await rooms[0].command(code, said(name, again=True))
    await halls.level()
    assert [f"Svar {name}" for name in "abcde"] == halls.answers(0) == halls.answers(1)
    assert [{"lost": 2, "collected": 2}] * 2 == [room.frames.view(code, CONSOLE)["older"] for room in rooms]


async def test_a_text_whose_removal_was_lost_is_removed_again(halls):
    """
    The store comes back with the withdrawal of an answer and without the removal of its text. It is removed while the
    meeting goes on, not when somebody loads it next; so it is in meetings that no worker has open.
    """
    rooms, code = halls.rooms, halls.code
    other = (await rooms[0].open(one("open", "id=a many=9"))).code
    for each in (code, other):
        if each == other:
            await rooms[0].act(other, commands.Start(activity="a"))
        await rooms[0].command(each, said("a"))
        step = (await rooms[0].get(each)).step
        withdrawn = AnswerWithdrawn(at=START, id=answer_id("a"), rev=2)
        await rooms[0].journal.append(each, [withdrawn], step=step)
    await halls.level()
    rooms[0].open_rooms.forget(other)
    halls.copy()
    await rooms[1].command(code, said("b"))
    await halls.level()
    await halls.put_back()
    await halls.until(lambda: all(room.loaded_room(code).lost == 1 for room in rooms))

    async def texts(code: str) -> list[str]:
        return [event.text for _, event in await rooms[0].journal.read(code) if isinstance(event, AnswerSent)]

    async with asyncio.timeout(60):
        while await texts(code) != [""]:
            await asyncio.sleep(0.02)
    rooms[0].clock.at += 60_000
    for each in rooms:
        each.housekeeping._tidy()
    async with asyncio.timeout(60):
        while await texts(other) != [""]:
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("long", [False, True], ids=["a moment", "until they give up"])
async def test_others_may_have_gone_on_from_the_older_end(halls, caplog, long):
    """
    While both workers can't reach the store, it comes back older, and the place of a lost answer is taken by another.
    They see that the two are not the same, also when they were away so long that they gave up reading and begin anew.
    """
    rooms, code = halls.rooms, halls.code
    halls.copy()
    await rooms[0].command(code, said("lost"))
    await rooms[1].get(code)
    await halls.level()
    await halls.redis.kill()
    async with RedisServer(halls.folder / "copy") as elsewhere, AsyncExitStack() as stack:
        journal = await open_redis(elsewhere.url)
        stack.push_async_callback(journal.close)
        quick = await stack.enter_async_context(Registry(journal, HandClock(), lambda code: JOIN))
        quick.clock.at = START + 5
        await quick.command(code, said("instead"))
        assert rooms[0].loaded_room(code).position == quick.loaded_room(code).position
        await halls.until(lambda: not long or caplog.text.count("could not be followed") >= 2)
    shutil.rmtree(halls.folder / "redis")
    shutil.copytree(halls.folder / "copy", halls.folder / "redis")
    await halls.redis.start()
    await halls.until(lambda: all(room.loaded_room(code).lost == 1 for room in rooms))
    await halls.level()
    assert ["Svar instead"] == halls.answers(0) == halls.answers(1)


async def test_it_is_noticed_though_one_went_on_from_there_before_looking(halls):
    """
    The place of a lost answer is taken by another, and the worker that lost it records one more before it reads.
    """
    rooms, code = halls.rooms, halls.code
    open_room = await rooms[0].open_rooms.load(code)
    halls.copy()
    await rooms[0].command(code, said("lost"))
    # It has been looked at. The other worker has not read the room yet: it would look by itself, and be first at times.
    await halls.until(lambda: [open_room.room.position] == open_room.replica._checked_marks)
    open_room.follower.stop()
    await halls.put_back()
    async with AsyncExitStack() as stack:
        journal = await open_redis(halls.redis.url)
        stack.push_async_callback(journal.close)
        quick = await stack.enter_async_context(Registry(journal, HandClock(), lambda code: JOIN))
        quick.clock.at = START + 5
        await quick.command(code, said("instead"))
        await rooms[0].command(code, said("after"))
        assert ["Svar lost", "Svar after"] == halls.answers(0)
    open_room.follower.start()
    await halls.until(lambda: rooms[0].loaded_room(code).lost)
    await halls.level()
    assert ["Svar instead", "Svar after"] == halls.answers(0) == halls.answers(1)


async def test_what_was_last_when_it_was_looked_for_is_looked_for_once_more(halls, monkeypatch):
    """It may be lost after that, and what comes then may be recorded before the next look."""
    rooms, code = halls.rooms, halls.code
    open_room = await rooms[0].open_rooms.load(code)
    open_room.follower.stop()
    looks = []
    for name in "abc":
        await rooms[0].command(code, said(name))
        looks.append([event.id for event in open_room.replica.progress()[1].values() if hasattr(event, "rev")])
    assert [[answer_id("a")], [answer_id("a"), answer_id("b")], [answer_id("b"), answer_id("c")]] == looks
    monkeypatch.setattr("live.runtime.replica.MOST_MARKS", 3)
    for name in "defg":
        await rooms[0].command(code, said(name))
    assert [answer_id(name) for name in "efg"] == [event.id for event in open_room.replica.progress()[1].values()]


async def test_it_is_noticed_when_nobody_does_anything_more(halls):
    """
    The store dies in the moment it has acked the last answer there is, and is back so soon that nobody gives up.
    """
    rooms, code = halls.rooms, halls.code
    await rooms[1].get(code)
    await halls.level()
    halls.copy()
    await rooms[0].command(code, said("lost"))
    await halls.put_back()
    await halls.until(lambda: all(room.loaded_room(code).lost == 1 for room in rooms))
    assert [] == halls.answers(0) == halls.answers(1)


async def test_a_room_that_is_renewed_while_it_is_read_is_still_there(halls, monkeypatch):
    """
    Else its phones would hear that the meeting is gone, and give up what waits on them.
    """
    rooms, code = halls.rooms, halls.code
    for name in "abc":
        await rooms[0].command(code, said(name))
    monkeypatch.setattr("live.journal.redis_engine.PAGE", 2)
    async with AsyncExitStack() as stack:
        journal = await open_redis(halls.redis.url)
        stack.push_async_callback(journal.close)
        run, pages = journal._link.run, 0

        async def run_and_renew(script, *args, **named):
            nonlocal pages
            page = await run(script, *args, **named)
            if script is journal._read_page:
                pages += 1
                if pages == 1:
                    await journal.renew(code, page[0].decode())
            return page

        monkeypatch.setattr(journal._link, "run", run_and_renew)
        fresh = await stack.enter_async_context(Registry(journal, HandClock(), lambda code: JOIN))
        assert 3 == len((await fresh.get(code)).activities["a"].answers)
        assert pages > 2


async def talk(server: Server, code: str, hello: dict, *messages: dict) -> list[dict]:
    """Join by the feed, say all, and hear an answer to each."""
    async with connect(f"{server.url.replace('http', 'ws')}/{code}/feed", compression=None) as socket:
        replies = []
        for message in ({"type": "hello"} | hello, *messages):
            await socket.send(json.dumps(message))
            while (reply := json.loads(await socket.recv()))["type"] == "view":
                pass
            replies.append(reply)
        return replies


async def tell_by_post(server: Server, code: str, hello: dict) -> None:
    """Where sockets are blocked: a poll only reads, and the first post tells what the phone has seen."""
    seen, token = hello.pop("seen"), hello["token"]
    _, view = await server.call("GET", f"/{code}/view?{urlencode(seen)}")
    assert seen["epoch"] == view["epoch"]
    await server.call("POST", f"/{code}/answers", {"type": "mine", "seen": seen}, token)
    _, view = await server.call("GET", f"/{code}/view")
    assert seen["epoch"] != view["epoch"]


@pytest.mark.parametrize("sockets", [True, pytest.param(False, marks=pytest.mark.soak)], ids=["by feed", "by polling"])
async def test_a_restored_backup_is_noticed_by_what_phones_have_seen(tmp_path, sockets):
    """
    The data folder is put back as it was before an answer. The phone that sent it shows how far it had seen: a new
    epoch, its receipt is taken in again, and the facilitator is told. By polling, nothing happens before it posts.
    """
    data = tmp_path / "data"
    async with Server(data) as server:
        room = await server.open(one("open", "id=a many=9"))
        await room.act("start", activity="a")
        await server.stop()
        shutil.copytree(data, tmp_path / "copy")
        await server.start()
        answer = {"type": "answer", "id": answer_id("x"), "activity": "a", "text": "Flere benker"}
        welcome, ack = await talk(server, room.code, {}, answer)
        assert "saved" == ack["status"]
        (shown,) = await talk(server, room.code, {"token": welcome["token"]})
        seen = {"epoch": shown["epoch"], "position": shown["position"], "seal": shown["seal"]}
        assert ack["position"] == seen["position"]
        await server.stop()
        shutil.rmtree(data)
        shutil.copytree(tmp_path / "copy", data)
        await server.start()
        hello = {"token": welcome["token"], "seen": seen}
        if not sockets:
            await tell_by_post(server, room.code, hello)
        again, ack = await talk(server, room.code, hello, answer | {"again": True})
        assert again["epoch"] != welcome["epoch"]
        assert "saved" == ack["status"]
        shown = await room.show()
        assert {"lost": 1, "collected": 1} == shown["older"]


async def test_what_the_server_has_not_said_itself_is_not_believed(tmp_path):
    """
    A stranger, or a phone that lies, can't let a whole meeting believe that its answers are lost: not with a position
    or an answer that it made up, nor with the seal of another position, answer, epoch or meeting.
    """
    async with Server(tmp_path / "data") as server:
        room, other = [await server.open(one("open", "id=a many=9")) for _ in range(2)]
        for each in (room, other):
            await each.act("start", activity="a")
        answer = {"type": "answer", "id": answer_id("x"), "activity": "a", "text": "Flere benker"}
        welcome, ack = await talk(server, room.code, {}, answer)
        _, foreign = await talk(server, other.code, {}, answer | {"id": answer_id("y")})
        epoch, seal = welcome["epoch"], welcome["seal"]
        made_up = [
            {"epoch": epoch, "position": 900_719_925_474_099},
            {"epoch": epoch, "position": 10**9, "seal": ""},
            {"epoch": epoch, "position": 10**9, "seal": seal},
            {"epoch": epoch, "position": 10**9, "seal": ack["seal"]},
            {"epoch": epoch, "position": 10**9, "seal": "æ" * 16},
            {"epoch": epoch, "id": answer_id("z"), "rev": 1, "ack": ack["seal"]},
            {"epoch": epoch, "id": answer_id("x"), "rev": 2, "ack": ack["seal"]},
            {"epoch": epoch, "id": answer_id("y"), "rev": 1, "ack": foreign["seal"]},
            {"epoch": epoch, "position": 10**9, "seal": seal, "id": answer_id("z"), "rev": 1, "ack": seal},
        ]
        for seen in made_up:
            await server.call("GET", f"/{room.code}/view?{urlencode(seen, errors='replace')}")
            await server.call("POST", f"/{room.code}/answers", {"type": "mine", "seen": seen}, welcome["token"])
            assert epoch == (await talk(server, room.code, {"seen": seen}))[0]["epoch"]
        honest = {"epoch": epoch, "position": welcome["position"], "seal": seal}
        honest |= {"id": answer_id("x"), "rev": 1, "ack": ack["seal"]}
        assert epoch == (await talk(server, room.code, {"seen": honest}))[0]["epoch"]
        shown = await room.show()
        assert (epoch, None) == (shown["epoch"], shown["older"])


async def test_nobody_who_claims_at_the_same_time_hears_the_old_epoch(tmp_path):
    """A phone dials and asks by POST at once: told the old one, it would let go of its receipts."""
    journal = await open_sqlite(tmp_path / "data")
    async with Registry(journal, HandClock(), lambda code: JOIN) as rooms:
        code = (await rooms.open(one("open", "id=a many=9"))).code
        old = (await rooms.open_rooms.load(code)).epoch

        async def replies() -> str:
            await rooms.claim(code, old, 10**9)
            return rooms.frames.frame(code, PHONE)["epoch"]

        epochs = set(await asyncio.gather(replies(), replies(), replies()))
        assert 1 == len(epochs)
        assert old not in epochs
    await journal.close()


@pytest.mark.parametrize("sockets", [pytest.param(True, marks=pytest.mark.soak), False], ids=["by feed", "by polling"])
async def test_a_receipt_tells_what_a_position_no_longer_does(tmp_path, sockets):
    """
    After the restart others have sent so much that the store is past the place where the lost answer stood, or the
    page was loaded anew and has seen no more than the store holds. The receipt for it is believed all the same.
    """
    data = tmp_path / "data"
    async with Server(data) as server:
        room = await server.open(one("open", "id=a many=9"))
        await room.act("start", activity="a")
        await server.stop()
        shutil.copytree(data, tmp_path / "copy")
        await server.start()
        answer = {"type": "answer", "id": answer_id("x"), "activity": "a", "text": "Flere benker"}
        welcome, _, ack = await talk(server, room.code, {}, answer, answer | {"rev": 2, "text": "Flere bord"})
        assert "saved" == ack["status"]
        seen = {"epoch": welcome["epoch"], "id": answer_id("x"), "rev": 2, "ack": ack["seal"]}
        await server.stop()
        shutil.rmtree(data)
        shutil.copytree(tmp_path / "copy", data)
        await server.start()
        others = [{"type": "answer", "id": answer_id(f"{n}"), "activity": "a", "text": f"Nr. {n}"} for n in range(4)]
        _, *acks = await talk(server, room.code, {}, *others)
        assert ack["position"] < acks[-1]["position"]
        open_room = {"epoch": welcome["epoch"], "id": others[0]["id"], "rev": 1, "ack": acks[0]["seal"]}
        hello = {"token": welcome["token"], "seen": seen}
        assert welcome["epoch"] == (await talk(server, room.code, {"seen": open_room}))[0]["epoch"]
        if not sockets:
            await tell_by_post(server, room.code, hello)
        again, ack = await talk(server, room.code, hello, answer | {"rev": 2, "text": "Flere bord", "again": True})
        assert again["epoch"] != welcome["epoch"]
        assert "saved" == ack["status"]
        assert {"lost": 1, "collected": 1} == (await room.show())["older"]


@pytest.mark.parametrize("when", ["its timer runs", "it is due to be deleted", "it is deleted, but still due"])
async def test_an_older_server_over_a_newer_store_goes_on_with_what_it_can_read(tmp_path, when):
    """
    A meeting that can't be read, or is no more, keeps neither the server from starting nor another from its end.
    """
    data, clock = tmp_path / "data", HandClock()
    journal = await open_sqlite(data)
    async with Registry(journal, clock, lambda code: JOIN) as rooms:
        bad, good = [(await rooms.open(one("open", "id=a time=1:00"))).code for _ in range(2)]
        if when == "its timer runs":
            await rooms.act(bad, commands.Start(activity="a"))
    await journal.close()
    with contextlib.closing(sqlite3.connect(data / FILE)) as file, file:
        file.execute("update events set body = ? where code = ?", (b'{"event": "from-tomorrow", "at": 1}', bad))
    journal = await open_sqlite(data)
    if when == "it is deleted, but still due":
        await journal.delete(bad)
        await journal.set_due(bad, "delete", 1)
    async with Registry(journal, clock, lambda code: JOIN) as rooms:
        await rooms.act(good, commands.Start(activity="a"))
        assert "saved" == (await rooms.command(good, said("a"))).status
        clock.at += 1000 * DAY_MS
        await rooms.housekeeping.purge()
        assert good not in [row.code for row in await journal.rooms()]
        if when != "it is deleted, but still due":
            with pytest.raises(StorageFailed):
                await rooms.get(bad)
    await journal.close()
