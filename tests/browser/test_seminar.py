"""The main job in a real browser: the seminar by keyboard, with phones of every sort, to a spreadsheet in hand."""

import asyncio
import io
import re

import openpyxl
import pytest
from playwright.async_api import expect

from tests.browser.handset import BRIEF, WAIT_MS, a_moment, in_state, press
from tests.meeting import SEMINAR
from tests.phones import hall
from tests.server_process import Server

NEXT = "PageDown"
MARGIN_S = 5


async def write(phone, text: str, sent: int) -> None:
    await phone.fill("textarea", text)
    await phone.get_by_role("button", name="Send").first.click()
    await phone.get_by_text(f"Mine svar ({sent})").wait_for()


@pytest.mark.parametrize(
    ("text", "pressed_to_the_question", "talk_s"),
    [(BRIEF, 9, 0), pytest.param(SEMINAR, 31, 120, marks=pytest.mark.soak)],
    ids=["brief", "as-written"],
)
async def test_the_whole_seminar_by_keyboard(browser, tmp_path, text, pressed_to_the_question, talk_s):
    """
    Console, screen, four phones (one without JavaScript) and 200 socket phones, three answers each: all exported once.
    As written the pairs talk for their two minutes and half a minute more; in brief their time is soon up.
    """
    async with Server(tmp_path / "data") as server:
        room = await server.open(text)
        desk = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="nb-NO")
        await desk.clock.install()
        console, screen = await desk.new_page(), await desk.new_page()
        await console.goto(room.links["console_url"])
        await in_state(console, "lobby")
        await screen.goto(room.links["screen_url"])
        await in_state(screen, "lobby")
        assert "#" not in console.url
        assert "#" not in screen.url
        phones = []
        for number in range(4):
            context = await browser.new_context(
                viewport={"width": 360, "height": 740}, locale="nb-NO", java_script_enabled=number > 0
            )
            phones.append(await context.new_page())
            await phones[-1].goto(room.links["join_url"])
        without, *phones = phones

        async def go_on(to: str) -> None:
            await a_moment(console)
            await press(console, NEXT, to)

        async with hall(room, 200) as crowd:
            await console.bring_to_front()
            await console.keyboard.press("1")
            await console.keyboard.press("Enter")
            await in_state(console, "slide")
            pressed = 1
            while await console.evaluate("document.body.dataset.state") == "slide":
                step = (await room.show())["step"]
                await console.keyboard.press(NEXT)
                pressed += 1
                while (await room.show())["step"] == step:
                    await asyncio.sleep(0.02)
                await a_moment(console)
            assert pressed_to_the_question == pressed
            await in_state(console, "idle")

            await go_on("talk")
            await asyncio.gather(*(in_state(page, "talk") for page in (screen, *phones)))
            assert [0] * 3 == [await phone.locator("textarea:visible").count() for phone in phones]
            before = (await room.show())["deadline"]
            await console.keyboard.press("+")
            while (await room.show())["deadline"] != before + 30_000:
                await asyncio.sleep(0.02)

            if talk_s:
                await asyncio.sleep(talk_s + 30 - MARGIN_S)
            else:
                await room.act("close_in", seconds=2)
            assert (await room.show())["state"] == "talk"
            await expect(screen.locator("[role=timer]:visible")).to_have_text(re.compile(r"^\+0:"), timeout=WAIT_MS)
            assert (await room.show())["state"] == "talk"
            await go_on("write")
            await asyncio.gather(*(in_state(page, "write") for page in (screen, *phones)))
            for number, phone in enumerate(phones):
                for which in range(3):
                    await write(phone, f"Telefon {number} mener {which} ønsker æøå", which + 1)
            await without.goto(room.links["join_url"])
            for which in range(3):
                await without.fill("textarea", f"Uten skript {which}")
                await without.get_by_role("button", name="Send").first.click()
                await without.get_by_text(f"Mine svar ({which + 1})").wait_for()
            for number, phone in enumerate(crowd):
                for which in range(3):
                    await phone.send("viktigst", f"Innspill {which} fra {number}")
            await asyncio.gather(*(phone.until(lambda one: len(one.acked) == 3) for phone in crowd))
            assert "Innspill" not in await screen.inner_text("body")

            await go_on("closed")
            await go_on("results")
            await screen.locator("[data-card]").first.wait_for()
            assert 4 <= await screen.locator("[data-card]:visible").count() <= 12
            await console.keyboard.press("v")
            await screen.locator("[data-word]").first.wait_for()
            assert await screen.locator('[data-word="innspill" i]').count() == 1
            await a_moment(console)
            await console.keyboard.press("v")
            await screen.locator("[data-word]").first.wait_for(state="detached")

            await go_on("slide")
            await go_on("ended")
            await asyncio.gather(*(in_state(page, "ended") for page in (screen, *phones)))

        sheet = openpyxl.load_workbook(io.BytesIO(await room.export("xlsx"))).worksheets[0]
        expected = sorted(
            [f"Innspill {which} fra {number}" for which in range(3) for number in range(200)]
            + [f"Telefon {number} mener {which} ønsker æøå" for which in range(3) for number in range(3)]
            + [f"Uten skript {which}" for which in range(3)]
        )
        columns = [sorted(str(cell) for cell in column[1:]) for column in sheet.iter_cols(values_only=True)]
        assert expected in columns
