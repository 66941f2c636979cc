"""The main job in a real browser: the seminar by keyboard, with phones of every sort, to a spreadsheet in hand."""

import asyncio
import io

import openpyxl
import pytest

from tests.browser.handset import in_state
from tests.meeting import SEMINAR
from tests.phones import hall
from tests.server_process import Server

SHORT = SEMINAR.replace("time=2:00", "time=0:20")
NEXT = "PageDown"


async def press(console, key: str, state: str) -> None:
    """One key on the console, and the console has followed. The page takes no second press within 300 ms."""
    await console.keyboard.press(key)
    await in_state(console, state)
    await asyncio.sleep(0.32)


async def write(phone, text: str, sent: int) -> None:
    await phone.fill("textarea", text)
    await phone.get_by_role("button", name="Send").first.click()
    await phone.get_by_text(f"Mine svar ({sent})").wait_for()


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("text", "talk_s"), [(SHORT, 20), pytest.param(SEMINAR, 120, marks=pytest.mark.soak)], ids=["short", "as-written"]
)
async def test_the_whole_seminar_by_keyboard(browser, tmp_path, text, talk_s):
    """
    Console, screen, four phones (one without JavaScript) and 200 socket phones, three answers each: all exported once.
    """
    async with Server(tmp_path / "data") as server:
        room = await server.open(text)
        desk = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="nb-NO")
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
                await asyncio.sleep(0.32)
            assert 31 == pressed
            await in_state(console, "idle")

            await press(console, NEXT, "talk")
            await asyncio.gather(*(in_state(page, "talk") for page in (screen, *phones)))
            assert [0] * 3 == [await phone.locator("textarea:visible").count() for phone in phones]
            before = (await room.show())["deadline"]
            await console.keyboard.press("+")
            while (await room.show())["deadline"] != before + 30_000:
                await asyncio.sleep(0.02)
            await asyncio.sleep(0.32)

            await asyncio.sleep(talk_s + 30 - 5)
            assert (await room.show())["state"] == "talk"
            await asyncio.sleep(6)
            assert (await screen.locator("[role=timer]:visible").inner_text()).startswith(("+0:", "0:0"))
            await press(console, NEXT, "write")
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

            await press(console, NEXT, "closed")
            await press(console, NEXT, "results")
            await screen.locator("[data-card]").first.wait_for()
            assert 4 <= await screen.locator("[data-card]:visible").count() <= 12
            await console.keyboard.press("v")
            await screen.locator("[data-word]").first.wait_for()
            assert await screen.locator('[data-word="innspill" i]').count() == 1
            await asyncio.sleep(0.32)
            await console.keyboard.press("v")
            await screen.locator("[data-word]").first.wait_for(state="detached")

            await press(console, NEXT, "slide")
            await press(console, NEXT, "ended")
            await asyncio.gather(*(in_state(page, "ended") for page in (screen, *phones)))

        sheet = openpyxl.load_workbook(io.BytesIO(await room.export("xlsx"))).worksheets[0]
        expected = sorted(
            [f"Innspill {which} fra {number}" for which in range(3) for number in range(200)]
            + [f"Telefon {number} mener {which} ønsker æøå" for which in range(3) for number in range(3)]
            + [f"Uten skript {which}" for which in range(3)]
        )
        columns = [sorted(str(cell) for cell in column[1:]) for column in sheet.iter_cols(values_only=True)]
        assert expected in columns
