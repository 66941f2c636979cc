"""A class has answered, and the next one comes: the meeting is cleared in the console, with phones of both classes."""

import pytest
from playwright.async_api import expect

from tests.browser.handset import SMALL, WORKSHOP, answers, handset, place, wire, writing
from tests.browser.test_accessible import faults
from tests.browser.test_next_person import KEPT, STORED

WIDE = (1280, 900)


async def clear(console) -> None:
    """By the button, and the questions that it asks while a meeting is going on."""
    page = console.page
    await place(page, "meeting")
    await page.get_by_role("button", name="Tøm svarene").click()
    await expect(page.locator("#sure-title")).to_have_text("Avslutte møtet først?")
    await page.locator("#sure-yes").click()
    await expect(page.locator("#sure-title")).to_have_text("Tømme svarene?")
    await expect(page.locator("#sure-text")).to_contain_text("2 svar flyttes til et arkiv")
    await page.locator("#sure-yes").click()
    await expect(page.locator("#note")).to_contain_text(
        "Klart for neste gruppe. Svarene ligger i «Arkiv av Nærdemokrati"
    )


async def join_anew(phone) -> None:
    await phone.page.get_by_role("button", name="Bli med på nytt").filter(visible=True).click()
    await phone.page.locator("#heads").wait_for()


async def test_the_next_class_begins_with_nothing_and_the_last_one_is_in_the_archive(server, browser):
    """
    One phone is open; one had no network, and has an answer that never arrived and a text half written. Both read
    what has happened, the second also what it had not sent; what they send afterwards is of the new class alone.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    console = await handset(browser, room.links["console_url"], size=WIDE)
    async with wire(room) as between:
        one = await handset(browser, room.links["join_url"], size=SMALL)
        await one.write("Flere benker")
        await one.own(("Flere benker", "Mottatt"))
        other = await handset(browser, between.url)
        await other.write("Bedre lys")
        await other.own(("Bedre lys", "Mottatt"))
        between.cut()
        await other.write("Aldri sendt")
        await other.sees("Uten nett – 1 svar venter på telefonen")
        await other.page.fill("textarea", "Halvveis skrevet")
        await console.state("write")

        await clear(console)
        await console.state("lobby")
        await one.page.get_by_role("heading", name="Møtet er klart for en ny gruppe").wait_for()
        await expect(one.page.locator("#unsent")).to_be_hidden()
        assert [] == await faults(one.page)
        await join_anew(one)

        between.mend()
        await other.page.get_by_role("heading", name="Dette ble ikke sendt").wait_for()
        await expect(other.page.locator("#unsent li")).to_have_text(["Aldri sendt", "Halvveis skrevet"])
        assert [] == await answers(room)
        assert [] == await faults(other.page)
        await join_anew(other)
        for phone in (one, other):
            kept = await phone.page.evaluate(STORED) + await phone.page.evaluate(KEPT)
            assert not [word for word in ("benker", "lys", "Aldri", "Halvveis") if word in kept]

        await writing(room)
        for phone, text in ((one, "Mer skygge"), (other, "Ny huske")):
            await expect(phone.page.locator("textarea")).to_have_value("")
            await phone.write(text)
            await phone.own((text, "Mottatt"))
    assert ["Mer skygge", "Ny huske"] == [row["text"] for row in await answers(room)]
    assert ["P001", "P002"] == [row["alias"] for row in await answers(room)]

    page = console.page
    await page.goto(f"{server.url}/new")
    await page.get_by_role("link", name="Arkiv av Nærdemokrati").click()
    await console.state("ended")
    await expect(page.locator(".what")).to_contain_text("Arkiv av Nærdemokrati")
    archived = await page.evaluate(
        "fetch(location.pathname.replace('console', 'view') + '?face=console').then((it) => it.json())"
    )
    assert 2 == archived["view"]["clearing"]["answers"]
    await place(page, "meeting")
    await expect(page.locator("#clear-part")).to_be_hidden()
    await page.goto(room.links["console_url"])
    await console.state("write")
    await place(page, "meeting")
    await expect(page.locator("#archives li")).to_contain_text(["2 svar"])
    await page.locator("#archives").get_by_role("button", name="Åpne").click()
    await console.state("ended")
    assert [] == one.faults + other.faults + console.faults


@pytest.mark.parametrize("script", [True, False])
async def test_who_opens_the_link_again_begins_anew(server, browser, script):
    """
    The page was closed while the meeting was cleared. Without script too, and then a form that was open is answered
    with what was written in it.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"], script=script)
    await phone.write("Flere benker")
    await phone.own(("Flere benker", "Mottatt"))
    if script:
        await phone.page.goto("about:blank")
    else:
        await phone.page.fill("textarea", "For sent ute")
    await room.act("end")
    assert 201 == (await server.call("POST", f"/api/rooms/{room.code}/clear", {}, room.key))[0]
    if script:
        await phone.page.goto(room.links["join_url"])
    else:
        await phone.send()
        await expect(phone.page.locator("#unsent li")).to_have_text(["For sent ute"])
    await phone.page.get_by_role("heading", name="Møtet er klart for en ny gruppe").wait_for()
    await join_anew(phone)
    await phone.page.goto(f"{room.links['join_url']}/mine")
    await phone.sees("Du har ingen svar i dette møtet")
    assert [] == await answers(room)
    assert [] == phone.faults
