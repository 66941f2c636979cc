"""
The files of a room: its pictures in the store, its films in the media folder. Put there, read back, and taken out when
the room has others instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from live.errors import LiveError
from live.events import FilmsSet, PicturesSet
from live.journal import Journal
from live.media import Media, Received
from live.media.store import files_of as films_of
from live.rules.commands import AddFiles
from live.runtime.mailbox import Ack
from live.workshop.films import MediaFile
from live.workshop.pictures import Picture, Pictures

if TYPE_CHECKING:
    from live.runtime.registry import Registry


class Beside(Struct, frozen=True, kw_only=True):
    """
    What lies beside a workshop. `files` of the pictures are by the names under which the store has them; those of the
    films lie where they were `received`.
    """

    pictures: dict[str, Picture] = {}
    files: dict[str, bytes] = {}
    films: dict[str, MediaFile] = {}
    received: list[Received] = []


NOTHING = Beside()


def begun(beside: Beside, now: int) -> list[PicturesSet | FilmsSet]:
    """The events with which a room begins that has pictures or films."""
    return [
        *([PicturesSet(at=now, pictures=beside.pictures)] if beside.pictures else []),
        *([FilmsSet(at=now, films=beside.films)] if beside.films else []),
    ]


async def put_all(journal: Journal, media: Media, code: str, beside: Beside) -> None:
    """The files of a room that has just begun."""
    await put(journal, code, beside.files)
    if beside.received:
        await asyncio.to_thread(media.keep, code, beside.films, beside.received)


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
        ack = await rooms.command(code, AddFiles(dict(pictures), text))
    except LiveError:
        await drop(rooms.journal, code, pictures, before)
        raise
    await drop(rooms.journal, code, before, (await rooms.get(code)).pictures)
    return ack


async def add_films(rooms: Registry, code: str, taken: Beside, *, text: str | None = None) -> None:
    """The same for films and captions."""
    before = (await rooms.newest(code)).films
    await asyncio.to_thread(rooms.media.keep, code, taken.films, taken.received)
    try:
        await rooms.command(code, AddFiles({}, text, taken.films))
        after = (await rooms.get(code)).films
        unused = films_of(before) - films_of(after)
    except LiveError:
        unused = films_of(taken.films) - films_of(before)
        raise
    finally:
        await asyncio.to_thread(rooms.media.drop, code, unused)


async def add_all(rooms: Registry, code: str, taken: Beside, *, text: str) -> None:
    """All that was taken in beside a workshop that is about to be set. Raises ArchiveRefused."""
    if taken.films:
        await add_films(rooms, code, taken, text=text)
    if taken.pictures:
        await add(rooms, code, taken.pictures, taken.files, text=text)


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
