"""When something must be done in a room, in Redis."""

from live.journal import Top
from live.journal.redis_link import Link, Script
from live.journal.redis_names import Names
from live.journal.redis_pools import text


class DueTimes:
    """
    See `Journal.set_due`. `due` is one sorted set, `code|what` by time; beside it each room has a hash with the state
    that each of its times follows from.
    """

    def __init__(self, link: Link, names: Names) -> None:
        self._link = link
        self._names = names
        self._due = names.shared("due")
        self._set = Script("due.lua")

    async def set(self, code: str, what: str, at: int | None, *, as_of: Top | None = None) -> None:
        state = [as_of.epoch, as_of.position] if as_of else ["", 0]
        args = [f"{code}|{what}", what, "" if at is None else at, *state]
        await self._link.run(self._set, [self._due, self._states(code)], args)

    async def before(self, at: int) -> list[tuple[str, str, int]]:
        """(code, what, at) of everything that is due before *at*, earliest first."""
        found = await self._link.call("zrangebyscore", self._due, "-inf", f"({at}", withscores=True)
        return [(*text(member).split("|", 1), int(at)) for member, at in found]  # type: ignore[misc]

    async def delete(self, code: str) -> None:
        """All of a room."""
        due = [text(member) for member in await self._link.call("zrange", self._due, 0, -1)]
        if of_room := [member for member in due if member.startswith(f"{code}|")]:
            await self._link.call("zrem", self._due, *of_room)
        await self._link.call("delete", self._states(code))

    def _states(self, code: str) -> str:
        return self._names.beside(self._due, code)
