"""
Measures a full hall: `python -m bench.crowd` writes figures into docs/performance.md, docs/growth-*.svg and
docs/capacity.md, and the raw measurements into bench/results/crowd.json.

Innspill, a server in C (bench/floor.c) and two in Python (bench/bare.py, bench/broadcast.py) are measured in turn in
the same minutes, with the same number of phones and frames of the same size. Only the ratios within one round are
reliable: the swarm and the server share the machine, perhaps with others.
"""

import argparse
import asyncio
import contextlib
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from websockets.frames import Frame, Opcode

from bench import capacity, plot
from bench.report import machine, publish, save_results, today
from bench.seminar import ACK, ACTIVITY, ANSWER, WORKSHOP
from bench.servers import HOUSE, cpu_ns, process, rss_kib
from bench.swarm import Hit, Swarm
from tests.journal.redis_server import RedisServer
from tests.server_process import FreshServer, Open, Server

CHANGES = 5  # of the view, in each round
IDLE_S = 20
STEADY_PER_S = 2000
FEW = 100  # answers in a small room
GROWTH = (100, 300, 1000, 3000, 10_000)
HELLO = '{"type":"hello"}'
HEADERS = [  # as a browser on a phone sends them, with the address and the cookie about 800 bytes
    "User-Agent: Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",  # noqa: E501
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Accept-Language: nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en-US;q=0.6,en;q=0.5",
    "Cache-Control: no-cache",
    "Pragma: no-cache",
    "Sec-Fetch-Dest: empty",
    "Sec-Fetch-Mode: websocket",
    "Sec-Fetch-Site: same-origin",
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
    "Cookie: innspill=" + "x" * 120,
]

Change = Callable[[int], Awaitable[None]]
"""Changes what every phone is shown. The frames that follow contain the mark of that change."""

Figures = dict[str, float]


class Hall:
    """A swarm of phones connected to one server, and the measurements of both."""

    def __init__(
        self, swarm: Swarm, pids: list[int], change: Change, mark: Callable[[int], str], *, answer: str = ANSWER,
        ack: str = ACK,
    ) -> None:  # fmt: skip
        self.swarm = swarm
        self.pids = pids
        self._change = change
        self._mark = mark
        self._answer, self._ack = answer, ack
        self._changes = 0

    async def ask(self, what: str, *more: Any) -> Any:
        return await asyncio.to_thread(getattr(self.swarm, what), *more)

    async def fill(self, phones: int) -> Figures:
        """Connect every phone, and measure the time, processor time and memory for each."""
        before, used, began = sum(map(rss_kib, self.pids)), cpu_ns(self.pids), time.monotonic()
        connected = await self.ask("connect", phones)
        if connected["open"] < phones:
            raise SystemExit(f"only {connected['open']} of {phones} phones got in")
        await self.ask("settle", 500)
        return {
            "in_s": time.monotonic() - began - 0.5,
            "in_cpu_us": (cpu_ns(self.pids) - used) / 1e3 / phones,
            "kib": (sum(map(rss_kib, self.pids)) - before) / phones,
        }

    async def step(self) -> Figures:
        """Measure one change of the view."""
        n, self._changes = self._changes, self._changes + 1
        used = cpu_ns(self.pids)
        await self.ask("command", f"arm {self._mark(n)}", "armed")
        hit = Hit()
        await self._change(n)
        hit.fill(await self.ask("command", "await 0 20000", "arrived"))
        if hit.missing:
            raise SystemExit(f"{hit.missing} phones did not see the change")
        return {"ms": hit.max_ms, "cpu_ms": (cpu_ns(self.pids) - used) / 1e6}

    async def steps(self) -> Figures:
        seen = []
        for _ in range(CHANGES):
            seen.append(await self.step())
            await self.ask("settle", 200)
        return {name: statistics.median(figures[name] for figures in seen) for name in seen[0]}

    async def answers(self, k: int, rate: int = 0) -> dict[str, Any]:
        """Every phone sends *k* answers, at once or at *rate* a second. Adds processor time of one, acked and read."""
        phones, used = (await self.ask("stats"))["open"], cpu_ns(self.pids)
        sent = await self.ask("send", self._answer, k, rate, 0, self._ack, 180_000)
        if sent["missing"]:
            raise SystemExit(f"{sent['missing']} answers got no ack")
        acked = cpu_ns(self.pids)
        await self.ask("settle", 200)
        await asyncio.sleep(0.8)
        return sent | {
            "cpu_us": (acked - used) / 1e3 / (k * phones), "all_cpu_us": (cpu_ns(self.pids) - used) / 1e3 / (k * phones)
        }  # fmt: skip

    async def step_amid_answers(self) -> float:
        await self.ask("send", self._answer, 3, 0, 0, self._ack, 0)  # waits for no ack
        ms = (await self.step())["ms"]
        await self.ask("settle", 500)
        return ms


async def common(hall: Hall, phones: int, ready: Callable[[], Awaitable[None]] | None = None) -> Figures:
    """The measurements that every server goes through."""
    found = await hall.fill(phones)
    used = cpu_ns(hall.pids)
    await asyncio.sleep(IDLE_S)
    found["idle"] = (cpu_ns(hall.pids) - used) / 1e9 / IDLE_S * 100
    steps = await hall.steps()
    found |= {"change_ms": steps["ms"], "change_cpu_ms": steps["cpu_ms"]}
    if ready:
        await ready()
        await hall.ask("settle", 300)
    found["amid_ms"] = await hall.step_amid_answers()
    if ready:
        await ready()
        await hall.ask("settle", 300)
    sent = await hall.answers(3)
    return found | {"acks_per_s": sent["acks_per_s"], "ack_p99_ms": sent["rtt_ms"]["p99"], "ack_cpu_us": sent["cpu_us"]}


async def other(phones: int, size: int, *words: str) -> Figures:
    """Measures another server, which sends to everybody what begins with `all `."""
    async with process(*words) as (pid, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            f"GET /feed HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")

        async def change(n: int) -> None:
            start = f'all {{"type":"view","mark":"{n:06d}","fill":"'
            text = start + "x" * (size + 4 - len(start) - 2) + '"}'
            writer.write(Frame(Opcode.TEXT, text.encode()).serialize(mask=True))
            await writer.drain()

        with Swarm(port, "/feed", HEADERS, hello=HELLO) as swarm:
            return await common(Hall(swarm, [pid], change, lambda n: f'"mark":"{n:06d}"'), phones)


@contextlib.asynccontextmanager
async def ours(data: Path, *arguments: str) -> AsyncIterator[tuple[Server, Open, Hall, Callable[[], Awaitable[None]]]]:
    """Yields the server, its room, the connected hall, and a function that opens the activity."""
    async with FreshServer(data, *arguments, env={"INNSPILL_LIMITS": "off"}) as server:
        assert server.process
        room = await server.open(WORKSHOP)
        await room.act("goto", slide=22)
        step = (await room.show())["step"]
        acts = [step]

        async def change(n: int) -> None:
            acts[0] += 1
            await room.act("goto", slide=22 if n % 2 else 21)

        async def ready() -> None:
            await room.act("goto", slide=23)
            await room.act("start", activity=ACTIVITY)
            acts[0] = (await room.show())["step"]

        with Swarm(
            server.port, f"/{room.code}/feed?face=phone", [f"Origin: {server.url}", *HEADERS], hello=HELLO
        ) as swarm:
            hall = Hall(
                swarm, [server.process.pid, *server.workers()], change, lambda n: f'"step":{acts[0] + 1},'
            )  # fmt: skip
            yield server, room, hall, ready


async def innspill(phones: int, folder: Path, n: int) -> tuple[Figures, int]:
    async with ours(folder / f"data-{n}") as (server, room, hall, ready):
        _, frame = await server.call("GET", f"/{room.code}/view?face=phone")
        figures = await common(hall, phones, ready)
        if n == 0:
            steady = await hall.answers(12, STEADY_PER_S)
            figures |= {f"steady_{name}_ms": steady["rtt_ms"][name] for name in ("p50", "p99", "max")}
            figures |= await killed(server, room, hall, phones)
        return figures, len(json.dumps(frame))


async def killed(server: Server, room: Open, hall: Hall, phones: int) -> Figures:
    """Kill the server with -9, start a new one, and measure until every phone is back; they all reconnect at once."""
    held = (await room.show())["counts"]["answers"]
    began = time.monotonic()
    await server.kill()
    await hall.ask("drop")
    await server.start()
    assert server.process
    hall.pids = [server.process.pid]
    await hall.fill(phones)
    took = time.monotonic() - began - 0.5
    if (await room.show())["counts"]["answers"] != held:
        raise SystemExit("answers are gone")
    return {"back_s": took}


async def shared(phones: int, folder: Path, n: int) -> Figures:
    """Measures two workers that share a Redis, which writes to disk before it answers."""
    async with RedisServer(folder / f"redis-{n}") as redis:
        arguments = ("serve", "--redis", redis.url, "--workers", "2")
        async with ours(folder / f"shared-{n}", *arguments) as (_, _, hall, ready):
            await hall.fill(phones)
            await ready()
            await hall.ask("settle", 500)
            sent = await hall.answers(3)
            return {"acks_per_s": sent["acks_per_s"], "ack_p99_ms": sent["rtt_ms"]["p99"]}


async def growth(folder: Path, most: int) -> dict[str, list[tuple[int, float]]]:
    """Processor time of a change for each phone, with more and more phones; and of an answer, with more and more."""
    change, answer = [], []
    async with ours(folder / "growth") as (_, _, hall, ready):
        for phones in [n for n in GROWTH if n <= most]:
            await hall.fill(phones - (await hall.ask("stats"))["open"])
            change.append((phones, (await hall.steps())["cpu_ms"] * 1000 / phones))
    few = await in_small_rooms(folder / "few", max(1, most // 200))
    async with ours(folder / "growth-2") as (_, _, hall, ready):
        phones = most * 11 // 20  # each may send twenty
        await hall.fill(phones)
        await ready()
        await hall.ask("settle", 500)
        for n in range(1, 19):
            answer.append((n * phones, (await hall.answers(1))["all_cpu_us"]))
    return {"change_cpu_us": change, "answer_cpu_us": [(FEW, few), *answer]}


async def in_small_rooms(folder: Path, rooms: int) -> float:
    """Processor time of an answer where a room has FEW, sent at once to each of *rooms*: one alone is too short."""
    async with FreshServer(folder, env={"INNSPILL_LIMITS": "off"}) as server, contextlib.AsyncExitStack() as swarms:
        assert server.process
        halls = []
        for _ in range(rooms):
            room = await server.open(WORKSHOP)
            await room.act("goto", slide=23)
            await room.act("start", activity=ACTIVITY)
            more = [f"Origin: {server.url}", *HEADERS]
            halls.append(swarms.enter_context(Swarm(server.port, f"/{room.code}/feed?face=phone", more, hello=HELLO)))
            halls[-1].connect(FEW)
        await asyncio.sleep(1)
        pids = [server.process.pid, *server.workers()]
        used = cpu_ns(pids)
        with ThreadPoolExecutor(rooms) as together:
            sent = list(together.map(lambda swarm: swarm.send(ANSWER, 1, 0, 0, ACK, 60_000), halls))
        if any(outcome["missing"] for outcome in sent):
            raise SystemExit("answers got no ack")
        await asyncio.sleep(1)
        return (cpu_ns(pids) - used) / 1e3 / (rooms * FEW)


async def measure(choices: argparse.Namespace) -> str:
    found: dict[str, list[Figures]] = {"Innspill": [], "C": [], "bare": [], "websockets": [], "Redis": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor = str(folder / "floor")
        subprocess.run(["cc", "-O2", "-Wall", "-o", floor, HOUSE / "bench" / "floor.c"], check=True)  # noqa: ASYNC221
        for n in range(choices.rounds):
            figures, size = await innspill(choices.phones, folder, n)
            found["Innspill"].append(figures)
            found["C"].append(await other(choices.phones, size, floor))
            found["Redis"].append(await shared(choices.phones, folder, n))
            if n < choices.peers:
                found["bare"].append(await other(choices.phones, size, sys.executable, "-m", "bench.bare"))
                found["websockets"].append(await other(choices.phones, size, sys.executable, "-m", "bench.broadcast"))
        grown = await growth(folder, choices.phones)
    results = {
        "date": str(today()), "machine": machine(), "phones": choices.phones, "frame": size, "found": found,
        "growth": grown,
    }  # fmt: skip
    if not choices.dry:
        save_results("crowd", results)
        plot.draw("growth-phones", grown["change_cpu_us"], "phones", "µs for each phone")
        plot.draw("growth-answers", grown["answer_cpu_us"], "answers", "µs for each answer")
        capacity.write(results)
    return report(results)


def ratios(found: dict[str, list[Figures]], ours: str, name: str, of: str = "C") -> list[float]:
    return [mine[name] / (theirs[name] or math.nan) for mine, theirs in zip(found[ours], found[of], strict=False)]


def report(results: dict[str, Any]) -> str:
    found = results["found"]

    def middle(who: str, name: str) -> float:
        return statistics.median(figures[name] for figures in found[who]) if found[who] else float("nan")

    rows = []
    for name, words, digits, to_reach in (
        ("change_ms", "A change of the view, until the last phone has it, ms", 0, "≤ 1.3 × C"),
        ("change_cpu_ms", "Processor time of the server for it, ms", 0, "≤ 1.25 × C"),
        ("amid_ms", "The same in the middle of 30,000 answers, until the last phone, ms", 0, "≤ 1.0 × C"),
        ("acks_per_s", "Answers acked per second, three from each phone at once (ours are on disk)", 0, "≥ 0.4 × C"),
        ("ack_p99_ms", "99th percentile of those acks, ms", 0, "≤ 500"),
        ("ack_cpu_us", "Processor time of the server for an answer, until its ack, µs", 1, ""),
        ("in_s", "All phones in, with a browser's headers, and welcomed, s", 1, "≤ 4"),
        ("kib", "Memory for each idle phone, KiB", 1, "≤ 28"),
        ("idle", "Processor while nothing happens, % of a core", 2, "≤ 0.5"),
    ):
        cells = [f"{middle(who, name):,.{digits}f}" for who in ("Innspill", "C", "bare", "websockets")]
        some = sorted(ratios(found, "Innspill", name))
        spread = f"{some[0]:.2f} / {statistics.median(some):.2f} / {some[-1]:.2f}" if "C" in to_reach else ""
        rows.append(f"| {words} | {' | '.join(cells)} | {spread} | {to_reach} |")
    first = found["Innspill"][0]
    redis = sorted(ratios(found, "Redis", "acks_per_s"))
    grown = results["growth"]["answer_cpu_us"]
    alone = [
        (f"{STEADY_PER_S:,} answers a second for a minute: median, 99th percentile, slowest ack, ms",
         " / ".join(f"{first[f'steady_{name}_ms']:.1f}" for name in ("p50", "p99", "max")), "p99 ≤ 5, slowest ≤ 50"),
        ("kill -9, a new server, and all phones are back, s", f"{first['back_s']:.1f}", "≤ 15"),
        ("Redis (AOF always), 2 workers: acked per second, of C's",
         f"{middle('Redis', 'acks_per_s'):,.0f}; {redis[0]:.2f} / {statistics.median(redis):.2f} / {redis[-1]:.2f}",
         "≥ 0.45 × C"),
        (f"Processor time of an answer, acked and read, at {grown[-1][0]:,} answers and at {grown[0][0]:,}, µs",
         f"{grown[-1][1]:.0f} and {grown[0][1]:.0f}: {grown[-1][1] / grown[0][1]:.2f}", "≤ 1.1"),
    ]  # fmt: skip
    return "\n".join(
        [
            f"{results['date']}: {results['phones']:,} phones, frames of {results['frame']:,} bytes, "
            f"{len(found['C'])} rounds in turn, {CHANGES} changes in each; medians, and the least, middle and largest "
            f"ratio of a round.\n{results['machine']}.\n",
            "| What | Innspill | C | Starlette | `websockets` | ÷ C | To reach |",
            "|---|--:|--:|--:|--:|--:|--:|",
            *rows,
            "",
            "| What | Innspill | To reach |",
            "|---|--:|--:|",
            *(f"| {' | '.join(row)} |" for row in alone),
            "",
            "![Each phone's part of a change](growth-phones.svg) ![An answer's cost](growth-answers.svg)",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=int, default=1, help="rounds in which the other servers in Python take part")
    publish("crowd", measure, parser)


if __name__ == "__main__":
    main()
