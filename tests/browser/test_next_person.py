"""A phone or tablet that is handed on, in a real browser: with script and without, and a tablet that goes round."""

import pytest
from playwright.async_api import expect

from tests.browser.handset import SMALL, WAIT_MS, WORKSHOP, answers, handset, place, wire, writing

REST_MS, ANSWER_MS = 60_000, 20_000
STORED = "() => Object.keys(localStorage).map((key) => localStorage.getItem(key)).join(' ')"
KEPT = """() => new Promise((done) => {
  indexedDB.open('innspill').onsuccess = ({ target }) => {
    target.result.transaction('out').objectStore('out').getAll().onsuccess = ({ target }) =>
      done(JSON.stringify(target.result))
  }
})"""


async def senders(room) -> dict[str, str]:
    return {row["text"]: row["alias"] for row in await answers(room)}


@pytest.mark.parametrize("script", [True, False])
async def test_the_next_person_begins_anew(server, browser, script):
    """
    The answers of the one before are not on the page any more, nor what they had begun to write; each has a quota.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"], script=script, size=SMALL)
    await phone.write("Kari var her")
    await phone.own(("Kari var her", "Mottatt"))
    if script:
        await phone.page.fill("textarea", "Kari begynte")
    await phone.page.get_by_role("link", name="Neste person").click()
    await phone.page.get_by_role("heading", name="Er du en ny person?").wait_for()
    await phone.page.get_by_role("link", name="Nei, fortsett som før").click()
    await phone.own(("Kari var her", "Mottatt"))
    await phone.page.get_by_role("link", name="Neste person").click()
    await phone.page.get_by_role("button", name="Ja, jeg er ny").click()
    await expect(phone.page.locator("textarea")).to_have_value("", timeout=WAIT_MS)
    await phone.own()
    await phone.write("Ola var her")
    await phone.own(("Ola var her", "Mottatt"))
    aliases = await senders(room)
    assert {"Kari var her", "Ola var her"} == set(aliases)
    assert 2 == len(set(aliases.values()))
    await phone.page.go_back()
    await phone.page.goto(f"{room.links['join_url']}/mine")
    await phone.sees("Ola var her")
    assert "Kari" not in await phone.page.content()
    if script:
        assert "Kari" not in await phone.page.evaluate(STORED) + await phone.page.evaluate(KEPT)
    assert [] == phone.faults


async def test_what_was_not_sent_is_sent_first(server, browser):
    """
    As the one who wrote it; without a network nobody is forgotten.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    async with wire(room) as between:
        phone = await handset(browser, between.url)
        await phone.write("Sendt")
        await phone.own(("Sendt", "Mottatt"))
        await phone.page.goto(f"{between.url}/next")
        await phone.page.route("**/answers", lambda route: route.abort())
        await phone.page.evaluate(
            """([code, id]) => localStorage.setItem(`innspill:${code}:${id}`, JSON.stringify(
              { type: 'answer', id, activity: 'viktigst', rev: 1, text: 'Ikke sendt', at: Date.now() }))""",
            [room.code, "0" * 31 + "1"],
        )
        await phone.page.reload()
        await phone.page.get_by_role("button", name="Ja, jeg er ny").click()
        await phone.says("Gjenstår: 1")
        assert {"Sendt"} == set(await senders(room))
        await phone.page.unroute("**/answers")
        await phone.page.locator("textarea").wait_for(timeout=WAIT_MS)
        await phone.own()
        aliases = await senders(room)
        assert {"Sendt", "Ikke sendt"} == set(aliases)
        assert 1 == len(set(aliases.values()))


async def test_a_tablet_that_goes_round_asks_after_a_rest(server, browser):
    """
    The link is made in the console. Nobody is asked before somebody has begun; who says no goes on; when nobody
    answers, the next one begins.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    desk = await handset(browser, room.links["console_url"], size=(1280, 900))
    await desk.state("write")
    await place(desk.page, "meeting")
    await desk.page.get_by_role("button", name="Lenke til nettbrett på rundgang").click()
    link = await desk.page.locator("#made-url").input_value()
    assert f"{room.links['join_url']}?kiosk" == link

    tablet = await handset(browser, link, clock=True, size=(820, 1180))
    asked = tablet.page.get_by_role("dialog", name="Er du en ny person?")
    await tablet.page.locator("#beside").wait_for(state="detached")
    await tablet.page.clock.run_for(2 * REST_MS)
    await expect(asked).to_be_hidden()
    await tablet.write("Kari var her")
    await tablet.own(("Kari var her", "Mottatt"))
    await tablet.page.clock.run_for(REST_MS)
    await expect(asked).to_be_visible()
    await asked.get_by_role("button", name="Nei, fortsett som før").click()
    await expect(asked).to_be_hidden()
    await tablet.own(("Kari var her", "Mottatt"))
    await tablet.page.clock.run_for(REST_MS)
    await expect(asked).to_contain_text("sekunder")
    await tablet.page.clock.run_for(ANSWER_MS)
    await expect(tablet.page.locator("#own > li")).to_have_count(0, timeout=WAIT_MS)
    await tablet.page.locator("textarea").wait_for(timeout=WAIT_MS)
    await tablet.write("Ola var her")
    await tablet.own(("Ola var her", "Mottatt"))
    assert 2 == len(set((await senders(room)).values()))
    assert [] == tablet.faults
