"""Words that are longer than anybody expects: no page scrolls sideways for them, and no sheet of paper loses them."""

import pypdfium2
import pytest

from live import exports
from tests.browser.handset import handset, still
from tests.meeting import JOIN, Meeting

LONG = "Kommunestyrerepresentantopplæringsprogramevalueringsrapportskrivingsveiledningsgruppemedlemskapssøknad"
OPTION = "Innbyggermedvirkningskoordinatorstillingsbeskrivelsesutarbeidelsesarbeidsgruppelede"
WORKSHOP = f"""---
format: workshop/1
title: {LONG}
organisation: {LONG}
purpose: {LONG}
owner: {LONG}
report-by: 2027-06-01
ladder: likeverdig
language: nb
---

## {LONG}

:::open{{id=a many=9 max=300 reveal=live hold=off}}
{LONG}
:::

:::group{{id=g from=a}}
{LONG}
:::

---

## Hva nå?

:::choice{{id=b reveal=live}}
- {OPTION}
- {OPTION[:-1]}
:::

---

## Hvor lett?

:::scale{{id=c reveal=live labels="{OPTION}|{OPTION}"}}
- {OPTION}
- {OPTION[:-1]}
:::
"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
A4_PT = 595.3
MARGIN_PT = 28


def told() -> Meeting:
    meeting = Meeting(WORKSHOP)
    meeting.act("start", activity="a")
    for n in range(3):
        meeting.answer(f"p{n}", f"a{n}", "a", LONG if n < 2 else f"{LONG} og {OPTION}")
    meeting.act("start", activity="g")
    meeting.act("make_theme", id="tema-1", name=LONG[:60], ids=[])
    meeting.act("place", theme="tema-1", ids=list(meeting.room.activities["a"].answers)[:2])
    meeting.act("start", activity="b")
    for n in range(3):
        meeting.answer(f"p{n}", f"b{n}", "b", value=["a"])
    meeting.act("start", activity="c")
    for n in range(3):
        meeting.answer(f"p{n}", f"c{n}", "c", value={"a": 3})
    meeting.act("follow", activity="a", theme="tema-1", status="doing", reason=LONG, unit=LONG, date="2027-06-01")
    meeting.act("promise", text=LONG, who=OPTION)
    meeting.act("end")
    return meeting


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
async def test_the_report_does_not_scroll_sideways(browser, tmp_path, width):
    page = await browser.new_page(viewport={"width": width, "height": 800})
    room = told().room
    snapshot = exports.take_snapshot(room, withheld=False, rehearsal=False)
    for file in (exports.export(room, "html"), exports.SHEETS["html"](snapshot, JOIN.url, "")):
        (tmp_path / "report.html").write_bytes(file)
        await page.goto((tmp_path / "report.html").as_uri())
        assert await page.evaluate(SIDEWAYS) <= 0
    await page.close()


def test_everything_stands_on_the_paper():
    """
    Every letter of the PDF, and of the one page, is inside the margins.
    """
    room = told().room
    snapshot = exports.take_snapshot(room, withheld=False, rehearsal=False)
    files = {"report": exports.export(room, "pdf"), "sheet": exports.SHEETS["pdf"](snapshot, JOIN.url, "")}
    for format, file in files.items():
        document = pypdfium2.PdfDocument(file)
        for number, page in enumerate(document):
            text = page.get_textpage()
            boxes = [text.get_charbox(at) for at in range(text.count_chars())]
            outside = {
                text.get_text_range(at, 1)
                for at, (left, _, right, _) in enumerate(boxes)
                if right > left and (left < MARGIN_PT or right > page.get_width() - MARGIN_PT)
            }
            assert set() == outside, f"{format}, page {number + 1}"


@pytest.mark.parametrize("width", [320, pytest.param(360, marks=pytest.mark.soak)])
async def test_no_face_scrolls_sideways(server, browser, width):
    room = await server.open(WORKSHOP)
    size = (width, 740)
    phone = await handset(browser, room.links["join_url"], size=size)
    console = await handset(browser, room.links["console_url"], size=size)
    sideways = {}

    async def look(state: str) -> None:
        for name, face in (("phone", phone), ("console", console)):
            await face.state(state)
            if (wide := await face.page.evaluate(SIDEWAYS)) > 0:
                sideways[f"{name}, {state}"] = wide

    await look("lobby")
    await room.act("start", activity="a")
    await phone.state("write")
    for text in (LONG, LONG, f"{LONG} og {OPTION}"):
        await phone.write(text)
    await console.sees(LONG)
    await look("write")
    await room.act("start", activity="g")
    await room.act("make_theme", name=LONG[:60])
    theme = (await room.show())["board"]["themes"][0]["id"]
    await look("grouping")
    for activity in ("b", "c"):
        await room.act("start", activity=activity)
        await phone.page.locator("#choices input").first.check()
        await look("write")
        await phone.send()
        await phone.page.locator("#own > li").wait_for()
        await look("write")
        await room.act("close")
        await room.act("reveal")
        await look("results")
        await phone.page.goto(room.links["join_url"] + "/results")
        if (wide := await phone.page.evaluate(SIDEWAYS)) > 0:
            sideways["results page"] = wide
        await phone.page.goto(room.links["join_url"])
    await room.act("follow", theme=theme, status="doing", reason=LONG, unit=LONG, date="2027-06-01")
    await room.act("promise", text=LONG, who=OPTION)
    await room.act("publish")
    await room.act("end")
    await look("ended")
    for path in ("/mine", "/report"):
        await phone.page.goto(room.links["join_url"] + path)
        if (wide := await phone.page.evaluate(SIDEWAYS)) > 0:
            sideways[path] = wide
    assert {} == sideways


SENTENCE = "en lang setning som forteller hva kommunen og velforeningene kan gjøre sammen"
SENTENCES = "\n".join(f"- Alternativ {n}: {SENTENCE}" for n in range(1, 13))
BESIDE = """() => [...document.querySelectorAll('#stage *')].filter((one) => one.checkVisibility()).filter((one) => {
  const [{ right, top, bottom }, row] = [one, one.closest('li') ?? one].map((it) => it.getBoundingClientRect())
  return right > innerWidth || top < row.top - 1 || bottom > row.bottom + 1
}).map((one) => one.outerHTML)"""


@pytest.mark.parametrize("kind", [pytest.param("choice", marks=pytest.mark.soak), "dots", "scale"])
async def test_no_result_runs_off_the_screen(server, browser, kind):
    """
    Many sentences to choose from, of which the last is the largest, so that the rows change places and pages are full.
    Nothing stands outside its row either.
    """
    room = await server.open(f"{WORKSHOP.partition('## ')[0]}## Hva nå?\n\n:::{kind}{{id=a}}\n{SENTENCES}\n:::\n")
    await room.act("start", activity="a")
    phone = await handset(browser, room.links["join_url"])
    await phone.state("write")
    await phone.page.locator("#choices input").last.check()
    await phone.send()
    await phone.page.locator("#own > li").wait_for()
    screens = [await handset(browser, room.links["screen_url"], size=size) for size in ((1024, 768), (1920, 1080))]
    for do, state in (("", "write"), ("close", "closed"), ("reveal", "results")):
        if do:
            await room.act(do)
        for screen in screens:
            await screen.state(state)
            if state == "results" and kind != "scale":
                await screen.page.locator(".bars li:first-child.top").wait_for()
            await still(screen.page)
            assert [] == await screen.page.evaluate(BESIDE)
