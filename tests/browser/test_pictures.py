"""Pictures of a workshop, as the hall sees them on the big screen and people on their phones."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.handset import handset, in_state, still
from tests.browser.test_accessible import faults, faults_but_what_is_covered
from tests.browser.test_phone import MOST_BYTES
from tests.pictures.drawn import drawn, packed, saved

WORKSHOP = """---
format: workshop/1
title: Torget
language: nb
---

## Slik er det i dag

- Biler tar halve plassen

![Kart over torget](kart.jpg "Torget"){kilde="Kommunen"}

---

## Tre steder

![Havna](a.jpg "Havna") ![Elva](b.jpg "Elva")

Hva tar vi med oss?

---

## Alene

![Kart](kart.jpg)

---

## Over alt

![](a.jpg "Utsikt"){hele pynt}

Hva ser vi?

---

## Hva ville du brukt det til?

:::open{id=bruk many}
![Havna](a.jpg)
Skriv ett forslag.
:::

---

## Hvor?

:::choice{id=hvor}
- ![Havna](a.jpg) Ved havna
- ![Elva](b.jpg) Langs elva
:::

---

## To rader

![Havna](a.jpg) ![Elva](b.jpg)

![Elva](b.jpg) ![Havna](a.jpg)

---

## Kolonner under tekst

Hva taler for, og hva imot?

### For

- Havna

### Mot

- Elva
"""
ZIP = packed({
    "workshop.md": WORKSHOP, "kart.jpg": saved(drawn((900, 1200)), "JPEG"), "a.jpg": saved(drawn((1600, 900)), "JPEG"),
    "b.jpg": saved(drawn((800, 600)), "JPEG"),
})  # fmt: skip
HEADINGS = ["Slik er det i dag", "Tre steder", "Alene", "Over alt"]
HAVE_COME = (
    "() => [...document.images].length > 0 && [...document.images].every((it) => it.complete && it.naturalWidth)"
)
INSIDE = """() => [...document.querySelectorAll('#stage :is(img, figcaption, p, li)')]
  .map((it) => it.getBoundingClientRect()).every(({ left, top, right, bottom }) =>
    left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1)"""
APART = """() => [...document.querySelectorAll('#stage :is(figcaption, .text > p, li)')].every((it) =>
  it.getBoundingClientRect().bottom <= document.getElementById('strip').getBoundingClientRect().top + 1)"""


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)])
async def test_the_screen_shows_pictures_where_they_stand_and_cuts_none(server, browser, size):
    room = await server.open(ZIP)
    screen = await handset(browser, room.links["screen_url"], size=size)
    page = screen.page
    for number in (1, 2, 3, 4):
        await room.act("goto", slide=number)
        await expect(page.locator("#heading")).to_have_text(HEADINGS[number - 1])
        await page.wait_for_function(HAVE_COME)
        await still(page)
        assert await page.evaluate(INSIDE), number
        assert await page.evaluate(APART), number
        if number == 1:
            picture, text = [await page.locator(f"#stage {it}").bounding_box() for it in ("figure.right", ".text ul")]
            assert text["x"] + text["width"] <= picture["x"], "beside the text"
            await expect(page.get_by_role("img", name="Kart over torget")).to_be_visible()
            await expect(page.locator("figcaption")).to_have_text("Torget · Kommunen")
            assert [] == await faults(page)
        if number == 4:
            whole = await page.locator(".full img").bounding_box()
            assert size == (whole["width"], whole["height"])
            grounds = "getComputedStyle(document.querySelector('{}')).backgroundColor"
            for it in ("#heading", ".text > p", "figcaption", "#strip"):
                assert "rgba(0, 0, 0, 0)" != await page.evaluate(grounds.format(it)), it
    await room.act("goto", slide=7)
    await expect(page.locator("#heading")).to_have_text("To rader")
    await page.wait_for_function(HAVE_COME)
    assert await page.evaluate(INSIDE)
    upper, lower = [await row.bounding_box() for row in await page.locator(".pictures").all()]
    assert abs(upper["height"] - lower["height"]) <= 1
    await room.act("goto", slide=8)
    await expect(page.locator("#heading")).to_have_text("Kolonner under tekst")
    await still(page)
    text, columns = [await page.locator(f"#stage {it}").bounding_box() for it in (".text > p", ".columns")]
    assert columns["y"] - text["y"] - text["height"] >= size[1] * 0.02, "clear of the text above"
    await room.act("start", activity="bruk")
    await in_state(page, "write")
    await expect(page.locator(".prompt").get_by_role("img", name="Havna")).to_be_visible()
    await page.wait_for_function(HAVE_COME)
    await room.act("start", activity="hvor")
    await expect(page.locator(".ballot.across img")).to_have_count(2)
    await expect(page.locator(".prompt")).to_have_count(0)
    await page.wait_for_function(HAVE_COME)
    assert [] == await faults(page)
    assert await page.evaluate(INSIDE)
    await room.act("close")
    await room.act("reveal")
    await expect(page.locator(".bars img")).to_have_count(2)
    assert [] == screen.faults


async def test_a_phone_fetches_a_picture_only_when_it_is_asked_about_or_opened(server, browser):
    room = await server.open(ZIP)
    phone = await handset(browser, room.links["join_url"])
    page = phone.page
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "/pictures/" in request.url else None)
    await room.act("goto", slide=1)
    await phone.state("slide")
    assert [] == fetched
    await page.get_by_role("link", name="Les lysbildet her").click()
    await page.wait_for_function(HAVE_COME)
    assert 1 == len(set(fetched))
    await page.go_back()
    await room.act("start", activity="bruk")
    await phone.state("write")
    await expect(page.get_by_role("img", name="Havna")).to_be_visible()
    await page.wait_for_function(HAVE_COME)
    await room.act("start", activity="hvor")
    await expect(page.locator(".option img")).to_have_count(2)
    await page.wait_for_function(HAVE_COME)
    assert [] == await faults(page)
    await page.get_by_label("Langs elva").check()
    await phone.send()
    await phone.own(("Langs elva", "Mottatt"))
    await expect(page.locator(".option img")).to_have_count(2)
    wide = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    await room.act("close")
    await phone.state("closed")
    await expect(page.locator("img")).to_have_count(0)
    assert [] == phone.faults


@pytest.mark.parametrize("activity", ["bruk", "hvor"])
async def test_without_script_the_picture_is_in_the_page(server, browser, activity):
    room = await server.open(ZIP)
    await room.act("start", activity=activity)
    context = await browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = await context.new_page()
    await page.goto(room.links["join_url"])
    await expect(page.get_by_role("img", name="Havna")).to_be_visible()
    box = await page.get_by_role("img", name="Havna").bounding_box()
    assert box["x"] + box["width"] <= 360
    assert box["height"] <= 0.5 * 740


@pytest.mark.parametrize("activity", ["bruk", "hvor"])
async def test_a_page_with_a_picture_is_one_window_of_bytes(server, browser, activity):
    """
    What comes with the picture (its look, and what puts it there when the page follows) is not counted, as the picture
    is not.
    """
    room = await server.open(ZIP)
    await room.act("start", activity=activity)
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(room.links["join_url"])
    await page.locator("#beside").wait_for(state="detached")
    await page.wait_for_function(HAVE_COME)
    sizes = {url: size for url, size in await page.evaluate(SIZES) if not re.search(r"/pictures\b|/frame", url)}
    assert 3 <= len(sizes)
    assert MOST_BYTES >= sum(sizes.values())


async def test_a_colour_and_a_logo_of_ones_own(server, browser):
    text = WORKSHOP.replace("language: nb", 'language: nb\norganisation: Nesvik\ntheme: "#ffe100"\nlogo: b.jpg')
    room = await server.open(packed({"workshop.md": text, "b.jpg": saved(drawn((400, 300)), "JPEG")}))
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    await expect(screen.page.get_by_role("img", name="Nesvik")).to_be_visible()
    phone = await handset(browser, room.links["join_url"])
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    await expect(phone.page.get_by_role("img", name="Nesvik")).to_be_visible()
    report = await handset(browser, f"{room.links['join_url']}/report")
    await expect(report.page.get_by_role("img", name="Nesvik")).to_be_visible()
    for face in (phone, report):
        await face.page.wait_for_function(HAVE_COME)
        assert [] == await faults(face.page)
    for face, name in ((screen, "--voice"), (console, "--press"), (phone, "--fjord")):
        shade = f"getComputedStyle(document.documentElement).getPropertyValue('{name}')"
        await face.page.wait_for_function(f"() => {shade}.trim() === '#736500'")
        assert [] == face.faults


async def test_a_picture_is_put_into_the_programme_and_an_archive_onto_the_page_for_new_meetings(server, browser):
    room = await server.open(WORKSHOP)
    console = await handset(browser, room.links["console_url"], size=(1280, 800))
    page = console.page
    await page.locator("#state").filter(has_text="r").wait_for()
    await page.locator("#edit-open").click()
    field = page.locator("#edit-text")
    await expect(field).to_have_value(re.compile("Torget"))
    picture = {"name": "Kart over byen.PNG", "mimeType": "image/png", "buffer": saved(drawn((300, 200)), "PNG")}
    await page.locator("#edit-picture").set_input_files(picture)
    await expect(field).to_have_value(re.compile(r"!\[\]\(kart-over-byen\.png\)"))
    await expect(page.locator("#edit-say")).to_have_text(re.compile("Skriv mellom klammene"))
    await page.locator("#edit-picture").set_input_files({**picture, "buffer": b"hei"})
    await expect(page.locator("#edit-say")).to_have_text(re.compile("kan ikke leses som bilde"))
    await page.locator("#edit-save").click()
    await expect(page.locator("#edit-say")).to_have_text(re.compile("Lagret"))
    _, pictures = await server.call("GET", f"/api/rooms/{room.code}/pictures", key=room.key)
    assert ["kart-over-byen.png"] == [one["name"] for one in pictures]
    assert [] == [fault for fault in console.faults if "422" not in fault]

    new = await handset(browser, f"{server.url}/new", size=(1280, 800))
    await new.page.locator('.way[data-way="workshop"]').click()
    await new.page.locator("#file").set_input_files(
        {"name": "opplegg.zip", "mimeType": "application/zip", "buffer": ZIP}
    )
    await expect(new.page.locator(".thumb-picture").first).to_have_attribute("src", re.compile("^blob:"))
    await new.page.locator("#f-open-0").press("q")
    assert [] == await faults(new.page)
    await new.page.locator("#form-ask").get_by_role("button", name="Ordsky").click()
    heading = new.page.locator("#f-title-1-0-")
    await expect(heading).to_be_focused()
    await new.page.keyboard.type("Hva tenker dere?")
    await heading.press("Tab")
    await expect(new.page.locator("#text")).to_have_value(re.compile("## Hva tenker dere\\?\n\n:::words"))
    assert [] == await faults_but_what_is_covered(new.page)
    for _ in range(2):
        await new.page.locator("#form-undo").click()
    await expect(new.page.locator("#text")).not_to_have_value(re.compile("Hva tenker dere"))
    await new.page.locator("#f-open-0").click()
    await new.page.locator("#workshop-start").click()
    await new.page.wait_for_url("**/console*")
    await expect(new.page.get_by_role("heading", name="Torget", exact=True, level=1)).to_be_visible()


SIZES = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .map(({ name, encodedBodySize }) => [name, encodedBodySize])"""
