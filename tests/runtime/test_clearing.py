"""A meeting that was held is cleared for the next group: what is kept where, and what is never let in again."""

import asyncio
import gzip

import pytest

from live import exports
from live.errors import Refused, RoomNotFound, StorageFailed
from live.events import AnswerSent
from live.room import DAY_MS
from live.rules import SendAnswer, SetHeads, commands
from live.runtime import Registry, backup
from live.runtime.clearing import clear, key_of
from live.runtime.deletions import Deletions
from live.transport.hub import PHONE
from tests.meeting import JOIN, START, answer_id, one
from tests.runtime.test_canary import canary, in_redis, in_sqlite, standing, until
from tests.runtime.test_registry import HandClock, keeping, said, texts, writing
from tests.runtime.test_sharing import level, opened, pair  # noqa: F401 - a fixture


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
async def rooms(tmp_path, clock):
    async with keeping(tmp_path / "data", clock) as rooms:
        yield rooms


async def held(rooms, clock) -> str:
    """A meeting that is over: two phones have answered, and answers were gathered, promised and published."""
    code = await writing(rooms)
    await rooms.act(code, commands.SetChime(on=True))
    await rooms.command(code, said("p1", "x", "Flere benker"))
    await rooms.command(code, said("p2", "y", "Bedre lys"))
    await rooms.command(code, SetHeads("p1", 3))
    await rooms.act(code, commands.Ask(kind="open", question="Hva savner dere?"))
    await rooms.act(code, commands.MakeTheme(activity="a", name="Uteplass", ids=[answer_id("x")]))
    await rooms.act(code, commands.MakePromise(text="Vi kjøper en benk", who="Rektor"))
    await rooms.act(code, commands.Publish())
    await rooms.give_link(code, "Kari", "moderate")
    await rooms.act(code, commands.CloseDoor())
    await rooms.act(code, commands.End())
    clock.at += 60_000
    return code


async def test_the_next_group_finds_the_room_as_new_and_the_archive_holds_all(rooms, clock):
    """
    Same code, workshop, chime and colleagues' links. Answers, themes, ad hoc questions, promises, the report, the
    door and how many share a phone are gone from the room, and each stands in the archive.
    """
    code = await held(rooms, clock)
    before = await rooms.get(code)
    told = exports.export(before, "csv").decode("utf-8-sig")

    cleared = await clear(rooms, code)

    room, archive = await rooms.get(code), await rooms.get(cleared.archive.code)
    assert ("lobby", 0, {}, {}) == (room.state, room.real_answers, room.themes, room.ad_hoc)
    assert [] == room.people.newcomers(0)
    assert before.workshop_text == room.workshop_text
    assert ({}, None, {}, 0, None) == (
        room.followup.promises, room.followup.published_at, room.people.heads, room.people.hall,
        room.people.door_closed_at,
    )  # fmt: skip
    assert (True, ["Kari"]) == (room.chime, [link.name for link in room.links.working.values()])
    said_before = await texts(rooms, code)
    assert not [word for word in ("benk", "lys", "Uteplass", "Rektor", "savner") if word in said_before]

    assert ("ended", 2, code) == (archive.state, archive.real_answers, archive.archive_of)
    assert told.replace(code, archive.code) == exports.export(archive, "csv").decode("utf-8-sig")
    assert ["Uteplass"] == [theme.name for theme in archive.themes_of("a")]
    assert ["Vi kjøper en benk"] == [promise.text for promise in archive.followup.promises.values()]
    assert (None, {}) == (archive.followup.published_at, archive.links.working)
    assert archive.people.door_closed_at is not None
    assert "Arkiv av Prøve, 15. januar 2027 kl. 09.00" == cleared.title
    assert [cleared.archive] == room.archives
    assert await key_of(rooms, code, cleared.archive.code)
    with pytest.raises(RoomNotFound):
        await key_of(rooms, cleared.archive.code, code)


async def test_the_dates_that_people_were_told_hold_for_both(rooms, clock):
    """
    The archive goes on the day that its group was told. The room is held from now on, as one that is opened today.
    """
    code = await held(rooms, clock)
    told = (await rooms.get(code)).delete_at
    clock.at += 10 * DAY_MS
    archive = (await clear(rooms, code)).archive
    assert told == archive.delete_at == (await rooms.get(archive.code)).delete_at
    assert clock.at + 90 * DAY_MS == (await rooms.get(code)).delete_at
    clock.at = told
    await rooms.housekeeping.purge()
    with pytest.raises(RoomNotFound):
        await rooms.get(archive.code)
    assert "lobby" == (await rooms.get(code)).state
    with pytest.raises(RoomNotFound):
        await key_of(rooms, code, archive.code)


async def test_what_phones_of_the_old_group_send_is_refused_and_new_ones_are_heard(rooms, clock):
    """
    Whatever it is: an answer they had an ack for, one that waited without a network, one to a question that the new
    group is asked. A phone that came after is heard, also with the same id as before.
    """
    code = await held(rooms, clock)
    await clear(rooms, code)
    await rooms.act(code, commands.Start(activity="a"))
    for name, again in (("x", True), ("late", False)):
        with pytest.raises(Refused, match="cleared"):
            await rooms.command(code, SendAnswer("p1", answer_id(name), "a", "Flere benker", again=again, since=START))
    new = SendAnswer("p9", answer_id("n"), "a", "Mer skygge", since=clock.at)
    assert "saved" == (await rooms.command(code, new)).status
    assert ["Mer skygge"] == [one.text for one in (await rooms.get(code)).activities["a"].answers.values()]


async def test_only_a_meeting_that_is_over_is_cleared(rooms, clock):
    code = await writing(rooms)
    with pytest.raises(Refused, match="not-ended"):
        await clear(rooms, code)
    await rooms.act(code, commands.End())
    with pytest.raises(Refused, match="nothing-to-clear"):
        await clear(rooms, code)
    held_here = await held(rooms, clock)
    archive = (await clear(rooms, held_here)).archive.code
    with pytest.raises(Refused, match="nothing-to-clear"):
        await clear(rooms, held_here)
    with pytest.raises(Refused, match="is-archive"):
        await clear(rooms, archive)


async def test_group_after_group_has_an_archive_each(rooms, clock):
    """
    Newest first, and the phones of none of them come back into the room.
    """
    code = await held(rooms, clock)
    first = (await clear(rooms, code)).archive
    clock.at += 1000
    await rooms.act(code, commands.Start(activity="a"))
    await rooms.command(code, SendAnswer("p9", answer_id("n"), "a", "Mer skygge", since=clock.at))
    await rooms.act(code, commands.End())
    clock.at += 1000
    second = (await clear(rooms, code)).archive
    assert [second, first] == (await rooms.get(code)).archives
    assert [1, 2] == [(await rooms.get(one.code)).real_answers for one in (second, first)]


async def test_an_answer_that_comes_while_the_archive_is_stored_is_in_it(rooms, clock, monkeypatch):
    """
    Nothing falls between the two: the first archive lacks it, and is thrown away.
    """
    code = await held(rooms, clock)
    create, made = rooms.journal.create, []

    async def slow(new, events):
        made.append(new)
        recorded = await create(new, events)
        if len(made) == 1:
            assert "late" == (await rooms.command(code, said("p3", "z", "I siste liten"))).status
        return recorded

    monkeypatch.setattr(rooms.journal, "create", slow)
    archive = (await clear(rooms, code)).archive
    assert 3 == archive.answers == (await rooms.get(archive.code)).real_answers
    assert made[1:] == [archive.code]
    assert {code, archive.code} == {row.code for row in await rooms.journal.rooms()}


async def test_without_a_stored_archive_nothing_is_cleared(rooms, clock, monkeypatch):
    code = await held(rooms, clock)

    async def full(new, events):
        raise StorageFailed

    monkeypatch.setattr(rooms.journal, "create", full)
    with pytest.raises(StorageFailed):
        await clear(rooms, code)
    assert ("ended", 2) == ((await rooms.get(code)).state, (await rooms.get(code)).real_answers)


async def test_two_who_press_at_once_make_one_archive(rooms, clock):
    code = await held(rooms, clock)
    outcomes = await asyncio.gather(clear(rooms, code), clear(rooms, code), return_exceptions=True)
    (refused,) = [one for one in outcomes if isinstance(one, Exception)]
    assert "nothing-to-clear" == refused.code
    assert 2 == len(await rooms.journal.rooms())


@pytest.mark.parametrize("done", [False, True])
async def test_a_store_that_fails_while_the_room_begins_anew_leaves_no_archive_that_nobody_knows(
    rooms, clock, monkeypatch, done
):
    """*done*: the store has done it, and its reply was lost."""
    code = await held(rooms, clock)
    begin_anew = rooms.journal.begin_anew

    async def failing(*arguments, **more):
        if done:
            await begin_anew(*arguments, **more)
        raise StorageFailed("no reply")

    monkeypatch.setattr(rooms.journal, "begin_anew", failing)
    with pytest.raises(StorageFailed):
        await clear(rooms, code)

    room = await rooms.get(code)
    assert {row.code for row in await rooms.journal.rooms()} == {code} | {one.code for one in room.archives}
    assert ((0, 1) if done else (2, 0)) == (room.real_answers, len(room.archives))


async def test_what_is_deleted_in_the_archive_is_noted_for_the_room_too(rooms, clock):
    """
    A backup from before has it there.
    """
    noted = set()
    rooms.open_rooms._note_deleted = lambda *answer: noted.add(answer)
    archived = (await clear(rooms, await held(rooms, clock))).archive
    await rooms.act(archived.code, commands.RedactAnswer(id=answer_id("x")))
    while len(noted) < 2:
        await asyncio.sleep(0)
    source = (await rooms.get(archived.code)).archive_of
    assert {(archived.code, answer_id("x")), (source, answer_id("x"))} == noted


async def test_a_press_that_saw_the_room_before_another_cleared_it_makes_no_archive(rooms, clock, monkeypatch):
    code = await held(rooms, clock)
    begin_anew = rooms.journal.begin_anew

    async def and_another_press(*arguments, **more):
        done = await begin_anew(*arguments, **more)
        monkeypatch.undo()
        monkeypatch.setattr(rooms.open_rooms, "newest", seen_before)
        with pytest.raises(Refused, match="nothing-to-clear"):
            await clear(rooms, code)
        monkeypatch.undo()
        return done

    async def seen_before(_):
        return None

    monkeypatch.setattr(rooms.journal, "begin_anew", and_another_press)
    await clear(rooms, code)
    assert 2 == len(await rooms.journal.rooms())


async def test_it_is_so_for_all_workers_at_once(pair, tmp_path):  # noqa: F811
    """
    An answer that the other worker holds for the old group, and has not recorded yet, is refused there too; phones of
    the old group are disconnected from both, consoles from none.
    """
    one_worker, other = pair
    code = await opened(pair)
    await one_worker.act(code, commands.Start(activity="a"))
    await one_worker.command(code, SendAnswer("p1", answer_id("x"), "a", "Flere benker", since=START))
    await one_worker.act(code, commands.End())
    await level(pair, code)
    one_worker.clock.at += 1000
    with other.hub.seat(code, PHONE, "p1") as phone, other.hub.seat(code, "console") as console:
        await clear(one_worker, code)
        with pytest.raises(Refused, match="cleared"):
            await other.command(code, SendAnswer("p1", answer_id("y"), "a", "Nok en", since=START))
        assert "lobby" == (await other.newest(code)).state
        await level(pair, code)
        assert ("cleared", "") == (phone.ended, console.ended)
    await other.act(code, commands.Start(activity="a"))
    await other.command(code, SendAnswer("p2", answer_id("z"), "a", "Mer skygge", since=one_worker.clock.at))
    await level(pair, code)
    for rooms in pair:
        found = rooms.loaded_room(code).activities["a"].answers.values()
        assert ["Mer skygge"] == [answer.text for answer in found]
    assert one_worker.loaded_room(code).lost is None


async def test_a_backup_of_after_brings_back_both_and_the_old_group_stays_out(tmp_path, clock):
    async with keeping(tmp_path / "data", clock) as rooms:
        code = await held(rooms, clock)
        archive = (await clear(rooms, code)).archive.code
        taken = [line async for line in backup.lines(rooms.journal, clock.now())]
    file = tmp_path / "backup"
    file.write_bytes(gzip.compress(b"".join(taken)))
    async with keeping(tmp_path / "restored", clock) as rooms:
        await backup.restore(file, rooms.journal, Deletions(tmp_path).read())
        assert 2 == (await rooms.get(archive)).real_answers
        await rooms.act(code, commands.Start(activity="a"))
        with pytest.raises(Refused, match="cleared"):
            await rooms.command(code, SendAnswer("p1", answer_id("x"), "a", "Flere benker", again=True, since=START))


@pytest.mark.parametrize("store", [in_sqlite, in_redis])
async def test_what_was_cleared_is_in_the_archive_alone_and_goes_with_it(tmp_path, store, clock):
    """
    By the bytes: nothing of the journal of the room has it; it stands in the store while the archive does, and in no
    file when that is deleted.
    """
    folder = tmp_path / "data"
    text, marker = canary()
    async with store(folder) as (journal, _), Registry(journal, clock, lambda code: JOIN) as rooms:
        code = (await rooms.open(one("open", "id=a many=9"))).code
        await rooms.act(code, commands.Start(activity="a"))
        await rooms.command(code, said(text=text))
        await rooms.act(code, commands.End())
        clock.at += 1000
        archive = (await clear(rooms, code)).archive.code
        assert marker not in await texts(rooms, code)
        (kept,) = [event.text for _, event in await journal.read(archive) if isinstance(event, AnswerSent)]
        assert marker in kept
        assert standing(folder, marker)
        await rooms.delete(archive)
        await until(folder, marker, there=set())
        assert "lobby" == (await rooms.get(code)).state
    assert set() == standing(folder, marker)
