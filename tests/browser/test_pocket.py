"""The console on a phone in the hand: what is on, how many have answered, and the next press, without scrolling."""

from playwright.async_api import expect

from tests.browser.handset import handset
from tests.browser.test_accessible import faults
from tests.meeting import SEMINAR
from tests.phones import hall

IN_VIEW = "it => { const { top, bottom } = it.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight }"


async def test_the_next_press_the_clock_and_the_count_are_in_view(server, browser):
    """
    On the smallest phone that is sold; what comes along when the page is scrolled does the same press.
    """
    room = await server.open(SEMINAR)
    console = await handset(browser, room.links["console_url"], size=(360, 640))
    page = console.page
    next_, clock, tally, dock = (page.locator(f"#{name}") for name in ("next", "clock", "tally", "dock"))

    async def seen(state, *shown):
        await console.state(state)
        for one in (next_, *shown):
            await expect(one).to_be_visible()
            assert await one.evaluate(IN_VIEW), (state, one)
        assert [] == await faults(page), state

    async with hall(room, 3) as crowd:
        await seen("lobby")
        await expect(page.get_by_role("link", name="Regneark (Excel)")).to_be_hidden()
        await room.act("goto", slide=23)
        await room.act("next")
        await seen("talk", clock)
        await room.act("next")
        await crowd[0].send("viktigst", "Tillit")
        await expect(tally).to_have_text("1 svar1 av 3 har svart.")
        await room.act("add_time", seconds=60)
        await seen("write", clock, tally)
        await page.mouse.wheel(0, 900)
        await expect(dock).to_be_visible()
        await expect(dock).to_contain_text("1 svar")
        assert [] == await faults(page)
        await dock.get_by_role("button", name="Neste").click()
        await console.state("closed")
        await page.evaluate("scrollTo(0, 0)")
        await expect(dock).to_be_hidden()
        await seen("closed", tally)
        await page.get_by_role("button", name="Mer", exact=True).press("Enter")
        await expect(page.get_by_role("button", name="Svart skjerm")).to_be_focused()
        await room.act("next")
        await seen("results", tally)
        await room.act("start", activity="temaer")
        await seen("grouping", clock, tally)
    assert [] == console.faults
