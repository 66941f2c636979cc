"""
The measurements of `bench.crowd` for servers on Node, next to ours and the one in C. Run `python -m bench.peers` by
hand: it needs Node and npm, and installs what bench/node/package-lock.json names.
"""

import argparse
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from typing import NamedTuple

from bench.crowd import HEADERS, HELLO, Figures, Hall, common, innspill, other
from bench.report import machine, publish, save_results, today
from bench.seminar import ACK, ANSWER
from bench.servers import HOUSE, process
from bench.swarm import Swarm

NODE = HOUSE / "bench" / "node"


class Peer(NamedTuple):
    """A server on Node, and the messages that phones exchange with it."""

    file: str
    path: str
    hello: str
    answer: str
    ack: str


PEERS = {
    "`ws`": Peer("ws.js", "/", HELLO, ANSWER, ACK),
    "socket.io": Peer(
        "socketio.js", "/socket.io/?EIO=4&transport=websocket", "40", f'42["answer",{ANSWER}]', '42["ack"]'
    ),
}


async def node(phones: int, size: int, peer: Peer) -> Figures:
    async with process("node", str(NODE / peer.file)) as (pid, port):

        async def change(n: int) -> None:
            start = f'{{"type":"view","mark":"{n:06d}","fill":"'
            body = start + "x" * (size - len(start) - 2) + '"}'
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", body.encode()).close()  # noqa: ASYNC210 - bench alone

        with Swarm(port, peer.path, HEADERS, hello=peer.hello) as swarm:
            hall = Hall(swarm, [pid], change, lambda n: f'"mark":"{n:06d}"', answer=peer.answer, ack=peer.ack)
            return await common(hall, phones)


async def measure(choices: argparse.Namespace) -> str:
    subprocess.run(["npm", "ci", "--silent"], cwd=NODE, check=True)  # noqa: ASYNC221
    version = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True).stdout.strip()  # noqa: ASYNC221
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor = str(folder / "floor")
        subprocess.run(["cc", "-O2", "-Wall", "-o", floor, HOUSE / "bench" / "floor.c"], check=True)  # noqa: ASYNC221
        mine, size = await innspill(choices.phones, folder, 1)
        found = {"Innspill": mine, "C": await other(choices.phones, size, floor)}
        for name, peer in PEERS.items():
            found[name] = await node(choices.phones, size, peer)
    if not choices.dry:
        save_results("peers", {"date": str(today()), "machine": machine(), "node": version, "found": found})
    rows = [
        f"{today()}, `python -m bench.peers`: {choices.phones:,} phones, one round, Node {version}.",
        "",
        f"| What | {' | '.join(found)} |",
        f"|---|{'--:|' * len(found)}",
    ]
    for name, words, digits in (
        ("change_ms", "A change of the view, until the last phone has it, ms", 0),
        ("change_cpu_ms", "Processor time of the server for it, ms", 0),
        ("amid_ms", "The same in the middle of three answers from each phone, ms", 0),
        ("acks_per_s", "Answers acked per second (ours are on disk)", 0),
        ("ack_p99_ms", "99th percentile of those acks, ms", 0),
        ("ack_cpu_us", "Processor time of the server for an answer, µs", 1),
        ("in_s", "All phones in, s", 1),
        ("kib", "Memory for each idle phone, KiB", 1),
    ):
        rows.append(f"| {words} | {' | '.join(f'{figures[name]:,.{digits}f}' for figures in found.values())} |")
    return "\n".join(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=10_000)
    publish("peers", measure, parser)
