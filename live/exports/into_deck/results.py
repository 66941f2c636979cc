"""What goes into a deck, and what became of it: what a server and the process that reads the deck tell each other."""

from msgspec import Struct

from live.activities import KINDS
from live.exports.report_document import report
from live.exports.snapshot import Snapshot
from live.report_blocks import Section
from live.workshop import Slide
from live.workshop.markdown import plain


class Written(Struct, frozen=True):
    """A slide of the workshop as it is matched with those of a deck: its heading, and all its words."""

    title: str
    words: str


class Results(Struct, frozen=True):
    """`code` of the meeting; `slides`: of the workshop; `sections`: the results in their order."""

    code: str
    language: str
    slides: list[Written]
    sections: list[Section]


class Inserted(Struct, frozen=True):
    """`placed`: how many results follow the slide they belong to. `unplaced`: the titles of those at the end."""

    placed: int
    unplaced: list[str]


class Status(Struct):
    """What became of it: what was `inserted`, or `why` not, or `missing` libraries."""

    inserted: Inserted | None = None
    why: str = ""
    missing: bool = False


def results_of(snapshot: Snapshot) -> Results:
    document = report(snapshot)
    return Results(
        snapshot.room.code, document.language, [_written(slide) for slide in snapshot.room.workshop.slides],
        [section for section in document.sections if section.result],
    )  # fmt: skip


def _written(slide: Slide) -> Written:
    asked = [
        words
        for one in slide.activities
        for words in (one.instruction, *(option.text for option in one.options))
        if one.kind in KINDS
    ]
    return Written(slide.title, " ".join([slide.title, plain(slide.body), *asked]))
