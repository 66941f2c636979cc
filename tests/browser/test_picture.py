"""A result leaves the console as a picture, made in the browser."""

import asyncio
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.browser.handset import WAIT_MS, handset, place
from tests.browser.test_accessible import faults
from tests.meeting import one

CHOICE = (
    "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n\n## Hvor vil dere ha <benken>?\n\n"
    ":::choice{id=sted}\n- Ved skolen & kirka\n- På torget\n:::\n\n---\n\n## Ord?\n\n:::words{id=ord}\n:::\n"
)

SVG = "{http://www.w3.org/2000/svg}"
# Where the words stand sideways, from the middle of the longest, in parts of its width.
MIDDLES = """(selector) => {
  const boxes = [...document.querySelectorAll(selector)].map((one) => [
    one.closest('[data-word]').dataset.word, one.getBoundingClientRect()])
  const middle = ({ left, width }) => left + width / 2
  const longest = boxes.find(([word]) => word === 'flere møteplasser')[1]
  return Object.fromEntries(boxes.map(([word, box]) => [word, (middle(box) - middle(longest)) / longest.width]))
}"""
WALL = one("open", "id=vegg many=99").replace("language: nb", "language: nb\ndelete-after: 3")


async def test_a_result_is_saved_as_a_picture(server, browser):
    """
    As PNG for letters and as SVG for print: the question, each option with its number, and nothing that is markup.
    """
    room = await server.open(CHOICE)
    await room.act("start", activity="sted")
    for n in range(3):
        answer = {"type": "answer", "id": f"{n:032x}", "activity": "sted", "value": ["b" if n else "a"]}
        assert 200 == (await server.call("POST", f"/{room.code}/answers", answer))[0]
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    await console.page.get_by_role("button", name="Lagre bilde").wait_for()

    saved = []
    for name in ("Lagre bilde", "Lagre som SVG"):
        async with console.page.expect_download() as download:
            await console.page.get_by_role("button", name=name).click()
        saved.append(await download.value)

    assert [f"innspill-{room.code}-hvor-vil-dere-ha-benken.{end}" for end in ("png", "svg")] == [
        one.suggested_filename for one in saved
    ]
    picture, drawing = [Path(await one.path()).read_bytes() for one in saved]
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    assert 1600 == image.width
    assert {(255, 255, 255), (11, 79, 71)} <= {colour for _, colour in image.getcolors(2**24)}
    texts = [one.text for one in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]
    assert "Hvor vil dere ha <benken>?" in texts
    assert {"A Ved skolen & kirka", "B På torget", "1 (33 %)", "2 (67 %)"} <= {
        text.replace("\u00a0", " ") for text in texts
    }

    await room.act("start", activity="ord")
    for word in ("blåbær", "blåbær", "skole"):
        await room.act("add_answer", text=word)
    await room.act("close")
    await room.act("reveal")
    await console.page.get_by_role("button", name="Sky", exact=True).wait_for()
    await console.page.get_by_role("button", name="Resultat", exact=True).click()
    await console.page.locator("#words").get_by_text("skole").wait_for()
    async with console.page.expect_download() as download:
        await console.page.get_by_role("button", name="Lagre som SVG").click()
    cloud = ElementTree.fromstring(Path(await (await download.value).path()).read_bytes())
    scales = [float(re.search(r"scale\((.+)\)", one.get("transform"))[1]) for one in cloud.iter(f"{SVG}g")]
    assert 4 == len(scales)  # the question, two words, and where they come from
    assert scales[1] > scales[2]
    assert "blåbær 2; skole 1" == cloud.findtext("{http://www.w3.org/2000/svg}desc")
    assert [] == console.faults


async def test_a_file_shows_the_cloud_that_the_hall_saw(server, browser, tmp_path):
    """
    The screen tells where its words stand when it has rested; the report has them there, in the letters of the screen,
    and so has the picture that is saved.
    """
    room = await server.open(one("words", "id=a many"))
    await room.act("start", activity="a")
    for word in ["tillit"] * 5 + ["dugnad"] * 3 + ["ungdom"] * 2 + ["fjord", "ro", "flere møteplasser"]:
        await room.act("add_answer", text=word, activity="a")
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    await screen.state("write")
    await room.act("close")
    await room.act("reveal")
    results: dict[str, object] = {}
    async with asyncio.timeout(WAIT_MS / 1000):
        while "drawn" not in results:
            await asyncio.sleep(0.1)
            results = (await server.call("GET", f"/api/rooms/{room.code}/results", key=room.key))[1][0]["results"]
    seen = await screen.page.evaluate(MIDDLES, ".cloud li .word > span")
    file = tmp_path / "rapport.html"
    file.write_bytes(await room.export("html"))
    report = await handset(browser, file.as_uri(), size=(1280, 900))
    shown = await report.page.evaluate(MIDDLES, ".cloud [data-word]")
    assert {"tillit", "dugnad", "ungdom", "fjord", "ro", "flere møteplasser"} == set(seen)
    for word, middle in seen.items():
        assert pytest.approx(middle, abs=0.02) == shown[word]
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    await place(console.page, "take")
    async with console.page.expect_download() as download:
        await console.page.locator("#picture-of-a-svg").click()
    drawing = Path(await (await download.value).path()).read_text("utf-8")
    assert "<text" not in drawing
    assert [] == screen.faults + console.faults + report.faults


async def test_a_wall_of_sixty_is_saved_whole(server, browser):
    """
    One picture for each press, numbered, until every answer has been on one.
    """
    room = await server.open(WALL)
    await room.act("start", activity="vegg")
    for n in range(60):
        await room.act("add_answer", text=f"Innspill nummer {n} om lys, benker og busser langs gangveien til skolen")
    await room.act("close")
    await room.act("reveal")
    console = await handset(browser, room.links["console_url"], size=(1280, 900))
    await console.page.get_by_role("button", name="Resultat", exact=True).click()
    names, seen = [], set()
    for label in ("Lagre som SVG", "Lagre som SVG (2 av 3)", "Lagre som SVG (3 av 3)"):
        async with console.page.expect_download() as download:
            await console.page.get_by_role("button", name=label, exact=True).click()
        names.append((await download.value).suggested_filename)
        drawing = Path(await (await download.value).path()).read_text("utf-8")
        assert f"60 svar · {len(names)} av 3" in drawing
        seen |= set(re.findall(r"Innspill nummer (\d+) om", drawing))
    assert [f"innspill-{room.code}-hva-mener-dere-{n}.svg" for n in (1, 2, 3)] == names
    assert {str(n) for n in range(60)} == seen
    await console.page.get_by_role("button", name="Lagre som SVG", exact=True).wait_for()

    # It is deleted in three days: that is told, and leads to what can be kept.
    reminder = console.page.locator("#dates li")
    await expect(reminder).to_contain_text("Alle svar slettes om 3 dager.")
    await reminder.get_by_role("button", name="Eksporter").click()
    await expect(console.page.locator("#take-title")).to_be_focused()
    await expect(console.page.get_by_role("link", name="Last ned Arkivet")).to_be_in_viewport()
    assert [] == await faults(console.page) + console.faults
