"""
The pictures of README.md and docs/veiledning.md, of the seminar as it is now: `python -m tests.browser.docs_pictures`.

Each face stands in its real size and is written smaller, with few colours.
"""

import asyncio
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.conftest import NAME, launch
from tests.browser.handset import in_state
from tests.browser.screenshots import ANSWERS, SETTLE_S, say
from tests.meeting import SEMINAR
from tests.phones import hall
from tests.server_process import ROOT, Open, Server

DOCS = ROOT / "docs"
PORT = 8000
PHONES = 44
COLOURS = 64
SCREEN, CONSOLE, PHONE = (1920, 1080), (1280, 800), (360, 740)
HALF, TWO_THIRDS, DESK, HAND = (960, 540), (1280, 720), (960, 600), (300, 617)


async def face(browser: Browser, link: str, size: tuple[int, int]) -> Page:
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="nb-NO")
    page = await context.new_page()
    await page.goto(link)
    return page


async def shoot(page: Page, path: Path, size: tuple[int, int]) -> None:
    await page.wait_for_function("() => document.getAnimations().every((one) => one.playState !== 'running')")
    await asyncio.sleep(SETTLE_S)
    await page.screenshot(path=path)
    with Image.open(path) as whole:
        whole.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize(COLOURS).save(path, optimize=True)


async def take(browser: Browser, room: Open) -> None:
    screen = await face(browser, room.links["screen_url"], SCREEN)
    console = await face(browser, room.links["console_url"], CONSOLE)
    phone = await face(browser, room.links["join_url"], PHONE)
    async with hall(room, PHONES - 1) as crowd:
        await in_state(screen, "lobby")
        await shoot(screen, DOCS / "pictures" / "lobby.png", HALF)
        await room.act("goto", slide=23)
        await room.act("next")
        await in_state(screen, "talk")
        await shoot(screen, DOCS / "pictures" / "samtale.png", HALF)
        await room.act("next")
        await in_state(phone, "write")
        await phone.fill("textarea", "Korte søknader og raske svar")
        await phone.locator("form .press").first.click()
        await say(crowd, "viktigst", ANSWERS * 3)
        await phone.fill("textarea", "En fast kontaktperson i kommunen")
        await shoot(phone, DOCS / "pictures" / "telefon.png", HAND)
        await shoot(console, DOCS / "pictures" / "panel.png", DESK)
        await room.act("close")
        await room.act("reveal")
        await room.act("show_as", shape="cloud")
        await screen.locator("[data-word]").first.wait_for()
        await shoot(screen, DOCS / "screen.png", TWO_THIRDS)


async def main() -> None:
    public = {"INNSPILL_PUBLIC_URL": f"http://{NAME}:{PORT}"}
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", "serve", env=public)
        server.port = PORT
        async with server, async_playwright() as playwright:
            browser = await launch(playwright)
            await take(browser, await server.open(SEMINAR))
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
