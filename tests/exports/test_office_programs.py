"""LibreOffice opens the exports: every answer is there once, as it was written, and none is a formula."""

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from live import exports
from tests.meeting import Meeting, one
from tests.text.labelled_answers import ANSWERS

ODD = [
    "=1+1",
    "+47 nye benker",
    "@SUM(A1)",
    "-2+3",
    "Čálli ŋ đ ŧ æøå ÆØÅ",
    "«sitat» – tankestrek …",
    "👩‍👩‍👧 familier",
    'a;b, "c"',
]
TEXTS = [text for _, text in ANSWERS] + ODD
TYPES = {"csv": "csv:Text - txt - csv (StarCalc):59,34,76,1", "txt": "txt:Text (encoded):UTF8"}

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def room():
    assert shutil.which("soffice"), "LibreOffice is missing: apt install libreoffice-calc libreoffice-writer-nogui"
    at = Meeting(one("open", "id=a many=200"))
    at.act("start", activity="a")
    for n, text in enumerate(TEXTS):
        at.answer(f"{n % 20:032x}", f"{n}", "a", text)
    at.act("close")
    at.act("reveal")
    return at.room


def opened(room, folder: Path, form: str, to: str) -> bytes:
    (folder / f"r.{form}").write_bytes(exports.export(room, form))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", TYPES.get(to, to),
         "--outdir", folder / "out", folder / f"r.{form}"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "out" / f"r.{to}").read_bytes()


def test_the_spreadsheet_holds_every_answer_once_and_no_formula(room, tmp_path):
    rows = list(csv.DictReader(io.StringIO(opened(room, tmp_path, "xlsx", "csv").decode()), delimiter=";"))
    assert sorted(TEXTS) == sorted(row["Svar"] for row in rows)
    assert b"table:formula" not in opened(room, tmp_path, "xlsx", "fods")


def test_the_document_holds_every_answer_once_among_all_answers(room, tmp_path):
    text = opened(room, tmp_path, "docx", "txt").decode("utf-8-sig")
    everything = text[text.rindex("Alle svar") :].splitlines()
    lines = [re.sub(r"^[•\s]+", "", line) for line in everything]
    flat = [" ".join(line.split()) for line in lines]
    for text in TEXTS:
        assert 1 == flat.count(" ".join(text.split())), text


def test_the_slides_open_with_their_letters(room, tmp_path):
    file = pypdfium2.PdfDocument(opened(room, tmp_path, "pptx", "pdf"))
    shown = "".join(page.get_textpage().get_text_range() for page in file)
    assert f"Svar: {len(TEXTS)}" in shown
    assert "Hva mener dere?" in shown
