"""
All that is stored, as lines of JSON in one file: taken while meetings run, and read back into any engine.

A head, then for each room a line of its own and one for each event, one for each report that is kept of a room that is
gone, then an end with the sum of all before. Keys are
not in it: whoever finds a backup steers no meeting, and after a restore `innspill link` makes new ones.
"""

import asyncio
import base64
import gzip
import json
import secrets
import zlib
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from live.errors import CodeTaken, LiveError, RoomNotFound
from live.events import AnswerRedacted, AnyEvent, decode, encode
from live.journal import Journal
from live.public_page import store
from live.runtime.replay import load

FORMAT = "innspill-backup/2"
READ = ("innspill-backup/1", FORMAT)  # the first had no reports
SECRETS = ("phones",)  # without it every phone would be a stranger to its own answers
MOST_AT_ONCE = 200  # events in one append
GONE_FILE = "deleted.jsonl"

Gone = set[tuple[str, str]]
"""
(code, id) of answers whose words were deleted; an empty id: the whole room. Other ids are marks of what was taken out
of its report (`live.public_page.store`).
"""


class BackupBroken(LiveError):
    """A file can't be used as a backup; `args[0]` says where and why."""


class Restored(Struct):
    """What came of it. `there` are codes that were left alone because a room has them already."""

    rooms: int = 0
    events: int = 0
    answers: int = 0
    there: list[str] = []
    reports: int = 0  # of rooms that are gone
    deleted: int = 0  # rooms and answers that were deleted after the backup was taken, and are not brought back


# -- taking one ---------------------------------------------------------------------------------------------


async def lines(journal: Journal, now: int) -> AsyncIterator[bytes]:
    """Each room up to where its journal stands when its turn comes; *now* in milliseconds."""
    summed = sha256()

    def line(told: Any) -> bytes:
        body = msgspec.json.encode(told) + b"\n"
        summed.update(body)
        return body

    rooms, events = 0, 0
    yield line({"format": FORMAT, "at": now})
    for name in SECRETS:
        value = await journal.secret(name, secrets.token_bytes(32))
        yield line({"secret": name, "value": base64.b64encode(value).decode()})
    for row in await journal.rooms():
        try:
            read = await journal.read(row.code)
        except RoomNotFound:  # deleted just now
            continue
        yield line({"room": row.code, "events": len(read)})
        for place, (_, event) in enumerate(read):
            yield line({"event": msgspec.Raw(encode(event))})
            if not place % 1000:
                await asyncio.sleep(0)  # others are served meanwhile
        rooms, events = rooms + 1, events + len(read)
    for code in await journal.reports():
        if body := await journal.report(code):
            yield line({"report": code, "body": base64.b64encode(body).decode()})
    yield line({"end": summed.hexdigest(), "rooms": rooms, "events": events})


# -- reading it back ----------------------------------------------------------------------------------------


def check(file: Path) -> dict[str, int]:
    """Read a backup to its end. Returns: `at`, `rooms`, `events`. BackupBroken names the line."""
    head: dict[str, int] = {}
    for told in _told(file):
        if "end" in told:
            return {"at": head["at"], "rooms": told["rooms"], "events": told["events"]}
        head = head or told
    raise AssertionError  # _told has raised


def _told(file: Path) -> Iterator[dict[str, Any]]:
    """Every line, its events read; BackupBroken at the first that can't be, or when the end is missing or another."""
    summed, ended, number = sha256(), False, 0
    try:
        with gzip.open(file) as stream:
            for number, body in enumerate(stream, start=1):
                told = json.loads(body)
                if number == 1 and told.get("format") not in READ:
                    raise BackupBroken(_foreign(told.get("format")))
                if "report" in told:
                    store.sound(base64.b64decode(told["body"]))
                if "event" in told:
                    told["event"] = decode(body[len(b'{"event":') : -len(b"}\n")])
                ended = "end" in told
                if ended and told["end"] != summed.hexdigest():
                    raise BackupBroken(f"line {number}: something in it has been changed. Take another backup.")
                summed.update(body)
                yield told
    except (OSError, EOFError, zlib.error, ValueError, KeyError, AttributeError, msgspec.MsgspecError) as error:
        raise BackupBroken(f"line {number + 1} can't be read ({type(error).__name__}). Take another backup.") from None
    if not ended:
        raise BackupBroken(f"it is cut short after line {number}. Take another backup.")


def _foreign(found: Any) -> str:
    if isinstance(found, str) and found.startswith("innspill-backup/"):
        return f"it is {found[:40]}, from a newer version. Install that version first."
    return "it is no backup of Innspill."


async def restore(file: Path, journal: Journal, gone: Gone) -> Restored:
    """
    Put every room of *file* into *journal* but those that are there already, and without what is *gone*.

    BackupBroken before anything is put anywhere.
    """
    await asyncio.to_thread(check, file)
    came, code, events = Restored(), "", list[AnyEvent]()
    for told in _told(file):
        if "secret" in told:
            await journal.secret(told["secret"], base64.b64decode(told["value"]))
        elif "event" in told:
            events.append(told["event"])
        elif "report" in told:
            of = told["report"]
            marks = {id for there, id in gone if there == of}
            came.reports += await store.put_back(journal, of, base64.b64decode(told["body"]), marks)
        elif "room" in told or "end" in told:
            if code:
                await _put(journal, code, events, gone, came)
            code, events = told.get("room", ""), []
    return came


async def _put(journal: Journal, code: str, events: list[AnyEvent], gone: Gone, came: Restored) -> None:
    if (code, "") in gone or await journal.report(code) is not None:
        came.deleted += 1
        return
    try:
        await journal.create(code, events[:1])
    except CodeTaken:
        came.there.append(code)
        return
    step = int(events[0].step)
    for some in _together(events[1:]):
        await journal.append(code, some, step=step)
        step += sum(event.step for event in some)
    room = await load(journal, code)
    for id in [id for there, id in gone if there == code]:
        if (answer := room.answer(id)) and not answer.redacted:
            await journal.append(code, [AnswerRedacted(at=answer.at, id=id)], step=step)
            step += AnswerRedacted.step
            came.deleted += 1
        await journal.redact(code, id)
    await journal.set_due(code, "delete", room.delete_at)
    if (due := room.due()) is not None:
        await journal.set_due(code, "timer", due)
    came.rooms += 1
    came.events += len(events)
    came.answers += len(room.answer_activity)


def _together(events: list[AnyEvent]) -> Iterator[list[AnyEvent]]:
    """As a journal takes them: one that steps, alone, or many that do not."""
    some: list[AnyEvent] = []
    for event in events:
        if event.step or len(some) == MOST_AT_ONCE:
            if some:
                yield some
            some = []
        if event.step:
            yield [event]
        else:
            some.append(event)
    if some:
        yield some


# -- what was deleted since ---------------------------------------------------------------------------------


class Deletions:
    """Codes and ids of what was deleted, in a file beside the store: a restore must not bring it back."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / GONE_FILE

    def note(self, code: str, id: str = "") -> None:
        with self.file.open("ab") as file:
            file.write(msgspec.json.encode({"room": code, "answer": id}) + b"\n")


def deletions(*files: Path) -> Gone:
    """What is noted in *files*, those that exist; a last line that was cut short does not count."""
    found: Gone = set()
    for file in files:
        for line in file.read_bytes().splitlines() if file.is_file() else ():
            try:
                told = msgspec.json.decode(line)
                found.add((told["room"], told["answer"]))
            except (msgspec.DecodeError, KeyError, TypeError):
                continue
    return found
