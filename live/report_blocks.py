"""The blocks of a report (headings, tables, charts …), which each file format then writes in its own way."""

from msgspec import Struct

Cell = str | int


class Text(Struct, frozen=True, tag=True):
    """A paragraph. `soft`: less important, drawn in grey."""

    text: str
    soft: bool = False


class Head(Struct, frozen=True, tag=True):
    """A heading inside a section; one of level 2 stands below one of level 1."""

    text: str
    level: int = 1


class Facts(Struct, frozen=True, tag=True):
    """Names and values, as (name, value)."""

    pairs: list[tuple[str, Cell]]


class Table(Struct, frozen=True, tag=True):
    """
    The first column names the row. `numbers`: all other columns are figures. `blank`: an empty form to be filled in by
    hand. `widths`: the width of each column in percent of the table; empty: the file format decides. `drops`: its first
    figures are voices, which may be drawn. `quotes`: for each row a few answers, set beside it or before the table.
    `alone`: where there are slides, it has one of its own.
    """

    heads: list[str]
    rows: list[list[Cell]]
    numbers: bool = True
    blank: bool = False
    widths: tuple[int, ...] = ()
    drops: bool = False
    quotes: list[list[str]] = []
    alone: bool = False


class Words(Struct, frozen=True, tag=True):
    """Words, each with how often it was used."""

    words: list[tuple[str, int]]


class Answers(Struct, frozen=True, tag=True):
    """Answers as people wrote them. `how`: all | quote (a choice, which is listed under "all" too) | withheld."""

    texts: list[str]
    how: str = "all"


class Voice(Struct, frozen=True):
    """An answer to be set large, and where it comes from. `alone`: nobody else gave it."""

    text: str
    about: str
    alone: bool = False


class Voices(Struct, frozen=True, tag=True):
    """A few answers that stand for the meeting; the first is the largest."""

    voices: list[Voice]


class Drops(Struct, frozen=True, tag=True):
    """Every answer as a drop, in groups of (how, number, what they are). `how`: full | open | dark."""

    groups: list[tuple[str, int, str]]


class Picture(Struct, frozen=True):
    """A picture as WebP; `alt` for those who do not see it, `told` below it."""

    body: bytes
    alt: str
    told: str = ""


class Pictures(Struct, frozen=True, tag=True):
    """Pictures side by side: that of a question, or those of its options."""

    pictures: list[Picture]


class Mark(Struct, frozen=True):
    """A place on a plane, in parts of its width and height from the upper left. Without a `letter` it is a dot."""

    x: float
    y: float
    letter: str = ""


class Plane(Struct, frozen=True, tag=True):
    """
    Places on a picture, or on a square between two scales whose ends have names. `alt`: where they are, in words, for
    those who do not see it.
    """

    marks: list[Mark]
    alt: str
    picture: Picture | None = None
    left: str = ""
    right: str = ""
    low: str = ""
    high: str = ""


Block = Text | Head | Facts | Table | Words | Answers | Voices | Drops | Pictures | Plane


class Chart(Struct, frozen=True):
    """A bar chart: one category for each row of the result. Several series are stacked and make up 100 %."""

    categories: list[str]
    series: list[tuple[str, list[int]]]
    unit: str


class DrawnWord(Struct, frozen=True):
    """A word of a cloud: its middle and the size of its letters. `loud`: 2 the loudest, 1 loud, 0 the others."""

    text: str
    count: int
    x: float
    y: float
    size: float
    loud: int = 1


class DrawnCloud(Struct, frozen=True):
    """A cloud as a screen drew it, in parts of its width. `figure` is the size of the counts."""

    high: float
    figure: float
    words: list[DrawnWord]


class Section(Struct, frozen=True):
    """
    `result`: it holds the result of one question; `followup`: it holds what is done with the answers; `form`: it is
    to be filled in, which only some formats are for. `chart` draws its figures where it has any; where not, `some` are
    a few answers to show instead. `slide`: where the question was asked, from 1; None where no slide is left that did.
    """

    title: str
    blocks: list[Block]
    result: bool = False
    chart: Chart | None = None
    some: list[str] = []
    followup: bool = False
    form: bool = False
    cloud: list[tuple[str, int]] = []  # the words that are the result, which a format may draw instead of the chart
    drawn: DrawnCloud | None = None  # where the hall saw them
    slide: int | None = None


class ReportDocument(Struct, frozen=True):
    language: str
    title: str
    opening: list[Block]
    sections: list[Section]
