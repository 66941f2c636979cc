"""The store stands still: phone, screen and console say so in words, until it answers again."""

import signal

import pytest
from playwright.async_api import expect

from tests.browser.handset import SMALL, WAIT_MS, WORKSHOP, handset, wire, writing
from tests.journal.redis_server import RedisServer
from tests.server_process import Server

SAID = {"phone": "#line", "screen": "#badge", "console": "#stalled"}
WORDS = {
    "phone": "Det går tregt å lagre akkurat nå. Det du sender, blir liggende her og sendes av seg selv.",
    "screen": "treg lagring – svarene venter på telefonene",
    "console": "Det går tregt å lagre på serveren.",
}


@pytest.mark.waits
async def test_every_face_says_that_nothing_is_saved_now(browser, tmp_path):
    """
    Also a phone that can only poll, one without script, and what was sent meanwhile is there afterwards.
    """
    async with (
        RedisServer(tmp_path / "redis") as redis,
        Server(tmp_path / "data", env={"INNSPILL_REDIS": redis.url}) as server,
    ):
        room = await server.open(WORKSHOP)
        await writing(room)
        links = room.links
        faces = {
            "phone": await handset(browser, links["join_url"], size=SMALL),
            "screen": await handset(browser, links["screen_url"]),
            "console": await handset(browser, links["console_url"]),
        }
        await faces["screen"].state("write")
        await faces["console"].state("write")
        plain = await (await browser.new_context(java_script_enabled=False)).new_page()
        await plain.goto(links["join_url"])
        inner = plain.frame_locator("#beside")
        async with wire(room, sockets=False) as proxy:
            polls = await handset(browser, proxy.url)
            await polls.state("write")
            redis.process.send_signal(signal.SIGSTOP)
            for name, face in faces.items():
                await expect(face.page.locator(SAID[name])).to_contain_text(WORDS[name], timeout=WAIT_MS)
                await expect(face.page.locator(SAID[name])).to_be_visible()
            await expect(polls.page.locator("#line")).to_have_text(WORDS["phone"], timeout=WAIT_MS)
            await expect(inner.get_by_text("Vent litt før du sender.")).to_be_visible(timeout=WAIT_MS)
            await expect(faces["console"].page.locator("#next")).to_be_enabled()
            await faces["phone"].write("Flere busser")
            await faces["phone"].own(("Flere busser", "Sender …"))
            redis.process.send_signal(signal.SIGCONT)
            for name, face in faces.items():
                await expect(face.page.locator(SAID[name])).to_be_hidden(timeout=WAIT_MS)
            await expect(polls.page.locator("#line")).to_be_hidden(timeout=WAIT_MS)
            await expect(inner.get_by_text("Vent litt før du sender.")).to_be_hidden(timeout=WAIT_MS)
            await faces["phone"].own(("Flere busser", "Mottatt"))
