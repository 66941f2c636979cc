"""A colleague goes through the whole meeting, says something of a slide, and it ends up in the file."""

import pytest
from playwright.async_api import expect

from tests.browser.handset import WORKSHOP, handset, place
from tests.browser.test_accessible import faults
from tests.browser.test_share import MAY, give

WIDE, SMALL = (1280, 900), (360, 740)
MAY["review"] = "Gå gjennom og kommentere"


async def opened(server, browser, size=WIDE):
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], size=WIDE)
    await console.state("lobby")
    review = await handset(browser, await give(console, "Ola", "review"), size=size)
    await expect(review.page.locator("#step")).to_contain_text("Trinn 1 av")
    return room, console, review


async def test_through_the_meeting_and_a_comment_into_the_file(server, browser):
    room, console, review = await opened(server, browser)
    page = review.page
    before = await room.show()
    screen, phone = page.frame_locator("#pane-screen"), page.frame_locator("#pane-phone")
    await expect(screen.locator("body")).to_have_attribute("data-state", "lobby")
    await page.locator("#jump").select_option(
        label="Lysbilde 2: Hva er viktigst for dere når kommunen skal ha dialog med innbyggere i tettstedene?"
    )
    await page.locator("#next").click()
    await expect(page.locator("#state")).to_have_text("De snakker sammen")
    await page.keyboard.press("PageDown")
    await expect(page.locator("#state")).to_have_text("Åpent for svar")
    await expect(phone.locator("textarea")).to_be_visible()
    await expect(screen.locator("body")).to_have_attribute("data-state", "write")
    await page.keyboard.press("PageDown")
    await page.keyboard.press("PageDown")
    await expect(screen.locator("[data-card]").first).to_be_visible()
    await page.get_by_label("Hva mener du?").fill("Her bør vi --> vente litt.")
    await page.get_by_label("Navnet ditt, om du vil").fill("Ola")
    await page.get_by_role("button", name="Send kommentaren").click()
    await review.sees("Kommentaren er sendt.")
    await expect(page.locator("#said > li")).to_have_text("Ola: Her bør vi --> vente litt.")

    row = console.page.locator("#comments > li")
    await expect(row).to_contain_text("Lysbilde 2: Hva er viktigst")
    await expect(row).to_contain_text("Ola: Her bør vi --> vente litt.")
    await place(console.page, "run")
    await expect(console.page.locator("#edit-open")).to_contain_text("1 kommentar")
    await console.page.locator("#edit-open").click()
    await row.get_by_role("button", name="Vis i teksten").click()
    await expect(console.page.locator("#edit-text")).to_be_focused()
    await row.get_by_role("button", name="Ta vare på som notat").click()
    await console.sees("Kommentaren står nå som notat ved lysbildet.")
    await expect(console.page.locator("#comments-part")).to_be_hidden()
    await expect(console.page.locator("#edit-text")).to_have_value(
        WORKSHOP.replace(
            "\n---\n\n## Hvor bor du?", "\n<!-- Ola: Her bør vi –> vente litt. -->\n\n---\n\n## Hvor bor du?"
        )
    )
    after = await room.show()
    same = ("state", "answers_total", "rehearsal", "counts")
    assert [before[name] for name in same] == [after[name] for name in same]
    assert [] == console.faults + review.faults


async def test_a_withdrawn_review_says_so(server, browser):
    _, console, review = await opened(server, browser)
    await console.page.locator("#links").get_by_role("button", name="Trekk tilbake").click()
    await console.page.locator("#sure-yes").click()
    await console.sees("Lenken er trukket tilbake.")
    await review.page.locator("#next").click()
    await expect(review.page.locator("#gate")).to_have_text("Denne lenken virker ikke lenger. Be om en ny.")
    assert [] == await faults(review.page)


@pytest.mark.parametrize("size", [pytest.param(WIDE, marks=pytest.mark.soak), SMALL])
async def test_the_page_is_sound(server, browser, size):
    """
    Every step by ear and by eye, with nothing beside the page.
    """
    _, _, review = await opened(server, browser, size)
    page = review.page
    while await page.locator("#next").is_enabled():
        await page.locator("#next").click()
        assert [] == await faults(page)
        assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    await expect(page.locator("#state")).to_have_text("Møtet er slutt")
    assert [] == review.faults


async def test_a_meeting_that_is_gone(server, browser):
    room, _, review = await opened(server, browser)
    await server.call("DELETE", f"/api/rooms/{room.code}", key=room.key)
    await review.page.locator("#next").click()
    await review.sees("Dette møtet er slettet, og opplegget med det.")
    assert [] == await faults(review.page)
