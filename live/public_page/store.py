"""Published reports in the store, kept when the answers they tell of are deleted."""

import secrets
from collections.abc import Callable, Container

from live.errors import RoomNotFound, StorageFailed
from live.journal import Journal
from live.public_page import public_page
from live.public_page.public_page import PublicPage
from live.room import Room

TRIES = 20  # of those that change the same one at once

Note = Callable[[str, str], None]
"""Told the code and the id of what must not come back from a backup."""


def left_of(room: Room, now: int) -> bytes:
    """What is to be kept of a room whose answers are about to be deleted: nothing, where nothing is published."""
    if room.followup.published_at is None:
        return b""
    return public_page.written(public_page.kept(public_page.of(room), now, lambda: secrets.token_hex(8)))


async def get(journal: Journal, code: str) -> PublicPage:
    """RoomNotFound where nothing is kept."""
    body = await journal.report(code)
    if body is None:
        raise RoomNotFound
    return public_page.read(body)


async def listed(journal: Journal) -> list[tuple[str, str, str]]:
    """(code, "report", title) of each."""
    bodies = [(code, await journal.report(code)) for code in await journal.reports()]
    return [(code, public_page.NOTED, public_page.read(body).title) for code, body in bodies if body]


async def change(journal: Journal, code: str, how: Callable[[PublicPage], PublicPage]) -> None:
    for _ in range(TRIES):
        body = await journal.report(code)
        if body is None:
            raise RoomNotFound
        if await journal.keep_report(code, public_page.written(how(public_page.read(body))), body):
            return
    raise StorageFailed


async def take_out(journal: Journal, code: str, id: str, note: Note) -> None:
    """What somebody wrote, out of the report and out of every backup of it. One that is gone already is fine."""
    if not any(id == said.id for said in public_page.said(await get(journal, code))):
        return
    note(code, id)
    await change(journal, code, lambda kept: public_page.without(kept, {id}))


async def delete(journal: Journal, code: str, note: Note) -> None:
    """A room, or what is kept of one, and the keys to it; RoomNotFound where there is neither."""
    if await journal.report(code) is not None:
        note(code, public_page.NOTED)
    else:
        await journal.top(code)
    note(code, "")
    await journal.delete(code)


async def put_back(journal: Journal, code: str, body: bytes, gone: Container[str]) -> bool:
    """One from a backup, less what is in *gone*; False where it is itself, or something stands under its code."""
    if public_page.NOTED in gone:
        return False
    try:
        await journal.top(code)
        return False
    except RoomNotFound:
        return await journal.keep_report(code, public_page.written(public_page.without(public_page.read(body), gone)))


def sound(body: bytes) -> None:
    """Raises msgspec.MsgspecError where it is none."""
    public_page.read(body)
