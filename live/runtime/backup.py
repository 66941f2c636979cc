"""
Backup and restore: everything stored, as lines of JSON in one file. It is taken while meetings run, and read back into
any engine.

First a head, then for each room a line of its own and one for each event, then a line for each stored report of a
deleted room, and an end with the checksum of all lines before it. Keys are not in it: whoever finds a backup can't lead
a meeting. After a restore `innspill link` makes new ones.
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
from live.runtime.deletions import Gone
from live.runtime.replay import load

FORMAT = "innspill-backup/2"
READABLE = ("innspill-backup/1", FORMAT)  # version 1 had no reports
SECRETS = ("phones",)  # without it no phone's token would be valid, and none would find its own answers
MOST_AT_ONCE = 200  # events in one append


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


# -- taking one ---------------------------------------------------------------------------------------------


async def lines(journal: Journal, now: int) -> AsyncIterator[bytes]:
    """
    The lines of a backup. Each room is written up to where its journal ends when it is read; *now* in milliseconds.
    """
    checksum = sha256()

    def line(content: Any) -> bytes:
        body = msgspec.json.encode(content) + b"\n"
        checksum.update(body)
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
        for index, (_, event) in enumerate(read):
            yield line({"event": msgspec.Raw(encode(event))})
            if not index % 1000:
                await asyncio.sleep(0)  # so that others are served meanwhile
        rooms, events = rooms + 1, events + len(read)
    for code in await journal.reports():
        if body := await journal.report(code):
            yield line({"report": code, "body": base64.b64encode(body).decode()})
    yield line({"end": checksum.hexdigest(), "rooms": rooms, "events": events})


# -- reading it back ----------------------------------------------------------------------------------------


def check(file: Path) -> dict[str, int]:
    """Read a backup to its end. Returns `at`, `rooms` and `events`. Raises BackupBroken, which names the line."""
    head: dict[str, int] = {}
    for record in _records(file):
        if "end" in record:
            return {"at": head["at"], "rooms": record["rooms"], "events": record["events"]}
        head = head or record
    raise AssertionError  # _records has raised


def _records(file: Path) -> Iterator[dict[str, Any]]:
    """
    Every line of a backup, with its event decoded. Raises BackupBroken at the first line that can't be read, and when
    the end is missing or its checksum is wrong.
    """
    checksum, ended, number = sha256(), False, 0
    try:
        with gzip.open(file) as stream:
            for number, body in enumerate(stream, start=1):
                record = json.loads(body)
                if number == 1 and record.get("format") not in READABLE:
                    raise BackupBroken(_foreign(record.get("format")))
                if "report" in record:
                    store.sound(base64.b64decode(record["body"]))
                if "event" in record:
                    record["event"] = decode(body[len(b'{"event":') : -len(b"}\n")])
                ended = "end" in record
                if ended and record["end"] != checksum.hexdigest():
                    raise BackupBroken(f"line {number}: something in it has been changed. Take another backup.")
                checksum.update(body)
                yield record
    except (OSError, EOFError, zlib.error, ValueError, KeyError, AttributeError, msgspec.MsgspecError) as error:
        raise BackupBroken(f"line {number + 1} can't be read ({type(error).__name__}). Take another backup.") from None
    if not ended:
        raise BackupBroken(f"it is cut short after line {number}. Take another backup.")


def _foreign(format: Any) -> str:
    """Why a file of another format can't be read."""
    if isinstance(format, str) and format.startswith("innspill-backup/"):
        return f"it is {format[:40]}, from a newer version. Install that version first."
    return "it is no backup of Innspill."


async def restore(file: Path, journal: Journal, gone: Gone) -> Restored:
    """
    Put every room of *file* into *journal*, except those that are there already, and without what is *gone*.

    Raises BackupBroken before anything is written.
    """
    await asyncio.to_thread(check, file)
    restored, code, events = Restored(), "", list[AnyEvent]()
    for record in _records(file):
        if "secret" in record:
            await journal.secret(record["secret"], base64.b64decode(record["value"]))
        elif "event" in record:
            events.append(record["event"])
        elif "report" in record:
            report_code = record["report"]
            marks = {id for gone_code, id in gone if gone_code == report_code}
            restored.reports += await store.put_back(journal, report_code, base64.b64decode(record["body"]), marks)
        elif "room" in record or "end" in record:
            if code:
                await _restore_room(journal, code, events, gone, restored)
            code, events = record.get("room", ""), []
    return restored


async def _restore_room(journal: Journal, code: str, events: list[AnyEvent], gone: Gone, restored: Restored) -> None:
    if (code, "") in gone or await journal.report(code) is not None:
        restored.deleted += 1
        return
    try:
        await journal.create(code, events[:1])
    except CodeTaken:
        restored.there.append(code)
        return
    step = int(events[0].step)
    for batch in _batches(events[1:]):
        await journal.append(code, batch, step=step)
        step += sum(event.step for event in batch)
    room = await load(journal, code)
    for id in [id for gone_code, id in gone if gone_code == code]:
        if (answer := room.answer(id)) and not answer.redacted:
            await journal.append(code, [AnswerRedacted(at=answer.at, id=id)], step=step)
            step += AnswerRedacted.step
            restored.deleted += 1
        await journal.redact(code, id)
    await journal.set_due(code, "delete", room.delete_at)
    if (due := room.due()) is not None:
        await journal.set_due(code, "timer", due)
    restored.rooms += 1
    restored.events += len(events)
    restored.answers += len(room.answer_activity)


def _batches(events: list[AnyEvent]) -> Iterator[list[AnyEvent]]:
    """The events as appends: one that moves the step, alone, or at most MOST_AT_ONCE that do not."""
    batch: list[AnyEvent] = []
    for event in events:
        if event.step or len(batch) == MOST_AT_ONCE:
            if batch:
                yield batch
            batch = []
        if event.step:
            yield [event]
        else:
            batch.append(event)
    if batch:
        yield batch
