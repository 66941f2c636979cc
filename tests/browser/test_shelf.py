"""What there is to take home: each file drawn from the meeting, fetched with a press, and told how large it was."""

import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.handset import handset, place
from tests.browser.test_accessible import faults
from tests.browser.test_followup import picture
from tests.decks.decks import box, one_slide
from tests.meeting import one


async def test_the_shelf_is_drawn_from_the_meeting_and_gives_its_files(server, browser):
    """
    Eight files, each with its own drawing, pages and size before it is fetched. Nothing that was held back is drawn,
    and how much that is is told. P prints one sheet, C copies the link. A deck comes back with the results.
    """
    room = await server.open(one("open", "id=a many=20"))
    await room.act("start", activity="a")
    for text in ("Flere busser om kvelden", "Lys langs gangveien til skolen", "Noe som ikke skal vises"):
        await room.act("add_answer", text=text)
    await room.act("reveal")
    first, _, held = [answer["id"] for answer in (await room.show())["answers"]][::-1]
    await room.act("hide_answer", id=held, reason="Annet")
    await room.act("make_theme", activity="a", name="Kollektiv", ids=[first])
    theme = (await room.show())["followup"]["themes"][0]["theme"]
    await room.act("follow", theme=theme, status="doing", unit="Samferdsel", date="2036-10-01")
    await room.act("end")
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    page = console.page
    await place(page, "take")
    await expect(page.locator(".on-shelf")).to_have_count(8)
    await expect(page.locator("#shelf-report")).to_contain_text("«Lys langs gangveien til skolen»")
    await expect(page.locator("#shelf-slides")).to_contain_text("Kollektiv1")
    await expect(page.locator("#shelf-dates")).to_contain_text("1.oktober")
    await expect(page.locator(".shelf")).not_to_contain_text("Noe som ikke skal vises")
    await expect(page.locator(".on-shelf").filter(has_text="Fristene")).to_contain_text("Kalenderfil, 1 frist")
    await expect(page.locator(".on-shelf").filter(has_text="Rapporten")).to_contain_text(
        re.compile(r"PDF, \d+ sider?, \d+ kB")
    )
    await expect(page.locator(".on-shelf").filter(has_text="Regnearket")).to_contain_text(
        re.compile(r"Excel, \d ark, \d+ kB")
    )
    await expect(page.locator(".on-shelf").filter(has_text="Rådata")).to_contain_text("CSV, 2 rader, 1 kB")
    await expect(page.locator("#take-all")).to_contain_text(re.compile(r"Last ned alt \d+ kB"))
    await expect(page.locator("#left-out")).to_have_text("1 svar er holdt tilbake og er ikke med.")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.keyboard.press("c")
    await expect(page.locator("#note")).to_have_text("Kopiert")
    assert (await page.evaluate("navigator.clipboard.readText()")).endswith(f"/{room.code}/report")
    async with page.context.expect_page() as printed:
        await page.keyboard.press("p")
    assert (await printed.value).url.endswith("/sheet.html")
    await (await printed.value).close()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Last ned Regnearket").click()
    assert (await download.value).suggested_filename.endswith(".xlsx")
    assert b"PK" == Path(await (await download.value).path()).read_bytes()[:2]
    await expect(page.get_by_role("link", name="Last ned alt")).to_be_visible()
    deck = one_slide(lambda slide: box(slide, "Skriv det dere tenker."), title="Hva mener dere?")
    async with page.expect_download() as download:
        await page.locator("#deck-file").set_input_files({"name": "Møte.pptx", "mimeType": "", "buffer": deck})
    assert "Møte – med resultater.pptx" == (await download.value).suggested_filename
    await expect(page.locator("#deck-say")).to_contain_text("1 resultat står etter lysbildet det hører til.")
    await page.locator("#deck-file").set_input_files({"name": "Møte.pdf", "mimeType": "", "buffer": b"%PDF-1.7"})
    await expect(page.locator("#deck-say")).to_have_text(re.compile("bare settes inn i en PowerPoint-fil"))
    await picture(page, "shelf")
    assert [] == await faults(page)
    await page.set_viewport_size({"width": 360, "height": 740})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await picture(page, "shelf-360")
    assert [] == [fault for fault in console.faults if "422" not in fault]
