"""The chime of the big screen, as a browser lets it sound."""

from playwright.async_api import expect

from tests.browser.handset import handset, place

WORKSHOP = """---
format: workshop/1
title: Kort samtale
language: nb
---

## Hva tenker dere?

:::pair{time=0:02}
To og to.
:::
"""
# What the page asks the browser to sound, counted where it asks.
COUNTED = """
window.tones = 0
const start = OscillatorNode.prototype.start
OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when) }
"""


async def test_it_sounds_in_the_hall_at_the_end_of_a_talk_and_not_in_the_console(server, browser):
    room = await server.open(WORKSHOP)
    screen = await handset(browser, room.links["screen_url"], size=(1280, 720))
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    for page in (screen.page, console.page):
        await page.add_init_script(COUNTED)
        await page.reload()
    await screen.state("lobby")
    await console.state("lobby")
    preview = console.page.frame_locator("#preview-screen")
    await expect(preview.locator("body")).to_have_attribute("data-state", "lobby")
    await place(console.page, "meeting")
    await console.page.locator("#chime").check()
    await screen.page.keyboard.press("?")
    await expect(screen.page.get_by_label("Klokkelyd på denne skjermen når samtaletiden er ute")).to_be_checked()
    await screen.page.keyboard.press("?")
    await room.act("goto", slide=1)
    await room.act("next")
    await screen.state("talk")
    await expect(screen.page.get_by_text("Tiden er ute", exact=True)).to_be_visible()
    await screen.page.wait_for_function("() => window.tones === 3")
    frame = next(one for one in console.page.frames if one.url.endswith("/screen"))
    await expect(preview.locator(".said")).to_have_text("Tiden er ute")
    assert 0 == await frame.evaluate("() => window.tones")
    assert 0 == await console.page.evaluate("() => window.tones")
    assert [] == screen.faults + console.faults
