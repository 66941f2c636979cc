"""A film as the hall sees it: begun from the console, with sound and captions, and steered while it plays."""

from playwright.async_api import expect

from tests.browser.handset import USUAL, handset
from tests.browser.test_accessible import in_both_themes
from tests.media.test_video import WEBM
from tests.pictures.drawn import packed

TEXT = """---
format: workshop/1
title: Havna
language: nb
---

## Slik var havna

:::film{id=havna src=havna.webm captions=havna.vtt}
Se filmen om havna.
:::
"""
VTT = "WEBVTT\n\n00:00.000 --> 00:07.000\nHer lå verftet.\n"
PLAYS = "() => { const it = document.querySelector('video'); return !it.paused && !it.muted && it.currentTime > 0.3 }"
CAPTION = "() => [...document.querySelector('video').textTracks[0].activeCues].map(({ text }) => text).join()"
AT = "() => { const it = document.querySelector('video'); return it.paused && it.readyState > 1 ? it.currentTime : -1 }"


async def test_a_film_plays_in_the_hall_and_is_steered_from_the_console(server, browser):
    """
    A browser that lets no page sound before a press makes the console say so; it is not muted for it.
    """
    room = await server.open(packed({"workshop.md": TEXT, "havna.webm": WEBM.read_bytes(), "havna.vtt": VTT}))
    screen = await handset(browser, room.links["screen_url"], size=(1280, 720))
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    phone = await handset(browser, room.links["join_url"], size=USUAL)
    await room.act("goto", slide=1)
    await room.act("next")
    told = console.page.locator("#soundless")
    await expect(told).to_have_text("Filmen venter: Trykk på skjermen én gang for lyd.")
    await expect(screen.page.locator(".notice")).to_have_text("Trykk én gang her for lyd")
    await room.act("start", activity="havna")
    await screen.page.mouse.click(200, 200)
    await screen.page.wait_for_function(PLAYS)
    await expect(told).to_be_hidden()
    await expect(screen.page.locator(".notice")).to_be_hidden()
    assert "Her lå verftet." == await screen.page.evaluate(CAPTION)
    await console.page.get_by_role("button", name="Pause filmen").click()
    await screen.page.wait_for_function(f"() => ({AT})() > 0.3")
    at = (await room.show())["film"]["position_ms"] / 1000
    await screen.page.reload()  # goes on where it was
    await screen.page.wait_for_function(f"() => Math.abs(({AT})() - {at}) < 1.1")
    await screen.page.wait_for_function(f"() => ({CAPTION})() === 'Her lå verftet.'")
    await expect(phone.page.locator(".film")).to_contain_text("Her lå verftet.")
    amiss = [
        await in_both_themes(name, one.page)
        for name, one in (("screen", screen), ("console", console), ("phone", phone))
    ]
    assert [[], [], []] == amiss
    await console.page.get_by_role("button", name="Tilbake 10 s").click()
    await screen.page.wait_for_function(f"() => ({AT})() >= 0 && ({AT})() < 0.2")
    await phone.page.get_by_role("link", name="Les alt som sies i filmen").click()
    await expect(phone.page.get_by_role("heading", name="Det som sies i filmen")).to_be_visible()
    assert [] == [*screen.faults, *console.faults]
