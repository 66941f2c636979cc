"""Writes the report as a Word document, for the municipality's records, with real headings."""

import io
from copy import deepcopy
from math import sqrt
from typing import TYPE_CHECKING, Any

from live.exports import cloud_layout
from live.exports.csv_export import printable
from live.exports.office_common import (
    FONT,
    INK,
    LINE,
    PANOSE,
    SOFT,
    STEADY_FONT,
    as_office_reads,
    as_office_writes,
    created,
    extra,
    steady,
    theme,
)
from live.exports.planes import painted
from live.exports.report_document import report
from live.exports.snapshot import Snapshot
from live.i18n import languages
from live.report_blocks import (
    Answers,
    Block,
    Drops,
    Facts,
    Head,
    Picture,
    Pictures,
    Plane,
    ReportDocument,
    Table,
    Text,
    Voices,
    Words,
)

if TYPE_CHECKING:
    from docx.document import Document

WIDTH = 162  # mm between the margins of an A4 page
BARS = 50  # mm; the width of the longest bar


def write(snapshot: Snapshot) -> bytes:
    with extra():
        import docx
    file, document = docx.Document(), report(snapshot)
    _set_up(file, snapshot, document)
    file.add_heading(printable(document.title), 0)
    colour = as_office_writes(snapshot.colour)
    for block in document.opening:
        _add(file, block, colour)
    for section in document.sections:
        file.add_heading(printable(section.title), 1)
        _cloud(file, section.cloud)
        for block in section.blocks:
            _add(file, block, colour)
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
        ("Normal", 10.5, 0),
        ("Title", 28, 0),
        ("Heading 1", 17, 22),
        ("Heading 2", 12, 12),
        ("Heading 3", 10.5, 8),
        ("Quote", 11, 2),
        ("Intense Quote", 16, 10),
    ):
        style: Any = file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), ink
        if name != "Normal":
            style.font.bold, style.font.italic = name != "Quote", False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(5)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for themed in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(themed), None)  # a font of the theme would override ours
    for name, side, width, colour, space in (
        ("Title", "", 0, "", 0),
        ("Heading 1", "top", 16, INK, 8),  # as a rule begins each part on the other faces
        ("Quote", "left", 24, as_office_writes(snapshot.colour), 8),
        ("Intense Quote", "", 0, "", 0),
    ):
        _edge(file.styles[name], side, width, colour, space)
    for name in ("Quote", "Intense Quote"):
        style = file.styles[name]
        style.paragraph_format.left_indent = Mm(4 if name == "Quote" else 0)
        style.paragraph_format.right_indent = Mm(0)
        style.paragraph_format.keep_with_next = name == "Intense Quote"
    _fonts(file, snapshot.colour)
    for name in ("List Bullet", "Quote"):
        style = file.styles[name]
        style.paragraph_format.space_after, style.paragraph_format.keep_together = Pt(3), True
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), languages.of(document.language).tag)
    normal: Any = file.styles["Normal"].element
    normal.get_or_add_rPr().append(language)


def _edge(style: Any, side: str, width: int, colour: str, space: int) -> None:
    """Take away the lines of a style, and draw one on one side."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if side:
        borders, edge = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
        for name, content in (("val", "single"), ("sz", str(width)), ("space", str(space)), ("color", colour)):
            edge.set(qn(f"w:{name}"), content)
        borders.append(edge)
        # The order of a paragraph's properties is fixed: lines stand after what keeps it together.
        before = [one for one in properties if one.tag in {qn(f"w:{name}") for name in _BEFORE_BORDERS}]
        properties.insert(properties.index(before[-1]) + 1 if before else 0, borders)


_BEFORE_BORDERS = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr")


def _fonts(file: "Document", colour: str) -> None:
    """Our theme; and what stands in for our font where it is not installed."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    for related in file.part.rels.values():
        if related.reltype == RELATIONSHIP_TYPE.THEME:
            related.target_part._blob = theme(related.target_part.blob, colour, ground="FFFFFF")
        if related.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            ours = (
                f'<w:font w:name="{FONT}"><w:altName w:val="{STEADY_FONT}"/><w:panose1 w:val="{PANOSE}"/>'
                '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
            )
            related.target_part._blob = related.target_part.blob.replace(b"</w:fonts>", ours.encode())


def _add(file: "Document", block: Block, colour: str) -> None:
    from docx.shared import Pt, RGBColor

    match block:
        case Text(text=content, soft=soft):
            run = file.add_paragraph().add_run(printable(content))
            if soft:
                run.font.color.rgb = RGBColor.from_string(SOFT)
        case Head(text=content, level=level):
            file.add_heading(printable(content), level + 1)
        case Facts(pairs=pairs):
            _table(file, [], [[name, value] for name, value in pairs], numbers=False, colour=colour)
        case Table(heads=heads, rows=rows, numbers=numbers, blank=blank, widths=shares):
            for row, quotes in zip(rows, block.quotes, strict=False):  # voices before figures
                if quotes:
                    file.add_heading(f"{printable(str(row[0]))} ({row[1]})", 2)
                    _list(file, quotes, "Quote", italic=False)
            if block.drops:
                heads, rows = [heads[0], "", *heads[1:]], [[row[0], "", *row[1:]] for row in rows]
            _table(
                file, heads, rows, numbers=numbers, height=40 if blank else 0, shares=shares, bars=block.drops,
                colour=colour,
            )  # fmt: skip
        case Words(words=words):
            paragraph = file.add_paragraph()
            for word, count in words:
                paragraph.add_run(f"{printable(word)}\u00a0")
                paragraph.add_run(str(count)).bold = True
                paragraph.add_run("   ")
        case Pictures(pictures=pictures):
            _pictures(file, pictures)
        case Plane():
            _pictures(file, [painted(block)])
        case Drops(groups=groups):
            file.add_paragraph(", ".join(printable(name) for _how, _n, name in groups))
        case Voices(voices=voices):
            for place, voice in enumerate(voices):
                said = file.add_paragraph(style="Intense Quote").add_run(f"«{printable(voice.text)}»")
                said.font.size = Pt(26 if place == 0 and len(voice.text) <= 80 else 16)
                about = file.add_paragraph().add_run(printable(voice.about))
                about.font.color.rgb = RGBColor.from_string(SOFT)
        case Answers(texts=texts, how=how):
            _list(file, texts, "Quote" if how == "quote" else "List Bullet", italic=how == "withheld")


def _pictures(file: "Document", pictures: list[Picture]) -> None:
    """One alone as wide as the text, several side by side below each other's words."""
    from docx.shared import Emu, Mm, RGBColor

    for one in pictures:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = bool(one.told)
        shape = paragraph.add_run().add_picture(io.BytesIO(as_office_reads(one.body)))
        wide, high = (120, 90) if len(pictures) == 1 else (60, 45)
        scale = min(Mm(wide) / shape.width, Mm(high) / shape.height)
        shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
        shape._inline.docPr.set("descr", printable(one.alt))
        if one.told:
            run = file.add_paragraph().add_run(printable(one.told))
            run.font.color.rgb = RGBColor.from_string(SOFT)


def _cloud(file: "Document", words: list[tuple[str, int]]) -> None:
    """The words in lines, each as large as it is used much: text that can be edited, in any script."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    if not words:
        return
    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    most = max(cloud_layout.LEAST_MOST, words[0][1])
    # The most used in the middle, as where they are placed.
    for word, count in [*words[1::2][::-1], *words[::2]]:
        run = paragraph.add_run(printable(word).replace(" ", "\u00a0"))
        run.font.size, run.bold = Pt(max(10, round(32 * sqrt(count / most)))), True
        paragraph.add_run("   ")


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
    colour: str,
    height: int = 0,
    shares: tuple[int, ...] = (),
    bars: bool = False,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    lines = [*([heads] if heads else []), *rows]
    first = 28 if height else 60
    widths = [Mm(first), *[Mm((WIDTH - first) / (len(lines[0]) - 1))] * (len(lines[0]) - 1)]
    if bars:
        rest = Mm((WIDTH - first - BARS) / (len(lines[0]) - 2))
        widths = [Mm(first), Mm(BARS), *[rest] * (len(lines[0]) - 2)]
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
            run = paragraph.add_run(printable(str(value)))
            run.bold = bool(heads) and place == 0
            if shares:
                run.font.size = Pt(9.5)  # five columns
            if numbers and place_in_row:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if not height:
                border, edge = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
                for name, content in (("val", "single"), ("sz", "4"), ("color", LINE)):
                    edge.set(qn(f"w:{name}"), content)
                border.append(edge)
                cell._tc.get_or_add_tcPr().append(border)
    if bars:
        most = max((row[2] for row in rows if isinstance(row[2], int)), default=0)
        for row, written in zip(rows, table.rows[1:], strict=True):
            _bar(written.cells[1].paragraphs[0], row[2] / most if most and isinstance(row[2], int) else 0, colour)
    file.add_paragraph().paragraph_format.space_after = Pt(2)


def _bar(paragraph: Any, share: float, colour: str) -> None:
    """Draw a bar as a shaded paragraph that ends where the share does: it can be edited, and needs no picture."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    if not share:
        return
    room = BARS - 4  # a cell has 1.9 mm on each side
    paragraph.paragraph_format.right_indent = Mm(room * (1 - share))
    paragraph.paragraph_format.space_before = Pt(3)
    shade = OxmlElement("w:shd")
    for name, content in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), content)
    paragraph._p.get_or_add_pPr().insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    for run in paragraph.runs:
        run.font.size = Pt(8)
