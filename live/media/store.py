"""
The media folder: films and captions, named by their content. Nothing here reads a room; those who call say which room
uses which file.

    incoming/…                what is being received; swept when the process that received it is gone
    rooms/CODE/HASH.mp4       what a room uses
    content/HASH.mp4          the same files once more, so that another room with the same film needs no more disk

The three are hard links to one file, so the disk itself counts who uses it: a file in `content` with no other link is
deleted. Where a disk has no hard links, a room has a copy of its own.
"""

import contextlib
import logging
import os
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Self

from msgspec import Struct

from live.errors import ArchiveRefused
from live.i18n.catalogs import N_
from live.workshop.films import Films

LEFT_FREE = 256 * 1024 * 1024  # bytes of the disk that films leave to the journal
ORPHAN_S = 6 * 3600  # what nobody uses is deleted when it is older: another process may be about to use it
OWNER = "store"

FILE = re.compile(r"[0-9a-f]{32}\.(?:mp4|webm|vtt)")
_CODE = re.compile("[1-9][0-9]{7}")

NO_ROOM = N_("There is no room for {file} on the server's disk. Ask those who run it, or save the film smaller")

logger = logging.getLogger("live.media.store")


class Received(Struct, frozen=True):
    """A file that was received whole: where it lies until it is kept, and the name it will have without its ending."""

    path: Path
    hash: str
    bytes: int


class Incoming:
    """
    A place in the folder *parent* for files that are received, made when the first comes. As a context manager it is
    deleted in the end, with what was not kept.
    """

    def __init__(self, parent: Path) -> None:
        self._place = parent / secrets.token_hex(8)

    @property
    def folder(self) -> Path:
        self._place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        shutil.rmtree(self._place, ignore_errors=True)


class Media:
    """The media *folder*. It is made when it is first needed. All methods block: call them in threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # -- receiving ------------------------------------------------------------------------------------------

    def receiving(self) -> "Incoming":
        return Incoming(self.folder / "incoming")

    # -- what rooms use -------------------------------------------------------------------------------------

    def keep(self, code: str, films: Films, received: Iterable[Received]) -> None:
        """Give the room *code* those of *received* that are among *films*."""
        wanted = {one.hash: one.file for one in films.values()}
        for one in received:
            if name := wanted.get(one.hash):
                self._give(code, name, one.path)

    def share(self, code: str, other: str, names: Collection[str]) -> None:
        """Give the room *other* the files *names* of the room *code*; those that are missing stay missing."""
        for name in names:
            if (path := self.path(code, name)) is not None:
                self._give(other, name, path)

    def path(self, code: str, name: str) -> Path | None:
        """Where the file *name* of a room is; None where it is not."""
        path = self._room(code) / name
        return path if FILE.fullmatch(name) and path.is_file() else None

    def drop(self, code: str, names: Collection[str]) -> None:
        """The room has no use for the files *names* any more."""
        for name in names:
            if FILE.fullmatch(name):
                (self._room(code) / name).unlink(missing_ok=True)
                self._forget(name)

    def drop_room(self, code: str) -> None:
        """The room is deleted. A file that can't be deleted now is, when the folder is swept."""
        place = self._room(code)
        names = [entry.name for entry in place.iterdir()] if place.is_dir() else []
        self.drop(code, names)
        with contextlib.suppress(OSError):
            place.rmdir()

    def sweep(self, codes: Collection[str], owner: str) -> int:
        """
        Delete what a crash has left: of rooms that are not among *codes*, of processes that were receiving, and what no
        room uses. Returns how many files. *owner* is the mark of the store whose rooms these are: a folder that another
        store has marked is left alone.
        """
        if not self.folder.is_dir() or not self._is_owned_by(owner):
            return 0
        swept = 0
        for place in self._old("rooms"):
            if _CODE.fullmatch(place.name) and place.name not in codes:
                swept += len(list(place.iterdir()))
                self.drop_room(place.name)
        for place in self._old("incoming"):
            swept += 1
            shutil.rmtree(place, ignore_errors=True)
        for file in self._old("content"):
            swept += self._forget(file.name)
        return swept

    def _old(self, part: str) -> list[Path]:
        folder, before = self.folder / part, time.time() - ORPHAN_S
        found = []
        for path in folder.iterdir() if folder.is_dir() else ():
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < before:
                    found.append(path)
        return found

    def _is_owned_by(self, owner: str) -> bool:
        mark = self.folder / OWNER
        with contextlib.suppress(FileExistsError), mark.open("x") as file:
            file.write(owner)
        if mark.read_text("utf-8") == owner:
            return True
        logger.warning("the media folder belongs to another store: films that are left over there are not deleted")
        return False

    def _room(self, code: str) -> Path:
        assert _CODE.fullmatch(code)
        return self.folder / "rooms" / code

    def _give(self, code: str, name: str, source: Path) -> None:
        place = self._room(code)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = self.folder / "content" / name
        content.parent.mkdir(mode=0o700, exist_ok=True)
        target = place / name
        for origin in (content, source):
            with contextlib.suppress(FileNotFoundError):
                _link(origin, target)
                break
        with contextlib.suppress(OSError):  # it is there already, or the disk has no hard links
            os.link(target, content)
        os.utime(place)  # young again for `sweep`, also where it was there

    def _forget(self, name: str) -> bool:
        """
        Delete a file in `content` that no room uses. A room that begins to at this moment has its own link already, or
        takes what it has received.
        """
        content = self.folder / "content" / name
        try:
            if content.stat().st_nlink > 1:
                return False
            content.unlink()
        except FileNotFoundError:
            return False
        return True


def _link(source: Path, target: Path) -> None:
    """*target* is the file *source*, or where the disk has no hard links a copy. Raises FileNotFoundError."""
    with contextlib.suppress(FileExistsError):
        try:
            os.link(source, target)
        except (FileNotFoundError, FileExistsError):
            raise
        except OSError:
            part = target.with_name(f"{secrets.token_hex(8)}.part")
            shutil.copyfile(source, part)
            part.replace(target)


NOWHERE = Media(Path(os.devnull))
"""For rooms without films: it holds nothing, and takes nothing."""


def receive(name: str, pieces: Iterable[bytes], into: Path, most: int) -> Received:
    """
    Write *pieces* of the file called *name* to the folder *into*. At most *most* bytes: the caller sees by `bytes` that
    there were more. Raises ArchiveRefused when the disk has no room.
    """
    path, digest, size = into / secrets.token_hex(8), sha256(), 0
    try:
        with path.open("xb") as file:
            for piece in pieces:
                if shutil.disk_usage(into).free < LEFT_FREE + len(piece):
                    raise ArchiveRefused(NO_ROOM, file=name)
                size += len(piece)
                file.write(piece)
                digest.update(piece)
                if size > most:
                    break
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        logger.warning("a film could not be written", exc_info=True)
        raise ArchiveRefused(NO_ROOM, file=name) from None
    return Received(path, digest.hexdigest()[:32], size)


def files_of(films: Films) -> set[str]:
    """The names of all files of *films*."""
    return {one.file for one in films.values()}
