"""A new language is one entry and a folder of catalogues. Tried with Danish, which the project does not have."""

import io
import re
from datetime import date

import docx
import pytest
from babel.messages import Catalog, mofile
from openpyxl import load_workbook

from live import exports
from live.i18n import catalogs, dates, languages
from live.i18n.languages import LANGUAGES, Language
from live.web.pages import templates
from tests.exports.test_exports import meeting
from tests.web.edge import serving

SENTENCES = {
    "Enter the code on the screen": "Skriv koden på skærmen",
    "We can't find the code {code}. Check the numbers on the screen.": "Vi finder ikke koden {code}.",
    "Answers": "Svarene",
    "All answers": "Alle svarene",
    "May": "maj",
}


@pytest.fixture
def danish(monkeypatch, tmp_path):
    folder = tmp_path / "locale" / "da" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog = Catalog(locale="da")
    for id, string in SENTENCES.items():
        catalog.add(id, string)
    with (folder / "common.mo").open("wb") as file:
        mofile.write_mo(file, catalog)
    monkeypatch.setattr(catalogs, "LOCALES", tmp_path / "locale")
    monkeypatch.setitem(LANGUAGES, "da", Language("Dansk", "da-DK"))
    made_once = (catalogs.translations, templates.environment)
    for made in made_once:
        made.cache_clear()
    yield
    for made in made_once:
        made.cache_clear()


def menu(page: str) -> list[tuple[str, str]]:
    nav = re.search(r'<nav class="languages".*?</nav>', page, re.DOTALL)
    assert nav
    return re.findall(r'lang="(\w+)"[^>]*>([^<]+)<', nav[0])


async def test_until_then_a_dane_reads_bokmaal(tmp_path):
    async with serving(tmp_path) as edge:
        page = await edge.get("/", headers={"Accept-Language": "da"})

    assert "nb" == page.headers["content-language"]
    assert [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")] == menu(page.text)


async def test_a_page_and_the_menu_are_in_it(tmp_path, danish):
    """
    Sentences without a translation are shown in English, and no page fails.
    """
    async with serving(tmp_path) as edge:
        page = await edge.get("/", headers={"Accept-Language": "da-DK,da;q=0.9,nb;q=0.8"})
        pages = [await edge.get(path) for path in ("/new?lang=da", "/about?lang=da", "/accessibility?lang=da")]

    assert "da" == page.headers["content-language"]
    assert '<html lang="da">' in page.text
    assert "Skriv koden på skærmen" in page.text
    assert ("da", "Dansk") == menu(page.text)[-1]
    for page in pages:
        assert 200 == page.status_code
        assert re.search('<html lang="da"[ >]', page.text)


async def test_a_meeting_in_it_is_led_and_answered(tmp_path, danish):
    async with serving(tmp_path) as edge:
        opened = await edge.open(
            "---\nformat: workshop/1\ntitle: Møde\nlanguage: da\nreport-by: 2027-05-02\n---\n\n"
            "## Hvad er vigtigt?\n\n:::words{id=a many}\n:::\n"
        )
        await edge.act(opened, "start", activity="a")
        await edge.act(opened, "rehearse", people=3)
        phone = await edge.get(f"/{opened.code}")
        report = await edge.get(f"/{opened.code}/report")

    assert '<html lang="da">' in phone.text
    assert '<main id="stage" lang="da">' in phone.text
    assert "2. maj 2027" in report.text


def test_a_date_is_written_in_it(danish):
    assert "2. maj 2027" == dates.written(date(2027, 5, 2), "da")
    assert "2. June 2027" == dates.written(date(2027, 6, 2), "da")


def test_files_are_written_in_it(danish):
    room = meeting("da").room

    book = load_workbook(io.BytesIO(exports.export(room, "xlsx")))
    document = docx.Document(io.BytesIO(exports.export(room, "docx")))
    page = exports.export(room, "html").decode()

    assert "Svarene" == book.sheetnames[0]
    assert "da-DK" == document.core_properties.language
    assert "Alle svarene" in [one.text for one in document.paragraphs]
    assert '<html lang="da">' in page
    assert b"PK" == exports.export(room, "pptx")[:2]
    assert re.search(r"\d\d\.\d\d\.\d{4} kl\. \d\d\.\d\d", page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_get_their_own_language(language):
    assert language == languages.for_reader(language)


@pytest.mark.parametrize(
    ("language", "written"),
    [("nb", "2. mai 2027"), ("nn", "2. mai 2027"), ("en", "2 May 2027"), ("gone", "2. May 2027")],
)
def test_a_date_is_written_as_its_readers_write_it(language, written):
    assert written == dates.written(date(2027, 5, 2), language)
