"""The whole seminar without a mouse: from the console with Tab and Space, from the screen with Space and arrows."""

import asyncio

import pytest
from playwright.async_api import Page, expect

from tests.browser.faces import WORKSHOP, faces
from tests.browser.handset import BRIEF, WAIT_MS, a_moment, handset, hurried, place
from tests.browser.test_accessible import PLACES
from tests.meeting import SEMINAR

# How many presses lead from the lobby to the end.
MEETINGS = pytest.mark.parametrize(
    ("text", "presses"),
    [(BRIEF, 15), pytest.param(SEMINAR, 37, marks=pytest.mark.soak)],
    ids=["brief", "as-written"],
)
HAS_FOCUS = """(id) => {
  const it = document.activeElement
  const { outlineStyle, outlineWidth } = getComputedStyle(it)
  const { top, bottom } = it.getBoundingClientRect()
  const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && top >= 0 && bottom <= innerHeight
  return { id: it.id, seen }
}"""
# Every stop of the Tab key from here on: what it is, and why it can't be seen, if so.
STOP = """async () => {
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame) // until what has the focus is scrolled to
  const it = document.activeElement
  if (it === document.body) return null
  const name = (it.id ? '#' + it.id : it.localName) + ' ' + (it.textContent.trim().slice(0, 30) || it.name || '')
  const marked = [it, ...document.querySelectorAll('label')].some((one) => {
    if (one !== it && one.control !== it) return false
    const { outlineStyle, outlineWidth } = getComputedStyle(one)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
  })
  const { left, top, bottom, width } = it.getBoundingClientRect()
  const at = document.elementFromPoint(left + width / 2, (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2)
  const clear = at && (at === it || it.contains(at) || at.contains(it))
  return { name, fault: marked ? (clear ? '' : 'is covered by ' + (at?.id || at?.localName)) : 'has no outline' }
}"""

TO_THE_TOP = "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex') }"


async def moved(room, step: int) -> int:
    while (now := (await room.show())["step"]) == step:
        await asyncio.sleep(0.02)
    return now


async def tab_to(page: Page, selector: str) -> None:
    """Tab until *selector* has the focus, as somebody does who sees where it is."""
    wanted = page.locator(selector)
    for _ in range(200):
        await page.keyboard.press("Tab")
        if await wanted.evaluate("(it) => it === document.activeElement"):
            return
    raise AssertionError(f"Tab does not come to {selector}")


@MEETINGS
async def test_the_seminar_from_the_console(server, browser, text, presses):
    """
    Tab to the one large button, then Space: it keeps the focus in every state, and a writing phone keeps its own.
    """
    room = await server.open(text)
    console = await handset(browser, room.links["console_url"], clock=True, size=(1280, 800))
    phone = await handset(browser, room.links["join_url"])
    await console.state("lobby")
    await tab_to(console.page, "#next")
    step = (await room.show())["step"]
    for pressed in range(1, presses + 1):
        await console.page.keyboard.press("Space")
        step = await moved(room, step)
        state = (await room.show())["state"]
        await console.state(state)
        if state == "write":
            await phone.state("write")
            await phone.page.locator("#text").focus()
            await phone.page.keyboard.type("Flere ben")
        if state == "closed":
            await phone.state("closed")
            await phone.page.keyboard.type("ker")
            assert "Flere benker" == await phone.page.input_value("#text")
        if pressed < presses:
            assert {"id": "next", "seen": True} == await console.page.evaluate(HAS_FOCUS), state
        await a_moment(console.page)
    assert "ended" == state
    assert {"id": "question", "seen": True} == await console.page.evaluate(HAS_FOCUS)
    assert [] == console.faults + phone.faults


@MEETINGS
async def test_the_seminar_from_the_screen(server, browser, text, presses):
    """
    To the end by Space and arrow right in turn, back to the start by arrow left, and the page is never scrolled.
    """
    room = await server.open(text)
    screen = await handset(browser, room.links["console_url"], clock=True, size=(1280, 720))
    await screen.state("lobby")  # a screen steers in the browser that holds the console's key
    await screen.page.goto(room.links["screen_url"])
    await screen.page.locator(".lobby").wait_for()
    step = (await room.show())["step"]
    for pressed in range(presses):
        await screen.page.keyboard.press(("Space", "ArrowRight")[pressed % 2])
        step = await moved(room, step)
        await a_moment(screen.page)
    await screen.state("ended")
    for _ in range(3):
        await screen.page.keyboard.press("ArrowLeft")
        step = await moved(room, step)
        await a_moment(screen.page)
    assert 0 == await screen.page.evaluate("scrollX + scrollY")
    assert [] == screen.faults


@pytest.mark.parametrize("language", ["nb"])
async def test_every_stop_of_tab_is_seen(server, browser, language):
    """
    On each face, and on the pages around the meeting: a ring around it, and nothing over it.
    """
    amiss = []

    async def walk(page: Page, what: str, least: int) -> None:
        stops = []
        await page.evaluate(
            "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex') }"
        )
        for _ in range(120):
            await page.keyboard.press("Tab")
            stop = await page.evaluate(STOP)
            if stop is None:
                break
            stops.append(stop["name"])
            if stop["fault"]:
                amiss.append(f"{what}: {stop['name']} {stop['fault']}")
        assert least <= len(stops), stops

    async with faces(browser, await server.open(WORKSHOP), language) as opened:
        room = opened.room
        await opened.at(3, "viktigst", "text")
        await opened.write("Busser")
        await walk(opened.phone, "phone", 7)
        await walk(opened.console, "console", 25)
        await room.act("close")
        await opened.are("closed")
        for name, sign in PLACES.items():
            await (opened.console.keyboard.press("e") if name == "edit" else place(opened.console, name))
            await opened.console.locator(sign).first.wait_for()
            await walk(opened.console, f"console, {name}", 10)
        await opened.at(4, "bor", "choice")
        await walk(opened.phone, "choice", 4)
        await opened.at(5, "hort", "scale")
        await walk(opened.phone, "scale", 5)
        for path, least in (("/", 4), ("/new", 8), (f"/{room.code}/results", 4), (f"/{room.code}/report", 3)):
            await opened.phone.goto(server.url + path)
            await walk(opened.phone, path, least)
        await opened.phone.goto(f"{server.url}/new")
        await opened.phone.locator("[data-way=workshop]").click()
        await walk(opened.phone, "/new, a whole programme", 12)
    assert not amiss, "\n".join(amiss)


async def test_the_focus_comes_back_to_the_console(server, browser):
    """
    A button that goes with its state hands the focus on; a connection that is lost and found gives it back.
    """
    async with faces(browser, await server.open(WORKSHOP), "nb") as opened:
        page = opened.console
        await opened.at(3, "viktigst", "text")
        await page.locator("#close-in").focus()
        await page.keyboard.press("Enter")
        await opened.are("closing")
        await expect(page.locator("#next")).to_be_focused()
        await page.locator("#blank").focus()
        opened.between.cut()
        async with hurried(page):
            await page.locator("#offline").wait_for(timeout=WAIT_MS)
        opened.between.mend()
        async with hurried(page):
            await expect(page.locator("#offline")).to_be_hidden(timeout=WAIT_MS)
        await expect(page.locator("#blank")).to_be_focused()


async def test_letters_can_be_turned_off(server, browser):
    """
    For those who steer by voice, or whose hand strays: on the console, on the screen beside it, and after a reload.
    """
    room = await server.open(WORKSHOP)
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="nb-NO")
    console, screen = await context.new_page(), await context.new_page()
    await console.goto(room.links["console_url"])
    await screen.goto(room.links["screen_url"])
    await expect(console.locator("#next-what")).not_to_be_empty()
    await screen.locator(".lobby").wait_for()
    await tab_to(console, "#help-open")
    await console.keyboard.press("Enter")
    letters = console.get_by_label("Bokstaver, tall og tegn virker som taster")
    await expect(letters).to_be_focused()
    await console.keyboard.press("Space")
    await expect(letters).not_to_be_checked()
    await console.keyboard.press("Escape")
    await console.reload()
    await expect(console.locator("#next-what")).not_to_be_empty()
    for page in (console, screen):
        await page.bring_to_front()
        for key in ("b", "."):
            await page.keyboard.press(key)
        await page.keyboard.press("PageDown")
        await page.locator('body[data-state="slide"]').wait_for(state="attached")
        assert not (await room.show())["blank"]
        await room.act("back")
        await page.locator('body[data-state="lobby"]').wait_for(state="attached")
