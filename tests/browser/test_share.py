"""A colleague is given a link, does what it is for and no more, and is cut off the moment it is withdrawn."""

import pytest
from playwright.async_api import expect

from tests.browser.handset import SLIDES, WORKSHOP, handset, place, press
from tests.browser.test_accessible import faults

WIDE, SMALL = (1280, 900), (360, 740)
MAY = {"run": "Kjøre møtet", "moderate": "Moderere svarene", "look": "Bare se"}


async def give(console, name: str, right: str) -> str:
    """A link from the console's form."""
    page = console.page
    if not await page.locator("#give").is_visible():
        await place(page, "meeting")
    await page.get_by_label("Hvem er den til?").fill(name)
    await page.get_by_label(MAY[right]).check()
    await page.get_by_role("button", name="Lag lenken").click()
    await expect(page.locator("#given-say")).to_contain_text(name)
    return await page.locator("#given-url").input_value()


async def colleague(browser, server, right: str, size=WIDE):
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], size=WIDE)
    await console.state("lobby")
    return room, console, await handset(browser, await give(console, "Kari på servicetorget", right), size=size)


async def test_a_withdrawn_link_is_cut_off_live(server, browser):
    """
    Kari runs the meeting; her link is withdrawn, her page says so at once, and what she presses does nothing.
    """
    room, console, kari = await colleague(browser, server, "run")
    await expect(kari.page.locator("#next-what")).not_to_be_empty()
    await press(kari.page, "PageDown", "slide")
    await console.state("slide")
    row = console.page.locator("#links > li")
    await expect(row).to_contain_text("Kari på servicetorget")
    await expect(row).to_contain_text("Kjøre møtet")
    await row.get_by_role("button", name="Trekk tilbake").click()
    await console.page.locator("#sure-yes").click()
    await kari.state("slide")
    await expect(kari.page.locator("#offline")).to_have_text("Denne lenken virker ikke lenger. Be om en ny.")
    await expect(kari.page.locator("#next")).to_be_disabled()
    await expect(row).to_have_count(0)
    await expect(console.page.locator("#given")).to_be_hidden()
    assert "slide" == (await room.show())["state"]
    await kari.page.reload()
    await expect(kari.page.locator("#gate")).to_be_visible()
    await press(console.page, "PageUp", "lobby")
    assert [] == console.faults + kari.faults


async def test_who_may_run_gives_no_links(server, browser):
    _, _, kari = await colleague(browser, server, "run")
    await kari.state("lobby")
    await expect(kari.page.get_by_text("Gi til kollega")).to_have_count(0)
    await expect(kari.page.locator("[data-link=console]")).to_be_hidden()
    await expect(kari.page.locator("#next")).to_be_visible()


async def test_who_may_moderate_holds_back_and_moves_nothing(server, browser):
    room, _, kari = await colleague(browser, server, "moderate", SMALL)
    await room.act("goto", slide=SLIDES["viktigst"])
    await room.act("start", activity="viktigst")
    phone = await handset(browser, room.links["join_url"])
    await phone.state("write")
    await phone.write("Flere møteplasser")
    answer = kari.page.locator("#answers > li")
    await expect(answer).to_contain_text("Flere møteplasser")
    await answer.click()
    await expect(answer.get_by_role("button").filter(visible=True)).to_have_text(["Hold tilbake"])
    for button in (
        "#next",
        "#dock [data-do=back]",
        "#blank",
        "[data-does=redact]",
        "#end",
        "#write-open",
        "#ask-open",
        "#edit-open",
    ):
        await expect(kari.page.locator(button).first).to_be_hidden()
    await expect(kari.page.locator("#hold-each")).to_be_visible()
    await kari.page.keyboard.press("PageDown")
    await kari.sees("Lenken din kan ikke brukes til det.")
    await answer.get_by_role("button", name="Hold tilbake").click()
    await expect(answer).to_contain_text("holdt tilbake")
    told = await room.show()
    assert ("write", 1) == (told["state"], told["held"])
    assert [] == await faults(kari.page)
    assert [] == kari.faults


async def test_who_may_look_has_nothing_to_press(server, browser):
    room, _, kari = await colleague(browser, server, "look")
    await room.act("goto", slide=SLIDES["viktigst"])
    await room.act("start", activity="viktigst")
    await room.act("add_answer", text="Sagt høyt")
    await kari.state("write")
    await expect(kari.page.locator("#answers > li")).to_contain_text("Sagt høyt")
    # What only reads, or saves a picture, is hers to press.
    reads = ".side-head .tab, .words button, #results-part p button, #preview-phone-too, #help-open"
    await expect(kari.page.locator(".places .tab:visible")).to_have_text(["Kjør", "Samle"])
    for part in ("gather", "run"):
        await place(kari.page, part)
        pressed = kari.page.locator(f"main button:visible:enabled:not({reads}), #dock button:visible")
        assert [] == [text for text in await pressed.all_inner_texts() if text], part
    assert [] == await faults(kari.page)
    assert [] == kari.faults


@pytest.mark.parametrize("size", [pytest.param(WIDE, marks=pytest.mark.soak), SMALL])
async def test_the_panel_is_sound(server, browser, size):
    """
    The form, a fresh link and the list, by ear and by eye; the letter holds the link and where people go.
    """
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], size=size)
    await console.state("lobby")
    await console.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    url = await give(console, "Ola", "moderate")
    await give(console, "Kari på servicetorget", "look")
    names = console.page.locator("#links p:first-child")
    await expect(names).to_have_text(["Ola", "Kari på servicetorget"])
    letter = console.page.get_by_role("button", name="Kopier som tekst til e-post")
    await letter.first.click()
    await console.sees("Kopiert")
    told = await console.page.evaluate("navigator.clipboard.readText()")
    assert "Med denne lenken kan du følge møtet" in told
    assert room.links["join_url"] in told
    assert url not in told
    wide = await console.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert [] == await faults(console.page)
    assert [] == console.faults
