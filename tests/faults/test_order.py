"""What everybody is shown: the same, in one order, however Redis and the network between misbehave."""

import asyncio
import contextlib
import json
import random
import time
from typing import Any

import pytest
from redis.asyncio import Redis
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from live.events import ActivityClosed, AnswerSent
from live.journal.redis_engine import open_redis
from tests.faults.checker import Order, in_order
from tests.faults.conftest import report_counts, writing
from tests.faults.flood import flood
from tests.faults.proxy import Forgetful, proxy
from tests.phones import Phone, hall
from tests.server_process import Open, Server

PATIENCE_S = 60


class Face:
    """A screen or a console that holds the newest view, as its page does."""

    def __init__(self, room: Open, url: str, face: str) -> None:
        self.frame: dict[str, Any] = {}
        self.inversions = 0
        self._url = f"{url.replace('http', 'ws')}/{room.code}/feed?face={face}"
        self._key = room.key

    async def run(self) -> None:
        while True:
            with contextlib.suppress(OSError, ConnectionClosed):
                headers = {"Authorization": f"Bearer {self._key}"}
                async with connect(self._url, additional_headers=headers, compression=None) as socket:
                    await socket.send('{"type":"hello"}')
                    async for text in socket:
                        message = json.loads(text)
                        if "view" in message:
                            self.inversions += message["position"] < self.frame.get("position", 0)
                            self.frame = message
            await asyncio.sleep(0.1)

    def digest(self) -> str:
        """All that is shown, but for the worker's own address and who is connected just now."""
        view = self.frame["view"] | {"join": None}
        view["counts"] = view["counts"] | {"phones": 0, "people": 0}
        return json.dumps([self.frame["position"], self.frame["step"], view], sort_keys=True)


@contextlib.asynccontextmanager
async def faces(room: Open, *urls: str):
    shown = [Face(room, url, face) for url in urls for face in ("screen", "console")]
    tasks = [asyncio.create_task(face.run()) for face in shown]
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not all(face.frame for face in shown):
                await asyncio.sleep(0.02)
        yield shown
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def write_on(phones: list[Phone], chance: random.Random, over: asyncio.Event) -> int:
    n = 0
    while not over.is_set():
        n += 1
        await chance.choice(phones).send("a", f"Innspill {n}")
        await asyncio.sleep(chance.uniform(0, 0.02))
    await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in phones))
    return n


@pytest.mark.parametrize("seconds", [4, *(pytest.param(n, marks=pytest.mark.soak) for n in (30, 600))])
@pytest.mark.timeout(1200)
async def test_no_screen_misses_what_pub_sub_loses(serving, redis, seconds):
    """
    A fifth of what Redis publishes is lost, and its pub/sub connections are killed every two seconds, while phones
    write on both workers and the meeting moves. Once it is quiet, all faces come to show the same.
    """
    chance = random.Random(5)
    async with proxy(redis.port, seed=5) as between:
        between.filter = forgetful = Forgetful(0.2, chance)
        url = f"redis://127.0.0.1:{between.port}/0"
        one, two = await serving("one", url), await serving("two", url)
        room = await writing(one, attrs="id=a many=1000 reveal=live hold=off")
        async with hall(room, 20, one.url, two.url) as phones, faces(room, one.url, two.url) as shown:
            over = asyncio.Event()
            sending = asyncio.create_task(write_on(phones, chance, over))
            async with Redis.from_url(redis.url) as client:
                for _ in range(seconds // 2):
                    await asyncio.sleep(2)
                    await client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
                    await room.act(chance.choice(["blank", "unblank"]))
            async with asyncio.timeout(PATIENCE_S):
                while forgetful.lost <= seconds:
                    await asyncio.sleep(0.1)
            over.set()
            sent = await sending
            quiet = time.monotonic()

            def level() -> bool:
                counted = {face.frame["view"]["counts"]["answers"] for face in shown}
                return counted == {sent} and all(len({face.digest() for face in shown[n::2]}) == 1 for n in (0, 1))

            async with asyncio.timeout(PATIENCE_S):
                while not level():
                    await asyncio.sleep(0.02)
            took = time.monotonic() - quiet
    report_counts("3 screens", seed=5, seconds=seconds, answers=sent, lost=forgetful.lost, level_after_s=round(took, 2))
    assert forgetful.lost > seconds


@pytest.mark.parametrize(
    ("answers", "each", "at_once", "rooms"),
    [(1_000, 50, 10, 1), pytest.param(500_000, 500, 20, 5, marks=pytest.mark.soak)],
    ids=["short", "long"],
)
@pytest.mark.timeout(3000)
async def test_everybody_hears_one_order(serving, redis, answers, each, at_once, rooms):
    """
    Four followers while phones write on two workers, *at_once* of them *each* so many answers, and it is closed in the
    midst of it: the same events, without holes, the close at the same place, in the order of the export; and no face
    goes back.
    """
    one, two = await serving("one", redis.url), await serving("two", redis.url)
    total, inversions = Order(*[0] * len(Order._fields)), 0
    for seed in range(rooms):
        order, back = await one_order(
            redis.url, (one, two), answers // each // at_once, each, at_once, random.Random(seed)
        )
        assert order.sound(), order
        total, inversions = Order(*map(sum, zip(total, order, strict=True))), inversions + back
    report_counts("4 order", rooms=rooms, **total._asdict(), views_back=inversions)
    assert 0 == inversions
    assert total.deliveries > 4 * answers * rooms


async def one_order(
    url: str, servers: tuple[Server, Server], crowds: int, each: int, at_once: int, chance: random.Random
) -> tuple[Order, int]:
    """-> what the followers heard, and how often a face went back."""
    room = await writing(servers[0], attrs="id=a many=1000 reveal=live hold=off")
    journals = [await open_redis(url) for _ in range(4)]
    received: list[list[tuple[int, str]]] = [[] for _ in journals]

    async def follow(journal, deliveries: list[tuple[int, str]]) -> None:
        async for position, event in journal.follow(room.code):
            deliveries.append((position, event.id if isinstance(event, AnswerSent) else type(event).__name__))

    following = [asyncio.create_task(follow(*pair)) for pair in zip(journals, received, strict=True)]
    sent: set[str] = set()
    async with faces(room, *(server.url for server in servers)) as shown:
        for n in range(crowds):
            crowd = [flood(room, servers, random.Random(chance.random()), each) for _ in range(at_once)]
            closing = [room.act("close")] if n == crowds * 4 // 5 else []
            for notes in (await asyncio.gather(*crowd, *closing))[:at_once]:
                sent |= {note.id for note in notes}
        top = await journals[0].top(room.code)
        async with asyncio.timeout(60):
            while any(len(deliveries) < top.position for deliveries in received):
                await asyncio.sleep(0.05)
        inversions = sum(face.inversions for face in shown)
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    for journal in journals:
        await journal.close()
    assert ActivityClosed.__name__ in {name for _, name in received[0]}
    return in_order(received, sent, await room.export("json")), inversions
