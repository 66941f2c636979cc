"""
What was deleted: codes and ids without text, in the file `deleted.jsonl` beside the store; each backup takes them along
to its own folder. A restore reads both, so that it brings back nothing of it.
"""

import contextlib
import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from live.clock import Clock
from live.journal.file_lock import lock
from live.room import DAY_MS
from live.rules.answers import valid_id
from live.workshop.attributes import MOST_DAYS

FILE = "deleted.jsonl"
LOCK = "deleted.lock"

logger = logging.getLogger("live.runtime.deletions")

Gone = set[tuple[str, str]]
"""
(code, id) of answers whose text was deleted. An empty id stands for the whole room. Other ids are marks of texts that
were taken out of the room's report, or of the whole report (`live.public_page.store`).
"""


class Note(Struct, frozen=True, omit_defaults=True):
    """A line of the file. `at` is when it was written, milliseconds; 0 in lines of versions that did not note it."""

    room: str
    answer: str
    at: int = 0


class Deletions:
    """The file in *folder*. Several processes may write to it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE

    def note(self, code: str, id: str = "") -> None:
        with self._locked(), open(self.file, "ab", opener=_private) as file:
            file.write(_line(Note(code, id, Clock().now())))

    def read(self) -> Gone:
        return {(note.room, note.answer) for note in self._notes()}

    def add(self, others: "Deletions", now: int) -> None:
        """Take in what *others* have noted, and drop what `needed` says no restore needs."""
        brought = list(others._notes())
        if not brought and not self.file.is_file():
            return
        with self._locked():
            self._write([*self._notes(), *brought], now)

    def prune(self, now: int) -> None:
        """Drop what `needed` says no restore needs. Without room on the disk it is left as it is."""
        try:
            if self.file.is_file():
                with self._locked():
                    self._write(list(self._notes()), now)
        except OSError:
            logger.warning("what was deleted long ago is still noted", exc_info=True)

    def _notes(self) -> Iterator[Note]:
        """A line that can't be read, such as a cut one, is skipped."""
        for line in self.file.read_bytes().splitlines() if self.file.is_file() else ():
            with contextlib.suppress(msgspec.DecodeError):
                yield msgspec.json.decode(line, type=Note)

    def _write(self, notes: list[Note], now: int) -> None:
        newest: dict[tuple[str, str], int] = {}
        for note in notes:
            known = newest.get((note.room, note.answer), 0)
            newest[note.room, note.answer] = max(known, note.at or now)
        content = b"".join(_line(Note(*pair, at)) for pair, at in needed(newest, now).items())
        if content == self.file.read_bytes() if self.file.is_file() else not content:
            return
        part = self.file.with_name(f"{FILE}.new")
        try:
            with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.file)
        finally:
            part.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Inside the block no other process writes to the file."""
        handle = lock(self.file.with_name(LOCK), wait=True)
        try:
            yield
        finally:
            os.close(handle)


def needed(notes: Mapping[tuple[str, str], int], now: int) -> dict[tuple[str, str], int]:
    """
    Those of *notes*, (code, id) -> when, milliseconds, that a restore may still need.

    A room that was deleted is not restored, so its answers need no notes of their own. After ten years, the longest
    that a room is kept, one from a backup would be deleted at once by its own date. Marks of reports stay, because a
    report is kept without a date.
    """
    oldest = now - MOST_DAYS * DAY_MS

    def is_needed(code: str, id: str, at: int) -> bool:
        if id and not valid_id(id):
            return True
        return at > oldest and not (id and notes.get((code, ""), 0) >= at)

    return {(code, id): at for (code, id), at in notes.items() if is_needed(code, id, at)}


def _private(path: str, flags: int) -> int:
    """Opens a file for this user alone, also one that an earlier version made for others to read."""
    handle = os.open(path, flags, 0o600)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, 0o600)
    return handle


def _line(note: Note) -> bytes:
    return msgspec.json.encode(note) + b"\n"
