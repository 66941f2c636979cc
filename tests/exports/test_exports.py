import csv
import io
import json
import re
import subprocess
from functools import cache
from html.parser import HTMLParser
from zipfile import ZipFile

import msgspec
import openpyxl
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live import exports
from live.events import AnswerSent
from live.exports.snapshot import COLUMNS, take_snapshot
from tests.meeting import START, Meeting, answer_id, at_writing, one

# What spreadsheets have been seen to run, or to fetch.
# The archive is made of the others.
EACH_FORMAT = [pytest.param(one, marks=pytest.mark.soak) if one == "zip" else one for one in exports.FORMATS]
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://example.org";"klikk")',
    "=cmd|' /C calc'!A0",
    "  =1+1",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "\u00a0@now",
]
TEXT = (
    "---\nformat: workshop/1\ntitle: Ønsker for bygda\nlanguage: {language}\norganisation: Bygda\n---\n\n"
    "## Hva er viktig?\n\n:::open{{id=viktig many}}\nSkriv kort.\n:::\n\n---\n\n"
    "## Hvor?\n\n:::choice{{id=sted pick=2}}\n- Skolen\n- =Torget\n:::\n\n---\n\n"
    "## Hvor fornøyd?\n\n:::scale{{id=enig min=1 max=5}}\n- Buss\n- Vei\n:::\n"
)


def meeting(language: str = "nb") -> Meeting:
    """Three phones and a paper note; one answer hidden, one deleted, one late, one withdrawn."""
    at = Meeting(TEXT.format(language=language))
    at.act("start", activity="viktig")
    at.answer("anne", "en", "viktig", "Flere benker")
    at.answer("bo", "to", "viktig", "Lys på stien")
    at.answer("kim", "tre", "viktig", "Noe stygt")
    at.answer("kim", "fire", "viktig", "Kari Nordmann bor i Storgata 1")
    at.answer("anne", "fem", "viktig", "Angret")
    at.withdraw("anne", "fem")
    at.act("add_answer", activity="viktig", id=answer_id("lapp"), text="Fra en lapp", via="paper", heads=2)
    at.act("hide_answer", id=answer_id("tre"), reason="personangrep")
    at.act("redact_answer", id=answer_id("fire"))
    at.act("close")
    at.now += 60_000
    at.answer("bo", "seks", "viktig", "For sent")
    at.act("start", activity="sted")
    at.answer("anne", "valg", "sted", value=["a", "b"])
    at.act("start", activity="enig")
    at.answer("bo", "skala", "enig", value={"a": 4, "b": 2})
    at.room.apply(AnswerSent(at=at.now, activity="enig", id="f" * 32, phone="robot", value={"a": 1}, via="rehearsal"))
    return at


def read_csv(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


def open_xlsx(body: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body))


def export_of(format: str, at: Meeting | None = None, **choices: bool) -> bytes:
    return exports.export(at.room, format, **choices) if at else of_the_meeting(format, **choices)


@cache
def of_the_meeting(format: str, **choices: bool) -> bytes:
    """A PDF takes a second, and each is asked for several times."""
    return exports.export(meeting().room, format, **choices)


# -- rows ---------------------------------------------------------------------------------------------------------


def test_csv_is_what_a_norwegian_spreadsheet_opens():
    body = export_of("csv")

    assert body.startswith(b"\xef\xbb\xbfanswer_id;room;workshop;activity_id;question;sent_at_local;sent_at_utc;phone;")
    assert body.endswith(b"\r\n")
    assert list(COLUMNS) == list(read_csv(body)[0])


def test_a_row_has_who_when_and_what():
    row = read_csv(export_of("csv"))[0]

    assert {
        "answer_id": answer_id("en"),
        "room": "25054015",
        "workshop": "Ønsker for bygda",
        "activity_id": "viktig",
        "question": "Hva er viktig?",
        "sent_at_local": "2027-01-15 09:00",
        "sent_at_utc": "2027-01-15T08:00Z",
        "phone": "P001",
        "heads": "1",
        "via": "phone",
        "text": "Flere benker",
        "shown_text": "Flere benker",
        "theme": "",
        "withheld": "no",
        "withheld_reason": "",
        "rev": "1",
        "name": "",
        "votes": "",
        "answered": "",
        "reply": "",
    } == row


def test_rows_come_in_order_of_arrival_and_a_withdrawn_answer_is_gone():
    names = ["en", "to", "tre", "fire", "lapp", "seks", "valg", "skala"]
    assert [answer_id(name) for name in names] == [row["answer_id"] for row in read_csv(export_of("csv"))]


def test_summer_time_is_written_correctly():
    at = Meeting(TEXT.format(language="nb"))
    at.now = 1_778_673_839_999  # 13 May 2026, 12:03:59.999 UTC
    at.act("start", activity="viktig")
    at.answer("anne", "en", "viktig", "Sol")

    row = read_csv(export_of("csv", at))[0]

    assert ("2026-05-13 14:03", "2026-05-13T12:03Z") == (row["sent_at_local"], row["sent_at_utc"])


def test_choices_and_ratings_are_written_out():
    texts = {row["answer_id"]: row["text"] for row in read_csv(export_of("csv"))}

    assert "Skolen; =Torget" == texts[answer_id("valg")]
    assert "Buss: 4; Vei: 2" == texts[answer_id("skala")]


def test_options_and_themes_are_told_apart_whatever_is_in_them():
    """
    In the cell of an answer that has several of them.
    """
    at = Meeting(
        TEXT.format(language="nb").replace("- Skolen\n- =Torget", '- Ja, gjerne\n- Nei; takk\n- "Kanskje"; vet ikke')
    )
    at.act("start", activity="sted")
    at.answer("anne", "valg", "sted", value=["a", "b"])
    at.answer("bo", "to", "sted", value=["b", "c"])
    at.act("start", activity="viktig")
    at.answer("anne", "tre", "viktig", "Lys og benker")
    at.act("make_theme", activity="viktig", id="tema-1", name="Lys; stier", ids=[answer_id("tre")])
    rows = {row["answer_id"]: row for row in read_csv(exports.export(at.room, "csv"))}

    def apart(cell: str) -> list[str]:
        return next(csv.reader([cell], delimiter=";", skipinitialspace=True))

    assert ["Ja, gjerne", "Nei; takk"] == apart(rows[answer_id("valg")]["text"])
    assert ["Nei; takk", '"Kanskje"; vet ikke'] == apart(rows[answer_id("to")]["text"])
    assert ["Lys; stier"] == apart(rows[answer_id("tre")]["theme"])


def test_a_note_on_paper_has_people_but_no_phone():
    row = next(row for row in read_csv(export_of("csv")) if row["via"] == "paper")
    assert ("", "2", "Fra en lapp") == (row["phone"], row["heads"], row["text"])


WITHHELD = {"tre": "Noe stygt", "seks": "For sent"}
REASONS = {"tre": "personangrep", "seks": "late", "fire": "redacted"}


def test_a_withheld_answer_has_only_time_and_reason():
    rows = {row["answer_id"]: row for row in read_csv(export_of("csv"))}

    for name, reason in REASONS.items():
        row = rows[answer_id(name)]
        assert ("", "", "yes", reason) == (row["text"], row["shown_text"], row["withheld"], row["withheld_reason"])
        assert row["sent_at_local"].startswith("2027-01-15 09:0")


def test_the_facilitator_can_export_withheld_texts_but_never_deleted_ones():
    rows = {row["answer_id"]: row for row in read_csv(export_of("csv", withheld=True))}

    assert WITHHELD == {name: rows[answer_id(name)]["text"] for name in WITHHELD}
    assert {""} == {rows[answer_id(name)]["shown_text"] for name in REASONS}
    assert "" == rows[answer_id("fire")]["text"]


def words_in(format: str, body: bytes) -> bytes:
    """All that stands in a file, where it is not plain bytes."""
    if format == "xlsx":
        return " ".join(str(cell.value) for sheet in open_xlsx(body) for row in sheet for cell in row).encode()
    if format in ("docx", "pptx", "zip"):
        with ZipFile(io.BytesIO(body)) as file:
            return b" ".join(map(file.read, file.namelist()))
    if format == "pdf":
        return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body)).encode()
    return body


@pytest.mark.parametrize("format", exports.FORMATS)
def test_no_format_leaks_what_was_held_back(format):
    body = words_in(format, export_of(format))
    for secret in [*WITHHELD.values(), "Kari Nordmann", "Angret", "robot"]:
        assert secret.encode() not in body
    assert b"Flere benker" in body


@pytest.mark.parametrize("format", EACH_FORMAT)
def test_no_format_has_what_waits_for_somebody_to_read_it(format):
    """
    Nor what was hidden in an answer that is shown, though both are kept for the record.
    """
    at = Meeting(TEXT.format(language="nb"))
    at.act("start", activity="viktig")
    at.answer("anne", "en", "viktig", "Flere benker")
    at.answer("bo", "to", "viktig", "Ring 91 23 45 67 om benker")
    at.answer("kim", "tre", "viktig", "Benker, sier Turid Hansen")
    at.act("mask_answer", id=answer_id("tre"))
    at.act(
        "make_theme", activity="viktig", id="t", name="Benker", ids=[answer_id(name) for name in ("en", "to", "tre")]
    )
    at.act("reveal")
    at.act("publish", without=True)
    body = words_in(format, exports.export(at.room, format))
    assert [] == [secret for secret in (b"91 23 45 67", b"Turid") if secret in body]
    assert b"enker" in body


def test_the_archive_has_the_single_exports_and_their_hashes(tmp_path):
    at = meeting()
    with ZipFile(io.BytesIO(export_of("zip", at))) as archive:
        archive.extractall(tmp_path)
    kept = {path.name for path in tmp_path.iterdir()}
    assert {"SHA256SUMS", *(f"innspill-25054015.{format}" for format in ("html", "json", "csv", "xlsx", "pdf"))} == kept
    for format in ("html", "json", "csv", "xlsx"):
        assert export_of(format, at) == (tmp_path / f"innspill-25054015.{format}").read_bytes()
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)


def test_a_withheld_choice_has_no_value():
    at = meeting()
    at.act("hide_answer", id=answer_id("valg"), reason="test")

    answer = next(one for one in json.loads(export_of("json", at))["answers"] if one["answer_id"] == answer_id("valg"))

    assert ("", None) == (answer["text"], answer["value"])


@pytest.mark.parametrize("format", EACH_FORMAT)
def test_rehearsal_answers_are_exported_only_when_asked_for(format):
    without, with_it = export_of(format), export_of(format, rehearsal=True)
    assert without != with_it
    if format == "csv":
        assert ["rehearsal"] == [row["via"] for row in read_csv(with_it) if row["answer_id"] == "f" * 32]
        assert "f" * 32 not in {row["answer_id"] for row in read_csv(without)}
    if format == "json":
        counted = [
            next(one for one in json.loads(body)["activities"] if one["id"] == "enig") for body in (without, with_it)
        ]
        assert [1, 2] == [one["results"]["n"] for one in counted]


def test_an_activity_edited_away_keeps_its_answers():
    """
    The question was removed from the workshop after people had answered it: their answers are still exported.
    """
    at = meeting()
    kept = TEXT.format(language="nb").split("---\n\n## Hvor?")[0]
    at.room.apply(msgspec.structs.replace(at.events[0], text=kept))

    assert 8 == len(read_csv(export_of("csv", at)))
    assert "sted" in {one["id"] for one in json.loads(export_of("json", at))["activities"]}


# -- nothing runs -------------------------------------------------------------------------------------------------


def hostile(text: str) -> Meeting:
    at = Meeting(TEXT.format(language="nb"))
    at.act("start", activity="viktig")
    at.room.apply(AnswerSent(at=START, activity="viktig", id="a" * 32, phone="anne", text=text))
    at.act("release_answers", answers={"a" * 32: 1})
    return at


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_never_runs_what_people_wrote(text):
    assert read_csv(export_of("csv", hostile(text)))[0]["text"].startswith("'")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_spreadsheet_never_runs_what_people_wrote(text):
    book = open_xlsx(export_of("xlsx", hostile(text)))

    cells = [cell for sheet in book for row in sheet for cell in row]
    assert set() == {cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink}
    assert text.strip() in {str(cell.value).strip() for cell in cells}


@pytest.mark.parametrize("text", FORMULAS)
def test_a_reason_and_a_title_do_not_run_either(text):
    at = meeting()
    at.act("restore_answer", id=answer_id("tre"))
    at.act("hide_answer", id=answer_id("tre"), reason=text)
    at.room.apply(msgspec.structs.replace(at.events[0], text=TEXT.format(language="nb").replace("Ønsker", "=1+Ønsker")))

    row = next(row for row in read_csv(export_of("csv", at)) if row["answer_id"] == answer_id("tre"))

    assert row["withheld_reason"].startswith("'")
    assert row["workshop"].startswith("'=1+")


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", "&lt;b&gt;", '"><svg onload=x>']
)
def test_the_page_shows_markup_as_it_was_typed(text):
    """
    And it loads nothing: it has no scripts, pictures or links.
    """
    body = export_of("html", hostile(text)).decode()
    tags = Tags()
    tags.feed(body)

    assert set() == tags.tags & {"script", "img", "svg", "link", "iframe", "a"}
    assert set() == tags.attributes & {"src", "href", "onerror", "onload", "style"}
    assert text not in body


@given(st.text(max_size=80))
@settings(max_examples=40)
def test_any_text_gives_files_that_open(text):
    """
    Control characters, lone surrogates and what XML can't hold are left out; all other text is in the file.
    """
    at = hostile(text)
    rows = read_csv(export_of("csv", at))
    sheet = open_xlsx(export_of("xlsx", at)).worksheets[0]

    assert 1 == len(rows)
    assert 2 == sheet.max_row
    assert "a" * 32 == sheet["Q2"].value
    export_of("html", at).decode()
    assert 1 == len(json.loads(export_of("json", at))["answers"])


# -- the spreadsheet ----------------------------------------------------------------------------------------------

SHEETS = {
    "nb": ["Svar", "Sammendrag", "Oppgaver", "Forklaring"],
    "nn": ["Svar", "Samandrag", "Oppgåver", "Forklaring"],
    "en": ["Answers", "Summary", "Activities", "Data dictionary"],
}
FIRST = {
    "nb": ["Tema", "Svar", "Spørsmål"],
    "nn": ["Tema", "Svar", "Spørsmål"],
    "en": ["Theme", "Answer", "Question"],
}


@pytest.mark.parametrize("language", SHEETS)
def test_the_spreadsheet_is_in_the_language_of_the_workshop(language):
    book = open_xlsx(export_of("xlsx", meeting(language)))

    assert SHEETS[language] == book.sheetnames
    headings = [cell.value for cell in book.worksheets[0][1]]
    assert FIRST[language] == headings[:3]
    assert {"nb": "Svar-id", "nn": "Svar-id", "en": "Answer id"}[language] == headings[-1]


def test_the_spreadsheet_holds_every_answer_once():
    at = at_writing()
    for phone in range(40):
        for number in range(3):
            at.answer(f"telefon {phone}", f"{phone}-{number}", "viktigst", f"Svar {number} fra {phone}")

    sheet = open_xlsx(export_of("xlsx", at)).worksheets[0]

    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    ids = {answer_id(f"{phone}-{number}") for phone in range(40) for number in range(3)}
    assert 120 == len(rows)
    assert ids == {row[-1] for row in rows}
    assert "A2" == sheet.freeze_panes
    assert "A1:Q121" == sheet.auto_filter.ref


def test_a_row_is_as_high_as_its_text_and_prints_without_ids():
    """
    Row heights are in the file, because some programs show one line of an answer and cut the rest.
    """
    at = hostile("Kort")
    at.answer("bo", "langt", "viktig", "Flere benker langs stien, og lys. " * 4)
    at.answer("bo", "linjer", "viktig", "Ei linje\nog ei til\nog ei til")
    at.room.apply(AnswerSent(at=START, activity="viktig", id="b" * 32, phone="anne", text="benk " * 2000))
    sheet = open_xlsx(export_of("xlsx", at)).worksheets[0]

    short, *_ = heights = [sheet.row_dimensions[row].height for row in range(2, 6)]
    assert [1, 4, 3] == [round((height - 3) / (short - 3)) for height in heights[:3]]
    assert 408 <= heights[3] <= 409  # a spreadsheet allows no higher row
    assert "'Svar'!$A$1:$I$5" == sheet.print_area
    assert "$1:$1" == sheet.print_title_rows
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # as wide as one page, as long as it takes
    assert 0 == sheet.page_setup.fitToHeight


def test_a_title_is_no_command_in_the_footer():
    at = meeting()
    at.room.apply(msgspec.structs.replace(at.events[0], text=TEXT.format(language="nb").replace("Ønsker", "A&B &P")))
    with ZipFile(io.BytesIO(export_of("xlsx", at))) as file:
        footer = re.search("<oddFooter>(.*?)</oddFooter>", file.read("xl/worksheets/sheet1.xml").decode())[1]
    assert "&amp;LA&amp;&amp;B &amp;&amp;P for bygda&amp;CSvar&amp;R&amp;P / &amp;N" == footer


def test_the_summary_counts_what_was_shown():
    book = open_xlsx(export_of("xlsx"))
    rows = {
        row[1]: row
        for row in book["Sammendrag"].iter_rows(min_row=2, values_only=True)
        if row[0] in ("Hvor?", "Hvor fornøyd?")
    }

    assert ("Hvor?", "Skolen (telefoner)", 1, 1, None, None) == rows["Skolen (telefoner)"]
    assert ("Hvor fornøyd?", "Buss (telefoner)", 1, None, 4, None) == rows["Buss (telefoner)"]


def test_choices_and_scales_are_drawn_beside_their_figures():
    """
    Each chart refers to the rows it shows, and its title is no formula.
    """
    at = meeting()
    at.room.apply(msgspec.structs.replace(at.events[0], text=TEXT.format(language="nb").replace("## Hvor?", "## =1+1")))
    sheet = open_xlsx(export_of("xlsx", at))["Sammendrag"]

    def cells(reference: str) -> list[object]:
        first, last = reference.split("!")[1].replace("$", "").split(":")
        return [cell.value for row in sheet[first:last] for cell in row]

    series = [chart.series[0] for chart in sheet._charts]
    assert [["Skolen (telefoner)", "=Torget (telefoner)"], ["Buss (telefoner)", "Vei (telefoner)"]] == [
        cells(one.cat.strRef.f if one.cat.strRef else one.cat.numRef.f) for one in series
    ]
    assert [[1, 1], [4, 2]] == [cells(one.val.numRef.f) for one in series]
    assert [None, None] == [one.tx.strRef for one in series]
    assert ["\u00a0=1+1", "Hvor fornøyd? (snitt)"] == [one.tx.v for one in series]


def test_the_dictionary_explains_every_column():
    keys = [row[1] for row in open_xlsx(export_of("xlsx"))["Forklaring"].iter_rows(min_row=2, values_only=True)]
    assert sorted(COLUMNS) == sorted(keys)
    assert ["theme", "text", "question"] == keys[:3]  # as in the sheet


def test_a_text_too_long_for_a_cell_is_cut_and_never_lost():
    book = open_xlsx(export_of("xlsx", hostile("å" * 40_000)))
    assert 32_767 == len(book.worksheets[0]["B2"].value)


# -- the others ---------------------------------------------------------------------------------------------------


def test_the_page_says_what_happens_next_and_how_it_was_done():
    """
    Who takes the answers further and when, or that nobody said so; what was held back and why; and how even the voices
    are, but not where so few answered that a share would point at somebody.
    """
    page = as_text(exports.export(meeting().room, "html").decode())
    assert "Tar svarene videre ikke oppgitt" in page
    assert "personangrep 1" in page
    assert "Svar skrevet inn for folk uten telefon 1" in page
    assert "Ingen telefon står for mer" not in page
    named = "owner: Ordføreren\nreport-by: 2027-06-01\norganisation:"
    at = Meeting(TEXT.format(language="nb").replace("organisation:", named))
    at.act("start", activity="viktig")
    for n in range(10):
        at.answer(f"p{n % 6}", f"s{n}", "viktig", f"Svar {n}")
    page = as_text(exports.export(at.room, "html").decode())
    assert "Tar svarene videre Ordføreren Svar kommer innen 01.06.2027" in page
    assert "Ingen telefon står for mer enn 20\u00a0% av svarene." in page
    assert "100\u00a0% av telefonene som var med" in page


def as_text(page: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<style>.*</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_json_holds_the_workshop_byte_for_byte():
    body = json.loads(export_of("json"))

    assert "innspill-export/2" == body["format"]
    assert TEXT.format(language="nb") == body["workshop"]["text"]
    assert ["viktig", "sted", "enig"] == [one["id"] for one in body["activities"]]
    assert {"a": 4, "b": 2} == body["answers"][-1]["value"]
    assert 1 == body["rehearsal_left_out"]


@pytest.mark.parametrize("format", EACH_FORMAT)
def test_the_same_room_gives_the_same_file(format):
    at = Meeting(TEXT.format(language="nb"))
    at.act("start", activity="viktig")
    at.answer("anne", "en", "viktig", "Flere benker")

    assert exports.export(at.room, format) == exports.export(at.replayed(), format)


def test_a_file_name_is_plain_ascii():
    for title, name in (
        ('Ål & "Ås"/../æ\\ \u202eџ', "-al-as-ae"),
        ("👩‍👧 مركز ❤️ 2030", "-2030"),
        ("\u200f👍", ""),
        ("CON", "-con"),
    ):
        at = Meeting(TEXT.format(language="nb").replace("Ønsker for bygda", title))
        assert f"innspill-25054015{name}.xlsx" == exports.file_name(at.room, "xlsx")


def test_a_hidden_slide_is_in_an_export_only_where_it_ran():
    text = one("open", "id=a") + "\n---\n\n## Ekstra {hidden}\n\n:::open{id=b}\nSkriv.\n:::\n"
    meeting = Meeting(text)
    assert ["a"] == exported(meeting)
    meeting.act("start", activity="b")
    assert ["a", "b"] == exported(meeting)


def exported(meeting: Meeting) -> list[str]:
    return [each.id for each in take_snapshot(meeting.room, withheld=False, rehearsal=False).activities]
