"""
Pictures of every state of the three faces, in bokmål, for people to look at: `make screenshots`.

They go to `screenshots/`, named face-size-state.png.
"""

import asyncio
import contextlib
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.conftest import FLAGS
from tests.browser.faces import WORKSHOP, faces, walk
from tests.meeting import SEMINAR
from tests.phones import Phone, hall
from tests.server_process import ROOT, Open, Server

FOLDER = ROOT / "screenshots"
PHONE = {"phone": (360, 740)}
SCREENS = {"screen-1920": (1920, 1080), "screen-1024": (1024, 768)}
CONSOLES = {"console-360": (360, 740), "console-1280": (1280, 800)}
SETTLE_S = 0.7  # movements on the screen are over after 0.4 s

ANSWERS = """
Flere møteplasser for ungdom
Tidlig involvering, før planene er ferdige
Nærdemokratiutvalg med egne midler
Mindre byråkrati for frivillige lag
En fast kontaktperson i kommunen for hvert tettsted
Svar på hva som skjedde med innspillene
Bedre busstilbud på kveldstid
Folkemøter der folk snakker sammen, ikke bare lytter
Ungdom må bli hørt
Samarbeid med velforeninger og idrettslag
Åpne data om budsjettet
Møt folk der de er: butikken, skolen, idrettsbanen
Tillit
Lys på gangveien ved skolen
Trygg skolevei
Innbyggerbudsjett i hvert tettsted
Korte søknader, raske svar
Faste møter mellom kommunen og grendelagene
Bruk biblioteket som møteplass
Flere benker i sentrum
""".strip().splitlines()
WORDS = ["Naturen", "naturen", "Ro", "ro", "Folk", "fellesskap", "skogen", "Turstier", "dugnad", "Utsikten", "barna"]


class Camera:
    """Every page of one meeting, each in its size."""

    def __init__(self, browser: Browser, room: Open) -> None:
        self.browser = browser
        self.room = room
        self.pages: dict[str, Page] = {}

    async def open(self) -> None:
        for sizes, link in (
            (PHONE, self.room.links["join_url"]),
            (SCREENS, self.room.links["screen_url"]),
            (CONSOLES, self.room.links["console_url"]),
        ):
            for name, size in sizes.items():
                await self.add(name, link, size)
        await self.add("plain-phone", self.room.links["join_url"], PHONE["phone"], script=False)

    async def add(self, name: str, link: str, size: tuple[int, int], *, script: bool = True) -> None:
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="nb-NO", java_script_enabled=script
        )
        self.pages[name] = await context.new_page()
        await self.pages[name].goto(link)

    async def shoot(self, state: str) -> None:
        if "plain-phone" in self.pages:
            await self.pages["plain-phone"].goto(self.room.links["join_url"])
        await asyncio.sleep(SETTLE_S)
        for name, page in self.pages.items():
            await page.bring_to_front()
            await page.screenshot(path=FOLDER / f"{name}-{state}.png")

    async def close(self) -> None:
        for context in self.browser.contexts:
            await context.close()


@contextlib.asynccontextmanager
async def meeting(browser: Browser, server: Server, text: str) -> AsyncIterator[tuple[Open, Camera, list[Phone]]]:
    room = await server.open(text)
    async with hall(room, 40) as crowd:
        camera = Camera(browser, room)
        await camera.open()
        yield room, camera, crowd
        await camera.close()


async def say(crowd: list[Phone], activity: str, texts: list[str]) -> None:
    for place, text in enumerate(texts):
        await crowd[place % len(crowd)].send(activity, text)
    await asyncio.gather(*(phone.until(lambda phone: not phone.waiting) for phone in crowd))


async def seminar(browser: Browser, server: Server) -> None:
    async with meeting(browser, server, SEMINAR) as (room, camera, crowd):
        await camera.shoot("01-lobby")
        await room.act("goto", slide=1)
        await camera.shoot("02-title")
        await room.act("goto", slide=4)
        await room.act("next")
        await room.act("next")
        await camera.shoot("03-slide")
        await room.act("goto", slide=11)
        await camera.shoot("04-table")
        await room.act("goto", slide=23)
        await camera.shoot("05-idle")
        await room.act("next")
        await camera.shoot("06-talk")
        await room.act("pause")
        await camera.shoot("07-paused")
        await room.act("resume")
        await room.act("next")
        await camera.shoot("08-write")
        await say(crowd, "viktigst", ANSWERS * 3)
        phone = camera.pages["phone"]
        for text in ("Flere møteplasser for ungdom", "Korte søknader og raske svar"):
            await phone.fill("textarea", text)
            await phone.locator("form button").first.click()
            await asyncio.sleep(0.3)
        await camera.shoot("09-answered")
        newest = (await room.show())["answers"][0]["id"]
        await room.act("hide_answer", id=newest, reason="Navngir en person")
        await room.act("close_in", seconds=30)
        await camera.shoot("10-closing")
        await room.act("close")
        await camera.shoot("11-closed")
        await room.act("next")
        for shape in ("wall", "cloud", "list", "quiet"):
            await room.act("show_as", shape=shape)
            await camera.shoot(f"12-results-{shape}")
        await room.act("blank")
        await camera.shoot("13-blank")
        await room.act("unblank")
        await room.act("start", activity="temaer")
        await camera.shoot("15-grouping-begins")
        cards = (await room.show())["board"]["cards"]
        for place, name in enumerate(("Møteplasser", "Tidlig med", "Trygg skolevei", "Korte søknader og raske svar")):
            await room.act("make_theme", name=name, ids=[card["id"] for card in cards[place::5]])
        for console in (name for name in camera.pages if name.startswith("console")):
            await camera.pages[console].locator("#cards .face").first.click()
        await camera.shoot("16-grouping")
        await room.act("end")
        await camera.shoot("14-ended")


async def shapes(browser: Browser, server: Server) -> None:
    text = (ROOT / "examples" / "ordsky.md").read_text("utf-8")
    async with meeting(browser, server, text) as (room, camera, crowd):
        for slide, activity in ((2, "beste"), (3, "savn"), (4, "hort")):
            await room.act("goto", slide=slide)
            await room.act("start", activity=activity)
            view = await room.show()
            if view["kind"] == "words":
                await say(crowd, activity, WORDS * 4)
            else:
                await choose(crowd, view)
            await camera.shoot(f"20-{view['kind']}-write")
            await room.act("close")
            await room.act("reveal")
            await camera.shoot(f"21-{view['kind']}-results")


async def choose(crowd: list[Phone], view: dict) -> None:
    for place, phone in enumerate(crowd):
        if view["kind"] == "choice":
            value = [view["options"][(place * place) % len(view["options"])]["id"]]
        else:
            value = {item["id"]: 1 + (place + number) % 5 for number, item in enumerate(view["items"])}
        answer = {"type": "answer", "id": secrets.token_hex(16), "activity": view["activity"], "value": value}
        status, told = await phone.room.server.call("POST", f"/{phone.room.code}/answers", answer, phone.token)
        assert (200, "saved") == (status, told.get("status")), told


async def doors(browser: Browser, server: Server) -> None:
    """The pages that belong to no meeting."""
    for name, path, size in (
        ("join", "/", PHONE["phone"]),
        ("new-1280", "/new", CONSOLES["console-1280"]),
        ("new-360", "/new", PHONE["phone"]),
        ("unknown-code", "/99999998", PHONE["phone"]),
    ):
        context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="nb-NO")
        page = await context.new_page()
        await page.goto(server.url + path)
        await page.screenshot(path=FOLDER / f"{name}.png")
        await context.close()


async def seen_otherwise(browser: Browser, server: Server) -> None:
    """At 400 %, and in colours that the system forces on a page."""
    large = {"phone": (320, 256), "console": (320, 256)}
    for name, sizes, settings in (
        ("400", large, {}),
        ("forced", {}, {"forced_colors": "active"}),
        ("forced-dark", {}, {"forced_colors": "active", "color_scheme": "dark"}),
    ):
        async with faces(browser, await server.open(WORKSHOP), "nb", sizes, **settings) as opened:
            async for state in walk(opened):
                await asyncio.sleep(SETTLE_S)
                for face, page in opened.pages.items():
                    await page.bring_to_front()
                    await page.screenshot(path=FOLDER / f"{name}-{face}-{state}.png")


async def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        # A name of its own, so that the pictures show what a hall would see: QR code and address.
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        named = Server(Path(folder) / "data", env={"INNSPILL_PUBLIC_URL": f"http://innspill.test:{port}"})
        named.port = port
        async with named as server, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for scene in (doors, seminar, shapes, seen_otherwise):
                if not sys.argv[1:] or scene.__name__ in sys.argv[1:]:
                    await scene(browser, server)
            await browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER}")


if __name__ == "__main__":
    asyncio.run(main())
