"""The big screen for a hall that is deep: Shift+L, and all that was in view still is."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.handset import WORKSHOP, a_moment, handset

OUTSIDE = """() => [...document.querySelectorAll('#stage p, #stage h1, #stage svg, #strip')].filter((one) => {
  if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.ruler, .unseen')) return false
  const { bottom, right } = one.getBoundingClientRect()
  return bottom > innerHeight + 2 || right > innerWidth + 2
}).map((one) => one.textContent)"""


async def size_of(page: Page) -> float:
    return float(await page.evaluate("() => parseFloat(getComputedStyle(document.body).fontSize)"))


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
    assert await size_of(page) > 1.2 * usual
    for press in ("next", "close", "reveal", "end"):
        assert [] == await page.evaluate(OUTSIDE)
        await room.act(press)
    await screen.state("ended")
    assert [] == await page.evaluate(OUTSIDE)
    assert [] == screen.faults
