"""Turns a deck into a workshop in a zip: `workshop.md`, its pictures and films, and `report.json`."""

from __future__ import annotations

from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from msgspec import json

from live import workshop
from live.activities import SCHEMAS
from live.decks import file_kinds, odp_cleaner, pdf_reader, picture_limits, workshop_writer
from live.decks.model import Deck
from live.decks.powerpoint import reader as pptx_reader
from live.decks.remarks import Remarks
from live.decks.status import REPORT, TEXT, NeedsLibreOffice, Report
from live.errors import DeckRefused, WorkshopInvalid
from live.i18n.catalogs import N_


def convert(file: BinaryIO, out: BinaryIO, remarks: Remarks) -> Report:
    """Read the deck in *file* and write the zip to *out*. Raises DeckRefused, NeedsLibreOffice, MemoryError."""
    kind = file_kinds.kind_of(file, remarks)
    if kind == file_kinds.ODP:
        odp_cleaner.clean(file, out, remarks)
        raise NeedsLibreOffice
    deck = pdf_reader.read(file, remarks) if kind == file_kinds.PDF else _read_pptx(file, remarks)
    if not deck.slides:
        raise remarks.refuse(N_("The deck has no slide that can be read."))
    deck = picture_limits.kept(deck, remarks)
    text = workshop_writer.write(deck, remarks)
    _check(text, remarks)
    report = Report(len(deck.slides), len(deck.files), remarks.found)
    # Stored as they are: pictures and films are compressed already, and presenter/new/deck.js reads the texts.
    with ZipFile(out, "w", ZIP_STORED) as archive:
        archive.writestr(ZipInfo(TEXT), text.encode())
        archive.writestr(ZipInfo(REPORT), json.format(json.encode(report), indent=1))
        for name, content in deck.files.items():
            archive.writestr(ZipInfo(name), content)
    return report


def _read_pptx(file: BinaryIO, remarks: Remarks) -> Deck:
    try:
        return pptx_reader.read(file, remarks)
    except (DeckRefused, MemoryError, ImportError):
        raise
    except Exception:  # python-pptx raises anything where a file is not as it should be
        raise remarks.refuse(file_kinds.DAMAGED, part=file_kinds.first_damaged(file) or "ppt") from None


def _check(text: str, remarks: Remarks) -> None:
    """Whether the text can be opened as a meeting: only one that is too long can't."""
    try:
        workshop.parse(text, SCHEMAS, translate=remarks.say)
    except WorkshopInvalid as invalid:
        message = "; ".join(f"{one.line}: {one.message}" for one in invalid.problems[:3])
        raise remarks.refuse(
            N_("The text of the deck makes no workshop ({why}). Part it in two."), why=message
        ) from None
