"""One meeting on its three faces, walked through every state, for tests that look at each."""

import contextlib
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from live.i18n.languages import LANGUAGES
from tests.browser.handset import WAIT_MS, Wire, hurried, in_state, wire
from tests.server_process import Open

LOCALES = {code: language.tag for code, language in LANGUAGES.items()}
# For `parametrize`: one of them in `make test`, all in `make soak`.
EACH_LANGUAGE = ["nb", *(pytest.param(other, marks=pytest.mark.soak) for other in LOCALES if other != "nb")]
SIZES = {"phone": (360, 740), "screen": (1920, 1080), "console": (1280, 800)}
LONG_AGO_S = 3  # past the grace of whatever is no text
QUESTION, CHOICE, SCALE = 3, 4, 5

WORKSHOP = """---
format: workshop/1
title: Nærdemokrati i tettstedene
organisation: Eksempel kommune
purpose: Hva skal til for god dialog mellom kommunen og tettstedene?
owner: Kommunedirektøren
contact: post@eksempel.kommune.no
report-by: 2027-06-01
language: nb
---

# Velkommen

Eksempel kommune

---

## Hvorfor skal vi snakke sammen?

+ Mer aktivitet og engasjement
+ Det skal være enkelt å delta

| | Hva betyr det | Hvordan? |
|---|---|---|
| **Samarbeid** | Vi løser det sammen | Arbeidsgrupper |
| **Informasjon** | Kommunen forteller | Møter |

<!-- Husk å la alle få si noe. -->

---

## Hva er viktigst når kommunen skal ha dialog med innbyggere?

:::pair{time=2:00}
To og to: Diskuter med sidemannen.
:::

:::open{id=viktigst many=3 max=60 reveal=manual}
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

## Hvor lett er det å bli hørt?

:::scale{id=hort labels="Svært vanskelig|Svært lett"}
- I velforeningen
- I kommunen
:::
"""
SAID = ("Flere møteplasser for ungdom", "Svar på hva som skjedde med innspillene", "Lys på gangveien ved skolen")


class Faces:
    """A phone, the screen and the console, all of one meeting and in one language, on a wire that can be cut."""

    def __init__(self, room: Open, language: str, between: Wire) -> None:
        self.room = room
        self.language = language
        self.between = between
        self.contexts: list[BrowserContext] = []
        self.pages: dict[str, Page] = {}

    async def open(self, browser: Browser, sizes: dict[str, tuple[int, int]], **settings: object) -> None:
        for face, (width, height) in (SIZES | sizes).items():
            context = await browser.new_context(
                viewport={"width": width, "height": height}, locale=LOCALES[self.language], **settings
            )
            await context.clock.install()
            self.contexts.append(context)
            page = self.pages[face] = await context.new_page()
            key = {"phone": "", "screen": f"/screen#{self.room.screen_key}", "console": f"/console#{self.room.key}"}
            await page.goto(self.between.url + key[face])
        await self.are("lobby")

    @property
    def phone(self) -> Page:
        return self.pages["phone"]

    @property
    def screen(self) -> Page:
        return self.pages["screen"]

    @property
    def console(self) -> Page:
        return self.pages["console"]

    async def are(self, state: str, *, screen: str = "") -> None:
        """All three have come to *state*, the screen perhaps to another."""
        for face, page in self.pages.items():
            wanted = screen if screen and face == "screen" else state
            await in_state(page, wanted)

    async def at(self, slide: int, activity: str, kind: str) -> None:
        await self.room.act("goto", slide=slide)
        await self.room.act("start", activity=activity)
        await self.are("write")
        await self.phone.locator("textarea" if kind == "text" else "#choices input").first.wait_for()

    async def write(self, text: str) -> None:
        await self.phone.fill("textarea", text)
        await self.press()
        await self.settled()

    async def press(self) -> None:
        await self.phone.locator("#form .press").click()

    async def settled(self) -> None:
        """All that was sent has been received, and is said to be."""
        received = {"nb": "Mottatt", "nn": "Motteke", "en": "Received"}[self.language]
        for one in await self.phone.locator("#own > li .row .soft").all():
            await expect(one).to_have_text(received, timeout=WAIT_MS)

    async def shown(self, what: str) -> None:
        """The screen has drawn *what*, and nothing on it moves any more."""
        await self.screen.locator(what).first.wait_for(timeout=WAIT_MS)
        await self.screen.wait_for_function(
            "() => document.getAnimations().every((one) => one.playState !== 'running')"
        )


@contextlib.asynccontextmanager
async def faces(
    browser: Browser, room: Open, language: str, sizes: dict[str, tuple[int, int]] | None = None, **settings: object
) -> AsyncIterator[Faces]:
    """*settings* are those of Playwright's contexts, such as `reduced_motion` and `forced_colors`."""
    async with wire(room) as between:
        opened = Faces(room, language, between)
        try:
            await opened.open(browser, sizes or {}, **settings)
            yield opened
        finally:
            for context in opened.contexts:
                await context.close()


async def walk(of: Faces) -> AsyncIterator[str]:
    """Through all states, each named when every face is in it and stands still."""
    room, phone = of.room, of.phone
    yield "lobby"
    await room.act("goto", slide=2)
    await room.act("next")
    await of.are("slide")
    await of.shown("[data-step]:visible")
    yield "slide"
    await room.act("goto", slide=QUESTION)
    await of.are("idle")
    yield "idle"
    await room.act("next")
    await of.are("talk")
    await room.act("pause")
    yield "talk"
    await phone.locator("#draft button").click()
    await phone.locator("textarea").wait_for()
    yield "talk-draft"
    await room.act("next")
    await of.are("write")
    yield "write"
    await of.press()
    await expect(phone.locator("#status")).not_to_be_empty()
    yield "write-empty"
    for text in SAID[:2]:
        await of.write(text)
    await room.act("add_answer", text=SAID[2], heads=4, via="facilitator")
    await of.console.get_by_text(SAID[2]).first.wait_for()
    yield "write-answered"
    await phone.locator("#own > li").first.locator("button").last.click()
    await phone.locator("#status button").wait_for()
    await phone.locator("#own > li").first.locator("button").first.click()
    await phone.fill("textarea", "x" * 61)
    yield "write-editing"
    await room.act("close_in", seconds=20)
    await of.are("closing")
    await room.act("pause")
    yield "closing"
    await room.act("close")
    await of.are("closed")
    yield "closed"
    await room.act("reveal")
    await of.are("results")
    for shape, part in (("wall", "[data-card]"), ("cloud", "[data-word]"), ("list", ".ranked")):
        await room.act("show_as", shape=shape)
        await of.shown(part)
        yield f"results-{shape}"
    newest = (await room.show())["answers"][0]
    await room.act("show_as", shape="wall")
    await room.act("spotlight", id=newest["id"])
    await of.shown("blockquote")
    yield "spotlight"
    await room.act("blank")
    await of.are("results", screen="blank")
    yield "blank"
    await room.act("unblank")
    await room.act("hide_answer", id=newest["id"], reason="Navngir en person")

    await of.at(CHOICE, "bor", "choice")
    yield "choice"
    await phone.locator("#choices input").nth(1).check()
    await of.press()
    await of.settled()
    yield "choice-answered"
    await room.act("close")
    await room.act("reveal")
    await of.are("results")
    await of.shown(".bars .vote")
    yield "choice-results"
    await of.screen.keyboard.press("a")
    await of.shown("table.counts")
    yield "choice-table"

    await of.at(SCALE, "hort", "scale")
    yield "scale"
    of.between.cut()
    async with hurried(*of.pages.values()):
        for face, sign in (("phone", "#line"), ("console", "#offline"), ("screen", "#badge")):
            await of.pages[face].locator(sign).wait_for(timeout=WAIT_MS)
    for item in await phone.locator("#choices fieldset").all():
        await item.locator("input").nth(3).check()
    await of.press()
    await phone.locator("#own > li").wait_for()
    yield "offline"
    await room.act("close")
    await expect_no_grace(room)
    of.between.mend()
    async with hurried(*of.pages.values()):
        await of.are("closed")
        await expect(phone.locator("#line")).to_be_hidden(timeout=WAIT_MS)
        await expect(of.console.locator("#offline")).to_be_hidden(timeout=WAIT_MS)
        await expect(of.screen.locator("#badge")).to_be_hidden(timeout=WAIT_MS)
    await expect(phone.locator("#status")).not_to_be_empty(timeout=WAIT_MS)
    yield "refused"
    await room.act("reveal")
    await of.are("results")
    await of.shown("table.counts")
    yield "scale-table"
    await of.screen.keyboard.press("a")
    await of.shown(".spread")
    yield "scale-results"
    await room.act("end")
    await of.are("ended")
    yield "ended"


async def expect_no_grace(room: Open) -> None:
    """Wait until what was cut off from a closed question comes too late for it."""
    view = await room.show()
    while (view["grace_until"] or 0) > (await now_of(room)):
        view = await room.show()


async def now_of(room: Open) -> int:
    status, frame = await room.server.call("GET", f"/{room.code}/view?face=phone")
    assert 200 == status, frame
    return int(frame["now"])
