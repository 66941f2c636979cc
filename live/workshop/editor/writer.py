"""
The pen that a form writes a workshop's text with: what a change is, how words become lines, and lines put in.

A place in the text that can't be changed without losing something is refused: `Refused("in-text", line=…)`.
"""

import re
from typing import Literal

from msgspec import Struct

from live.errors import Refused
from live.workshop.editor.outline import SlideAt, Written, known, pairs_of, proper_kind, speaks_norwegian
from live.workshop.markdown import plain
from live.workshop.scanner import Block
from live.workshop.schema import canonical, in_norwegian

LONGEST = 1000  # characters of one field: above this, Markdown is not read as such

_MARK = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS = re.compile(r"[,.?;%/()'\"]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ID = re.compile(r"[^\w-]+")


class FormChange(Struct, forbid_unknown_fields=True):
    """
    `slide` and `activity` are counted from 0; of a `note`, `activity` is which one on its slide. `value` is the new
    text of a field; true or false of a flag; None takes an attribute away; a list is the options.
    """

    do: Literal[
        "meta", "title", "big", "attribute", "instruction", "options", "body", "note", "kind",
        "add_slide", "move_slide", "copy_slide", "drop_slide",
        "add_activity", "move_activity", "copy_activity", "drop_activity",
    ]  # fmt: skip
    slide: int = 0
    activity: int = 0
    key: str = ""
    value: str | bool | list[str] | None = None
    by: Literal[-1, 1] = 1
    kind: str = ""


def as_line(text: str) -> str:
    """*text* as a line of Markdown that shows just these signs, and opens no heading, list, note, slide or activity."""
    text = one_line(text)
    line = "".join(
        "\\" + sign if _MARK.match(sign) and not _is_harmless(text, at) else sign for at, sign in enumerate(text)
    )
    return re.sub(r"^([0-9]{1,9})([.)])(?= |$)", r"\1\\\2", line)


def one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _is_harmless(text: str, at: int) -> bool:
    """Commas and the like in a sentence stay as they are, so that the file can be read and edited by people."""
    sign = text[at]
    if _HARMLESS.match(sign):
        return True
    before, after = text[at - 1] if at else "", text[at + 1] if at + 1 < len(text) else " "
    near = (before.isalnum() or before == " ") and (after.isalnum() or after == " ")
    return sign in "-:!" and near and not (sign == "!" and after == "[")


def shown(value: object, *, empty: bool = False) -> str:
    """*value* as the line to write; Refused when no line would show it."""
    if not isinstance(value, str):
        raise Refused("bad")
    if len(value) > LONGEST:
        raise Refused("too-long")
    line, wanted = as_line(value), one_line(value)
    if plain(line) != wanted:
        line = wanted  # too long or too many brackets for Markdown: it is shown as it stands
        if plain(line) != wanted or not re.match(r"[^\W_]", line) or "<!--" in line or "-->" in line:
            raise Refused("bad")
    if not line and not empty:
        raise Refused("empty")
    return line


def slide_of(written: Written, asked: FormChange) -> SlideAt:
    if not 0 <= asked.slide < len(written.slides):
        raise Refused("bad")
    return written.slides[asked.slide]


def block_of(written: Written, asked: FormChange) -> Block:
    blocks = slide_of(written, asked).part.blocks
    if not 0 <= asked.activity < len(blocks):
        raise Refused("bad")
    return blocks[asked.activity]


def whole(written: Written, number: int) -> str:
    """Line *number* without its end; Refused when it holds a part of a note."""
    if written.mixed(number):
        raise Refused("in-text", line=number)
    return written.lines[number - 1].rstrip("\r\n")


def put(written: Written, number: int, line: str) -> None:
    """*line* in place of line *number*, which keeps its end."""
    raw = written.lines[number - 1]
    written.lines[number - 1] = line + raw[len(raw.rstrip("\r\n")) :]


def insert(written: Written, at: int, lines: list[str]) -> None:
    """*lines* before the one with index *at*; those that have an end keep it."""
    eol = written.eol
    if lines and at and at <= len(written.lines) and not written.lines[at - 1].endswith(("\n", "\r")):
        written.lines[at - 1] += eol
    written.lines[at:at] = [line if line.endswith(("\n", "\r")) else line + eol for line in lines]


def word(written: Written, family: str, name: str) -> str:
    """*name* in the words that the text is written in."""
    return in_norwegian(family, name) if speaks_norwegian(written) else name


def put_attribute(written: Written, block: Block, key: str, value: object) -> None:
    """The attribute *key* as *value* in the line that opens *block*; `True` as a lone key, None not at all."""
    if key not in known(proper_kind(block)):
        raise Refused("bad")
    raw = whole(written, block.line)
    _, pairs = pairs_of(block)
    there = [pair for pair in pairs if canonical(pair[0], "attribute", known(proper_kind(block))) == key]
    head = block.head
    words = known(proper_kind(block))[key].words
    told = word(written, "value", value) if isinstance(value, str) and value in words else value
    if value is None:
        for _, _, start, end in reversed(there):
            before, after = head[:start].rstrip(), head[end:]
            head = before + (after.lstrip() if before.endswith("{") else after)
        head = re.sub(r"\s*\{\s*\}$", "", head)
    elif there:
        written_key, _, start, end = there[-1]
        head = head[:start] + _pair(written_key, told, head) + head[end:]
    elif "{" not in head:
        head += "{" + _pair(word(written, "attribute", key), told, head) + "}"
    elif head.endswith("}"):
        before, pair = head[:-1], _pair(word(written, "attribute", key), told, head)
        head = before + ("" if before.endswith(("{", " ")) else " ") + pair + "}"
    else:
        raise Refused("in-text", line=block.line)
    at = raw.rindex(block.head)
    put(written, block.line, raw[:at] + head + raw[at + len(block.head) :])


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
    # The quotes of a word processor are read as plain ones only where the line has no plain ones.
    quote, other = ("'", "’") if '"' not in head and re.search("[“”„‟]", head) else ('"', "”")
    if quote == "'":
        value = value.replace('"', "”")
    return f"{key}={quote}{value.replace(quote, other)}{quote}"


def own_id(block: Block) -> str:
    attrs = known(proper_kind(block)) or ("id",)
    return next(
        (value or "" for key, value, *_ in pairs_of(block)[1] if canonical(key, "attribute", attrs) == "id"), ""
    )


def taken_ids(written: Written) -> set[str]:
    return {own_id(block) for slide in written.slides for block in slide.part.blocks}


def free_id(base: str, taken: set[str]) -> str:
    base = _ID.sub("-", base)[:50]
    at, name = 1, base
    while name in taken:
        at += 1
        name = f"{base}-{at}"
    return name
