"""What those who come may expect is told while they come in, and what is missing of it leads to where it is written."""

import os
from pathlib import Path

from playwright.async_api import expect

from tests.browser.handset import WORKSHOP, handset
from tests.browser.test_accessible import faults, faults_but_what_is_covered
from tests.meeting import one

TOLD = "Kommunedirektøren tar svarene videre. Dere får svar innen 1. juni 2027. Dere og de som inviterer"


async def picture(page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_phones_and_the_big_screen_tell_it_in_plain_words(server, browser):
    room = await server.open(WORKSHOP)
    phone = await handset(browser, room.links["join_url"])
    await expect(phone.page.locator("#stage")).to_contain_text(TOLD)
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    await expect(screen.page.locator(".lobby")).to_contain_text(TOLD)
    await expect(screen.page.locator(".lobby")).to_contain_text("Hva skal til for god dialog")
    await picture(phone.page, "expect-phone")
    await picture(screen.page, "expect-screen")
    for width, height in [(1280, 720), (1280, 800), (1024, 768)]:
        await screen.page.set_viewport_size({"width": width, "height": height})
        for words in ("Hva skal til for god dialog", "Dere får svar innen 1. juni 2027.", "Dere og de som inviterer"):
            await expect(screen.page.get_by_text(words)).to_be_visible()
        await picture(screen.page, f"expect-screen-{width}x{height}")
    assert [] == await faults(phone.page) + phone.faults + screen.faults


async def test_a_warning_leads_to_the_field_that_is_empty(server, browser):
    """
    In the console, and in the same form what people are not told yet.
    """
    room = await server.open(one("open").replace("title: Prøve", "title: Prøve\npurpose: Lytte"))
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    page = console.page
    await expect(page.locator("#warnings")).not_to_contain_text("hva møtet skal brukes til")
    await page.get_by_role("button", name="Du har ikke skrevet hvem som tar svarene videre.").click()
    owner = page.get_by_label("Hvem som eier svarene")
    await expect(owner).to_be_focused()
    await owner.fill("Kari Vik")
    await page.get_by_role("button", name="Hvor mye de som kommer, bestemmer").click()
    ladder = page.get_by_label("Hvor mye de som kommer, bestemmer")
    await expect(ladder).to_be_focused()
    await ladder.select_option("likeverdig")
    await expect(page.locator(".lacks")).not_to_contain_text("Hvor mye")
    await picture(page, "expect-console")
    await page.get_by_role("button", name="Lagre", exact=True).first.click()
    await expect(page.locator("#warnings")).not_to_contain_text("hvem som tar svarene videre")
    await expect(page.locator("#warnings")).to_contain_text("når deltakerne får svar")
    assert [] == await faults_but_what_is_covered(page) + console.faults
