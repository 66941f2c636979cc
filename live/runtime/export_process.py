"""
Writing a file of a meeting while the meeting goes on.

A large one is written by a copy of this process (docs/decisions/0014): the copy holds the room as it was at that
moment, nobody waits while it reckons, and what it took of memory is gone with it.
"""

import asyncio
import contextlib
import gc
import os
import signal
import sys
import warnings
from typing import BinaryIO, NoReturn

import msgspec

from live import exports
from live.errors import ExtraMissing
from live.room import Room

SMALL = 200  # answers; as many are told and written in 50 ms
LONGEST_S = 330  # a PDF gives up before that
NICENESS = 10

Made = tuple[bytes, str]


class _Found(msgspec.Struct):
    """What a copy tells: the file and the hash of its content, or the extra that is missing, or what went wrong."""

    body: bytes = b""
    content: str = ""
    missing: str = ""
    error: str = ""


async def write(room: Room, format: str, *, withheld: bool = False, rehearsal: bool = False) -> Made:
    """The file of `exports.export`, and the hash of its content."""
    answers = sum(len(state.answers) for state in room.activities.values())
    if answers <= SMALL or sys.platform != "linux":
        told = exports.tell(room, withheld=withheld, rehearsal=rehearsal)
        return await asyncio.to_thread(_made, told, format)
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # A copy is made of this thread alone. It takes no lock that another may have held, but for those of modules
        # that are being imported; should it hang on one, it is ended in time.
        warnings.simplefilter("ignore", DeprecationWarning)
        copy = os.fork()
    if copy == 0:
        _in_the_copy(writing, room, format, withheld, rehearsal)
    os.close(writing)
    receiving = asyncio.ensure_future(asyncio.to_thread(_received, os.fdopen(reading, "rb"), copy))
    try:
        async with asyncio.timeout(LONGEST_S):
            return await asyncio.shield(receiving)
    except (TimeoutError, asyncio.CancelledError):
        with contextlib.suppress(ProcessLookupError):
            os.kill(copy, signal.SIGKILL)
        with contextlib.suppress(RuntimeError):
            await receiving
        raise


def _made(told: exports.Snapshot, format: str) -> Made:
    return exports.write(told, format), exports.content_hash(told)


def _received(pipe: BinaryIO, copy: int) -> Made:
    with pipe:
        packed = pipe.read()
    os.waitpid(copy, 0)
    if not packed:
        raise RuntimeError("the process that wrote the file ended before its end")
    found = msgspec.msgpack.decode(packed, type=_Found)
    if found.missing:
        raise ExtraMissing(found.missing)
    if found.error:
        raise RuntimeError(f"no file was made: {found.error}")
    return found.body, found.content


def _in_the_copy(pipe: int, room: Room, format: str, withheld: bool, rehearsal: bool) -> NoReturn:
    """It lets go of the lines of its original, which end when that ends them, and never returns into its work."""
    try:
        gc.disable()  # it would write on every page, and so copy it
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.closerange(3, pipe)
        os.closerange(pipe + 1, os.sysconf("SC_OPEN_MAX"))
        os.nice(NICENESS)
        try:
            found = _Found(*_made(exports.tell(room, withheld=withheld, rehearsal=rehearsal), format))
        except ExtraMissing as missing:
            found = _Found(missing=missing.args[0])
        except Exception as error:
            found = _Found(error=repr(error)[:1000])
        with os.fdopen(pipe, "wb") as out:
            out.write(msgspec.msgpack.encode(found))
    finally:
        os._exit(0)
