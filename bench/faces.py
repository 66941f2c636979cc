"""
Measures what people wait for, in Chromium: the first paint of the phone's page on slow networks, from send to received,
and from a phone's send to the big screen. `make bench` writes the figures into docs/performance.md.

The slow network is a proxy of our own on loopback, not the browser's emulation: it delays handshakes, packets and
responses alike.
"""

import argparse
import asyncio
import contextlib
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bench.report import publish, today
from tests.browser.conftest import FLAGS
from tests.browser.handset import WORKSHOP, handset, writing
from tests.meeting import one
from tests.phones import hall
from tests.server_process import FreshServer, Open

NETWORKS = (("150 ms, 1.6 Mbit/s", 0.150, 1_600_000, 1.0), ("400 ms, 400 kbit/s", 0.400, 400_000, 1.8))
VISITS, SENDS, DRAWN, PHONES = 5, 10, 40, 200
HEADERS = 0.04  # of TCP and IP, added to every byte
RECEIVED = """async (text) => {
  const field = document.getElementById('text')
  field.value = text
  field.dispatchEvent(new Event('input'))
  const began = performance.now()
  document.querySelector('#form .press').click()
  while (document.querySelector('#own li .soft')?.textContent !== 'Mottatt' ||
         document.querySelector('#own li p')?.textContent !== text) await new Promise(requestAnimationFrame)
  return performance.now() - began
}"""


@contextlib.asynccontextmanager
async def slow(port: int, rtt_s: float, bits_per_s: int) -> AsyncIterator[int]:
    """A proxy to *port* with that round-trip time, and that bandwidth each way for all connections together."""
    free_at = {"up": 0.0, "down": 0.0}

    async def pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: str) -> None:
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(due - loop.time())
                sink.write(data)
                if not data:
                    sink.close()
                    return

        delivering = asyncio.create_task(deliver())
        with contextlib.suppress(OSError):
            while data := await source.read(1400):  # one packet
                sent = max(free_at[way], loop.time()) + len(data) * 8 * (1 + HEADERS) / bits_per_s
                free_at[way] = sent
                queue.put_nowait((sent + rtt_s / 2, data))
        queue.put_nowait((loop.time() + rtt_s / 2, b""))
        with contextlib.suppress(OSError):
            await delivering

    async def carry(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        await asyncio.sleep(rtt_s)  # the handshake
        far, there = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pour(near, there, "up"), pour(far, back, "down"))

    listening = await asyncio.start_server(carry, "127.0.0.1", 0)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()


async def first_paint_s(browser: Browser, url: str) -> float:
    """Median over visits with an empty cache."""
    paints = []
    for _ in range(VISITS):
        context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="nb-NO")
        page = await context.new_page()
        await page.goto(url)
        await page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        paints.append(await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        await context.close()
    return statistics.median(paints) / 1000


async def received_s(browser: Browser, url: str) -> float:
    phone = await handset(browser, url)
    await phone.state("write")
    await phone.page.wait_for_function("document.querySelector('#line').hidden")
    await asyncio.sleep(2)
    return statistics.median([await phone.page.evaluate(RECEIVED, f"Innspill {n}") for n in range(SENDS)]) / 1000


async def drawn_s(browser: Browser, room: Open) -> float:
    """95th percentile from a phone's send until the screen has painted it, with a full hall."""
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    await screen.state("write")
    took = []
    async with hall(room, PHONES) as phones:
        for n in range(DRAWN):
            text = f"ord{n}nytt"
            seen = asyncio.create_task(
                screen.page.wait_for_function("text => document.body.innerText.includes(text)", arg=text, polling="raf")
            )
            await asyncio.sleep(0.3)
            began = time.perf_counter()
            await phones[n].send("a", text)
            await seen
            took.append(time.perf_counter() - began)
    return sorted(took)[int(len(took) * 0.95)]


async def measure() -> str:
    rows = [f"{today()}, in Chromium on the machine above.", "", "| What | Innspill | To reach |", "|---|--:|--:|"]
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = await stack.enter_async_context(FreshServer(folder / "data", env={"INNSPILL_LIMITS": "off"}))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        stack.push_async_callback(browser.close)
        room = await server.open(WORKSHOP)
        await writing(room)
        for name, rtt_s, bits_per_s, most_s in NETWORKS:
            async with slow(server.port, rtt_s, bits_per_s) as port:
                url = f"http://127.0.0.1:{port}/{room.code}"
                paint, received = await first_paint_s(browser, url), await received_s(browser, url)
            rows.append(f"| First paint, nothing kept: {name} | {paint:.2f} s | ≤ {most_s} s |")
            rows.append(
                f"| From send to «Mottatt»: {name} | {received * 1000:.0f} ms | ≤ {rtt_s * 1000 + 100:.0f} ms |"
            )
        live = await server.open(one("words", "id=a many=20 reveal=live hold=off"))
        await live.act("start", activity="a")
        drawn = await drawn_s(browser, live)
        rows.append(
            f"| From a phone's send to the big screen, {PHONES} phones, 95th percentile "
            f"| {drawn * 1000:.0f} ms | ≤ 500 ms |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    publish("faces", lambda choices: measure(), argparse.ArgumentParser(description=__doc__))
