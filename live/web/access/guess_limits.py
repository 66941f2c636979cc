"""Guessing codes is slow; sitting in a hall with a thousand others behind one address is not."""

import asyncio
import contextlib
import ipaddress
import secrets
import time
from hashlib import blake2b

from starlette.requests import HTTPConnection

from live.errors import AnswersDeleted, Refused, RoomNotFound
from live.room import Room
from live.runtime import Registry
from live.web.access import participant, peer
from live.web.access.token_bucket import TokenBuckets

WRONG_A_MINUTE = 60
TURN_S = 0.05  # between two strangers from where so many wrong codes came from
MOST_WAIT_S = 20.0
REMEMBERED = 10_000

# Three words are 33 bits: docs/security.md reckons what these leave to whoever guesses them.
TRIES_OF_ONE, REST_OF_ONE_S = 8, 1200
TRIES_OF_ALL, REST_OF_ALL_S = 40, 360


class GuessLimits:
    """
    Counts wrong codes only. From an address with too many of them strangers come in one by one, with the right code and
    with a wrong one alike: whoever guesses learns little, and a hall behind the same address waits a moment.

    Addresses are kept as hashes under a key of this process, for a minute.
    """

    def __init__(self, rooms: Registry, *, limited: bool) -> None:
        self._rooms = rooms
        self._limited = limited
        self._key = secrets.token_bytes(32)
        self._wrong: dict[bytes, tuple[int, float]] = {}  # whose -> how many, since when
        self._turns: dict[bytes, float] = {}  # whose -> when the next stranger's turn is

    async def look(self, connection: HTTPConnection, code: str) -> Room:
        """
        The room; RoomNotFound, or Refused `rate` for whoever has tried too many codes that are not. AnswersDeleted
        where its report is kept, which is no wrong code.
        """
        if self._limited and self._wrong:
            who = self._who(connection)
            if self._number(who) > WRONG_A_MINUTE and participant.participant(connection, code).fresh:
                await self._turn(who)
        try:
            return await self._rooms.get(code)
        except RoomNotFound:
            if await self._rooms.journal.report(code) is not None:
                raise AnswersDeleted from None
            if self._limited and self._count(self._who(connection)) > WRONG_A_MINUTE:
                raise Refused("rate", retry_in=30_000) from None
            raise

    def _who(self, connection: HTTPConnection) -> bytes:
        return blake2b(_home(connection).encode(), key=self._key, digest_size=8).digest()

    def _number(self, who: bytes) -> int:
        number, since = self._wrong.get(who, (0, 0.0))
        return number if time.monotonic() - since <= 60 else 0

    def _count(self, who: bytes) -> int:
        number = self._number(who)
        if len(self._wrong) > REMEMBERED:
            self._wrong.clear()
            self._turns.clear()
        self._wrong[who] = (number + 1, self._wrong[who][1] if number else time.monotonic())
        return number + 1

    async def _turn(self, who: bytes) -> None:
        now = time.monotonic()
        at = max(now, self._turns.get(who, 0.0))
        if at - now > MOST_WAIT_S:
            raise Refused("rate", retry_in=30_000)
        self._turns[who] = at + TURN_S
        await asyncio.sleep(at - now)


class Tries:
    """
    How often anybody may try three words: from one address, and in one meeting from all of them.

    One address fills up more slowly than a meeting, so that nobody alone can keep others from trying.
    """

    def __init__(self, *, limited: bool) -> None:
        self._key = secrets.token_bytes(32)
        self._ones = TokenBuckets(limited=limited, burst=TRIES_OF_ONE, per_s=1 / REST_OF_ONE_S)
        self._all = TokenBuckets(limited=limited, burst=TRIES_OF_ALL, per_s=1 / REST_OF_ALL_S)

    def take(self, connection: HTTPConnection, code: str) -> None:
        """Refused `rate` for an address that has tried too often in that meeting."""
        self._ones.require(self._who(connection, code))

    def take_of(self, code: str) -> None:
        """Refused `rate` when too many have. Only for a meeting that there is: others would push it out of memory."""
        self._all.require(code)

    def give_back(self, connection: HTTPConnection, code: str) -> None:
        """It was no guess."""
        self._ones.give_back(self._who(connection, code))
        self._all.give_back(code)

    def _who(self, connection: HTTPConnection, code: str) -> str:
        """Under a key of this process."""
        return blake2b(f"{code}|{_home(connection)}".encode(), key=self._key, digest_size=8).hexdigest()


def _home(connection: HTTPConnection) -> str:
    """The address that asks; what one home has of IPv6 counts as one."""
    address = peer.peer(connection)
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(address).version == 6:
            return str(ipaddress.ip_network((address, 64), strict=False))
    return address
