"""Fans views out. A connection's seat holds the newest view only: a slow phone skips, and holds up nobody."""

import asyncio
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from live.views import Presence

PHONE, SCREEN, CONSOLE = "phone", "screen", "console"
FACES = (PHONE, SCREEN, CONSOLE)
REST_S = 0.25  # at most 4 views a second to screens and consoles
REVOKED, GONE, RESTART = "revoked", "gone", "restart"  # why a seat is lost
REST_MS = 500  # the next server needs a moment
SPREAD_MS, MOST_SPREAD_MS = 2, 8_000  # for each seat, and in all: 500 joins a second are few
POLLED_MS = 12_000  # a phone that only polls counts as here so long after it last asked

Draw = Callable[[str, str], bytes]
"""(code, face) -> the frame's text, encoded once for every seat of that face."""


class Seat:
    """One connection's place. `take` waits for the newest frame that has not been taken."""

    __slots__ = ("_frame", "_waiter", "ended", "face", "phone", "retry_in")

    def __init__(self, face: str, phone: str) -> None:
        self.face = face
        self.phone = phone
        self.ended = ""
        self.retry_in = 0
        self._frame: bytes | None = None
        self._waiter: asyncio.Future[None] | None = None

    def offer(self, frame: bytes) -> None:
        self._frame = frame
        self._wake()

    def end(self, why: str, retry_in: int = 0) -> None:
        """Whoever sits here must leave, and may come again after *retry_in* ms: `take` gives None from now on."""
        self.ended, self.retry_in = why, retry_in
        self._wake()

    async def take(self) -> bytes | None:
        while True:
            if self.ended:
                return None
            if self._frame is not None:
                frame, self._frame = self._frame, None
                return frame
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class _Hall:
    """The seats of one room, and whether their faces are behind."""

    def __init__(self) -> None:
        self.seats: dict[str, set[Seat]] = {face: set() for face in FACES}
        self.phones: dict[str, int] = {}  # phone -> how many sockets it holds
        self.polled: dict[str, int] = {}  # phone -> when it last asked by HTTP, longest ago first
        self.stale = False
        self.resting: asyncio.TimerHandle | None = None

    def all(self) -> list[Seat]:
        return [seat for seats in self.seats.values() for seat in seats]


class Hub:
    def __init__(self, draw: Draw, heads: Callable[[str], dict[str, int]], now: Callable[[], int]) -> None:
        self._draw = draw
        self._heads = heads
        self._now = now
        self._halls: dict[str, _Hall] = {}
        self._elsewhere: dict[str, Presence] = {}

    @contextmanager
    def seat(self, code: str, face: str, phone: str = "") -> Iterator[Seat]:
        hall = self._halls.setdefault(code, _Hall())
        seat = Seat(face, phone)
        hall.seats[face].add(seat)
        if face == PHONE:
            hall.phones[phone] = hall.phones.get(phone, 0) + 1
            self.touch(code)
        try:
            yield seat
        finally:
            hall.seats[face].discard(seat)
            if face == PHONE:
                hall.phones[phone] -= 1
                if not hall.phones[phone]:
                    del hall.phones[phone]
                self.touch(code)

    def polled(self, code: str, phone: str) -> None:
        """A phone without a socket has asked; for a while it counts as present."""
        hall = self._halls.setdefault(code, _Hall())
        self._forget(hall)
        fresh = hall.polled.pop(phone, None) is None
        hall.polled[phone] = self._now()
        if fresh:
            self.touch(code)

    def halls(self) -> list[str]:
        """Codes of the rooms where somebody sits, or just did."""
        return list(self._halls)

    def elsewhere(self, code: str, presence: Presence) -> None:
        """Who is in the same room on other workers."""
        if self._elsewhere.get(code, Presence()) != presence:
            self._elsewhere[code] = presence
            self.touch(code)

    def presence(self, code: str) -> Presence:
        """Everybody in the room, wherever they sit."""
        here, there = self.here(code), self._elsewhere.get(code, Presence())
        return Presence(phones=here.phones + there.phones, people=here.people + there.people)

    def here(self, code: str) -> Presence:
        hall = self._halls.get(code)
        if hall is None:
            return Presence()
        self._forget(hall)
        quiet = [phone for phone in hall.polled if phone not in hall.phones]
        heads = self._heads(code)
        shared = sum(
            number - 1 for phone, number in heads.items() if phone in hall.phones or phone in hall.polled
        )  # fmt: skip
        phones = len(hall.phones) + len(quiet)
        return Presence(phones=phones, people=phones + shared)

    def busy(self, code: str) -> bool:
        """Whether anybody sits in the room or polled it just now; where nobody does, nothing is kept of the hall."""
        hall = self._halls.get(code)
        if hall is None:
            return False
        self._forget(hall)
        if hall.polled or any(hall.seats.values()):
            return True
        self.close(code)
        return False

    def step(self, code: str) -> None:
        """The room has moved on: every face at once, and nothing waits."""
        hall = self._halls.get(code)
        if hall is None:
            return
        self._offer(code, hall, PHONE)
        self._show(code, hall)

    def touch(self, code: str) -> None:
        """Something to count has changed: screens and consoles, no more than four times a second."""
        hall = self._halls.get(code)
        if hall is None:
            return
        if hall.resting is not None:
            hall.stale = True
            return
        self._show(code, hall)

    def revoke(self, code: str) -> None:
        """Every screen and console of the room loses its seat."""
        if hall := self._halls.get(code):
            for face in (SCREEN, CONSOLE):
                for seat in hall.seats[face]:
                    seat.end(REVOKED)

    def close(self, code: str) -> None:
        """The room is gone: every seat is."""
        self._elsewhere.pop(code, None)
        hall = self._halls.pop(code, None)
        if hall is not None:
            if hall.resting is not None:
                hall.resting.cancel()
            for seat in hall.all():
                seat.end(GONE)

    def send_off(self) -> None:
        """The server is about to stop: everybody is told to come again, each at a time of its own."""
        seats = [seat for hall in self._halls.values() for seat in hall.all()]
        spread_ms = min(MOST_SPREAD_MS, len(seats) * SPREAD_MS)
        for seat in seats:
            spread = secrets.randbelow(spread_ms + 1) if seat.face == PHONE else 0  # a hall looks at its screen
            seat.end(RESTART, REST_MS + spread)

    def empty(self) -> bool:
        return not any(seats for hall in self._halls.values() for seats in hall.seats.values())

    def _forget(self, hall: _Hall) -> None:
        """Phones that have not polled for a while have gone."""
        horizon = self._now() - POLLED_MS
        while hall.polled and next(iter(hall.polled.values())) <= horizon:
            del hall.polled[next(iter(hall.polled))]

    def _show(self, code: str, hall: _Hall) -> None:
        hall.stale = False
        self._offer(code, hall, SCREEN)
        self._offer(code, hall, CONSOLE)
        if hall.resting is not None:
            hall.resting.cancel()
        hall.resting = asyncio.get_running_loop().call_later(REST_S, self._rested, code, hall)

    def _rested(self, code: str, hall: _Hall) -> None:
        hall.resting = None
        if hall.stale:
            self._show(code, hall)

    def _offer(self, code: str, hall: _Hall, face: str) -> None:
        if seats := hall.seats[face]:
            frame = self._draw(code, face)
            for seat in seats:
                seat.offer(frame)
