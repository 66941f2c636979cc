"""
Makes one change from the editor's form in the text of a workshop. All other text stays byte for byte as it was.

Where a change would lose something (a note in the middle of the line, a text that can't be cut into slides), it is
refused: `Refused("in-text", line=…)`.
"""

from collections.abc import Callable
from string import ascii_uppercase

from msgspec.structs import replace

from live.errors import Refused
from live.workshop.attributes import BadValue, convert
from live.workshop.editor import fields
from live.workshop.editor.outline import (
    Document,
    SlideAt,
    body_of,
    content_of,
    pairs_of,
    read,
)
from live.workshop.editor.writer import (
    FormChange,
    block_of,
    checked_line,
    free_id,
    insert_lines,
    localized_word,
    own_id,
    put_attribute,
    slide_of,
    taken_ids,
)
from live.workshop.scanner import Block
from live.workshop.schema import Schemas, canonical

FREE_TEXT = {"body", "note"}  # operations whose text could change the meaning of other text on the slide


def apply(text: str, change: FormChange, schemas: Schemas) -> str:
    """The text with *change*. Refused `in-text`, or `bad` when there is no such place or value."""
    document = read(text, schemas)
    if document.broken:
        raise Refused("in-text", line=document.broken[0].line)
    before = _apart_from(document, change) if change.do in FREE_TEXT else []
    OPERATIONS[change.do](document, change)
    after = "".join(document.lines)
    if change.do in FREE_TEXT and _apart_from(read(after, schemas), change) != before:
        raise Refused(
            "in-text", line=document.slides[change.slide].first + 1
        )  # a note that begins in the line above, say
    return after


def _apart_from(document: Document, change: FormChange) -> list[object]:
    """All that the slides hold, without the field that *change* sets."""
    return [
        (
            slide.title,
            [text for text, _ in body_of(slide.raw)] if (change.do, change.slide) != ("body", at) else [],
            slide.raw.notes if (change.do, change.slide) != ("note", at) else [],
            [(block.head, [text for _, text in block.lines]) for block in slide.raw.blocks],
        )
        for at, slide in enumerate(document.slides)
    ]


# -- slides -------------------------------------------------------------------------------------------------


def _chunk(document: Document, slide: SlideAt, *, last: bool = False) -> list[str]:
    """The lines of *slide*; unless it will be the *last* slide, an empty line ends it, as people write it."""
    lines = document.lines[slide.first : slide.end]
    if not last:
        if lines and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += document.eol
        if lines and lines[-1].strip():
            lines.append(document.eol)
    return lines


def _add_slide(document: Document, change: FormChange) -> None:
    """Add a slide after the one that the change names."""
    slide = slide_of(document, change)
    eol = document.eol
    _after(
        document,
        slide,
        [eol, f"## {checked_line(change.value)}{eol}", *([] if slide.end == len(document.lines) else [eol])],
    )


def _after(document: Document, slide: SlideAt, lines: list[str]) -> None:
    """Insert a new slide of *lines* after *slide*."""
    document.lines[slide.first : slide.end] = [*_chunk(document, slide), "---" + document.eol, *lines]


def _add_question(document: Document, change: FormChange) -> None:
    """Add a slide with one activity after the one that the change names."""
    match change.value:
        case [str() as title, str() as instruction]:
            _add_slide(document, replace(change, value=title))
        case _:
            raise Refused("bad")
    _read_again(document)
    _add_activity(document, replace(change, slide=change.slide + 1, value=instruction))


def _move_slide(document: Document, change: FormChange) -> None:
    """Move a slide by so many places; those it passes close up."""
    slide_of(document, change)
    slide_of(document, replace(change, slide=change.slide + change.by))
    first, last = sorted((change.slide, change.slide + change.by))
    places = document.slides[first : last + 1]
    order = [*places[1:], places[0]] if change.by > 0 else [places[-1], *places[:-1]]
    chunks = [
        _chunk(document, moved, last=place.end == len(document.lines))
        for place, moved in zip(places, order, strict=True)
    ]
    for place, lines in zip(reversed(places), reversed(chunks), strict=True):
        document.lines[place.first : place.end] = lines


def _copy_slide(document: Document, change: FormChange) -> None:
    slide = slide_of(document, change)
    names = _names(document, slide.raw.blocks)
    copy = Document(list(document.lines), document.schemas, document.source, document.slides, [])
    for block in slide.raw.blocks:
        _rename(copy, block, names)
    _after(document, slide, _chunk(copy, slide, last=slide.end == len(document.lines)))


def _drop_slide(document: Document, change: FormChange) -> None:
    slide = slide_of(document, change)
    if len(document.slides) == 1:
        raise Refused("last-slide")
    if slide.end < len(document.lines):
        del document.lines[slide.first : slide.end + 1]
    else:
        del document.lines[slide.first - 1 : slide.end]


# -- activities ---------------------------------------------------------------------------------------------


def _span(document: Document, block: Block) -> tuple[int, int]:
    """The lines of *block*; Refused when a note begins in it and ends outside, or the other way round."""
    span = block.line - 1, block.end
    text = "".join(document.lines[slice(*span)])
    if text.count("<!--") != text.count("-->"):
        raise Refused("in-text", line=block.line)
    return span


def _needs(document: Document, change: FormChange) -> tuple[dict[str, str], list[str]]:
    """The attributes and options that an activity of `change.kind` must have at the place where it is to stand."""
    kind = document.schemas[change.kind]
    above = [block for slide in document.slides[: change.slide] for block in slide.raw.blocks]
    above += document.slides[change.slide].raw.blocks[: change.activity]
    gives = {name: schema.gives for name, schema in document.schemas.items()}
    sources = [own_id(document, one) for one in above if kind.takes and gives.get(document.kind_of(one)) == kind.takes]
    attrs = {} if kind.beside else {"time": "2:00"}
    if kind.answers:
        attrs = {"id": free_id(change.kind, taken_ids(document))}
    if sources and sources[-1]:
        attrs["from"] = sources[-1]
    return attrs, list(ascii_uppercase[: kind.exactly or 2]) if kind.options == "must" and "from" not in attrs else []


def _add_activity(document: Document, change: FormChange) -> None:
    """Add an activity as the last on its slide."""
    slide = slide_of(document, change)
    if change.kind not in document.schemas:
        raise Refused("bad")
    text = change.value if isinstance(change.value, str) else ""
    attrs, options = _needs(document, replace(change, activity=len(slide.raw.blocks)))
    head = " ".join(f"{localized_word(document, 'attribute', key)}={value}" for key, value in attrs.items())
    braces = f"{{{head}}}" if head else ""
    lines = [line for line in [checked_line(text, empty=True)] if line] + [f"- {one}" for one in options]
    _put_in(document, slide, [f":::{localized_word(document, 'kind', change.kind)}{braces}", *lines, ":::"])


def _put_in(document: Document, slide: SlideAt, lines: list[str], *, first: bool = False) -> None:
    """Insert *lines* as the last activity of *slide*, or as its *first*."""
    blocks = slide.raw.blocks
    if blocks and first:
        at = blocks[0].line - 1
        before = [""] if at and document.lines[at - 1].strip() else []
        insert_lines(document, at, [*before, *lines, ""])
        return
    at = blocks[-1].end if blocks else slide.end
    while not blocks and at > slide.first and not document.lines[at - 1].strip():
        at -= 1
    insert_lines(document, at, ["", *lines, *([""] if at < len(document.lines) and document.lines[at].strip() else [])])


def _move_activity(document: Document, change: FormChange) -> None:
    """Swap an activity with its neighbour; the first and the last on a slide move to the slide before or after."""
    if change.by not in {-1, 1}:
        raise Refused("bad")
    moved, target = block_of(document, change), change.activity + change.by
    if not 0 <= target < len(slide_of(document, change).raw.blocks):
        return _move_to_next_slide(document, change, moved)
    neighbour = block_of(document, replace(change, activity=target))
    above, below = sorted((_span(document, moved), _span(document, neighbour)))
    up, down = document.lines[slice(*below)], document.lines[slice(*above)]
    if not up[-1].endswith(("\n", "\r")):
        up[-1] += document.eol
    document.lines[slice(*below)] = down
    document.lines[slice(*above)] = up
    return None


def _move_to_next_slide(document: Document, change: FormChange, block: Block) -> None:
    slide = slide_of(document, replace(change, slide=change.slide + change.by))
    lines = document.lines[slice(*_span(document, block))]
    if change.by == 1:
        _put_in(document, slide, lines, first=True)
    _drop_activity(document, change)
    if change.by == -1:
        _put_in(document, slide, lines)


def _set_kind(document: Document, change: FormChange) -> None:
    """
    Change the kind and keep what both kinds have. `value` is a new instruction, if there is to be one.

    Options and attributes that the new kind does not have are removed. So is the time of a talk when the new kind takes
    answers, because the answers would be closed after it.
    """
    block = block_of(document, change)
    old, kind = document.kind_of(block), change.kind
    if not old or kind not in document.schemas:
        raise Refused("bad")
    if old == kind:
        return
    attrs, options = _needs(document, change)
    if document.takes_options(old) and not document.takes_options(kind):
        fields.set_options(document, replace(change, value=[]))
    elif document.takes_marks(old) - document.takes_marks(kind):
        fields.drop_marks(document, block)
    for key, value, *_ in pairs_of(block)[1]:
        name = canonical(key, "attribute", document.attributes_of(old))
        if name is None or not _carries_over(document, name, value, old, kind):
            put_attribute(document, block, name or key, None)
            block = _reread(block, document)
    old_word, line = pairs_of(block)[0], document.lines[block.line - 1]
    at = line.index(block.head)
    document.lines[block.line - 1] = line[:at] + line[at:].replace(old_word, localized_word(document, "kind", kind), 1)
    block = _reread(block, document)
    present = {canonical(key, "attribute", document.attributes_of(kind)) for key, *_ in pairs_of(block)[1]}
    for name, value in attrs.items():
        if name not in present:
            put_attribute(document, block, name, value)
            block = _reread(block, document)
    _read_again(document)
    if isinstance(change.value, str):
        fields.set_instruction(document, change)
        _read_again(document)
    existing = content_of(document, block_of(document, change), kind)[1]
    if options and len(existing) < (document.schemas[kind].exactly or 1):
        fields.set_options(document, replace(change, value=existing + options[len(existing) :]))


def _carries_over(document: Document, name: str, value: str | None, old: str, kind: str) -> bool:
    """Whether the attribute *name* means the same in both kinds, and may be *value* in the new one."""
    before, after = document.attributes_of(old)[name], document.attributes_of(kind).get(name)
    if after is None or (before.type, before.name) != (after.type, after.name):
        return False
    if name == "time" and document.schemas[kind].answers and not document.schemas[old].answers:
        return False
    try:
        convert(after, value)
    except BadValue:
        return False
    return True


def _read_again(document: Document) -> None:
    fresh = read("".join(document.lines), document.schemas)
    document.source, document.slides = fresh.source, fresh.slides


def _copy_activity(document: Document, change: FormChange) -> None:
    block = block_of(document, change)
    copy = Document(list(document.lines), document.schemas, document.source, document.slides, [])
    _rename(copy, block, _names(document, [block]))
    start, end = _span(document, block)
    insert_lines(document, end, ["", *(line.rstrip("\r\n") for line in copy.lines[start:end])])


def _drop_activity(document: Document, change: FormChange) -> None:
    start, end = _span(document, block_of(document, change))
    if (
        start
        and not document.lines[start - 1].strip()
        and (end == len(document.lines) or not document.lines[end].strip())
    ):
        start -= 1
    del document.lines[start:end]


def _names(document: Document, blocks: list[Block]) -> dict[str, str]:
    """Old id -> new id, for copies of *blocks*."""
    taken = taken_ids(document)
    names: dict[str, str] = {}
    for block in blocks:
        if id := own_id(document, block):
            names[id] = free_id(id, taken)
            taken.add(names[id])
    return names


def _rename(document: Document, block: Block, names: dict[str, str]) -> None:
    attrs = document.attributes_of(document.kind_of(block))
    for key, value, *_ in pairs_of(block)[1]:
        name = canonical(key, "attribute", attrs)
        if name in {"id", "from", "compare"} and value in names:
            put_attribute(document, block, name, names[value])
            block = _reread(block, document)


def _reread(block: Block, document: Document) -> Block:
    head = document.lines[block.line - 1].strip().lstrip(":").strip()
    return Block(block.line, head, block.lines, block.edition, block.code, block.end)


OPERATIONS: dict[str, Callable[[Document, FormChange], None]] = {
    "meta": fields.set_meta, "title": fields.set_title, "big": fields.set_big, "hidden": fields.set_hidden,
    "body": fields.set_body, "note": fields.set_note,
    "attribute": fields.set_attribute, "instruction": fields.set_instruction, "options": fields.set_options,
    "kind": _set_kind, "add_slide": _add_slide, "move_slide": _move_slide, "copy_slide": _copy_slide,
    "drop_slide": _drop_slide, "add_activity": _add_activity, "move_activity": _move_activity,
    "copy_activity": _copy_activity, "drop_activity": _drop_activity, "add_question": _add_question,
    "alt": fields.set_alt,
}  # fmt: skip
