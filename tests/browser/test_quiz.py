"""A quiz in the hall: a name, signs, an answer, one's own points, and the table on the big screen."""

from playwright.async_api import expect

from tests.browser.handset import handset, place

WORKSHOP = """---
format: workshop/1
title: Kviss
language: nb
---

## Hva heter hovedstaden?

:::quiz{id=by names explain="Siden 1814."}
- Bergen
- Oslo {right}
:::

:::pulse
:::
"""


async def test_a_player_gives_a_name_and_signs_and_is_told_what_the_answer_gave(server, browser):
    room = await server.open(WORKSHOP)
    screen = await handset(browser, room.links["screen_url"], size=(1280, 720))
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    phone = await handset(browser, room.links["join_url"])
    await phone.page.get_by_label("Hva heter du?").fill("Kari")
    await phone.page.get_by_role("button", name="Gå videre").click()
    await phone.page.get_by_role("button", name="Jeg falt av").click()
    await expect(screen.page.locator("#pulse")).to_have_text("Jeg falt av 1")
    await expect(console.page.locator("#lost")).to_have_text("1 av 1 telefoner sier: Jeg falt av.")
    await place(console.page, "meeting")
    await console.page.locator("#signs-on").uncheck()
    await expect(phone.page.locator(".signs")).to_be_hidden()
    await expect(screen.page.locator("#pulse")).to_be_hidden()

    await room.act("start", activity="by")
    await phone.page.get_by_label("Oslo").check()
    await phone.send()
    await phone.own(("Oslo", "Mottatt"))
    await room.act("close")
    await room.act("reveal")
    await phone.own(("Oslo", "Riktig: 1 poeng. Du har 1 poeng, plass 1 av 1."))
    await expect(screen.page.get_by_text("Siden 1814.")).to_be_visible()
    await expect(screen.page.locator(".score-board")).to_be_hidden()
    await room.act("page", n=1)
    await expect(screen.page.locator(".score-board:visible li")).to_have_text("1Kari1")
    await expect(screen.page.get_by_text("Siden 1814.")).to_be_hidden()
    assert [] == phone.faults + screen.faults + console.faults
