"""Kept public pages in the store: they stay when the answers of their meetings are deleted."""

import secrets
from collections.abc import Callable, Container

from live.errors import RoomNotFound, StorageFailed
from live.journal import Journal
from live.public_page import public_page
from live.public_page.public_page import PublicPage
from live.room import Room

TRIES = 20  # to save a change, when others change the same page at the same time

Note = Callable[[str, str], None]
"""Called with the code of a room and the id of what must not come back from a backup; empty: the whole room."""


def left_of(room: Room, now: int) -> bytes:
    """The page to keep of a room whose answers are about to be deleted; empty if its page is not published."""
    if room.followup.published_at is None:
        return b""
    return public_page.written(public_page.kept(public_page.of(room), now, lambda: secrets.token_hex(8)))


async def get(journal: Journal, code: str) -> PublicPage:
    """The kept page. Raises RoomNotFound if there is none."""
    body = await journal.report(code)
    if body is None:
        raise RoomNotFound
    return public_page.read(body)


async def change(journal: Journal, code: str, how: Callable[[PublicPage], PublicPage]) -> None:
    for _ in range(TRIES):
        body = await journal.report(code)
        if body is None:
            raise RoomNotFound
        if await journal.keep_report(code, public_page.written(how(public_page.read(body))), body):
            return
    raise StorageFailed


async def take_out(journal: Journal, code: str, id: str, note: Note) -> None:
    """Remove a quote or word from the page and from every backup of it. It may have been removed already."""
    if not any(id == quote.id for quote in public_page.quotes_of(await get(journal, code))):
        return
    note(code, id)
    await change(journal, code, lambda kept: public_page.without(kept, {id}))


async def delete(journal: Journal, code: str, note: Note) -> None:
    """Delete a room or its kept page, and the keys to it. Raises RoomNotFound if there is neither."""
    if await journal.report(code) is not None:
        note(code, public_page.NOTED)
    else:
        await journal.top(code)
    note(code, "")
    await journal.delete(code)


async def put_back(journal: Journal, code: str, body: bytes, gone: Container[str]) -> bool:
    """
    Restore a page from a backup, without the quotes and words whose ids are in *gone*. Returns False, and restores
    nothing, if the page itself was deleted or its code is in use.
    """
    if public_page.NOTED in gone:
        return False
    try:
        await journal.top(code)
        return False
    except RoomNotFound:
        return await journal.keep_report(code, public_page.written(public_page.without(public_page.read(body), gone)))


def sound(body: bytes) -> None:
    """Raises msgspec.MsgspecError if *body* is not a stored page."""
    public_page.read(body)
