"""Guessing codes is slow; sitting in a hall with a thousand others behind one address is not."""

import secrets
import time
from hashlib import blake2b

from starlette.requests import HTTPConnection

from live.errors import Refused, RoomNotFound
from live.room import Room
from live.rooms import Rooms

WRONG_A_MINUTE = 60
REMEMBERED = 10_000


class Guesses:
    """
    Counts wrong codes only: whoever has the right one gets in, however many others behind the same address err.

    Addresses are kept as hashes under a key of this process, for a minute.
    """

    def __init__(self, rooms: Rooms, *, limited: bool) -> None:
        self._rooms = rooms
        self._limited = limited
        self._key = secrets.token_bytes(32)
        self._wrong: dict[bytes, tuple[int, float]] = {}

    async def look(self, connection: HTTPConnection, code: str) -> Room:
        """The room; RoomNotFound, or Refused `rate` for whoever has tried too many codes that are not."""
        try:
            return await self._rooms.get(code)
        except RoomNotFound:
            if self._limited and self._count(connection) > WRONG_A_MINUTE:
                raise Refused("rate", retry_in=30_000) from None
            raise

    def _count(self, connection: HTTPConnection) -> int:
        address = connection.client.host if connection.client else ""
        who = blake2b(address.encode(), key=self._key, digest_size=8).digest()
        now = time.monotonic()
        number, since = self._wrong.get(who, (0, now))
        if now - since > 60:
            number, since = 0, now
        if len(self._wrong) > REMEMBERED:
            self._wrong.clear()
        self._wrong[who] = (number + 1, since)
        return number + 1
