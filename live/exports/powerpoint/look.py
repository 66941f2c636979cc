"""Where results stand on the slides of a presentation, and in the colours of its theme, so that they fit any deck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from live.exports.csv_export import printable
from live.i18n import languages
from live.workshop.accent import FJORD

if TYPE_CHECKING:
    from pptx.slide import Slide

WIDE, HIGH, EDGE, TOP = 13.333, 7.5, 0.7, 1.75  # inches
SHORT, LONG = 60, 110  # letters in a title
TITLE_TYPES = ("title", "ctrTitle")
EMU = 914_400  # in an inch
LEAST_TITLE = 0.5  # of the letters that the deck gives its titles; a longer title is set smaller
LETTER, LINE = 0.5, 1.2  # the width of a letter and the height of a line, in parts of its size


class Look(Struct, frozen=True):
    """
    `layout`: of the slides. `left`, `top`, `wide`, `high`: where the result stands; `below`: the line of facts. All in
    inches. `scale`: of letters, 1 on a slide that is 7.5 inches high. `colour`: the first of the theme, `#rrggbb`.
    `title`: left, top, width and height of the title; None where the layout places it. `title_room`: then the width and
    height that it has there, in inches, and the size of its letters, in points.
    """

    file: Any
    layout: Any
    language: str
    left: float = EDGE
    top: float = TOP
    wide: float = WIDE - 2 * EDGE
    high: float = HIGH - TOP - 0.9
    below: float = HIGH - 0.75
    scale: float = 1
    colour: str = FJORD
    title: tuple[float, float, float, float] | None = (EDGE, 0.4, WIDE - 2 * EDGE, TOP - 0.5)
    title_room: tuple[float, float, float] | None = None

    def points(self, size: float) -> Any:
        from pptx.util import Pt

        return Pt(round(size * self.scale, 1))

    def slide(self, title: str, *, size: int = 0) -> Slide:
        """A slide with a real title, which programs can list and read aloud."""
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Inches, Pt

        slide: Slide = self.file.slides.add_slide(self.layout)
        for placeholder in list(slide.placeholders):
            if placeholder.placeholder_format.idx != 0:
                placeholder._element.getparent().remove(placeholder._element)
        title = " ".join(printable(title).split())
        shape: Any = slide.shapes.title
        if shape is None:
            shape = slide.shapes.add_textbox(*map(Inches, self.title or (EDGE, 0.4, self.wide, 1)))
            shape.name = "Title"
        elif self.title:
            shape.left, shape.top, shape.width, shape.height = map(Inches, self.title)
        frame = shape.text_frame
        frame.text, frame.word_wrap = title, True
        paragraph = frame.paragraphs[0]
        run = paragraph.runs[0] if paragraph.runs else paragraph.add_run()
        run._r.get_or_add_rPr().set("lang", languages.of(self.language).tag)
        if self.title:
            frame.vertical_anchor, paragraph.alignment = MSO_ANCHOR.TOP, PP_ALIGN.LEFT
            run.font.size, run.font.bold = self.points(size or _size(title)), True
            ink(run.font.color)
        elif self.title_room and (fitting := _fitting(title, *self.title_room)):
            run.font.size = Pt(fitting)
        return slide


def ink(colour: Any) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    colour.theme_color = MSO_THEME_COLOR.TEXT_1


def soft(colour: Any) -> None:
    ink(colour)
    colour.brightness = 0.25


def accent(colour: Any) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    colour.theme_color = MSO_THEME_COLOR.ACCENT_1


def _size(title: str) -> int:
    """In points, so that a title stays above what follows."""
    return 34 if len(title) < SHORT else 26 if len(title) < LONG else 20


def _fitting(title: str, wide: float, high: float, size: float) -> float:
    """The size in points in which *title* fits in its box; 0 where that is the deck's own."""
    fitting = size
    while fitting > size * LEAST_TITLE and not _fits(title, wide, high, fitting):
        fitting -= 2
    return 0 if fitting == size else fitting


def _fits(title: str, wide: float, high: float, size: float) -> bool:
    in_line = max(1, int(wide * 72 / (size * LETTER)))
    return -(-len(title) // in_line) * size * LINE <= high * 72
