"""
Reads a JSON export back into the events of a meeting: all of it, or nothing.

The file is checked twice. Each item is compared with its check sum, so that a changed item can be named with its place.
Then the meeting is built, and an export of it must have exactly the same content.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
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
    AnswerRedacted,
    AnswerSent,
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
from live.exports.content_hash import Item, hash_of, items
from live.exports.json_export import FORMAT, SECTIONS
from live.exports.snapshot import PromiseRow, Reply
from live.room import Room
from live.room.followup import RECEIVED
from live.room.rehearsal import PRETEND_PREFIX, REHEARSAL
from live.rules import followup
from live.rules.answers import valid_id
from live.text.normalize import MOST_CHARACTERS, clean
from live.workshop import Activity, Workshop

MOST_BYTES = 64 * 1024 * 1024
MOST_ANSWERS = 100_000
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
    withheld: bool
    withheld_reason: str
    rev: int
    value: Value


class _File(Struct):
    content_sha256: str
    room: str
    counts: dict[str, int]
    workshop: _Workshop
    activities: list[_Activity]
    themes: list[_Theme]
    joined: list[_Joined]
    answers: list[_Answer]
    replies: list[Reply] = []
    promises: list[PromiseRow] = []


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
    raw = _parsed(body)
    _check_format(raw)
    unknown = _of_unknown_kinds(raw)
    try:
        file = msgspec.convert(raw | _without(raw, unknown), _File)
    except msgspec.ValidationError as error:
        raise ImportRefused(f"The file is not as it was exported: {_place(str(error))}.") from None
    content = list(_items(raw))
    _check_sums(raw, file, content)
    content = [item for item in content if not _is_about(item.section, item.fields, unknown)]
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
        if ours.line != theirs.line:
            raise ImportRefused(f"{_name(theirs)} holds something that can't have happened in this meeting.")
    if hash_of(rebuilt) != hash_of(content):
        raise ImportRefused("The file holds something that can't have happened in this meeting.")
    return ImportedMeeting(file.room, events, room.delete_at, file.content_sha256, len(file.answers), left_out)


# -- what a later version has written ---------------------------------------------------------------------

_ACTIVITY = {
    "activities": "id", "themes": "activity", "joined": "activity", "answers": "activity_id", "replies": "activity",
}  # fmt: skip


def _of_unknown_kinds(raw: dict[str, Any]) -> set[str]:
    """Ids of activities whose kind this version does not know."""
    activities = raw.get("activities")
    listed = [one for one in activities if isinstance(one, dict)] if isinstance(activities, list) else []
    return {str(one.get("id")) for one in listed if one.get("kind") not in SCHEMAS}


def _is_about(section: str, fields: dict[str, Any], activities: set[str]) -> bool:
    return section in _ACTIVITY and fields.get(_ACTIVITY[section]) in activities


def _without(raw: dict[str, Any], activities: set[str]) -> dict[str, Any]:
    """The sections of *raw* without what is about *activities*, whose values may have a shape of their own."""
    lists = {section: raw[section] for section in _ACTIVITY if isinstance(raw.get(section), list)}
    return {
        section: [one for one in some if not (isinstance(one, dict) and _is_about(section, one, activities))]
        for section, some in lists.items()
    }


# -- is it as it was exported? ----------------------------------------------------------------------------


def _parsed(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = re.search(r"byte (\d+)", str(error))
        line = body.count(b"\n", 0, int(found[1]) if found else len(body)) + 1
        if "truncated" in str(error):
            raise ImportRefused(f"The file stops in line {line}, before its end. Export or copy it again.") from None
        raise ImportRefused(f"Line {line}: this is not JSON as Innspill exports it.") from None


def _check_format(raw: Any) -> None:
    named = raw.get("format") if isinstance(raw, dict) else None
    found = _version.fullmatch(named) if isinstance(named, str) else None
    if found is None:
        raise ImportRefused("This is not a JSON export of a meeting: it names no `format`.")
    if named != FORMAT:
        ours = int(FORMAT.split("/")[1])
        age = "a newer" if int(found[1]) > ours else "an older"
        raise ImportRefused(f"The file was written by {age} Innspill ({named}); this one reads {FORMAT}.")


def _items(raw: dict[str, Any]) -> Iterator[Item]:
    """The items of `content_hash` as they are in the file, without the keys that the export added to them."""
    additions = {
        "workshop": {"check", "title", "language", "meta"}, "activities": {"check", "results"},
        "themes": {"check"}, "joined": {"check"}, "answers": {"check", "room"}, "replies": {"check"},
        "promises": {"check"},
    }  # fmt: skip
    for section, added in additions.items():
        for place, one in enumerate([raw[section]] if section == "workshop" else raw.get(section, [])):
            yield Item(section, place, {name: value for name, value in one.items() if name not in added})


def _check_sums(raw: dict[str, Any], file: _File, content: list[Item]) -> None:
    for item in content:
        one = raw["workshop"] if item.section == "workshop" else raw[item.section][item.place]
        if one.get("check") != item.check:
            raise ImportRefused(f"{_name(item)} has been changed since it was exported.")
    for section in SECTIONS:
        found, expected = len(raw.get(section, [])), file.counts.get(section, 0)
        if found != expected:
            raise ImportRefused(f"`{section}` holds {found}, and {expected} were exported.")
    if hash_of(content) != file.content_sha256:
        raise ImportRefused("The content hash is another than that of the content: something was moved or replaced.")


def _name(item: Item) -> str:
    """The place of an item, as somebody would count who looks for it in the file."""
    if item.section == "workshop":
        return "`workshop`"
    id = item.fields.get("answer_id") or item.fields.get("id") or item.fields.get("activity")
    return f"Number {item.place + 1} of `{item.section}` ({str(id)[:40]})"


def _place(error: str) -> str:
    """An error of msgspec, "Expected `int`, got `str` - at `$.answers[3].heads`", with its place first."""
    what, _, where = error.partition(" - at `$")
    return f"{where.strip('`.') or 'at its top'}: {what[:1].lower()}{what[1:]}"


# -- could it have happened in a meeting? -----------------------------------------------------------------


def _check_bounds(file: _File) -> None:
    """Refuse what phones and facilitators could not have sent, even with correct check sums."""
    if len(file.answers) > MOST_ANSWERS:
        raise ImportRefused(f"The file holds {len(file.answers)} answers; {MOST_ANSWERS} are the most.")
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
        for activity in sorted(self.file.activities, key=lambda one: one.started_at_utc):
            if not activity.started_at_utc:
                continue
            at = _at(activity.started_at_utc)
            if activity.asked is None:
                self._apply(ActivityStarted(at=at, activity=activity.id))
            else:
                self._apply(QuestionAsked(
                    at=at, activity=activity.id, kind=activity.kind, question=activity.question,
                    slide=activity.asked or None, options=activity.options,
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
        if not answer.withheld or held or late:
            return
        if answer.withheld_reason == "redacted" and not answer.text:
            self._apply(AnswerRedacted(at=at, id=answer.answer_id))
        else:
            self._apply(AnswerHidden(at=at, id=answer.answer_id, reason=answer.withheld_reason))

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


def _at(written: str) -> int:
    """Milliseconds since the epoch. ImportRefused when it is no time, or one before 1970."""
    try:
        passed = datetime.strptime(written, _minute).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    except ValueError:
        raise ImportRefused(f"`{written[:40]}` is no time.") from None
    if passed < timedelta(0):
        raise ImportRefused(f"`{written[:40]}` is no time that a meeting was held at.")
    return passed // timedelta(milliseconds=1)
