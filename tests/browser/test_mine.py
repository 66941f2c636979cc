"""Own answers after the end: on the phone, on their own page, and on another device by three words."""

import asyncio
import re

from playwright.async_api import expect

from tests.browser.handset import WAIT_MS, WORKSHOP, answers, handset, stop_clock, writing


async def stands(room, *expected: str) -> None:
    """What the server holds, now or in a moment."""
    async with asyncio.timeout(WAIT_MS / 1000):
        while list(expected) != (found := [one["text"] for one in await answers(room)]):
            assert set(expected) < set(found)
            await asyncio.sleep(0.05)


async def test_what_is_deleted_after_the_end_can_be_taken_back_for_ten_seconds(server, browser):
    """
    On the phone and on the page nothing is gone while it can be undone, and then it is; whoever leaves earlier has
    decided. From a library's machine three words do the same, until «Ferdig».
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"], clock=True)
    page, said = phone.page, []
    for text in ("En", "To", "Tre", "Fire", "Fem"):
        await phone.write(text)
        said.insert(0, (text, "Mottatt"))
        await phone.own(*said)
    await room.act("end")
    await phone.state("ended")
    await stop_clock(page)  # from here on its seconds pass when the test says so

    await phone.button("Slett", of="En").click()
    await expect(page.locator("#own > li")).to_have_count(4)
    await page.clock.run_for(9000)
    await stands(room, "En", "To", "Tre", "Fire", "Fem")
    await page.get_by_role("button", name="Angre").click()
    await expect(page.locator("#own > li")).to_have_count(5)
    await phone.button("Slett", of="To").click()
    await page.clock.run_for(11_000)
    await expect(page.get_by_role("button", name="Angre")).to_have_count(0)
    await stands(room, "En", "Tre", "Fire", "Fem")

    await page.get_by_role("link", name="Finn igjen svarene dine").click()
    await expect(page.locator(".told")).to_have_text(["En", "Tre", "Fire", "Fem"])
    await page.wait_for_load_state("load")  # until its script runs, the link leads to the page without script
    await page.get_by_role("link", name="Slett: En").click()
    await page.get_by_role("button", name="Angre").click()
    await expect(page.locator(".told:visible")).to_have_count(4)
    await page.get_by_role("link", name="Slett: Tre").click()
    await page.clock.run_for(11_000)
    await expect(page.locator("#status")).to_have_text("Slettet.")
    await stands(room, "En", "Fire", "Fem")
    await page.get_by_role("link", name="Slett: Fire").click()
    await page.get_by_role("button", name="Vis de tre ordene mine").click()
    await expect(page.locator(".words")).to_have_text(re.compile(r"^\S+ \S+ \S+$"))
    words = await page.locator(".words").inner_text()
    await stands(room, "En", "Fem")
    assert [] == phone.faults

    library = await handset(browser, server.url)
    await library.page.get_by_role("link", name="Finn igjen svarene dine").click()
    await library.page.get_by_label("Møtekoden").fill(room.code)
    await library.page.get_by_label("De tre ordene").fill(words)
    await library.page.get_by_role("button", name="Finn svarene").click()
    await expect(library.page.locator(".told")).to_have_text(["En", "Fem"])
    await library.page.wait_for_load_state("load")
    await library.page.get_by_role("link", name="Slett: Fem").click()
    await library.page.get_by_role("button", name="Ferdig").click()
    await library.page.wait_for_url("**/find")
    await stands(room, "En")
    await library.page.go_back()
    await library.page.wait_for_url("**/find?code=*")
    assert [] == library.faults
    # A short word may by chance be a part of an address; all three are there only if they were sent in it.
    assert [] == [url for url in (*phone.requests, *library.requests) if all(word in url for word in words.split())]
