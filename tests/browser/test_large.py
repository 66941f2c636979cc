"""The big screen for a hall that is deep: Shift+L, and all that was in view still is."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.handset import WORKSHOP, a_moment, handset

OUTSIDE = """() => [...document.querySelectorAll('#stage p, #stage h1, #stage svg, #strip')].filter((one) => {
  if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.ruler, .unseen')) return false
  const { bottom, right } = one.getBoundingClientRect()
  return bottom > innerHeight + 2 || right > innerWidth + 2
}).map((one) => one.textContent)"""
WIDE = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('.scene { min-width: 3000px }')
  document.adoptedStyleSheets = [sheet]
}"""
LARGER = "(than) => parseFloat(getComputedStyle(document.body).fontSize) > than"


async def size_of(page: Page) -> float:
    return float(await page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)"))


async def test_what_had_no_room_is_enlarged_when_the_font_has_come(server, browser):
    """
    Letters of another font may be wider, and were measured before.
    """
    room = await server.open(WORKSHOP)
    screen = await handset(browser, room.links["screen_url"], clock=True, size=(1280, 720))
    await screen.state("lobby")
    page = screen.page
    await page.locator("#stage .scene").wait_for()
    usual = await size_of(page)
    await page.evaluate(WIDE)
    await page.keyboard.press("Shift+L")
    await expect(page.locator("#note")).to_have_text("Teksten er 1,25 ganger så stor")
    assert usual == await size_of(page)
    await page.evaluate("document.adoptedStyleSheets = []; document.fonts.dispatchEvent(new Event('loadingdone'))")
    await page.wait_for_function(LARGER, arg=1.2 * usual)
    assert [] == screen.faults


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
async def test_texts_grow_twice_and_nothing_leaves_the_window(server, browser, size):
    room = await server.open(WORKSHOP)
    screen = await handset(browser, room.links["screen_url"], clock=True, size=size)
    await screen.state("lobby")
    page = screen.page
    usual = await size_of(page)
    await page.keyboard.press("l")
    assert usual == await size_of(page)
    await page.keyboard.press("Shift+L")
    await expect(page.locator("#note")).to_have_text("Teksten er 1,25 ganger så stor")
    await a_moment(page)
    await page.keyboard.press("Shift+L")
    await expect(page.locator("#note")).to_have_text("Teksten er 1,5 ganger så stor")
    await room.act("goto", slide=2)
    await room.act("next")
    await screen.state("talk")
    assert await size_of(page) > 1.2 * usual
    await page.reload()
    await screen.state("talk")
    await page.wait_for_function(
        LARGER, arg=1.2 * usual
    )  # the server's page has the state, and the texts come after it
    for press in ("next", "close", "reveal", "end"):
        assert [] == await page.evaluate(OUTSIDE)
        await room.act(press)
    await screen.state("ended")
    assert [] == await page.evaluate(OUTSIDE)
    assert [] == screen.faults
