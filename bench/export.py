"""
Measures the spreadsheet of 10,000 answers while 200 phones send: its time, its memory, and how much later phones get
their acks. Rounds with and without an export alternate; the exports follow each other without a pause.
"""

import argparse
import asyncio
import contextlib
import itertools
import re
import statistics
import tempfile
import time
from pathlib import Path

from bench.report import machine, publish, today
from bench.seminar import ACK, rss_kib
from bench.swarm import Swarm
from tests.server_process import FreshServer, Open, Server

ANSWERS, EACH = 10_000, 20
PHONES, RATE, SENT = 200, 200, 6  # RATE: answers a second from all phones; SENT: answers of each phone in a round
ROUNDS = 3
WORKSHOP = """---
format: workshop/1
title: Mange svar
---

## Hva er viktig?

:::open{id=a many=1000}
Hva er viktig?
:::
"""
ANSWER = (
    '{"type":"answer","id":"{r}{r}{r}{r}","activity":"a","text":"Flere benker og {word} langs stien ved {word} {r}"}'
)


def peak_kib(pid: int) -> int:
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])


def copy_kib(pid: int) -> int:
    """Private memory of the processes that *pid* has started."""
    own = 0
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with contextlib.suppress(OSError):  # it has just ended
            own += sum(map(int, re.findall(r"Private_\w+:\s+(\d+)", Path(f"/proc/{child}/smaps_rollup").read_text())))
    return own


async def peak_copy_kib(pid: int, writing: asyncio.Future) -> int:
    most = 0
    while not writing.done():
        most = max(most, await asyncio.to_thread(copy_kib, pid))
        await asyncio.sleep(0.1)
    return most


async def exports(room: Open, writing: asyncio.Future) -> list[float]:
    """Seconds of each export, one after the other for as long as the phones send."""
    took = []
    while not writing.done():
        began = time.monotonic()
        await room.export("xlsx")
        took.append(time.monotonic() - began)
    return took


async def rounds(server: Server, room: Open) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"alone": [], "beside": [], "export_s": [], "copy_kib": []}
    path, headers = f"/{room.code}/feed?face=phone", [f"Origin: {server.url}"]
    with Swarm(server.port, path, headers, hello='{"type":"hello"}') as swarm:
        await asyncio.to_thread(swarm.connect, ANSWERS // EACH)
        await asyncio.to_thread(swarm.send, ANSWER, EACH, window=1, ack=ACK)
    assert server.process
    found["kib"] = [rss_kib(server.process.pid)]
    with Swarm(server.port, path, headers, hello='{"type":"hello"}') as swarm:
        await asyncio.to_thread(swarm.connect, PHONES)
        for which in itertools.islice(itertools.cycle(("alone", "beside")), 2 * ROUNDS):
            writing = asyncio.ensure_future(asyncio.to_thread(swarm.send, ANSWER, SENT, rate=RATE, ack=ACK))
            if which == "beside":
                took, own = await asyncio.gather(exports(room, writing), peak_copy_kib(server.process.pid, writing))
                found["export_s"] += took
                found["copy_kib"].append(own)
            sent = await writing
            if sent["missing"]:
                raise SystemExit(f"{sent['missing']} answers got no ack")
            found[which].append(sent["rtt_ms"]["p99"])
            await asyncio.sleep(1)
    found["peak_kib"] = [peak_kib(server.process.pid)]
    return found


async def measure(choices: argparse.Namespace) -> str:
    with tempfile.TemporaryDirectory() as folder:
        async with FreshServer(Path(folder) / "data", env={"INNSPILL_LIMITS": "off"}) as server:
            room = await server.open(WORKSHOP)
            await room.act("start", activity="a")
            found = await rounds(server, room)
    alone, beside = statistics.median(found["alone"]), statistics.median(found["beside"])
    took, grown = found["export_s"], (found["peak_kib"][0] - found["kib"][0]) / 1024
    rows = [
        ("Spreadsheet of 10,000 answers while 200 phones write, median", f"{statistics.median(took):.1f} s", "≤ 3 s"),
        ("The slowest of them", f"{max(took):.1f} s", ""),
        ("Ack, 99th percentile, without", f"{alone:.0f} ms", ""),
        ("Ack, 99th percentile, beside one export after the other", f"{beside:.0f} ms", f"≤ {1.5 * alone:.0f} ms"),
        ("What the server's memory grew by, answers and all", f"{grown:.0f} MiB", ""),
        ("Memory of the copy's own, at most", f"{max(found['copy_kib']) / 1024:.0f} MiB", ""),
    ]  # fmt: skip
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return (
        f"{today()}, `python -m bench.export`: {RATE} answers a second, median of {ROUNDS} rounds each.\n"
        f"{machine()}.\n\n| What | Innspill | To reach |\n|---|--:|--:|\n{table}"
    )


def main() -> None:
    publish("export", measure, argparse.ArgumentParser(description=__doc__))


if __name__ == "__main__":
    main()
