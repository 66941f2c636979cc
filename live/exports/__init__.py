"""Exports: a room as a file in one of several formats (contract §6), all written from the same snapshot."""

import re
import unicodedata
from collections.abc import Callable

from live.exports import office_common, pdf_export, zip_export
from live.exports.content_hash import content_hash as content_hash
from live.exports.csv_export import write as write_csv
from live.exports.docx_export import write as write_docx
from live.exports.html_export import write as write_html
from live.exports.json_export import write as write_json
from live.exports.one_page import sheet as one_page_sheet
from live.exports.page_count import count_pages as count_pages
from live.exports.powerpoint.presentation import write as write_pptx
from live.exports.snapshot import Snapshot as Snapshot
from live.exports.snapshot import take_snapshot as take_snapshot
from live.exports.xlsx_export import write as write_xlsx
from live.room import Room

FORMATS: dict[str, tuple[str, Callable[[Snapshot], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "csv": ("text/csv; charset=utf-8", write_csv),
    "json": ("application/json", write_json),
    "html": ("text/html; charset=utf-8", write_html),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_docx),
    "pdf": ("application/pdf", pdf_export.write),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", write_pptx),
    "zip": ("application/zip", zip_export.write),
}

# The one-page sheet, from a snapshot, the address of the public page, and the id of the activity it is about.
SHEETS: dict[str, Callable[[Snapshot, str, str], bytes]] = {
    "html": one_page_sheet.write,
    "pdf": lambda snapshot, url, activity: pdf_export.of(one_page_sheet.write(snapshot, url, activity)),
}

# How to get what a format lacks.
INSTALL = {
    "office": "pip install 'innspill[office]'",
    "pdf": "pip install 'innspill[pdf]'",
    "pango": "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "font": "apt install fonts-noto-core",
}

WITH_PICTURES = ("json", "html", "docx", "pdf", "pptx", "zip")

HASH_HEADER = "Innspill-Content-SHA256"
PAGES_HEADER = "Innspill-Pages"
INSERTED_HEADER = "Innspill-Inserted"  # of a deck with results

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ŋ": "n", "đ": "d", "ŧ": "t", "ß": "ss"})


def missing() -> dict[str, str]:
    """The formats that can't be written on this machine, each with a key of INSTALL for what it lacks."""
    lacks = {"docx": office_common.missing(), "pdf": pdf_export.missing(), "pptx": office_common.missing()}
    return {format: extra for format, extra in lacks.items() if extra}


def export(room: Room, format: str, *, withheld: bool = False, rehearsal: bool = False) -> bytes:
    """
    *room* as one file; *format* is a key of FORMATS.

    Withheld answers have a row with time and reason; with *withheld* their text too. *rehearsal* includes the answers
    of pretend participants.
    """
    return write(take_snapshot(room, withheld=withheld, rehearsal=rehearsal), format)


def write(snapshot: Snapshot, format: str) -> bytes:
    return FORMATS[format][1](snapshot)


def file_name(room: Room, format: str) -> str:
    """A file name for any system: `innspill-25054015-naerdemokrati-og-samskaping.xlsx`."""
    title = unicodedata.normalize("NFKD", room.workshop.title.casefold().translate(_LETTERS))
    slug = re.sub(r"[^a-z0-9]+", "-", title.encode("ascii", "ignore").decode()).strip("-")[:60].rstrip("-")
    return "-".join(filter(None, ["innspill", room.code, slug])) + f".{format}"
