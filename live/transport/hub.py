"""Sends views to all connections. A seat holds the newest view only, so a slow phone skips views and delays nobody."""

import asyncio
import itertools
import os
import secrets
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager

from live.transport.pulses import Pulses
from live.transport.seat import Direct, Push, Seat, text_frame
from live.views.view import Presence

PHONE, SCREEN, CONSOLE = "phone", "screen", "console"
FACES = (PHONE, SCREEN, CONSOLE)
PRESENTERS: tuple[str, ...] = (SCREEN, CONSOLE)  # faces that are drawn together
PHONES: tuple[str, ...] = (PHONE,)
TICK = "tick"  # a message to any face that the connection is alive; drawn in the same way as a view
TICK_S = (
    30  # each connection gets a tick this often; a face that receives nothing for longer suspects a dead connection
)
VIEW_INTERVAL_S = 0.25  # at most 4 views a second to screens and consoles, fewer under load
PHONES_EACH = 20  # so many times as long between views that tell phones only of new questions: 5 s, 10,000 phones
# why a seat is lost
REVOKED, GONE, RESTART, ELSEWHERE, CROWDED, CLEARED = "revoked", "gone", "restart", "elsewhere", "crowded", "cleared"
MOST_SEATS = 4  # of one phone: more are forgotten tabs
ELSEWHERE_MS = 60_000
CROWDED_MS = 60_000  # plus a random time of at most as much
RETRY_MS = 500  # a server that restarts needs a moment
SPREAD_MS, MOST_SPREAD_MS = 2, 8_000  # reconnects are spread: for each seat, and in all; 500 joins a second are few
TYPING_MS = 20_000  # a phone that types says so every 15 s
FROZEN_MS = 3_000  # a screen that is looked at says each second that it draws
LATE_MS = 2_000  # when our own rounds come this late, what screens have said meanwhile is still to be read
POLLED_MS = 12_000  # a phone without a socket counts as present for this long after its last poll

Draw = Callable[[str, str], bytes]
"""(code, face) -> the frame's text, encoded once for every seat of that face."""


class _DirectWriter:
    """
    Writes one frame to many seats, directly to their sockets, with what it needs of each next to the others in memory.

    Sending a frame to ten thousand phones takes 1.4 times as long as a server in C with `Seat.offer` alone, and 1.2
    times like this: the cost is in fetching what each connection needs from all over memory, and in the event loop's
    own buffers.
    """

    def __init__(self, seats: set[Seat]) -> None:
        self._direct = [(seat, *seat.direct) for seat in seats if seat.direct]
        self._indirect = [seat for seat in seats if not seat.direct]

    def write(self, frame: bytes) -> list[Seat]:
        """Returns the seats to which not one byte of *frame* could be written."""
        left, write, size = list(self._indirect), os.write, len(frame)
        for seat, number, buffered, closing in self._direct:
            # The file descriptor of a connection that has been closed may belong to another by now.
            if not seat.free or buffered() or closing():
                left.append(seat)
                continue
            try:
                sent = write(number, frame)
            except OSError:  # its buffer is full, or it is broken, which the event loop finds out
                sent = 0
            if not sent:
                left.append(seat)
            elif sent < size:
                assert seat.push
                seat.push(frame[sent:])
        return left


class _Cooldown:
    """Until some faces may be drawn again: *times* the interval. `stale` where something has changed meanwhile."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.stale = False
        self.timer: asyncio.TimerHandle | None = None

    def cancel(self) -> None:
        self.stale = False
        if self.timer is not None:
            self.timer.cancel()


class _Seating:
    """The seats of one room, and what is counted about its phones."""

    def __init__(self) -> None:
        self.seats: dict[str, set[Seat]] = {face: set() for face in FACES}
        self.phones: dict[str, list[Seat]] = {}  # phone -> its seats, oldest first; longest inactive phone first
        self.polled: dict[str, int] = {}  # phone -> when it last asked by HTTP, longest ago first
        self.typing: dict[str, int] = {}  # phone -> when it last reported typing, longest ago first
        self.writers: dict[str, _DirectWriter] = {}  # by face; rebuilt after a seat is taken or left
        self.tick_groups: tuple[set[Seat], ...] = tuple(set() for _ in range(TICK_S))  # one group for each second
        self.cooldowns: dict[tuple[str, ...], _Cooldown] = {PRESENTERS: _Cooldown(1), PHONES: _Cooldown(PHONES_EACH)}

    def mark_active(self, phone: str) -> None:
        """Move *phone* to the end: the phones that were active last are shed last."""
        if seats := self.phones.pop(phone, None):
            self.phones[phone] = seats

    def find_frozen(self, now: int) -> bool:
        """Mark the screens that have not said for FROZEN_MS that they draw; whether there are any new ones."""
        silent = [seat for seat in self.seats[SCREEN] if seat.beat_at is not None and now - seat.beat_at >= FROZEN_MS]
        new = not all(seat.frozen for seat in silent)
        for seat in silent:
            seat.frozen = True
        return new

    def expire_polled(self, now: int) -> None:
        """Drop phones whose last poll is more than POLLED_MS ago."""
        while self.polled and next(iter(self.polled.values())) <= now - POLLED_MS:
            del self.polled[next(iter(self.polled))]

    def all(self) -> list[Seat]:
        return [seat for seats in self.seats.values() for seat in seats]


def _end(seats: list[Seat], why: str, after_ms: int = 0) -> None:
    """End them, and spread over time when phones come again. Everybody looks at the screen: that has no delay."""
    spread_ms = min(MOST_SPREAD_MS, len(seats) * SPREAD_MS)
    for seat in seats:
        seat.end(why, after_ms + (secrets.randbelow(spread_ms + 1) if seat.face == PHONE else 0))


class Hub:
    def __init__(self, draw: Draw, heads: Callable[[str], dict[str, int]], now: Callable[[], int]) -> None:
        self._draw = draw
        self._heads = heads
        self._now = now
        self._seatings: dict[str, _Seating] = {}
        self._remote: dict[str, Presence] = {}
        self.view_interval_s = VIEW_INTERVAL_S
        self._seats = self._ticks = 0
        self._ticked_at = now()
        self.pulses = Pulses(self.touch, now)
        self.shed_count = 0  # connections that `shed` has ended since the process started

    def _seating_of(self, code: str) -> _Seating:
        if code not in self._seatings:  # not `setdefault`: creating a _Seating takes as long as taking a seat
            self._seatings[code] = _Seating()
        return self._seatings[code]

    @contextmanager
    def seat(self, code: str, face: str, phone: str = "", link: str = "") -> Iterator[Seat]:
        seating = self._seating_of(code)
        seat = Seat(face, phone, link)
        seating.seats[face].add(seat)
        seating.writers.pop(face, None)
        self._seats += 1
        tick_group = seating.tick_groups[self._seats % TICK_S]
        tick_group.add(seat)
        if face == PHONE:
            seats = seating.phones.setdefault(phone, [])
            seats.append(seat)
            if len(seats) > MOST_SEATS:
                seats.pop(0).end(ELSEWHERE, ELSEWHERE_MS)
            self.touch(code)
        try:
            yield seat
        finally:
            seating.seats[face].discard(seat)
            seating.writers.pop(face, None)
            tick_group.discard(seat)
            if seat.frozen or seat.soundless:
                self.touch(code)
            if face == PHONE:
                seats = seating.phones[phone]
                if seat in seats:
                    seats.remove(seat)
                if not seats:
                    del seating.phones[phone]
                    seating.typing.pop(phone, None)
                self.touch(code)

    def connect(self, code: str, seat: Seat, push: Push, direct: Direct | None) -> None:
        """
        From now on frames for *seat* are written at once. To be called after the connection's first message has been
        sent, because a frame must not overtake it.
        """
        seat.push, seat.direct = push, direct
        if seating := self._seatings.get(code):
            seating.writers.pop(seat.face, None)

    def polled(self, code: str, phone: str) -> None:
        """A phone without a socket has polled; it counts as present for POLLED_MS."""
        seating = self._seating_of(code)
        seating.expire_polled(self._now())
        fresh = seating.polled.pop(phone, None) is None
        seating.polled[phone] = self._now()
        if fresh:
            self.touch(code)

    def typing(self, code: str, phone: str) -> None:
        """Somebody is typing on *phone*. What they type is not sent, and none of this is stored."""
        if seating := self._seatings.get(code):
            seating.mark_active(phone)
            fresh = seating.typing.pop(phone, None) is None
            seating.typing[phone] = self._now()
            if fresh:
                self.touch(code)

    def sent(self, code: str, phone: str) -> None:
        """*phone* has sent its answer, so it no longer counts as typing."""
        if seating := self._seatings.get(code):
            seating.mark_active(phone)
            if seating.typing.pop(phone, None) is not None:
                self.touch(code)

    def beat(self, code: str, seat: Seat, *, shown: bool, soundless: bool = False) -> None:
        """A screen says that it draws, or rests because nobody sees it; and whether its browser plays no film."""
        seat.beat_at = self._now() if shown else None
        if seat.frozen or seat.soundless != soundless:
            seat.frozen, seat.soundless = False, soundless
            self.touch(code)

    def expire_typing(self, code: str) -> None:
        """Phones that have reported no typing for TYPING_MS stop counting. To be called now and then."""
        seating, horizon = self._seatings.get(code), self._now() - TYPING_MS
        if seating and seating.typing and next(iter(seating.typing.values())) <= horizon:
            seating.typing = {phone: at for phone, at in seating.typing.items() if at > horizon}
            self.touch(code)

    def tick(self) -> None:
        """
        To be called each second. Sends a tick to one group of TICK_S, so that not all ticks go out at once, and finds
        the screens that have frozen.
        """
        self._ticks += 1
        self.pulses.tick()
        now = self._now()
        late, self._ticked_at = now - self._ticked_at >= LATE_MS, now
        for code, seating in list(self._seatings.items()):
            if not late and seating.find_frozen(now):
                self.touch(code)
            if seats := seating.tick_groups[self._ticks % TICK_S]:
                frame = text_frame(self._draw(code, TICK))
                for seat in _DirectWriter(seats).write(frame):
                    if seat.push and seat.free:
                        seat.push(frame)

    def codes(self) -> list[str]:
        """Codes of the rooms that have seats, or had some a moment ago."""
        return list(self._seatings)

    def set_remote_presence(self, code: str, presence: Presence) -> None:
        """How many are in the same room on other workers."""
        if self._remote.get(code, Presence()) != presence:
            self._remote[code] = presence
            self.touch(code)

    def presence(self, code: str) -> Presence:
        """How many are in the room, on this worker and others."""
        local_presence, there = self.local_presence(code), self._remote.get(code, Presence())
        return Presence(*map(sum, zip(local_presence, there, strict=True)))

    def local_presence(self, code: str) -> Presence:
        seating = self._seatings.get(code)
        if seating is None:
            return Presence()
        seating.expire_polled(self._now())
        quiet = [phone for phone in seating.polled if phone not in seating.phones]
        heads = self._heads(code)
        shared = sum(
            number - 1 for phone, number in heads.items() if phone in seating.phones or phone in seating.polled
        )  # fmt: skip
        phones = len(seating.phones) + len(quiet)
        frozen = sum(seat.frozen for seat in seating.seats[SCREEN])
        soundless = sum(seat.soundless for seat in seating.seats[SCREEN])
        return Presence(phones, phones + shared, len(seating.typing), frozen, soundless)

    def is_here(self, code: str, phone: str) -> bool:
        """Whether *phone* has a seat on this worker, or polled it just now."""
        return (one := self._seatings.get(code)) is not None and (phone in one.phones or phone in one.polled)

    def in_use(self, code: str) -> bool:
        """Whether the room has seats or a phone polled it just now; if not, its entry here is removed."""
        seating = self._seatings.get(code)
        if seating is None:
            return False
        seating.expire_polled(self._now())
        if seating.polled or any(seating.seats.values()):
            return True
        self.close(code)
        return False

    def step(self, code: str) -> None:
        """The room has changed its step, or the store has stopped or resumed: send every face its view at once."""
        seating = self._seatings.get(code)
        if seating is None:
            return
        self._offer_all(code, seating, PHONES)
        self._offer_all(code, seating, PRESENTERS)

    def touch(self, code: str) -> None:
        """Something that is counted has changed: send screens and consoles their views, with the cooldown between."""
        self._touch(code, PRESENTERS)

    def touch_phones(self, code: str) -> None:
        """Questions or votes have come: send phones their views too, with a longer cooldown between."""
        self._touch(code, PHONES)

    def _touch(self, code: str, faces: tuple[str, ...]) -> None:
        if seating := self._seatings.get(code):
            if seating.cooldowns[faces].timer is None:
                self._offer_all(code, seating, faces)
            else:
                seating.cooldowns[faces].stale = True

    def revoke(self, code: str, links: Container[str] | None = None) -> None:
        """End the seats of all screens and consoles of the room, or only of those opened with one of *links*."""
        if seating := self._seatings.get(code):
            for seat in (*seating.seats[SCREEN], *seating.seats[CONSOLE]):
                if links is None or (seat.link and seat.link in links):
                    seat.end(REVOKED)

    def close(self, code: str) -> None:
        """The room has been deleted: end all its seats."""
        self._remote.pop(code, None)
        self.pulses.forget(code)
        seating = self._seatings.pop(code, None)
        if seating is not None:
            for cooldown in seating.cooldowns.values():
                cooldown.cancel()
            for seat in seating.all():
                seat.end(GONE)

    def end_phones(self, code: str) -> None:
        """The room is another group's from now on: end the seats of all phones. They come again, and hear of it."""
        if seating := self._seatings.get(code):
            seating.polled.clear()
            _end(list(seating.seats[PHONE]), CLEARED)

    def end_all(self) -> None:
        """The server is about to stop: end every seat, and spread over time when phones come again."""
        _end([seat for seating in self._seatings.values() for seat in seating.all()], RESTART, RETRY_MS)

    def shed(self, most: int) -> int:
        """
        End the seats of at most *most* phones of each room for a while: those that have been inactive longest and are
        not typing. Returns how many connections that were.
        """
        ended = 0
        for seating in self._seatings.values():
            quiet = [phone for phone in itertools.islice(seating.phones, most) if phone not in seating.typing]
            for seat in (seat for phone in quiet for seat in seating.phones[phone] if not seat.ended):
                seat.end(CROWDED, CROWDED_MS + secrets.randbelow(CROWDED_MS))
                ended += 1
        self.shed_count += ended
        return ended

    def empty(self) -> bool:
        return not any(seats for seating in self._seatings.values() for seats in seating.seats.values())

    def _offer_all(self, code: str, seating: _Seating, faces: tuple[str, ...]) -> None:
        cooldown = seating.cooldowns[faces]
        cooldown.cancel()
        for face in faces:
            self._offer(code, seating, face)
        wait_s = self.view_interval_s * cooldown.times
        cooldown.timer = asyncio.get_running_loop().call_later(wait_s, self._end_cooldown, code, seating, faces)

    def _end_cooldown(self, code: str, seating: _Seating, faces: tuple[str, ...]) -> None:
        seating.cooldowns[faces].timer = None
        if seating.cooldowns[faces].stale:
            self._offer_all(code, seating, faces)

    def _offer(self, code: str, seating: _Seating, face: str) -> None:
        if seats := seating.seats[face]:
            payload = self._draw(code, face)
            frame = text_frame(payload)
            if face not in seating.writers:
                seating.writers[face] = _DirectWriter(seats)
            for seat in seating.writers[face].write(frame):
                seat.offer(payload, frame)
