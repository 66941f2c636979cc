"""Rooms in memory: which stay, which go, and what becomes of those that are deleted. Real SQLite, a clock by hand."""

import asyncio
import gc
import warnings
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from live.errors import RoomNotFound
from live.events import AnswerWithdrawn, WorkshopSet
from live.journal.sqlite import open_sqlite
from live.room import DAY_MS, Room
from live.rules import SendAnswer, WithdrawAnswer, commands
from live.runtime import Registry
from live.runtime.open_rooms import IDLE_MS
from live.runtime.replay import APPLIED_AT_ONCE, catch_up
from live.transport.hub import PHONE, POLLED_MS
from tests.meeting import JOIN, START, answer_id, one


class HandClock:
    def __init__(self) -> None:
        self.at = START

    def now(self) -> int:
        return self.at


@asynccontextmanager
async def keeping(data, clock):
    journal = await open_sqlite(data)
    try:
        async with Registry(journal, clock, lambda code: JOIN) as rooms:
            yield rooms
    finally:
        await journal.close()


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
async def rooms(tmp_path, clock):
    async with keeping(tmp_path / "data", clock) as rooms:
        yield rooms


async def writing(rooms, attrs="id=a many=9") -> str:
    code = (await rooms.open(one("open", attrs))).code
    await rooms.act(code, commands.Start(activity="a"))
    return code


def said(phone="p1", name="x", text="Flere benker", rev=1):
    return SendAnswer(phone, answer_id(name), "a", text, rev=rev)


async def texts(rooms, code) -> str:
    return str([event for _, event in await rooms.journal.read(code)])


async def test_an_idle_room_leaves_memory_and_comes_back_as_it_was(rooms, clock):
    code = await writing(rooms)
    await rooms.command(code, said())
    clock.at += IDLE_MS - 1
    rooms.open_rooms.unload_idle()
    assert [code] == rooms.loaded_codes()
    clock.at += 1
    rooms.open_rooms.unload_idle()
    assert [] == rooms.loaded_codes()

    room = await rooms.get(code)
    assert ("write", 1) == (room.state, room.activities["a"].counted)


async def test_a_room_that_is_asked_for_stays(rooms, clock):
    code = await writing(rooms)
    for _ in range(5):
        clock.at += IDLE_MS - 1
        await rooms.get(code)
        rooms.open_rooms.unload_idle()
    assert [code] == rooms.loaded_codes()


async def test_a_seat_or_a_poll_keeps_a_room_and_ten_minutes_more(rooms, clock):
    code = await writing(rooms)
    with rooms.hub.seat(code, PHONE, "p1"):
        clock.at += 5 * IDLE_MS
        rooms.open_rooms.unload_idle()
    rooms.hub.polled(code, "p2")
    clock.at += IDLE_MS - 1
    rooms.open_rooms.unload_idle()
    assert [code] == rooms.loaded_codes()
    clock.at += 1
    rooms.open_rooms.unload_idle()
    assert [] == rooms.loaded_codes()


async def test_a_running_timer_keeps_a_room(rooms, clock):
    """Nobody looks, but it must close in time."""
    code = await writing(rooms, "id=a time=45:00")
    clock.at += 2 * IDLE_MS
    rooms.open_rooms.unload_idle()
    assert [code] == rooms.loaded_codes()


async def test_phones_that_stop_polling_are_forgotten(rooms, clock):
    code = await writing(rooms)
    for n in range(1000):
        rooms.hub.polled(code, f"p{n}")
        clock.at += POLLED_MS // 10
    assert rooms.hub.presence(code).phones <= 10
    clock.at += POLLED_MS
    assert not rooms.hub.in_use(code)


async def test_a_large_room_is_read_in_small_bites(rooms):
    """Whoever sits in another room meanwhile notices nothing."""
    code = await writing(rooms)
    await asyncio.gather(*(rooms.command(code, said(f"p{n}", f"x{n}")) for n in range(3 * APPLIED_AT_ONCE)))
    room = Room(code)
    reading = asyncio.create_task(catch_up(rooms.journal, room))
    seen = set()
    while not reading.done():
        seen.add(room.position)
        await asyncio.sleep(0)
    assert {0, APPLIED_AT_ONCE, 2 * APPLIED_AT_ONCE, 3 * APPLIED_AT_ONCE} <= seen


async def test_a_deleted_room_leaves_nothing(rooms, clock):
    """Not even the hour at which its timer would have rung."""
    code = await writing(rooms, "id=a time=45:00")
    asked = asyncio.gather(*(rooms.command(code, said(f"p{n}", f"x{n}")) for n in range(50)), return_exceptions=True)
    await asyncio.sleep(0)
    await rooms.delete(code)
    await asked
    for _ in range(3):
        with pytest.raises(RoomNotFound):
            await rooms.command(code, said())
    assert [] == rooms.loaded_codes()
    assert [] == await rooms.journal.due(2**62)
    with pytest.raises(RoomNotFound):
        rooms.frames.frame(code, PHONE)


async def test_nobody_brings_a_room_back_while_it_is_deleted(rooms):
    code = await writing(rooms)
    deleting = asyncio.create_task(rooms.delete(code))
    asked = [asyncio.create_task(rooms.get(code)) for _ in range(20)]
    await asyncio.gather(deleting, *asked, return_exceptions=True)
    assert [] == rooms.loaded_codes()


async def test_many_withdraw_at_once_and_every_word_goes(rooms):
    code = await writing(rooms)
    for n in range(20):
        await rooms.command(code, said(f"p{n}", f"x{n}", "angrer på dette"))
    await asyncio.gather(*(rooms.command(code, WithdrawAnswer(f"p{n}", answer_id(f"x{n}"), 2)) for n in range(20)))
    assert "angrer" not in await texts(rooms, code)


async def test_who_sends_everything_twice_holds_up_nobody(rooms):
    """
    What a phone sends for one answer is done in its order, each in an append of its own, with all others beside it.
    """
    code = await writing(rooms)
    commands = [said(f"p{n}", f"x{n}", f"nummer {rev}", rev) for n in range(50) for rev in (1, 2)]
    acks = await asyncio.gather(*(rooms.command(code, command) for command in commands))
    assert 3 >= len({ack.position for ack in acks})
    answers = (await rooms.get(code)).activities["a"].answers.values()
    assert {("nummer 2", 2)} == {(answer.text, answer.rev) for answer in answers}


async def test_what_a_phone_has_kept_goes_into_one_append(rooms):
    """
    As many as the question takes of each phone, and what is over is told so; a change waits for what it changes.
    """
    code = await writing(rooms, "id=a many=2")
    commands = [said(phone, f"{phone}{n}", f"nummer {n}") for n in (1, 2, 3) for phone in ("p", "q")]
    commands.append(said("p", "p1", "endret", 2))
    *acks, changed = await asyncio.gather(
        *(rooms.command(code, command) for command in commands), return_exceptions=True
    )
    assert 1 == len({ack.position for ack in acks[:4]})
    assert ["limit", "limit"] == [refused.code for refused in acks[4:]]
    assert changed.position == acks[0].position + 1
    answers = (await rooms.get(code)).activities["a"].answers.values()
    assert ["endret", "nummer 1", "nummer 2", "nummer 2"] == [answer.text for answer in answers]


async def test_what_still_gathers_is_recorded_before_the_rooms_are_left(tmp_path, clock):
    async with keeping(tmp_path / "data", clock) as rooms:
        code = await writing(rooms)
        await rooms.command(code, said())
        sent = asyncio.create_task(rooms.command(code, said("p2", "y")))
        await asyncio.sleep(0)
        assert not sent.done()
    async with asyncio.timeout(60):
        assert "saved" == (await sent).status


async def test_what_was_taken_back_before_a_power_cut_is_blanked_after_it(tmp_path, clock):
    """The withdrawal is recorded, the process ends before the words are blanked: the next one does it."""
    async with keeping(tmp_path / "data", clock) as rooms:
        code = await writing(rooms)
        await rooms.command(code, said(text="angrer på dette"))
        room = await rooms.get(code)
        gone = AnswerWithdrawn(at=clock.at, id=answer_id("x"), rev=2)
        await rooms.journal.append(code, [gone], step=room.step)
    async with keeping(tmp_path / "data", clock) as rooms:
        await rooms.get(code)
    async with keeping(tmp_path / "data", clock) as rooms:
        assert "angrer" not in await texts(rooms, code)
        assert (await rooms.get(code)).answer(answer_id("x")) is None


async def test_a_room_whose_opening_was_cut_short_has_its_date_all_the_same(tmp_path, clock):
    """
    The process ended when the room was recorded, and before the day on which it is to be deleted was.
    """
    async with keeping(tmp_path / "data", clock) as rooms:
        code = (await rooms.open(one("open"))).code
        await rooms.journal.set_due(code, "delete", None)
    async with keeping(tmp_path / "data", clock) as rooms:
        assert [(code, "delete", START + 90 * DAY_MS)] == await rooms.journal.due(2**62)


async def test_a_meeting_is_deleted_when_its_date_has_come(tmp_path, clock):
    """
    Ninety days after it was opened, or as its programme says; an edit moves the date. Also a meeting that nobody has
    asked for since the server started.
    """
    text = one("open", "id=a")
    async with keeping(tmp_path / "data", clock) as rooms:
        usual = (await rooms.open(text)).code
        short = (await rooms.open(text.replace("language:", "delete-after: 7 dager\nlanguage:"))).code
        moved = (await rooms.open(text)).code
        await rooms.edit(moved, text.replace("language:", "delete-after: 365\nlanguage:"))
        clock.at += 7 * DAY_MS - 1
        await rooms.housekeeping.purge()
        assert {usual, short, moved} == {row.code for row in await rooms.journal.rooms()}
    clock.at += 1
    async with keeping(tmp_path / "data", clock) as rooms:
        await rooms.housekeeping.purge()
        assert {usual, moved} == {row.code for row in await rooms.journal.rooms()}
        clock.at = START + 90 * DAY_MS
        await rooms.housekeeping.purge()
        assert {moved} == {row.code for row in await rooms.journal.rooms()}
        assert START + 365 * DAY_MS == (await rooms.get(moved)).delete_at


@pytest.mark.parametrize(
    ("days_ahead", "kept"), [(40, 40 + 90), (-40, 90), (100_000, 366 + 90)], ids=["later", "past", "far off"]
)
async def test_a_meeting_that_is_prepared_early_is_kept_from_its_date(tmp_path, clock, days_ahead, kept):
    """
    Prepared in January for May, it is not deleted in April; a date far off keeps nothing for ever.
    """
    day = datetime.fromtimestamp(START // DAY_MS * DAY_MS / 1000, UTC) + timedelta(days=days_ahead)
    text = one("open", "id=a").replace("language:", f"date: {day:%Y-%m-%d}\nlanguage:")
    async with keeping(tmp_path / "data", clock) as rooms:
        room = await rooms.get((await rooms.open(text)).code)
        assert kept == (room.delete_at - START // DAY_MS * DAY_MS) // DAY_MS


OLDER = """---
format: workshop/1
title: Før
delete-after: aldri
---

## Hva nå?

:::open{id=a pick=9}
Skriv.
:::
"""


@pytest.mark.parametrize("text", ["", OLDER], ids=["nothing", "older"])
async def test_a_meeting_stored_under_older_rules_is_still_there(rooms, text):
    """
    What has become an error since keeps nobody out of a meeting with answers.
    """
    await rooms.journal.create("25054015", [WorkshopSet(at=START, text=text)])
    room = await rooms.get("25054015")
    assert len(room.workshop.slides) == 1
    await rooms.act("25054015", commands.Next())
    assert room.state in ("slide", "idle")
    assert rooms.frames.view("25054015", PHONE)


async def test_a_round_that_is_due_when_the_server_ends_is_left_out(tmp_path, clock):
    """
    And leaves nothing behind that would have had to run.
    """
    async with keeping(tmp_path / "data", clock) as rooms:
        housekeeping = rooms.housekeeping
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        housekeeping._tidy()
        housekeeping.stop()
        gc.collect()
