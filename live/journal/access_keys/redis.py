"""The keys that open rooms, in Redis: each under its hash, and a set of the hashes of each room."""

from collections.abc import Callable

from live.journal.redis_link import Link
from live.journal.redis_names import Names
from live.journal.redis_pools import text


class AccessKeys:
    """See `Journal.add_key`, `key_right` and `revoke_keys`."""

    def __init__(self, link: Link, names: Names) -> None:
        self._call = link.call
        self._names = names

    async def add(self, key_hash: str, *, code: str, right: str, at: int) -> None:
        await self._call("sadd", self._listed(code), key_hash)
        await self._call("hset", self._key(key_hash), mapping={"code": code, "right": right, "at": at})

    async def right_of(self, key_hash: str) -> tuple[str, str] | None:
        code, right = await self._call("hmget", self._key(key_hash), ["code", "right"])
        return (text(code), text(right)) if code is not None else None

    async def revoke(self, code: str, right: str = "") -> None:
        await self.remove(code, lambda key_right: right in ("", key_right))

    async def remove(self, code: str, matches: Callable[[str], bool]) -> None:
        """Remove the keys of a room whose right *matches*."""
        hashes = [text(member) for member in await self._call("smembers", self._listed(code))]
        for key_hash in hashes:  # one by one: in a Cluster each key may be on another master
            found = await self.right_of(key_hash)
            if found and not matches(found[1]):
                continue
            await self._call("delete", self._key(key_hash))
            await self._call("srem", self._listed(code), key_hash)

    def _listed(self, code: str) -> str:
        return self._names.of_room(code, "hashes")[0]

    def _key(self, key_hash: str) -> str:
        return self._names.shared(f"key:{key_hash}")
