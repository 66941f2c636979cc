"""Rules for answers: sending, changing, withdrawing, voting, adding one for somebody, and dealing those of others."""

import re
from collections.abc import Collection
from itertools import islice

from msgspec import Struct

from live.activities import KINDS
from live.activities.kind import Answer
from live.activities.state import ActivityState
from live.activities.turns import MOST_ADDED_BYTES, size
from live.errors import Refused
from live.events import (
    AnswerChanged,
    AnswerSent,
    AnswerWithdrawn,
    CardsDealt,
    Event,
    HandsKept,
    HeadsSet,
    NameGiven,
    QuestionVoted,
    Value,
)
from live.room import Room
from live.room.dealing import HELD_MS, RENEW_MS
from live.room.rehearsal import is_pretend, via
from live.rules import traces
from live.rules.commands import (
    AddAnswer,
    DealCards,
    GiveName,
    KeepHands,
    SendAnswer,
    SetHeads,
    VoteQuestion,
    WithdrawAnswer,
)
from live.rules.running import on_show
from live.text.normalize import MOST_CHARACTERS, clean_name, graphemes

MOST_NAME, MOST_NAMES = 40, 10  # characters; how often a phone may give another
MOST_HEADS = 4
MOST_LEFT = 50  # phones that give cards back in one event
MOST_DEALT = 60  # cards one phone is dealt in all; nobody reads more, and its answer names each
_id = re.compile("[0-9a-f]{32}").fullmatch


class Ahead(Struct):
    """
    What has been decided and is not yet in the room: `sent`, how many new answers by (phone, activity, version), and
    the ids of answers that were `withdrawn`; `votes`: whether a phone wants a question answered, by (phone, id);
    `turns`: who has answered about what it had in front of it (`check_dealt`), by (phone, activity).
    """

    sent: dict[tuple[str, str, int], int] = {}
    withdrawn: set[str] = set()
    votes: dict[tuple[str, str], bool] = {}
    turns: set[tuple[str, str]] = set()


def send_answer(room: Room, command: SendAnswer, now: int, ahead: Ahead | None = None) -> list[Event]:
    if not valid_id(command.id) or not valid_rev(command.rev):
        raise Refused("bad")
    if command.since is not None and command.since < room.cleared_at:
        raise Refused("cleared")  # written in a meeting that this room no longer holds
    if command.id in room.withdrawn:
        phone, _ = room.withdrawn[command.id]
        if phone != command.phone:
            raise Refused("not-yours")
        return []
    state = room.activities.get(command.activity)
    if state is None or (state.kind is None and state.written.kind not in KINDS):
        raise Refused("unknown-activity" if state is None else "unsupported")
    existing = room.answer(command.id)
    if existing is not None:
        return _change(room, state, existing, command, now)
    if not state.asked_once or not state.takes_answers or state.kind is None or (state.takes_votes and room.ended):
        raise Refused("closed")
    _check_named(room, command.phone)
    text, value = state.kind.check(state.written, command.text, command.value)
    check_dealt(room, state, command.phone, value)
    _check_added(state, text)
    if ahead is not None and state.kind.each and value is not None:
        if (command.phone, command.activity) in ahead.turns:
            raise Refused("not-dealt")  # the turn before is not yet in the room
        ahead.turns.add((command.phone, command.activity))
    older = _older_version(state, command)
    sender = command.phone, command.activity, older
    before = ahead.sent.get(sender, 0) if ahead else 0
    if _given(state, command.phone, older or state.turnout.version) + before >= state.written.many:
        raise Refused("limit", limit=state.written.many)
    if ahead is not None:
        ahead.sent[sender] = before + 1
    known = state.revealed and bool(state.written.right or "right" in state.written.attrs)  # anybody could answer right
    late = not state.open and (known or now > (state.grace_until or 0))
    heads = min(MOST_HEADS, max(1, command.heads or room.people.heads.get(command.phone, 1)))
    return [AnswerSent(
        at=now, activity=command.activity, id=command.id, phone=command.phone, text=text, value=value,
        rev=command.rev, heads=heads, late=late, again=command.again, via=via(command.phone),
        version=older,
    )]  # fmt: skip


def _change(room: Room, state: ActivityState, existing: Answer, command: SendAnswer, now: int) -> list[Event]:
    if existing.phone != command.phone or not command.phone:
        raise Refused("not-yours")
    if command.rev <= existing.rev:
        return []
    if existing.activity != command.activity:
        raise Refused("bad")
    if not state.open or existing.redacted or state.kind is None or (state.takes_votes and room.ended):
        raise Refused("closed")
    if existing.asked and (existing.asked.answered or existing.asked.reply):
        raise Refused("closed")  # the answer was to these words
    text, value = state.kind.check(state.written, command.text, state.kind.grown(existing.value, command.value))
    check_dealt(room, state, command.phone, value, existing)
    _check_added(state, text, existing)
    older = existing.version if existing.version < state.turnout.version else 0  # it stays about those words
    return [AnswerChanged(at=now, id=command.id, rev=command.rev, text=text, value=value, version=older)]


def _given(state: ActivityState, phone: str, version: int) -> int:
    """How many answers *phone* has given to *version* of the words."""
    ids = state.by_phone.get(phone, ())
    return sum(state.answers[id].version == version for id in ids) if version else len(ids)


def _older_version(state: ActivityState, command: SendAnswer) -> int:
    """The version that it answers, where people are asked about a newer one by now; else 0."""
    return command.version if 0 < command.version < state.turnout.version else 0


def _check_added(state: ActivityState, text: str | None, existing: Answer | None = None) -> None:
    """
    Of an option that somebody adds: refused `fixed` where it would be changed, for others may have answered about it;
    `too-many-options` where phones can be told of no more; `bad` where what was chosen would become one.
    """
    if text is None or state.kind is None or not state.kind.grows(state.written):
        return
    if existing is not None and existing.text != text:
        raise Refused("bad" if existing.text is None else "fixed")
    if sum(size(option.text) for option in state.turns.options()) + size(text) > MOST_ADDED_BYTES:
        raise Refused("too-many-options")


def withdraw(room: Room, command: WithdrawAnswer, now: int, ahead: Ahead | None = None) -> list[Event]:
    if not valid_rev(command.rev):
        raise Refused("bad")
    if command.id in room.withdrawn:
        if room.withdrawn[command.id][0] != command.phone:
            raise Refused("not-yours")
        return []
    answer = room.answer(command.id)
    if answer is None:
        raise Refused("bad")
    if answer.phone != command.phone or not command.phone:
        raise Refused("not-yours")
    gone = ahead.withdrawn if ahead else set()
    removal = traces.remove(room, answer, gone)
    gone.add(answer.id)
    rev = max(command.rev, answer.rev + 1)
    return [AnswerWithdrawn(at=now, id=command.id, rev=rev, names=removal.names, blank=removal.blank)]


def vote(room: Room, command: VoteQuestion, now: int, ahead: Ahead | None = None) -> list[Event]:
    """Never for one's own, and only for what others are shown. The same vote twice changes nothing."""
    answer = room.answer(command.id)
    state = room.activities[answer.activity] if answer else None
    if answer is None or answer.asked is None or state is None or not state.takes_votes:
        raise Refused("bad")
    if answer.phone == command.phone:
        raise Refused("bad")  # no page offers it
    if room.ended or not (state.open or now <= (state.grace_until or 0)):
        raise Refused("closed")
    if command.on and not state.counted_among([answer.id]):
        raise Refused("bad")  # it is held back, which is nobody's business
    key = command.phone, command.id
    stands = ahead.votes.get(key) if ahead else None
    if stands is None:
        stands = command.phone in answer.asked.voters
    if stands == command.on:
        return []
    if ahead is not None:
        ahead.votes[key] = command.on
    return [QuestionVoted(at=now, id=command.id, phone=command.phone, on=command.on)]


def set_heads(room: Room, command: SetHeads, now: int) -> list[Event]:
    if not 1 <= command.heads <= MOST_HEADS:
        raise Refused("bad")
    if room.people.heads.get(command.phone, 1) == command.heads:
        return []
    return [HeadsSet(at=now, phone=command.phone, heads=command.heads)]


def give_name(room: Room, command: GiveName, now: int) -> list[Event]:
    if command.since is not None and command.since < room.cleared_at:
        raise Refused("cleared")
    if not room.asks_names or len(command.name) > MOST_CHARACTERS:
        raise Refused("bad")
    name, before = clean_name(command.name), room.people.names.get(command.phone)
    if not name and room.asks_names == "named":
        raise Refused("empty")
    if graphemes(name) > MOST_NAME:
        raise Refused("too-long", max=MOST_NAME)
    if before and before.text == name:
        return []
    if before and before.given >= MOST_NAMES:
        raise Refused("limit", limit=MOST_NAMES)
    return [NameGiven(at=now, phone=command.phone, name=name)]


def _check_named(room: Room, phone: str) -> None:
    """Where each must give a name, nobody answers without; but pretend participants."""
    if (
        room.workshop.meta.get("identity") == "named"
        and not is_pretend(phone)
        and not room.people.name(phone, withheld=True)
    ):
        raise Refused("no-name")


def valid_id(id: str) -> bool:
    """An answer's id is 32 lower-case hexadecimal digits, made by the phone."""
    return _id(id) is not None


def valid_rev(rev: int) -> bool:
    return 1 <= rev < 2**31


def add_answer(room: Room, action: AddAnswer, now: int) -> list[Event]:
    """Add an answer for somebody without a phone. Needs `id`, which the caller has made."""
    state = room.activities.get(action.activity) if action.activity else on_show(room)
    if state is None:
        raise Refused("unknown-activity")
    if state.kind is None or not state.takes_answers or not state.asked_once:
        raise Refused("closed")
    if action.via not in ("facilitator", "paper") or not 1 <= action.heads <= 1000:
        raise Refused("bad")
    assert action.id is not None
    text, value = state.kind.check(state.written, action.text, action.value)
    check_dealt(room, state, "", value)
    _check_added(state, text)
    return [AnswerSent(
        at=now, activity=state.written.id, id=action.id, phone="", text=text, value=value, heads=action.heads,
        via=action.via,
    )]  # fmt: skip


def deal_cards(room: Room, command: DealCards, now: int) -> list[Event]:
    """Fill up what a phone has in front of it. Phones that have left give theirs back at the same time."""
    table = room.dealing.table(command.activity)
    if table is None or not table.state.open:
        raise Refused("closed")
    phone = command.phone
    hand, front = table.deal.hand(phone), table.in_front(phone)
    again = [id for id in (*table.weighed(phone), *front) if hand.get(id) is False]
    most = min(table.at_once - len(front), MOST_DEALT - len(hand))
    if most <= 0 or not table.deal.has_more(phone, only_least=bool(front)):
        most = 0
    silent = bool(front) and now - table.heard.get(phone, 0) > RENEW_MS
    if not (most or again or silent):
        return []
    back = {
        other: [id for id in table.unweighed(other) if table.deal.hand(other)[id]]
        for other in islice(table.unheard(now, HELD_MS), MOST_LEFT)
        if other != phone
    }
    return [CardsDealt(
        at=now, activity=command.activity, phone=phone, had=len(hand), most=most, least=0 if front else 1,
        again=again, back=back,
    )]  # fmt: skip


def keep_hands(room: Room, command: KeepHands, now: int) -> list[Event]:
    table = room.dealing.table(command.activity)
    phones = [phone for phone in command.phones if table and phone in table.heard]
    return [HandsKept(at=now, activity=command.activity, phones=phones)] if phones else []


def check_dealt(room: Room, state: ActivityState, phone: str, value: Value, existing: Answer | None = None) -> None:
    """
    Refused `not-dealt` where *value* is about what *phone* was not given (`live.views.answers.dealt`), or would make of
    *existing* an answer about something else. Without a phone, as from paper, it may be about anything that others are
    given; pretend participants compare any two options.
    """
    if state.turns.pairs is not None:
        if value is None or not phone or is_pretend(phone):
            return
        given = existing.value if existing is not None else state.turns.pairs.before(phone)
        if not isinstance(value, list | dict) or not isinstance(given, list | dict | tuple) or {*value} != {*given}:
            raise Refused("not-dealt")
    elif state.deals and isinstance(value, dict):
        table = room.dealing.table(state.written.id)
        dealt: Collection[str] = () if table is None else table.deal.hand(phone) if phone else table.deal.cards
        if any(id not in dealt for id in value):
            raise Refused("not-dealt")
