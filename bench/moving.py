"""
Measures whether the big screen moves smoothly on a weak laptop: how long the main thread is busy at a time while a hall
of 60 phones comes, answers, sees its answers and votes. A task longer than a frame (16 ms) is a frame that comes late.

The processor is four times slower than this machine (DevTools' throttling). Tasks are read from Chromium's own trace:
the processor time of each, as other programs on this machine would else be counted too. Beside each scene the same page
is watched with nothing going on. `make bench` writes the figures into docs/performance.md.
"""

import argparse
import asyncio
import contextlib
import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from bench.report import machine, publish, save_results, today
from tests.browser.conftest import FLAGS
from tests.browser.handset import handset
from tests.meeting import one
from tests.phones import Phone, hall
from tests.server_process import Open, Server
from tests.text.labelled_answers import ANSWERS

PHONES, TEXTS, SLOWER, FRAME_MS, REST_S, ROUNDS = 60, 165, 4, 16, 1.5, 3
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]
TEXT = (
    one("open", "id=a many=20")
    + "\n:::group{id=g from=a}\nVi samler det som ligner.\n:::\n"
    + "\n---\n\n## Hva er viktigst?\n\n:::choice{id=v}\n- Busser\n- Skolen\n- Møteplasser\n- Lys på gangveien\n:::\n"
)
THEMES = ("Tilbakemelding", "Møteplasser i bygda", "Tidlig involvering", "Én å ringe til", "Makt og penger", "Ungdom")


class Tasks:
    """The main thread's tasks in a trace: how long each took, and what the longest ones did."""

    def __init__(self, trace: bytes) -> None:
        events: list[dict[str, Any]] = json.loads(trace)["traceEvents"]
        main = {
            (one["pid"], one["tid"])
            for one in events
            if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
        }
        own = [one for one in events if one.get("ph") == "X" and (one["pid"], one["tid"]) in main]
        runs = [one for one in own if one["name"] in ("RunTask", "ThreadControllerImpl::RunTask")]
        self.ms = sorted(one["tdur"] / 1000 for one in runs if "tdur" in one)
        self.longest = []
        for run in sorted(runs, key=lambda one: -one.get("tdur", 0))[:8]:
            inside: dict[str, float] = defaultdict(float)
            for event in own:
                begun, ended = event["ts"], event["ts"] + event["dur"]
                if event is not run and run["ts"] <= begun and ended <= run["ts"] + run["dur"]:
                    inside[event["name"]] += event.get("tdur", 0) / 1000
            most = sorted(inside.items(), key=lambda it: -it[1])[:6]
            inner = {name: round(ms, 1) for name, ms in most}
            self.longest.append({"ms": round(run.get("tdur", 0) / 1000, 1), "in": inner})

    @property
    def late(self) -> int:
        return sum(ms > FRAME_MS for ms in self.ms)

    @property
    def most(self) -> float:
        return max(self.ms, default=0.0)


async def watched(browser: Browser, page: Page, what: Callable[[], Awaitable[object]]) -> Tasks:
    """The tasks of *page* while *what* happens, and for a while after."""
    await browser.start_tracing(page=page, categories=CATEGORIES)
    await what()
    await asyncio.sleep(REST_S)
    return Tasks(await browser.stop_tracing())


@contextlib.asynccontextmanager
async def opened(browser: Browser, room: Open) -> AsyncIterator[Page]:
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    await screen.state("lobby")
    devtools = await screen.page.context.new_cdp_session(screen.page)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await asyncio.sleep(2)
    yield screen.page
    await screen.page.context.close()


class Meeting:
    """One meeting before one screen; each method is a scene in which something moves."""

    def __init__(self, room: Open, page: Page) -> None:
        self.room = room
        self.page = page
        self.phones: list[Phone] = []

    async def write(self) -> None:
        for n in range(TEXTS):
            await self.phones[n % PHONES].send("a", f"{ANSWERS[n % len(ANSWERS)][1]} {n // len(ANSWERS) or ''}".strip())
            await asyncio.sleep(0.03)
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in self.phones))

    async def reveal(self) -> None:
        await self.room.act("close")
        await asyncio.sleep(1)
        await self.room.act("reveal")

    async def turn(self) -> None:
        for n in range(1, 6):
            await self.room.act("page", n=n)
            await asyncio.sleep(0.6)

    async def cloud(self) -> None:
        await self.room.act("show_as", shape="cloud")
        for n in (1, 2, 3):
            await asyncio.sleep(0.6)
            await self.room.act("page", n=n)

    async def groups(self) -> None:
        await self.room.act("start", activity="g")
        _, first = await self.room.server.call(
            "GET", f"/api/rooms/{self.room.code}/board/cards?limit=200", key=self.room.key
        )
        ids = [card["id"] for card in first["cards"]]
        for n, name in enumerate(THEMES):
            await self.room.act("make_theme", name=name, ids=ids[n * 12 : n * 12 + 12 - n])
            await asyncio.sleep(0.4)
        themes = [theme["id"] for theme in (await self.room.show())["board"]["themes"]]
        for n, card in enumerate(ids[80:110]):
            await self.room.act("place", theme=themes[n * n % len(themes)], ids=[card])
            await asyncio.sleep(0.15)

    async def votes(self) -> None:
        await self.room.act("start", activity="v")
        for n, phone in enumerate(self.phones):
            await phone.send("v", value=["ABCD"[n * n % 7 % 4].lower()])
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in self.phones))
        await self.room.act("close")
        await self.room.act("reveal")
        await asyncio.sleep(1)


SCENES = {
    "write": "While 165 answers come: the pile of drops",
    "reveal": "The close and the reveal: the pile becomes a wall",
    "turn": "The wall turns five pages",
    "cloud": "The cloud, and three answers below it",
    "groups": "Six themes, and thirty answers moved one by one",
    "votes": "A vote and its reveal",
}


async def meeting(browser: Browser, server: Server) -> dict[str, tuple[Tasks, Tasks]]:
    """For each scene its tasks, and those of the same page before it while nothing went on."""
    room = await server.open(TEXT)
    found: dict[str, tuple[Tasks, Tasks]] = {}
    async with opened(browser, room) as page, contextlib.AsyncExitStack() as stack:
        its = Meeting(room, page)

        async def come() -> None:
            its.phones = await stack.enter_async_context(hall(room, PHONES))

        quiet = await watched(browser, page, lambda: asyncio.sleep(2))
        found["lobby"] = (await watched(browser, page, come), quiet)
        await room.act("start", activity="a")
        for name in SCENES:
            await asyncio.sleep(REST_S)
            quiet = await watched(browser, page, lambda: asyncio.sleep(2))
            found[name] = (await watched(browser, page, getattr(its, name)), quiet)
    return found


async def measure(choices: argparse.Namespace) -> str:
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = await stack.enter_async_context(Server(folder / "data", env={"INNSPILL_LIMITS": "off"}))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        stack.push_async_callback(browser.close)
        rounds = [await meeting(browser, server) for _ in range(choices.rounds)]
    rows = [
        f"{today()}, `python -m bench.moving`, each figure the best of {choices.rounds} rounds. {machine()}",
        f"In Chromium without a graphics card at 1920 × 1080, the processor {SLOWER} times slower.", "",
        "| What moves | Longest task | Tasks over 16 ms | Beside it, with nothing going on | To reach |",
        "|---|--:|--:|--:|--:|",
    ]  # fmt: skip
    for name, said in {"lobby": f"{PHONES} phones come: the lobby’s hall fills", **SCENES}.items():
        tasks = min((one[name][0] for one in rounds), key=lambda it: (it.late, it.most))
        quiet = min((one[name][1] for one in rounds), key=lambda it: (it.late, it.most))
        rows.append(f"| {said} | {tasks.most:.0f} ms | {tasks.late} | {quiet.most:.0f} ms, {quiet.late} | 16 ms, 0 |")
    save_results("moving", [{name: [it.longest for it in pair] for name, pair in one.items()} for one in rounds])
    return "\n".join(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    publish("moving", measure, parser)
