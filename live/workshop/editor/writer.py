"""
Helpers that write a workshop's text for the editor: escape what people typed, insert lines, set attributes.

`FormChange` is one change from the form. Where a change would lose something it is refused:
`Refused("in-text", line=…)`.
"""

import re
from typing import Literal

from msgspec import Struct

from live.errors import Refused
from live.text.normalize import visible
from live.workshop.editor.outline import Document, SlideAt, pairs_of, speaks_norwegian
from live.workshop.markdown import plain
from live.workshop.scanner import Block
from live.workshop.schema import canonical, in_norwegian

LONGEST = 1000  # characters of one field; longer text is not read as Markdown (`markdown.plain`)

_MARK = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS = re.compile(r"[,.?;%/()'\"]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ID = re.compile(r"[^\w-]+")


class FormChange(Struct, forbid_unknown_fields=True):
    """
    `slide` and `activity` count from 0; for `note`, `activity` is the number of the note on its slide. `value` is the
    new text of a field, true or false for a flag, a list for options; None removes an attribute. `by` is how many
    places a slide is moved, down or (below 0) up; an activity moves one at a time. For `add_question`, `value` is the
    heading and the instruction; for `alt`, `activity` is the number of the picture on its slide.
    """

    do: Literal[
        "meta", "title", "big", "hidden", "attribute", "instruction", "options", "body", "note", "kind",
        "add_slide", "move_slide", "copy_slide", "drop_slide",
        "add_activity", "move_activity", "copy_activity", "drop_activity", "add_question", "alt",
    ]  # fmt: skip
    slide: int = 0
    activity: int = 0
    key: str = ""
    value: str | bool | list[str] | None = None
    by: int = 1
    kind: str = ""


def as_line(text: str) -> str:
    """*text* escaped as one line of Markdown, so that it begins no heading, list, note, slide or activity."""
    text = one_line(text)
    line = "".join(
        "\\" + sign if _MARK.match(sign) and not _is_harmless(text, at) else sign for at, sign in enumerate(text)
    )
    return re.sub(r"^([0-9]{1,9})([.)])(?= |$)", r"\1\\\2", line)


def one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _is_harmless(text: str, at: int) -> bool:
    """Commas and the like in a sentence are not escaped, so that the file stays easy to read and edit."""
    sign = text[at]
    if _HARMLESS.match(sign):
        return True
    before, after = text[at - 1] if at else "", text[at + 1] if at + 1 < len(text) else " "
    near = (before.isalnum() or before == " ") and (after.isalnum() or after == " ")
    return sign in "-:!" and near and not (sign == "!" and after == "[")


def checked_line(value: object, *, empty: bool = False) -> str:
    """*value* as the line to write, escaped. Refused when it is empty, too long, or no line could show it."""
    if not isinstance(value, str):
        raise Refused("bad")
    if len(value) > LONGEST:
        raise Refused("too-long")
    line, wanted = as_line(value), one_line(value)
    if plain(line) != wanted:
        line = wanted  # too long, or too many brackets, to be read as Markdown: it is shown without escapes
        if plain(line) != wanted or not re.match(r"[^\W_]", line) or "<!--" in line or "-->" in line:
            raise Refused("bad")
    if not empty and not visible.search(line):
        raise Refused("empty")
    return line


def slide_of(document: Document, change: FormChange) -> SlideAt:
    if not 0 <= change.slide < len(document.slides):
        raise Refused("bad")
    return document.slides[change.slide]


def block_of(document: Document, change: FormChange) -> Block:
    blocks = slide_of(document, change).raw.blocks
    if not 0 <= change.activity < len(blocks):
        raise Refused("bad")
    return blocks[change.activity]


def editable_line(document: Document, number: int) -> str:
    """Line *number* without its line end; Refused when it also has a part of a note."""
    if document.holds_note(number):
        raise Refused("in-text", line=number)
    return document.lines[number - 1].rstrip("\r\n")


def replace_line(document: Document, number: int, line: str) -> None:
    """Write *line* in place of line *number*, and keep its line end."""
    raw = document.lines[number - 1]
    document.lines[number - 1] = line + raw[len(raw.rstrip("\r\n")) :]


def insert_lines(document: Document, at: int, lines: list[str]) -> None:
    """Insert *lines* before index *at*; those without a line end get one."""
    eol = document.eol
    if lines and at and at <= len(document.lines) and not document.lines[at - 1].endswith(("\n", "\r")):
        document.lines[at - 1] += eol
    document.lines[at:at] = [line if line.endswith(("\n", "\r")) else line + eol for line in lines]


def localized_word(document: Document, family: str, name: str) -> str:
    """*name* in Norwegian if the text uses Norwegian words."""
    among = document.schemas if family == "kind" else ()
    return in_norwegian(family, name, among) if speaks_norwegian(document) else name


def put_attribute(document: Document, block: Block, key: str, value: object) -> None:
    """Set attribute *key* in the line that opens *block*. `True` is written as the key alone; None removes it."""
    attrs = document.attributes_of(document.kind_of(block))
    if key not in attrs:
        raise Refused("bad")
    raw = editable_line(document, block.line)
    _, pairs = pairs_of(block)
    existing = [pair for pair in pairs if canonical(pair[0], "attribute", attrs) == key]
    head = block.head
    words = attrs[key].words
    parts = value.split("|") if isinstance(value, str) and words else []
    known = bool(parts) and set(parts) <= set(words)
    written_value = "|".join(localized_word(document, "value", part) for part in parts) if known else value
    if value is None:
        for _, _, start, end in reversed(existing):
            before, after = head[:start].rstrip(), head[end:]
            head = before + (after.lstrip() if before.endswith("{") else after)
        head = re.sub(r"\s*\{\s*\}$", "", head)
    elif existing:
        written_key, _, start, end = existing[-1]
        head = head[:start] + _pair(written_key, written_value, head) + head[end:]
    elif "{" not in head:
        head += "{" + _pair(localized_word(document, "attribute", key), written_value, head) + "}"
    elif head.endswith("}"):
        before, pair = head[:-1], _pair(localized_word(document, "attribute", key), written_value, head)
        head = before + ("" if before.endswith(("{", " ")) else " ") + pair + "}"
    else:
        raise Refused("in-text", line=block.line)
    at = raw.rindex(block.head)
    replace_line(document, block.line, raw[:at] + head + raw[at + len(block.head) :])


def _pair(key: str, value: object, head: str) -> str:
    if value is True:
        return key
    if value is False:
        return f"{key}=off"
    if not isinstance(value, str) or len(value) > LONGEST or not value.strip():
        raise Refused("bad")
    value = one_line(value)
    if "<!--" in value or "-->" in value:
        raise Refused("bad")
    if re.fullmatch(r"[^\s\"'={}“”„‟«]+", value):
        return f"{key}={value}"
    # Curly quotes of a word processor are read as plain ones only in a line without plain ones (`attributes.straight`).
    quote, other = ("'", "’") if '"' not in head and re.search("[“”„‟]", head) else ('"', "”")
    if quote == "'":
        value = value.replace('"', "”")
    return f"{key}={quote}{value.replace(quote, other)}{quote}"


def own_id(document: Document, block: Block) -> str:
    attrs = document.attributes_of(document.kind_of(block)) or ("id",)
    return next(
        (value or "" for key, value, *_ in pairs_of(block)[1] if canonical(key, "attribute", attrs) == "id"), ""
    )


def taken_ids(document: Document) -> set[str]:
    return {own_id(document, block) for slide in document.slides for block in slide.raw.blocks}


def free_id(base: str, taken: set[str]) -> str:
    base = _ID.sub("-", base)[:50]
    at, name = 1, base
    while name in taken:
        at += 1
        name = f"{base}-{at}"
    return name
