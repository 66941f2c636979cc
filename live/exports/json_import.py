"""
Reads a JSON export back into the events of a meeting: all of it, or nothing.

The file is checked twice. Each item is compared with its check sum, so that a changed item can be named with its place.
Then the meeting is built, and an export of it must have exactly the same content.
"""

import contextlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from live import exports, workshop
from live.activities import SCHEMAS
from live.activities.kind import Kind
from live.errors import ImportRefused, Problem, WorkshopInvalid
from live.events import (
    ActivityClosed,
    ActivityStarted,
    AnswerHidden,
    AnswerMasked,
    AnswerRedacted,
    AnswerSent,
    AnswersReleased,
    AnyEvent,
    FollowUpSet,
    HeadsSet,
    HoldSet,
    PeopleCounted,
    PromiseMade,
    QuestionAsked,
    ResultsHidden,
    ResultsShown,
    RoomEnded,
    RoomImported,
    ThemeMade,
    ThemeRemoved,
    Value,
    WordsMerged,
    WordSplit,
    WorkshopSet,
)
from live.exports.content_hash import CHECK, Item, items
from live.exports.json_export import FORMAT
from live.exports.snapshot import PromiseRow, Reply
from live.room import Room
from live.room.followup import RECEIVED
from live.room.rehearsal import PRETEND_PREFIX, REHEARSAL
from live.rules import followup
from live.rules.answers import valid_id
from live.text.marks import spans_between
from live.text.normalize import MOST_CHARACTERS, clean
from live.text.screening import SCREENING, flags
from live.workshop import Activity, Workshop

MOST_BYTES = 64 * 1024 * 1024
MOST_ANSWERS = 100_000  # and of themes, replies …
MOST_FIELDS = 60  # of an item
MOST_KNOWN = 8 * 1024 * 1024  # bytes of a field; the text of a workshop may be six times as long in JSON
MOST_OTHER = 64 * 1024  # of one that this version need not read
MOST_NAME = 500  # characters of a theme's name, a reason, a question
_version = re.compile(r"innspill-export/(\d{1,6})")
_alias = re.compile(r"[PR][0-9]{1,7}")
_minute = "%Y-%m-%dT%H:%MZ"
_VIA = {"phone", "facilitator", "paper", REHEARSAL}


class _Workshop(Struct):
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

    @property
    def named(self) -> dict[int, str]:
        """`names` by line: a key in JSON is a text."""
        return {int(line): name for line, name in self.names.items() if re.fullmatch("[0-9]{1,7}", line)}


class _Activity(Struct):
    id: str
    kind: str
    options: list[str]
    asked: str | None
    started_at_utc: str
    spent_s: int
    revealed: bool
    question: str


class _Theme(Struct):
    activity: str
    id: str
    name: str
    answers: list[str]
    suggested: list[str]


class _Joined(Struct):
    activity: str
    did: str
    marks: list[str]


class _Answer(Struct):
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


class _Top(Struct):
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


class _File(Struct):
    content_sha256: str
    room: str
    workshop: _Workshop
    activities: list[_Activity]
    themes: list[_Theme]
    joined: list[_Joined]
    answers: list[_Answer]
    replies: list[Reply]
    promises: list[PromiseRow]


class ImportedMeeting(NamedTuple):
    """
    A meeting read from a file: the `events` that make it, and the `code` it had.

    `left_out`: what a later version has written and this one can't read, by lines of the workshop.
    """

    code: str
    events: list[AnyEvent]
    delete_at: int
    content: str
    answers: int
    left_out: list[Problem]


def read(body: bytes) -> ImportedMeeting:
    """The meeting in a JSON export. Raises ImportRefused, which names the first error and its place."""
    if len(body) > MOST_BYTES:
        raise ImportRefused(f"The file is larger than {MOST_BYTES // 2**20} MiB.")
    top = _top_of(body)
    reading = _Reading(top)
    file, content, unknown = reading.file, reading.content, reading.unknown
    left_out: list[Problem] = []
    edition = file.workshop.edition
    try:
        if edition == workshop.EDITION:
            written, _ = workshop.parse(file.workshop.text, SCHEMAS, names=file.workshop.named)
        else:  # valid by the rules of its time, which this version can't check
            written = workshop.reread(file.workshop.text, SCHEMAS, edition, file.workshop.named)
    except WorkshopInvalid as invalid:
        first = invalid.problems[0]
        if not unknown:
            raise ImportRefused(f"workshop.text, line {first.line}: {first.message}.") from None
        written = workshop.reread(file.workshop.text, SCHEMAS, edition, file.workshop.named)
        left_out = [Problem(one.line, f"{one.message}. Left out, with its answers.", True) for one in invalid.problems]
    _check_bounds(file)
    try:
        room, events = _Rebuild(file, written).build()
        snapshot = exports.take_snapshot(room, withheld=file.workshop.withheld, rehearsal=file.workshop.rehearsal)
    except ImportRefused:
        raise
    except Exception as error:  # somebody put in something impossible and computed the check sums anew
        raise ImportRefused(f"The file holds something that can't have happened ({type(error).__name__}).") from error
    rebuilt = [item for item in items(snapshot) if not _is_about(item.section, item.fields, unknown)]
    for ours, theirs in zip(rebuilt, content, strict=False):
        if sha256(ours.line).digest() != theirs.digest:
            raise ImportRefused(f"{theirs.name} holds something that can't have happened in this meeting.")
    if len(rebuilt) != len(content):
        raise ImportRefused("The file holds something that can't have happened in this meeting.")
    return ImportedMeeting(file.room, events, room.delete_at, file.content_sha256, len(file.answers), left_out)


# -- what a later version has written ---------------------------------------------------------------------

_ACTIVITY = {
    "activities": "id", "themes": "activity", "joined": "activity", "answers": "activity_id", "replies": "activity",
}  # fmt: skip


def _is_about(section: str, fields: dict[str, Any], activities: set[str]) -> bool:
    return section in _ACTIVITY and fields.get(_ACTIVITY[section]) in activities


# -- is it as it was exported? ----------------------------------------------------------------------------

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{},]', re.DOTALL)
_ITEMS: dict[str, Any] = {
    "activities": _Activity, "themes": _Theme, "joined": _Joined, "answers": _Answer, "replies": Reply,
    "promises": PromiseRow,
}  # fmt: skip
_ADDED = {
    "workshop": {"check", "title", "language", "meta"}, "activities": {"check", "results"}, "themes": {"check"},
    "joined": {"check"}, "answers": {"check", "room"}, "replies": {"check"}, "promises": {"check"},
}  # fmt: skip


class _Kind(Struct):
    id: str = ""
    kind: str = ""


class _Read(NamedTuple):
    """An item of the content as it is in the file: its place in words, and the SHA-256 of its line."""

    name: str
    digest: bytes


class _Reading:
    """
    Reads the sections item by item: a file can hold millions of empty lists, and all of it decoded at once would take
    twenty times its size. An item is decoded as what it must be, which fails early, and then compared with its check.

    `file`; `content`, in the order of the content hash; and `unknown`, the ids of activities whose kind this version
    does not know. What is about these is neither in `file` nor in `content`.
    """

    def __init__(self, top: _Top) -> None:
        self.unknown = set[str]()
        self.content: list[_Read] = []
        self._whole = sha256()
        counts: dict[str, int] = _decoded(_bounded(top.counts, "counts"), dict[str, int], ".counts")
        for place, body in enumerate(_split("activities", top.activities)):
            one = _decoded(body, _Kind, f".activities[{place}]")
            if one.kind not in SCHEMAS:
                self.unknown.add(one.id)
        (body,) = _split("workshop", msgspec.Raw(b"[%b]" % bytes(top.workshop)))
        workshop = self._item("workshop", 0, body, _Workshop)
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
        self.file = _File(top.content_sha256, top.room, workshop, **sections)

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
            self.content.append(_Read(_name(section, place, raw), digest.digest()))
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


def _top_of(body: bytes) -> _Top:
    try:
        named = msgspec.json.decode(body, type=_Format).format
        _check_format(_text(named))
        return msgspec.json.decode(body, type=_Top)
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


# -- could it have happened in a meeting? -----------------------------------------------------------------


def _check_bounds(file: _File) -> None:
    """Refuse what phones and facilitators could not have sent, even with correct check sums."""
    if not re.fullmatch(r"[1-9][0-9]{7}", file.room):
        raise ImportRefused("`room` is no meeting code.")
    seen: set[str] = set()
    for place, answer in enumerate(file.answers, start=1):
        valid = (
            valid_id(answer.answer_id) and answer.answer_id not in seen and answer.via in _VIA
            and (not answer.phone or _alias.fullmatch(answer.phone)) and 1 <= answer.heads <= 1000
            and 1 <= answer.rev < 2**31 and len(answer.withheld_reason) <= MOST_NAME and _sound_value(answer.value)
            and (answer.value is not None or answer.text == clean(answer.text[:MOST_CHARACTERS]))
        )  # fmt: skip
        if not valid:
            raise ImportRefused(f"Number {place} of `answers` is no answer that a phone could have sent.")
        seen.add(answer.answer_id)
    for place, theme in enumerate(file.themes, start=1):
        if len(theme.name) > MOST_NAME or len(theme.id) > MOST_NAME or clean(theme.name) != theme.name:
            raise ImportRefused(f"Number {place} of `themes` is no theme that somebody could have made.")
    for place, reply in enumerate(file.replies, start=1):
        if not followup.valid(reply.status, reply.reason, reply.unit, reply.date):
            raise ImportRefused(f"Number {place} of `replies` is none that somebody could have written.")
    for place, promise in enumerate(file.promises, start=1):
        if not (promise.text and 1 <= promise.n < 2**31 and followup.valid(RECEIVED, promise.text, promise.who, "")):
            raise ImportRefused(f"Number {place} of `promises` is none that somebody could have made.")
    for place, activity in enumerate(file.activities, start=1):
        if not 0 <= activity.spent_s < 10**7 or max(map(len, [activity.question, *activity.options])) > MOST_CHARACTERS:
            raise ImportRefused(f"Number {place} of `activities` can't have been held.")


def _sound_value(value: Value) -> bool:
    return value is None or (
        len(value) <= MOST_NAME
        and all(len(name) <= MOST_NAME for name in value)
        and (isinstance(value, list) or all(abs(n) < 10**6 for n in value.values()))
    )


# -- building the meeting ---------------------------------------------------------------------------------


class _Rebuild:
    """Makes the events of the meeting one by one, and applies each to a room, which the next ones depend on."""

    def __init__(self, file: _File, written: Workshop) -> None:
        self.file = file
        self.written = written
        self.room = Room(file.room)
        self.events: list[AnyEvent] = []
        self.now = self.opened_at = _at(file.workshop.opened_at_utc)

    def build(self) -> tuple[Room, list[AnyEvent]]:
        file = self.file
        self._apply(WorkshopSet(
            at=self.opened_at, text=file.workshop.text, words=file.workshop.words_by, edition=file.workshop.edition,
            names=file.workshop.named, folding=file.workshop.folding,
        ))  # fmt: skip
        aliases = {self._phone(answer.phone): answer.phone for answer in file.answers if answer.phone}
        self._apply(RoomImported(
            at=self.opened_at, source=file.room, content=file.content_sha256, aliases=aliases,
            gone=file.workshop.gone, withdrawn=file.workshop.withdrawn,
        ))  # fmt: skip
        if file.workshop.people:
            self._apply(PeopleCounted(at=self.opened_at, people=file.workshop.people))
        self._run_activities()
        self._gather()
        for answer in file.answers:
            self._send(answer)
        self._release()
        heads = {answer.phone: answer.heads for answer in file.answers if answer.phone}
        for alias, n in heads.items():
            if n > 1:
                self._apply(HeadsSet(at=self.now, phone=self._phone(alias), heads=n))
        for joined in file.joined:
            if joined.did == "merged":
                self._apply(WordsMerged(at=self.now, activity=joined.activity, marks=joined.marks))
            else:
                self._apply(WordSplit(at=self.now, activity=joined.activity, mark=joined.marks[0]))
        for id, state in self.room.activities.items():
            if state.hold != state.written.hold:
                self._apply(HoldSet(at=self.now, activity=id, hold=state.written.hold))
        if any(activity.started_at_utc for activity in file.activities):
            self._apply(RoomEnded(at=self.now))
        self._reply()
        return self.room, self.events

    def _apply(self, event: AnyEvent) -> None:
        self.now = max(self.now, event.at)
        self.events.append(event)
        self.room.apply(event)

    def _run_activities(self) -> None:
        waiting = {answer.activity_id for answer in self.file.answers if _waits(answer)}
        for activity in sorted(self.file.activities, key=lambda one: one.started_at_utc):
            if not activity.started_at_utc:
                continue
            at = _at(activity.started_at_utc)
            screening = SCREENING if activity.id in waiting else 0
            if activity.asked is None:
                self._apply(ActivityStarted(at=at, activity=activity.id, screening=screening))
            else:
                self._apply(QuestionAsked(
                    at=at, activity=activity.id, kind=activity.kind, question=activity.question,
                    slide=activity.asked or None, options=activity.options, screening=screening,
                ))  # fmt: skip
            ended = at + activity.spent_s * 1000
            self._apply(ActivityClosed(at=ended, activity=activity.id, grace_until=ended))
            shown = ResultsShown if activity.revealed else ResultsHidden
            self._apply(shown(at=ended, activity=activity.id))

    def _reply(self) -> None:
        """The follow-up. It is not published: that is decided anew for the imported meeting."""
        for one in self.file.replies:
            self._apply(FollowUpSet(
                at=_at(one.at_utc), activity=one.activity, theme=one.theme, status=one.status, reason=one.reason,
                unit=one.unit, date=one.date, moved=one.moved,
            ))  # fmt: skip
        for promise in self.file.promises:
            self._apply(PromiseMade(at=_at(promise.at_utc), n=promise.n, text=promise.text, who=promise.who))

    def _gather(self) -> None:
        """
        Make the themes. This comes before the answers, because dots are given to themes. Themes that the workshop
        names are removed first, because they may have been changed.
        """
        for activity, themes in list(self.room.themes.items()):
            for theme in list(themes):
                self._apply(ThemeRemoved(at=self.now, activity=activity, theme=theme.id))
        for one in self.file.themes:
            self._apply(ThemeMade(
                at=self.now, activity=one.activity, theme=one.id, name=one.name, ids=one.answers,
                suggested=one.suggested, stands=self._other_themes(one) or None,
            ))  # fmt: skip

    def _other_themes(self, theme: _Theme) -> dict[str, list[str]]:
        """Those of its answers that are also in earlier themes: answer -> these themes."""
        before = self.room.themes_of(theme.activity)
        return {id: stands for id in theme.answers if (stands := before.all_of(id))}

    def _send(self, answer: _Answer) -> None:
        at, state = _at(answer.sent_at_utc), self.room.activities[answer.activity_id]
        held = answer.withheld and answer.withheld_reason == "held" and bool(answer.phone)
        late = answer.withheld and answer.withheld_reason == "late"
        if answer.phone and state.hold != held:
            self._apply(HoldSet(at=at, activity=answer.activity_id, hold=held))
        text, value = self._content(answer, state.kind)
        self._apply(AnswerSent(
            at=at, activity=answer.activity_id, id=answer.answer_id, phone=self._phone(answer.phone), text=text,
            value=value, rev=answer.rev, heads=answer.heads, via=answer.via, late=late,
        ))  # fmt: skip
        if not answer.withheld and text and (spans := spans_between(text, answer.shown_text)):
            self._apply(AnswerMasked(at=at, id=answer.answer_id, rev=answer.rev, spans=spans))
        if not answer.withheld or held or late or _waits(answer):
            return
        if answer.withheld_reason == "redacted" and not answer.text:
            self._apply(AnswerRedacted(at=at, id=answer.answer_id))
        else:
            self._apply(AnswerHidden(at=at, id=answer.answer_id, reason=answer.withheld_reason))

    def _release(self) -> None:
        """Where flagged answers wait: those that were shown have been released, or were not flagged then."""
        shown = {answer.answer_id: answer.rev for answer in self.file.answers if not answer.withheld}
        for state in self.room.activities.values():
            if released := {id: shown[id] for id in state.waiting if id in shown}:
                self._apply(AnswersReleased(at=self.now, answers=released))

    @staticmethod
    def _content(answer: _Answer, kind: Kind | None) -> tuple[str | None, Value]:
        """The text and value of an answer. A withheld one may be without content; it then gets an empty one."""
        if kind is None or kind.no_value is None:
            return answer.text, None
        return None, answer.value or kind.no_value

    @staticmethod
    def _phone(alias: str) -> str:
        """An id for an imported phone. No real phone can have it, because ids of real phones are hexadecimal."""
        return f"{PRETEND_PREFIX}{alias}" if alias.startswith("R") else f"imported-{alias}" if alias else ""


def _waits(answer: _Answer) -> bool:
    """Whether it can wait for its flags again. A file without its text can only say that it was withheld."""
    return bool(answer.withheld_reason == "flagged" and answer.phone and answer.text and flags(answer.text))


def _at(written: str) -> int:
    """Milliseconds since the epoch. ImportRefused when it is no time, or one before 1970."""
    try:
        passed = datetime.strptime(written, _minute).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    except ValueError:
        raise ImportRefused(f"`{written[:40]}` is no time.") from None
    if passed < timedelta(0):
        raise ImportRefused(f"`{written[:40]}` is no time that a meeting was held at.")
    return passed // timedelta(milliseconds=1)
