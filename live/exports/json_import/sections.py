"""The sections of a JSON export, and their items, as an import reads them."""

import re

import msgspec
from msgspec import Struct

from live.events import Value
from live.exports.snapshot import PromiseRow, Reply
from live.workshop import Activity
from live.workshop.pictures import Picture


class WorkshopSection(Struct):
    text: str
    words_by: str
    opened_at_utc: str
    people: int
    withdrawn: int
    withheld: bool
    rehearsal: bool
    gone: list[Activity]
    edition: int = 1
    folding: int = 1
    names: dict[str, str] = {}
    pictures: dict[str, Picture] = {}

    @property
    def named(self) -> dict[int, str]:
        """`names` by line: a key in JSON is a text."""
        return {int(line): name for line, name in self.names.items() if re.fullmatch("[0-9]{1,7}", line)}


class ActivityItem(Struct):
    id: str
    kind: str
    options: list[str]
    asked: str | None
    started_at_utc: str
    spent_s: int
    revealed: bool
    question: str
    versions: tuple[str, ...] = ()
    cards: list[str] = []


class ThemeItem(Struct):
    activity: str
    id: str
    name: str
    answers: list[str]
    suggested: list[str]


class JoinedItem(Struct):
    activity: str
    did: str
    marks: list[str]


class AnswerItem(Struct):
    answer_id: str
    activity_id: str
    sent_at_utc: str
    phone: str
    heads: int
    via: str
    text: str
    shown_text: str
    withheld: bool
    withheld_reason: str
    rev: int
    value: Value
    version: int = 0
    own_text: str = ""  # what was written beside a value, as `text` and `shown_text` are
    own_shown: str = ""
    name: str = ""
    votes: int = 0
    answered: bool = False
    reply: str = ""


class Top(Struct):
    """The file, with its sections as they are written: each item is decoded by itself."""

    content_sha256: str
    room: str
    counts: msgspec.Raw
    workshop: msgspec.Raw
    activities: msgspec.Raw
    themes: msgspec.Raw
    joined: msgspec.Raw
    answers: msgspec.Raw
    replies: msgspec.Raw = msgspec.Raw(b"[]")
    promises: msgspec.Raw = msgspec.Raw(b"[]")
    pictures: msgspec.Raw = msgspec.Raw(b"{}")


class File(Struct):
    content_sha256: str
    room: str
    workshop: WorkshopSection
    activities: list[ActivityItem]
    themes: list[ThemeItem]
    joined: list[JoinedItem]
    answers: list[AnswerItem]
    replies: list[Reply]
    promises: list[PromiseRow]
