"""Writes the results as a PowerPoint presentation, for a later meeting: a slide for each question, editable charts."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from live.exports import cloud_layout
from live.exports.csv_export import printable
from live.exports.office_common import DEEP, FJORD, INK, SOFT, as_office_reads, created, extra, label, steady, theme
from live.exports.report_document import report
from live.exports.snapshot import Snapshot
from live.i18n import languages
from live.i18n.catalogs import translator
from live.report_blocks import Block, Cell, Chart, Head, Pictures, Section, Table, Text, Voice, Voices, Words

if TYPE_CHECKING:
    from pptx.slide import Slide

WIDE, HIGH, EDGE, TOP = 13.333, 7.5, 0.7, 1.75  # inches
MOST_HIGH, LETTERS = 20, 105  # lines of a table on a slide, and letters in a line, at 14 points
LOUDNESS = {0: SOFT, 1: INK, 2: FJORD}  # of a word in a cloud
MOST_LINES = 12  # of text on a slide, at 20 points, with the space between paragraphs
MOST_LETTERS = 75  # in a line of an answer; answers longer than four lines are cut, the report has them whole
LIGHT, DARK = (0xD5, 0xE3, 0xDC), (0x0B, 0x4F, 0x47)  # colours of the ends of a scale; a single series is dark
LIT = "FFFDF8"
MOST_TOLD = 6  # pictures side by side that still have room for words
ONE_LINE, SHORT, LONG = 34, 60, 110  # letters in a title


def write(snapshot: Snapshot) -> bytes:
    with extra():
        import pptx
    from pptx.util import Inches

    file, document, _ = pptx.Presentation(), report(snapshot), translator(snapshot.language)
    file.slide_width, file.slide_height = Inches(WIDE), Inches(HIGH)
    _dress(file)
    about = file.core_properties
    about.title, about.author = printable(document.title)[:255], "Innspill"
    about.language = languages.of(snapshot.language).tag
    about.created = about.modified = created(snapshot)
    one_line = len(document.title) <= ONE_LINE
    first = _slide(file, document.title, snapshot.language, size=44 if one_line else 0)
    opening = [block.text for block in document.opening if isinstance(block, Text)]
    counts = [f"{_('Phones that answered')}: {snapshot.phones}", f"{_('Answers')}: {len(snapshot.rows)}"]
    if snapshot.took_part > snapshot.phones:
        counts.insert(1, f"{_('People who took part')}: {snapshot.took_part}")
    _lines(first, opening + counts)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Voices):
                for place, voice in enumerate(block.voices):
                    _quote(file, voice, snapshot.language, large=place == 0)
        if section.result:
            _pictures(file, section, snapshot.language)
            _result(_slide(file, section.title, snapshot.language), section)
        if section.followup:
            _replies(file, section, snapshot.language)
    out = io.BytesIO()
    file.save(out)
    return steady(out.getvalue(), created(snapshot))


def _dress(file: Any) -> None:
    """Give the master our theme; its ground is the paper."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = file.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    part._blob = theme(part.blob)


def _quote(file: Any, voice: Voice, language: str, *, large: bool) -> None:
    """One answer on a slide of its own, with a drop beside where it comes from: open if nobody else gave it."""
    from pptx.dml.color import RGBColor
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches, Pt

    high, size = HIGH - 2.6, 54 if large and len(voice.text) < SHORT else 40
    slide = _slide(file, f"«{' '.join(voice.text.split())}»", language, size=size)
    title: Any = slide.shapes.title
    title.top, title.height = Inches(0.9), Inches(high)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    drop = slide.shapes.add_shape(MSO_SHAPE.TEAR, Inches(EDGE + 0.1), Inches(high + 1.28), Inches(0.24), Inches(0.24))
    drop.rotation = 180  # its point is to the left, below
    drop.shadow.inherit = False
    drop.line.color.rgb, drop.line.width = RGBColor.from_string(FJORD), Pt(2)
    if voice.alone:
        drop.fill.background()
    else:
        drop.fill.solid()
        drop.fill.fore_color.rgb = RGBColor.from_string(FJORD)
    _lines(slide, [voice.about], top=high + 1.15, left=EDGE + 0.4, soft=True)


def _slide(file: Any, title: str, language: str, *, size: int = 0) -> "Slide":
    """A slide with a real title, which programs can list and read aloud."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches, Pt

    slide: Slide = file.slides.add_slide(file.slide_layouts[5])
    shape: Any = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = map(Inches, (EDGE, 0.4, WIDE - 2 * EDGE, TOP - 0.5))
    title = " ".join(printable(title).split())
    shape.text_frame.text = title
    shape.text_frame.word_wrap, shape.text_frame.vertical_anchor = True, MSO_ANCHOR.TOP
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.runs[0] if paragraph.runs else paragraph.add_run()
    run.font.size, run.font.bold = Pt(size or _size(title)), True
    run.font.color.rgb = RGBColor.from_string(INK)
    run._r.get_or_add_rPr().set("lang", languages.of(language).tag)
    return slide


def _size(title: str) -> int:
    """In points, so that a title stays above what follows."""
    return 34 if len(title) < SHORT else 26 if len(title) < LONG else 20


def _pictures(file: Any, section: Section, language: str) -> None:
    """What people were asked about, on a slide of its own before the result; options side by side with their words."""
    from pptx.util import Inches

    for block in section.blocks:
        if not isinstance(block, Pictures):
            continue
        slide = _slide(file, section.title, language)
        n, high = len(block.pictures), HIGH - TOP - 1.4
        wide = (WIDE - 2 * EDGE - 0.3 * (n - 1)) / n
        for place, one in enumerate(block.pictures):
            left = EDGE + place * (wide + 0.3)
            shape: Any = slide.shapes.add_picture(io.BytesIO(as_office_reads(one.body)), Inches(left), Inches(TOP))
            scale = min(Inches(wide) / shape.width, Inches(high) / shape.height)
            shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
            shape._element.nvPicPr.cNvPr.set("descr", printable(one.alt))
            if one.told and n <= MOST_TOLD:
                _lines(slide, [one.told], top=TOP + shape.height / Inches(1) + 0.1, left=left, size=16, wide=wide)


def _result(slide: "Slide", section: Section) -> None:
    facts = [block.text for block in section.blocks if isinstance(block, Text) and not block.soft][:1]
    _lines(slide, facts, top=HIGH - 0.75, size=14, soft=True)
    if section.cloud:
        _cloud(slide, section)
    elif section.chart:
        _chart(slide, section.chart, section.title)
    else:
        _lines(slide, _text_lines(section))
    slide.notes_slide.notes_text_frame.text = printable("\n".join(_notes(section.blocks)))  # type: ignore[union-attr]


def _cloud(slide: "Slide", section: Section) -> None:
    """The words as letters that can be edited, in one group with a description."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches, Pt

    wide, high = 72 * (WIDE - 2 * EDGE), 72 * (HIGH - TOP - 0.9)  # points
    group: Any = slide.shapes.add_group_shape()
    for one in cloud_layout.lay_out(section, wide, high, 14, 66):
        left, top = Inches(EDGE) + Pt(one.x - one.width / 2), Inches(TOP) + Pt(one.y - one.height / 2)
        frame = group.shapes.add_textbox(left, top, Pt(one.width), Pt(one.height)).text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        run = frame.paragraphs[0].add_run()
        run.text, run.font.size, run.font.bold = printable(one.text), Pt(round(one.size, 1)), one.loud > 0
        run.font.color.rgb = RGBColor.from_string(LOUDNESS[one.loud])
        if one.figure:
            count = frame.paragraphs[0].add_run()
            count.text, count.font.size = f" {one.figure}", Pt(round(one.figure_size, 1))
            count.font.color.rgb = RGBColor.from_string(INK)
    told = "; ".join(f"{label(word)} {count}" for word, count in section.cloud)
    group._element.nvGrpSpPr.cNvPr.set("descr", label(f"{section.title}: {told}")[:1000])


def _replies(file: Any, section: Section, language: str) -> None:
    """Promises on one slide, then the replies to themes, as many rows on each slide as fit."""
    if promised := [block.text for block in section.blocks if isinstance(block, Text)]:
        _lines(_slide(file, section.title, language), _fitting([_cut(line) for line in promised]))
    about = ""
    for block in section.blocks:
        if isinstance(block, Head):
            about = block.text
        if isinstance(block, Table):
            for rows in _pages(block):
                title = f"{section.title}: {about}" if about else section.title
                _grid(_slide(file, title, language), block, rows)
            about = ""


def _pages(table: Table) -> Iterator[list[list[Cell]]]:
    """The rows of a table, as many at a time as fit on a slide."""
    some: list[list[Cell]] = []
    taken = 0
    for row in table.rows:
        high = max(
            1 + len(_cut(str(cell))) * 100 // (LETTERS * share) for cell, share in zip(row, table.widths, strict=True)
        )
        if some and taken + high + 1 > MOST_HIGH:
            yield some
            some, taken = [], 0
        some.append(row)
        taken += high + 1
    if some:
        yield some


def _grid(slide: "Slide", table: Table, rows: list[list[Cell]]) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    wide = WIDE - 2 * EDGE
    lines: list[list[Cell]] = [[*table.heads], *rows]
    x, y, width, height = map(Inches, (EDGE, TOP, wide, 0.45 * len(lines)))
    grid: Any = slide.shapes.add_table(len(lines), len(table.heads), x, y, width, height).table
    grid.horz_banding = False
    for column, share in zip(grid.columns, table.widths, strict=True):
        column.width = Inches(wide * share / 100)
    for number, (row, line) in enumerate(zip(grid.rows, lines, strict=True)):
        for cell, content in zip(row.cells, line, strict=True):
            cell.text_frame.text = _cut(printable(str(content)))
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size, paragraph.font.bold = Pt(14), number == 0
                paragraph.font.color.rgb = RGBColor.from_string(INK)
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string(DEEP if number == 0 else LIT)


def _text_lines(section: Section) -> list[str]:
    """The lines of a slide without a chart: the most frequent words, figures, and some answers."""
    words = [f"{word} ({count})" for block in section.blocks if isinstance(block, Words) for word, count in block.words]
    lines = [", ".join(words[:20])] if words else []
    lines += [f"{row[0]}: {row[1]}" for block in section.blocks if isinstance(block, Table) for row in block.rows]
    return _fitting([_cut(line) for line in lines + [f"«{' '.join(text.split())}»" for text in section.some]])


def _fitting(lines: list[str]) -> list[str]:
    """As many as stand on a slide."""
    room = float(MOST_LINES)
    for place, line in enumerate(lines):
        room -= -(-len(line) // MOST_LETTERS) + 1 / 3
        if room < 0:
            return lines[:place]
    return lines


def _cut(text: str) -> str:
    return text if len(text) <= 4 * MOST_LETTERS else text[: 4 * MOST_LETTERS - 1] + "…"


def _notes(blocks: list[Block]) -> list[str]:
    """The figures as text, for people who can't see the chart."""
    lines = []
    for block in blocks:
        match block:
            case Text(text=content) | Head(text=content):
                lines.append(content)
            case Table(heads=heads, rows=rows):
                lines.append(" | ".join(heads))
                lines += [" | ".join(map(str, row)) for row in rows]
            case Words(words=words):
                lines.append(", ".join(f"{word} ({count})" for word, count in words))
            case _:
                pass
    return lines


def _lines(
    slide: "Slide", lines: list[str], *, top: float = TOP, size: int = 20, soft: bool = False, left: float = EDGE,
    wide: float = 0,
) -> None:  # fmt: skip
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    if not lines:
        return
    high = HIGH - top - (0.2 if soft else 1)
    frame = slide.shapes.add_textbox(*map(Inches, (left, top, wide or WIDE - left - EDGE, high))).text_frame
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(8)
        run = paragraph.add_run()
        run.text, run.font.size = printable(line), Pt(size)
        run.font.color.rgb = RGBColor.from_string(SOFT if soft else INK)


def _chart(slide: "Slide", chart: Chart, title: str) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    data: Any = CategoryChartData()
    data.categories = [label(name) for name in chart.categories]
    for name, values in chart.series:
        data.add_series(label(name), values)
    several = len(chart.series) > 1
    kind = XL_CHART_TYPE.BAR_STACKED_100 if several else XL_CHART_TYPE.BAR_CLUSTERED
    size = Inches(WIDE - 2 * EDGE), Inches(HIGH - TOP - 0.9)
    frame: Any = slide.shapes.add_chart(kind, Inches(EDGE), Inches(TOP), *size, data)
    named = frame._element.nvGraphicFramePr.cNvPr
    named.set("descr", label(f"{title}: " + "; ".join(_described(chart)))[:1000])
    drawn = frame.chart
    drawn.has_title, drawn.has_legend = False, several
    if several:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.legend.font.size = Pt(14)
    drawn.category_axis.reverse_order = True  # the first option at the top, as on the screen
    drawn.category_axis.tick_labels.font.size = Pt(16 if len(chart.categories) <= 8 else 12)
    drawn.category_axis.format.line.fill.background()
    drawn.category_axis.has_major_gridlines = False
    drawn.value_axis.visible, drawn.value_axis.has_major_gridlines = False, False
    drawn.value_axis.minimum_scale = 0
    plot = drawn.plots[0]
    plot.gap_width = 45
    for step, series in enumerate(plot.series):
        share = step / (len(chart.series) - 1) if several else 1
        series.format.fill.solid()
        mixed = (round(light + share * (dark - light)) for light, dark in zip(LIGHT, DARK, strict=True))
        series.format.fill.fore_color.rgb = RGBColor(*mixed)
        labels = series.data_labels
        labels.show_value, labels.font.size = True, Pt(14)
        labels.number_format, labels.number_format_is_linked = "0;;", False
        labels.font.color.rgb = RGBColor(255, 255, 255) if several and share > 0.6 else RGBColor.from_string(INK)


def _described(chart: Chart) -> list[str]:
    return [
        f"{category} " + ", ".join(f"{name} {values[place]}" for name, values in chart.series)
        for place, category in enumerate(chart.categories)
    ]
