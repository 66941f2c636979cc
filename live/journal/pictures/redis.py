"""The files of pictures, in Redis: one hash for each room."""

from collections.abc import Collection

from live.errors import RoomNotFound
from live.journal.redis_link import Link, Script
from live.journal.redis_names import Names
from live.journal.wiping.redis import Wiping


class PictureFiles:
    """See `Journal.put_picture`, `picture` and `drop_pictures`."""

    def __init__(self, link: Link, names: Names, wiping: Wiping) -> None:
        self._link = link
        self._names = names
        self._wiping = wiping
        self._put = Script("picture.lua")

    async def put(self, code: str, name: str, body: bytes) -> None:
        keys = self._names.of_room(code, "meta", "pictures")
        if not await self._link.run(self._put, keys, [name, body], acks=True):
            raise RoomNotFound(code)

    async def get(self, code: str, name: str) -> bytes | None:
        found = await self._link.call("hget", self._names.of_room(code, "pictures")[0], name)
        return bytes(found) if found is not None else None

    async def drop(self, code: str, names: Collection[str]) -> None:
        if names:
            await self._wiping.flag()
            await self._link.call("hdel", self._names.of_room(code, "pictures")[0], *names)
            await self._wiping.wipe_soon()
