"""Between closed and shown the facilitator looks over what came, and whoever wrote what is withheld reads why."""

import os
from pathlib import Path

from playwright.async_api import expect

from tests.browser.handset import WORKSHOP, a_moment, answers, handset, place, press, writing
from tests.browser.test_accessible import faults


async def test_what_should_be_looked_at_stands_first(server, browser):
    """
    Flagged answers are counted and stand above the newest; one is held back at once and a reason given afterwards, its
    phone muted, and the rest shown with one key.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    one, two = [await handset(browser, room.links["join_url"]) for _ in range(2)]
    await one.write("Spør ordfører Hansen")
    await one.own(("Spør ordfører Hansen", "Mottatt"))
    for text in ("Flere benker", "Bedre lys"):
        await two.write(text)
    await two.own(("Bedre lys", "Mottatt"), ("Flere benker", "Mottatt"))
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    await console.state("write")
    await room.act("close")
    await console.state("closed")
    await console.page.get_by_role("button", name="Se på 1").wait_for()
    rows = console.page.locator("#answers > li")
    await expect(rows.first).to_contain_text("Spør ordfører Hansen")
    await expect(rows.first).to_contain_text("et navn")
    await expect(rows.first.locator("mark")).to_have_text("Hansen")
    await rows.first.get_by_role("button", name="Hold tilbake").click()
    await expect(console.page.locator("#undo-bar")).to_be_visible()
    await one.own(("Spør ordfører Hansen", "Ikke vist"))
    row = rows.filter(has_text="Spør ordfører Hansen")
    await row.get_by_role("button", name="Gi en grunn").click()
    await console.page.locator("#sure-field").fill("Nevner navn")
    await console.page.locator("#sure-yes").click()
    await one.own(("Spør ordfører Hansen", "Ikke vist: Nevner navn"))
    await row.get_by_role("button", name="Demp telefonen").click()
    await expect(row).to_contain_text("dempet telefon")
    await press(console.page, "r", "results")
    cards = (await room.show())["results"]["cards"]
    assert {"Flere benker", "Bedre lys"} == {card["text"] for card in cards}
    assert [] == one.faults + two.faults + console.faults


async def test_flagged_answers_wait_until_somebody_says_yes(server, browser):
    """
    Shown with one key, all but those: they stand first as before, and are approved one by one, without the number, or
    all that are listed in one press.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"])
    texts = ["Ring meg på 91 23 45 67", "Spør ordfører Hansen", "Drit i det", "Flere benker"]
    for text in texts:
        await phone.write(text)
    await phone.own(*((text, "Mottatt") for text in reversed(texts)))
    await room.act("close")
    await room.act("reveal")
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    await console.state("results")
    await console.sees("3 venter på deg.")
    cards = screen.page.locator("[data-card]")
    await expect(cards).to_have_text(["Flere benker"])
    rows = console.page.locator("#answers > li")
    if folder := os.environ.get("PICTURES"):
        await console.page.screenshot(path=Path(folder) / "flagged.png", full_page=True)
    assert [] == await faults(console.page)
    await expect(rows.first.locator("mark")).to_have_text("91 23 45 67")
    await rows.first.get_by_role("button", name="Skjul navn og nummer").click()
    await expect(cards.filter(has_text="Ring meg på …")).to_have_count(1)
    await console.page.get_by_role("button", name="Godkjenn alle 2").click()
    await expect(cards).to_have_count(4)
    await expect(console.page.locator("#undo-say")).to_have_text("Svar ble godkjent.")
    await console.page.locator("#undo").click()
    await expect(cards).to_have_count(2)
    await rows.first.get_by_role("button", name="Godkjenn", exact=True).click()
    await expect(cards).to_have_count(3)
    assert [] == phone.faults + console.faults + screen.faults


async def test_each_answer_may_be_looked_at_before_it_is_shown(server, browser):
    room = await server.open(WORKSHOP)
    await writing(room)
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    await console.page.get_by_role("button", name="Se på hvert svar før det vises").click()
    await expect(console.page.locator("#hold-each")).to_have_attribute("aria-pressed", "true")
    phone = await handset(browser, room.links["join_url"])
    await phone.write("Flere benker")
    await phone.own(("Flere benker", "Mottatt, venter på å bli vist"))
    await console.page.locator("#answers > li .said").click()
    await console.page.locator("#answers > li").get_by_role("button", name="Godkjenn").click()
    await phone.own(("Flere benker", "Mottatt"))


async def test_the_console_tells_how_many_are_still_writing(server, browser):
    """
    A count and nothing else: the words stay on the phone until they are sent.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phones = [await handset(browser, room.links["join_url"]) for _ in range(2)]
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    for phone in phones:
        await phone.page.locator("#text").press_sequentially("Benker")
    await console.sees("2 skriver ennå.")
    assert "Benker" not in await console.page.content()
    await phones[0].page.locator("#form .press").click()
    await console.sees("1 skriver ennå.")
    await phones[1].page.close()
    await expect(console.page.locator("#share")).not_to_contain_text("skriver")
    await room.act("close")
    assert [] == phones[0].faults + console.faults


async def test_a_crowd_that_nobody_asked_for(server, browser):
    """
    What it sent goes off the screen with one press, the door is closed, and whoever was in goes on.
    """
    room = await server.open(WORKSHOP.replace("reveal=manual", "reveal=live hold=off"))
    await writing(room)
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    phone = await handset(browser, room.links["join_url"])
    await phone.write("Bla bla bla")
    await console.sees("1 av 1 har svart")
    await place(console.page, "meeting")
    await console.page.get_by_role("button", name="Demp de nyeste").click()
    await console.sees("1 telefon er dempet.")
    assert 0 == (await room.show())["counts"]["answers"]
    await console.page.get_by_role("button", name="Steng døra for nye telefoner").click()
    await console.sees("døra er stengt")
    late = await handset(browser, room.links["join_url"])
    await late.sees("Møtet tar ikke inn flere telefoner")
    await phone.page.reload()
    await phone.own(("Bla bla bla", "Mottatt, venter på å bli vist"))
    await console.page.get_by_role("button", name="Slipp dem fram igjen").click()
    await phone.own(("Bla bla bla", "Mottatt"))
    await console.page.get_by_role("button", name="Åpne døra").click()
    await console.sees("Alle kan bli med.")
    assert [] == phone.faults + console.faults


async def test_what_is_chosen_without_a_phone_is_written_in(server, browser):
    """
    A show of hands in a choice, and a rating on paper; the rows are those of phones, and what is missing is said.
    """
    room = await server.open(WORKSHOP)
    await writing(room, "bor")
    console = await handset(browser, room.links["console_url"], size=(1280, 900), clock=True)
    await console.state("write")
    part = console.page.locator("#write-part")
    await console.page.get_by_role("button", name="Skriv inn for noen").click()
    await part.get_by_label("Bygda").check()
    await part.get_by_label("Hvor mange som står bak").fill("12")
    await part.get_by_role("button", name="Skriv inn").click()
    await expect(console.page.locator("#answers > li").first).to_contain_text("Bygda")
    await expect(part.get_by_label("Bygda")).not_to_be_checked()
    await part.get_by_role("button", name="Skriv inn").click()
    await console.sees("Velg noe først")
    await writing(room, "hort")
    await part.get_by_role("group", name="I kommunen").get_by_label("4").check()
    await a_moment(console.page)
    await part.get_by_label("Hvordan det kom inn").select_option("På papir")
    await part.get_by_role("button", name="Skriv inn").click()
    await expect(console.page.locator("#answers > li").first).to_contain_text("I kommunen: 4")
    written = [(one["value"], one["heads"], one["via"]) for one in await answers(room)]
    assert [(["b"], 12, "facilitator"), ({"b": 4}, 1, "paper")] == written
    assert [] == await faults(console.page)
    assert [] == console.faults
