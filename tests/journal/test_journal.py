"""What every engine promises, asked through the port alone."""

import asyncio

import pytest

from live.errors import CodeTaken, Conflict, RoomNotFound
from live.events import HeadsSet, ReceiptMade
from live.journal import Recorded, RoomRow, Top
from tests.journal.facts import BEGUN, CODE, OTHER, begin, changed, numbered, sent, shown, withdrawn
from tests.meeting import START, answer_id

NONE = frozenset()


# -- beginning and adding -----------------------------------------------------------------------------------


async def test_a_room_begins_with_what_it_was_made_of(journal):
    """The workshop is there from the first moment, and counts as the first step."""
    recorded = await journal.create(CODE, [BEGUN, shown(1)])

    assert Recorded(position=2, step=2, duplicates=NONE) == recorded
    assert numbered(BEGUN, shown(1)) == await journal.read(CODE)


async def test_two_rooms_cannot_have_the_same_code(journal):
    """Phones that type the code reach the meeting that had it first, untouched."""
    await begin(journal)

    with pytest.raises(CodeTaken):
        await journal.create(CODE, [BEGUN, shown(9)])

    assert numbered(BEGUN) == await journal.read(CODE)


async def test_of_two_who_begin_at_once_one_is_told(journal):
    outcomes = await asyncio.gather(begin(journal), begin(journal), return_exceptions=True)

    assert [CodeTaken, int] == sorted((type(outcome) for outcome in outcomes), key=lambda kind: kind.__name__)
    assert numbered(BEGUN) == await journal.read(CODE)


async def test_events_are_read_back_as_they_were_recorded(journal):
    """Every word, choice and rating, in the order it came."""
    step = await begin(journal)
    events = [
        sent("a", "«Åpne» dører – på ærlig 🐣\n\x00"),
        sent("b", text=None, value=["x", "y"], heads=3, via="paper", late=True),
        sent("c", text=None, value={"trygghet": 4}),
        HeadsSet(at=START, phone="a1", heads=2),
        withdrawn("b", 2),
    ]

    assert Recorded(6, 1, NONE) == await journal.append(CODE, events, step=step)
    assert Recorded(7, 2, NONE) == await journal.append(CODE, [shown(2)], step=step)

    assert numbered(BEGUN, *events, shown(2)) == await journal.read(CODE)


async def test_nothing_to_add_changes_nothing(journal):
    step = await begin(journal)
    assert Recorded(1, 1, NONE) == await journal.append(CODE, [], step=step)


async def test_rooms_do_not_mix(journal):
    """Two meetings in the same house at the same hour: each has its own answers, positions and steps."""
    await begin(journal)
    await begin(journal, OTHER)

    await journal.append(CODE, [shown(2)], step=1)
    await journal.append(OTHER, [sent("a")], step=1)
    await journal.append(CODE, [sent("a")], step=2)

    assert numbered(BEGUN, shown(2), sent("a")) == await journal.read(CODE)
    assert numbered(BEGUN, sent("a")) == await journal.read(OTHER)


async def test_appends_that_wait_together_get_positions_without_holes(journal):
    """A hall that sends in the same second: each answer has its place, and each is told the place it got."""
    step = await begin(journal)
    recorded = await asyncio.gather(*(journal.append(CODE, [sent(str(n))], step=step) for n in range(300)))

    assert list(range(2, 302)) == sorted(ack.position for ack in recorded)
    by_position = {ack.position: sent(str(n)) for n, ack in enumerate(recorded)} | {1: BEGUN}
    assert sorted(by_position.items()) == await journal.read(CODE)


# -- steps --------------------------------------------------------------------------------------------------


async def test_two_consoles_cannot_both_move_on(journal):
    """Both pressed Next on the same slide: the room moves once, and the later press hears of it."""
    step = await begin(journal)
    await journal.append(CODE, [shown(2)], step=step)

    with pytest.raises(Conflict) as conflict:
        await journal.append(CODE, [shown(3)], step=step)

    assert 2 == conflict.value.step
    assert numbered(BEGUN, shown(2)) == await journal.read(CODE)


async def test_of_many_presses_at_once_one_counts(journal):
    step = await begin(journal)
    presses = [journal.append(CODE, [shown(n)], step=step) for n in range(20)]
    outcomes = await asyncio.gather(*presses, return_exceptions=True)

    assert 19 == sum(isinstance(outcome, Conflict) for outcome in outcomes)
    assert Recorded(2, 2, NONE) in outcomes


async def test_an_answer_decided_before_the_room_moved_on_is_not_recorded(journal):
    """Answers that were open when it was decided may be closed now, so it must be decided again."""
    step = await begin(journal)
    await journal.append(CODE, [shown(2)], step=step)

    with pytest.raises(Conflict):
        await journal.append(CODE, [sent("a"), sent("b")], step=step)

    assert Recorded(4, 2, NONE) == await journal.append(CODE, [sent("a"), sent("b")], step=step + 1)


async def test_answers_are_in_nobodys_way(journal):
    """Phones send while the facilitator decides: none of them makes the press fail."""
    step = await begin(journal)
    await journal.append(CODE, [sent("a")], step=step)
    await journal.append(CODE, [sent("b")], step=step)

    assert Recorded(4, 2, NONE) == await journal.append(CODE, [shown(2)], step=step)


async def test_a_refused_append_takes_none_of_its_neighbours_with_it(journal):
    """What waits in the same moment as a refused one is recorded all the same."""
    step = await begin(journal)
    outcomes = await asyncio.gather(
        journal.append(CODE, [sent("a")], step=step),
        journal.append(CODE, [sent("late")], step=step + 7),
        journal.append(OTHER, [sent("lost")], step=step),
        journal.append(CODE, [sent("b")], step=step),
        return_exceptions=True,
    )

    assert [Recorded, Conflict, RoomNotFound, Recorded] == [type(outcome) for outcome in outcomes]
    assert numbered(BEGUN, sent("a"), sent("b")) == await journal.read(CODE)


async def test_all_of_an_append_is_recorded_or_none(journal):
    """Half a letter that no file can hold spoils its own append, the good before it too, and nothing else."""
    step = await begin(journal)
    spoilt, good = await asyncio.gather(
        journal.append(CODE, [sent("a"), sent("b"), sent("c", "\ud800")], step=step),
        journal.append(CODE, [sent("d")], step=step),
        return_exceptions=True,
    )

    assert isinstance(spoilt, ValueError)
    assert Recorded(2, 1, NONE) == good
    assert numbered(BEGUN, sent("d")) == await journal.read(CODE)
    assert NONE == (await journal.append(CODE, [sent("a")], step=step)).duplicates


# -- the same answer again ----------------------------------------------------------------------------------


async def test_an_answer_sent_again_is_left_out_and_named(journal):
    """The phone lost the network before the receipt came, and sends again: one card on the wall, not two."""
    step = await begin(journal)
    await journal.append(CODE, [sent("a")], step=step)

    recorded = await journal.append(CODE, [sent("b"), sent("a", "the same, later"), sent("c")], step=step)

    assert Recorded(4, 1, frozenset({sent("a").key})) == recorded
    assert numbered(BEGUN, sent("a"), sent("b"), sent("c")) == await journal.read(CODE)


async def test_twice_in_one_append_is_once(journal):
    step = await begin(journal)
    recorded = await journal.append(CODE, [sent("a"), sent("a"), changed("a", 2), changed("a", 2)], step=step)

    assert Recorded(3, 1, frozenset({sent("a").key, changed("a", 2).key})) == recorded
    assert numbered(BEGUN, sent("a"), changed("a", 2)) == await journal.read(CODE)


async def test_sent_twice_in_the_same_moment_is_once(journal):
    """Two tabs, or two servers, with the same answer at once."""
    step = await begin(journal)
    recorded = await asyncio.gather(*(journal.append(CODE, [sent("a")], step=step) for _ in range(9)))

    assert 8 == sum({sent("a").key} == ack.duplicates for ack in recorded)
    assert numbered(BEGUN, sent("a")) == await journal.read(CODE)


async def test_an_append_of_only_known_events_changes_nothing(journal):
    step = await begin(journal)
    await journal.append(CODE, [sent("a")], step=step)

    assert Recorded(2, 1, frozenset({sent("a").key})) == await journal.append(CODE, [sent("a")], step=step)
    assert Recorded(3, 1, NONE) == await journal.append(CODE, [sent("b")], step=step)


async def test_events_without_a_key_may_be_alike(journal):
    """The same number of heads, set twice, is two events."""
    step = await begin(journal)
    heads = HeadsSet(at=START, phone="a1", heads=2)

    assert Recorded(3, 1, NONE) == await journal.append(CODE, [heads, heads], step=step)


# -- reading ------------------------------------------------------------------------------------------------


async def test_reading_on_from_where_one_was(journal):
    step = await begin(journal)
    await journal.append(CODE, [sent("a"), sent("b")], step=step)

    assert [(3, sent("b"))] == await journal.read(CODE, after=2)
    assert [] == await journal.read(CODE, after=3)
    assert [] == await journal.read(CODE, after=99)


async def test_the_top_is_where_the_room_stands(journal):
    step = await begin(journal)
    epoch = (await journal.top(CODE)).epoch
    await journal.append(CODE, [sent("a")], step=step)
    await journal.append(CODE, [shown(2)], step=step)

    assert epoch
    assert Top(epoch, position=3, step=2) == await journal.top(CODE)


async def test_a_room_that_is_not_there(journal):
    """A mistyped code, or a meeting long gone: everyone who asks is told the same."""
    with pytest.raises(RoomNotFound):
        await journal.read(CODE)
    with pytest.raises(RoomNotFound):
        await journal.top(CODE)
    with pytest.raises(RoomNotFound):
        await journal.append(CODE, [sent("a")], step=0)
    assert [] == [event async for event in journal.follow(CODE)]
    assert [] == await journal.rooms()


async def test_all_rooms_are_listed(journal):
    await begin(journal)
    await begin(journal, OTHER)
    await journal.append(OTHER, [sent("a")], step=1)

    assert {RoomRow(CODE, START, 1, 1), RoomRow(OTHER, START, 2, 1)} == set(await journal.rooms())


# -- deleting and redacting ---------------------------------------------------------------------------------


async def test_a_deleted_room_is_gone_with_all_that_was_its_own(journal):
    for code in (CODE, OTHER):
        await begin(journal, code)
        await journal.add_key(f"hash-{code}", code=code, right="facilitator", at=START)
        await journal.set_due(code, "purge", START + 9)

    await journal.delete(CODE)

    with pytest.raises(RoomNotFound):
        await journal.read(CODE)
    assert [RoomRow(OTHER, START, 1, 1)] == await journal.rooms()
    assert [(OTHER, "purge", START + 9)] == await journal.due(START + 10)
    assert None is await journal.key_right(f"hash-{CODE}")
    assert (OTHER, "facilitator") == await journal.key_right(f"hash-{OTHER}")
    assert numbered(BEGUN) == await journal.read(OTHER)


async def test_deleting_twice_is_fine(journal):
    await begin(journal)
    await journal.delete(CODE)
    await journal.delete(CODE)
    await journal.delete("never-was")
    assert [] == await journal.rooms()


async def test_a_code_used_again_begins_from_nothing(journal):
    """The old meeting's answers are not even remembered as known, and the new room has an epoch of its own."""
    step = await begin(journal)
    await journal.append(CODE, [sent("a")], step=step)
    epoch = (await journal.top(CODE)).epoch
    await journal.delete(CODE)

    await begin(journal)

    assert Recorded(2, 1, NONE) == await journal.append(CODE, [sent("a")], step=1)
    assert epoch != (await journal.top(CODE)).epoch


async def test_a_redacted_answer_says_nothing_any_more(journal):
    """A name somebody wrote is gone from every version of the answer, and from no other answer."""
    step = await begin(journal)
    events = [sent("a"), sent("b"), changed("a", 2), sent("c", None, value=["x"]), withdrawn("a", 3)]
    await journal.append(CODE, events, step=step)

    await journal.redact(CODE, answer_id("a"))
    await journal.redact(CODE, answer_id("c"))

    blanked = [sent("a", ""), sent("b"), changed("a", 2, ""), sent("c", "", value=None), withdrawn("a", 3)]
    assert numbered(BEGUN, *blanked) == await journal.read(CODE)
    assert (6, 1) == ((await journal.top(CODE)).position, (await journal.top(CODE)).step)


async def test_a_receipt_is_kept_once_and_goes_with_the_room(journal):
    step = await begin(journal)
    made = ReceiptMade(at=5, phone="p", mark="m")
    await journal.append(CODE, [sent("a"), made], step=step)

    assert Recorded(3, 1, frozenset({made.key})) == await journal.append(CODE, [made], step=step)
    assert numbered(BEGUN, sent("a"), made) == await journal.read(CODE)
    await journal.delete(CODE)
    await begin(journal)
    assert numbered(BEGUN) == await journal.read(CODE)


async def test_a_redacted_answer_does_not_come_back(journal):
    """The phone that wrote it has it still, and sends it again."""
    step = await begin(journal)
    await journal.append(CODE, [sent("a")], step=step)
    await journal.redact(CODE, answer_id("a"))

    assert Recorded(2, 1, frozenset({sent("a").key})) == await journal.append(CODE, [sent("a")], step=step)
    assert numbered(BEGUN, sent("a", "")) == await journal.read(CODE)


async def test_redacting_keeps_to_its_room(journal):
    await begin(journal)
    await journal.append(CODE, [sent("a"), sent("b")], step=1)
    await begin(journal, OTHER)
    await journal.append(OTHER, [sent("c"), sent("a")], step=1)

    await journal.redact(CODE, answer_id("a"))
    await journal.redact(CODE, answer_id("nobody's"))
    await journal.redact("99999999", answer_id("a"))

    assert numbered(BEGUN, sent("a", ""), sent("b")) == await journal.read(CODE)
    assert numbered(BEGUN, sent("c"), sent("a")) == await journal.read(OTHER)


# -- keys, secrets, due times -------------------------------------------------------------------------------


async def test_a_key_opens_what_it_was_made_for(journal):
    await begin(journal)
    await journal.add_key("hash-f", code=CODE, right="facilitator", at=START)
    await journal.add_key("hash-s", code=CODE, right="screen", at=START)

    assert (CODE, "facilitator") == await journal.key_right("hash-f")
    assert (CODE, "screen") == await journal.key_right("hash-s")
    assert None is await journal.key_right("hash-x")


async def test_revoked_keys_open_nothing(journal):
    """A link that leaked is worthless after one command; other rooms do not notice, and new keys can be made."""
    for code in (CODE, OTHER):
        await begin(journal, code)
        await journal.add_key(f"hash-{code}", code=code, right="facilitator", at=START)

    await journal.revoke_keys(CODE)
    await journal.add_key("hash-new", code=CODE, right="facilitator", at=START)

    assert None is await journal.key_right(f"hash-{CODE}")
    assert (CODE, "facilitator") == await journal.key_right("hash-new")
    assert (OTHER, "facilitator") == await journal.key_right(f"hash-{OTHER}")


async def test_one_link_is_revoked_and_no_other(journal):
    """By the right it was added with; all that is left goes with the room's other keys."""
    await begin(journal)
    for right in ("facilitator", "look:a1", "look:a2"):
        await journal.add_key(f"hash-{right}", code=CODE, right=right, at=START)
    await journal.revoke_keys(CODE, "look:a1")
    assert None is await journal.key_right("hash-look:a1")
    assert (CODE, "look:a2") == await journal.key_right("hash-look:a2")
    assert (CODE, "facilitator") == await journal.key_right("hash-facilitator")
    await journal.revoke_keys(CODE)
    assert None is await journal.key_right("hash-look:a2")
    assert None is await journal.key_right("hash-facilitator")


async def test_a_key_of_no_room(journal):
    await journal.add_key("hash-kari", code="", right="create:Kari", at=START)
    await journal.add_key("hash-ola", code="", right="create:Ola", at=START)
    await journal.revoke_keys("", "create:Kari")
    assert None is await journal.key_right("hash-kari")
    assert ("", "create:Ola") == await journal.key_right("hash-ola")


async def test_a_bucket_gives_no_more_than_it_holds_and_gets(journal):
    """
    However many ask at once; what was given back may be taken again, and no bucket is ever more than full.
    """

    async def taken(n: int, at: int, wanted: int = 1) -> int:
        tries = (journal.take_token("x", size=5, each_ms=1000, now=at, wanted=wanted) for _ in range(n))
        return sum(await asyncio.gather(*tries))

    assert 5 == await taken(8, 10_000)
    assert 0 == await taken(3, 10_999)
    assert 2 == await taken(4, 12_000)
    assert 1 == await taken(1, 12_000, -1)
    assert 1 == await taken(3, 11_000), "clocks of two workers differ"
    await taken(9, 12_000, -1)
    assert 5 == await taken(7, 12_000)
    assert 5 == await taken(7, 10**9)
    assert await journal.take_token("y", size=5, each_ms=1000, now=10**9)


async def test_a_secret_stays_what_it_was_first(journal):
    """Also when two servers start at the same moment, each with a fresh one in hand."""
    first, second = await asyncio.gather(journal.secret("cookies", b"\x00one"), journal.secret("cookies", b"two"))

    assert first == second
    assert first in {b"\x00one", b"two"}
    assert first == await journal.secret("cookies", b"three")
    assert b"four" == await journal.secret("other", b"four")


async def test_what_is_due_comes_earliest_first(journal):
    await begin(journal)
    await begin(journal, OTHER)
    await journal.set_due(CODE, "close", START + 20)
    await journal.set_due(CODE, "purge", START + 99)
    await journal.set_due(OTHER, "close", START + 10)

    assert [(OTHER, "close", START + 10), (CODE, "close", START + 20)] == await journal.due(START + 99)
    assert [] == await journal.due(START + 10)


async def test_what_is_due_can_be_moved_and_taken_back(journal):
    """A minute more: the timer rings once, and later. Paused: it does not ring."""
    await begin(journal)
    await journal.set_due(CODE, "close", START + 10)
    await journal.set_due(CODE, "close", START + 70)
    assert [(CODE, "close", START + 70)] == await journal.due(START + 99)

    await journal.set_due(CODE, "close", None)
    await journal.set_due(CODE, "close", None)
    assert [] == await journal.due(START + 99)


async def test_what_follows_from_an_older_state_comes_too_late(journal):
    """
    Two workers store when a timer rings, in whatever order: the one that knows more of the room is right.
    """
    await begin(journal)

    def state(position: int, epoch: str = "e") -> Top:
        return Top(epoch, position, position)

    await journal.set_due(CODE, "close", START + 20, as_of=state(9))
    await journal.set_due(CODE, "close", START + 10, as_of=state(8))
    await journal.set_due(CODE, "purge", START + 5, as_of=state(3))
    assert [(CODE, "purge", START + 5), (CODE, "close", START + 20)] == await journal.due(START + 99)
    await journal.set_due(CODE, "close", None, as_of=state(12))
    await journal.set_due(CODE, "close", START + 30, as_of=state(11))
    await journal.set_due(CODE, "purge", None)
    assert [] == await journal.due(START + 99)
    await journal.set_due(CODE, "close", START + 40, as_of=state(5, "of the store that lost its end"))
    assert [(CODE, "close", START + 40)] == await journal.due(START + 99)


# -- opening again ------------------------------------------------------------------------------------------


async def test_everything_is_there_after_a_restart(journal, reopen):
    """The server is updated in the lunch break: same epoch, so phones and screens go on as if nothing was."""
    step = await begin(journal)
    await journal.append(CODE, [sent("a"), sent("b")], step=step)
    await journal.append(CODE, [shown(2)], step=step)
    await journal.redact(CODE, answer_id("b"))
    await journal.add_key("hash", code=CODE, right="screen", at=START)
    await journal.secret("cookies", b"first")
    await journal.set_due(CODE, "close", START + 10)
    top = await journal.top(CODE)

    journal = await reopen()

    assert numbered(BEGUN, sent("a"), sent("b", ""), shown(2)) == await journal.read(CODE)
    assert top == await journal.top(CODE)
    assert [RoomRow(CODE, START, 4, 2)] == await journal.rooms()
    assert (CODE, "screen") == await journal.key_right("hash")
    assert b"first" == await journal.secret("cookies", b"second")
    assert [(CODE, "close", START + 10)] == await journal.due(START + 11)
    assert Recorded(5, 2, frozenset({sent("a").key})) == await journal.append(CODE, [sent("a"), sent("c")], step=2)


async def test_closing_twice_is_fine(journal, reopen):
    await begin(journal)
    await journal.close()
    await journal.close()
    assert numbered(BEGUN) == await (await reopen()).read(CODE)


# -- reports ------------------------------------------------------------------------------------------------


async def test_a_report_outlives_its_room_and_a_restart(journal, reopen):
    """
    And the keys it is written in with; the other keys go, and what is due.
    """
    await begin(journal)
    for right in ("facilitator", "screen"):
        await journal.add_key(f"hash-{right}", code=CODE, right=right, at=START)
    await journal.set_due(CODE, "delete", START)
    assert None is await journal.report(CODE)
    assert await journal.delete(CODE, report=b"one", keeping="facilitator", at=1)

    journal = await reopen()
    assert (b"one", [CODE], []) == (await journal.report(CODE), await journal.reports(), await journal.rooms())
    assert (CODE, "facilitator") == await journal.key_right("hash-facilitator")
    assert None is await journal.key_right("hash-screen")
    assert [] == await journal.due(START + 1)


async def test_a_room_that_has_gone_on_is_not_deleted(journal):
    """
    Nor is one that somebody else has just deleted: what is kept of it stays.
    """
    step = await begin(journal)
    await journal.append(CODE, [sent("a")], step=step)
    assert not await journal.delete(CODE, report=b"one", at=1)
    assert (None, 2) == (await journal.report(CODE), (await journal.top(CODE)).position)
    assert await journal.delete(CODE, report=b"one", at=2)
    assert not await journal.delete(CODE, report=b"two", at=2)
    assert b"one" == await journal.report(CODE)


async def test_deleting_takes_the_report_too(journal):
    await begin(journal)
    await journal.keep_report(CODE, b"stale")
    await journal.delete(CODE)
    assert (None, []) == (await journal.report(CODE), await journal.reports())


async def test_of_two_who_change_a_report_at_once_one_is_told(journal):
    assert await journal.keep_report(CODE, b"one")
    assert await journal.keep_report(CODE, b"one")
    assert not await journal.keep_report(CODE, b"two")
    assert [True, False] == sorted(
        await asyncio.gather(*(journal.keep_report(CODE, new, b"one") for new in (b"two", b"three"))), reverse=True
    )
    assert await journal.report(CODE) in (b"two", b"three")


async def test_a_report_is_taken_away(journal):
    await journal.keep_report(CODE, b"one")
    assert await journal.keep_report(CODE, b"", b"one")
    assert (None, []) == (await journal.report(CODE), await journal.reports())


# -- pictures ------------------------------------------------------------------------------------------------


async def test_files_of_pictures_are_kept_with_their_room_and_go_with_it(journal, reopen):
    await begin(journal)
    await begin(journal, OTHER)
    large = bytes(range(256)) * 2000
    for code in (CODE, OTHER):
        await journal.put_picture(code, "ab-1920", large)
        await journal.put_picture(code, "ab-720", b"liten")
    await journal.put_picture(CODE, "ab-720", b"en annen under samme navn")

    journal = await reopen()
    assert large == await journal.picture(CODE, "ab-1920")
    assert b"liten" == await journal.picture(CODE, "ab-720")
    assert await journal.picture(CODE, "cd-720") is None

    await journal.drop_pictures(CODE, ["ab-720", "cd-720"])
    assert await journal.picture(CODE, "ab-720") is None
    assert large == await journal.picture(CODE, "ab-1920")

    await journal.delete(CODE)
    assert await journal.picture(CODE, "ab-1920") is None
    assert large == await journal.picture(OTHER, "ab-1920")
    with pytest.raises(RoomNotFound):
        await journal.put_picture(CODE, "ab-1920", large)
    assert await journal.picture(CODE, "ab-1920") is None
