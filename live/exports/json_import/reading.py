"""Reads the file item by item, and compares each with its check sum: is it as it was exported?"""

import contextlib
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from live.activities import SCHEMAS
from live.errors import ImportRefused
from live.exports.content_hash import CHECK, Item
from live.exports.json_export import FORMAT
from live.exports.json_import.sections import (
    ActivityItem,
    AnswerItem,
    File,
    JoinedItem,
    ThemeItem,
    Top,
    WorkshopSection,
)
from live.exports.snapshot import PromiseRow, Reply

MOST_ANSWERS = 100_000  # and of themes, replies …
MOST_FIELDS = 60  # of an item
MOST_KNOWN = 8 * 1024 * 1024  # bytes of a field; the text of a workshop may be six times as long in JSON
MOST_OTHER = 64 * 1024  # of one that this version need not read
_ACTIVITY = {
    "activities": "id", "themes": "activity", "joined": "activity", "answers": "activity_id", "replies": "activity",
}  # fmt: skip
_version = re.compile(r"innspill-export/(\d{1,6})")

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{},]', re.DOTALL)
_ITEMS: dict[str, Any] = {
    "activities": ActivityItem, "themes": ThemeItem, "joined": JoinedItem, "answers": AnswerItem, "replies": Reply,
    "promises": PromiseRow,
}  # fmt: skip
_ADDED = {
    "workshop": {"check", "title", "language", "meta"}, "activities": {"check", "results"}, "themes": {"check"},
    "joined": {"check"}, "answers": {"check", "room"}, "replies": {"check"}, "promises": {"check"},
}  # fmt: skip


def is_about(section: str, fields: dict[str, Any], activities: set[str]) -> bool:
    """Whether an item of *section* belongs to one of *activities*."""
    return section in _ACTIVITY and fields.get(_ACTIVITY[section]) in activities


class _Kind(Struct):
    id: str = ""
    kind: str = ""


class ReadItem(NamedTuple):
    """An item of the content as it is in the file: its place in words, and the SHA-256 of its line."""

    name: str
    digest: bytes


class Reading:
    """
    Reads the sections item by item: a file can hold millions of empty lists, and all of it decoded at once would take
    twenty times its size. An item is decoded as what it must be, which fails early, and then compared with its check.

    `file`; `content`, in the order of the content hash; and `unknown`, the ids of activities whose kind this version
    does not know. What is about these is neither in `file` nor in `content`.
    """

    def __init__(self, top: Top) -> None:
        self.unknown = set[str]()
        self.content: list[ReadItem] = []
        self._whole = sha256()
        counts: dict[str, int] = _decoded(_bounded(top.counts, "counts"), dict[str, int], ".counts")
        for place, body in enumerate(_split("activities", top.activities)):
            one = _decoded(body, _Kind, f".activities[{place}]")
            if one.kind not in SCHEMAS:
                self.unknown.add(one.id)
        (body,) = _split("workshop", msgspec.Raw(b"[%b]" % bytes(top.workshop)))
        workshop = self._item("workshop", 0, body, WorkshopSection)
        sections: dict[str, list[Any]] = {section: [] for section in _ITEMS}
        for section, kind in _ITEMS.items():
            found = 0
            for place, body in enumerate(_split(section, getattr(top, section))):
                found += 1
                if (item := self._item(section, place, body, kind)) is not None:
                    sections[section].append(item)
            if found != counts.get(section, 0):
                raise ImportRefused(f"`{section}` holds {found}, and {counts.get(section, 0)} were exported.")
        if self._whole.hexdigest() != top.content_sha256:
            raise ImportRefused(
                "The content hash is another than that of the content: something was moved or replaced."
            )
        self.file = File(top.content_sha256, top.room, workshop, **sections)

    def _item(self, section: str, place: int, body: memoryview, kind: Any) -> Any:
        """The item as *kind*; None when it is about an activity of a later version."""
        where = f".{section}[{place}]" if section in _ITEMS else f".{section}"
        raw: dict[str, msgspec.Raw] = _decoded(body, dict[str, msgspec.Raw], where)
        added = _ADDED[section]
        about = _ACTIVITY.get(section, "")
        later = about in raw and _text(raw[about]) in self.unknown
        item = None if later else _decoded(body, kind, where)
        known = () if later else kind.__struct_fields__
        for name, value in raw.items():
            most = MOST_KNOWN if name in known else MOST_OTHER
            if name not in added and memoryview(value).nbytes > most:
                raise ImportRefused(f"{_name(section, place, raw)} holds too much.")
        fields = {name: _decoded(memoryview(value), Any, where) for name, value in raw.items() if name not in added}
        line = Item(section, place, fields).line
        digest = sha256(line)
        if _text(raw.get("check")) != digest.hexdigest()[:CHECK]:
            raise ImportRefused(f"{_name(section, place, raw)} has been changed since it was exported.")
        self._whole.update(line + b"\n")
        if not later:
            self.content.append(ReadItem(_name(section, place, raw), digest.digest()))
        return item


def _split(section: str, raw: msgspec.Raw) -> Iterator[memoryview]:
    """The items of a section, each as it is written. Raises ImportRefused for too many, or one with too many fields."""
    body = memoryview(raw)
    if bytes(body[:1]) != b"[":
        raise ImportRefused(f"The file is not as it was exported: {section}: expected `array`.")
    depth, begin, count, fields = 0, 1, 0, 0
    for token in _TOKEN.finditer(body):
        at = token.start()
        sign = body[at]
        if sign in b"[{":
            depth += 1
        elif sign in b"]}":
            depth -= 1
        elif sign == ord(","):
            fields += depth == 2
        if depth == 0 or (sign == ord(",") and depth == 1):
            item = body[begin:at]
            if depth == 0 and not count and not bytes(item[:99]).strip():
                return
            count, begin = count + 1, at + 1
            if count > MOST_ANSWERS:
                raise ImportRefused(f"`{section}` holds more than {MOST_ANSWERS}, which are the most.")
            if fields >= MOST_FIELDS:
                raise ImportRefused(f"Number {count} of `{section}` holds too much.")
            yield item
            fields = 0


def _decoded(body: memoryview, kind: Any, where: str) -> Any:
    """*body* as *kind*. Raises ImportRefused with its place, *where* in the file."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise ImportRefused(f"The file is not as it was exported: {_place(str(error), where)}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ImportRefused(f"{where.strip('.')}: this is not JSON as Innspill exports it.") from None


def _bounded(raw: msgspec.Raw, section: str) -> memoryview:
    body = memoryview(raw)
    if body.nbytes > MOST_OTHER:
        raise ImportRefused(f"`{section}` holds too much.")
    return body


def _text(raw: msgspec.Raw | None) -> str | None:
    """A string that is written somewhere; None if it is none, or longer than any name."""
    if raw is None or memoryview(raw).nbytes > MOST_OTHER:
        return None
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        return msgspec.json.decode(memoryview(raw), type=str)
    return None


def top_of(body: bytes) -> Top:
    try:
        named = msgspec.json.decode(body, type=_Format).format
        _check_format(_text(named))
        return msgspec.json.decode(body, type=Top)
    except msgspec.ValidationError as error:
        if str(error).startswith("Expected `object`"):
            _check_format(None)
        raise ImportRefused(f"The file is not as it was exported: {_place(str(error))}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = re.search(r"byte (\d+)", str(error))
        line = body.count(b"\n", 0, int(found[1]) if found else len(body)) + 1
        if "truncated" in str(error):
            raise ImportRefused(f"The file stops in line {line}, before its end. Export or copy it again.") from None
        raise ImportRefused(f"Line {line}: this is not JSON as Innspill exports it.") from None


class _Format(Struct):
    format: msgspec.Raw = msgspec.Raw(b"")


def _check_format(named: str | None) -> None:
    found = _version.fullmatch(named) if named is not None else None
    if found is None:
        raise ImportRefused("This is not a JSON export of a meeting: it names no `format`.")
    if named != FORMAT:
        ours = int(FORMAT.split("/")[1])
        age = "a newer" if int(found[1]) > ours else "an older"
        raise ImportRefused(f"The file was written by {age} Innspill ({named}); this one reads {FORMAT}.")


def _name(section: str, place: int, raw: dict[str, msgspec.Raw]) -> str:
    """The place of an item, as somebody would count who looks for it in the file."""
    if section == "workshop":
        return "`workshop`"
    id = next((text for name in ("answer_id", "id", "activity") if (text := _text(raw.get(name)))), None)
    return f"Number {place + 1} of `{section}` ({str(id)[:40]})"


def _place(error: str, before: str = "") -> str:
    """An error of msgspec, "Expected `int`, got `str` - at `$.answers[3].heads`", with its place first."""
    what, _, where = error.partition(" - at `$")
    return f"{(before + where).strip('`.') or 'at its top'}: {what[:1].lower()}{what[1:]}"
