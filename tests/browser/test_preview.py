"""The console has before it what the hall sees: the big screen, and a phone that nobody holds."""

from playwright.async_api import expect

from tests.browser.handset import WORKSHOP, handset


async def test_it_follows_the_meeting_and_joins_nothing(server, browser):
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    await console.state("lobby")
    page = console.page
    screen, phone = page.frame_locator("#preview-screen"), page.frame_locator("#preview-phone")
    await expect(screen.locator("body")).to_have_attribute("data-state", "lobby")
    await page.get_by_role("button", name="Vis en telefon ved siden av").click()
    await expect(phone.locator("h1").first).to_contain_text("Nærdemokrati i tettstedene")
    await room.act("goto", slide=2)
    await room.act("next")
    await expect(screen.locator("body")).to_have_attribute("data-state", "talk")
    await expect(phone.locator("#clock")).to_contain_text("1:5")
    await room.act("next")
    await expect(phone.locator("textarea")).to_be_visible()
    assert not [cookie for cookie in await page.context.cookies() if cookie["name"].startswith("innspill_p_")]
    assert 0 == (await room.show())["counts"]["phones"]
    box = await page.locator("#preview-screen").bounding_box()
    pane = await page.locator(".pane").first.bounding_box()
    assert abs(box["width"] - pane["width"]) < 2
    await page.get_by_role("button", name="Vis en telefon ved siden av").click()
    await page.wait_for_function("() => !document.getElementById('preview-phone').hasAttribute('src')")
    await expect(screen.locator("body")).to_have_attribute("data-state", "write")
    assert [] == console.faults
