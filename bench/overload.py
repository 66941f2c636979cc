"""Measures overload: 10,000 phones send 15 answers each at once. `python -m bench.overload`."""

import argparse
import asyncio
import re
import tempfile
import time
from pathlib import Path

from bench.crowd import ours
from bench.report import machine, today
from tests.server_process import Open, Server

CALM_SAMPLES = 120  # at most, until the load level is 0 again


async def sample(server: Server, room: Open) -> tuple[int, float]:
    """The load level, and how many seconds an action of the facilitator takes."""
    _, metrics = await server.call("GET", "/metrics")
    began = time.monotonic()
    await room.act("set_people", n=int(began) % 1000 + 1)
    return int(re.search(rb"innspill_pressed (\d)", metrics)[1]), time.monotonic() - began


async def measure(phones: int, each: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        async with ours(Path(name) / "data") as (server, room, hall, ready):
            await hall.fill(phones)
            await ready()
            await hall.ask("settle", 500)
            sending = asyncio.create_task(hall.answers(each))
            seen = []
            while not sending.done():
                seen.append(await sample(server, room))
                await asyncio.sleep(0.5)
            sent, over = sending.result(), time.monotonic()
            for _ in range(CALM_SAMPLES):
                seen.append(await sample(server, room))
                if not seen[-1][0]:
                    break
                await asyncio.sleep(0.5)
            calm = time.monotonic() - over
            stored = (await room.show())["counts"]["answers"]
    levels, actions = zip(*seen, strict=True)
    return (
        f"{today()}, {machine()}\n"
        f"{sent['sent']} answers at once: {sent['acks']} acked in {sent['total_s']:.1f} s, {stored} stored; "
        f"slowest action {max(actions):.2f} s, level {max(levels)} at most, calm {calm:.0f} s after the last ack."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=15)
    given = parser.parse_args()
    print(asyncio.run(measure(given.phones, given.each)))


if __name__ == "__main__":
    main()
