"""The big screen: what does not fit is cut into parts that are told and turned, and nothing is asked for in vain."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from live.workshop import pagination
from tests import reading
from tests.browser.handset import Handset, a_moment, handset, press, still
from tests.meeting import SEMINAR, one

FULL_HD = (1920, 1080)
POINTS = [f"Punkt nummer {number}" for number in range(1, 26)]
WORDS = re.findall(r"\w+", "flere møteplasser for ungdom og lys langs gangveien til skolen om kvelden hver uke")
LONG_SLIDE = "\n- ".join(["---\nformat: workshop/1\ntitle: Lang\nlanguage: nb\n---\n\n## Alt vi vil\n", *POINTS])


async def screen_of(browser, room, size=FULL_HD) -> Handset:
    screen = await handset(browser, room.links["screen_url"], clock=True, size=size)
    await screen.state("lobby")
    return screen


async def test_check_tells_the_slides_that_the_screen_cuts(server, browser):
    """
    `innspill check` counts characters, the screen measures: of the seminar's slides they say the same.
    """
    text = re.sub(r"^\+ ", "- ", SEMINAR, flags=re.MULTILINE)  # all items at once
    slides = reading.parse(text)[0].slides
    room = await server.open(text)
    screen = await screen_of(browser, room)
    page = screen.page.locator("#page")
    cut = []
    for number in range(1, len(slides) + 1):
        before = await screen.page.evaluate("document.body.innerText")
        await room.act("goto", slide=number)
        await screen.page.wait_for_function("before => document.body.innerText !== before", arg=before)
        await still(screen.page)
        if await page.is_visible():
            cut.append(number)
    assert [at for at, slide in enumerate(slides, 1) if pagination.screens_needed(slide) > 1] == cut
    assert cut


async def test_a_long_slide_is_turned_and_loses_no_line(server, browser):
    room = await server.open(LONG_SLIDE)
    for size in (FULL_HD, (1024, 768), (1280, 720)):
        screen = await screen_of(browser, room, size)
        await room.act("goto", slide=1)
        await screen.state("slide")
        seen = []
        told = screen.page.locator("#page")
        await expect(told).to_have_text(re.compile(r"^1 av \d+"))
        await still(screen.page)
        of = int((await told.inner_text()).split()[-1])
        for part in range(1, of + 1):
            await expect(told).to_have_text(f"{part} av {of}")
            items = screen.page.locator("li", has_text="Punkt nummer").filter(visible=True)
            for item in await items.all():
                box = await item.bounding_box()
                assert box["y"] + box["height"] <= size[1] * 0.95
            seen += await items.all_inner_texts()
            await press(screen.page, "ArrowDown", "slide")
            await a_moment(screen.page)
        assert POINTS == seen
        await press(screen.page, "ArrowUp", "slide")
        await expect(told).to_have_text(f"{of - 1} av {of}")
        assert [] == screen.faults
        await room.act("back")


async def test_a_slide_in_another_size_shows_what_it_showed(server, browser):
    """
    Turned to its second part, in a window that then gets smaller, as when a projector is plugged in.
    """
    room = await server.open(LONG_SLIDE)
    screen = await screen_of(browser, room)
    await room.act("goto", slide=1)
    await expect(screen.page.locator("#page")).to_have_text(re.compile(r"^1 av \d+"))
    await still(screen.page)
    await press(screen.page, "ArrowDown", "slide")
    told = screen.page.locator("#page")
    await expect(told).to_have_text(re.compile(r"^2 av \d+"))
    before = await told.inner_text()
    first = await screen.page.locator("li", has_text="Punkt nummer").filter(visible=True).first.inner_text()
    await screen.page.set_viewport_size({"width": 800, "height": 700})
    await expect(told).not_to_have_text(before)
    await expect(screen.page.get_by_text(first, exact=True)).to_be_visible()
    assert [] == screen.faults


@pytest.mark.parametrize("shape", ["wall", "cloud"])
async def test_a_screen_whose_font_comes_late_looks_as_if_it_had_come_at_once(server, browser, shape):
    """
    Opened in the middle of the results, on a slow network: what was measured with another font is measured anew.
    """
    room = await server.open(one("open", "id=a many=99"))
    in_time = await screen_of(browser, room)
    await still(in_time.page)
    await room.act("start", activity="a")
    for n in range(40):
        await room.act("add_answer", text=f"Innspill {n}: {' '.join(WORDS[n % 7 :: 1 + n % 3])}")
    await room.act("close")
    await room.act("show_as", shape=shape)
    await room.act("reveal")
    late = await handset(browser, "about:blank", size=FULL_HD)
    comes = asyncio.Event()

    async def hold(route) -> None:
        await comes.wait()
        await route.continue_()

    await late.page.context.route("**/*.woff2", hold)
    await late.page.goto(room.links["screen_url"], wait_until="commit")
    places = "them => them.map((it) => [it.innerText, it.getBoundingClientRect().toJSON()])"
    found = []
    for screen in (in_time, late):
        drawn = screen.page.locator(".scene [data-card], .scene [data-word]")
        await drawn.first.wait_for()
        if screen is late:
            comes.set()
        await still(screen.page)
        found.append(await drawn.evaluate_all(places))
    assert found[0] == found[1]


async def test_nothing_is_asked_for_in_vain(server, browser):
    """
    No file is missing, nothing comes from elsewhere, and a reload shows the same slide.
    """
    room = await server.open(SEMINAR)
    missing = []
    for link in (room.links["screen_url"], room.links["console_url"]):
        face = await handset(browser, "about:blank", size=(1280, 800))
        face.page.on("response", lambda one: missing.append(one.url) if one.status >= 400 else None)
        await face.page.goto(link)
        await face.state("lobby")
        await room.act("goto", slide=4)
        await face.state("slide")
        await face.page.reload()
        await face.state("slide")
        await expect(face.page.locator("body")).to_contain_text("Hvorfor skal vi styrke")
        assert {f"127.0.0.1:{server.port}"} == face.hosts
        assert [] == face.faults
        await room.act("goto", slide=1)
        await room.act("back")
    assert [] == missing
