"""Fans views out. A connection's seat holds the newest view only: a slow phone skips, and holds up nobody."""

import asyncio
import itertools
import os
import secrets
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager

from live.views.view import Presence

PHONE, SCREEN, CONSOLE = "phone", "screen", "console"
FACES = (PHONE, SCREEN, CONSOLE)
TICK = "tick"  # drawn as a face is, and tells any of them that all is well
BEAT_S = 30  # a face that hears nothing for so long wonders
REST_S = 0.25  # at most 4 views a second to screens and consoles, fewer when the process is pressed
REVOKED, GONE, RESTART, ELSEWHERE, CROWDED = "revoked", "gone", "restart", "elsewhere", "crowded"  # why a seat is lost
MOST_SEATS = 4  # of one phone: tabs that somebody forgot
ELSEWHERE_MS = 60_000
CROWDED_MS = 60_000  # and as much more at most, each by chance
REST_MS = 500  # the next server needs a moment
SPREAD_MS, MOST_SPREAD_MS = 2, 8_000  # for each seat, and in all: 500 joins a second are few
TYPING_MS = 20_000  # a phone that types says so every 15 s
POLLED_MS = 12_000  # a phone that only polls counts as here so long after it last asked

Draw = Callable[[str, str], bytes]
"""(code, face) -> the frame's text, encoded once for every seat of that face."""

Push = Callable[[bytes], bool]
"""Writes a WebSocket frame at once; False when the peer has not taken what was written before."""

Direct = tuple[int, Callable[[], int], Callable[[], bool]]
"""The number of a socket, how many bytes still wait to be written to it, and whether it is closing."""


def text_frame(payload: bytes) -> bytes:
    """*payload* as an unmasked, unfragmented WebSocket text message (RFC 6455, section 5.2)."""
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes((size,)) + payload
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


class Seat:
    """
    One connection's place. A frame is pushed down its line at once, where `push` is set and the line is free; else
    `take` waits for the newest that has not been taken.
    """

    __slots__ = ("_frame", "_waiter", "direct", "ended", "face", "free", "link", "phone", "push", "retry_in")

    def __init__(self, face: str, phone: str, link: str = "") -> None:
        self.face = face
        self.phone = phone
        self.push: Push | None = None
        self.direct: Direct | None = None  # a line that `push` writes to may also be written to past it
        self.free = True  # nothing waits or is on its way by `take` that a pushed frame would overtake
        self.link = link  # the named link it was opened by
        self.ended = ""
        self.retry_in = 0
        self._frame: bytes | None = None
        self._waiter: asyncio.Future[None] | None = None

    def offer(self, payload: bytes, frame: bytes) -> None:
        """*frame* is *payload* as it goes down the line."""
        if self.push and self.free and self.push(frame):
            return
        self.free = False
        self._frame = payload
        self._wake()

    def end(self, why: str, retry_in: int = 0) -> None:
        """Whoever sits here must leave, and may come again after *retry_in* ms: `take` gives None from now on."""
        self.ended, self.retry_in, self.free = why, retry_in, False
        self._wake()

    async def take(self) -> bytes | None:
        while True:
            if self.ended:
                return None
            if self._frame is not None:
                payload, self._frame = self._frame, None
                return payload
            self.free = True
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class _Lines:
    """
    Lines to many seats, one after the other in memory.

    A frame to ten thousand phones takes 1.4 times what it takes a server in C, by `Seat.offer` alone, and 1.2 like
    this: what it costs is to fetch what each line needs from where it was made, and the event loop's own buffers.
    """

    def __init__(self, seats: set[Seat]) -> None:
        self._direct = [(seat, *seat.direct) for seat in seats if seat.direct]
        self._others = [seat for seat in seats if not seat.direct]

    def write(self, frame: bytes) -> list[Seat]:
        """The seats that it could not be written to, not one byte of it."""
        left, write, size = list(self._others), os.write, len(frame)
        for seat, number, buffered, closing in self._direct:
            # The number of a line that has been closed may be another's by now.
            if not seat.free or buffered() or closing():
                left.append(seat)
                continue
            try:
                sent = write(number, frame)
            except OSError:  # it is full, or broken, which the event loop finds out
                sent = 0
            if not sent:
                left.append(seat)
            elif sent < size:
                assert seat.push
                seat.push(frame[sent:])
        return left


class _Hall:
    """The seats of one room, and whether their faces are behind."""

    def __init__(self) -> None:
        self.seats: dict[str, set[Seat]] = {face: set() for face in FACES}
        self.phones: dict[str, list[Seat]] = {}  # phone -> the seats it holds, oldest first; the quietest phone first
        self.polled: dict[str, int] = {}  # phone -> when it last asked by HTTP, longest ago first
        self.typing: dict[str, int] = {}  # phone -> when it last said that it types, longest ago first
        self.lines: dict[str, _Lines] = {}  # by face, until somebody comes or goes
        self.turns: tuple[set[Seat], ...] = tuple(set() for _ in range(BEAT_S))  # whose line ticks in which second
        self.stale = False
        self.resting: asyncio.TimerHandle | None = None

    def stir(self, phone: str) -> None:
        """Whoever does something is the last to be sent off."""
        if seats := self.phones.pop(phone, None):
            self.phones[phone] = seats

    def all(self) -> list[Seat]:
        return [seat for seats in self.seats.values() for seat in seats]


class Hub:
    def __init__(self, draw: Draw, heads: Callable[[str], dict[str, int]], now: Callable[[], int]) -> None:
        self._draw = draw
        self._heads = heads
        self._now = now
        self._halls: dict[str, _Hall] = {}
        self._elsewhere: dict[str, Presence] = {}
        self.rest_s = REST_S
        self._seats = self._beats = 0

    def _hall(self, code: str) -> _Hall:
        if (hall := self._halls.get(code)) is None:  # not `setdefault`: to make one takes as long as to sit down
            hall = self._halls[code] = _Hall()
        return hall

    @contextmanager
    def seat(self, code: str, face: str, phone: str = "", link: str = "") -> Iterator[Seat]:
        hall = self._hall(code)
        seat = Seat(face, phone, link)
        hall.seats[face].add(seat)
        hall.lines.pop(face, None)
        self._seats += 1
        turn = hall.turns[self._seats % BEAT_S]
        turn.add(seat)
        if face == PHONE:
            seats = hall.phones.setdefault(phone, [])
            seats.append(seat)
            if len(seats) > MOST_SEATS:
                seats.pop(0).end(ELSEWHERE, ELSEWHERE_MS)
            self.touch(code)
        try:
            yield seat
        finally:
            hall.seats[face].discard(seat)
            hall.lines.pop(face, None)
            turn.discard(seat)
            if face == PHONE:
                seats = hall.phones[phone]
                if seat in seats:
                    seats.remove(seat)
                if not seats:
                    del hall.phones[phone]
                    hall.typing.pop(phone, None)
                self.touch(code)

    def connect(self, code: str, seat: Seat, push: Push, direct: Direct | None) -> None:
        """From now on *seat*'s frames may go down its line at once; so none must come before what is said first."""
        seat.push, seat.direct = push, direct
        if hall := self._halls.get(code):
            hall.lines.pop(seat.face, None)

    def polled(self, code: str, phone: str) -> None:
        """A phone without a socket has asked; for a while it counts as present."""
        hall = self._hall(code)
        self._forget(hall)
        fresh = hall.polled.pop(phone, None) is None
        hall.polled[phone] = self._now()
        if fresh:
            self.touch(code)

    def typing(self, code: str, phone: str) -> None:
        """Somebody writes on *phone*. What is written is not told, and nothing of this is kept."""
        if hall := self._halls.get(code):
            hall.stir(phone)
            fresh = hall.typing.pop(phone, None) is None
            hall.typing[phone] = self._now()
            if fresh:
                self.touch(code)

    def sent(self, code: str, phone: str) -> None:
        """What was being written on *phone* has come."""
        if hall := self._halls.get(code):
            hall.stir(phone)
            if hall.typing.pop(phone, None) is not None:
                self.touch(code)

    def rest(self, code: str) -> None:
        """Those who have not typed for a while no longer do. To be called now and then."""
        hall, horizon = self._halls.get(code), self._now() - TYPING_MS
        if hall and hall.typing and next(iter(hall.typing.values())) <= horizon:
            hall.typing = {phone: at for phone, at in hall.typing.items() if at > horizon}
            self.touch(code)

    def beat(self) -> None:
        """To be called each second: one line in BEAT_S ticks, so that each does as often and none at once."""
        self._beats += 1
        for code, hall in list(self._halls.items()):
            if seats := hall.turns[self._beats % BEAT_S]:
                frame = text_frame(self._draw(code, TICK))
                for seat in _Lines(seats).write(frame):
                    if seat.push and seat.free:
                        seat.push(frame)

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
        return Presence(*map(sum, zip(here, there, strict=True)))

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
        return Presence(phones, phones + shared, len(hall.typing))

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

    def revoke(self, code: str, links: Container[str] | None = None) -> None:
        """Every screen and console of the room loses its seat, or those alone that were opened by one of *links*."""
        if hall := self._halls.get(code):
            for seat in (*hall.seats[SCREEN], *hall.seats[CONSOLE]):
                if links is None or (seat.link and seat.link in links):
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

    def thin(self, most: int) -> int:
        """
        Send off at most *most* phones of each room for a while, those that have been quiet longest and do not type.
        Returns how many lines that were.
        """
        sent = 0
        for hall in self._halls.values():
            quiet = [phone for phone in itertools.islice(hall.phones, most) if phone not in hall.typing]
            for seat in (seat for phone in quiet for seat in hall.phones[phone] if not seat.ended):
                seat.end(CROWDED, CROWDED_MS + secrets.randbelow(CROWDED_MS))
                sent += 1
        return sent

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
        hall.resting = asyncio.get_running_loop().call_later(self.rest_s, self._rested, code, hall)

    def _rested(self, code: str, hall: _Hall) -> None:
        hall.resting = None
        if hall.stale:
            self._show(code, hall)

    def _offer(self, code: str, hall: _Hall, face: str) -> None:
        if seats := hall.seats[face]:
            payload = self._draw(code, face)
            frame = text_frame(payload)
            if face not in hall.lines:
                hall.lines[face] = _Lines(seats)
            for seat in hall.lines[face].write(frame):
                seat.offer(payload, frame)
