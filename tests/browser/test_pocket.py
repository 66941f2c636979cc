"""The console on a phone in the hand: what is on, how many have answered, and the next press, without scrolling."""

from playwright.async_api import expect

from tests.browser.handset import handset, place
from tests.browser.test_accessible import faults_but_what_is_covered
from tests.meeting import SEMINAR
from tests.phones import hall

IN_VIEW = "it => { const { top, bottom } = it.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight }"


async def test_the_next_press_the_clock_and_the_count_are_in_view(server, browser):
    """
    On the smallest phone that is sold: the button that goes on stands at the thumb, also when the page is scrolled, and
    «Mer» shows what is seldom used.
    """
    room = await server.open(SEMINAR)
    console = await handset(browser, room.links["console_url"], size=(360, 640))
    page = console.page
    state, next_, clock, count, more = (
        page.locator(f"#{name}") for name in ("state", "next", "clock", "n-new", "steer-more")
    )

    async def seen(name, *shown):
        await console.state(name)
        for one in (state, next_, more, *shown):
            await expect(one).to_be_visible()
            assert await one.evaluate(IN_VIEW), (name, one)
        assert [] == await faults_but_what_is_covered(page), name

    async with hall(room, 3) as crowd:
        await seen("lobby")
        await expect(page.get_by_role("link", name="Last ned Regnearket")).to_be_hidden()
        await room.act("goto", slide=23)
        await room.act("next")
        await seen("talk", clock)
        await room.act("next")
        await crowd[0].send("viktigst", "Tillit")
        await expect(count).to_have_text("1")
        await expect(page.locator("#share")).to_contain_text("1 av 3 har svart.")
        await room.act("add_time", seconds=60)
        await seen("write", clock, page.locator("#share"))
        await expect(page.locator("#close-in")).to_be_visible()
        await page.mouse.wheel(0, 900)
        assert await next_.evaluate(IN_VIEW)
        assert [] == await faults_but_what_is_covered(page)
        await next_.tap()
        await console.state("closed")
        await page.evaluate("scrollTo(0, 0)")
        await seen("closed")
        await expect(page.get_by_role("button", name="Vis koden stort")).to_be_hidden()
        await more.press("Enter")
        await expect(page.get_by_role("button", name="Vis koden stort")).to_be_visible()
        await room.act("next")
        await console.state("results")
        await room.act("start", activity="temaer")
        await console.state("grouping")
        await expect(page.locator("#board")).to_be_visible()
        assert await next_.evaluate(IN_VIEW), "the button is there in every place"
        await place(page, "run")
        await expect(clock).to_be_visible()
    assert [] == console.faults
