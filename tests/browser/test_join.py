"""Getting in: by the code in any form, and in a hall without TLS, where the browser grants less than on loopback."""

from urllib.parse import quote_plus

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NAME
from tests.browser.handset import SMALL, WORKSHOP, Handset, answers, handset, writing


async def enter(phone: Handset, typed: str) -> None:
    await phone.page.get_by_label("Skriv koden fra skjermen").fill(typed)
    await phone.page.get_by_role("button", name="Bli med").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
async def test_the_code_is_taken_as_people_write_it(server, browser, script):
    room = await server.open(WORKSHOP)
    four, last = room.code[:4], room.code[4:]
    phone = await handset(browser, server.url, script=script, size=SMALL)
    assert await phone.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert (await phone.page.get_by_role("button", name="Bli med").bounding_box())["height"] >= 44
    link = room.links["join_url"]
    for typed in (f"{four} {last}", f" {four}-{last} ", room.code, link, f"Bli med: {four}\u00a0{last}"):
        await phone.page.goto(server.url)
        await enter(phone, typed)
        await phone.state("lobby")
        assert f"{server.url}/{room.code}" == phone.page.url
        await phone.sees("Nærdemokrati i tettstedene")
    await phone.page.goto(f"{server.url}/{four}-{last}")
    assert f"{server.url}/{room.code}" == phone.page.url
    assert 1 == len(await phone.page.context.cookies())
    assert [] == phone.faults


async def test_a_code_that_leads_nowhere_can_be_mended(server, browser):
    """
    A sentence says what to do, a screen reader hears it with the field, and what was typed is still there.
    """
    phone = await handset(browser, server.url)
    field = phone.page.get_by_label("Skriv koden fra skjermen")
    for typed in ("2505 4016", "vet ikke", "2505 401"):
        await enter(phone, typed)
        await phone.page.wait_for_url(f"**/?code={quote_plus(typed)}")
        await expect(phone.page.get_by_role("alert")).to_have_text("Fant ikke møtet. Sjekk tallene på storskjermen.")
        await expect(field).to_have_value(typed)
        await expect(field).to_have_accessible_description("Fant ikke møtet. Sjekk tallene på storskjermen.")
    room = await server.open(WORKSHOP)
    await enter(phone, room.code)
    await phone.state("lobby")


@pytest.mark.parametrize("name", ["127.0.0.1", NAME])
async def test_a_hall_without_tls_can_do_all_of_it(server, browser, name):
    """
    Join, answer, come back to the own answers, and run the meeting from the console; under either name.
    """
    room = await server.open(WORKSHOP)
    here = f"http://{name}:{server.port}"
    phone = await handset(browser, here)
    assert (name == "127.0.0.1") == await phone.page.evaluate("isSecureContext")
    await enter(phone, room.code)
    await phone.state("lobby")
    console = await handset(browser, room.links["console_url"].replace(server.url, here), size=(1280, 800))
    await console.state("lobby")
    await console.sees("1 telefon er med")
    assert f"{here}/{room.code}/console" == console.page.url
    await console.page.keyboard.press("PageDown")
    await phone.state("slide")
    await writing(room)
    await phone.state("write")
    await phone.write("Møteplasser")
    await phone.own(("Møteplasser", "Mottatt"))
    await phone.page.reload()
    await phone.own(("Møteplasser", "Mottatt"))
    await expect(console.page.locator("body")).to_contain_text("Møteplasser")
    assert ["Møteplasser"] == [one["text"] for one in await answers(room)]
    for one in (phone, console):
        assert {f"{name}:{server.port}"} == one.hosts
        assert [] == one.faults
    (cookie,) = await phone.page.context.cookies()
    assert (True, False, "Lax") == (cookie["httpOnly"], cookie["secure"], cookie["sameSite"])


async def test_what_faces_are_made_of_is_shown_and_reads_well(server, browser):
    """
    Every pair of text and ground that is drawn has 7 to 1 in both themes, but for warnings, which have 4.5.
    """
    page = await browser.new_page()
    await page.goto(f"{server.url}/styleguide")
    for _ in ("light", "dark"):
        for row in await page.locator("tbody tr").all():
            name, ratio = await row.locator("th").inner_text(), await row.locator("[data-contrast]").inner_text()
            assert float(ratio.split()[0]) >= (4.5 if "wrong" in name or "press" in name else 7), name
        await page.click("#dark")
