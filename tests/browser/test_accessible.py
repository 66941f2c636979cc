"""Nothing that axe-core knows to look for is amiss, on any face, in any state, in the light or in the dark."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser.faces import EACH_LANGUAGE, LOCALES, SAID, WORKSHOP, faces, walk
from tests.browser.handset import handset, place
from tests.browser.heard import Golden

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The console's places beside the one where it runs, each with a sign that it has been drawn.
PLACES = {
    "gather": "#cards .face",
    "follow": "#promise",
    "take": "#pictures > li",
    "meeting": "#give",
    "edit": "#form-body .steps-list",
}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
LOOK = """async (runOnly) => {
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))
  const rules = Array.isArray(runOnly) ? { 'label-content-name-mismatch': { enabled: true } } : {}
  const { violations } = await axe.run(document, { runOnly, rules, resultTypes: ['violations'], iframes: false })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
    `${id}: ${target.join(' ')}: ${[...any, ...all, ...none].map(({ message }) => message).join('; ')}`))
}"""


async def faults(page: Page, rules: object = None) -> list[str]:
    """What is amiss, when nothing moves any more. A black screen has no heading: it shows nothing on purpose."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE + ";0")
    black = await page.evaluate("document.body.dataset.state") == "blank"
    found: list[str] = await page.evaluate(LOOK, rules or (TAGS[:-1] if black else TAGS))
    return found


async def faults_but_what_is_covered(page: Page) -> list[str]:
    """The dock and the button that saves lie over whatever is just there; that comes out when the page is scrolled."""
    return [fault for fault in await faults(page) if "partially obscured" not in fault]


async def in_both_themes(face: str, page: Page) -> list[str]:
    """In the theme it has, and what the other changes: its colours. The phone is always light."""
    found = await faults(page)
    if face != "phone":
        await page.keyboard.press("d")
        theme = await page.evaluate("document.documentElement.dataset.theme")
        found += [f"{theme}: {fault}" for fault in await faults(page, COLOURS)]
    return [f"{face}: {fault}" for fault in found]


@pytest.mark.parametrize("language", EACH_LANGUAGE)
async def test_every_state_of_every_face(server, browser, language):
    """
    Lobby, slide, talk, writing, closing, results, black, ended; cut off, and refused. In bokmål each is also told to
    those who listen as it was before.
    """
    amiss, golden = [], Golden()

    async def look(face: str, state: str, page: Page) -> list[str]:
        told = await golden.amiss(face, state, page) if language == "nb" else []
        return told + await in_both_themes(face, page)

    async with faces(browser, await server.open(WORKSHOP), language, reduced_motion="reduce") as opened:
        async for state in walk(opened):
            looks = await asyncio.gather(*(look(face, state, page) for face, page in opened.pages.items()))
            amiss += [f"{language}, {state}, {fault}" for found in looks for fault in found]
    if language == "nb":
        amiss += golden.unheard()
    assert not amiss, "\n".join(amiss)


@pytest.mark.parametrize("language", EACH_LANGUAGE)
async def test_pages_around_the_meeting(server, browser, language):
    """
    The way in, a new meeting, what can be read at one's own size, and pages that only say no.
    """
    room = await server.open(WORKSHOP)
    context = await browser.new_context(viewport={"width": 360, "height": 740}, locale=LOCALES[language])
    page = await context.new_page()
    amiss = []

    async def look(path: str, *, until: str = "main h1") -> None:
        await page.goto(server.url + path)
        await page.locator(until).first.wait_for()
        amiss.extend(f"{language}, {path}: {fault}" for fault in await faults(page))

    for path in ("/", "/?code=9", "/find", "/new", "/about", f"/{room.code}/results", f"/{room.code}/report"):
        await look(path, until="body")
    await page.goto(f"{server.url}/new")
    await page.locator("[data-way=workshop]").click()
    await page.locator("#form-as-text").click()
    await page.fill("#text", "---\nformat: workshop/1\n---\n:::gruble\n")
    await page.locator("#workshop-form [type=submit]").click()
    await page.locator("#faults > li").first.wait_for()
    amiss += [f"{language}, faults of a workshop: {fault}" for fault in await faults(page)]

    await look(f"/{room.code}/console", until="#gate")
    await look(f"/{room.code}/screen", until=".lost")
    await room.act("goto", slide=2)
    await room.act("next")
    await look(f"/{room.code}/slides/2")
    for slide, activity, until in ((3, "viktigst", ".list > li"), (4, "bor", "td"), (5, "hort", "td")):
        await room.act("goto", slide=slide)
        await room.act("start", activity=activity)
        if activity == "viktigst":
            await room.act("add_answer", text="Lys på gangveien ved skolen", heads=4, via="facilitator")
        await room.act("close")
        await room.act("reveal")
        await look(f"/{room.code}/results", until=until)
    assert not amiss, "\n".join(amiss)


async def test_a_phone_whose_script_fails(server, browser):
    """
    It has the page of those without script: the field, the answers that were sent, and an answer that is refused.
    """
    room = await server.open(WORKSHOP)
    phone = await handset(browser, f"{server.url}/{room.code}", broken=True)
    await room.act("goto", slide=3)
    await room.act("start", activity="viktigst")
    await phone.page.goto(f"{server.url}/{room.code}")
    await phone.write(SAID[0])
    assert [] == await faults(phone.page)
    await phone.write("x" * 61)
    await phone.page.locator("[role=alert]").wait_for()
    assert [] == await faults(phone.page)
    await phone.page.goto(f"{server.url}/{room.code}/mine")
    assert [] == await faults(phone.page)
    await phone.page.locator("#receipt button").click()
    await phone.page.locator(".words").wait_for()
    assert [] == await faults(phone.page)


async def test_what_lies_above(server, browser):
    """
    The keys, the way in over the whole screen, and what is asked before something is undone for good.
    """
    async with faces(browser, await server.open(WORKSHOP), "nb") as opened:
        await opened.room.act("goto", slide=3)
        await opened.room.act("start", activity="viktigst")
        await opened.are("write")
        await opened.write(SAID[0])
        for face in ("screen", "console"):
            page = opened.pages[face]
            await page.keyboard.press("?")
            await page.locator("#help").wait_for()
            assert [] == await faults(page)
            await page.keyboard.press("Escape")
        await opened.screen.keyboard.press("j")
        await opened.screen.locator("#join").wait_for()
        assert [] == await faults(opened.screen)
        await opened.console.locator("#answers .said").first.click()
        await opened.console.get_by_role("button", name="Hold tilbake").first.click()
        for name in ("Gi en grunn", "Slett for godt"):
            await opened.console.locator("#answers .said").first.click()
            if name == "Slett for godt":
                await opened.console.locator("#answers [data-does=more]").first.click()
            await opened.console.get_by_role("button", name=name).first.click()
            await opened.console.locator("#sure").wait_for()
            assert [] == await faults(opened.console)
            await opened.console.keyboard.press("Escape")
        for dialog, button in (("ask-part", "ask-open"), ("write-part", "write-open")):
            await opened.console.locator(f"#{button}").click()
            await opened.console.locator(f"#{dialog}").wait_for()
            assert [] == await faults(opened.console)
            await opened.console.keyboard.press("Escape")
        await opened.console.locator("#answers > li").first.focus()
        assert [] == await faults(opened.console)


async def test_every_place_of_the_console(server, browser):
    """
    In the light and in the dark: the board, what becomes of it, the files and pictures, the meeting, the editor.
    """
    async with faces(browser, await server.open(WORKSHOP), "nb", reduced_motion="reduce") as opened:
        page = opened.console
        await opened.at(3, "viktigst", "text")
        await opened.write(SAID[0])
        await opened.room.act("close")
        await opened.room.act("reveal")
        await opened.are("results")
        amiss = []
        for name, sign in PLACES.items():
            await (page.keyboard.press("e") if name == "edit" else place(page, name))
            await page.locator(sign).first.wait_for()
            amiss += await in_both_themes(f"console, {name}", page)
        assert not amiss, "\n".join(amiss)
