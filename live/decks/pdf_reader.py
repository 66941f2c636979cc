"""Reads a PDF with pypdfium2: a page of text as text, any other page as a picture with its text as the description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any, BinaryIO

from msgspec import Struct

from live.decks import file_kinds, languages, pictures
from live.decks.model import Deck, DeckSlide, Paragraph, Picture, Run, Text
from live.decks.remarks import Remarks
from live.i18n.catalogs import N_
from live.workshop.parser import MOST_SLIDES

LONGEST_TITLE = 200
LONGEST_ALT = 300  # characters; a longer text stands in a note, whole
MOST_LETTERS = 20_000  # of one page
MOST_LINES = 400  # of one page, that are compared to find how wide a column is
MOST_PATHS = 30  # drawn lines and areas: a page of text has a frame, a rule and a few bullets
LARGE = 0.04  # of the page: a smaller picture is a logo
LETTER = 0.5  # the width of a letter, in sizes of it
_BULLET = re.compile(r"^([•▪◦·●○■□‣⁃➢➤✓–-])\s*(?=\S)")
_NUMBER = re.compile(r"^(\d{1,2})[.)]\s*(?=[^\W\d])")


class _Line(Struct):
    """A line of a page, from `left` to `right` in points; `bottom` and `size` are those of its first letter."""

    text: str
    left: float
    right: float
    bottom: float
    size: float


def read(file: BinaryIO, remarks: Remarks) -> Deck:
    """The deck in *file*. Raises DeckRefused."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise file_kinds.locked(remarks) from None
        raise remarks.refuse(file_kinds.DAMAGED, part="PDF") from None
    with closing(document):
        if len(document) > MOST_SLIDES:
            raise remarks.refuse(
                N_("The deck has {n} slides, and a meeting at most {most}. Part it in two."),
                n=len(document), most=MOST_SLIDES,
            )  # fmt: skip
        files: dict[str, bytes] = {}
        slides: list[DeckSlide] = []
        said: list[str] = []
        for number in range(1, len(document) + 1):
            try:
                with closing(document[number - 1]) as page:
                    lines = list(_lines(page))
                    slides.append(_slide(page, lines, number, files, remarks))
                    said += [line.text for line in lines]
            except pypdfium2.PdfiumError:
                remarks.warn(number, N_("The page can't be read and is left out."))
        title = " ".join((document.get_metadata_dict(skip_empty=True).get("Title") or "").split())
    title = title or next((slide.title for slide in slides if slide.title), "")
    return Deck(title, languages.of_text(" ".join(said)), tuple(slides), files)


def _slide(page: Any, lines: list[_Line], number: int, files: dict[str, bytes], remarks: Remarks) -> DeckSlide:
    title, rest = _title(lines)
    if lines and not _has_figures(page):
        paragraphs = tuple(_paragraphs(rest))
        return DeckSlide(number, title, (Text(paragraphs),) if paragraphs else (), big=not paragraphs)
    wide, high = page.get_size()
    scale = pictures.LONGEST_SIDE / max(wide, high, 1)
    content, ending = pictures.page(page.render(scale=scale).to_pil())
    name = f"slide-{number}.{ending}"
    files[name] = content
    words = " ".join(line.text for line in rest)
    notes: tuple[str, ...] = ()
    if len(words) > LONGEST_ALT:
        notes = (words,)
        words = words[:LONGEST_ALT].rsplit(" ", 1)[0] + " …"
    if words or title:
        remarks.warn(number, N_("The page is a picture here, and its text the description. Read it over."))
    else:
        remarks.warn(number, N_("The page is a picture without text. Describe it between the brackets."))
    return DeckSlide(number, title, (Picture(name, alt=words or title),), notes)


def _has_figures(page: Any) -> bool:
    """Whether the page shows more than text: a picture that is no logo, or a drawing."""
    import pypdfium2.raw as pdfium

    wide, high = page.get_size()
    paths = 0
    for thing in page.get_objects(max_depth=4):
        if thing.type == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
        elif thing.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            left, bottom, right, top = thing.get_bounds()
            if abs((right - left) * (top - bottom)) > LARGE * wide * high:
                return True
        if paths > MOST_PATHS:
            return True
    return False


def _lines(page: Any) -> Iterator[_Line]:
    import pypdfium2.raw as pdfium

    with closing(page.get_textpage()) as text:
        count = min(text.count_chars(), MOST_LETTERS)
        start = 0
        content = [chr(pdfium.FPDFText_GetUnicode(text, at)) for at in range(count)]
        for at in [*(at for at, sign in enumerate(content) if sign in "\r\n"), count]:
            words = " ".join("".join(sign for sign in content[start:at] if sign.isprintable()).split())
            first = next((one for one in range(start, at) if not content[one].isspace()), None)
            if words and first is not None:
                last = next(one for one in range(at - 1, start - 1, -1) if not content[one].isspace())
                left, bottom, _, _ = text.get_charbox(first, loose=True)
                right = text.get_charbox(last, loose=True)[2]
                yield _Line(words, left, right, bottom, pdfium.FPDFText_GetFontSize(text, first))
            start = at + 1


def _title(lines: list[_Line]) -> tuple[str, list[_Line]]:
    """The lines with the largest letters, if they are larger than others and stand together; and the other lines."""
    if not lines:
        return "", []
    largest = max(line.size for line in lines)
    at = next(at for at, line in enumerate(lines) if line.size == largest)
    end = at
    while end < len(lines) and lines[end].size == largest and not (end > at and _starts_item(lines[end])):
        end += 1
    title = " ".join(line.text for line in lines[at:end])
    alone = len(lines) == end - at
    if len(title) > LONGEST_TITLE or (not alone and min(line.size for line in lines) > 0.9 * largest):
        return "", lines
    return title, [*lines[:at], *lines[end:]]


def _paragraphs(lines: list[_Line]) -> Iterator[Paragraph]:
    """*lines* with those that go on joined. Lists are known by their bullets, and their levels by where these stand."""
    margins = sorted({round(line.left / 8) for line in lines if _starts_item(line)})
    words, mark, number, level = "", "", 0, 0
    before: _Line | None = None
    for line in lines:
        bullet, counted = _BULLET.match(line.text), _NUMBER.match(line.text)
        if before and not bullet and not counted and _goes_on(before, line, lines):
            words += " " + line.text
        else:
            if words:
                yield Paragraph((Run(words),), level, mark, number)
            found = bullet or counted
            words = line.text[found.end() :] if found else line.text
            mark, number = ("-" if bullet else "1", int(counted[1]) if counted else 0) if found else ("", 0)
            level = margins.index(round(line.left / 8)) if found else 0
        before = line
    if words:
        yield Paragraph((Run(words),), level, mark, number)


def _starts_item(line: _Line) -> bool:
    return _BULLET.match(line.text) is not None or _NUMBER.match(line.text) is not None


def _goes_on(before: _Line, line: _Line, lines: list[_Line]) -> bool:
    """Whether *line* is the same paragraph: right below, and its first word had no place on the line before."""
    column = (one.right for one in lines[:MOST_LINES] if one.left < before.right and one.right > before.left)
    widest = max(column, default=before.right)
    close = 0 <= before.bottom - line.bottom < 1.6 * line.size and abs(before.size - line.size) < 0.5
    return close and before.right + LETTER * line.size * (1 + len(line.text.split()[0])) > widest
