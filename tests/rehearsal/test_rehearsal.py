"""Rehearsals: who the pretend participants are, what they do, and that all of it is removed afterwards."""

import asyncio
import csv
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from msgspec.structs import replace

from live import exports
from live.activities import KINDS
from live.errors import Refused
from live.events import RehearsalCleared
from live.journal.sqlite import open_sqlite
from live.rehearsal.participants import moves, people
from live.rehearsal.runner import Cast
from live.room.rehearsal import PRETEND_PREFIX, Rehearsal
from live.rules import EditWorkshop, VoteQuestion, commands
from live.rules.rehearsal import LONGEST_MS
from live.runtime import Registry
from live.text.normalize import graphemes
from live.text.screening import flags
from live.transport.hub import CONSOLE, Hub
from live.views.console import console_view
from live.views.view import Presence
from live.workshop import Option
from tests.meeting import JOIN, SEMINAR, START, Meeting, answer_id, one
from tests.reading import parse

ATTRS = {
    "choice": "id=a pick=2",
    "scale": "id=a",
    "dots": "id=a dots=2",
    "rank": "id=a",
    "number": "id=a",
    "points": "id=a",
    "gradient": "id=a",
    "consent": "id=a",
    "support": "id=a",
    "quiz": "id=a",
    "grid": "id=a",
    "pin": "id=a",
    "pairwise": "id=a",
    "statements": "id=a",
}
BODY = dict.fromkeys(ATTRS, "Velg.\n- Sentrum\n- Bygda\n- Øya") | {"pin": "![Kart](kart.png)"}
ANSWERED = sorted(name for name, kind in KINDS.items() if kind.takes_answers)


def written(kind, attrs="", body=""):
    text = one(kind, attrs or ATTRS.get(kind, "id=a many=5"), body or BODY.get(kind, "Skriv."))
    activity = parse(text)[0].slides[0].activities[0]
    cards = [Option(answer_id(words), words) for words in ("Benker", "Busser", "Lys")]
    return replace(activity, options=tuple(cards)) if KINDS[kind].deals else activity


def everything(kind="open", n=40, language="nb", **of):
    """All (person, move) while one question is open."""
    activity = written(kind, **of)
    return [
        (person, move)
        for person in people(n, START)
        for move in moves(person, activity, KINDS[kind], language, "a 0")
    ]  # fmt: skip


def rehearsed(n=5):
    """A meeting in which only pretend participants have answered."""
    meeting = Meeting(one("open", "id=a many=5"))
    meeting.act("rehearse", n=n)
    meeting.act("start", activity="a")
    for each in range(n):
        meeting.answer(f"{PRETEND_PREFIX}1-{each}", f"r{each}", "a", f"Øving {each}")
    return meeting


# -- who they are and what they do ------------------------------------------------------------------------------------


def test_the_same_seed_is_the_same_rehearsal():
    assert people(40, 1) == people(40, 1) != people(40, 2)
    assert everything() == everything()


@pytest.mark.parametrize("n", [1, 2, 10, 40, 200])
def test_there_is_every_sort_of_participant(n):
    """
    However few there are, somebody comes late, shares a phone, loses the network, presses twice, is rude, and so on.
    """
    cast = people(n, START)
    assert n == len({person.phone for person in cast})
    for sort in ("several", "rude", "wordy", "presses_twice", "changes_mind", "loses_network", "slow"):
        assert any(getattr(person, sort) for person in cast), sort
    assert any(person.heads > 1 for person in cast)
    assert any(person.comes_ms >= 15_000 for person in cast)
    assert all(person.comes_ms <= LONGEST_MS / 4 for person in cast)


@pytest.mark.parametrize("kind", ANSWERED)
def test_every_kind_that_takes_answers_is_rehearsed(kind):
    """
    Most take part, and what they send is accepted unless it is far too long.
    """
    all_moves = everything(kind)
    activity = written(kind)
    sent = [move for _, move in all_moves if move.do == "answer"]
    assert len({person.n for person, _ in all_moves}) >= 35
    for move in sent:
        if graphemes(move.text or "") <= activity.max:
            KINDS[kind].check(activity, move.text, move.value)
    assert len({str((move.text, move.value)) for move in sent}) >= 3


@pytest.mark.parametrize(("language", "word"), [("nb", "ikke"), ("nn", "ikkje"), ("en", "the")])
def test_they_speak_the_language_of_the_workshop(language, word):
    words = " ".join(move.text or "" for _, move in everything(language=language)).split()
    assert word in words


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_facilitator_has_something_to_moderate(language):
    found = {flag for _, move in everything(n=200, language=language) for flag in flags(move.text or "")}
    assert {"rude", "name", "email"} <= found


def test_answers_are_short_where_the_limit_is_low():
    short = [move for person, move in everything(attrs="id=a max=25") if move.do == "answer" and not person.wordy]
    assert short
    assert all(graphemes(move.text) <= 25 for move in short)


def test_nobody_sends_more_than_the_question_takes():
    ids = {}
    for person, move in everything("open", attrs="id=a many=2"):
        if move.do == "answer":
            ids.setdefault(person.n, set()).add(move.id)
    assert {1, 2} == {len(own) for own in ids.values()}


def test_few_write_the_same():
    senders = {}
    for person, move in everything():
        if move.do == "answer" and not person.wordy:
            senders.setdefault(move.text, set()).add(person.n)
    assert len(senders) > 25
    assert max(map(len, senders.values())) <= 6


def test_the_moves_of_a_participant_are_in_order():
    """
    An answer comes before its change, `away` before `back`.
    """
    by_person = {}
    for person, move in everything():
        by_person.setdefault(person.n, []).append(move)
    for own in by_person.values():
        assert sorted(move.after_ms for move in own) == [move.after_ms for move in own]
        sent = set()
        for move in own:
            assert move.rev == 1 or move.id in sent
            sent.add(move.id)
        assert [["away", "back"], []].count([move.do for move in own if move.do in ("away", "back")])


# -- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, -1, 201])
def test_a_rehearsal_has_bounds(n):
    with pytest.raises(Refused, match="rehearsal-size"):
        Meeting().act("rehearse", n=n)


def test_there_is_one_rehearsal_at_a_time_and_it_ends_by_itself():
    meeting = Meeting()
    meeting.act("rehearse")
    assert 40 == meeting.room.rehearsal.phones
    with pytest.raises(Refused, match="rehearsing"):
        meeting.act("rehearse", n=3)
    meeting.wait(LONGEST_MS / 1000)
    meeting.act("rehearse", n=3)
    assert 3 == meeting.room.rehearsal.phones


def test_nobody_pretends_without_a_rehearsal():
    """
    So no pretend answer comes after the rehearsal was stopped, was over or was cleared.
    """
    meeting = rehearsed()
    meeting.act("stop_rehearsal")
    for command in (
        lambda: meeting.answer(f"{PRETEND_PREFIX}1-1", "x", "a", "For sent"),
        lambda: meeting.withdraw(f"{PRETEND_PREFIX}1-1", "r1"),
        lambda: meeting.heads(f"{PRETEND_PREFIX}1-1", 3),
    ):
        with pytest.raises(Refused, match="closed"):
            command()
    assert meeting.answer("p1", "x", "a", "Ekte")


def test_all_they_did_is_removed_with_one_press():
    """
    The room is as it was when it was opened: no answers, counts, words, themes, withdrawals, muted or shared phones.
    """
    meeting = Meeting(SEMINAR)
    untouched = console_view(meeting.room, Presence(), JOIN, warnings=[])
    meeting.act("rehearse", n=9)
    for _ in range(40):
        meeting.act("next")
        state = meeting.room.activity
        if meeting.room.state == "write":
            for each in range(9):
                id = state.written.id
                meeting.answer(f"{PRETEND_PREFIX}1-{each}", f"{id}{each}", id, f"Øving {each}")
            meeting.withdraw(f"{PRETEND_PREFIX}1-1", f"{state.written.id}1")
            meeting.heads(f"{PRETEND_PREFIX}1-2", 2)
            meeting.act("mute_phone", id=answer_id(f"{state.written.id}3"))
            meeting.act("spotlight", id=answer_id(f"{state.written.id}4"))
        if meeting.room.state == "ended":
            break
    meeting.act("set_time", activity="temaer", seconds=60)
    meeting.act("start", activity="temaer")
    meeting.act("make_theme", name="Møteplasser", id="tema-1", ids=[answer_id("viktigst5")])
    meeting.act("start", activity="prioritet")
    meeting.answer(f"{PRETEND_PREFIX}1-1", "prikk", "prioritet", value=["tema-1"])
    meeting.act("ask", kind="open", question="Prøv dette?", id="spurt-1")
    room = meeting.room
    assert all((room.rehearsed, room.themes, room.withdrawn, room.ad_hoc, room.planned_times))
    assert all((room.people.muted, room.people.heads))
    assert console_view(meeting.room, Presence(), JOIN, warnings=[])["rehearsal"]["answers"] == len(
        meeting.room.rehearsed
    )
    meeting.act("clear_rehearsal")
    for room in (meeting.room, meeting.replayed()):
        view = console_view(room, Presence(), JOIN, warnings=[])
        changing = {"position": 0, "step": 0}
        assert untouched | changing == view | changing
        assert {} == {id: state.answers for id, state in room.activities.items() if state.answers}
        assert not any((room.withdrawn, room.themes, room.ad_hoc, room.rehearsed, room.planned_times))
        assert not any((room.people.heads, room.people.muted))
        assert all(not state.started_once and not state.turnout.senders for state in room.activities.values())


def test_what_somebody_real_answered_stays_and_so_does_the_meeting():
    """
    Clearing in the middle of a meeting does not send the hall back to the lobby.
    """
    meeting = rehearsed()
    meeting.answer("p1", "x", "a", "Ekte")
    meeting.act("clear_rehearsal")
    state = meeting.room.activities["a"]
    assert ("write", ["Ekte"], 1) == (meeting.room.state, [one.text for one in state.answers.values()], state.counted)
    assert "P001" == meeting.room.people.alias("p1")
    assert [] == meeting.act("clear_rehearsal")


def test_a_rehearsal_in_the_middle_of_a_meeting_leaves_it_where_it_is():
    meeting = Meeting(one("open", "id=a many=5"))
    meeting.act("start", activity="a")
    meeting.act("rehearse")
    meeting.answer(f"{PRETEND_PREFIX}1-1", "x", "a", "Øving")
    meeting.act("clear_rehearsal")
    assert ("write", 0) == (meeting.room.state, meeting.room.activities["a"].counted)


def test_pretend_answers_do_not_hinder_an_edit():
    meeting = rehearsed()
    text = one("open", "id=b")
    meeting.command(EditWorkshop(text, parse(text)[0]))
    meeting.act("clear_rehearsal")
    assert {"b"} == {id for id, state in meeting.room.activities.items() if state.answers or meeting.room.has(id)}


@pytest.mark.parametrize("form", ["csv", "json", "html"])
def test_an_export_has_them_only_when_asked_and_never_after(form):
    meeting = rehearsed()
    assert "Øving 3" not in exports.export(meeting.room, form).decode()
    assert "Øving 3" in exports.export(meeting.room, form, rehearsal=True).decode()
    meeting.act("clear_rehearsal")
    assert "Øving 3" not in exports.export(meeting.room, form, rehearsal=True).decode()


# -- carried out ------------------------------------------------------------------------------------------------------


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


async def test_a_cast_fills_a_hall_and_leaves_it():
    """
    Forty come, most within ten seconds; some lose the network for a while; at the end all have left.
    """
    meeting = Meeting(one("open", "id=a many=5") + "\n:::pulse{signs=clap|lost}\n:::\n")
    hub = Hub(lambda code, face: b"", lambda code: meeting.room.people.heads, lambda: meeting.now)

    async def room(code):
        return meeting.room

    async def command(code, command):
        return meeting.command(command)

    meeting.act("rehearse")
    cast = Cast("25054015", meeting.room.rehearsal, hub=hub, room=room, command=command)
    phones = []
    started = False
    while await cast.go_on(meeting.now):
        phones.append(hub.presence("25054015").phones)
        if not started and meeting.now > START + 10_000:
            meeting.act("start", activity="a")
            started = True
        meeting.now += 500
    state = meeting.room.activities["a"]
    assert 0 == phones[0]
    assert 30 <= phones[19]
    assert 40 == max(phones)
    assert any(later < earlier for earlier, later in pairwise(phones))
    assert len(state.turnout.senders) >= 35
    _, claps, *_, lost = hub.pulses.counts("25054015")
    assert claps > lost > 0
    assert len(state.answers) > len(state.turnout.senders)
    assert {"rehearsal"} == {answer.via for answer in state.answers.values()}
    assert meeting.now <= START + LONGEST_MS
    assert hub.presence("25054015").people > 40
    cast.leave()
    assert Presence() == hub.presence("25054015")


async def test_some_are_not_ready_when_it_closes():
    """
    Their answers come too late and are kept aside, as in a real meeting.
    """
    meeting = Meeting(one("choice", "id=a", "Velg.\n- Ja\n- Nei"))
    hub = Hub(lambda code, face: b"", lambda code: {}, lambda: meeting.now)

    async def room(code):
        return meeting.room

    async def command(code, command):
        return meeting.command(command)

    meeting.act("rehearse", n=100)
    meeting.act("start", activity="a")
    cast = Cast("25054015", meeting.room.rehearsal, hub=hub, room=room, command=command)
    while await cast.go_on(meeting.now):
        meeting.now += 500
        if meeting.now == START + 20_000:
            meeting.act("close")
    cast.leave()
    assert 0 < meeting.room.activities["a"].late < 20


async def test_they_weigh_what_they_are_dealt():
    meeting = Meeting(one("open", "id=a many=5") + "\n:::support{id=s from=a}\nVei.\n:::\n")
    hub = Hub(lambda code, face: b"", lambda code: {}, lambda: meeting.now)

    async def room(code):
        return meeting.room

    async def command(code, command):
        return meeting.command(command)

    meeting.act("start", activity="a")
    for n in range(10):
        meeting.answer(f"p{n}", f"x{n}", "a", f"Forslag {n}")
    meeting.act("rehearse", n=20)
    meeting.act("start", activity="s")
    cast = Cast("25054015", meeting.room.rehearsal, hub=hub, room=room, command=command)
    while await cast.go_on(meeting.now) and meeting.now < START + 120_000:
        meeting.now += 1_000
    cast.leave()
    shown = meeting.room.activities["s"].tally.show()
    assert 12 <= shown["n"]
    assert 10 == sum(one["seen"] > 0 for one in shown["options"])


async def test_a_rehearsal_runs_in_the_server_and_leaves_nothing_in_the_store(tmp_path):
    clock = HandClock()
    async with keeping(tmp_path / "data", clock) as rooms:
        code = (await rooms.open(one("open", "id=a many=5"))).code
        await rooms.act(code, commands.Rehearse(n=10))
        await rooms.act(code, commands.Start(activity="a"))
        room = await rooms.get(code)
        async with asyncio.timeout(60):
            while len(room.rehearsed) < 5:
                clock.at += 1_000
                await asyncio.sleep(0.02)
        texts = {answer.text for answer in room.activities["a"].answers.values()}
        await rooms.act(code, commands.ClearRehearsal())
        async with asyncio.timeout(60):
            while rooms.frames.view(code, CONSOLE)["counts"]["phones"]:
                await asyncio.sleep(0.02)
        assert "lobby" == room.state
        journal = str([event for _, event in await rooms.journal.read(code)])
        assert [] == [text for text in texts if text in journal]


async def test_what_was_rehearsed_is_gone_when_the_meeting_starts(tmp_path):
    """
    A stopped rehearsal, back in the lobby: the first real press clears it, and the press itself is carried out.
    """
    clock = HandClock()
    async with keeping(tmp_path / "data", clock) as rooms:
        code = (await rooms.open(one("open", "id=a many=5"))).code
        room = await rooms.get(code)
        for act in (commands.Rehearse(n=1), commands.Next(), commands.StopRehearsal(), commands.Back()):
            await rooms.act(code, act)
        assert ("lobby", True) == (room.state, room.rehearsal is not None)
        step = room.step
        ack = await rooms.act(code, commands.Next(), if_step=step)
        assert ("idle", None, step + 2) == (room.state, room.rehearsal, ack.step)
        assert clock.at == room.left_lobby_at


async def test_while_it_runs_the_start_is_part_of_the_rehearsal(tmp_path):
    async with keeping(tmp_path / "data", HandClock()) as rooms:
        code = (await rooms.open(one("open"))).code
        await rooms.act(code, commands.Rehearse(n=1))
        await rooms.act(code, commands.Next())
        assert (await rooms.get(code)).rehearsal is not None


async def test_words_are_blanked_after_a_power_cut_too(tmp_path):
    """The clearing is recorded, but the process ends before the texts are blanked: the next process does it."""
    clock = HandClock()
    async with keeping(tmp_path / "data", clock) as rooms:
        code = (await rooms.open(one("open", "id=a many=5"))).code
        await rooms.act(code, commands.Rehearse(n=1))
        await rooms.act(code, commands.Start(activity="a"))
        room = await rooms.get(code)
        async with asyncio.timeout(60):
            while not room.rehearsed:
                clock.at += 1_000
                await asyncio.sleep(0.02)
        texts = {answer.text for answer in room.activities["a"].answers.values()}
        cleared = RehearsalCleared(at=clock.at, to_lobby=True)
        await rooms.journal.append(code, [cleared], step=room.step)
    async with keeping(tmp_path / "data", clock) as rooms:
        await rooms.get(code)
    async with keeping(tmp_path / "data", clock) as rooms:
        journal = str([event for _, event in await rooms.journal.read(code)])
        assert [] == [text for text in texts if text in journal]


async def test_a_rehearsal_ends_with_its_server(tmp_path):
    """
    Nobody carries it out after a restart, so it must not look like one that still runs.
    """
    clock = HandClock()
    async with keeping(tmp_path / "data", clock) as rooms:
        code = (await rooms.open(one("open"))).code
        await rooms.act(code, commands.Rehearse(n=3))
    async with keeping(tmp_path / "data", clock) as rooms:
        assert (await rooms.get(code)).rehearsal.stopped


def test_a_rehearsal_is_over_when_it_is_stopped_or_its_time_is():
    rehearsal = Rehearsal(at=0, phones=1, until=10, from_lobby=True, ad_hoc=frozenset(), planned_times={})
    assert [True, False] == [rehearsal.runs(9), rehearsal.runs(10)]
    assert not rehearsal._replace(stopped=True).runs(9)


async def test_in_a_channel_they_ask_and_vote_from_the_lobby_on():
    """
    All of it is in no export unless asked for, and gone with one press; the vote of somebody real stays.
    """
    meeting = Meeting(one("qa", "id=a open=meeting") + "\n:::open{id=b}\nSkriv.\n:::\n")
    hub = Hub(lambda code, face: b"", lambda code: meeting.room.people.heads, lambda: meeting.now)

    async def room(code):
        return meeting.room

    async def command(code, command):
        return meeting.command(command)

    meeting.answer("p1", "real", "a", "Når kommer bussen?")
    meeting.command(VoteQuestion("p2", answer_id("real"), on=True))
    meeting.act("rehearse", n=20)
    cast = Cast("25054015", meeting.room.rehearsal, hub=hub, room=room, command=command)
    while await cast.go_on(meeting.now):
        meeting.now += 500
    cast.leave()
    state = meeting.room.activities["a"]
    assert ("lobby", True) == (meeting.room.state, len(state.answers) > 5)
    assert state.votes > 20
    table = csv.DictReader(exports.export(meeting.room, "csv").decode("utf-8-sig").splitlines(), delimiter=";")
    assert ["1"] == [row["votes"] for row in table]
    meeting.act("clear_rehearsal")
    state = meeting.room.activities["a"]
    assert (["Når kommer bussen?"], 1) == ([answer.text for answer in state.answers.values()], state.votes)
