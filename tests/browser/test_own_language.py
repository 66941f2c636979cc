"""What the form wrote into a workshop is said in each phone's own language, as the meeting goes on."""

from playwright.async_api import expect

from tests.browser.handset import handset
from tests.meeting import one


async def test_what_the_form_wrote_is_said_in_the_language_of_the_phone(server, browser):
    room = await server.open(one("open", body="Skriv svaret ditt.") + one("open", "id=b").split("---\n", 2)[2])
    phone = await handset(browser, f"{room.links['join_url']}?lang=en")
    await phone.state("lobby")
    await room.act("start", activity="a")
    await phone.state("write")
    told = phone.page.locator("[data-t=instruction]:visible")
    await expect(told).to_have_text("Write your answer.")
    assert "en" == await told.get_attribute("lang")
    await room.act("close")
    await room.act("start", activity="b")
    await expect(told).to_have_text("Skriv det dere tenker.")
    assert "nb" == await told.get_attribute("lang")
