"""From the end of a meeting to what became of the answers, written in the console and read by everybody."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from playwright.async_api import expect

from live.room.followup import LOCAL
from tests.browser.handset import handset, place
from tests.browser.test_accessible import faults
from tests.meeting import SEMINAR, one
from tests.server_process import Server
from tests.text.labelled_answers import ANSWERS
from tests.web.edge import serving
from tests.web.pages.test_kept_reports import over

TEXT = one("open", "id=a many=20").replace("title: Prøve", "title: Prøve\nowner: Kari Vik\nreport-by: 2036-12-15")


async def picture(page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


async def test_what_waits_stops_the_report_from_being_published(server, browser):
    """
    It is listed where it stops: one is approved, the other left out by a choice of its own.
    """
    room = await server.open(TEXT)
    await room.act("start", activity="a")
    phone = await handset(browser, room.links["join_url"])
    for text in ("Flere busser", "Ring meg på 91 23 45 67", "Spør ordfører Hansen"):
        await phone.write(text)
    await phone.own(
        *((text, "Mottatt") for text in ("Spør ordfører Hansen", "Ring meg på 91 23 45 67", "Flere busser"))
    )
    await room.act("reveal")
    await room.act("end")
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    public = await handset(browser, room.links["join_url"] + "/report")
    page = console.page
    await place(page, "follow")
    await page.get_by_role("button", name="Publiser rapporten").click()
    await expect(page.locator("#followup-waiting-say")).to_have_text(
        "2 svar venter på deg og er ikke med i rapporten ennå."
    )
    await picture(page, "publishing-stops")
    assert [] == await faults(page)
    rows = page.locator("#followup-waiting-list > li")
    await rows.filter(has_text="Hansen").get_by_role("button", name="Godkjenn").click()
    await expect(rows).to_have_count(1)
    await page.get_by_role("button", name="Publiser uten dem").click()
    await expect(page.get_by_role("button", name="Avpubliser rapporten")).to_be_visible()
    await expect(page.locator("#followup-waiting")).to_be_hidden()
    await public.page.reload()
    await expect(public.page.get_by_text("Spør ordfører Hansen")).to_be_visible()
    await expect(public.page.get_by_text("91 23 45 67")).to_have_count(0)
    assert [] == phone.faults + console.faults + public.faults


async def test_a_promise_is_made_published_and_edited(server, browser):
    """
    The mayor's word, a theme that is being considered, and then one that is not done, for which the reason is asked.
    """
    room = await server.open(TEXT)
    await room.act("start", activity="a")
    await room.act("add_answer", text="Flere busser om kvelden")
    await room.act("close")
    await room.act("reveal")
    answer = (await room.show())["answers"][0]["id"]
    await room.act("make_theme", activity="a", name="Kollektiv", ids=[answer])
    await room.act("end")
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    public = await handset(browser, room.links["join_url"] + "/report")
    page = console.page
    await console.state("ended")
    await expect(public.page.get_by_text("15. desember 2036")).to_be_visible()
    await expect(public.page.get_by_text("Kollektiv")).to_have_count(0)
    await page.locator("#over [data-place=follow]").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("«Dette tar vi med oss»: hva som ble lovet").fill("Vi svarer hver og en")
    await page.get_by_label("Hvem sa det").fill("Ordføreren")
    await page.keyboard.press("Enter")
    await expect(page.locator("#promises")).to_contain_text("Vi svarer hver og en – Ordføreren")
    theme = page.locator("#followup-themes > details")
    await theme.locator("summary").focus()
    await page.keyboard.press("Enter")
    await theme.get_by_label("Status").select_option("Vi vurderer det")
    await theme.get_by_label("Ansvarlig enhet").fill("Plan")
    await theme.get_by_label("Dato").fill("2036-10-01")
    await theme.get_by_role("button", name="Lagre", exact=True).click()
    await expect(theme.locator("h3")).to_have_text("Kollektiv – Vi vurderer det")
    await page.get_by_role("button", name="Publiser rapporten").click()
    await expect(page.get_by_role("button", name="Avpubliser rapporten")).to_be_visible()
    await public.page.reload()
    for told in ("Vi svarer hver og en", "Kollektiv", "Vi vurderer det", "1. oktober 2036", "Flere busser om kvelden"):
        await expect(public.page.locator("main")).to_contain_text(told)
    assert [] == await faults(public.page) + await faults(page)
    await picture(public.page, "followup-public")
    await picture(page, "followup-console")
    await page.set_viewport_size({"width": 360, "height": 740})
    await picture(page, "followup-console-360")
    assert await page.evaluate("() => document.documentElement.scrollWidth") <= 360
    await theme.get_by_label("Status").select_option("Vi gjør det ikke")
    await theme.get_by_label("Begrunnelse (alle kan lese den)").fill("Fylket har ikke penger")
    await theme.get_by_role("button", name="Lagre", exact=True).click()
    await expect(theme.locator("h3")).to_have_text("Kollektiv – Vi gjør det ikke")
    await public.page.reload()
    await expect(public.page.locator("main")).to_contain_text("Vi gjør det ikke")
    await expect(public.page.locator("main")).to_contain_text("Fylket har ikke penger")
    assert [] == console.faults + public.faults


async def test_what_is_missing_is_told_before_it_is_published(server, browser):
    """
    Each line leads to where it is mended: the front matter, the theme, the promise. It stops nobody. Published, the
    address stands there with its QR code.
    """
    room = await server.open(one("open", "id=a many=20"))
    await room.act("start", activity="a")
    await room.act("add_answer", text="Flere busser om kvelden")
    await room.act("reveal")
    answer = (await room.show())["answers"][0]["id"]
    await room.act("make_theme", activity="a", name="Kollektiv", ids=[answer])
    await room.act("promise", text="Vi svarer hver og en")
    await room.act("end")
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    page = console.page
    await place(page, "follow")
    missing = page.locator("#followup-missing > li")
    await expect(missing).to_have_text(
        [
            "Det står ikke hvem som tar svarene videre.",
            "Det står ikke når folk får svar.",
            "«Kollektiv» har ikke fått noe svar ennå.",
            "Det står ikke hvem som lovet «Vi svarer hver og en».",
        ]
    )
    await picture(page, "publishing-missing")
    assert [] == await faults(page)
    await missing.nth(3).get_by_role("button").click()
    await expect(page.get_by_label("Hvem sa det")).to_be_focused()
    await page.keyboard.type("Ordføreren")
    await page.keyboard.press("Enter")
    await expect(page.locator("#promises > li")).to_have_count(1)
    await expect(page.locator("#promises")).to_contain_text("Vi svarer hver og en – Ordføreren")
    await missing.nth(2).get_by_role("button").click()
    await expect(page.get_by_label("Status")).to_be_focused()
    await page.get_by_label("Status").select_option("Vi vurderer det")
    await page.get_by_role("button", name="Lagre", exact=True).click()
    await expect(missing.nth(2)).to_have_text("Det står ikke hvem som har ansvar for «Kollektiv».")
    await missing.nth(0).get_by_role("button").click()
    await expect(page.locator("#edit :focus")).to_be_visible()
    await place(page, "follow")
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="Se rapporten").click()
    draft = await opened.value
    await expect(draft.get_by_text("Ikke publisert ennå.")).to_be_visible()
    await expect(draft.locator("main")).to_contain_text("Kollektiv")
    assert [] == await faults(draft)
    await draft.close()
    await page.get_by_role("button", name="Publiser rapporten").click()
    address = page.get_by_label("Alle som har denne adressen, kan lese rapporten")
    await expect(address).to_have_value(room.links["join_url"] + "/report")
    await expect(page.get_by_role("img", name="QR-kode til rapporten")).to_be_visible()
    await expect(missing.first).to_be_visible()
    await picture(page, "published")
    assert [] == await faults(page)
    await page.emulate_media(color_scheme="dark")
    await page.set_viewport_size({"width": 360, "height": 740})
    await picture(page, "published-360-dark")
    assert await page.evaluate("() => document.documentElement.scrollWidth") <= 360
    await page.get_by_role("button", name="Avpubliser rapporten").click()
    await expect(address).to_be_hidden()
    assert [] == console.faults


async def test_the_report_as_a_file_is_for_everybody(server, browser, tmp_path):
    """
    The whole seminar's report, opened from a disk: nothing amiss for those who do not see it, nothing fetched, and on a
    phone it is read downwards alone.
    """
    room = await server.open(SEMINAR)
    await room.act("goto", slide=23)
    await room.act("start", activity="viktigst")
    for _, text in ANSWERS[:30]:
        await room.act("add_answer", text=text)
    await room.act("close")
    await room.act("reveal")
    ids = [answer["id"] for answer in (await room.show())["answers"]]
    for n, name in enumerate(("Skolen", "Møteplasser")):
        await room.act("make_theme", activity="viktigst", name=name, ids=ids[3 * n : 3 * n + 3])
    await room.act("end")
    file = tmp_path / "rapport.html"
    file.write_bytes(await room.export("html"))
    shown = await handset(browser, file.as_uri())
    await expect(shown.page.get_by_text("Møteplasser").first).to_be_visible()
    assert [] == await faults(shown.page)
    for width in (360, 320):
        await shown.page.set_viewport_size({"width": width, "height": 740})
        assert await shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert {file.as_uri()} == set(shown.requests)
    await picture(shown.page, "report-file-360")
    await shown.page.set_viewport_size({"width": 1280, "height": 800})
    assert [] == await faults(shown.page) + shown.faults
    await picture(shown.page, "report-file-1280")


async def test_it_is_told_that_people_wait_for_an_answer(server, browser):
    """The day they were told is three days away, and nothing is published yet; when something is, nobody is pressed."""
    room = await server.open(TEXT.replace("2036-12-15", (datetime.now(LOCAL) + timedelta(days=3)).date().isoformat()))
    await room.act("end")
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    reminder = console.page.locator("#dates li")
    await expect(reminder).to_contain_text("Folk er lovet svar om 3 dager.")
    await picture(console.page, "followup-waited-for")
    await reminder.get_by_role("button", name="Svar", exact=True).click()
    await expect(console.page.locator("#followup-title")).to_be_focused()
    await console.page.get_by_role("button", name="Publiser rapporten").click()
    await expect(reminder).to_have_count(0)
    assert [] == console.faults


async def test_a_page_whose_answers_are_deleted_is_written_in_from_a_phone(browser, tmp_path):
    """
    Ninety days later, with the link from the meeting, and without script but for the key in it.
    """
    async with serving(tmp_path) as edge:
        opened, _ = await over(edge)
    async with Server(tmp_path / "data") as server:
        context = await browser.new_context(viewport={"width": 360, "height": 740}, locale="nb-NO")
        page = await context.new_page()
        await page.goto(f"{server.url}/{opened.code}/report/edit")
        await expect(page.locator("#gate")).to_contain_text("trengs det en nøkkel")
        await page.goto(f"{server.url}/{opened.code}/console#{opened.facilitator_key}")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Prøve")
        assert f"{server.url}/{opened.code}/report/edit" == page.url
        await picture(page, "kept-edit-360")
        await page.locator("summary", has_text="Kollektiv").click()
        await page.get_by_label("Status").select_option("Vi gjør det ikke")
        await page.get_by_label("Ansvarlig enhet").fill("Samferdsel")
        await page.get_by_role("button", name="Lagre", exact=True).click()
        await expect(page.get_by_role("alert")).to_contain_text("hvorfor")
        await expect(page.get_by_label("Ansvarlig enhet")).to_have_value("Samferdsel")
        await picture(page, "kept-edit-360-refused")
        await page.get_by_label("Begrunnelse (alle kan lese den)").fill("Fylket har ikke penger")
        await page.get_by_role("button", name="Lagre", exact=True).click()
        await expect(page.get_by_role("status")).to_have_text("Lagret.")
        assert [] == await faults(page)
        await page.set_viewport_size({"width": 1280, "height": 800})
        await page.locator("summary", has_text="Kollektiv").click()
        await picture(page, "kept-edit-1280")
        await page.get_by_role("link", name="Se den åpne siden").click()
        for told in ("Vi gjør det ikke", "Samferdsel", "Fylket har ikke penger", "Svarene ble slettet"):
            await expect(page.locator("main")).to_contain_text(told)
        assert [] == await faults(page)
        await picture(page, "kept-public-1280")
        await page.set_viewport_size({"width": 360, "height": 740})
        await picture(page, "kept-public-360")
