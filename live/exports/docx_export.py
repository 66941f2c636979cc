"""Writes the report as a Word document, for the municipality's records, with real headings."""

import io
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from live.exports.csv_export import printable
from live.exports.office_common import created, extra, steady
from live.exports.report_document import report
from live.exports.snapshot import Snapshot
from live.i18n import languages
from live.report_blocks import Answers, Block, Drops, Facts, Head, ReportDocument, Table, Text, Voices, Words

if TYPE_CHECKING:
    from docx.document import Document

INK, SOFT, LINE = "1B2430", "4A5563", "C9D0D8"
WIDTH = 162  # mm between the margins of an A4 page


def write(snapshot: Snapshot) -> bytes:
    with extra():
        import docx
    file, document = docx.Document(), report(snapshot)
    _set_up(file, snapshot, document)
    file.add_heading(printable(document.title), 0)
    for block in document.opening:
        _add(file, block)
    for section in document.sections:
        file.add_heading(printable(section.title), 1)
        for block in section.blocks:
            _add(file, block)
    out = io.BytesIO()
    file.save(out)
    return steady(out.getvalue(), created(snapshot))


def _set_up(file: "Document", snapshot: Snapshot, document: ReportDocument) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    about = file.core_properties
    about.title, about.author, about.comments = printable(document.title)[:255], "Innspill", ""
    about.language = languages.of(document.language).tag
    about.created = about.modified = created(snapshot)
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin = section.bottom_margin = Mm(22)
    ink = RGBColor.from_string(INK)
    for name, size, before in (
        ("Normal", 11, 0),
        ("Title", 24, 0),
        ("Heading 1", 16, 20),
        ("Heading 2", 12, 12),
        ("Heading 3", 11, 8),
    ):
        style: Any = file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), ink
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(5)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)  # a font of the theme would override ours
    for name in ("List Bullet", "Quote"):
        style = file.styles[name]
        style.paragraph_format.space_after, style.paragraph_format.keep_together = Pt(3), True
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), languages.of(document.language).tag)
    normal: Any = file.styles["Normal"].element
    normal.get_or_add_rPr().append(language)


def _add(file: "Document", block: Block) -> None:
    from docx.shared import RGBColor

    match block:
        case Text(text=content, soft=soft):
            run = file.add_paragraph().add_run(printable(content))
            if soft:
                run.font.color.rgb = RGBColor.from_string(SOFT)
        case Head(text=content, level=level):
            file.add_heading(printable(content), level + 1)
        case Facts(pairs=pairs):
            _table(file, [], [[name, value] for name, value in pairs], numbers=False)
        case Table(heads=heads, rows=rows, numbers=numbers, blank=blank, widths=shares):
            for row, quotes in zip(rows, block.quotes, strict=False):  # voices before figures
                if quotes:
                    file.add_heading(f"{printable(str(row[0]))} ({row[1]})", 2)
                    _list(file, quotes, "Quote", italic=False)
            _table(file, heads, rows, numbers=numbers, height=40 if blank else 0, shares=shares)
        case Words(words=words):
            paragraph = file.add_paragraph()
            for word, count in words:
                paragraph.add_run(f"{printable(word)}\u00a0")
                paragraph.add_run(str(count)).bold = True
                paragraph.add_run("   ")
        case Drops(groups=groups):
            file.add_paragraph(", ".join(printable(name) for _how, _n, name in groups))
        case Voices(voices=voices):
            for place, voice in enumerate(voices):
                _list(file, [voice.text], "Intense Quote" if place == 0 else "Quote", italic=False)
                said = file.add_paragraph().add_run(printable(voice.about))
                said.font.color.rgb = RGBColor.from_string(SOFT)
        case Answers(texts=texts, how=how):
            _list(file, texts, "Quote" if how == "quote" else "List Bullet", italic=how != "all")


def _list(file: "Document", texts: list[str], style: str, *, italic: bool) -> None:
    """One paragraph for each text. All are copies of the first, because making 10,000 one by one took 30 s."""
    from docx.text.run import Run

    if not texts:
        return
    paragraph = file.add_paragraph(style=style)
    paragraph.add_run().italic = italic or None
    pattern, last = deepcopy(paragraph._p), paragraph._p
    for place, content in enumerate(texts):
        if place:
            copy = deepcopy(pattern)
            last.addnext(copy)
            last = copy
        Run(last.r_lst[0], paragraph).text = printable(content)


def _table(
    file: "Document",
    heads: list[str],
    rows: list[list[Any]],
    *,
    numbers: bool,
    height: int = 0,
    shares: tuple[int, ...] = (),
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    lines = [*([heads] if heads else []), *rows]
    first = 28 if height else 75
    widths = [Mm(first), *[Mm((WIDTH - first) / (len(lines[0]) - 1))] * (len(lines[0]) - 1)]
    if shares:
        widths = [Mm(WIDTH * share / 100) for share in shares]
    table = file.add_table(len(lines), len(lines[0]), style="Table Grid" if height else None)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, (line, row) in enumerate(zip(lines, table.rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if heads and place == 0:
            properties.append(OxmlElement("w:tblHeader"))  # repeated on each page, and read by screen readers
        if height and place:
            row.height = Pt(height)
        for place_in_row, (value, cell) in enumerate(zip(line, row.cells, strict=True)):
            cell.width = widths[place_in_row]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(printable(str(value))).bold = bool(heads) and place == 0
            if numbers and place_in_row:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if not height:
                border, edge = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
                for name, content in (("val", "single"), ("sz", "4"), ("color", LINE)):
                    edge.set(qn(f"w:{name}"), content)
                border.append(edge)
                cell._tc.get_or_add_tcPr().append(border)
    file.add_paragraph().paragraph_format.space_after = Pt(2)
