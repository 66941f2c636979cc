"""Two consoles at once: the last press counts, both are told, and either takes it back for a moment."""

import asyncio

from playwright.async_api import expect

from tests.browser.handset import SLIDES, WORKSHOP, handset, place
from tests.browser.test_accessible import faults_but_what_is_covered
from tests.browser.test_share import give

WIDE, SMALL = (1280, 900), (360, 740)


async def two(server, browser):
    room = await server.open(WORKSHOP)
    one = await handset(browser, room.links["console_url"], size=WIDE)
    await expect(one.page.locator("#next-what")).not_to_be_empty()
    other = await handset(browser, await give(one, "Kari", "run"), size=SMALL)
    await expect(other.page.locator("#next-what")).not_to_be_empty()
    await place(one.page, "run")
    return room, one, other


async def late(console) -> asyncio.Event:
    """What the console asks for next is on its way until the event is set."""
    held = asyncio.Event()

    async def wait(route):
        await held.wait()
        await route.continue_()

    await console.page.route("**/actions", wait)
    return held


async def test_either_takes_back_what_either_did(server, browser):
    room, one, other = await two(server, browser)
    await one.page.locator("#next").click()
    for console in (one, other):
        await expect(console.page.locator("#undo-say")).to_have_text("Neste lysbilde ble vist.")
    await other.page.locator("#undo").click()
    await one.state("lobby")
    await expect(one.page.locator("#undo-say")).to_have_text("Møtet gikk tilbake.")
    await expect(other.page.locator("#undo-bar")).to_be_visible()
    assert [] == await faults_but_what_is_covered(other.page)
    await expect(one.page.locator("#undo-bar")).to_be_hidden()
    await expect(other.page.locator("#undo-bar")).to_be_hidden()
    assert "lobby" == (await room.show())["state"]
    assert [] == one.faults + other.faults


async def test_too_late_when_something_else_has_happened(server, browser):
    """
    Kari's page has not heard yet that the meeting has moved: her undo changes nothing, and says why.
    """
    room, one, other = await two(server, browser)
    await one.page.locator("#next").click()
    await expect(other.page.locator("#undo")).to_be_visible()
    held = await late(other)
    await other.page.locator("#undo").click()
    await one.page.locator("#blank").click()
    await expect(one.page.locator("#undo-say")).to_have_text("Storskjermen ble svart.")
    held.set()
    await other.sees("Noe annet har skjedd siden. Se hvor møtet står.")
    told = await room.show()
    assert ("slide", True) == (told["state"], told["blank"])
    assert [] == one.faults + other.faults


async def test_the_last_press_counts(server, browser):
    """
    Both press Next on the same slide: one moves it, and the other hears of it. Nothing is leapt over.
    """
    room, one, other = await two(server, browser)
    await room.act("goto", slide=SLIDES["viktigst"])
    for console in (one, other):
        await console.state("idle")
    held = await late(other)
    await other.page.locator("#next").click()
    await one.page.locator("#next").click()
    await other.state("talk")
    held.set()
    await other.sees("Noen andre førte møtet videre")
    await expect(one.page.locator("#undo-say")).to_have_text("Samtalen begynte.")
    assert "talk" == (await room.show())["state"]


async def test_who_moderates_takes_back_what_is_theirs(server, browser):
    room, _, _ = await two(server, browser)
    console = await handset(browser, room.links["console_url"], size=WIDE)
    kari = await handset(browser, await give(console, "Per", "moderate"), size=SMALL)
    await place(console.page, "run")
    await expect(kari.page.locator("#question")).not_to_be_empty()
    await room.act("goto", slide=SLIDES["viktigst"])
    await room.act("start", activity="viktigst")
    await expect(console.page.locator("#undo-bar")).to_be_visible()
    await expect(kari.page.locator("#undo-bar")).to_be_hidden()
    await room.act("add_answer", text="Per Olsen er dum")
    answer = kari.page.locator("#answers > li")
    await answer.locator(".said").click()
    await answer.get_by_role("button", name="Hold tilbake").click()
    await expect(kari.page.locator("#undo-say")).to_have_text("Et svar ble holdt tilbake.")
    await expect(console.page.locator("#undo-say")).to_have_text("Et svar ble holdt tilbake.")
    await console.page.locator("#undo").click()
    await expect(kari.page.locator("#undo-say")).to_have_text("Et svar vises igjen.")
    assert 0 == (await room.show())["held"]
    assert [] == kari.faults
