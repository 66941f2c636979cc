"""Writes the results as a PowerPoint presentation, for a later meeting: a slide for each question, editable charts."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from live.exports.csv_export import printable
from live.exports.office_common import created, extra, steady, theme
from live.exports.powerpoint import drawing
from live.exports.powerpoint.look import EDGE, HIGH, SHORT, WIDE, Look, accent, ink
from live.exports.report_document import report
from live.exports.snapshot import Snapshot
from live.i18n import languages
from live.i18n.catalogs import translator
from live.report_blocks import Cell, Head, Pictures, Section, Table, Text, Voice, Voices

if TYPE_CHECKING:
    from pptx.slide import Slide

MOST_HIGH, LETTERS = 20, 105  # lines of a table on a slide, and letters in a line, at 14 points
ONE_LINE = 34  # letters in a title
TITLE_ONLY = 5  # among the layouts of an empty presentation


def write(snapshot: Snapshot) -> bytes:
    with extra():
        import pptx
    from pptx.util import Inches

    file, document, _ = pptx.Presentation(), report(snapshot), translator(snapshot.language)
    file.slide_width, file.slide_height = Inches(WIDE), Inches(HIGH)
    _dress(file, snapshot.colour)
    look = Look(file, file.slide_layouts[TITLE_ONLY], snapshot.language, colour=snapshot.colour)
    about = file.core_properties
    about.title, about.author = printable(document.title)[:255], "Innspill"
    about.language = languages.of(snapshot.language).tag
    about.created = about.modified = created(snapshot)
    first = look.slide(document.title, size=44 if len(document.title) <= ONE_LINE else 0)
    opening = [block.text for block in document.opening if isinstance(block, Text)]
    counts = [f"{_('Phones that answered')}: {snapshot.phones}", f"{_('Answers')}: {len(snapshot.rows)}"]
    if snapshot.took_part > snapshot.phones:
        counts.insert(1, f"{_('People who took part')}: {snapshot.took_part}")
    drawing.lines(look, first, opening + counts)
    for block in document.opening:
        if isinstance(block, Pictures):  # the logo
            drawing.logo(first, block.pictures[0])
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Voices):
                for place, voice in enumerate(block.voices):
                    _quote(look, voice, large=place == 0)
        if section.result:
            drawing.pictures(look, section)
            drawing.result(look, look.slide(section.title), section)
            tables(look, section)
        if section.followup:
            _replies(look, section)
    out = io.BytesIO()
    file.save(out)
    return steady(out.getvalue(), created(snapshot))


def _dress(file: Any, colour: str) -> None:
    """Give the master our theme; its ground is the paper."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    part._blob = theme(part.blob, colour)


def _quote(look: Look, voice: Voice, *, large: bool) -> None:
    """One answer on a slide of its own, with a drop beside where it comes from: open if nobody else gave it."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches, Pt

    high, size = HIGH - 2.6, 54 if large and len(voice.text) < SHORT else 40
    slide = look.slide(f"«{' '.join(voice.text.split())}»", size=size)
    title: Any = slide.shapes.title
    title.top, title.height = Inches(0.9), Inches(high)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    drop = slide.shapes.add_shape(MSO_SHAPE.TEAR, Inches(EDGE + 0.1), Inches(high + 1.28), Inches(0.24), Inches(0.24))
    drop.rotation = 180  # its point is to the left, below
    drop.shadow.inherit = False
    accent(drop.line.color)
    drop.line.width = Pt(2)
    if voice.alone:
        drop.fill.background()
    else:
        drop.fill.solid()
        accent(drop.fill.fore_color)
    drawing.lines(look, slide, [voice.about], top=high + 1.15, left=EDGE + 0.4, is_soft=True)


def _replies(look: Look, section: Section) -> None:
    """Promises on one slide, then the replies to themes, as many rows on each slide as fit."""
    if promised := [block.text for block in section.blocks if isinstance(block, Text)]:
        drawing.lines(look, look.slide(section.title), drawing.fitting(look, promised))
    about = ""
    for block in section.blocks:
        if isinstance(block, Head):
            about = block.text
        if isinstance(block, Table):
            for rows in _pages(look, block):
                title = f"{section.title}: {about}" if about else section.title
                _grid(look, look.slide(title), block, rows)
            about = ""


def tables(look: Look, section: Section) -> None:
    """The tables of *section* that stand on slides of their own."""
    for table in (block for block in section.blocks if isinstance(block, Table) and block.alone):
        for rows in _pages(look, table):
            _grid(look, look.slide(section.title), table, rows)


def _widths(table: Table) -> tuple[int, ...]:
    """In percent. Where the table does not say, the first column is as wide as three others, and half at most."""
    others = len(table.heads) - 1
    share = min(50, 300 // (3 + others))
    return table.widths or (100 - others * ((100 - share) // others), *[(100 - share) // others] * others)


def _pages(look: Look, table: Table) -> Iterator[list[list[Cell]]]:
    """The rows of a table, as many at a time as fit on a slide."""
    some: list[list[Cell]] = []
    taken = 0
    for row in table.rows:
        high = max(
            1 + len(_cut(look, str(cell))) * 100 // (LETTERS * share)
            for cell, share in zip(row, _widths(table), strict=True)
        )
        if some and taken + high + 1 > MOST_HIGH:
            yield some
            some, taken = [], 0
        some.append(row)
        taken += high + 1
    if some:
        yield some


def _grid(look: Look, slide: "Slide", table: Table, rows: list[list[Cell]]) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Inches, Pt

    lines: list[list[Cell]] = [[*table.heads], *rows]
    x, y, width, height = map(Inches, (look.left, look.top, look.wide, 0.45 * len(lines)))
    grid: Any = slide.shapes.add_table(len(lines), len(table.heads), x, y, width, height).table
    grid.horz_banding = False
    for column, share in zip(grid.columns, _widths(table), strict=True):
        column.width = Inches(look.wide * share / 100)
    for number, (row, line) in enumerate(zip(grid.rows, lines, strict=True)):
        for cell, content in zip(row.cells, line, strict=True):
            cell.text_frame.text = _cut(look, printable(str(content)))
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size, paragraph.font.bold = Pt(14), number == 0
                ink(paragraph.font.color)
            cell.fill.solid()
            cell.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2 if number == 0 else MSO_THEME_COLOR.LIGHT_1
            if number:
                cell.fill.fore_color.brightness = 0.6  # lighter than the paper


def _cut(look: Look, text: str) -> str:
    most = drawing.MOST_CUT * drawing.in_line(look)
    return text if len(text) <= most else text[: most - 1] + "…"
