"""The files of a room's pictures in the store: put there, read back, and taken out when the room has others instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from live.errors import LiveError
from live.events import PicturesSet
from live.journal import Journal
from live.rules.commands import AddPictures
from live.runtime.mailbox import Ack
from live.workshop.pictures import Pictures

if TYPE_CHECKING:
    from live.runtime.registry import Registry


def begun(pictures: Pictures, now: int) -> list[PicturesSet]:
    """The event with which a room begins that has pictures."""
    return [PicturesSet(at=now, pictures=dict(pictures))] if pictures else []


async def add(
    rooms: Registry, code: str, pictures: Pictures, files: Mapping[str, bytes], *, text: str | None = None
) -> Ack:
    """
    Add pictures whose *files* are given to a room that is there; *text* is the workshop that is about to be set. Raises
    ArchiveRefused, and then none is added.
    """
    before = (await rooms.newest(code)).pictures
    await put(rooms.journal, code, files)
    try:
        ack = await rooms.command(code, AddPictures(dict(pictures), text))
    except LiveError:
        await drop(rooms.journal, code, pictures, before)
        raise
    await drop(rooms.journal, code, before, (await rooms.get(code)).pictures)
    return ack


def files_of(pictures: Pictures) -> set[str]:
    return {file for picture in pictures.values() for file in picture.files}


async def put(journal: Journal, code: str, files: Mapping[str, bytes]) -> None:
    """One by one, so that answers are recorded between them."""
    for name, body in files.items():
        await journal.put_picture(code, name, body)


async def read(journal: Journal, code: str, pictures: Pictures) -> dict[str, bytes]:
    """All files of *pictures* that are there."""
    found = {name: await journal.picture(code, name) for name in sorted(files_of(pictures))}
    return {name: body for name, body in found.items() if body is not None}


async def drop(journal: Journal, code: str, before: Pictures, after: Pictures) -> None:
    """Delete the files that the room had for its pictures *before* and has no use for *after*."""
    await journal.drop_pictures(code, sorted(files_of(before) - files_of(after)))
