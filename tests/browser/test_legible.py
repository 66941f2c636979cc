"""Whoever sits at the back can read the screen: all of its text is measured, as drawn, with answers of every kind."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.handset import handset
from tests.phones import hall

SIZES = [(1920, 1080), (1280, 720), (1280, 800), (1024, 768)]
LEAST_SIZE = 0.043  # of the height
LEAST_CONTRAST = 7.0
PHONES, EACH = 10, 15

SHORT = ["Tillit", "Flere benker i parken", "Ungdom må bli hørt", "Svar på det vi spør om!", "Busser om kvelden"]
LONG = (
    "Kommunen må si fra tidlig hva som kan påvirkes og hva som alt er bestemt, og komme tilbake etterpå og fortelle "
    "hva som ble gjort med innspillene, hvem som gjør det, og når vi kan se det med egne øyne."
)
PICTURES = ["🌲🚶‍♀️🚶‍♂️ flere turstier", "🤝", "👩‍👩‍👧‍👦 familier 🇳🇴🏳️‍🌈", "❤️❤️❤️❤️❤️❤️"]
FROM_THE_RIGHT = ["نريد أن يستمع إلينا أحد", "אנחנו רוצים מקום מפגש", "Møt oss på مركز الشباب hver uke"]
UNBROKEN = "nærdemokratiutvalgsmedlemskapskontingentinnbetalingsordning" * 3
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

## Hva er viktigst for dere når kommunen skal ha dialog med innbyggere i tettstedene om å få på plass nærdemokrati?

:::pair{time=2:00}
To og to: Diskuter med sidemannen.
:::

:::open{id=viktigst many=20}
Alle legger inn innspill. Du kan legge inn flere svar.
:::
"""

# What is drawn too small, too pale, cut, or outside. `size` is a part of the height.
MEASURE = """([least, contrast]) => {
  const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const rgba = (colour) => {
    paint.clearRect(0, 0, 1, 1)
    paint.fillStyle = colour
    paint.fillRect(0, 0, 1, 1)
    return [...paint.getImageData(0, 0, 1, 1).data]
  }
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor)
      if (colour[3] === 255) return colour
    }
    return [255, 255, 255]
  }
  const amiss = []
  let seen = 0
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const element = node.parentElement
    if (!node.data.trim() || element.closest('script, style, template, dialog:not([open]), .unseen')) continue
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.width < 2 || box.height < 2) continue // for those who listen
    if (getComputedStyle(element).clipPath !== 'none') continue
    seen += 1
    const text = node.data.trim().slice(0, 40)
    const style = getComputedStyle(element)
    const size = parseFloat(style.fontSize) / innerHeight
    if (size < least) amiss.push(`${text}: ${(100 * size).toFixed(2)} %`)
    const [a, b] = [light(rgba(element instanceof SVGElement ? style.fill : style.color)), light(ground(element))]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    if (ratio < contrast) amiss.push(`${text}: ${ratio.toFixed(1)}:1`)
    if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) {
      amiss.push(`${text}: outside, ${JSON.stringify(box)}`)
    }
    for (let at = element; at !== document.body; at = at.parentElement) {
      const clip = getComputedStyle(at)
      if (clip.overflow === 'visible' && clip.textOverflow !== 'ellipsis') continue
      const edge = at.getBoundingClientRect()
      const over = [box.bottom - edge.bottom, box.right - edge.right, edge.top - box.top, edge.left - box.left]
      if (Math.max(...over) > 2) {
        amiss.push(`${text}: cut by ${at.className || at.id || at.tagName}`)
      }
    }
  }
  const root = document.scrollingElement
  if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) amiss.push('the page scrolls')
  return { seen, amiss }
}"""


def mixed() -> list[str]:
    """150 answers."""
    texts = [*SHORT, LONG, *PICTURES, *FROM_THE_RIGHT, UNBROKEN]
    return [f"{texts[n % len(texts)][:190].strip()} {n}" for n in range(PHONES * EACH)]


async def test_the_ruler_finds_what_is_amiss(server, browser):
    """
    Small, pale, cut and outside: or it would measure nothing.
    """
    room = await server.open(WORKSHOP)
    screen = await handset(browser, room.links["screen_url"], size=SIZES[0])
    await screen.state("lobby")
    await screen.page.evaluate("""() => {
      const put = (text, style) => {
        const made = Object.assign(document.createElement('p'), { textContent: text })
        const usual = { position: 'fixed', top: '0', left: '0', fontSize: '60px', whiteSpace: 'nowrap' }
        Object.assign(made.style, { ...usual, ...style })
        document.body.append(made)
      }
      put('small', { fontSize: '40px' })
      put('pale', { color: '#888' })
      put('outside', { left: '1900px' })
      put('cut', { width: '20px', overflow: 'hidden' })
    }""")
    told = " ".join((await measure(screen.page))["amiss"])
    for word in ("small: 3.70 %", "pale: ", "outside: outside", "cut: cut by P"):
        assert word in told


async def measure(page: Page) -> dict[str, Any]:
    await page.wait_for_function("() => document.getAnimations().every((one) => one.playState !== 'running')")
    return await page.evaluate(MEASURE, [LEAST_SIZE, LEAST_CONTRAST])


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.soak)])
async def test_all_text_on_the_screen_can_be_read(server, browser, theme):
    room = await server.open(WORKSHOP)
    screens = [await handset(browser, room.links["screen_url"], size=size) for size in SIZES]
    amiss: dict[str, list[str]] = {}

    async def look(name: str, least: int = 3) -> None:
        for screen, size in zip(screens, SIZES, strict=True):
            found = await measure(screen.page)
            assert found["seen"] >= least, name
            if found["amiss"]:
                amiss[f"{name} {size[0]}×{size[1]}"] = found["amiss"][:6]

    async def all_in(state: str) -> None:
        for screen in screens:
            await screen.state(state)

    await all_in("lobby")
    if theme == "dark":
        for screen in screens:
            await screen.page.keyboard.press("d")
    await look("lobby")
    async with hall(room, PHONES) as phones:
        for state in ("idle", "talk", "write"):
            await room.act("next")
            await all_in(state)
            await look(state)
        texts = mixed()
        for n, phone in enumerate(phones):
            for text in texts[n::PHONES]:
                await phone.send("viktigst", text)
        await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in phones))
        await look("write with answers")
        await room.act("close_in", seconds=60)
        await all_in("closing")
        await look("closing")
        await room.act("close")
        await all_in("closed")
        await look("closed")
        await room.act("reveal")
        await all_in("results")
        for shape in ("wall", "list", "cloud"):
            await room.act("show_as", shape=shape)
            for screen in screens:
                await screen.page.wait_for_function(f"() => document.body.dataset.scene === '{shape}'")
            await look(shape)
        await every_page(room, [screen.page for screen in screens], set(texts), amiss)
        for text in (LONG[:180], UNBROKEN[:180], FROM_THE_RIGHT[0]):
            shown = next(row for row in await rows(room) if row["text"].startswith(text))
            await room.act("spotlight", id=shown["id"])
            for screen in screens:
                await expect(screen.page.locator("blockquote")).to_contain_text(text[:20])
            await look(f"spotlight {text[:10]}", least=1)  # it stands alone
    assert {} == amiss
    assert [] == [fault for screen in screens for fault in screen.faults]


async def rows(room: Any) -> list[dict[str, Any]]:
    _, said = await room.server.call("GET", f"/api/rooms/{room.code}/answers?limit=200", key=room.key)
    return said["answers"]


async def every_page(room: Any, pages: list[Page], texts: set[str], amiss: dict[str, list[str]]) -> None:
    """
    Turn the wall until every answer has been seen on every screen, each whole.

    The first answers come with the view, the others a moment later, and then every page from the last one on is filled
    anew: whoever turned meanwhile goes through the pages a second time.
    """
    await room.act("show_as", shape="wall")
    seen: list[set[str]] = [set() for _ in pages]
    for _ in range(2):
        for turn in range(len(texts)):
            await room.act("page", n=turn)
            turned = False
            for page, size, found in zip(pages, SIZES, seen, strict=True):
                at = page.locator("#page")
                await expect(at).to_have_attribute("data-page", re.compile(r"of \d+"))  # the wall is there
                if found == texts or turn >= int((await at.get_attribute("data-page")).split()[-1]):
                    continue
                turned = True
                await expect(at).to_have_attribute("data-page", re.compile(rf"^{turn + 1} of \d+"))
                if wrong := (await measure(page))["amiss"]:
                    amiss[f"wall {size[0]}×{size[1]}, page {turn + 1}"] = wrong[:6]
                shown = {
                    text.strip().replace("\u00a0", " ") for text in await page.locator("[data-card]").all_inner_texts()
                }
                assert 1 <= len(shown) <= 12
                found |= shown
            if not turned:
                break
    assert [set() for _ in pages] == [texts - found for found in seen]
