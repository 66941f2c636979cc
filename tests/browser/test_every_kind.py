"""Every kind on its faces, in a real browser: the phone with its script, the screen, the console, and the form."""

from importlib import import_module

import pytest
from playwright.async_api import Browser, Page, expect

from live.activities import KINDS
from live.i18n.catalogs import translations
from tests.activities.every_kind import HEAD, first_part
from tests.browser.handset import handset, still
from tests.browser.test_accessible import faults, faults_but_what_is_covered
from tests.browser.test_form import programme

ANSWER = "Benker i parken"


@pytest.fixture(params=KINDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def text(kind) -> str:
    return HEAD + import_module(f"tests.activities.test_{kind}").EXAMPLE + "\n"


async def answer(page: Page) -> str:
    """Fill in what the phone shows, as somebody would who takes the first of everything, and send it."""
    if await page.locator("#form textarea").count():
        await page.fill("#form textarea", ANSWER)
    else:
        await page.locator("#choices input").first.wait_for()
        names = await page.locator("#choices input").evaluate_all("(all) => [...new Set(all.map((it) => it.name))]")
        for name in names:
            first = page.locator(f'#choices input[name="{name}"]').first
            await (first.fill("12") if await first.get_attribute("inputmode") == "decimal" else first.check())
    await page.locator("#form .press").click()
    own = page.locator("#own > li")
    await expect(own.locator(".soft")).to_have_text("Mottatt")
    return await own.locator("p").inner_text()


async def open_faces(server, browser: Browser, text: str):
    room = await server.open(text)
    await room.act("start", activity="x")
    phone = await handset(browser, room.links["join_url"])
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    return room, phone, screen, console


async def test_it_runs_on_every_face(server, browser, kind, text):
    """
    A phone answers, changes the answer, and finds it again after a reload. Screen and console show the result, and
    nothing goes wrong on any of them.
    """
    room, phone, screen, console = await open_faces(server, browser, text)
    running = "write" if KINDS[kind].takes_answers else KINDS[kind].running
    for face in (phone, screen, console):
        await face.state(running)
    if KINDS[kind].takes_answers:
        told = await answer(phone.page)
        assert told
        if not await phone.page.locator("#form textarea").count():
            field = phone.page.locator("#choices input[inputmode=decimal]").first
            await (field.fill("13") if await field.count() else phone.page.locator("#choices input").nth(1).check())
            await phone.page.locator("#form .press").click()
            await expect(phone.page.locator("#own > li p")).not_to_have_text(told)
            told = await phone.page.locator("#own > li p").inner_text()
        await expect(console.page.locator("#answers li").first).to_contain_text(first_part(told))
        await phone.page.reload()
        await expect(phone.page.locator("#own > li p")).to_have_text(told)
        assert [] == await faults(phone.page)
        await room.act("close")
        await phone.state("closed")
        # What a screen reader says when the form goes.
        await expect(phone.page.locator("h1")).to_be_focused()
        await expect(phone.page.locator("h1")).to_have_accessible_description("Det er stengt for svar. Du sendte 1.")
        await expect(phone.page.locator("#own > li p")).to_have_text(told)
        await room.act("reveal")
        await screen.state("results")
        await still(screen.page)
        shown = screen.page.locator("#scene, main").first
        await expect(shown).to_contain_text(first_part(told))
    for face in (screen, console):
        assert [] == await faults(face.page)
    await room.act("end")
    for face in (phone, screen, console):
        await face.state("ended")
        assert [] == face.faults


async def test_it_is_previewed_in_the_form(server, browser, kind, text):
    """
    The form beside the text shows it under its name, and how it will look on a phone.
    """
    face = await programme(browser, server, text)
    name = translations("nb").gettext(KINDS[kind].words.name)
    await expect(face.page.locator("#form-body fieldset > legend").last).to_have_text(name)
    below_instruction = face.page.locator(".as-phone > p + p ~ *")
    if KINDS[kind].takes_answers or text.count("\n:::") > 2:  # the phone shows what takes answers first
        await expect(below_instruction.first).to_be_visible()
    else:
        await expect(below_instruction).to_have_count(0)
    assert [] == await faults_but_what_is_covered(face.page)
    assert [] == face.faults
