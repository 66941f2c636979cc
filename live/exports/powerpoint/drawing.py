"""Draws the result of a question on a slide: an editable chart, a cloud of letters, or a few answers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from live.exports import cloud_layout
from live.exports.csv_export import printable
from live.exports.office_common import as_office_reads, label
from live.exports.planes import painted
from live.exports.powerpoint.look import EDGE, HIGH, Look, accent, ink, soft
from live.report_blocks import Block, Chart, Head, Picture, Pictures, Plane, Section, Table, Text, Words
from live.workshop.accent import contrast, mixed

if TYPE_CHECKING:
    from pptx.slide import Slide

LOUDNESS = {0: soft, 1: ink, 2: accent}  # the colour of a word in a cloud
TEXT_SIZE = 20  # points
SPACE = 0.43  # lines between paragraphs
LETTER, LINE = 0.57, 1.2  # the width of a letter and the height of a line, in parts of its size
MOST_CUT = 4  # lines of an answer; one that is longer is cut, the report has it whole
LIGHTEST = 0.82  # white in the lightest colour of a scale; the last is the theme's own, as is a single series
BLACK, WHITE = "#14191b", "#ffffff"
LOGO = 3.0, 1.0  # inches at most
MOST_TOLD = 6  # pictures side by side that still have room for words


def pictures(look: Look, section: Section) -> None:
    """What people were asked about, on a slide of its own before the result; options side by side with their words."""
    from pptx.util import Inches

    for block in section.blocks:
        shown = [painted(block)] if isinstance(block, Plane) else block.pictures if isinstance(block, Pictures) else []
        if not shown:
            continue
        slide = look.slide(section.title)
        n, high = len(shown), look.high - 0.5
        wide = (look.wide - 0.3 * (n - 1)) / n
        for place, one in enumerate(shown):
            left = look.left + place * (wide + 0.3)
            shape: Any = slide.shapes.add_picture(io.BytesIO(as_office_reads(one.body)), Inches(left), Inches(look.top))
            scale = min(Inches(wide) / shape.width, Inches(high) / shape.height)
            shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
            shape._element.nvPicPr.cNvPr.set("descr", printable(one.alt))
            if one.told and n <= MOST_TOLD:
                below = look.top + shape.height / Inches(1) + 0.1
                lines(look, slide, [one.told], top=below, left=left, size=16, wide=wide)


def logo(slide: Slide, picture: Picture) -> None:
    """Small, at the foot of the first slide."""
    from pptx.util import Inches

    shape: Any = slide.shapes.add_picture(io.BytesIO(as_office_reads(picture.body)), Inches(EDGE), Inches(0))
    scale = min(Inches(LOGO[0]) / shape.width, Inches(LOGO[1]) / shape.height)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    shape.top = Inches(HIGH - EDGE) - shape.height
    shape._element.nvPicPr.cNvPr.set("descr", printable(picture.alt))


def result(look: Look, slide: Slide, section: Section) -> None:
    facts = [block.text for block in section.blocks if isinstance(block, Text) and not block.soft][:1]
    lines(look, slide, facts, top=look.below, size=14, is_soft=True)
    if section.cloud:
        _cloud(look, slide, section)
    elif section.chart:
        _chart(look, slide, section.chart, section.title)
    else:
        lines(look, slide, _text_lines(look, section))
    slide.notes_slide.notes_text_frame.text = printable("\n".join(_notes(section.blocks)))  # type: ignore[union-attr]


def _cloud(look: Look, slide: Slide, section: Section) -> None:
    """The words as letters that can be edited, in one group with a description."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches, Pt

    group: Any = slide.shapes.add_group_shape()
    smallest, largest = 14 * look.scale, 66 * look.scale
    for one in cloud_layout.lay_out(section, 72 * look.wide, 72 * look.high, smallest, largest):
        left, top = Inches(look.left) + Pt(one.x - one.width / 2), Inches(look.top) + Pt(one.y - one.height / 2)
        frame = group.shapes.add_textbox(left, top, Pt(one.width), Pt(one.height)).text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        run = frame.paragraphs[0].add_run()
        run.text, run.font.size, run.font.bold = printable(one.text), Pt(round(one.size, 1)), one.loud > 0
        LOUDNESS[one.loud](run.font.color)
        if one.figure:
            count = frame.paragraphs[0].add_run()
            count.text, count.font.size = f" {one.figure}", Pt(round(one.figure_size, 1))
            ink(count.font.color)
    told = "; ".join(f"{label(word)} {count}" for word, count in section.cloud)
    group._element.nvGrpSpPr.cNvPr.set("descr", label(f"{section.title}: {told}")[:1000])


def _text_lines(look: Look, section: Section) -> list[str]:
    """The lines of a slide without a chart: the most frequent words, figures, and some answers."""
    words = [f"{word} ({count})" for block in section.blocks if isinstance(block, Words) for word, count in block.words]
    lines = [", ".join(words[:20])] if words else []
    lines += [
        f"{row[0]}: {', '.join(map(str, row[1:]))}"
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    return fitting(look, lines + [f"«{' '.join(text.split())}»" for text in section.some])


def in_line(look: Look) -> int:
    """How many letters of a text stand in a line."""
    return int(look.wide * 72 / (TEXT_SIZE * look.scale * LETTER))


def fitting(look: Look, some: list[str]) -> list[str]:
    """As many as stand on a slide, each as long as may be."""
    letters, room = in_line(look), look.high * 72 / (TEXT_SIZE * look.scale * LINE)
    found: list[str] = []
    for line in some:
        if len(line) > MOST_CUT * letters:
            line = line[: MOST_CUT * letters - 1] + "…"
        room -= -(-len(line) // letters) + SPACE
        if room < 0:
            break
        found.append(line)
    return found


def _notes(blocks: list[Block]) -> list[str]:
    """The figures as text, for people who can't see the chart."""
    told = []
    for block in blocks:
        match block:
            case Text(text=content) | Head(text=content):
                told.append(content)
            case Table(heads=heads, rows=rows):
                told.append(" | ".join(heads))
                told += [" | ".join(map(str, row)) for row in rows]
            case Words(words=words):
                told.append(", ".join(f"{word} ({count})" for word, count in words))
            case _:
                pass
    return told


def lines(
    look: Look, slide: Slide, some: list[str], *, top: float = 0, size: int = TEXT_SIZE, is_soft: bool = False,
    left: float = 0, wide: float = 0,
) -> None:  # fmt: skip
    """A text box with a paragraph for each of *some*; where nothing else is said, it is where the result stands."""
    from pptx.util import Inches, Pt

    if not some:
        return
    left = left or look.left
    high = 0.55 if is_soft else look.top + look.high - top if top else look.high
    box = left, top or look.top, wide or look.left + look.wide - left, max(high, 0.4)
    frame = slide.shapes.add_textbox(*map(Inches, box)).text_frame
    frame.word_wrap = True
    for place, line in enumerate(some):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(8)
        run = paragraph.add_run()
        run.text, run.font.size = printable(line), look.points(size)
        (soft if is_soft else ink)(run.font.color)


def _chart(look: Look, slide: Slide, chart: Chart, title: str) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches

    data: Any = CategoryChartData()
    data.categories = [label(name) for name in chart.categories]
    for name, values in chart.series:
        data.add_series(label(name), values)
    several = len(chart.series) > 1
    kind = XL_CHART_TYPE.BAR_STACKED_100 if several else XL_CHART_TYPE.BAR_CLUSTERED
    left, top, wide, high = map(Inches, (look.left, look.top, look.wide, look.high))
    frame: Any = slide.shapes.add_chart(kind, left, top, wide, high, data)
    named = frame._element.nvGraphicFramePr.cNvPr
    named.set("descr", label(f"{title}: " + "; ".join(_described(chart)))[:1000])
    drawn = frame.chart
    ink(drawn.font.color)
    drawn.has_title, drawn.has_legend = False, several
    if several:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.legend.font.size = look.points(14)
        ink(drawn.legend.font.color)
    drawn.category_axis.reverse_order = True  # the first option at the top, as on the screen
    drawn.category_axis.tick_labels.font.size = look.points(18 if len(chart.categories) <= 8 else 12)
    ink(drawn.category_axis.tick_labels.font.color)
    drawn.category_axis.format.line.fill.background()
    drawn.category_axis.has_major_gridlines = False
    drawn.value_axis.visible, drawn.value_axis.has_major_gridlines = False, False
    drawn.value_axis.minimum_scale = 0
    plot = drawn.plots[0]
    plot.gap_width = 45
    for step, series in enumerate(plot.series):
        series.format.fill.solid()
        accent(series.format.fill.fore_color)
        labels = series.data_labels
        labels.show_value, labels.font.size = True, look.points(16)
        labels.number_format, labels.number_format_is_linked = "0;;", False
        ink(labels.font.color)  # beside the bar
        if several:
            tint = mixed(look.colour, WHITE, LIGHTEST * (1 - step / (len(chart.series) - 1)))
            letters = max(BLACK, WHITE, key=lambda colour: contrast(colour, tint))
            series.format.fill.fore_color.rgb = RGBColor.from_string(tint[1:])
            labels.font.color.rgb = RGBColor.from_string(letters[1:])


def _described(chart: Chart) -> list[str]:
    return [
        f"{category} " + ", ".join(f"{name} {values[place]}" for name, values in chart.series)
        for place, category in enumerate(chart.categories)
    ]
