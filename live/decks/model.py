"""A deck as read, whatever it was made with: slides of texts, tables and pictures, in reading order."""

from __future__ import annotations

from msgspec import Struct

from live.workshop.pictures import Place


class Run(Struct, frozen=True):
    """Text of one look. A newline in it is a line break within the paragraph. `link` is a whole address."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


Runs = tuple[Run, ...]


class Paragraph(Struct, frozen=True):
    """`mark`: "-" is an item of a list, "1" one with `number`. `click`: the press it comes with; 0: from the start."""

    runs: Runs
    level: int = 0
    mark: str = ""
    number: int = 0
    click: int = 0


class Text(Struct, frozen=True):
    paragraphs: tuple[Paragraph, ...]


class Table(Struct, frozen=True):
    """`rows` of cells, each its runs; the first row is the heading. `caption` stands above it."""

    rows: tuple[tuple[Runs, ...], ...]
    caption: str = ""


class Picture(Struct, frozen=True):
    """
    `name` is its file in the deck's `files`; empty where it was left out, and only its description stays. `film` is the
    file that plays in its place, if browsers play it (`plays`). `place`: on that side of the text, or over the whole
    slide. `share`: of the slide.
    """

    name: str
    alt: str = ""
    decorative: bool = False
    film: str = ""
    plays: bool = False
    place: Place = ""
    caption: str = ""
    source: str = ""
    share: float = 0


class Columns(Struct, frozen=True):
    """What stands side by side, two or three."""

    columns: tuple[tuple[Block, ...], ...]


Block = Text | Table | Picture | Columns


class DeckSlide(Struct, frozen=True):
    """`number` is that of the deck, where hidden slides count too. `big`: the title is all, or stands in the middle."""

    number: int
    title: str
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    big: bool = False


class Deck(Struct, frozen=True):
    """`language` is one of LANGUAGES. `files` are the pictures and films by name; `slides` counts the hidden too."""

    title: str
    language: str
    slides: tuple[DeckSlide, ...]
    files: dict[str, bytes]


def plain(runs: Runs) -> str:
    """The words of *runs* on one line."""
    return " ".join("".join(run.text for run in runs).split())
