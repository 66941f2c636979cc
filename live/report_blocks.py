"""What a report is made of, whatever it is written as."""

from msgspec import Struct

Cell = str | int


class Text(Struct, frozen=True):
    """A paragraph. `soft`: beside the point."""

    text: str
    soft: bool = False


class Head(Struct, frozen=True):
    """A heading inside a section, or with level 2 inside such a one."""

    text: str
    level: int = 1


class Facts(Struct, frozen=True):
    """Names and values, as (name, value)."""

    pairs: list[tuple[str, Cell]]


class Table(Struct, frozen=True):
    """
    The first column names the row. `numbers`: all others are figures. `blank`: there to be filled in by hand. `widths`:
    how much each column takes of the whole, in percent; empty: as the writer sees fit.
    """

    heads: list[str]
    rows: list[list[Cell]]
    numbers: bool = True
    blank: bool = False
    widths: tuple[int, ...] = ()


class Words(Struct, frozen=True):
    """Words with how often."""

    words: list[tuple[str, int]]


class Answers(Struct, frozen=True):
    """What people wrote, word for word. `how`: all | quote (stands among all, too) | withheld."""

    texts: list[str]
    how: str = "all"


Block = Text | Head | Facts | Table | Words | Answers


class Chart(Struct, frozen=True):
    """Bars: a category for each row of the result. Several series are parts of one whole."""

    categories: list[str]
    series: list[tuple[str, list[int]]]
    unit: str


class Section(Struct, frozen=True):
    """
    `result`: what one question gave; `followup`: what becomes of the answers. `chart`: how its figures are drawn, where
    they can be; `some` answers else.
    """

    title: str
    blocks: list[Block]
    result: bool = False
    chart: Chart | None = None
    some: list[str] = []
    followup: bool = False


class ReportDocument(Struct, frozen=True):
    language: str
    title: str
    opening: list[Block]
    sections: list[Section]
