"""Every kind on its faces, in a real browser: the phone with its script, the screen, the console, and the form."""

import re
from importlib import import_module

import pytest
from playwright.async_api import Page, expect

from live.activities import KINDS
from live.i18n.catalogs import translations
from tests.activities.every_kind import HEAD, WRITTEN, first_part
from tests.browser.handset import handset, still
from tests.browser.test_accessible import faults, faults_but_what_is_covered
from tests.browser.test_form import programme

ANSWER = "Benker i parken"
IDS = re.compile(r"\b(id|from)=([\w-]+)")
BREAK = "\n\n---\n\n## Hva mener dere?\n\n"


def example(kind: str) -> str:
    """The example of *kind*, with ids that no other has."""
    return IDS.sub(rf"\1=\2-{kind}", import_module(f"tests.activities.test_{kind}").EXAMPLE)


@pytest.fixture(scope="module")
async def faces(server, chromium):
    """One meeting with every kind, and its phone, screen and console: opening a page costs more than a kind."""
    room = await server.open(HEAD + BREAK.join(map(example, KINDS)) + "\n")
    phone = await handset(chromium, room.links["join_url"])
    screen = await handset(chromium, room.links["screen_url"], size=(1920, 1080))
    console = await handset(chromium, room.links["console_url"], size=(1280, 800))
    yield room, phone, screen, console
    for face in (phone, screen, console):
        await face.page.context.close()


async def answer(page: Page) -> str:
    """Fill in what the phone shows, as somebody would who takes the first of everything, and send it."""
    if await page.locator("#form #text").count():
        await page.fill("#form #text", ANSWER)
    else:
        await page.locator("#choices").locator("input:not([type=hidden]), button").first.wait_for()
        if await page.locator("#choices .press").count():  # an option is pressed, and that sends it
            await page.locator("#choices .press").first.click()
            return await received(page)
        if not await page.locator("#choices input").count():
            await walk(page)
        names = await page.locator("#choices input").evaluate_all(
            "(all) => [...new Set(all.filter((it) => it.name !== 'text').map((it) => it.name))]"
        )
        for name in names:
            first = page.locator(f'#choices input[name="{name}"]').first
            await (first.fill("12") if await first.get_attribute("inputmode") == "decimal" else first.check())
    await page.locator("#form .press").click()
    return await received(page)


async def received(page: Page) -> str:
    """The phone's one answer in words, once the server has it."""
    own = page.locator("#own > li")
    await expect(own.locator(".soft")).to_have_text("Mottatt")
    return await own.locator("p").inner_text()


async def walk(page: Page) -> None:
    """Where things are placed: move the first by the keyboard."""
    await page.locator("#choices button").first.press("ArrowRight")


@pytest.mark.parametrize("kind", KINDS)
async def test_it_runs_on_every_face(faces, kind):
    """
    A phone answers, changes the answer, and finds it again after a reload. Screen and console show the result, and
    nothing goes wrong on any of them.
    """
    room, phone, screen, console = faces
    if KINDS[kind].deals:
        source = dict(IDS.findall(example(kind)))["from"]
        await room.act("start", activity=source)
        for words in WRITTEN:
            await room.act("add_answer", activity=source, text=words)
    await room.act("start", activity=f"x-{kind}")
    running = "write" if KINDS[kind].takes_answers else KINDS[kind].running
    for face in (phone, screen, console):
        await face.state(running)
    if KINDS[kind].takes_answers:
        told = await answer(phone.page)
        assert told
        if not KINDS[kind].in_turn and not await phone.page.locator("#form textarea").count():
            field = phone.page.locator("#choices input[inputmode=decimal]").first
            if await field.count():
                await field.fill("13")
            elif await phone.page.locator("#choices input").count():
                await phone.page.locator("#choices input").nth(1).check()
            else:
                await walk(phone.page)
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
    assert [] == await faults(screen.page)
    assert [] == await faults_but_what_is_covered(console.page)  # the list of slides is scrolled
    for face in faces[1:]:
        assert [] == face.faults


async def test_it_is_previewed_in_the_form(server, browser):
    """
    The form beside the text shows each under its name, and how it will look on a phone.
    """
    face = await programme(browser, server, HEAD + BREAK.join(map(example, KINDS)) + "\n")
    for n, kind in enumerate(KINDS):
        await face.page.locator(f"#f-open-{n}").click()
        name = translations("nb").gettext(KINDS[kind].words.name)
        await expect(face.page.locator("#form-body fieldset > legend").last).to_have_text(name)
        below_instruction = face.page.locator(".as-phone > p + p ~ *")
        if KINDS[kind].takes_answers or example(kind).count("\n:::") > 2:  # the phone shows what takes answers first
            await expect(below_instruction.first).to_be_visible()
        else:
            await expect(below_instruction).to_have_count(0)
        assert [] == await faults_but_what_is_covered(face.page)
    assert [] == face.faults
