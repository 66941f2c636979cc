"""Views on their way to every face, and who is counted as writing."""

import asyncio
import contextlib
import socket
from contextlib import ExitStack

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from live.transport.hub import (
    CONSOLE,
    CROWDED,
    CROWDED_MS,
    FROZEN_MS,
    LATE_MS,
    PHONE,
    SCREEN,
    TICK,
    TICK_S,
    TYPING_MS,
    Hub,
)
from live.transport.seat import Seat, text_frame
from live.views.view import Presence

CODE = "25054015"


class Time:
    now = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
async def hall():
    """A hub, its clock, and what consoles have been drawn."""
    time, drawn = Time(), []

    def draw(code: str, face: str) -> bytes:
        drawn.append((face, hub.presence(code).typing))
        return b""

    hub = Hub(draw, lambda code: {}, time)
    return hub, time, drawn


async def test_who_types_counts_until_it_is_sent(hall):
    hub, _, drawn = hall
    with hub.seat(CODE, CONSOLE), hub.seat(CODE, PHONE, "a"), hub.seat(CODE, PHONE, "b"):
        drawn.clear()
        hub.typing(CODE, "a")
        hub.typing(CODE, "b")
        hub.typing(CODE, "b")
        assert Presence(2, 2, 2) == hub.presence(CODE)
        hub.sent(CODE, "a")
        assert 1 == hub.presence(CODE).typing
    assert Presence() == hub.presence(CODE)


async def test_who_has_not_typed_for_a_while_no_longer_does(hall):
    hub, time, _ = hall
    with hub.seat(CODE, PHONE, "a"), hub.seat(CODE, PHONE, "b"):
        hub.typing(CODE, "a")
        time.now += TYPING_MS // 2
        hub.typing(CODE, "b")
        time.now += TYPING_MS // 2
        hub.expire_typing(CODE)
        assert 1 == hub.presence(CODE).typing
        time.now += TYPING_MS // 2
        hub.expire_typing(CODE)
        assert 0 == hub.presence(CODE).typing


async def test_a_phone_that_types_in_no_hall_is_not_kept(hall):
    hub, *_ = hall
    hub.typing(CODE, "a")
    assert [] == hub.codes()


async def test_other_workers_count_too(hall):
    hub, *_ = hall
    with hub.seat(CODE, PHONE, "a"):
        hub.typing(CODE, "a")
        hub.set_remote_presence(CODE, Presence(3, 5, 2))
        assert Presence(4, 6, 3) == hub.presence(CODE)


async def test_a_screen_that_stops_drawing_is_told_until_it_draws_again(hall):
    hub, time, _ = hall
    with hub.seat(CODE, SCREEN) as seat, hub.seat(CODE, SCREEN) as other:
        hub.beat(CODE, seat, shown=True)
        told = []
        for _ in range(4):
            hub.beat(CODE, other, shown=True)
            told.append(hub.presence(CODE).frozen)
            time.now += FROZEN_MS // 3
            hub.tick()
        assert ([0, 0, 0, 1], 1) == (told, hub.presence(CODE).frozen)
        hub.beat(CODE, seat, shown=True)
        assert 0 == hub.presence(CODE).frozen


async def test_a_frozen_screen_that_is_closed_is_told_no_more(hall):
    hub, time, _ = hall
    with hub.seat(CODE, CONSOLE), hub.seat(CODE, SCREEN) as seat:
        await frozen(hub, time, seat)
        assert 1 == hub.presence(CODE).frozen
        with hub.seat(CODE, SCREEN):
            pass
        assert 1 == hub.presence(CODE).frozen
    with hub.seat(CODE, CONSOLE):
        assert 0 == hub.presence(CODE).frozen


async def frozen(hub: Hub, time: Time, seat: Seat) -> None:
    hub.beat(CODE, seat, shown=True)
    for _ in range(FROZEN_MS // 1000):
        time.now += 1000
        hub.tick()


async def test_a_screen_that_nobody_sees_or_that_never_said_it_draws_is_not_watched(hall):
    hub, time, _ = hall
    with hub.seat(CODE, SCREEN) as seat, hub.seat(CODE, SCREEN):
        hub.beat(CODE, seat, shown=True)
        hub.beat(CODE, seat, shown=False)
        for _ in range(10):
            time.now += 1000
            hub.tick()
        assert 0 == hub.presence(CODE).frozen


async def test_no_screen_is_blamed_for_a_server_that_stood_still(hall):
    """
    What screens said meanwhile is read after the round that comes late.
    """
    hub, time, _ = hall
    with hub.seat(CODE, SCREEN) as seat:
        hub.beat(CODE, seat, shown=True)
        time.now += FROZEN_MS + LATE_MS
        hub.tick()
        assert 0 == hub.presence(CODE).frozen
        hub.beat(CODE, seat, shown=True)
        time.now += 1000
        hub.tick()
        assert 0 == hub.presence(CODE).frozen


async def test_a_storm_of_small_changes_is_drawn_a_few_times(hall):
    """
    Once at once, and once more after the cooldown: a thousand changes in between are drawn together.
    """
    hub, _, drawn = hall
    with hub.seat(CODE, SCREEN) as seat:
        drawn.clear()
        for _ in range(1000):
            hub.touch(CODE)
        assert 1 == len(drawn)
        await seat.take()
        await seat.take()
        assert 2 == len(drawn)
    with hub.seat(CODE, PHONE, "a"):
        drawn.clear()
        hub.touch(CODE)
        assert PHONE not in {face for face, _ in drawn}


async def test_a_frame_is_pushed_where_the_connection_is_free_and_none_overtakes_another():
    """
    What a slow connection has not taken is replaced by the newest; while one is being sent, the next waits behind it.
    """
    seat, pushed, free = Seat(PHONE, "a"), [], True

    def push(frame: bytes) -> bool:
        if free:
            pushed.append(frame)
        return free

    seat.push = push
    seat.offer(b"1", text_frame(b"1"))
    free = False
    seat.offer(b"2", text_frame(b"2"))
    seat.offer(b"3", text_frame(b"3"))
    assert b"3" == await seat.take()
    free = True
    seat.offer(b"4", text_frame(b"4"))
    assert [b"\x81\x011"] == pushed
    assert b"4" == await seat.take()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await seat.take()
    seat.offer(b"5", text_frame(b"5"))
    assert [b"\x81\x011", b"\x81\x015"] == pushed


async def test_each_connection_gets_a_tick_once_in_a_while(hall):
    """
    Not all in the same second, and not one where a frame is on its way.
    """
    hub, _, drawn = hall
    pushed: list[str] = []
    with ExitStack() as room:
        for name in "abc":
            seat = room.enter_context(hub.seat(CODE, PHONE, name))

            def push(frame: bytes, name: str = name) -> bool:
                pushed.append(name)
                return True

            hub.connect(CODE, seat, push, None)
        seat.push = None
        seat.offer(b"1", text_frame(b"1"))
        hub.connect(CODE, seat, push, None)
        drawn.clear()
        for _ in range(TICK_S):
            hub.tick()
        assert ["a", "b"] == sorted(pushed)
        assert [TICK] * 3 == [face for face, _ in drawn]
        await seat.take()


async def test_frames_that_the_socket_takes_are_written_at_once(hall):
    """
    Where it takes only a part, the connection writes the rest; where it is full, closing or has more to write, all.
    """
    hub, _, _ = hall
    near, far = socket.socketpair()
    near.setblocking(False)
    with near, far, hub.seat(CODE, PHONE, "a") as seat:
        waits, closing, left = 0, False, b""

        def push(frame: bytes) -> bool:
            nonlocal left
            left += frame
            return True

        hub.connect(CODE, seat, push, (near.fileno(), lambda: waits, lambda: closing))
        hub.step(CODE)
        assert (text_frame(b""), b"") == (far.recv(100), left)
        waits = 1
        hub.step(CODE)
        waits, closing = 0, True
        hub.step(CODE)
        assert 2 * text_frame(b"") == left
        closing, left = False, b""
        hub._draw = lambda code, face: b"x" * 10_000_000
        hub.step(CODE)
        whole = text_frame(b"x" * 10_000_000)
        assert 0 < len(left) < len(whole)
        hub.step(CODE)
        assert left.endswith(whole)


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_a_frame_is_read_as_it_was_written(size):
    """
    By the library's own reader.
    """
    reader = StreamReader()
    reader.feed_data(text_frame(b"x" * size))
    parsing = Frame.parse(reader.read_exact, mask=False)
    with pytest.raises(StopIteration) as read:
        next(parsing)
    assert (Opcode.TEXT, b"x" * size) == (read.value.value.opcode, bytes(read.value.value.data))


async def test_when_shedding_those_who_have_been_quiet_longest_go_first(hall):
    """
    Not who types, nor who has just answered; and nobody but phones.
    """
    hub, _, _ = hall
    with hub.seat(CODE, SCREEN) as screen, contextlib.ExitStack() as stack:
        a, b, c, d = (stack.enter_context(hub.seat(CODE, PHONE, phone)) for phone in "abcd")
        hub.sent(CODE, "a")
        hub.typing(CODE, "b")
        assert 1 == hub.shed(1)
        assert ["", "", "", CROWDED, ""] == [seat.ended for seat in (screen, a, b, c, d)]
        assert CROWDED_MS <= c.retry_in <= 2 * CROWDED_MS
        assert 2 == hub.shed(9)
        assert ["", CROWDED, "", CROWDED, CROWDED] == [seat.ended for seat in (screen, a, b, c, d)]
