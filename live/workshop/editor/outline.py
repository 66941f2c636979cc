"""Reads a workshop's text for the editor's form: slides and activities, their lines, and the content of each field."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from live.errors import Problem
from live.i18n import dates
from live.workshop.attributes import BadValue, Pair, convert, split_pairs, straight
from live.workshop.diagnostics import Diagnostics
from live.workshop.heading import heading_of
from live.workshop.markdown import plain
from live.workshop.option_marks import without_marks
from live.workshop.parser import CONTROL
from live.workshop.pictures import Written, in_text
from live.workshop.scanner import Block, Line, RawSlide, Source, scan, texts_of
from live.workshop.schema import META, Attr, Schemas, canonical, in_norwegian

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NOTE = re.compile(r"<!--(.*?)-->", re.DOTALL)


class SlideAt(Struct):
    """A slide that is not empty. Its lines are `first` to `end` (not included), from 0, without the `---` around it."""

    raw: RawSlide
    first: int
    end: int
    number: int | None  # of the line of its heading, from 1
    title: str
    big: bool
    hidden: bool


class Document(Struct):
    """A text cut up. `lines` keep their line ends, so that joined together they are the text."""

    lines: list[str]
    schemas: Schemas
    source: Source
    slides: list[SlideAt]
    broken: list[Problem]  # why the text can't be cut into front matter, slides, notes and blocks

    @property
    def eol(self) -> str:
        first = self.lines[0] if self.lines else "\n"
        return first[len(first.rstrip("\r\n")) :] or "\n"

    def holds_note(self, number: int) -> bool:
        """Whether line *number* also has a part of a note, or a control character."""
        raw = self.lines[number - 1]
        listed = any(number in _listed(slide.raw) for slide in self.slides)
        return (not listed and ("<!--" in raw or "-->" in raw)) or bool(CONTROL.search(raw))

    def kind_of(self, block: Block) -> str:
        """The canonical name of the kind; empty for an unknown one."""
        return canonical(pairs_of(block)[0], "kind", self.schemas) or ""

    def attributes_of(self, kind: str) -> dict[str, Attr]:
        return dict(self.schemas[kind].attrs) if kind in self.schemas else {}

    def takes_marks(self, kind: str) -> frozenset[str]:
        """The marks that options of *kind* may have."""
        return self.schemas[kind].marks if kind in self.schemas else frozenset()

    def takes_options(self, kind: str) -> bool:
        return kind in self.schemas and self.schemas[kind].options != "text"


def split(text: str) -> list[str]:
    return _LINE.findall(text)


def read(text: str, schemas: Schemas, translate: Callable[[str], str] = str) -> Document:
    lines = split(text)
    diagnostics = Diagnostics(translate)
    bare = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = scan(CONTROL.sub("", bare), diagnostics)
    slides = []
    for at, raw in enumerate(source.slides):
        if raw.empty:
            continue
        first = source.start if at == 0 else raw.line - 1
        end = source.slides[at + 1].line - 2 if at + 1 < len(source.slides) else len(lines)
        heading = heading_of(raw)
        number = heading.line if heading.marks else None
        slides.append(SlideAt(raw, min(first, end), end, number, heading.title, heading.marks == "#", heading.hidden))
    return Document(lines, schemas, source, slides, diagnostics.errors)


def pairs_of(block: Block) -> tuple[str, list[Pair]]:
    """The kind as written, and its attributes as (key, value, start, end) in `block.head`."""
    kind, brace, rest = straight(block.head).partition("{")
    at = len(kind) + 1
    pairs = split_pairs(rest, block.line, Diagnostics()) if brace else []
    return kind.strip(), [(key, value, start + at, end + at) for key, value, start, end in pairs]


def speaks_norwegian(document: Document) -> bool:
    """Whether it uses Norwegian words: more of them than English words that have a Norwegian one."""
    words: list[tuple[str, str, Mapping[str, object] | tuple[str, ...]]] = [
        ("meta", "-".join(key.split()), META) for _, key, _ in document.source.meta
    ]
    for block in (block for slide in document.slides for block in slide.raw.blocks):
        kind, pairs = pairs_of(block)
        words.append(("kind", kind, document.schemas))
        words += [("attribute", key, document.attributes_of(document.kind_of(block))) for key, *_ in pairs]
    classified = [(word.casefold(), canonical(word, family, among), family, among) for family, word, among in words]
    norwegian = sum(name is not None and word != name for word, name, _, _ in classified)
    english = sum(
        word == name and in_norwegian(family, name, among) != name for word, name, family, among in classified
    )
    return norwegian > english


def body_of(raw: RawSlide) -> list[tuple[str, list[int]]]:
    """
    The lines of a slide's own text, each with its line numbers. Empty lines that follow each other are one entry, even
    if a block stands between them.
    """
    found: list[tuple[str, list[int]]] = []
    for number, text in heading_of(raw).rest:
        if text.strip():
            found.append((text, [number]))
        elif found and found[-1][0]:
            found.append(("", [number]))
        elif found:
            found[-1][1].append(number)
    return found[:-1] if found and not found[-1][0] else found


def pictures_of(document: Document, slide: SlideAt) -> list[tuple[int, int, Written]]:
    """The pictures on *slide* and in its activities: their line, which one of that line, and how they are written."""
    raw = slide.raw
    lines = [*raw.lines, *(line for block in raw.blocks for line in block.lines)]
    code = (raw.code or set()).union(*(block.code for block in raw.blocks))
    return [
        (number, nth, written)
        for number, text in sorted(lines)
        if number not in code and "![" in text
        for nth, (written, _) in enumerate(in_text(text))
    ]


def notes_of(document: Document, slide: SlideAt) -> list[tuple[int, int]]:
    """Where each note of *slide* begins and ends, in characters from the start of the slide."""
    # A comment in a listing is part of it. The listing's lines become spaces, so that places stay as they are.
    listed = _listed(slide.raw)
    text = "".join(
        " " * len(line) if number in listed else line
        for number, line in enumerate(document.lines[slide.first : slide.end], slide.first + 1)
    )
    return [found.span() for found in _NOTE.finditer(text) if found[1].strip()]


def _listed(raw: RawSlide) -> set[int]:
    """The lines of the slide and its activities in which a comment is no note; of an indented one it was taken out."""
    code = (raw.code or set()).union(*(block.code for block in raw.blocks))
    lines = [*raw.lines, *(line for block in raw.blocks for line in block.lines)]
    return {number for number, text in lines if number in code and ("<!--" in text or "-->" in text)}


def outline(text: str, schemas: Schemas, translate: Callable[[str], str] = str) -> dict[str, Any]:
    """
    What the form shows of *text*: `meta` by canonical key, `slides`, and `broken`: the reasons why the form can't
    change the text.

    A slide has `title big hidden line last body notes time_s pictures activities`; `body` is Markdown, `notes` is a
    list, `time_s` is how long its activities take as planned, without optional ones, and `pictures` are those on it,
    as `{name, alt, decorative}`. An activity has
    `kind line last instruction options` and `attributes` by canonical key: numbers, booleans and words where they can
    be read as such, else the text as written.
    """
    document = read(text, schemas, translate)
    return {
        "broken": document.broken,
        "meta": {key: _as_iso(key, value) for key, value in meta_of(document).items() if key in META},
        "slides": [
            {
                "title": slide.title,
                "big": slide.big,
                "hidden": slide.hidden,
                "line": slide.number or slide.raw.line,
                "last": slide.end,
                "body": "\n".join(text for text, _ in body_of(slide.raw)),
                "notes": slide.raw.notes,
                "time_s": sum(_planned_s(document, block) for block in slide.raw.blocks),
                "pictures": [
                    {"name": one.name, "alt": one.alt, "decorative": one.decorative}
                    for _, _, one in pictures_of(document, slide)
                ],
                "activities": [_activity(document, block) for block in slide.raw.blocks],
            }
            for slide in document.slides
        ],
    }


def _as_iso(key: str, value: str) -> str:
    """A day as a date field takes it, however it is written; anything else as it is."""
    day = dates.read(value) if key == "report-by" else None
    return day.isoformat() if day else value


def meta_of(document: Document) -> dict[str, str]:
    found = {}
    for _, key, value in document.source.meta:
        found[canonical("-".join(key.split()), "meta", META) or key] = value
    return found


def _activity(document: Document, block: Block) -> dict[str, Any]:
    kind = document.kind_of(block)
    instruction, options = content_of(document, block, kind)
    attributes: dict[str, Any] = {}
    for key, value, *_ in pairs_of(block)[1]:
        name = canonical(key, "attribute", document.attributes_of(kind))
        if name is not None:
            attributes[name] = _value(document.attributes_of(kind)[name], value)
    return {
        "kind": kind or pairs_of(block)[0][:60], "line": block.line, "last": block.end or block.line,
        "attributes": attributes, "instruction": instruction, "options": options,
    }  # fmt: skip


def _planned_s(document: Document, block: Block) -> int:
    """How long *block* takes as planned; 0 where the text does not say, or it is optional."""
    attrs = document.attributes_of(document.kind_of(block))
    written = {canonical(key, "attribute", attrs): value for key, value, *_ in pairs_of(block)[1]}
    try:
        optional = "optional" in written and convert(attrs["optional"], written["optional"])
        seconds = convert(attrs["time"], written["time"]) if "time" in written and not optional else 0
    except BadValue:
        return 0
    return int(seconds)


def content_of(document: Document, block: Block, kind: str) -> tuple[str, list[str]]:
    """
    The instruction, with a newline between paragraphs, and the options, both without markup. An option that is
    marked ends with its mark as it is written.
    """
    paragraphs, options = texts_of(block, takes_options=document.takes_options(kind))
    marks: dict[int, str] = {}
    if document.takes_marks(kind):
        options, marks = without_marks(options)
    return "\n".join(map(_plain, paragraphs)), [
        _plain(lines) + (f" {{{marks[lines[0][0]]}}}" if lines[0][0] in marks else "") for lines in options
    ]


def _plain(lines: list[Line]) -> str:
    return plain(" ".join(text for _, text in lines))


def _value(attr: Attr, written: str | None) -> Any:
    if attr.type in {"flag", "whole", "word"} or (attr.type == "labels" and attr.words):
        try:
            return convert(attr, written)
        except BadValue:
            pass
    return written or ""
