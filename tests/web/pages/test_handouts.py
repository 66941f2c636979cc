"""What is printed before a meeting: a poster, table cards, and a slide with the way in."""

import re

import pytest
import zxingcpp
from PIL import Image

from tests.meeting import one
from tests.web.edge import serving

PAPERS = ("poster", "table-cards")
STEP = 8  # pixels for one module


def read_code(drawn: str, size: int) -> list[str]:
    """What a camera reads of a path of *size* modules."""
    picture = Image.new("L", (size * STEP, size * STEP), 255)
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn):
        picture.paste(0, (int(x) * STEP, int(y) * STEP, (int(x) + int(length)) * STEP, int(y) * STEP + STEP))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("name", [*PAPERS, "qr-slide.svg"])
async def test_it_leads_to_the_meeting_by_camera_and_by_hand(tmp_path, name):
    async with serving(tmp_path, public_url="https://innspill.example.no") as edge:
        code = (await edge.open()).code
        page = await edge.get(f"/{code}/{name}")

    drawn = re.findall(r'd="(M[^"]+h\d+)"', page.text)
    assert drawn
    for path in drawn:
        assert [f"HTTPS://INNSPILL.EXAMPLE.NO/{code}"] == read_code(path, 45)
    assert "innspill.example.no" in page.text
    assert re.search(f"{code[:4]}.{{0,20}}{code[4:]}", page.text)
    assert "Telefoner kommer ikke inn" not in page.text


@pytest.mark.parametrize("name", PAPERS)
async def test_a_poster_that_leads_nowhere_says_so(tmp_path, name):
    async with serving(tmp_path) as edge:
        page = await edge.get(f"/{(await edge.open()).code}/{name}")
    assert "Telefoner kommer ikke inn ennå" in page.text


@pytest.mark.parametrize("name", [*PAPERS, "qr-slide.svg"])
async def test_a_title_is_text_and_never_markup(tmp_path, name):
    text = one("open").replace("title: Prøve", 'title: "<b>Ås & Øy</b>"')
    async with serving(tmp_path) as edge:
        page = await edge.get(f"/{(await edge.open(text)).code}/{name}")
    assert 200 == page.status_code
    assert "<b>Ås" not in page.text


async def test_an_unknown_meeting_has_none(tmp_path):
    async with serving(tmp_path) as edge:
        assert [404] * 3 == [(await edge.get(f"/10203040/{name}")).status_code for name in (*PAPERS, "qr-slide.svg")]
