"""For those who enlarge everything, and those whom movement makes ill."""

import pytest
from playwright.async_api import Page

from tests.browser.faces import LOCALES, SAID, WORKSHOP, faces, walk

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


@pytest.mark.parametrize("language", LOCALES)
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
    The console's parts that unfold, its dialogs and its keys.
    """
    room = await server.open(WORKSHOP)
    context = await browser.new_context(viewport={"width": AT_400[0], "height": AT_400[1]}, locale="nb-NO")
    page = await context.new_page()
    await page.goto(room.links["console_url"])
    await page.locator("#next").wait_for()
    await room.act("goto", slide=3)
    await room.act("start", activity="viktigst")
    await room.act("add_answer", text=SAID[0], heads=1, via="facilitator")
    await page.get_by_role("button", name="Hold tilbake").first.wait_for()
    for part in await page.locator("summary:visible").all():
        await part.click()
    amiss = await across(page)
    for name in ("Hold tilbake", "Slett for godt", "Taster"):
        await page.get_by_role("button", name=name, exact=True).first.click()
        await page.locator("dialog[open]").wait_for()
        amiss += [f"{name}: {one}" for one in await across(page)]
        assert await page.locator("dialog[open]").evaluate(
            "(it) => it.scrollHeight <= it.clientHeight || getComputedStyle(it).overflowY !== 'visible'"
        )
        await page.keyboard.press("Escape")
    assert not amiss, "\n".join(amiss)


@pytest.mark.parametrize("scheme", ["light", "dark"])
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
        await opened.console.locator("#shapes .choice").first.wait_for()
        chosen, other, *_ = await colours(opened.console, "#shapes .choice", "borderBottomColor")
        assert chosen != ground == other
        await opened.at(4, "bor", "choice")
        await room.act("reveal")
        await opened.shown(".bars .bar")
        assert ground not in await colours(opened.screen, ".bars .bar", "borderLeftColor")
