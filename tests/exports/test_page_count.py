"""How many pages the files to take home have, as told before they are saved: what programs that read them find."""

import io

import openpyxl
import pptx
import pypdfium2

from live import exports
from tests.exports.test_office import many


def test_pages_slides_and_sheets_are_counted():
    room = many().room
    files = {format: exports.export(room, format) for format in ("pdf", "pptx", "xlsx", "docx", "csv")}
    found = {
        "pdf": len(pypdfium2.PdfDocument(files["pdf"])),
        "pptx": len(pptx.Presentation(io.BytesIO(files["pptx"])).slides),
        "xlsx": len(openpyxl.load_workbook(io.BytesIO(files["xlsx"])).worksheets),
        "docx": 0,
        "csv": 0,
    }
    assert found["pdf"] > 1
    assert found == {format: exports.count_pages(body, format) for format, body in files.items()}
