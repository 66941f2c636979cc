"""
Measures the seminar with a thousand phones: `make bench` writes its figures into docs/performance.md.

The swarm and the server share the machine. A bare echo server is measured in the same run: the ratio to it says more
than either figure, because machines and what else runs on them differ.
"""

import argparse
import asyncio
import gzip
import json
import re
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

from websockets.asyncio.client import connect

from bench.report import machine, publish, today
from bench.servers import HOUSE, process, rss_kib
from bench.swarm import Swarm
from tests.server_process import FreshServer, Open, Server

WORKSHOP = (HOUSE / "examples" / "naerdemokrati.md").read_text("utf-8")
ACTIVITY = "viktigst"
ANSWERS = 3
ANSWER = '{"type":"answer","id":"{r}{r}{r}{r}","activity":"viktigst","text":"Flere benker og lys langs stien ved {r}"}'
ACK = '"type":"ack"'


async def bare(phones: int) -> dict[str, float]:
    async with process(sys.executable, "-m", "bench.bare") as (pid, port):
        with Swarm(port, "/feed", hello='{"type":"hello"}') as swarm:
            return await asyncio.to_thread(load, swarm, pid, phones)


def load(swarm: Swarm, pid: int, phones: int) -> dict[str, float]:
    """Connects, sits idle, then sends; each phone waits for its ack before it sends again."""
    before = rss_kib(pid)
    connected = swarm.connect(phones)
    if connected["open"] != phones:
        raise SystemExit(f"only {connected['open']} of {phones} phones got in")
    swarm.settle(500)
    idle = rss_kib(pid)
    sent = swarm.send(ANSWER, ANSWERS, window=1, ack=ACK)
    if sent["missing"]:
        raise SystemExit(f"{sent['missing']} answers got no ack")
    times = sent["rtt_ms"]
    return {
        "connects_per_s": connected["per_s"],
        "kib_per_phone": (idle - before) / phones,
        "acks_per_s": sent["acks_per_s"],
        "p50_ms": times["p50"],
        "p99_ms": times["p99"],
        "last_ack_ns": sent["t0_ns"] + sent["total_s"] * 1e9,
    }


async def screen(server: Server, room: Open, answers: int, ready: asyncio.Event) -> tuple[int, int]:
    """-> when (monotonic ns) the screen's view held all *answers*, and the bytes of that view."""
    request = urllib.request.Request(
        f"{server.url}/{room.code}/keys",
        json.dumps({"key": room.screen_key}).encode(),
        {"Content-Type": "application/json", "Origin": server.url},
    )
    with await asyncio.to_thread(urllib.request.urlopen, request) as answer:
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    url = server.url.replace("http", "ws", 1) + f"/{room.code}/feed?face=screen"
    async with connect(url, compression=None, origin=server.url, additional_headers={"Cookie": cookie}) as feed:
        await feed.send('{"type":"hello"}')
        async for text in feed:
            at = time.monotonic_ns()
            ready.set()
            message = json.loads(text)
            if message["type"] in ("welcome", "view") and message["view"]["counts"]["answers"] == answers:
                return at, len(text.encode())
    raise SystemExit("the screen's feed ended too early")


async def innspill(phones: int, folder: Path) -> dict[str, float]:
    async with FreshServer(folder / "data", env={"INNSPILL_LIMITS": "off"}) as server:
        room = await server.open(WORKSHOP)
        await room.act("goto", slide=23)
        await room.act("start", activity=ACTIVITY)
        view = await room.show()
        if (view["state"], view["activity"]) != ("write", ACTIVITY):
            raise SystemExit(f"the room is at {view['state']} {view['activity']}")
        await room.act("reveal")  # so that the screen's view carries words and cards, and not only how many there are
        page = await asyncio.to_thread(page_bytes, f"{server.url}/{room.code}")
        ready = asyncio.Event()
        projector = asyncio.create_task(screen(server, room, phones * ANSWERS, ready))
        await ready.wait()
        with Swarm(
            server.port, f"/{room.code}/feed?face=phone", [f"Origin: {server.url}"], hello='{"type":"hello"}'
        ) as swarm:
            figures = await asyncio.to_thread(load, swarm, server.process.pid, phones)
            async with asyncio.timeout(30):
                held_at, size = await projector
            figures["heard"] = swarm.stats()["frames"]
        started = time.monotonic()
        book = await room.export("xlsx")
        figures["xlsx_s"] = time.monotonic() - started
        figures |= {"screen_ms": (held_at - figures["last_ack_ns"]) / 1e6, "view_bytes": size, "xlsx_bytes": len(book)}
        return figures | page


def page_bytes(url: str) -> dict[str, int]:
    """What a phone downloads to take part: the page, its style sheets and its modules with all they import."""
    sizes: dict[str, int] = {}
    waiting = [url]
    kinds = {"html": 0, "css": 0, "js": 0}
    while waiting:
        address = waiting.pop()
        if address in sizes:
            continue
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
            body = answer.read()
            packed = answer.headers.get("Content-Encoding") == "gzip"
            kind = answer.headers.get_content_type().split("/")[-1].replace("javascript", "js").removeprefix("x-")
        text = (gzip.decompress(body) if packed else body).decode()
        sizes[address] = len(body)
        kinds[kind] = kinds.get(kind, 0) + len(body)
        if kind == "html":
            found = re.findall(r"<script[^>]*\ssrc=[\"']([^\"']+)", text)
            found += re.findall(r"<link(?=[^>]*rel=[\"'](?:stylesheet|modulepreload))[^>]*href=[\"']([^\"']+)", text)
        else:
            found = re.findall(r"(?:from|import)\s*[\"'](\.{1,2}/[^\"']+)[\"']", text) if kind == "js" else []
        waiting += [urljoin(address, name) for name in found]
    return {f"{kind}_bytes": size for kind, size in kinds.items()} | {"page_bytes": sum(sizes.values())}


def report(ours: dict[str, float], least: dict[str, float], phones: int) -> str:
    def ratio(name: str) -> str:
        return f"{ours[name] / least[name]:.2f}"

    rows = [
        ("Answers acked per second, durable", f"{ours['acks_per_s']:,.0f}", f"{least['acks_per_s']:,.0f}",
         ratio("acks_per_s"), "≥ 3,000"),
        ("Ack, median", f"{ours['p50_ms']:.0f} ms", f"{least['p50_ms']:.0f} ms", ratio("p50_ms"), ""),
        ("Ack, 99th percentile", f"{ours['p99_ms']:.0f} ms", f"{least['p99_ms']:.0f} ms", ratio("p99_ms"), ""),
        ("Last ack until the screen's view holds every answer", f"{ours['screen_ms']:.0f} ms", "", "", "≤ 700 ms"),
        ("Server memory per idle phone", f"{ours['kib_per_phone']:.1f} KiB", f"{least['kib_per_phone']:.1f} KiB",
         ratio("kib_per_phone"), "≤ 60 KiB"),
        ("Phones let in per second", f"{ours['connects_per_s']:,.0f}", f"{least['connects_per_s']:,.0f}",
         ratio("connects_per_s"), ""),
        ("The phone's HTML + CSS + JS, as sent", f"{ours['page_bytes']:,} bytes ({ours['html_bytes']:,} + "
         f"{ours['css_bytes']:,} + {ours['js_bytes']:,})", "", "", "≤ 14,600"),
        ("The screen's view with every answer", f"{ours['view_bytes']:,} bytes", "", "", "≤ 65,536"),
        ("Spreadsheet of every answer", f"{ours['xlsx_s']:.2f} s", "", "", ""),
    ]  # fmt: skip
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return (
        f"{today()}: {phones:,} phones, {ANSWERS} answers each, every phone sending "
        f"as fast as it gets acks. SQLite, one process.\n{machine()}.\n\n"
        f"| What | Innspill | Bare echo server | Ratio | To reach |\n|---|--:|--:|--:|--:|\n{table}"
    )


async def measure(phones: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        least = await bare(phones)
        return report(await innspill(phones, Path(folder)), least, phones)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=1000)
    publish("bench", lambda choices: measure(choices.phones), parser)


if __name__ == "__main__":
    main()
