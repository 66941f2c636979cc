"""Limits that make guessing codes and recovery phrases slow, but not a hall with a thousand phones at one address."""

import asyncio
import contextlib
import ipaddress
import math
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from starlette.requests import HTTPConnection

from live.errors import AnswersDeleted, Refused, RoomNotFound
from live.rights import SCREEN
from live.room import Room
from live.runtime import Registry
from live.web.access import keys, participant, peer
from live.web.access.token_bucket import TokenBuckets

WRONG_A_MINUTE = 60
INTERVAL_S = 0.05  # between two new phones from an address that has sent too many wrong codes
MOST_WAIT_S = 20.0
RETRY_MS = 30_000
REMEMBERED = 10_000

# A phrase of three words is 33 bits: docs/security.md works out how likely a guess is within these limits.
PHRASES_PER_ADDRESS, PHRASE_REFILL_S = 8, 1200
PHRASES_PER_ROOM, ROOM_REFILL_S = 40, 360


class GuessLimits:
    """
    Counts wrong codes only. From an address with too many of them, new phones are let in one by one, whether their code
    is right or wrong, so that whoever guesses learns little. One who guesses could fill that line and keep a hall
    behind the same address out: so a room in which somebody from that address is takes their neighbours at once.

    Addresses are kept as hashes with a key of this process: for a minute, and of who is in a room as long as they are.
    """

    def __init__(self, rooms: Registry, *, limited: bool) -> None:
        self._rooms = rooms
        self._limited = limited
        self._key = secrets.token_bytes(32)
        self._wrong: dict[bytes, tuple[int, float]] = {}  # address hash -> (how many, since when)
        self._next_at: dict[bytes, float] = {}  # address hash -> when the next new phone may go on
        self._seats: Counter[bytes] = Counter()  # hash of address and room -> how many are connected
        self._asked_at: dict[bytes, float] = {}  # the same hash -> when one of those who are in last asked

    async def find_room(self, connection: HTTPConnection, code: str) -> Room:
        """
        The room with that code. Raises RoomNotFound; Refused `wrong-codes` for an address with too many of them;
        AnswersDeleted when only the meeting's public page is left, which does not count as a wrong code.
        """
        if not self._limited:
            return await self._get(code)
        known = not participant.participant(connection, code).fresh
        if self._wrong and not known:
            address_hash = self._address_hash(connection)
            if self._wrong_count(address_hash) > WRONG_A_MINUTE and not self._has_neighbours(connection, code):
                known = await keys.right(connection, code, SCREEN) is not None
                if not known:
                    await self._wait(address_hash)
        room = await self._get(code, connection)
        if known:
            here = self._address_hash(connection, code)
            self._asked_at.pop(here, None)
            self._asked_at[here] = time.monotonic()
            if len(self._asked_at) > REMEMBERED:
                del self._asked_at[next(iter(self._asked_at))]
        return room

    @contextlib.contextmanager
    def seated(self, connection: HTTPConnection, code: str) -> Iterator[None]:
        """Inside the block somebody is connected to the room, as phone, screen or console."""
        here = self._address_hash(connection, code)
        self._seats[here] += 1
        try:
            yield
        finally:
            self._seats[here] -= 1
            if not self._seats[here]:
                del self._seats[here]

    def _has_neighbours(self, connection: HTTPConnection, code: str) -> bool:
        """Whether somebody from the same address is in the room."""
        here = self._address_hash(connection, code)
        return here in self._seats or time.monotonic() - self._asked_at.get(here, -math.inf) <= 60

    async def _get(self, code: str, counted: HTTPConnection | None = None) -> Room:
        try:
            return await self._rooms.get(code)
        except RoomNotFound:
            if await self._rooms.journal.report(code) is not None:
                raise AnswersDeleted from None
            if counted and self._count_wrong(self._address_hash(counted)) > WRONG_A_MINUTE:
                raise Refused("wrong-codes", retry_in=RETRY_MS) from None
            raise

    def _address_hash(self, connection: HTTPConnection, code: str = "") -> bytes:
        """A hash of the address, or of the address and a room."""
        return blake2b(f"{_network(connection)}|{code}".encode(), key=self._key, digest_size=8).digest()

    def _wrong_count(self, address_hash: bytes) -> int:
        number, since = self._wrong.get(address_hash, (0, 0.0))
        return number if time.monotonic() - since <= 60 else 0

    def _count_wrong(self, address_hash: bytes) -> int:
        number = self._wrong_count(address_hash)
        if len(self._wrong) > REMEMBERED:
            self._wrong.clear()
            self._next_at.clear()
        self._wrong[address_hash] = (number + 1, self._wrong[address_hash][1] if number else time.monotonic())
        return number + 1

    async def _wait(self, address_hash: bytes) -> None:
        now = time.monotonic()
        at = max(now, self._next_at.get(address_hash, 0.0))
        if at - now > MOST_WAIT_S:
            raise Refused("wrong-codes", retry_in=RETRY_MS)
        self._next_at[address_hash] = at + INTERVAL_S
        await asyncio.sleep(at - now)


class PhraseLimits:
    """
    How often a recovery phrase may be tried: from one address, and in one meeting from all addresses.

    The limit of an address refills more slowly than that of a meeting, so that nobody alone can keep others from
    trying. That of a meeting is kept in the store, so that all workers share it; of addresses nothing is stored.
    """

    def __init__(self, rooms: Registry, *, limited: bool) -> None:
        self._key = secrets.token_bytes(32)
        self._per_address = TokenBuckets(limited=limited, burst=PHRASES_PER_ADDRESS, per_s=1 / PHRASE_REFILL_S)
        self._rooms = rooms
        self._limited = limited

    def take(self, connection: HTTPConnection, code: str) -> None:
        """Count a try. Raises Refused `rate` for an address that has tried too often in that meeting."""
        self._per_address.require(self._address_hash(connection, code))

    async def take_for_room(self, code: str) -> None:
        """
        Count a try in the meeting as a whole. Raises Refused `rate` when there were too many. Only for meetings that
        exist: made-up codes would push the real ones out of memory.
        """
        if self._limited and not await self._take_for_room(code, 1):
            raise Refused("rate", retry_in=2_000)

    async def _take_for_room(self, code: str, wanted: int) -> bool:
        return await self._rooms.journal.take_token(
            f"phrases:{code}", size=PHRASES_PER_ROOM, each_ms=ROOM_REFILL_S * 1000, now=self._rooms.clock.now(),
            wanted=wanted,
        )  # fmt: skip

    async def give_back(self, connection: HTTPConnection, code: str) -> None:
        """The phrase was right: do not count the try."""
        self._per_address.give_back(self._address_hash(connection, code))
        if self._limited:
            await self._take_for_room(code, -1)

    def _address_hash(self, connection: HTTPConnection, code: str) -> str:
        """A hash of room and address with a key of this process."""
        return blake2b(f"{code}|{_network(connection)}".encode(), key=self._key, digest_size=8).hexdigest()


def _network(connection: HTTPConnection) -> str:
    """The address that asks; for IPv6 its /64, which is what one household has."""
    address = peer.peer(connection)
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(address).version == 6:
            return str(ipaddress.ip_network((address, 64), strict=False))
    return address
