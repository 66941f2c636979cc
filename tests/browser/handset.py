"""A phone in somebody's hand: its page, and a note of all it must never do."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, TimeoutError, expect

from tests.server_process import Open

SMALL, USUAL = (320, 640), (360, 740)
WAIT_MS = 30_000  # phones send again by chance, every other time in three seconds

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
SLIDES = {"viktigst": 2, "bor": 3, "savn": 4, "hort": 5}


async def in_state(page: Page, name: str) -> None:
    """What the server wrote into the page counts only when its scripts listen, also after the reload for a key."""
    await page.locator(f'body[data-state="{name}"]').wait_for(state="attached", timeout=WAIT_MS)
    await page.wait_for_load_state("load")


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
        """Mine svar: each text with its state in words, newest first; and the count above them says as many."""
        await expect(self.page.locator("#own > li > p")).to_have_text([text for text, _ in expected], timeout=WAIT_MS)
        await expect(self.page.locator("#own .soft")).to_have_text([word for _, word in expected], timeout=WAIT_MS)
        if expected:
            await self.sees(f"Mine svar ({len(expected)})")

    def button(self, name: str, of: str) -> Any:
        """Endre or Slett beside one of the own answers."""
        return self.page.locator("#own > li").filter(has_text=of).get_by_text(name, exact=True)


async def handset(
    browser: Browser, url: str, *, script: bool = True, broken: bool = False, size: tuple[int, int] = USUAL
) -> Handset:
    """A phone of its own that has opened *url*. *broken*: its script fails on the first line."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="nb-NO", java_script_enabled=script, has_touch=True
    )
    if broken:
        await context.route("**/phone.js", lambda route: route.fulfill(content_type="text/javascript", body="throw 1"))
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
    """The network between phones and server. Cut, it lets nothing through and breaks what stands."""

    def __init__(self, port: int, sockets: bool) -> None:
        self.url = ""
        self._to = port
        self._sockets = sockets
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
                if not self._sockets and b"upgrade: websocket" in data.lower():
                    break
                sink.write(data)
                await sink.drain()
        sink.close()
        self._ends.discard(sink)

    def cut(self) -> None:
        self._whole = False
        for end in list(self._ends):
            end.transport.abort()

    def mend(self) -> None:
        self._whole = True


@contextlib.asynccontextmanager
async def wire(room: Open, *, sockets: bool = True) -> AsyncIterator[Wire]:
    """A wire to *room*; without *sockets* it lets no WebSocket through."""
    between = Wire(room.server.port, sockets)
    listening = await asyncio.start_server(between._carry, "127.0.0.1", 0)
    between.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/{room.code}"
    try:
        yield between
    finally:
        between.cut()
        listening.close()
