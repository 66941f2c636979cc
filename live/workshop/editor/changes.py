"""
One change in a form, made in the text of a workshop. What the change is not about stays byte for byte as it was.

A place in the text that can't be changed without losing something (a note in the middle of the line, a text that does
not fall into slides) is refused: `Refused("in-text", line=…)`.
"""

from collections.abc import Callable

from msgspec.structs import replace

from live.errors import Refused
from live.workshop.editor import fields
from live.workshop.editor.outline import (
    SlideAt,
    Written,
    body_of,
    known,
    pairs_of,
    proper_kind,
    read,
    takes_options,
    words_of,
)
from live.workshop.editor.writer import (
    FormChange,
    block_of,
    free_id,
    insert,
    own_id,
    put_attribute,
    shown,
    slide_of,
    taken_ids,
    word,
)
from live.workshop.scanner import Block
from live.workshop.schema import SCHEMAS, BadValue, canonical, convert

FEEDS = {"group": ("open", "words"), "dots": ("group",)}  # whose answers a kind takes when nothing else is said
WHOLE = {"body", "note"}  # what could reach into another part of its slide


def change(text: str, asked: FormChange) -> str:
    """The text after *asked*. Refused `in-text`, or `bad` when there is no such place or value."""
    written = read(text)
    if written.broken:
        raise Refused("in-text", line=written.broken[0].line)
    before = _apart_from(written, asked) if asked.do in WHOLE else []
    DOES[asked.do](written, asked)
    after = "".join(written.lines)
    if asked.do in WHOLE and _apart_from(read(after), asked) != before:
        raise Refused(
            "in-text", line=written.slides[asked.slide].first + 1
        )  # a note that begins in the line above, say
    return after


def _apart_from(written: Written, asked: FormChange) -> list[object]:
    """What the slides hold apart from what is set."""
    return [
        (
            slide.title,
            [text for text, _ in body_of(slide.part)] if (asked.do, asked.slide) != ("body", at) else [],
            slide.part.notes if (asked.do, asked.slide) != ("note", at) else [],
            [(block.head, [text for _, text in block.lines]) for block in slide.part.blocks],
        )
        for at, slide in enumerate(written.slides)
    ]


# -- slides -------------------------------------------------------------------------------------------------


def _chunk(written: Written, slide: SlideAt, *, last: bool = False) -> list[str]:
    """The lines of *slide*; one that will not be the last ends with an empty line, as people write it."""
    lines = written.lines[slide.first : slide.end]
    if not last:
        if lines and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += written.eol
        if lines and lines[-1].strip():
            lines.append(written.eol)
    return lines


def _add_slide(written: Written, asked: FormChange) -> None:
    """After the slide that is named."""
    slide = slide_of(written, asked)
    eol = written.eol
    _after(written, slide, [eol, f"## {shown(asked.value)}{eol}", *([] if slide.end == len(written.lines) else [eol])])


def _after(written: Written, slide: SlideAt, lines: list[str]) -> None:
    """A new slide of *lines* after *slide*."""
    written.lines[slide.first : slide.end] = [*_chunk(written, slide), "---" + written.eol, *lines]


def _move_slide(written: Written, asked: FormChange) -> None:
    slide = slide_of(written, asked)
    other = slide_of(written, FormChange(asked.do, asked.slide + asked.by))
    above, below = (slide, other) if asked.by == 1 else (other, slide)
    up, down = _chunk(written, below), _chunk(written, above, last=below.end == len(written.lines))
    written.lines[below.first : below.end] = down
    written.lines[above.first : above.end] = up


def _copy_slide(written: Written, asked: FormChange) -> None:
    slide = slide_of(written, asked)
    names = _names(written, slide.part.blocks)
    mended = Written(list(written.lines), written.source, written.slides, [])
    for block in slide.part.blocks:
        _rename(mended, block, names)
    _after(written, slide, _chunk(mended, slide, last=slide.end == len(written.lines)))


def _drop_slide(written: Written, asked: FormChange) -> None:
    slide = slide_of(written, asked)
    if len(written.slides) == 1:
        raise Refused("last-slide")
    if slide.end < len(written.lines):
        del written.lines[slide.first : slide.end + 1]
    else:
        del written.lines[slide.first - 1 : slide.end]


# -- activities ---------------------------------------------------------------------------------------------


def _span(written: Written, block: Block) -> tuple[int, int]:
    """The lines of *block*; Refused when a note begins in it and ends outside, or the other way round."""
    span = block.line - 1, block.end
    text = "".join(written.lines[slice(*span)])
    if text.count("<!--") != text.count("-->"):
        raise Refused("in-text", line=block.line)
    return span


def _needs(written: Written, asked: FormChange) -> tuple[dict[str, str], list[str]]:
    """The attributes and options that an activity of `asked.kind` can't do without where it is to stand."""
    kind = SCHEMAS[asked.kind]
    above = [block for slide in written.slides[: asked.slide] for block in slide.part.blocks]
    above += written.slides[asked.slide].part.blocks[: asked.activity]
    feeds = [own_id(block) for block in above if proper_kind(block) in FEEDS.get(asked.kind, ())]
    attrs = {"id": free_id(asked.kind, taken_ids(written))} if kind.answers else {"time": "2:00"}
    if feeds and feeds[-1]:
        attrs["from"] = feeds[-1]
    return attrs, ["A", "B"] if kind.options == "must" and "from" not in attrs else []


def _add_activity(written: Written, asked: FormChange) -> None:
    """Last on its slide."""
    slide = slide_of(written, asked)
    if asked.kind not in SCHEMAS:
        raise Refused("bad")
    text = asked.value if isinstance(asked.value, str) else ""
    attrs, options = _needs(written, replace(asked, activity=len(slide.part.blocks)))
    head = " ".join(f"{word(written, 'attribute', key)}={value}" for key, value in attrs.items())
    lines = [line for line in [shown(text, empty=True)] if line] + [f"- {one}" for one in options]
    _put_in(written, slide, [f":::{word(written, 'kind', asked.kind)}{{{head}}}", *lines, ":::"])


def _put_in(written: Written, slide: SlideAt, lines: list[str], *, first: bool = False) -> None:
    """*lines* as the last activity of *slide*, or as its *first*."""
    blocks = slide.part.blocks
    if blocks and first:
        at = blocks[0].line - 1
        before = [""] if at and written.lines[at - 1].strip() else []
        insert(written, at, [*before, *lines, ""])
        return
    at = blocks[-1].end if blocks else slide.end
    while not blocks and at > slide.first and not written.lines[at - 1].strip():
        at -= 1
    insert(written, at, ["", *lines, *([""] if at < len(written.lines) and written.lines[at].strip() else [])])


def _move_activity(written: Written, asked: FormChange) -> None:
    """Past the one beside it; at the edge of its slide, to the slide beside that."""
    one, there = block_of(written, asked), asked.activity + asked.by
    if not 0 <= there < len(slide_of(written, asked).part.blocks):
        return _move_over(written, asked, one)
    other = block_of(written, replace(asked, activity=there))
    above, below = sorted((_span(written, one), _span(written, other)))
    up, down = written.lines[slice(*below)], written.lines[slice(*above)]
    if not up[-1].endswith(("\n", "\r")):
        up[-1] += written.eol
    written.lines[slice(*below)] = down
    written.lines[slice(*above)] = up
    return None


def _move_over(written: Written, asked: FormChange, block: Block) -> None:
    slide = slide_of(written, replace(asked, slide=asked.slide + asked.by))
    lines = written.lines[slice(*_span(written, block))]
    if asked.by == 1:
        _put_in(written, slide, lines, first=True)
    _drop_activity(written, asked)
    if asked.by == -1:
        _put_in(written, slide, lines)


def _set_kind(written: Written, asked: FormChange) -> None:
    """
    Another kind, with what both have in common; `value` is its instruction, when that is to be another one too.

    Options and attributes that the new kind knows nothing of are taken out, and the minutes of a talk, which would
    close the answers.
    """
    block = block_of(written, asked)
    old, kind = proper_kind(block), asked.kind
    if not old or kind not in SCHEMAS:
        raise Refused("bad")
    if old == kind:
        return
    attrs, options = _needs(written, asked)
    if takes_options(old) and not takes_options(kind):
        fields.set_options(written, replace(asked, value=[]))
    for key, value, *_ in pairs_of(block)[1]:
        name = canonical(key, "attribute", known(old))
        if name is None or not _suits(name, value, old, kind):
            put_attribute(written, block, name or key, None)
            block = _reread(block, written)
    called, line = pairs_of(block)[0], written.lines[block.line - 1]
    at = line.index(block.head)
    written.lines[block.line - 1] = line[:at] + line[at:].replace(called, word(written, "kind", kind), 1)
    block = _reread(block, written)
    has = {canonical(key, "attribute", known(kind)) for key, *_ in pairs_of(block)[1]}
    for name, value in attrs.items():
        if name not in has:
            put_attribute(written, block, name, value)
            block = _reread(block, written)
    _read_again(written)
    if isinstance(asked.value, str):
        fields.set_instruction(written, asked)
        _read_again(written)
    if options and not words_of(block_of(written, asked), kind)[1]:
        fields.set_options(written, replace(asked, value=options))


def _suits(name: str, value: str | None, old: str, kind: str) -> bool:
    """Whether the attribute *name* means the same in both kinds, and may be *value* in the new one."""
    was, now = known(old)[name], known(kind).get(name)
    if now is None or (was.type, was.name) != (now.type, now.name):
        return False
    if name == "time" and SCHEMAS[kind].answers and not SCHEMAS[old].answers:
        return False
    try:
        convert(now, value)
    except BadValue:
        return False
    return True


def _read_again(written: Written) -> None:
    now = read("".join(written.lines))
    written.source, written.slides = now.source, now.slides


def _copy_activity(written: Written, asked: FormChange) -> None:
    block = block_of(written, asked)
    mended = Written(list(written.lines), written.source, written.slides, [])
    _rename(mended, block, _names(written, [block]))
    start, end = _span(written, block)
    insert(written, end, ["", *(line.rstrip("\r\n") for line in mended.lines[start:end])])


def _drop_activity(written: Written, asked: FormChange) -> None:
    start, end = _span(written, block_of(written, asked))
    if start and not written.lines[start - 1].strip() and (end == len(written.lines) or not written.lines[end].strip()):
        start -= 1
    del written.lines[start:end]


def _names(written: Written, blocks: list[Block]) -> dict[str, str]:
    """New ids for copies of *blocks*, by the old ones."""
    taken = taken_ids(written)
    names: dict[str, str] = {}
    for block in blocks:
        if id := own_id(block):
            names[id] = free_id(id, taken)
            taken.add(names[id])
    return names


def _rename(written: Written, block: Block, names: dict[str, str]) -> None:
    attrs = known(proper_kind(block))
    for key, value, *_ in pairs_of(block)[1]:
        name = canonical(key, "attribute", attrs)
        if name in {"id", "from", "compare"} and value in names:
            put_attribute(written, block, name, names[value])
            block = _reread(block, written)


def _reread(block: Block, written: Written) -> Block:
    head = written.lines[block.line - 1].strip().lstrip(":").strip()
    return Block(block.line, head, block.lines, block.end)


DOES: dict[str, Callable[[Written, FormChange], None]] = {
    "meta": fields.set_meta, "title": fields.set_title, "big": fields.set_big, "body": fields.set_body,
    "note": fields.set_note,
    "attribute": fields.set_attribute, "instruction": fields.set_instruction, "options": fields.set_options,
    "kind": _set_kind, "add_slide": _add_slide, "move_slide": _move_slide, "copy_slide": _copy_slide,
    "drop_slide": _drop_slide, "add_activity": _add_activity, "move_activity": _move_activity,
    "copy_activity": _copy_activity, "drop_activity": _drop_activity,
}  # fmt: skip
