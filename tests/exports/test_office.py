"""Word, PowerPoint and PDF exports, read with the libraries that write them; and the report they are made from."""

import io
import re
import socket
import subprocess
import sys
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import openpyxl
import pptx
import pypdfium2
import pytest
from pptx.enum.dml import MSO_FILL
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Emu

from live import exports
from live.errors import ExtraMissing
from live.exports.report_document import Table, Voices, report
from live.exports.voices import telling
from live.room.few import FEW, hidden_places
from live.workshop.accent import accent
from tests.exports.test_exports import FORMULAS, REASONS, TEXT, WITHHELD, hostile, meeting
from tests.exports.test_json_import import full
from tests.meeting import Meeting, answer_id

HEADINGS = {
    "nb": ["Hva som skjer videre", "Hva er viktig?", "Slik ble det gjort", "Alle svar"],
    "nn": ["Kva som skjer vidare", "Hva er viktig?", "Slik vart det gjort", "Alle svar"],
    "en": ["What becomes of it", "Hva er viktig?", "How it was done", "All answers"],
}


def document(at: Meeting, **choices: bool) -> docx.document.Document:
    return docx.Document(io.BytesIO(exports.export(at.room, "docx", **choices)))


def slides(at: Meeting) -> pptx.presentation.Presentation:
    return pptx.Presentation(io.BytesIO(exports.export(at.room, "pptx")))


def many() -> Meeting:
    at = Meeting(TEXT.format(language="nb"))
    at.act("start", activity="viktig")
    for phone in range(12):
        for n in range(3):
            at.answer(f"{phone:032x}", f"{phone}-{n}", "viktig", f"Svar {n} fra nummer {phone}")
    ids = [answer_id(f"{phone}-0") for phone in range(12)]
    at.act("make_theme", activity="viktig", id="stort", name="Stort", ids=ids[:7])
    at.act("make_theme", activity="viktig", id="lite", name="Lite", ids=ids[7:9])
    return at


def replied() -> Meeting:
    at = many()
    at.act("follow", activity="viktig", theme="stort", status="not", reason="Fylket sier <nei>", unit="Plan")
    at.act("follow", activity="viktig", theme="lite", status="doing", date="2027-03-01", unit="Samferdsel")
    at.act("promise", text="Vi svarer hver og en", who="Ordføreren")
    return at


REPLIES = (
    ["Stort", "Vi gjør det ikke", "Fylket sier <nei>", "Plan", ""],
    ["Lite", "Vi gjør det", "", "Samferdsel", "01.03.2027"],
)


def test_the_reply_to_each_theme_is_in_every_report():
    """
    The section is left out until there is a reply or a promise.
    """
    assert "Dere sa – vi gjør" not in exports.export(many().room, "html").decode()
    at = replied()
    page = exports.export(at.room, "html").decode()
    for line in ("«Vi svarer hver og en» – Ordføreren", "Vi gjør det ikke", "Fylket sier &lt;nei&gt;", "01.03.2027"):
        assert line in page
    in_document = [[cell.text for cell in row.cells] for table in document(at).tables for row in table.rows]
    shown = [[cell.text for cell in row.cells] for slide in slides(at).slides for shape in slide.shapes
             if shape.has_table for row in shape.table.rows]  # fmt: skip
    for row in REPLIES:
        assert row in in_document
        assert row in shown
    assert any("Vi svarer" in shape.text_frame.text for slide in slides(at).slides for shape in slide.shapes
               if shape.has_text_frame)  # fmt: skip


# -- the document -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", HEADINGS)
def test_the_document_has_headings_that_are_headings(language):
    file = document(meeting(language))
    headings = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]

    assert "Ønsker for bygda" == next(one.text for one in file.paragraphs if one.style.name == "Title")
    assert sorted(headings) == sorted(set(headings))
    assert HEADINGS[language] == [one for one in headings if one in HEADINGS[language]]
    assert language == file.core_properties.language[:2]


def test_the_document_holds_every_answer_once():
    """
    Besides, a few answers are shown as quotes, and marked as such.
    """
    at = many()
    listed = [one.text for one in document(at).paragraphs if one.style.name == "List Bullet"]
    quoted = {one.text for one in document(at).paragraphs if one.style.name == "Quote"}

    assert sorted(answer.text for answer in at.room.activities["viktig"].answers.values()) == sorted(listed)
    assert quoted < set(listed)


def test_every_file_for_people_has_the_same_sections():
    """
    But the form for priorities is only in the document, where one can write in it.
    """
    at = full()
    sections = report(exports.take_snapshot(at.room, withheld=False, rehearsal=False)).sections
    titles = [section.title for section in sections]
    read = [section.title for section in sections if not section.form]
    page = exports.export(at.room, "html").decode()

    assert titles == [one.text for one in document(at).paragraphs if one.style.name == "Heading 1"]
    assert len(titles) - 1 == len(read)
    assert read == [one.replace("&#x27;", "'") for one in re.findall("<h2>(.*?)</h2>", page)]


@pytest.mark.parametrize("format", ["html", "docx", "pptx", "json"])
def test_a_file_is_written_while_the_meeting_goes_on(format):
    """
    The file has the state of the moment when it was asked for, even if answers have been withdrawn since.
    """
    at, meanwhile = many(), many()
    snapshot = exports.take_snapshot(meanwhile.room, withheld=False, rehearsal=False)
    for phone in range(12):
        for n in range(3):
            meanwhile.withdraw(f"{phone:032x}", f"{phone}-{n}")

    assert exports.export(at.room, format) == exports.write(snapshot, format)


def test_a_table_repeats_its_headings_on_every_page_and_splits_no_row():
    table = next(one for one in document(many()).tables if one.rows[0].cells[0].text == "Tema")

    assert ["Uten tema", "", "27", "12"] == [cell.text for cell in table.rows[-1].cells]
    assert ["Stort", "", "7", "7"] == [cell.text for cell in table.rows[1].cells]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)


# -- the slides -------------------------------------------------------------------------------------------


def charts(at: Meeting) -> dict[str, object]:
    return {
        slide.shapes.title.text: shape.chart for slide in slides(at).slides for shape in slide.shapes if shape.has_chart
    }


def test_there_is_one_slide_for_each_result():
    titles = [slide.shapes.title.text for slide in slides(full()).slides]
    assert [
        "Ønsker for bygda",
        *3 * ["Dere sa – vi gjør"],
        "Hva er viktig?",
        "Hvor?",
        "Hvor fornøyd?",
        "Prikk",
        "Ett ord?",
    ] == [one.split(":")[0] for one in titles]


def test_charts_are_charts_and_hold_each_option_once():
    found = charts(full())

    assert ["Skolen", "\u00a0=Torget"] == list(found["Hvor?"].plots[0].categories)
    assert [1.0, 1.0] == list(found["Hvor?"].plots[0].series[0].values)
    assert ["Buss", "Vei"] == list(found["Hvor fornøyd?"].plots[0].categories)
    assert [("4", [1.0, 0.0])] == [
        (one.name, list(one.values)) for one in found["Hvor fornøyd?"].plots[0].series if one.name == "4"
    ]


def test_a_chart_has_a_description_for_those_who_cannot_see_it():
    shape = next(shape for slide in slides(full()).slides for shape in slide.shapes if shape.has_chart)
    assert "Benker" in shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_nothing_stands_outside_a_slide():
    file = slides(many())
    for slide in file.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left
            assert shape.left + shape.width <= file.slide_width
            assert shape.top + shape.height <= file.slide_height + Emu(1)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_table_behind_a_chart_runs_what_people_wrote(text):
    at = Meeting(TEXT.format(language="nb").replace("- Skolen", f"- x{text.strip()}").replace("- xxx", "- "))
    at.act("start", activity="viktig")
    at.answer("anne", "en", "viktig", "Svar")
    at.act("make_theme", activity="viktig", id="t", name=text, ids=[answer_id("en")])
    with ZipFile(io.BytesIO(exports.export(at.room, "pptx"))) as file:
        behind = [file.read(name) for name in file.namelist() if name.endswith(".xlsx")]

    cells = [
        cell for body in behind for sheet in openpyxl.load_workbook(io.BytesIO(body)) for row in sheet for cell in row
    ]

    assert cells
    assert [] == [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]


def snapshot_of(at: Meeting) -> exports.Snapshot:
    return exports.take_snapshot(at.room, withheld=False, rehearsal=False)


def spoken(front: str = "") -> Meeting:
    benches = (f"Flere benker ved vannet, nummer {n}" for n in range(6))
    at = asked(*benches, "Bussen til byen går for sjelden", front=front)
    at.act("make_theme", activity="viktig", id="b", name="Benker", ids=[answer_id(n) for n in "01234"])
    return at


def test_each_voice_has_a_slide_of_its_own_with_a_drop():
    """
    The quote is the title, so that it is listed and read aloud; the drop is open where nobody else said it.
    """
    said = [slide for slide in slides(spoken()).slides if slide.shapes.title.text.startswith("«")]

    assert ["«Flere benker ved vannet", "«Bussen til byen går for sjelden»"] == [
        one.shapes.title.text.split(", nummer")[0] for one in said
    ]
    drops = [next(shape for shape in one.shapes if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE) for one in said]
    assert [MSO_FILL.SOLID, MSO_FILL.BACKGROUND] == [drop.fill.type for drop in drops]


@pytest.mark.parametrize(("format", "name"), [("docx", "word/theme/theme1.xml"), ("pptx", "ppt/theme/theme1.xml")])
def test_the_theme_is_ours(format, name):
    """
    So that what somebody adds has the same colours and the same type.
    """
    with ZipFile(io.BytesIO(exports.export(many().room, format))) as file:
        written = file.read(name).decode()
    ElementTree.fromstring(written)
    assert 1 == written.count('<a:clrScheme name="Innspill">')
    assert '<a:accent1><a:srgbClr val="0B4F47"/>' in written
    assert {"Inter"} == set(re.findall('<a:latin typeface="([^"]*)"', written))


@pytest.mark.parametrize("own", ["#6D28D9", "#FFE14D"])
def test_the_colour_of_the_organisation_is_in_every_file(own):
    """
    As the public page has it: one that can't be read on paper is darkened.
    """
    at = spoken(f"theme: {own}\n")
    colour = accent(own.lower()).light
    assert (own == "#6D28D9") == (colour == own.lower())
    for format, inside in (("docx", "word/"), ("pptx", "ppt/"), ("xlsx", "xl/charts/")):
        with ZipFile(io.BytesIO(exports.export(at.room, format))) as file:
            written = b"".join(file.read(name) for name in file.namelist() if name.startswith(inside))
        assert colour[1:].upper().encode() in written, format
        assert b"0B4F47" not in written, format
    for page in (exports.export(at.room, "html"), exports.SHEETS["html"](snapshot_of(at), "", "")):
        assert colour in page.decode()
        assert "#0b4f47" not in page.decode()


def test_bars_in_the_document_are_as_long_as_their_share():
    table = next(one for one in document(many()).tables if one.rows[0].cells[0].text == "Tema")
    bars = [row.cells[1].paragraphs[0] for row in table.rows[1:]]

    assert all('w:fill="0B4F47"' in bar._p.xml for bar in bars)
    assert [7, 2, 27] == [round(27 * (1 - bar.paragraph_format.right_indent.mm / 46)) for bar in bars]


def test_a_slide_holds_no_more_text_than_there_is_room_for():
    at = Meeting(TEXT.format(language="nb").replace("many", "many max=400"))
    at.act("start", activity="viktig")
    for n in range(8):
        at.answer(f"{n:032x}", f"{n}", "viktig", f"{n} lange svar om benker og lys " * 9)
    for slide in slides(at).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape != slide.shapes.title:
                lines = [-(-len(one.text) // 75) for one in shape.text_frame.paragraphs]
                assert sum(lines) + len(lines) / 3 <= 12


def clouded(*words: str) -> Meeting:
    at = Meeting(TEXT.format(language="nb") + "\n---\n\n## Ett ord?\n\n:::words{id=ord}\nEtt.\n:::\n")
    at.act("start", activity="ord")
    for n, word in enumerate(words):
        at.answer(f"{n:032x}", f"{n}", "ord", word)
    return at


def test_a_cloud_is_drawn_in_every_report():
    """
    On the slide as text that can be edited, with a description; in the page as a picture; in the document in lines.
    """
    at = clouded("stille", "stille", "stille", "grønn", "grønn", "<b>", "fjord", "dugnad")
    slide = next(one for one in slides(at).slides if one.shapes.title.text == "Ett ord?")
    group = next(one for one in slide.shapes if one.shape_type == MSO_SHAPE_TYPE.GROUP)
    page = exports.export(at.room, "html").decode()
    sizes = {run.text: run.font.size.pt for one in document(at).paragraphs for run in one.runs if run.font.size}

    assert {"stille", "grønn", "<b>", "fjord", "dugnad"} == {one.text_frame.text for one in group.shapes}
    assert "stille 3; grønn 2" in group._element.nvGrpSpPr.cNvPr.get("descr")
    assert "stille (3), grønn (2)" in slide.notes_slide.notes_text_frame.text
    assert ["stille", "grønn", "&lt;b&gt;", "fjord", "dugnad"] == re.findall('data-word="(.*?)"', page)
    assert sizes["stille"] > sizes["grønn"] > sizes["fjord"]


def test_few_words_are_no_cloud():
    at = clouded("stille", "grønn", "fjord")
    assert "<svg" not in exports.export(at.room, "html").decode()
    assert "Ett ord?" in charts(at)


# -- the PDF ----------------------------------------------------------------------------------------------


def test_the_pdf_holds_every_answer_and_is_tagged():
    """
    Screen readers find its headings and tables; nothing in it is a link or runs.
    """
    at = many()
    body = exports.export(at.room, "pdf")
    file = pypdfium2.PdfDocument(body)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in file)

    assert pypdfium2.raw.FPDFCatalog_IsTagged(file)
    assert "Ønsker for bygda" == file.get_metadata_dict()["Title"]
    for answer in at.room.activities["viktig"].answers.values():
        assert answer.text in text
    assert not {b"/JavaScript", b"/URI", b"/Launch"} & set(re.findall(rb"/\w+", body))


def test_a_pdf_asks_nobody_for_anything():
    """
    Even if the page had an address, it would not be fetched.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/x.png"
        page = f"<html lang=nb><title>x</title><p>Svar</p><img alt=x src='{address}'>".encode()
        made = subprocess.run(
            [sys.executable, "-m", "live.exports.pdf_export"], input=page, capture_output=True, check=True
        )
        with pytest.raises(BlockingIOError):
            listening.accept()

    assert made.stdout.startswith(b"%PDF-")


# -- both -------------------------------------------------------------------------------------------------


def test_withheld_answers_are_in_the_report_when_asked_for():
    listed = " ".join(one.text for one in document(meeting(), withheld=True).paragraphs)
    assert all(text in listed for text in WITHHELD.values())
    assert 1 == listed.count(REASONS["tre"])


@pytest.mark.parametrize("format", ["docx", "pptx"])
@pytest.mark.parametrize("text", ["\x00\x0b\ufffe", "a" * 6000, "<w:p/>&amp;", "أهلا", "👩‍👩‍👧‍👦 é"])
def test_any_text_gives_a_file_that_opens(format, text):
    at = hostile(text)
    (document if format == "docx" else slides)(at)


def test_only_what_can_be_made_is_offered(monkeypatch):
    assert {} == exports.missing()
    for name in ("docx", "weasyprint"):
        monkeypatch.setitem(sys.modules, name, None)  # as if it had never been installed

    assert {"docx": "office", "pdf": "pdf", "pptx": "office"} == exports.missing()


@pytest.mark.parametrize(
    ("format", "library", "extra"),
    [("docx", "docx", "office"), ("pptx", "pptx", "office"), ("pdf", "weasyprint", "pdf")],
)
def test_without_the_libraries_the_error_says_what_to_install(format, library, extra, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)  # as if it had never been installed

    with pytest.raises(ExtraMissing, match=extra):
        exports.export(meeting().room, format)


# -- who took part ----------------------------------------------------------------------------------------

PLACES = TEXT.format(language="nb").replace("id=sted pick=2", "id=sted bakgrunn")


def table_of(counts: dict[str, int]) -> list[list[object]]:
    at = Meeting(PLACES)
    at.act("start", activity="sted")
    for option, count in counts.items():
        for n in range(count):
            at.answer(f"{option}-{n}", f"{option}-{n}", "sted", value=[option])
    sections = report(exports.take_snapshot(at.room, withheld=False, rehearsal=False)).sections
    who = next(one for one in sections if one.title == "Hvem var med")
    assert "Hvor?" not in [one.title for one in sections]
    return [row for block in who.blocks if isinstance(block, Table) for row in block.rows]


def test_counts_of_small_groups_are_hidden():
    assert [["Skolen", 7], ["=Torget", 5]] == table_of({"a": 7, "b": 5})
    assert [["Skolen", "færre enn 5"], ["=Torget", "færre enn 5"]] == table_of({"a": 7, "b": 4})


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [([16, 9, 4, 2], {2, 3}), ([16, 9, 4], {1, 2}), ([4], {0}), ([0, 9], set()), ([], set()), ([FEW], set())],
)
def test_hidden_counts_cannot_be_computed_from_the_total(counts, hidden):
    assert hidden == hidden_places(counts)


# -- the method -------------------------------------------------------------------------------------------


def test_the_method_counts_changed_withdrawn_and_suggested_answers():
    at = many()
    suggested = [answer_id("9-0"), answer_id("10-0")]
    at.withdraw(f"{0:032x}", "0-2")
    at.answer(f"{1:032x}", "1-2", "viktig", "Endret", rev=2)
    at.act("accept_suggestion", activity="viktig", id="forslag", name="Forslag", ids=suggested)
    at.now += 95_000
    at.act("close")

    page = re.sub(r"<[^>]+>|\s+", " ", exports.export(at.room, "html").decode())
    page = re.sub(r" +", " ", page)

    assert "Svar endret av dem som ga dem 1" in page
    assert "Svar trukket tilbake av dem som ga dem 1" in page
    assert "Av disse: foreslått av maskinen og godtatt av et menneske 2" in page
    assert "Temaer med slike forslag i 1" in page
    assert "1:35" in page


def test_priorities_are_there_to_be_filled_in():
    table = next(one for one in document(many()).tables if "Hvem gjør hva" in [cell.text for cell in one.rows[0].cells])
    assert ["Langsiktig 1", "Kortsiktig 1", "Kortsiktig 2", "Kortsiktig 3"] == [
        row.cells[0].text for row in table.rows[1:]
    ]


def test_quotes_are_few_and_word_for_word():
    whole = report(exports.take_snapshot(many().room, withheld=False, rehearsal=False))
    quotes = [block.quotes for one in whole.sections for block in one.blocks if isinstance(block, Table)]
    stort = next(rows for rows in quotes if rows)[0]
    assert 3 == len(stort)
    assert all(re.fullmatch(r"Svar 0 fra nummer [0-6]", text) for text in stort)


# -- voices -----------------------------------------------------------------------------------------------


def voices_of(at: Meeting) -> list[str]:
    blocks = report(exports.take_snapshot(at.room, withheld=False, rehearsal=False)).sections[0].blocks
    return [voice.text for block in blocks if isinstance(block, Voices) for voice in block.voices]


def asked(*texts: str, front: str = "") -> Meeting:
    at = Meeting(TEXT.format(language="nb").replace("language: nb\n", f"language: nb\n{front}"))
    at.act("start", activity="viktig")
    for n, text in enumerate(texts):
        at.answer(f"{n:032x}", f"{n}", "viktig", text)
    return at


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("test", False), ("test test 123", False), ("Testing 1 2", False), ("hei", False), ("Hei hei!", False),
        ("x", False), ("asdfasdf", False), ("123", False), ("...", False), ("👍", False), ("ok", False),
        ("Buss", True), ("Flere tester av drikkevannet", True), ("Hei, vi trenger buss", True), ("شكرا جزيلا", True),
    ],
)  # fmt: skip
def test_a_try_of_the_phone_is_no_voice(text, says):
    assert says == telling(text)


def test_the_report_begins_with_voices_and_one_of_them_stands_alone():
    """
    Before all tables: two that stand for many, and one that nobody else gave; a test of the phone is never one.
    """
    at = asked(
        "test test 123", "Flere benker langs stien", "Benker langs stien, takk", "Flere benker ved torget",
        "Bussen går for sjelden", "Bussen til byen går sjelden", "Få med dem som ikke pleier å komme",
    )  # fmt: skip
    at.act("make_theme", activity="viktig", id="b", name="Benker", ids=[answer_id(n) for n in "123"])
    at.act("make_theme", activity="viktig", id="c", name="Buss", ids=[answer_id(n) for n in "45"])

    benk, buss, alone = voices_of(at)

    assert "enker" in benk
    assert "Bussen" in buss
    assert "Få med dem som ikke pleier å komme" == alone
    page = exports.export(at.room, "html").decode()
    assert page.index("bare én skrev dette") < page.index("<table")
    assert "test test 123" in page[page.index("Alle svar") :]
    assert "test test 123" not in page[: page.index("Alle svar")]


def test_where_there_are_very_many_a_drop_stands_for_ten():
    """
    All rows of a table by the same measure, which is told below it.
    """
    at = Meeting(TEXT.format(language="nb"))
    at.act("start", activity="sted")
    for n in range(163):
        at.answer(f"{n:032x}", f"{n}", "sted", value=["a", "b"] if n < 41 else ["a"])
    page = exports.export(at.room, "html").decode()

    assert [17, 5] == [drops.count("<i>") for drops in re.findall('<span class="drops"(.*?)</span>', page)]
    assert "En dråpe står for 10." in page


def test_where_few_answered_no_voice_is_lifted():
    assert [] == voices_of(asked("Flere benker langs stien", "Flere benker langs vannet"))


def test_an_address_is_broken_only_after_a_slash():
    at = Meeting(
        TEXT.format(language="nb").replace("organisation:", "contact: https://x.no/en/lang/vei\norganisation:")
    )
    page = exports.export(at.room, "html").decode()
    steps = "".join(f"<span>{step}</span>" for step in ("https://x.no/", "en/", "lang/", "vei"))
    assert f'<span class="address">{steps}</span>' in page


def test_columns_in_which_nothing_is_written_are_left_out():
    at = many()
    at.act("follow", activity="viktig", theme="stort", status="doing", unit="Plan")
    table = next(one for one in document(at).tables if one.rows[0].cells[0].text == "Tema")
    assert ["Tema", "Status", "Ansvarlig enhet"] == [cell.text for cell in table.rows[0].cells]
