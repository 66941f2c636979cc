"""
Backup and restore: everything stored, as lines of JSON in one file. It is taken while meetings run, and read back into
any engine.

First a head, then for each room a line of its own, one for each event and one for each file of its pictures, then a
line for each stored report of a deleted room, then the films, each once and in parts, and an end with the checksum of
all lines before it. Keys are not in it: whoever finds a backup can't lead a meeting. After a restore `innspill link`
makes new ones.
"""

import asyncio
import base64
import gzip
import logging
import re
import secrets
import zlib
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from live.errors import CodeTaken, LiveError, RoomNotFound
from live.events import (
    AnswerChanged,
    AnswerRedacted,
    AnswerSent,
    AnyEvent,
    FilmsSet,
    PicturesSet,
    blanked,
    decode,
    encode,
)
from live.journal import Journal
from live.media import NOWHERE, Media
from live.media.store import files_of
from live.public_page import store
from live.room import DAY_MS, Room
from live.rules import traces
from live.runtime import room_pictures
from live.runtime.backup.films import Film, FilmLine, FilmLines, FilmPart, FilmWriter, film_lines
from live.runtime.deletions import Gone

FORMAT = "innspill-backup/4"
# Version 1 had no reports, version 2 no pictures, version 3 no films.
READABLE = ("innspill-backup/1", "innspill-backup/2", "innspill-backup/3", FORMAT)
SECRETS = ("phones",)  # without it no phone's token would be valid, and none would find its own answers
SECRET_BYTES = 32
MOST_LINE = 16 * 1024 * 1024  # bytes; the longest is a workshop of 1 MiB, in which each character may take six

_FILE = re.compile("[0-9a-f]{32}-[0-9]{1,4}")

logger = logging.getLogger("live.runtime.backup")


class BackupBroken(LiveError):
    """A file can't be used as a backup; `args[0]` says where and why."""


class Restored(Struct):
    """What a restore did. `there` are the codes that were skipped because a room has them already."""

    rooms: int = 0
    events: int = 0
    answers: int = 0
    there: list[str] = []
    reports: int = 0  # of deleted rooms
    deleted: int = 0  # rooms and answers that were deleted after the backup was taken, and stay deleted
    unreadable: list[str] = []  # codes of rooms that this version can't read, and left out
    films: int = 0


# -- taking one ---------------------------------------------------------------------------------------------


async def lines(journal: Journal, now: int, media: Media = NOWHERE) -> AsyncIterator[bytes]:
    """
    The lines of a backup. Each room is written up to where its journal ends when it is read; *now* in milliseconds.
    Without *media* films and their captions are left out.
    """
    checksum = sha256()

    def line(content: Any) -> bytes:
        body = msgspec.json.encode(content) + b"\n"
        checksum.update(body)
        return body

    rooms, events = 0, 0
    films: dict[str, list[str]] = {}  # file -> codes of the rooms that use it
    yield line({"format": FORMAT, "at": now})
    for name in SECRETS:
        value = await journal.secret(name, secrets.token_bytes(SECRET_BYTES))
        yield line({"secret": name, "value": base64.b64encode(value).decode()})
    for row in await journal.rooms():
        try:
            read = await journal.read(row.code)
        except RoomNotFound:  # deleted just now
            continue
        yield line({"room": row.code, "events": len(read)})
        for index, (_, event) in enumerate(read):
            yield line({"event": msgspec.Raw(encode(event))})
            if not index % 1000:
                await asyncio.sleep(0)  # so that others are served meanwhile
        pictures = next((event.pictures for _, event in reversed(read) if isinstance(event, PicturesSet)), {})
        for name, file in (await room_pictures.read(journal, row.code, pictures)).items():
            yield line({"picture": name, "of": row.code, "body": base64.b64encode(file).decode()})
        for name in files_of(next((event.films for _, event in reversed(read) if isinstance(event, FilmsSet)), {})):
            films.setdefault(name, []).append(row.code)
        rooms, events = rooms + 1, events + len(read)
    for code in await journal.reports():
        if body := await journal.report(code):
            yield line({"report": code, "body": base64.b64encode(body).decode()})
    async for content in film_lines(media, films):
        yield line(content)
    yield line({"end": checksum.hexdigest(), "rooms": rooms, "events": events})


# -- reading it back ----------------------------------------------------------------------------------------


class _Line(FilmLine):
    """A line of a backup, of any sort: it is of the sort whose field is there."""

    format: str | None = None
    at: int = 0
    secret: str | None = None
    value: str = ""
    room: str | None = None
    events: int = 0
    event: msgspec.Raw = msgspec.Raw()
    report: str | None = None
    body: str = ""
    picture: str | None = None
    of: str = ""
    end: str | None = None
    rooms: int = 0


class _Secret(NamedTuple):
    name: str
    value: bytes


class _Stored(NamedTuple):
    code: str
    events: list[AnyEvent]


class _Picture(NamedTuple):
    code: str
    name: str
    body: bytes


class _Report(NamedTuple):
    code: str
    body: bytes


def check(file: Path) -> dict[str, int]:
    """Read a backup to its end. Returns `at rooms events films`. Raises BackupBroken, which names the line."""
    reading = _Reading(file)
    for _ in reading:
        pass
    return {"at": reading.at, "rooms": reading.rooms, "events": reading.events, "films": reading.films}


class _Reading:
    """
    Iterates over what a backup holds: secrets, whole meetings, and reports. Raises BackupBroken at the first line that
    can't be read or can't be there, and when the end is missing or its checksum is wrong.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.at = self.rooms = self.events = self.films = 0

    def __iter__(self) -> Iterator[_Secret | _Stored | _Picture | _Report | Film | FilmPart]:
        number = 0
        try:
            with gzip.open(self._file) as stream:
                checksum, codes, room, ended = sha256(), set[str](), _Stored("", []), False
                missing = 0  # events of *room* that are still to come
                film = FilmLines()
                while body := stream.readline(MOST_LINE + 1):
                    number += 1
                    if len(body) > MOST_LINE or ended:
                        raise ValueError
                    line = msgspec.json.decode(body, type=_Line)
                    if number == 1:
                        if line.format not in READABLE:
                            raise BackupBroken(_foreign(line.format))
                        self.at = line.at
                    elif memoryview(line.event).nbytes:
                        event = decode(bytes(line.event))
                        if not missing or not 0 <= event.at <= self.at + DAY_MS:
                            raise ValueError
                        room.events.append(event)
                        self.events += 1
                        missing -= 1
                        if not missing:
                            yield room
                    elif missing:
                        raise ValueError
                    elif (found := film.read(line, codes)) is not None:
                        self.films += isinstance(found, Film)
                        yield found
                    elif line.secret is not None:
                        if line.secret in SECRETS:  # no other is ours to take from a file
                            yield _Secret(line.secret, _secret(line.value))
                    elif line.room is not None:
                        room, missing = _Stored(_code(line.room, codes), []), line.events
                        self.rooms += 1
                        if missing < 1:
                            raise ValueError
                    elif line.picture is not None:
                        if line.of != room.code or not _FILE.fullmatch(line.picture):
                            raise ValueError
                        yield _Picture(line.of, line.picture, base64.b64decode(line.body, validate=True))
                    elif line.report is not None:
                        report = _Report(_code(line.report, codes), base64.b64decode(line.body, validate=True))
                        store.sound(report.body)
                        yield report
                    elif line.end is not None:
                        if line.end != checksum.hexdigest():
                            raise BackupBroken(f"line {number}: something in it has been changed. Take another backup.")
                        if (line.rooms, line.events) != (self.rooms, self.events):
                            raise ValueError
                        ended = True
                    checksum.update(body)
        except (OSError, EOFError, zlib.error, ValueError, RecursionError, msgspec.MsgspecError) as error:
            at = number + isinstance(error, OSError | EOFError | zlib.error)
            why = type(error).__name__
            raise BackupBroken(f"line {max(at, 1)} can't be read ({why}). Take another backup.") from None
        if not ended:
            raise BackupBroken(f"it is cut short after line {number}. Take another backup.")


def _code(code: str, known: set[str]) -> str:
    """The code of a meeting or report, none of which comes twice in a file. Raises ValueError."""
    if not re.fullmatch("[1-9][0-9]{7}", code) or code in known:
        raise ValueError
    known.add(code)
    return code


def _secret(written: str) -> bytes:
    value = base64.b64decode(written, validate=True)
    if len(value) != SECRET_BYTES:
        raise ValueError
    return value


def _foreign(format: Any) -> str:
    """Why a file of another format can't be read."""
    if isinstance(format, str) and format.startswith("innspill-backup/"):
        return f"it is {format[:40]}, from a newer version. Install that version first."
    return "it is no backup of Innspill."


async def restore(file: Path, journal: Journal, gone: Gone, media: Media = NOWHERE) -> Restored:
    """
    Put every room of *file* into *journal* and its films into *media*, except those that are there already, and without
    what is *gone*. A room is restored whole, or not at all.

    Raises BackupBroken before anything is written.
    """
    await asyncio.to_thread(check, file)
    restored, is_new = Restored(), False
    new: set[str] = set()  # codes of the rooms that are back
    with media.receiving() as place:
        films = FilmWriter(place, media)
        for found in _Reading(file):
            match found:
                case _Secret():
                    await journal.secret(found.name, found.value)
                case _Report():
                    marks = {id for gone_code, id in gone if gone_code == found.code}
                    restored.reports += await store.put_back(journal, found.code, found.body, marks)
                case _Stored():
                    taken = restored.rooms
                    await _restore_room(journal, found.code, found.events, gone, restored)
                    is_new = restored.rooms > taken
                    new |= {found.code} if is_new else set()
                case _Picture():
                    if is_new:
                        await journal.put_picture(found.code, found.name, found.body)
                case Film():
                    films.begin(found, [code for code in found.codes if code in new])
                case FilmPart():
                    restored.films += await asyncio.to_thread(films.write, found.body)
    return restored


async def _restore_room(journal: Journal, code: str, events: list[AnyEvent], gone: Gone, restored: Restored) -> None:
    if (code, "") in gone or await journal.report(code) is not None:
        restored.deleted += 1
        return
    deleted = {id for gone_code, id in gone if gone_code == code and id}
    try:
        room, events, without = await asyncio.to_thread(_replayed, code, events, deleted)
    except Exception:  # written by a newer version, or made up
        logger.warning("a meeting of the backup can't be read", exc_info=True)
        restored.unreadable.append(code)
        return
    try:
        await journal.create(code, events)
    except CodeTaken:
        restored.there.append(code)
        return
    await journal.set_due(code, "delete", room.delete_at)
    if (due := room.due()) is not None:
        await journal.set_due(code, "timer", due)
    restored.deleted += without
    restored.rooms += 1
    restored.events += len(events)
    restored.answers += len(room.answer_activity)


def _replayed(code: str, events: list[AnyEvent], deleted: set[str]) -> tuple[Room, list[AnyEvent], int]:
    """
    The room that *events* make without the answers *deleted*, the events without their texts, and how many of them the
    backup still had.
    """
    room, kept = Room(code), list(events)
    for event in events:
        room.apply(event)
    answers = [answer for id in sorted(deleted) if (answer := room.answer(id)) and not answer.redacted]
    positions: set[int] = set()
    for answer in answers:  # with their texts, for only those tell which names hold words of them
        removal = traces.remove(room, answer)
        redacted = AnswerRedacted(at=answer.at, id=answer.id, names=removal.names, blank=removal.blank)
        positions |= set(removal.blank)
        kept.append(redacted)
        room.apply(redacted)
    kept = [
        blanked(event) if position in positions or _about(event) in deleted else event
        for position, event in enumerate(kept, 1)
    ]
    return room, kept, len(answers)


def _about(event: AnyEvent) -> str:
    """The answer whose text is in *event*; empty where it has none."""
    return event.id if isinstance(event, AnswerSent | AnswerChanged) else ""
