"""A facilitator rehearses in the room that will be used, and then it is as if nothing had been."""

import asyncio

from playwright.async_api import expect

from tests.browser.handset import WORKSHOP, handset, place, press

WIDE = (1280, 900)


async def test_a_rehearsal_from_the_console(server, browser):
    """
    Started in the lobby, pressed through, looked at on the screen, and gone with one press: the lobby again, nobody
    there, and no answer in any list.
    """
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], size=WIDE)
    screen = await handset(browser, room.links["screen_url"], size=WIDE)
    await console.state("lobby")
    line = console.page.locator("#rehearsing")
    await expect(line).to_be_hidden()
    await place(console.page, "meeting")
    await console.page.get_by_label("Hvor mange som er med").fill("30")
    await console.page.get_by_role("button", name="Start øvingen").click()
    await expect(line).to_contain_text("Øving med 30 deltakere.")
    await room.act("start", activity="viktigst")
    await console.state("write")
    await expect(console.page.locator("#answers > li").first).to_be_visible()
    await expect(console.page.locator("#answers")).to_contain_text("øving")
    await press(console.page, "c", "closed")
    await press(console.page, "r", "results")
    await expect(screen.page.locator("[data-card]").first).to_be_visible()
    await line.get_by_role("button", name="Stopp").click()
    await expect(line).to_contain_text("Øvingen er slutt.")
    await expect(console.page.locator("#here")).to_contain_text("0 telefoner")
    await line.get_by_role("button", name="Fjern alt").click()
    await console.state("lobby")
    await screen.state("lobby")
    await console.sees("Alt fra øvingen er borte. Møtet er tilbake ved starten.")
    await expect(line).to_be_hidden()
    await expect(console.page.locator("#since")).to_be_empty()
    await room.act("start", activity="viktigst")
    await console.state("write")
    assert 0 == (await room.show())["answers_total"]
    assert [] == console.faults + screen.faults


async def test_start_clears_what_was_rehearsed(server, browser):
    """
    Stopped and walked back to the lobby, the facilitator forgets to clear: Start does it.
    """
    room = await server.open(WORKSHOP)
    for do in ("rehearse", "next", "stop_rehearsal", "back"):
        await room.act(do)
    console = await handset(browser, room.links["console_url"], size=WIDE)
    await console.state("lobby")
    await expect(console.page.locator("#rehearsing")).to_contain_text("Øvingen er slutt.")
    await press(console.page, "PageDown", "slide")
    await expect(console.page.locator("#rehearsing")).to_be_hidden()
    assert [] == console.faults


async def test_in_the_middle_of_a_meeting_it_asks_first(server, browser):
    room = await server.open(WORKSHOP)
    await room.act("next")
    console = await handset(browser, room.links["console_url"], size=(360, 740))
    await console.state("slide")
    await place(console.page, "meeting")
    await console.page.get_by_role("button", name="Start øvingen").click()
    await console.sees("Øve midt i et møte?")
    await console.page.get_by_role("button", name="Avbryt").click()
    await expect(console.page.locator("#rehearsing")).to_be_hidden()
    assert (await room.show())["rehearsal"] is None


async def test_what_is_pressed_before_the_first_view_is_done_when_it_is_there(server, browser):
    """
    The page is there before its connection is, and looks as if it could be used.
    """
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], size=WIDE)
    await console.state("lobby")
    connects = asyncio.Event()

    async def late(socket) -> None:
        await connects.wait()
        socket.connect_to_server()

    await console.page.route_web_socket("**/feed?*", late)
    await console.page.reload()
    await place(console.page, "meeting")
    await console.page.locator("#door").click()
    await console.page.get_by_role("button", name="Start øvingen").click()
    connects.set()
    await expect(console.page.locator("#rehearsing")).to_contain_text("Øving med")
    await console.sees("døra er stengt")
    assert [] == console.faults
