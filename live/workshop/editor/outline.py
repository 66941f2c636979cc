"""A workshop's text as a form sees it: slides and activities, where each stands, and what its fields hold."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from live.errors import Problem
from live.workshop.attributes import Pair, split_pairs, straight
from live.workshop.diagnostics import Diagnostics
from live.workshop.markdown import plain
from live.workshop.parser import CONTROL, title_of
from live.workshop.scanner import Block, Part, Source, cut, texts_of
from live.workshop.schema import META, SCHEMAS, Attr, BadValue, canonical, convert, in_norwegian

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_NOTE = re.compile(r"<!--(.*?)-->", re.DOTALL)


class SlideAt(Struct):
    """A slide that is not empty. Its lines are `first` to `end`, counted from 0, without the `---` before and after."""

    part: Part
    first: int
    end: int
    number: int | None  # of the line of its heading, from 1
    title: str
    big: bool


class Written(Struct):
    """`lines` are those of the text, each with the sign that ends it: joined again they are the text."""

    lines: list[str]
    source: Source
    slides: list[SlideAt]
    broken: list[Problem]  # where the text does not fall into front matter, slides, notes and blocks

    @property
    def eol(self) -> str:
        first = self.lines[0] if self.lines else "\n"
        return first[len(first.rstrip("\r\n")) :] or "\n"

    def mixed(self, number: int) -> bool:
        """Whether line *number* holds a part of a note, too."""
        raw = self.lines[number - 1]
        return "<!--" in raw or "-->" in raw or bool(CONTROL.search(raw))


def split(text: str) -> list[str]:
    return _LINE.findall(text)


def read(text: str, translate: Callable[[str], str] = str) -> Written:
    lines = split(text)
    report = Diagnostics(translate)
    bare = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = cut(CONTROL.sub("", bare), report)
    slides = []
    for at, part in enumerate(source.parts):
        if part.empty:
            continue
        first = source.start if at == 0 else part.line - 1
        end = source.parts[at + 1].line - 2 if at + 1 < len(source.parts) else len(lines)
        line, marks, title, _ = title_of(part)
        slides.append(SlideAt(part, min(first, end), end, line if marks else None, title, marks == "#"))
    return Written(lines, source, slides, report.errors)


def pairs_of(block: Block) -> tuple[str, list[Pair]]:
    """The kind as it is written, and its attributes with their places in `block.head`."""
    kind, brace, rest = straight(block.head).partition("{")
    at = len(kind) + 1
    pairs = split_pairs(rest, block.line, Diagnostics()) if brace else []
    return kind.strip(), [(key, value, start + at, end + at) for key, value, start, end in pairs]


def speaks_norwegian(written: Written) -> bool:
    """Whether its words are Norwegian: more of them than stand in English where there was a Norwegian one."""
    words: list[tuple[str, str, Mapping[str, object] | tuple[str, ...]]] = [
        ("meta", "-".join(key.split()), META) for _, key, _ in written.source.meta
    ]
    for block in (block for slide in written.slides for block in slide.part.blocks):
        kind, pairs = pairs_of(block)
        words.append(("kind", kind, SCHEMAS))
        words += [("attribute", key, known(proper_kind(block))) for key, *_ in pairs]
    told = [(word.casefold(), canonical(word, family, among), family) for family, word, among in words]
    norwegian = sum(name is not None and word != name for word, name, _ in told)
    english = sum(word == name and in_norwegian(family, name) != name for word, name, family in told)
    return norwegian > english


def body_of(part: Part) -> list[tuple[str, list[int]]]:
    """The lines of a slide's own text with their numbers; empty ones that follow each other, blocks or not, are one."""
    found: list[tuple[str, list[int]]] = []
    for number, text in title_of(part)[3]:
        if text.strip():
            found.append((text, [number]))
        elif found and found[-1][0]:
            found.append(("", [number]))
        elif found:
            found[-1][1].append(number)
    return found[:-1] if found and not found[-1][0] else found


def notes_of(written: Written, slide: SlideAt) -> list[tuple[int, int]]:
    """Where each note of *slide* begins and ends, in signs from where its lines begin."""
    text = "".join(written.lines[slide.first : slide.end])
    return [found.span() for found in _NOTE.finditer(text) if found[1].strip()]


def known(kind: str) -> dict[str, Attr]:
    return dict(SCHEMAS[kind].attrs) if kind in SCHEMAS else {}


def proper_kind(block: Block) -> str:
    """The kind by its canonical name; empty when there is none such."""
    return canonical(pairs_of(block)[0], "kind", SCHEMAS) or ""


def takes_options(kind: str) -> bool:
    return kind in SCHEMAS and SCHEMAS[kind].options != "text"


def outline(text: str, translate: Callable[[str], str] = str) -> dict[str, Any]:
    """
    What the form shows of *text*: `meta` by canonical key, and `slides` with `title big line last
    body notes activities`: `body` is Markdown, `notes` are several.

    An activity has `kind line last instruction options` and `attributes`: by canonical key numbers, booleans and words
    where they can be read as such, else what stands there. `broken` is why the form can't change it.
    """
    written = read(text, translate)
    return {
        "broken": written.broken,
        "meta": {key: value for key, value in meta_of(written).items() if key in META},
        "slides": [
            {
                "title": slide.title,
                "big": slide.big,
                "line": slide.number or slide.part.line,
                "last": slide.end,
                "body": "\n".join(text for text, _ in body_of(slide.part)),
                "notes": slide.part.notes,
                "activities": [_activity(block) for block in slide.part.blocks],
            }
            for slide in written.slides
        ],
    }


def meta_of(written: Written) -> dict[str, str]:
    found = {}
    for _, key, value in written.source.meta:
        found[canonical("-".join(key.split()), "meta", META) or key] = value
    return found


def _activity(block: Block) -> dict[str, Any]:
    kind = proper_kind(block)
    instruction, options = words_of(block, kind)
    attributes: dict[str, Any] = {}
    for key, value, *_ in pairs_of(block)[1]:
        name = canonical(key, "attribute", known(kind))
        if name is not None:
            attributes[name] = _value(known(kind)[name], value)
    return {
        "kind": kind or pairs_of(block)[0][:60], "line": block.line, "last": block.end or block.line,
        "attributes": attributes, "instruction": instruction, "options": options,
    }  # fmt: skip


def words_of(block: Block, kind: str) -> tuple[str, list[str]]:
    """The instruction, paragraphs parted by a newline, and the options, as people read them."""
    paragraphs, options = (
        [plain(" ".join(text for _, text in lines)) for lines in group]
        for group in texts_of(block, takes_options=takes_options(kind))
    )
    return "\n".join(paragraphs), options


def _value(attr: Attr, written: str | None) -> Any:
    if attr.type in {"flag", "number", "word"}:
        try:
            return convert(attr, written)
        except BadValue:
            pass
    return written or ""
