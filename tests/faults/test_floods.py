"""
Crowds: ten times the load that is planned for, bots among honest phones, and peers that are slow on purpose.

What is counted is told by `pytest -m soak -s` and stands in docs/security.md. What fails are promises, and waits that
never end; how long each took is told and judged by nobody, for a slow machine explains any number.
"""

import asyncio
import contextlib
import csv
import io
import secrets
import time
from statistics import quantiles

import pytest

from bench.swarm import Swarm
from tests.faults.conftest import report_counts, writing
from tests.meeting import one
from tests.phones import Phone, as_the_page
from tests.server_process import Open, Server

HELLO, ACK = '{"type":"hello"}', '"type":"ack"'
ANSWER = '{"type":"answer","id":"{r}{r}{r}{r}","activity":"a","text":"Svar {r}","rev":1}'
PHONES, RATE, SECONDS = 5000, 250, 300  # ten halls of 500 phones, each with three answers in a minute


def swarm(server: Server, room: Open) -> Swarm:
    return Swarm(server.port, f"/{room.code}/feed?face=phone", [f"Origin: {server.url}"], hello=HELLO)


def percentile(times: list[float], percent: int) -> float:
    return round(quantiles(times, n=100)[percent - 1], 3)


async def timed(work) -> float:
    began = time.monotonic()
    await work
    return time.monotonic() - began


async def pressed(server: Server) -> int:
    _, metrics = await server.call("GET", "/metrics")
    return int(float(metrics.decode().split("\ninnspill_pressed ")[1].split()[0]))


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_ten_times_the_load_for_five_minutes(serving):
    """
    Nothing that was acked is lost, the facilitator is heard within a second, and all is calm soon after.
    """
    server = await serving()
    room = await writing(server)
    acted, levels = [], set()
    with swarm(server, room) as crowd:
        assert (await asyncio.to_thread(crowd.connect, PHONES, 1000))["open"] == PHONES
        each = RATE * SECONDS // PHONES
        sending = asyncio.create_task(asyncio.to_thread(crowd.send, ANSWER, each, RATE, 0, ACK, (SECONDS + 60) * 1000))
        while not sending.done():
            acted.append(await timed(room.act("blank" if len(acted) % 2 == 0 else "unblank")))
            levels.add(await pressed(server))
            await asyncio.sleep(0.5)
        sent = await sending
        began = time.monotonic()
        while await pressed(server):
            await asyncio.sleep(0.2)
        calm = time.monotonic() - began
        await room.act("close")
        rows = csv.DictReader(io.StringIO((await room.export("csv")).decode("utf-8-sig")), delimiter=";")
        stored = len({row["answer_id"] for row in rows})
    report_counts(
        "Ten times the load", phones=PHONES, acked=sent["acks"], stored=stored, ack_p99_ms=sent["rtt_ms"]["p99"],
        action_p50_s=percentile(acted, 50), action_p99_s=percentile(acted, 99), levels=sorted(levels),
        calm_after_s=round(calm, 1),
    )  # fmt: skip
    assert PHONES * each == sent["acks"] == stored


@pytest.mark.soak
async def test_five_thousand_bots_among_five_hundred_phones(tmp_path):
    """
    With limits on. Honest phones get in and are heard, and what the bots wrote goes off every face with one press.
    """
    async with Server(tmp_path / "data") as server, asyncio.TaskGroup() as tasks:
        room = await server.open(one("open", "id=a many"))
        await room.act("start", activity="a")
        with swarm(server, room) as bots:
            flooding = asyncio.create_task(asyncio.to_thread(bots.connect, 5000, 500))
            phones = [Phone(room) for _ in range(500)]
            joined: list[float] = []

            async def join(phone: Phone, after: float) -> None:
                await asyncio.sleep(after)
                phone.rest = as_the_page
                running.append(tasks.create_task(phone.run()))
                joined.append(await timed(phone.until(lambda one: one.here)))
                await phone.send("a", "Flere benker")
                await phone.until(lambda one: one.acked)

            running: list[asyncio.Task] = []
            joining = [asyncio.create_task(join(phone, n / 50)) for n, phone in enumerate(phones)]
            acted = []
            while not all(one.done() for one in joining):
                acted.append(await timed(room.act("blank" if len(acted) % 2 == 0 else "unblank")))
                await asyncio.sleep(0.25)
            open_ = (await flooding)["open"]
            await asyncio.to_thread(bots.send, ANSWER, 3, 0, 0, ACK, 20_000)
            wrote = (await room.show())["counts"]["answers"]
            cleared = await timed(room.act("mute_newcomers", seconds=60))
            left = (await room.show())["counts"]["answers"]
            for one_ in running:
                one_.cancel()
    report_counts(
        "Bots among phones", bots=open_, honest=len(joined), join_p95_s=percentile(joined, 95),
        action_max_s=round(max(acted), 3), wrote=wrote, cleared_s=round(cleared, 3), left=left,
    )  # fmt: skip
    assert 500 == sum(bool(phone.acked) for phone in phones)
    assert 0 == left < wrote


@pytest.mark.soak
async def test_three_hundred_slow_peers_are_gone_soon_and_nobody_waits_for_them(tmp_path):
    """
    Heads that never end, a byte each second; bodies likewise; answers that nobody reads; lines that say nothing.
    """
    heads = {
        "head": "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-{n}: ",
        "body": "POST /{code}/answers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Content-Length: 9999\r\n\r\n",
        "silent": "",
    }
    gone: dict[str, list[float]] = {name: [] for name in heads}
    async with Server(tmp_path / "data") as server:
        room = await server.open(one("open", "id=a many"))

        async def crawl(name: str, n: int) -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            began = time.monotonic()
            writer.write(heads[name].format(n=n, code=room.code).encode())

            async def drip() -> None:
                while name != "silent":
                    await asyncio.sleep(1)
                    writer.write(secrets.token_hex(1)[:1].encode())

            dripping = asyncio.create_task(drip())
            with contextlib.suppress(OSError):
                while await reader.read(1000):
                    pass
            gone[name].append(time.monotonic() - began)
            dripping.cancel()
            writer.transport.abort()

        slow = [asyncio.create_task(crawl(name, n)) for n in range(100) for name in heads]
        waited = []
        while not all(one_.done() for one_ in slow):
            waited.append(await timed(server.call("GET", f"/{room.code}")))
            await asyncio.sleep(0.05)
    report_counts(
        "Slow peers", **{name: f"gone after {max(times):.1f} s" for name, times in gone.items()},
        page_p95_s=percentile(waited, 95),
    )  # fmt: skip
    assert [100] * len(heads) == [len(times) for times in gone.values()]
