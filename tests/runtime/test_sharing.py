"""One room kept by two processes at once: what either records, both hold and show. Two keepers over one journal."""

import asyncio
from contextlib import AsyncExitStack, ExitStack
from hashlib import sha256

import pytest

from live.errors import Conflict, Refused, RoomNotFound
from live.events import ActivityClosed
from live.journal import PRESENT_MS
from live.journal.sqlite import open_sqlite
from live.rights import LOOK
from live.rules import KeepRecoveryPhrase, SendAnswer, WithdrawAnswer, commands
from live.runtime import Registry
from live.text import lemmas
from live.transport.hub import CONSOLE, PHONE, REVOKED
from tests.meeting import JOIN, START, answer_id, one
from tests.runtime.test_registry import HandClock


@pytest.fixture
async def pair(tmp_path):
    """Two keepers that hear of each other by the journal alone."""
    async with AsyncExitStack() as stack:
        journal = await open_sqlite(tmp_path / "data")
        stack.push_async_callback(journal.close)
        journal.shared = True
        clock = HandClock()
        yield [await stack.enter_async_context(Registry(journal, clock, lambda code: JOIN)) for _ in range(2)]


async def opened(pair, attrs="id=a many=200") -> str:
    code = (await pair[0].open(one("open", attrs))).code
    for rooms in pair:
        await rooms.get(code)
    return code


async def level(pair, code: str) -> list[int]:
    """Wait until both hold all that the journal holds. Returns: their positions."""
    top = (await pair[0].journal.top(code)).position
    async with asyncio.timeout(60):
        while {rooms.loaded_room(code).position for rooms in pair} != {top}:
            await asyncio.sleep(0)
    return [rooms.loaded_room(code).position for rooms in pair]


def answers(rooms: Registry, code: str) -> list[tuple[str, str | None]]:
    return [(answer.id, answer.text) for answer in rooms.loaded_room(code).activities["a"].answers.values()]


async def test_a_hall_on_two_workers_is_one_hall(pair):
    """
    Answers sent to either at the same time stand on both, in the journal's order, each once.
    """
    code = await opened(pair)
    await pair[0].act(code, commands.Start(activity="a"))
    await level(pair, code)
    sends = [
        rooms.command(code, SendAnswer(f"p{worker}-{n % 9}", answer_id(f"{worker}-{n}"), "a", f"Svar {worker}-{n}"))
        for n in range(120)
        for worker, rooms in enumerate(pair)
    ]
    acks = await asyncio.gather(*sends)
    await level(pair, code)
    assert {"saved"} == {ack.status for ack in acks}
    assert 240 == len(answers(pair[0], code))
    assert answers(pair[0], code) == answers(pair[1], code)


async def test_the_same_answer_by_both_ways_counts_once(pair):
    code = await opened(pair)
    await pair[0].act(code, commands.Start(activity="a"))
    await level(pair, code)
    command = SendAnswer("p1", answer_id("x"), "a", "Flere benker")
    acks = await asyncio.gather(*(rooms.command(code, command) for rooms in pair for _ in range(3)))
    await level(pair, code)
    assert {"saved", "duplicate"} >= {ack.status for ack in acks}
    assert [[(answer_id("x"), "Flere benker")]] * 2 == [answers(rooms, code) for rooms in pair]


async def test_two_workers_deal_answers_as_one(pair):
    """
    Phones ask either worker at the same time, or both: all answers are seen equally often, no phone is dealt twice, and
    both workers know the same.
    """
    weighing = one("open", "id=a many=20") + "\n:::support{id=s from=a}\nVei.\n:::\n"
    code = (await pair[0].open(weighing)).code
    for rooms in pair:
        await rooms.get(code)
    await pair[0].act(code, commands.Start(activity="a"))
    for n in range(20):
        await pair[0].command(code, SendAnswer(f"p{n}", answer_id(f"{n}"), "a", f"Svar {n}"))
    await pair[0].act(code, commands.Start(activity="s"))
    await level(pair, code)
    asked = [rooms.command(code, commands.DealCards(f"v{n}", "s")) for n in range(50) for rooms in pair]
    await asyncio.gather(*asked)
    await level(pair, code)
    tables = [rooms.loaded_room(code).dealing.table("s") for rooms in pair]
    seen, other = ({id: card.seen for id, card in table.deal.cards.items()} for table in tables)
    assert seen == other
    assert max(seen.values()) - min(seen.values()) <= 1
    hands, others = ({phone: list(table.deal.hand(phone)) for phone in table.deal.phones()} for table in tables)
    assert hands == others
    assert {1, 2, 3} >= {len(hand) for hand in hands.values()}


async def test_faces_on_the_other_worker_see_what_happens(pair):
    code = await opened(pair)
    with pair[1].hub.seat(code, PHONE, "p1") as phone, pair[1].hub.seat(code, CONSOLE) as console:
        await pair[0].act(code, commands.Start(activity="a"))
        assert b'"state":"write"' in await asyncio.wait_for(phone.take(), 60)
        async with asyncio.timeout(60):
            while b'"state":"write"' not in (await console.take() or b""):
                pass


async def test_two_consoles_cannot_both_move_on(pair):
    """
    Both press Next on the same slide, each on its own worker: one moves the room, the other hears that it has moved.
    """
    code = await opened(pair)
    step = pair[0].loaded_room(code).step
    said = await asyncio.gather(
        *(rooms.act(code, commands.Next(), if_step=step) for rooms in pair), return_exceptions=True
    )
    await level(pair, code)
    assert [False, True] == sorted(isinstance(one, Conflict) for one in said)
    assert [step + 1] * 2 == [rooms.loaded_room(code).step for rooms in pair]


async def test_a_timer_that_rings_on_both_closes_once(pair):
    code = await opened(pair, "id=a time=1:00")
    await pair[0].act(code, commands.Start(activity="a"))
    await level(pair, code)
    pair[0].clock.at = START + 61_000
    await asyncio.gather(*(rooms.command(code, commands.CloseDue()) for rooms in pair))
    await level(pair, code)
    events = [event for _, event in await pair[0].journal.read(code)]
    assert 1 == sum(isinstance(event, ActivityClosed) for event in events)
    assert ["closed", "closed"] == [rooms.loaded_room(code).state for rooms in pair]


async def test_phones_on_both_workers_are_counted_together(pair):
    """
    A worker that dies takes its phones out of the count.
    """
    code = await opened(pair)
    with pair[0].hub.seat(code, PHONE, "p1"), pair[1].hub.seat(code, PHONE, "p2"), pair[1].hub.seat(code, PHONE, "p3"):
        for rooms in (*pair, pair[0]):
            await rooms.housekeeping.share_presence()
        assert [3, 3] == [rooms.frames.view(code, CONSOLE)["counts"]["phones"] for rooms in pair]
        pair[0].hub.pulses.press(code, "p1", "clap")
        pair[0].hub.pulses.press(code, "p2", "lost")
        for rooms in (*pair, pair[0]):
            await rooms.housekeeping.share_presence()
        assert [{"clap": 1, "lost": 1}] * 2 == [rooms.hub.pulses.show(code).levels for rooms in pair]
        assert [1, 1] == [rooms.hub.pulses.show(code).lost for rooms in pair]
    with pair[0].hub.seat(code, PHONE, "p1"):
        pair[0].clock.at += PRESENT_MS
        await pair[0].housekeeping.share_presence()
        assert 1 == pair[0].frames.view(code, CONSOLE)["counts"]["phones"]


async def test_what_is_taken_back_on_one_leaves_both(pair):
    code = await opened(pair)
    await pair[0].act(code, commands.Start(activity="a"))
    await pair[0].command(code, SendAnswer("p1", answer_id("x"), "a", "Angret"))
    await level(pair, code)
    await pair[1].command(code, WithdrawAnswer("p1", answer_id("x"), 2))
    await level(pair, code)
    assert [[], []] == [answers(rooms, code) for rooms in pair]


async def test_a_room_deleted_on_one_is_gone_from_both(pair):
    code = await opened(pair)
    with pair[1].hub.seat(code, PHONE, "p1") as phone:
        await pair[0].delete(code)
        async with asyncio.timeout(60):
            while await phone.take() is not None:
                pass
    for rooms in pair:
        with pytest.raises(RoomNotFound):
            await rooms.get(code)


async def test_a_rehearsal_on_one_is_cleared_by_the_other(pair):
    """
    Asked for on both at once it is one rehearsal; cleared where it is not carried out, nothing of it is left on either,
    or in the store.
    """
    code = await opened(pair)
    asked = await asyncio.gather(
        *(rooms.act(code, commands.Rehearse(n=5)) for rooms in pair), return_exceptions=True
    )  # fmt: skip
    assert ["rehearsing"] == [one.code for one in asked if isinstance(one, Refused)]
    await pair[0].act(code, commands.Start(activity="a"))
    async with asyncio.timeout(60):
        while len((await pair[1].get(code)).rehearsed) < 3:
            for rooms in pair:
                rooms.clock.at += 1_000
            await asyncio.sleep(0.05)
    said = [text for _, text in answers(pair[1], code)]
    await pair[1].act(code, commands.ClearRehearsal())
    await level(pair, code)
    for rooms in pair:
        room = await rooms.get(code)
        assert ("lobby", 0, None) == (room.state, room.activities["a"].counted, room.rehearsal)
    stored = str([event for _, event in await pair[0].journal.read(code)])
    assert [] == [text for text in said if text in stored]


async def test_two_workers_show_the_same_words_whatever_is_done_to_them_on_either(pair):
    """
    The room says what merges them, from its first event on; by hand a word is split on one and merged on the other.
    """
    code = await opened(pair)
    assert lemmas.method() == pair[1].loaded_room(code).words_by != ""
    await pair[0].act(code, commands.Start(activity="a"))
    await level(pair, code)
    for number, text in enumerate(("skole", "skulen", "bruk", "bruker", "båt", "ferge")):
        await pair[number % 2].command(code, SendAnswer(f"p{number}", answer_id(text), "a", text))
    await level(pair, code)
    await pair[0].act(code, commands.SplitWord(word="bruker"))
    await level(pair, code)
    await pair[1].act(code, commands.MergeWords(words=["båt", "ferge"]))
    await level(pair, code)

    shown = [rooms.loaded_room(code).activities["a"].tally.show()["words"] for rooms in pair]
    assert shown[0] == shown[1]
    assert {"skole": 2, "bruk": 1, "bruker": 1, "båt": 2} == {word["text"]: word["count"] for word in shown[0]}


async def test_a_link_withdrawn_on_one_is_cut_off_on_the_other(pair):
    """
    What was opened by that link, and nothing else; neither worker lets its key in again.
    """
    code = await opened(pair)
    kari, key = await pair[0].give_link(code, "Kari", LOOK)
    ola, _ = await pair[0].give_link(code, "Ola", LOOK)
    await level(pair, code)
    stored = sha256(key.encode()).hexdigest()
    assert (code, f"{LOOK}:{kari}") == await pair[1].journal.key_right(stored)
    with ExitStack() as seats:
        hers, his, own = (seats.enter_context(pair[1].hub.seat(code, CONSOLE, link=link)) for link in (kari, ola, ""))
        await pair[0].withdraw_link(code, kari)
        async with asyncio.timeout(60):
            while await hers.take() is not None:
                pass
        assert (REVOKED, "", "") == (hers.ended, his.ended, own.ended)
    assert None is await pair[1].journal.key_right(stored)
    assert [["Ola"]] * 2 == [[one.name for one in (await rooms.newest(code)).links.working.values()] for rooms in pair]


async def test_a_receipt_kept_on_one_finds_answers_on_the_other(pair):
    """And the same words are never two phones'."""
    code = await opened(pair)
    await pair[0].command(code, KeepRecoveryPhrase("anne", "mark"))
    assert {"mark": "anne"} == (await pair[1].newest(code)).people.recovery_phrases
    with pytest.raises(Refused, match="not-yours"):
        await pair[1].command(code, KeepRecoveryPhrase("bo", "mark"))


async def test_each_worker_knows_that_there_is_another(pair):
    for rooms in (*pair, *pair):
        await rooms.housekeeping.share_presence()
    assert [1, 1] == [rooms.housekeeping.other_workers for rooms in pair]
