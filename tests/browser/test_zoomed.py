"""For those who enlarge everything, and those whom movement makes ill."""

import contextlib
import re

import pytest
from playwright.async_api import Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.browser.faces import EACH_LANGUAGE, LOCALES, SAID, SIZES, WORKSHOP, faces, walk
from tests.browser.handset import GUARD_MS, place
from tests.browser.test_accessible import PLACES

LEAST = 0.043  # of the screen's height, as test_legible.py has it
PASSING = re.compile(
    r"^\d+$|\d+ av \d+$|skriver nå$|^Ingen har stemt ennå\.$"
)  # what changes while answers come, and the page
AT_400 = (320, 256)  # css px of a window of 1280 by 1024 at 400 %
# What reaches out of the window to the side, but for parts that scroll by themselves or are there to be heard only.
ACROSS = """() => {
  const wide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : []
  for (const one of document.querySelectorAll('body *')) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('svg, .away, .unseen, option')) continue
    const { left, right, width } = one.getBoundingClientRect()
    if (width > 1 && (right > innerWidth + 1 || left < -1)) wide.push(`${one.localName}.${one.className}#${one.id}`)
  }
  return wide
}"""
# WCAG 1.4.12: with lines, letters and words as far apart as a reader may set them, what is cut off by what.
SPACED = """() => {
  const wide = new CSSStyleSheet()
  const all = 'line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important'
  wide.replaceSync(`* { ${all} } p { margin-block-end: 2em !important }`)
  document.adoptedStyleSheets.push(wide)
  const cut = []
  for (const one of document.querySelectorAll('body *')) {
    if (!one.checkVisibility({ visibilityProperty: true })) continue
    if (one.closest('svg, .away, .unseen, select, iframe, textarea')) continue
    if (getComputedStyle(one).clipPath === 'inset(50%)') continue // there to be heard only
    if (![...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) continue
    const range = document.createRange()
    range.selectNodeContents(one)
    const { right, bottom } = range.getBoundingClientRect()
    for (let at = one; at !== document.body; at = at.parentElement) {
      const clip = getComputedStyle(at)
      const edge = at.getBoundingClientRect()
      const across = /hidden|clip/.test(clip.overflowX) && right > edge.right + 2
      if (across || (/hidden|clip/.test(clip.overflowY) && bottom > edge.bottom + 2)) {
        cut.push(`${one.textContent.trim().slice(0, 30)}: by ${at.id || at.className || at.localName}`)
        break
      }
    }
  }
  document.adoptedStyleSheets.pop()
  return cut
}"""
# Text that is lost when the screen is enlarged or spaced out: too small, off to the side, cut, or under other text.
LOST = """(least) => {
  const lost = []
  const seen = []
  const strip = document.getElementById('strip')
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const one = node.parentElement
    if (!node.data.trim() || one.closest('svg, .away, .unseen, .ruler, script, dialog, #note, #badge')) continue
    if (!one.checkVisibility({ visibilityProperty: true })) continue
    const text = node.data.trim()
    const range = document.createRange()
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    const size = parseFloat(getComputedStyle(one).fontSize) / innerHeight
    if (size < least) lost.push(`${text}: ${(100 * size).toFixed(1)} % high`)
    if (box.right > innerWidth + 1 || box.left < -1) lost.push(`${text}: off to the side`)
    const end = document.documentElement.scrollHeight
    if (box.top + scrollY < -1 || box.bottom + scrollY > end + 1) lost.push(`${text}: out of reach`)
    const floor = !strip.checkVisibility() || strip.contains(one) ? Infinity : strip.getBoundingClientRect().top
    if (box.bottom > floor + 2) lost.push(`${text}: under the strip`)
    for (let at = one; at !== document.body; at = at.parentElement) {
      const clip = getComputedStyle(at)
      const edge = at.getBoundingClientRect()
      const across = /hidden|clip/.test(clip.overflowX) && box.right > edge.right + 2
      const down = /hidden|clip/.test(clip.overflowY) && box.bottom > edge.bottom + 2
      if (across || down) lost.push(`${text}: cut by ${at.className || at.id}`)
    }
    // A figure's box is far higher than its ink.
    const lines = one.closest('.figure') ? [] : [...range.getClientRects()]
    for (const other of seen) {
      const upon = lines.some((line) => other.lines.some((under) => {
        const across = Math.min(line.right, under.right) - Math.max(line.left, under.left)
        const down = Math.min(line.bottom, under.bottom) - Math.max(line.top, under.top)
        return across > 3 && down > 0.4 * Math.min(line.height, under.height)
      }))
      if (upon) lost.push(`${text}: upon ${other.text}`)
    }
    seen.push({ lines, text })
  }
  return { lost, texts: seen.map(({ text }) => text) }
}"""
READERS_STYLE = """() => {
  const style = new CSSStyleSheet()
  const all = 'line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important'
  style.replaceSync(`* { ${all} } p { margin-block-end: 2em !important }`)
  document.adoptedStyleSheets = [style]
}"""
MOVING = "() => document.getAnimations().map((one) => one.effect.target.outerHTML.slice(0, 80))"


async def across(page: Page) -> list[str]:
    found: list[str] = await page.evaluate(ACROSS)
    return found


async def test_four_times_as_large_and_without_movement(server, browser):
    """
    No face scrolls sideways at 400 %, or moves when asked not to; phone and console cut off no text that is spaced out.
    """
    amiss = []
    zoomed = {"phone": AT_400, "console": AT_400, "screen": (480, 270)}  # of 1920 by 1080
    async with faces(browser, await server.open(WORKSHOP), "nb", zoomed, reduced_motion="reduce") as opened:
        async for state in walk(opened):
            for face, page in opened.pages.items():
                amiss += [f"{face}, {state}: {one} is too wide" for one in await across(page)]
                if face != "screen":
                    amiss += [f"{face}, {state}: spaced out, cut: {one}" for one in await page.evaluate(SPACED)]
                amiss += [f"{face}, {state}: {one} moves" for one in await page.evaluate(MOVING)]
    assert not amiss, "\n".join(amiss)


async def all_pages(screen: Page, least: float) -> tuple[list[str], set[str]]:
    """
    What is lost on any page of the scene, and all its texts: turned and scrolled with the keys, as people do.
    """
    while (await where(screen))[0] > 1:
        await turn(screen, "ArrowUp")
    lost: list[str] = []
    texts: set[str] = set()
    while True:
        await expect_none_lost(screen, least)
        found = await screen.evaluate(LOST, least)
        lost += found["lost"]
        texts |= set(found["texts"])
        here, of = await where(screen)
        if here == of:
            return lost, texts
        while (await where(screen))[0] == here:
            await turn(screen, "ArrowDown")


async def where(screen: Page) -> tuple[int, int]:
    """
    The page on show, and of how many.
    """
    told = await screen.evaluate("() => document.querySelector('#page:not([hidden], .idle)')?.textContent ?? '1 av 1'")
    at, _, of = told.split()[-3:]
    return int(at), int(of)


async def turn(screen: Page, key: str) -> None:
    await screen.clock.fast_forward(GUARD_MS)  # or the key would be taken for one that bounces
    await screen.keyboard.press(key)


async def expect_none_lost(screen: Page, least: float) -> None:
    """Wait for the screen to have drawn itself anew; what is lost for good, the caller tells."""
    with contextlib.suppress(PlaywrightTimeout):
        await screen.wait_for_function(f"(least) => !({LOST})(least).lost.length", arg=least, timeout=10_000)


@pytest.mark.parametrize("zoom", [2, pytest.param(3, marks=pytest.mark.soak)])
async def test_the_screen_grows_and_spaces_its_text_and_loses_none(server, browser, zoom):
    """
    In every state it is as much larger as the browser asks, and whatever was on it can be turned or scrolled to.
    """
    width, height = SIZES["screen"]
    enlarged = {"width": width // zoom, "height": height // zoom, "deviceScaleFactor": zoom, "mobile": False}
    plain = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    amiss = []
    async with faces(browser, await server.open(WORKSHOP), "nb", reduced_motion="reduce") as opened:
        screen = opened.screen
        window = await screen.context.new_cdp_session(screen)
        async for state in walk(opened):
            if state == "blank":
                continue
            _, before = await all_pages(screen, LEAST)
            for name, times in (("enlarged", zoom), ("spaced out too", zoom), ("spaced out", 1)):
                if name == "enlarged":
                    await window.send("Emulation.setDeviceMetricsOverride", enlarged)
                elif name == "spaced out too":
                    await screen.evaluate(READERS_STYLE)
                else:
                    await window.send("Emulation.setDeviceMetricsOverride", plain)
                await screen.locator(f"[data-enlarged^='{times}.00 {'50' if 'spaced' in name else '0'} ']").wait_for()
                lost, after = await all_pages(screen, times * LEAST)
                amiss += [f"{name}, {state}: {one}" for one in lost]
                amiss += [f"{name}, {state}: {one} is gone" for one in before - after if not PASSING.search(one)]
            await screen.evaluate("() => (document.adoptedStyleSheets = [])")
            await screen.locator("html:not([data-enlarged])").wait_for(state="attached")
    assert not amiss, "\n".join(amiss)


@pytest.mark.parametrize("language", EACH_LANGUAGE)
async def test_pages_around_the_meeting_at_400_percent(server, browser, language):
    room = await server.open(WORKSHOP)
    context = await browser.new_context(viewport={"width": AT_400[0], "height": AT_400[1]}, locale=LOCALES[language])
    page = await context.new_page()
    amiss = []
    await room.act("goto", slide=3)
    await room.act("start", activity="viktigst")
    for text in (*SAID, "Minoritetsladningsbærerdiffusjonskoeffisientmålingsapparat"):
        await room.act("add_answer", text=text, heads=1, via="facilitator")
    await room.act("close")
    await room.act("reveal")
    for path in (
        "/",
        "/?code=9",
        "/find",
        "/new",
        f"/{room.code}/results",
        f"/{room.code}/report",
        f"/{room.code}/slides/2",
    ):
        await page.goto(server.url + path)
        amiss += [f"{path}: {one}" for one in await across(page)]
    await page.goto(f"{server.url}/new")
    await page.locator("[data-way=workshop]").click()
    await page.locator("#examples > li").first.wait_for()
    amiss += [f"/new, a programme: {one}" for one in await across(page)]
    for slide, activity in ((4, "bor"), (5, "hort")):
        await room.act("goto", slide=slide)
        await room.act("start", activity=activity)
        await room.act("reveal")
        await page.goto(f"{server.url}/{room.code}/results")
        amiss += [f"results of {activity}: {one}" for one in await across(page)]
    assert not amiss, "\n".join(amiss)


async def test_what_is_asked_for_at_400_percent(server, browser):
    """
    The console's places, its dialogs and its keys.
    """
    room = await server.open(WORKSHOP)
    context = await browser.new_context(viewport={"width": AT_400[0], "height": AT_400[1]}, locale="nb-NO")
    page = await context.new_page()
    await page.goto(room.links["console_url"])
    await page.locator("#next").wait_for()
    await room.act("goto", slide=3)
    await room.act("start", activity="viktigst")
    await room.act("add_answer", text=SAID[0], heads=1, via="facilitator")
    await room.act("close")
    await page.locator('body[data-state="closed"]').wait_for(state="attached")
    await page.locator("#answers > li").first.wait_for()
    amiss = []
    for name, sign in PLACES.items():
        await (page.locator("#edit-open").click() if name == "edit" else place(page, name))
        await page.locator(sign).first.wait_for()
        amiss += [f"{name}: {one}" for one in await across(page)]
        await place(page, "run")
    await page.locator("#answers .said").first.click()
    await page.get_by_role("button", name="Hold tilbake").first.click()
    for name in ("Gi en grunn", "Slett for godt", "Skriv inn for noen", "Spør om noe nytt", "Alle tastene"):
        await page.locator("#answers .said").first.click()
        if name == "Slett for godt":
            await page.locator("#answers [data-does=more]").first.click()
        await page.get_by_role("button", name=name).first.click()
        await page.locator("dialog[open]").wait_for()
        amiss += [f"{name}: {one}" for one in await across(page)]
        assert await page.locator("dialog[open]").evaluate(
            "(it) => it.scrollHeight <= it.clientHeight || getComputedStyle(it).overflowY !== 'visible'"
        )
        await page.keyboard.press("Escape")
    assert not amiss, "\n".join(amiss)


@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.soak), "dark"])
async def test_forced_colours_keep_what_differs(server, browser, scheme):
    """
    What is chosen is told from what is not, and what is drawn from its ground.
    """

    async def colours(page: Page, selector: str, name: str) -> list[str]:
        read = "(them, name) => them.map((it) => getComputedStyle(it)[name])"
        found: list[str] = await page.locator(selector).evaluate_all(read, name)
        return found

    room = await server.open(WORKSHOP)
    async with faces(browser, room, "nb", forced_colors="active", color_scheme=scheme) as opened:
        ground = (await colours(opened.screen, "html", "backgroundColor"))[0]
        one, two, *_ = await colours(opened.phone, ".pick", "backgroundColor")
        assert one != two
        assert ground not in await colours(opened.phone, ".mark i", "color")
        await room.act("goto", slide=3)
        await room.act("next")
        await opened.are("talk")
        assert ground not in await colours(opened.screen, ".ring .left, .ring .track", "stroke")
        await opened.at(3, "viktigst", "text")
        await opened.write(SAID[0])
        await room.act("reveal")
        await opened.console.locator("#shapes .choice").first.wait_for()
        chosen, other, *_ = await colours(opened.console, "#shapes .choice", "borderBottomColor")
        assert chosen != ground == other
        await opened.at(4, "bor", "choice")
        await room.act("add_answer", value=["a"], heads=2, via="facilitator")
        await room.act("reveal")
        await opened.shown(".bars .votes > *")
        assert ground not in await colours(opened.screen, ".bars .votes > *", "backgroundColor")
