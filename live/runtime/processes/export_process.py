"""
Writes an export of a meeting while the meeting goes on.

A large one is written by a fork of this process (docs/decisions/0014): the fork holds the room as it was at that
moment, nobody waits while it computes, and its memory is freed when it ends.
"""

import asyncio
import contextlib
import copy
import gc
import os
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import BinaryIO, NoReturn

import msgspec

from live import exports
from live.errors import ExtraMissing
from live.exports.into_deck.results import results_of
from live.exports.snapshot import NO_FILES
from live.room import Room

SMALL = 200  # answers; so many are written within 50 ms, without a fork
LONGEST_S = 330  # a PDF gives up before that
NICENESS = 10

Made = tuple[bytes, str]
"""The file and the hash of its content; a sheet has no hash."""

Files = Mapping[str, bytes]
_Make = Callable[[exports.Snapshot], Made]


class _Result(msgspec.Struct):
    """What a fork sends back: the file and the hash of its content, or the missing extra, or what went wrong."""

    body: bytes = b""
    content: str = ""
    missing: str = ""
    error: str = ""


async def write(
    room: Room, format: str, *, withheld: bool = False, rehearsal: bool = False, picture_files: Files = NO_FILES
) -> Made:
    """The file of `exports.export`, and the hash of its content. Raises ExtraMissing, TimeoutError, RuntimeError."""

    def make(snapshot: exports.Snapshot) -> Made:
        return exports.write(snapshot, format), exports.content_hash(snapshot)

    return await _make_apart(room, make, withheld=withheld, rehearsal=rehearsal, picture_files=picture_files)


async def write_results(room: Room, *, picture_files: Files = NO_FILES) -> bytes:
    """The packed `Results` that go into a deck. Raises as `write` does."""

    def make(snapshot: exports.Snapshot) -> Made:
        return msgspec.msgpack.encode(results_of(snapshot)), ""

    body, _ = await _make_apart(room, make, picture_files=picture_files)
    return body


async def write_sheet(room: Room, format: str, url: str, activity: str = "") -> bytes:
    """The one-page sheet of `exports.SHEETS`. Raises as `write` does."""

    def make(snapshot: exports.Snapshot) -> Made:
        return exports.SHEETS[format](snapshot, url, activity), ""

    body, _ = await _make_apart(room, make)
    return body


async def _make_apart(
    room: Room, make: _Make, *, withheld: bool = False, rehearsal: bool = False, picture_files: Files = NO_FILES
) -> Made:
    """What *make* makes of the room as it is now, worked out where it keeps nobody waiting."""

    def snapshot_of(room: Room) -> exports.Snapshot:
        snapshot = exports.take_snapshot(room, withheld=withheld, rehearsal=rehearsal)
        return msgspec.structs.replace(snapshot, picture_files=picture_files)

    answers = sum(len(state.answers) for state in room.activities.values())
    if answers <= SMALL or sys.platform != "linux":
        # A copy, for the thread reads it while the meeting goes on: two hundred answers take a millisecond.
        return await asyncio.to_thread(make, snapshot_of(copy.deepcopy(room)))
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Only this thread is forked. The fork takes no lock that another thread may have held, except import locks;
        # should it hang on one of those, it is killed after LONGEST_S.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _run_child(writing, lambda: make(snapshot_of(room)))
    os.close(writing)
    receiving = asyncio.ensure_future(asyncio.to_thread(_receive, os.fdopen(reading, "rb"), child))
    try:
        async with asyncio.timeout(LONGEST_S):
            return await asyncio.shield(receiving)
    except (TimeoutError, asyncio.CancelledError):
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        with contextlib.suppress(RuntimeError):
            await receiving
        raise


def _receive(pipe: BinaryIO, child: int) -> Made:
    with pipe:
        packed = pipe.read()
    os.waitpid(child, 0)
    if not packed:
        raise RuntimeError("the process that writes the file ended too early")
    result = msgspec.msgpack.decode(packed, type=_Result)
    if result.missing:
        raise ExtraMissing(result.missing)
    if result.error:
        raise RuntimeError(f"no file was made: {result.error}")
    return result.body, result.content


def _run_child(pipe: int, work: Callable[[], Made]) -> NoReturn:
    """
    Do *work* in the fork. It closes its copies of the parent's connections, so that those end when the parent closes
    them, and it exits without returning into the parent's code.
    """
    try:
        gc.disable()  # a collection would write to every memory page, and so copy it
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.closerange(3, pipe)
        os.closerange(pipe + 1, os.sysconf("SC_OPEN_MAX"))
        os.nice(NICENESS)
        try:
            result = _Result(*work())
        except ExtraMissing as missing:
            result = _Result(missing=missing.args[0])
        except Exception as error:
            result = _Result(error=repr(error)[:1000])
        with os.fdopen(pipe, "wb") as out:
            out.write(msgspec.msgpack.encode(result))
    finally:
        os._exit(0)
