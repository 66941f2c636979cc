"""A phone in somebody's hand: its page, and a note of all it must never do."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, Error, Page, TimeoutError, expect

from tests.meeting import SEMINAR
from tests.server_process import Open

SMALL, USUAL = (320, 640), (360, 740)
GUARD_MS = 320  # the same key sooner is taken for a bounce, by the page's own clock
A_WHILE_MS, LOOK_S, SLOWER = 15_000, 0.5, 1.2
AWAKE_MS = 2000  # a page that stood still for so long takes some time until it says that it is cut off
WAIT_MS = 30_000  # phones send again by chance, every other time in three seconds; and the machine may be busy
expect.set_options(timeout=WAIT_MS)

# Fonts have come, which lets pages measure their text anew, and what moved has arrived.
STILL = "() => document.fonts.status === 'loaded' && document.getAnimations().every((it) => it.playState !== 'running')"
STANDS = """() => [document.body.dataset.state, document.body.className, ...['note', 'status', 'offline'].map((id) => {
  const said = document.getElementById(id)
  return said && !said.hidden ? `${id}: ${said.textContent}` : ''
})].join(' ')"""
WORKSHOP = """---
format: workshop/1
title: Nærdemokrati i tettstedene
organisation: Eksempel kommune
purpose: Hva skal til for god dialog mellom kommunen og tettstedene?
owner: Kommunedirektøren
contact: post@eksempel.kommune.no
report-by: 2027-06-01
ladder: likeverdig
language: nb
---

# Velkommen

---

## Hva er viktigst for dere når kommunen skal ha dialog med innbyggere i tettstedene?

:::pair{time=2:00}
To og to: Diskuter med sidemannen.
:::

:::open{id=viktigst many max=40 reveal=manual}
Alle legger inn innspill.
:::

---

## Hvor bor du?

:::choice{id=bor}
- Sentrum
- Bygda
- Øya
:::

---

## Hva savner du mest?

:::choice{id=savn pick=2}
Velg inntil to.
- Møteplasser
- Busser
- Trygg skolevei
:::

---

## Hvor lett er det å bli hørt?

:::scale{id=hort labels="Svært vanskelig|Svært lett"}
- I velforeningen
- I kommunen
:::
"""
# The seminar in few slides: a title, one that comes point by point, a table, and from the question to the end.
SLIDES_OF_BRIEF = (1, 4, 10, 23, 24, 25)
_head, *_slides = SEMINAR.split("\n---\n")
BRIEF = "\n---\n".join([_head, *(_slides[number - 1] for number in SLIDES_OF_BRIEF)])
SLIDES = {"viktigst": 2, "bor": 3, "savn": 4, "hort": 5}


async def in_state(page: Page, name: str) -> None:
    """What the server wrote into the page counts only when its scripts listen, also after the reload for a key."""
    await page.locator(f'body[data-state="{name}"]').wait_for(state="attached", timeout=WAIT_MS)
    await page.wait_for_load_state("load")


async def still(page: Page) -> None:
    """What is drawn stays as it is, until something else is to be shown."""
    await page.wait_for_function(STILL)


async def press(page: Page, key: str, state: str) -> None:
    """One key, and the page has followed."""
    await page.keyboard.press(key)
    await in_state(page, state)


async def place(page: Page, name: str) -> None:
    """One of the console's places, by its tab."""
    await page.locator(f".places [data-place={name}]").click()


async def a_moment(page: Page) -> None:
    """What is pressed next is no bounce of the last key. The page was opened with its clock in hand."""
    await page.clock.fast_forward(GUARD_MS)


async def stop_clock(page: Page) -> None:
    """The page's clock stands, but for what `page.clock.run_for` lets pass, until `page.clock.resume`."""
    while True:
        soon = await page.evaluate("Date.now()") / 1000 + 0.1
        try:
            return await page.clock.pause_at(soon)
        except Error:
            continue  # the page was slower than that, and its clock stands already


@contextlib.asynccontextmanager
async def hurried(*pages: Page) -> AsyncIterator[None]:
    """
    Inside, these pages believe that a while has passed, and then another: whatever they would do by themselves after a
    rest they do now. A rest may begin at any moment, so one leap would miss some. A leap also ends the page's patience
    with an answer that is on its way: so there is more and more time between two, for slow machines. Their clocks must
    have been taken in hand when they were opened: taken later, a page's clock would go back.
    """

    async def leap() -> None:
        look_s = LOOK_S
        while True:
            for page in pages:
                await page.clock.fast_forward(A_WHILE_MS)
                await page.clock.run_for(AWAKE_MS)
            await asyncio.sleep(look_s)
            look_s *= SLOWER

    leaping = asyncio.create_task(leap())
    try:
        yield
    finally:
        leaping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await leaping
    for page in pages:
        await page.clock.set_system_time(datetime.now(UTC))  # or a console would say that it differs from the server's


class Steps:
    """
    What a page has been told of the meeting, by sockets: many a step can't be seen on it, but a press there is for the
    step that it knows. To be made before the page is opened.
    """

    def __init__(self, page: Page) -> None:
        self._newest = -1
        page.on("websocket", lambda socket: socket.on("framereceived", self._hear))

    def _hear(self, frame: str | bytes) -> None:
        told = json.loads(frame)
        if "view" in told:
            self._newest = told["step"]

    async def reach(self, step: int) -> None:
        async with asyncio.timeout(WAIT_MS / 1000):
            while self._newest < step:
                await asyncio.sleep(0.02)


class Handset:
    """`faults` is what no phone may ever do; `requests` all it has asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.on("dialog", lambda dialog: self._note(f"dialog: {dialog.message}", dialog.dismiss()))
        page.on("pageerror", lambda error: self._note(f"error: {error}"))
        page.on("console", lambda line: self._note(line.text) if "Security Policy" in line.text else None)
        page.context.on("request", lambda request: self.requests.append(request.url))

    def _note(self, fault: str, then: Any = None) -> None:
        self.faults.append(fault)
        if then is not None:
            self._closing = asyncio.ensure_future(then)

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(url).netloc for url in self.requests if not url.startswith("data:")}

    async def state(self, name: str) -> None:
        try:
            await in_state(self.page, name)
        except TimeoutError as error:
            raise AssertionError(f"not {name}, but {await self.page.evaluate(STANDS)}") from error

    async def sees(self, text: str) -> None:
        await self.page.get_by_text(text).filter(visible=True).first.wait_for(timeout=WAIT_MS)

    async def says(self, text: str) -> None:
        """What it says of the last thing done."""
        await expect(self.page.locator("#status")).to_contain_text(text, timeout=WAIT_MS)

    async def write(self, text: str) -> None:
        await self.page.fill("textarea", text)
        await self.send()

    async def send(self) -> None:
        await self.page.locator("#form .press").click()

    async def own(self, *expected: tuple[str, str]) -> None:
        """Mine svar: each text with its state in words, newest first; the count above them is of those not refused."""
        await expect(self.page.locator("#own > li > p")).to_have_text([text for text, _ in expected], timeout=WAIT_MS)
        await expect(self.page.locator("#own .soft")).to_have_text([word for _, word in expected], timeout=WAIT_MS)
        if expected:
            await self.sees(f"Mine svar ({sum(word != 'Ikke mottatt' for _, word in expected)})")

    def button(self, name: str, of: str) -> Any:
        """Endre or Slett beside one of the own answers."""
        return self.page.locator("#own > li").filter(has_text=of).get_by_text(name, exact=True)


async def handset(
    browser: Browser,
    url: str,
    *,
    script: bool = True,
    broken: bool = False,
    clock: bool = False,
    size: tuple[int, int] = USUAL,
) -> Handset:
    """
    A phone of its own that has opened *url*. *broken*: its script fails on the first line. *clock*: even what the page
    does at regular times can be hurried or held.
    """
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="nb-NO", java_script_enabled=script, has_touch=True
    )
    if broken:
        await context.route("**/phone.js", lambda route: route.fulfill(content_type="text/javascript", body="throw 1"))
    if clock:
        await context.clock.install()
    phone = Handset(await context.new_page())
    await phone.page.goto(url)
    return phone


async def writing(room: Open, activity: str = "viktigst") -> None:
    """The room takes answers to *activity*."""
    await room.act("goto", slide=SLIDES[activity])
    await room.act("start", activity=activity)


async def answers(room: Open) -> list[dict[str, Any]]:
    status, told = await room.server.call("GET", f"/api/rooms/{room.code}/answers?limit=1000", key=room.key)
    assert 200 == status, told
    return told["answers"]


class Wire:
    """
    The network between phones and server. Cut, it lets nothing through and breaks what stands. Without *sockets* it
    breaks every WebSocket; when it is *mute*, one opens and then nothing comes through it, either way.
    """

    def __init__(self, port: int, sockets: bool, mute: bool) -> None:
        self.url = ""
        self._to = port
        self._sockets = sockets
        self._mute = mute
        self._whole = True
        self._ends: set[asyncio.StreamWriter] = set()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._whole:
            return writer.close()
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        self._ends |= {writer, back}
        await asyncio.gather(self._pour(reader, back), self._pour(there, writer))

    async def _pour(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65_536):
                upgrade = b"upgrade: websocket" in data.lower()
                if not self._sockets and upgrade:
                    break
                sink.write(data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if self._mute and upgrade else data)
                await sink.drain()
                while self._mute and upgrade and await source.read(65_536):
                    pass
        sink.close()
        self._ends.discard(sink)

    def cut(self) -> None:
        self._whole = False
        for end in list(self._ends):
            end.transport.abort()

    def mend(self) -> None:
        self._whole = True


@contextlib.asynccontextmanager
async def wire(room: Open, *, sockets: bool = True, mute: bool = False) -> AsyncIterator[Wire]:
    """A wire to *room*; without *sockets* it lets no WebSocket through, *mute* none of its messages."""
    between = Wire(room.server.port, sockets, mute)
    listening = await asyncio.start_server(between._carry, "127.0.0.1", 0)
    between.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/{room.code}"
    try:
        yield between
    finally:
        between.cut()
        listening.close()
