"""
Measures the big screen in Chromium while a hall sends answers: the time from each phone's send until it is drawn, and
the cost when a word of the cloud grows. `make bench` writes the figures into docs/performance.md.

A wall shows one page of many cards, so an answer counts as drawn with the first frame whose counter includes it.
"""

import argparse
import asyncio
import bisect
import contextlib
import math
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bench.report import publish, save_results, today
from bench.swarm import Swarm
from tests.browser.conftest import FLAGS
from tests.browser.handset import handset
from tests.meeting import one
from tests.server_process import FreshServer, Server

PHONES, SECONDS, ROUNDS, WORDS = 2_000, 10, 60, 100
ANSWER = '{"type":"answer","id":"{r}{r}{r}{r}","activity":"a","text":"Flere {word} langs {word} ved elva"}'
WATCH = """() => {
  const seen = window.seen = []
  const counts = document.getElementById('counts')
  const look = () => {
    const n = Number(/[\\d\\s\\u00a0\\u202f]+(?= svar)/.exec(counts.textContent)?.[0].replace(/\\D/g, ''))
    if (!(n > (seen.at(-1)?.[0] ?? 0))) return
    const row = [n, 0]
    seen.push(row)
    requestAnimationFrame(() => setTimeout(() => { row[1] = performance.timeOrigin + performance.now() }))  // painted
  }
  new MutationObserver(look).observe(counts, { childList: true, subtree: true, characterData: true })
}"""
GROW = """async ([address, n, rounds]) => {
  const { Cloud } = await import(address)
  const stage = document.querySelector('#stage')
  const t = { also: 'også', and_more: '+ {n}', words_more: '{n} ord' }
  const cloud = new Cloud(t, () => {})
  stage.replaceChildren(cloud.root)
  const parts = 'til lit gren de møte plass ær lig het opp føl ging tid ung dom språk by liv vei nær sam'.split(' ')
  const words = Array.from({ length: n }, (_, i) => ({
    text: [0, 1, 2, 3].slice(0, 2 + i % 3)
      .map((j) => parts[(i * (j + 3) + j * j * 5 + (i >> 3)) % parts.length]).join('') + (i > 40 ? 'a' : ''),
    count: Math.max(1, Math.round(19 / (1 + i * 0.6))),
  }))
  const show = () => cloud.show({ results: { words: [...words].sort((a, b) => b.count - a.count), words_total: n } })
  const places = () => new Map([...cloud.root.querySelectorAll('li')].map((li) =>
    [li.dataset.word, li.style.transform.match(/[-\\d.]+(?=px)/g).map(Number)]))
  for (let k = 0; k < 30; k += 1) { show(); await new Promise(requestAnimationFrame) }
  const took = [], moved = []
  for (let k = 0; k < rounds; k += 1) {
    const grown = words[(k * 7) % 40]  // those that are larger than the smallest size
    const before = places()
    grown.count += 1
    const began = performance.now()
    show()
    took.push(performance.now() - began)
    await new Promise(requestAnimationFrame)
    const far = [...places()].filter(([text]) => text !== grown.text && before.has(text)).map(([text, [x, y]]) =>
      Math.hypot(x - before.get(text)[0], y - before.get(text)[1]))
    moved.push(far.reduce((sum, one) => sum + one, 0) / far.length)
  }
  return { took, moved, placed: places().size }
}"""


async def drawn(browser: Browser, server: Server, kind: str) -> list[float]:
    """Milliseconds from each phone's send until the answer is drawn, sorted."""
    room = await server.open(one(kind, "id=a many=20 reveal=live hold=off"))
    await room.act("start", activity="a")
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    await screen.state("write")
    await screen.page.evaluate(WATCH)
    with Swarm(
        server.port, f"/{room.code}/feed?face=phone", [f"Origin: {server.url}"], hello='{"type":"hello"}'
    ) as swarm:
        await asyncio.to_thread(swarm.connect, PHONES)
        await asyncio.to_thread(swarm.settle, 500)
        began, wall = time.monotonic_ns(), time.time_ns()
        sent = await asyncio.to_thread(swarm.send, ANSWER, 1, PHONES // SECONDS, 0, '"type":"ack"')
        if sent["missing"]:
            raise SystemExit(f"{sent['missing']} answers got no ack")
        await asyncio.sleep(2)
        seen = [(n, at) for n, at in await screen.page.evaluate("window.seen") if at]
    if not seen or seen[-1][0] < PHONES:
        raise SystemExit(f"the screen told {seen[-1][0] if seen else 0} of {PHONES} answers")
    start_ms = (sent["t0_ns"] - began + wall) / 1e6
    counts = [n for n, _ in seen]
    return sorted(
        seen[bisect.bisect_left(counts, n + 1)][1] - start_ms - n * SECONDS * 1000 / PHONES for n in range(PHONES)
    )


async def grown(page: Page) -> dict[str, list[float]]:
    """A word cloud of its own in the screen's page: milliseconds of each update, and how far other words moved, px."""
    address = await page.evaluate("document.querySelector('script[type=module]').src.replace('screen.js', 'cloud.js')")
    cloud: dict[str, list[float]] = await page.evaluate(GROW, [address, WORDS, ROUNDS])
    return cloud


async def measure() -> str:
    found: dict[str, object] = {"date": str(today())}
    rows = [f"{today()}, in Chromium on the machine above.", "", "| What | Innspill | To reach |", "|---|--:|--:|"]
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = await stack.enter_async_context(FreshServer(folder / "data", env={"INNSPILL_LIMITS": "off"}))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        stack.push_async_callback(browser.close)
        for kind, words in (("open", "a wall"), ("words", "a word cloud")):
            times = await drawn(browser, server, kind)
            found[kind] = [round(ms) for ms in times]
            p50, p99 = (times[math.ceil(PHONES * share) - 1] for share in (0.5, 0.99))
            rows.append(
                f"| From send to drawn as {words}, {PHONES:,} phones in {SECONDS} s: median, 99th percentile | "
                f"{p50:.0f} / {p99:.0f} ms | ≤ 200 / 500 ms |"
            )
        screen = await handset(
            browser, (await server.open(one("words", "id=a"))).links["screen_url"], size=(1920, 1080)
        )
        await screen.state("lobby")
        cloud = await grown(screen.page)
        found["cloud"] = cloud
        took = statistics.median(cloud["took"])
        rows.append(f"| A word grows in a cloud of {WORDS}: script, median | {took:.1f} ms | ≤ 2 ms |")
        rows.append(f"| How far the others move, mean | {statistics.mean(cloud['moved']):.1f} px | ≤ 3 px |")
    save_results("drawn", found)
    return "\n".join(rows)


if __name__ == "__main__":
    publish("drawn", lambda choices: measure(), argparse.ArgumentParser(description=__doc__))
