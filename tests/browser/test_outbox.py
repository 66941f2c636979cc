"""What a phone has sent and not yet heard of is kept, whatever happens to the phone, its browser or its server."""

import asyncio
import os
import shutil
import signal
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.browser.conftest import FLAGS
from tests.browser.handset import WAIT_MS, WORKSHOP, Handset, answers, handset, hurried, stop_clock, wire, writing
from tests.server_process import Server

AWAY_MS, STEP_MS = 5000, 500  # a face that has not been told says by then that it is cut off
REST_MS, ROUND_MS = 12_000, 3000  # how long a phone is told to wait, and how often it asks where sockets are blocked
SIGNS = "#line, #badge, #offline"
WATCH = """(signs) => {
  window.amiss = []
  const look = () => {
    for (const sign of document.querySelectorAll(signs)) {
      if (sign.checkVisibility()) window.amiss.push(sign.textContent)
    }
    if (document.body.dataset.state === 'offline') window.amiss.push('offline')
  }
  setInterval(look, 50)
}"""
# Counts what the page has asked for and not been answered yet, and notes whether the server is heard.
TRAFFIC = """
Object.assign(window, { under_way: 0, heard: false })
const done = (heard) => {
  under_way -= 1
  window.heard ||= heard
}
window.WebSocket = class extends WebSocket {
  constructor(...of) {
    super(...of)
    under_way += 1
    const answer = new Promise((first) => ['message', 'close'].forEach((it) => this.addEventListener(it, first)))
    answer.then(({ type }) => done(type === 'message'))
    this.addEventListener('close', () => (window.heard = false))
  }
}
const ask = fetch
window.fetch = async (...of) => {
  under_way += 1
  const response = await ask(...of).catch(() => null)
  await response?.clone().arrayBuffer()
  done(Boolean(response?.ok))
  return response ?? Promise.reject(new TypeError('no network'))
}"""
ANSWERED = "() => under_way === 0"
NO_SOCKETS = "window.WebSocket = class extends WebSocket { constructor() { throw new DOMException('no') } }"
KEPT = """() => new Promise((done) => {
  indexedDB.open('innspill').onsuccess = ({ target }) => {
    target.result.transaction('out').objectStore('out').getAll().onsuccess = ({ target }) =>
      done(target.result.map((one) => one.text))
  }
})"""  # waits behind what is being written


async def texts(room) -> list[str]:
    return sorted(answer["text"] for answer in await answers(room))


@pytest.mark.parametrize("kills", [1, *(pytest.param(n, marks=pytest.mark.soak) for n in (20, 500))])
@pytest.mark.timeout(1800)
async def test_a_browser_killed_before_it_hears_loses_nothing(tmp_path, kills):
    """
    Again and again the answer is pressed while the server stands still, and the whole browser is killed before it can
    have heard. Opened again, it sends what it kept.
    """
    pressed = []
    async with Server(tmp_path / "data") as server, async_playwright() as playwright:
        room = await server.open(WORKSHOP.replace("many max=40", "many=1000 max=40"))
        await writing(room)

        async def opened() -> Handset:
            context = await playwright.chromium.launch_persistent_context(
                str(tmp_path / "profile"), executable_path=shutil.which("chromium"), locale="nb-NO",
                args=FLAGS,
            )  # fmt: skip
            phone = Handset(context.pages[0])
            await phone.page.goto(room.links["join_url"])
            await phone.state("write")
            return phone

        for n in range(kills):
            phone = await opened()
            await expect(phone.page.locator("#line")).to_be_hidden()
            server.process.send_signal(signal.SIGSTOP)
            pressed.append(f"Innspill {n}")
            await phone.write(pressed[-1])
            assert pressed[-1] in await phone.page.evaluate(KEPT)
            os.kill(browser_of(tmp_path / "profile"), signal.SIGKILL)
            server.process.send_signal(signal.SIGCONT)
        last = await opened()
        async with asyncio.timeout(30):
            while len(await texts(room)) < kills:
                await asyncio.sleep(0.1)
        assert sorted(pressed) == await texts(room)
        await last.page.reload()
        await last.own(*((text, "Mottatt") for text in reversed(pressed[-20:])))  # a phone is told its newest


async def test_two_tabs_of_one_browser_share_what_waits(server, browser):
    """
    Written in either while nobody is there: each answer arrives once, and both tabs show that it did.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    async with wire(room) as network:
        one = await handset(browser, network.url, clock=True)
        two = Handset(await one.page.context.new_page())
        await two.page.goto(network.url)
        await two.state("write")
        network.cut()
        await one.write("Fra den ene")
        await two.write("Fra den andre")
        await one.sees("Fra den andre")
        await two.sees("Fra den ene")
        network.mend()
        async with hurried(one.page):
            for tab in (one, two):
                await expect(tab.page.locator("#own .soft")).to_have_text(["Mottatt"] * 2, timeout=WAIT_MS)
        assert ["Fra den andre", "Fra den ene"] == await texts(room)
        assert [] == one.faults + two.faults


async def test_a_browser_that_keeps_nothing_says_so(server, browser):
    room = await server.open(WORKSHOP)
    await writing(room)
    context = await browser.new_context(locale="nb-NO")
    await context.add_init_script(
        "for (const name of ['localStorage', 'indexedDB'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    phone = Handset(await context.new_page())
    await phone.page.goto(room.links["join_url"])
    await phone.sees("Nettleseren tar ikke vare på noe")
    await phone.write("Likevel")
    await phone.own(("Likevel", "Mottatt"))
    assert ["Likevel"] == await texts(room)


@pytest.mark.parametrize(
    "blocked", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["by sockets", "by polling"]
)
async def test_receipts_are_sent_again_to_a_server_that_came_back_older(browser, tmp_path, blocked):
    """
    The data folder is put back as it was before the answers. Without a press they are there again, and the change and
    the deletion with them; the console is told how many.
    """
    data = tmp_path / "data"
    async with Server(data) as server:
        room = await server.open(WORKSHOP)
        await writing(room)
        context = await browser.new_context(locale="nb-NO")
        await context.clock.install()
        if blocked:
            await context.add_init_script(NO_SOCKETS)
        phone = Handset(await context.new_page())
        await phone.page.goto(room.links["join_url"])
        await phone.write("Blir")
        await phone.own(("Blir", "Mottatt"))
        await server.stop()
        shutil.copytree(data, tmp_path / "copy")
        await server.start()
        await phone.write("Går tapt")
        async with hurried(phone.page):
            await phone.own(("Går tapt", "Mottatt"), ("Blir", "Mottatt"))
        await phone.button("Slett", "Blir").click()
        await phone.own(("Går tapt", "Mottatt"))
        await server.kill()
        shutil.rmtree(data)
        shutil.copytree(tmp_path / "copy", data)
        await server.start()
        async with hurried(phone.page), asyncio.timeout(30):
            while ["Går tapt"] != await texts(room):
                await asyncio.sleep(0.1)
        await phone.own(("Går tapt", "Mottatt"))
        assert 1 == (await room.show())["older"]["collected"]
        assert [] == phone.faults


async def test_a_receipt_waits_for_its_question_to_be_asked_again(browser, tmp_path):
    """
    The store comes back from before the question: nothing is said to be lost, and when the question is asked again,
    the answer is there without a press.
    """
    data = tmp_path / "data"
    async with Server(data) as server:
        room = await server.open(WORKSHOP)
        await server.stop()
        shutil.copytree(data, tmp_path / "copy")
        await server.start()
        await writing(room)
        phone = await handset(browser, room.links["join_url"], clock=True)
        await phone.write("Spart")
        await phone.own(("Spart", "Mottatt"))
        await server.kill()
        shutil.rmtree(data)
        shutil.copytree(tmp_path / "copy", data)
        await server.start()
        async with hurried(phone.page):
            await phone.state("lobby")
        await phone.page.reload()
        assert [] == await texts(room)
        await writing(room)
        async with hurried(phone.page):
            await phone.own(("Spart", "Mottatt"))
        assert ["Spart"] == await texts(room)
        assert [] == phone.faults


async def step(page: Page) -> None:
    """A little time passes on a page whose clock stands, and none while it waits for an answer."""
    await page.clock.run_for(STEP_MS)
    await page.wait_for_function(ANSWERED)


async def test_a_planned_restart_is_not_seen(browser, tmp_path):
    """
    Told to stop, the server says when to come again: though the next one takes a while, neither phone nor screen says
    that anything is amiss. The while is one by their own clocks, which stand still while something is on its way.
    """
    async with Server(tmp_path / "data") as server:
        room = await server.open(WORKSHOP)
        await writing(room)
        faces = [
            await handset(browser, room.links[f"{face}_url"], clock=True) for face in ("join", "screen", "console")
        ]
        for face in faces:
            await face.page.add_init_script(TRAFFIC)
            await face.page.reload()
            await face.state("write")
            await face.page.wait_for_function("() => heard && under_way === 0")
        await faces[0].write("Før")
        await faces[0].own(("Før", "Mottatt"))
        for face in faces:
            await stop_clock(face.page)
            await face.page.clock.run_for(2 * STEP_MS)  # it asks the server, should it have waited for long
            await expect(face.page.locator(SIGNS).filter(visible=True)).to_have_count(0)
            await face.page.evaluate(WATCH, SIGNS)
        await server.stop()
        for face in faces:
            await face.page.wait_for_function("() => !heard")
            for _ in range(AWAY_MS // STEP_MS):
                await step(face.page)
        await server.start()
        for face in faces:
            while not await face.page.evaluate("heard"):
                await step(face.page)
            await step(face.page)
            assert [] == await face.page.evaluate("window.amiss")
            await face.page.clock.resume()
        await faces[0].write("Etter")
        await faces[0].own(("Etter", "Mottatt"), ("Før", "Mottatt"))
        await room.act("close")
        for face in faces:
            await face.state("closed")


async def test_a_meeting_that_is_deleted_takes_nothing_more(server, browser):
    """
    What still waited is told to be lost, in words, and nobody tries on.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    async with wire(room) as network:
        phone = await handset(browser, network.url, clock=True)
        await phone.state("write")
        network.cut()
        await phone.write("For sent")
        await phone.sees("For sent")
        assert 204 == (await server.call("DELETE", f"/api/rooms/{room.code}", key=room.key))[0]
        network.mend()
        async with hurried(phone.page):
            await phone.sees("Møtet er slettet.")
        await phone.own(("For sent", "Ikke mottatt"))


async def test_every_face_asks_where_sockets_are_blocked(server, browser):
    room = await server.open(WORKSHOP)
    async with wire(room, sockets=False) as network:
        base = network.url.removesuffix(f"/{room.code}")
        screen, console = [
            await handset(browser, base + room.links[f"{face}_url"].removeprefix(server.url), clock=True)
            for face in ("screen", "console")
        ]
        async with hurried(screen.page, console.page):
            for slide in (2, 3):
                await room.act("goto", slide=slide)
                await screen.state("idle")
                await console.state("idle")
                await writing(room, "viktigst" if slide == 2 else "bor")
                await screen.state("write")
                await console.state("write")
        assert [] == screen.faults + console.faults


async def test_every_face_asks_where_a_browser_has_no_sockets(server, browser):
    room = await server.open(WORKSHOP)
    await writing(room)
    faces = []
    for face in ("join", "screen", "console"):
        context = await browser.new_context(locale="nb-NO")
        await context.add_init_script(NO_SOCKETS)
        await context.clock.install()
        faces.append(Handset(await context.new_page()))
        await faces[-1].page.goto(room.links[f"{face}_url"])
        await faces[-1].state("write")
    async with hurried(*(face.page for face in faces)):
        await faces[0].write("Likevel")
        await faces[0].own(("Likevel", "Mottatt"))
        await room.act("close")
        for face in faces:
            await face.state("closed")
            assert [] == face.faults


async def test_a_socket_that_opens_and_says_nothing_is_no_connection(server, browser):
    """
    As behind a proxy that takes every socket and passes no message: all three faces ask by requests instead.
    """
    room = await server.open(WORKSHOP)
    async with wire(room, mute=True) as network:
        keys = {"": "", "/screen": f"#{room.screen_key}", "/console": f"#{room.key}"}
        phone, screen, console = [await handset(browser, network.url + path + key) for path, key in keys.items()]
        await writing(room)
        for face in (phone, screen, console):
            await face.state("write")
        await phone.write("Kom fram")
        await phone.own(("Kom fram", "Mottatt"))
        assert ["Kom fram"] == await texts(room)
        await screen.sees("1")
        await console.sees("Kom fram")
        await expect(phone.page.locator("#line")).to_be_hidden()
        await expect(console.page.locator("#offline")).to_be_hidden()


async def test_a_phone_told_to_wait_waits(server, browser):
    """
    Refused for now, the answer is sent again by itself, and not before the time that was named.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    async with wire(room, sockets=False) as network:
        phone = await handset(browser, network.url, clock=True)
        page, sent = phone.page, []
        async with page.expect_response("**/view?*"), hurried(page):
            await phone.state("write")

        async def refuse_the_first(route):
            if route.request.post_data_json["type"] != "answer":
                return await route.continue_()
            sent.append(route.request)
            if len(sent) > 1:
                return await route.continue_()
            await route.fulfill(status=429, json={"code": "rate", "retry_in": REST_MS})

        await page.context.route("**/answers", refuse_the_first)
        await stop_clock(page)
        async with page.expect_response("**/answers"):
            await phone.write("Tålmodig")
        for _ in range((REST_MS // ROUND_MS - 1) // 2):
            async with page.expect_response("**/view?*"):  # when it would send again, in one of two rounds
                await page.clock.run_for(2 * ROUND_MS)
        assert 1 == len(sent)
        await page.clock.resume()
        async with hurried(page):
            await phone.own(("Tålmodig", "Mottatt"))
        assert ["Tålmodig"] == await texts(room)


def browser_of(profile: Path) -> int:
    """The process that holds *profile*: Chromium names it in its lock."""
    return int(os.readlink(profile / "SingletonLock").rpartition("-")[2])


@pytest.mark.parametrize("meets", [False, True], ids=["resting", "just sent"])
async def test_who_was_told_to_rest_is_heard_as_soon_as_they_write(server, browser, meets):
    """
    A server that is full sends quiet phones off for a minute. Nobody who writes waits for that minute, also where what
    they sent and what the server said have met on the way.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    context = await browser.new_context(locale="nb-NO")
    phone, told, left = Handset(await context.new_page()), asyncio.Event(), asyncio.Event()

    def send_off(line) -> None:
        told.set()
        line.send('{"type":"bye","retry_in":60000,"why":"crowded"}')

    def once(line) -> None:
        there = line.connect_to_server()

        def said(message: str) -> None:
            if meets and not told.is_set() and '"answer"' in message:
                send_off(line)  # and the server does not take it
            else:
                there.send(message)

        def heard(message: str) -> None:
            line.send(message)
            if not (meets or told.is_set()):
                send_off(line)

        async def leave(code: int, why: str) -> None:
            left.set()
            await there.close()

        line.on_message(said)
        there.on_message(heard)
        line.on_close(leave)

    await phone.page.route_web_socket("**/feed*", once)
    await phone.page.goto(room.links["join_url"])
    if not meets:
        await left.wait()
    await phone.write("Møteplasser")
    await phone.own(("Møteplasser", "Mottatt"))
    assert told.is_set()
