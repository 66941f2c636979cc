"""With a finger in the console on a phone: sweeping an answer to the side holds it back, scrolling does not."""

from playwright.async_api import Page, expect

from tests.browser.handset import WORKSHOP, handset, writing


async def sweep(page: Page, row: str, by: tuple[int, int]) -> None:
    """As a finger does: the browser itself decides what is a scroll."""
    box = await page.locator(row).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 12
    touch = await page.context.new_cdp_session(page)
    await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 9):
        point = {"x": x + by[0] * part / 8, "y": y + by[1] * part / 8}
        await touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def test_an_answer_is_held_back_by_a_sweep_and_comes_back_by_undo(server, browser):
    room = await server.open(WORKSHOP)
    await writing(room)
    for text in ("Flere busser", "Lys på gangveien"):
        await room.act("add_answer", text=text, heads=1, via="facilitator")
    console = await handset(browser, room.links["console_url"], size=(360, 740))
    await console.state("write")
    page = console.page
    await expect(page.locator("#answers > li")).to_have_count(2)
    row = "#answers > li:first-child"
    await page.locator(row).scroll_into_view_if_needed()
    await sweep(page, row, (20, -120))
    await sweep(page, row, (-60, 4))
    assert 0 == (await room.show())["held"]
    await page.locator(row).scroll_into_view_if_needed()
    await sweep(page, row, (-150, 6))
    await expect(page.locator("#n-held")).to_have_text("1")
    await page.locator("#undo").click()
    await expect(page.locator("#n-held")).to_have_text("0")
    assert await page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert [] == console.faults
