"""The network of the hall, typed in the console and read from the big screen."""

from playwright.async_api import expect

from tests.browser.handset import WORKSHOP, handset, place


async def test_it_is_shown_beside_the_way_in_until_it_is_taken_away(server, browser):
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    screen = await handset(browser, room.links["screen_url"], size=(1280, 720))
    await console.state("lobby")
    await screen.state("lobby")
    await place(console.page, "meeting")
    await console.page.fill("#wifi-name", "Kulturhuset gjest")
    await console.page.fill("#wifi-password", "sommer-i-salen")
    await console.page.click("#wifi button[type=submit]")
    await expect(console.page.locator("#wifi-says")).to_have_text("Storskjermen viser «Kulturhuset gjest».")
    await expect(console.page.locator("#wifi-password")).to_have_value("")
    assert "sommer-i-salen" not in await console.page.content()
    shown = screen.page.locator(".lobby .wifi")
    await expect(shown).to_contain_text("sommer-i-salen")
    await expect(shown.get_by_role("img", name="QR-kode til nettverket Kulturhuset gjest")).to_be_visible()
    await screen.page.keyboard.press("j")
    await expect(screen.page.locator("#join .wifi")).to_contain_text("sommer-i-salen")
    await console.page.click("#wifi-off")
    await expect(screen.page.locator(".wifi")).to_have_count(0)
    await expect(console.page.locator("#wifi-shown")).to_be_hidden()
    await console.page.select_option("#wifi-security", "none")
    await expect(console.page.locator("#wifi-password")).to_be_disabled()
    assert [] == console.faults + screen.faults
