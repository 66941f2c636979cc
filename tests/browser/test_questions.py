"""Questions to the panel with script: asked and voted for on phones, answered in the console, large on the screen."""

from playwright.async_api import expect

from tests.browser.handset import handset
from tests.browser.test_accessible import faults
from tests.meeting import one

CHANNEL = one("qa", "id=panel open=meeting", "Hva lurer dere på?") + "\n:::open{id=b}\nSkriv.\n:::\n"


async def test_a_question_goes_from_a_phone_to_the_screen_while_something_else_is_on(server, browser):
    room = await server.open(CHANNEL)
    await room.act("start", activity="b")
    anne = await handset(browser, room.links["join_url"])
    await anne.page.get_by_role("link", name="Spør panelet").click()
    await anne.page.fill("#text", "Når kommer bussen?")
    await anne.page.locator("#form .press").click()
    await expect(anne.page.locator("#own > li")).to_contain_text("Når kommer bussen?")
    await expect(anne.page.locator("#now")).to_be_visible()  # the meeting asks for something else just now

    bo = await handset(browser, room.links["join_url"] + "/questions")
    press = bo.page.get_by_role("button", name="Stem")
    await press.click()
    await expect(press).to_have_attribute("aria-pressed", "true")
    await expect(bo.page.locator("#asked .votes")).to_have_text("1 stemme")
    await expect(anne.page.locator("#own .status")).to_have_text("1 stemme")
    assert [] == await faults(bo.page)

    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    await console.page.locator("[data-list=questions]").click()
    row = console.page.locator("#answers > li").first
    await row.focus()
    await row.locator("[data-does=lift]").click()
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    await expect(screen.page.locator(".spot")).to_contain_text("1 stemme")
    await row.focus()
    await row.locator("[data-does=reply]").click()
    await console.page.fill("#sure-words", "I august.")
    await console.page.locator("#sure-yes").click()
    await expect(bo.page.locator("#asked .reply")).to_contain_text("I august.")
    await expect(anne.page.locator("#own .reply")).to_contain_text("I august.")
    assert [] == await faults(console.page)
    await room.act("end")
    await expect(bo.page.locator("#form")).to_be_hidden()
    for face in (anne, bo, console, screen):
        assert [] == face.faults
