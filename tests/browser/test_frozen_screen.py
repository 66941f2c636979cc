"""A big screen whose page stops: the console says so, and takes it back."""

from playwright.async_api import expect

from tests.browser.handset import WAIT_MS, WORKSHOP, handset

STAND_STILL = """() => setTimeout(() => {
  const until = Date.now() + 8000
  while (Date.now() < until) {}
})"""


async def test_the_console_tells_of_a_screen_that_has_frozen(server, browser):
    """
    Its connection still lives: only its own script can say that it draws.
    """
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    await console.state("lobby")
    screen = await handset(browser, room.links["screen_url"], size=(1280, 720))
    await screen.state("lobby")
    frozen = console.page.locator("#frozen")
    await expect(frozen).to_be_hidden()
    await screen.page.evaluate(STAND_STILL)
    await expect(frozen).to_have_text("Storskjermen har frosset. Last inn siden på nytt der.", timeout=WAIT_MS)
    await expect(frozen).to_be_visible()
    await expect(frozen).to_be_hidden(timeout=WAIT_MS)
    assert [] == console.faults
