"""A screen on a machine that nobody has carried a link to."""

from tests.browser.handset import WORKSHOP, handset
from tests.browser.test_accessible import faults


async def test_a_screen_shows_digits_and_then_the_meeting(server, browser):
    room = await server.open(WORKSHOP)
    screen = await handset(browser, f"{server.url}/skjerm", size=(1920, 1080))
    await screen.page.wait_for_function("() => /^\\d{6}$/.test(document.getElementById('digits').textContent)")
    assert [] == await faults(screen.page)
    digits = await screen.page.locator("#digits").text_content()
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    await console.page.locator(".places [data-place=meeting]").click()
    await console.page.get_by_label("Sifrene på skjermen").fill("000 000" if digits != "000000" else "000 001")
    await console.page.get_by_role("button", name="Koble til").click()
    await console.sees("Ingen skjerm viser disse sifrene")
    await console.page.get_by_label("Sifrene på skjermen").fill(digits)
    await console.page.get_by_role("button", name="Koble til").click()
    await console.sees("Skjermen viser møtet.")
    await screen.state("lobby")
    assert screen.page.url.endswith(f"/{room.code}/screen")
    assert [] == await faults(console.page)
    assert [] == [fault for fault in screen.faults + console.faults if "422" not in fault]
