"""One time for all: on phones, screen and console, whatever their own clocks say and however they slept."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.handset import WAIT_MS, WORKSHOP, Handset, handset, stop_clock

STOOD_STILL_MS = 6000
HOUR_AHEAD = """
const real = Date.now.bind(Date)
Date.now = () => real() + 3_600_000
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + 3_600_000 })
"""


async def seconds(face: Handset) -> int:
    """What its clock shows."""
    text = await face.page.locator("[role=timer]").filter(visible=True).first.inner_text()
    minutes, rest = re.search(r"(\d+):(\d\d)", text).groups()
    return int(minutes) * 60 + int(rest)


async def agree(faces: list[Handset]) -> int:
    """All show the same, give or take the second that passes while they are read. Returns: what they show."""
    for _ in range(400):
        shown = await asyncio.gather(*map(seconds, faces))
        if max(shown) - min(shown) <= 1:
            return min(shown)
        await asyncio.sleep(0.05)
    raise AssertionError(shown)


@pytest.mark.parametrize("asleep_s", [3, pytest.param(60, marks=pytest.mark.soak)])
async def test_every_clock_shows_the_same(server, browser, asleep_s):
    """
    After a reload, a pause, thirty seconds more, and with one phone asleep and one an hour ahead.
    """
    room = await server.open(WORKSHOP.replace("time=2:00", "time=5:00"))
    await room.act("goto", slide=2)
    await room.act("next")
    phones = [await handset(browser, room.links["join_url"]) for _ in range(4)]
    wrong = await browser.new_context(locale="nb-NO")
    await wrong.add_init_script(HOUR_AHEAD)
    ahead = Handset(await wrong.new_page())
    await ahead.page.goto(room.links["join_url"])
    desk = [await handset(browser, room.links[f"{face}_url"], size=(1280, 800)) for face in ("screen", "console")]
    faces = [*phones, ahead, *desk]
    for face in faces:
        await face.state("talk")
    assert 240 < await agree(faces) <= 300

    sleeper = await phones[0].page.context.new_cdp_session(phones[0].page)
    await sleeper.send("Page.setWebLifecycleState", {"state": "frozen"})
    await phones[1].page.reload()
    await agree(faces[1:])
    await room.act("pause")
    stood = await agree(faces[1:])
    await asyncio.sleep(asleep_s)
    assert stood == await agree(faces[1:])
    await room.act("resume")
    await room.act("add_time", seconds=30)
    async with asyncio.timeout(WAIT_MS / 1000):
        while min([await seconds(face) for face in faces[1:]]) < stood + 20:
            await asyncio.sleep(0.05)
    await sleeper.send("Page.setWebLifecycleState", {"state": "active"})
    left = await agree(faces)
    assert stood + 30 - 10 < left <= stood + 30


async def test_the_console_says_when_its_own_clock_is_wrong(server, browser):
    room = await server.open(WORKSHOP)
    right = await handset(browser, room.links["console_url"], size=(1280, 800))
    wrong = await browser.new_context(locale="nb-NO")
    await wrong.add_init_script(HOUR_AHEAD)
    ahead = Handset(await wrong.new_page())
    await ahead.page.goto(room.links["console_url"])
    await ahead.sees("er 60 minutter fra hverandre")
    await right.state("lobby")
    assert "fra hverandre" not in await right.page.inner_text("body")


async def test_a_console_that_stood_still_is_not_said_to_be_cut_off(server, browser):
    """
    A machine that is busy for some seconds has still its connection: no button is disabled, and no press is lost.
    """
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], clock=True, size=(1280, 800))
    await expect(console.page.locator("#next-what")).not_to_be_empty()
    await stop_clock(console.page)
    await console.page.evaluate(
        """() => {
          window.cut = []
          const offline = document.getElementById('offline')
          new MutationObserver(() => cut.push(offline.hidden)).observe(offline, { attributes: true })
        }"""
    )
    await console.page.clock.fast_forward(STOOD_STILL_MS)
    await console.page.keyboard.press("PageDown")
    await console.state("slide")
    await console.page.clock.run_for(2000)
    assert [] == await console.page.evaluate("cut")
    assert [] == console.faults
