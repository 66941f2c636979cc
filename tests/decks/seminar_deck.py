"""
The seminar as a deck of 25 slides, as its facilitator might have made it in PowerPoint: from the words of
examples/naerdemokrati.md, with grouped shapes, a figure, a table, builds, notes, a map and a film.

`python -m tests.decks.seminar_deck FILE.pptx` writes it. tests/data/seminar_impress.pptx is that file, opened in
LibreOffice Impress and saved as .odp, and then saved from there as .pptx.
"""

import re
import sys
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from live.workshop import Slide
from tests.decks import decks
from tests.meeting import SEMINAR
from tests.reading import parse

TITLE, CONTENT, SECTION, COMPARISON, TITLE_ONLY = 0, 1, 2, 4, 5
MAP_ALT = "Kart over kommunen med stedskategoriene: by, tettsteder og grender"
STEPS = ("Diskuter med sidemannen (2 min)", "Alle legger inn innspill i Menti. Det er mulig å legge inn flere svar.")
WAY = "Gå til menti.com og bruk koden 2505 4015"
COMES_LATER = "Hva går igjen?"  # is in the workshop, and was not in the deck


def make() -> bytes:
    deck = Presentation()
    deck.core_properties.title = "Nærdemokrati og samskaping"
    for at, written in enumerate(one for one in parse(SEMINAR)[0].slides if one.title != COMES_LATER):
        _slide(deck, written, first=at == 0)
    hidden = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    hidden.shapes.title.text = "Reserve: budsjett"
    hidden._element.set("show", "0")
    for run in (run for slide in deck.slides for run in slide._element.iter(f"{decks.A}rPr")):
        run.set("lang", "nb-NO")
    return decks.saved(deck)


def _slide(deck: Any, written: Slide, *, first: bool) -> None:
    special = {"Stedskategorier": _map, "NÆRDEI": _film, "Typologi for samskaping (Jens Ulrich)": _figure}
    layout = TITLE if first else SECTION if written.big else CONTENT
    if "### " in written.body:
        layout = COMPARISON
    elif written.title in special or "|---" in written.body or written.activities or written.title[0] == "[":
        layout = TITLE_ONLY
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    slide.shapes.title.text = written.title.strip("[]")
    for shape in [one for one in slide.placeholders if one.placeholder_format.idx in (10, 11, 12)]:
        shape._element.getparent().remove(shape._element)
    if written.notes:
        slide.notes_slide.notes_text_frame.text = written.notes
    if written.title in special:
        special[written.title](slide)
    elif layout == COMPARISON:
        _columns(slide, written.body)
    elif "|---" in written.body:
        _table(slide, written.body)
    elif written.activities:
        _poll(slide)
    elif layout == TITLE_ONLY:
        _text(decks.box(slide, "", 0.5, 1.5, 9, 5), written.body)
    elif written.body.strip():
        _text(slide.placeholders[1], written.body)
        if written.steps:
            at = [one for one, line in enumerate(_lines(written.body)) if line.startswith("+")]
            decks.add_builds(slide, [[(slide.placeholders[1], one)] for one in at])


def _lines(body: str) -> list[str]:
    return [line for line in body.split("\n") if line.strip()]


def _text(shape: Any, body: str) -> None:
    """The lines of *body* as paragraphs."""
    is_placeholder = shape.is_placeholder
    for at, line in enumerate(_lines(body)):
        paragraph = shape.text_frame.paragraphs[0] if at == 0 else shape.text_frame.add_paragraph()
        item = re.match(r"( *)([-+]|\d+\.) (.*)", line)
        words = (item[3] if item else line).lstrip("> ")
        decks.runs(paragraph, words)
        if item:
            paragraph.level = len(item[1]) // 2
        if item and item[2][0].isdigit():
            decks.numbered(paragraph)
        elif item and not is_placeholder:
            decks.bullet(paragraph)
        elif not item:
            decks.without_bullet(paragraph)


def _columns(slide: Any, body: str) -> None:
    lead, *columns = re.split(r"^### ", body, flags=re.MULTILINE)
    assert not lead.strip()
    for at, column in enumerate(columns):
        heading, _, rest = column.partition("\n")
        slide.placeholders[1 + 2 * at].text = heading
        _text(slide.placeholders[2 + 2 * at], rest)


def _table(slide: Any, body: str) -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in _lines(body) if not line.startswith("|---")
    ]
    frame = slide.shapes.add_table(len(rows), len(rows[0]), Inches(0.5), Inches(1.5), Inches(9), Inches(5))
    for at, row in enumerate(rows):
        for across, cell in enumerate(row):
            decks.runs(frame.table.cell(at, across).text_frame.paragraphs[0], cell)


def _figure(slide: Any) -> None:
    """Two by two fields in a group, drawn in another order than they are read in, with the axes beside."""
    group = slide.shapes.add_group_shape()
    fields = [
        (3, 4.5, "Styrt samskaping (Informasjon)"), (6.2, 4.5, "Ansvarliggjørende samskaping (Medvirkning)"),
        (6.2, 2.5, "Fasiliterende samskaping"), (3, 2.5, "Likeverdig samskaping"),
    ]  # fmt: skip
    shapes = []
    for left, top, text in fields:
        shape = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(left), Inches(top), Inches(3), Inches(1.8))
        shape.text_frame.text = text
        shapes.append(shape)
    for left, top, text in (
        (3, 1.6, "Oss selv som sentral aktør"), (6.2, 1.6, "De andre som sentral aktør"),
        (0.3, 3, "Uforutsigbarhet"), (0.3, 5, "Forutsigbarhet"),
    ):  # fmt: skip
        decks.box(slide, text, left, top, 2.6, 0.6)
    decks.add_builds(slide, [[(shape, None)] for shape in shapes])


def _map(slide: Any) -> None:
    decks.box(slide, "Fra kommuneplanens samfunnsdel 2021–2030, s. 43", 0.5, 6.5, 9, 0.5)
    shown = slide.shapes.add_picture(decks.picture(), Inches(2), Inches(1.5), Inches(3), Inches(4.5))
    shown.crop_left = 0.5
    shown._element.nvPicPr.cNvPr.set("descr", MAP_ALT)


def _film(slide: Any) -> None:
    slide.shapes.add_movie(
        decks.film(), Inches(1), Inches(1.5), Inches(8), Inches(5), poster_frame_image=decks.picture("darkgreen")
    )


def _poll(slide: Any) -> None:
    steps = decks.box(slide, STEPS[0], 0.5, 2, 9, 2)
    steps.text_frame.add_paragraph().text = STEPS[1]
    for paragraph in steps.text_frame.paragraphs:
        decks.numbered(paragraph)
    decks.box(slide, WAY, 0.5, 6, 9, 0.6)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(make())
