"""
What may happen: each rule looks at a room and a wish and returns events, or refuses. No rule changes anything.

`now` is milliseconds since the epoch on the server's clock. An empty list means that the wish is already fulfilled.
"""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from live import door, edits, grouping, merging, moderation, receipts, rehearsal, replies
from live.activities import KINDS
from live.activities.kind import Answer
from live.activities.state import CLOSED, RUNNING, ActivityState
from live.edits import Edit
from live.errors import Refused
from live.events import (
    ActivityReopened,
    AnswerChanged,
    AnswerSent,
    AnswerWithdrawn,
    ClosingSet,
    Event,
    HeadsSet,
    PageTurned,
    PeopleCounted,
    QuestionAsked,
    ResultsHidden,
    ResultsShown,
    RoomEnded,
    ScreenBlanked,
    ScreenUnblanked,
    ShapeChosen,
    SlideShown,
    TimeAdded,
    TimePlanned,
    TimerPaused,
    TimerResumed,
    Value,
)
from live.grouping import SortWish, sort_own
from live.receipts import ReceiptWish
from live.room import Room
from live.room.rehearsal import via
from live.text.normalize import MOST_CHARACTERS, clean, graphemes
from live.walk import begin, closed, go_back, go_on

MOST_HEADS = 4
MOST_SECONDS = 24 * 3600
MOST_PEOPLE = 100_000

_id = re.compile("[0-9a-f]{32}").fullmatch


class AnswerWish(Struct, frozen=True, gc=False):
    """A phone sends an answer, or changes one of its own by a higher `rev`."""

    phone: str
    id: str
    activity: str
    text: str | None = None
    value: Value = None
    rev: int = 1
    heads: int | None = None
    again: bool = False
    """It was acked before, and the store has come back without it."""


class WithdrawWish(Struct, frozen=True):
    """A phone takes one of its own answers back, at any time as long as the meeting is kept."""

    phone: str
    id: str
    rev: int


class HeadsWish(Struct, frozen=True):
    """How many people share a phone, 1 to 4."""

    phone: str
    heads: int


class Act(Struct, frozen=True):
    """What the facilitator's console or a script asks for (contract §4). Only the fields its `do` names count."""

    do: str
    if_step: int | None = None
    seconds: int | None = None
    slide: int | str | None = None
    activity: str | None = None
    kind: str | None = None
    question: str | None = None
    options: list[str] = []
    n: int | None = None
    id: str | None = None
    reason: str | None = None
    text: str | None = None
    heads: int = 1
    via: str = "facilitator"
    shape: str | None = None
    hold: bool | None = None
    ids: list[str] = []
    name: str | None = None
    theme: str | None = None
    into: str | None = None
    word: str | None = None
    words: list[str] = []
    status: str | None = None
    unit: str | None = None
    date: str | None = None
    who: str | None = None


Ahead = dict[tuple[str, str], int]
"""How many new answers of a phone to an activity are decided, and not in the room yet."""

# -- what phones do -----------------------------------------------------------------------------------------


def send_answer(room: Room, wish: AnswerWish, now: int, ahead: Ahead | None = None) -> list[Event]:
    if not valid_id(wish.id) or not valid_rev(wish.rev):
        raise Refused("bad")
    if wish.id in room.withdrawn:
        phone, _ = room.withdrawn[wish.id]
        if phone != wish.phone:
            raise Refused("not-yours")
        return []
    state = room.activities.get(wish.activity)
    if state is None or (state.kind is None and state.written.kind not in KINDS):
        raise Refused("unknown-activity" if state is None else "unsupported")
    existing = room.answer(wish.id)
    if existing is not None:
        return _change(room, state, existing, wish, now)
    if not state.started_once or not state.takes_answers or state.kind is None:
        raise Refused("closed")
    text, value = state.kind.check(state.written, wish.text, wish.value)
    giver = wish.phone, wish.activity
    before = ahead.get(giver, 0) if ahead else 0
    if len(state.by_phone.get(wish.phone, ())) + before >= state.written.many:
        raise Refused("limit", limit=state.written.many)
    if ahead is not None:
        ahead[giver] = before + 1
    late = not state.open and now > (state.grace_until or 0)
    heads = min(MOST_HEADS, max(1, wish.heads or room.people.heads.get(wish.phone, 1)))
    return [AnswerSent(
        at=now, activity=wish.activity, id=wish.id, phone=wish.phone, text=text, value=value, rev=wish.rev, heads=heads,
        late=late, again=wish.again, via=via(wish.phone),
    )]  # fmt: skip


def _change(room: Room, state: ActivityState, existing: Answer, wish: AnswerWish, now: int) -> list[Event]:
    if existing.phone != wish.phone or not wish.phone:
        raise Refused("not-yours")
    if wish.rev <= existing.rev:
        return []
    if existing.activity != wish.activity:
        raise Refused("bad")
    if not state.open or existing.redacted or state.kind is None:
        raise Refused("closed")
    text, value = state.kind.check(state.written, wish.text, wish.value)
    return [AnswerChanged(at=now, id=wish.id, rev=wish.rev, text=text, value=value)]


def withdraw(room: Room, wish: WithdrawWish, now: int) -> list[Event]:
    if not valid_rev(wish.rev):
        raise Refused("bad")
    if wish.id in room.withdrawn:
        if room.withdrawn[wish.id][0] != wish.phone:
            raise Refused("not-yours")
        return []
    answer = room.answer(wish.id)
    if answer is None:
        raise Refused("bad")
    if answer.phone != wish.phone or not wish.phone:
        raise Refused("not-yours")
    return [AnswerWithdrawn(at=now, id=wish.id, rev=max(wish.rev, answer.rev + 1))]


def set_heads(room: Room, wish: HeadsWish, now: int) -> list[Event]:
    if not 1 <= wish.heads <= MOST_HEADS:
        raise Refused("bad")
    if room.people.heads.get(wish.phone, 1) == wish.heads:
        return []
    return [HeadsSet(at=now, phone=wish.phone, heads=wish.heads)]


def valid_id(id: str) -> bool:
    """An answer's id is 32 lower-case hexadecimal digits, made by the phone."""
    return _id(id) is not None


def valid_rev(rev: int) -> bool:
    return 1 <= rev < 2**31


def close_due(room: Room, act: Act, now: int) -> list[Event]:
    """The timer has run out: close at the time it did, however late this is decided."""
    due = room.due()
    if due is None or due > now or room.activity is None:
        return []
    return closed(room, room.activity, due)


# -- what the facilitator does ------------------------------------------------------------------------------


def _on_show(room: Room) -> ActivityState:
    if room.activity is None:
        raise Refused("no-activity")
    return room.activity


def _timed(room: Room) -> ActivityState:
    state = _on_show(room)
    if state.timer is None or state.part != RUNNING:
        raise Refused("no-timer")
    return state


def go_to(room: Room, act: Act, now: int) -> list[Event]:
    slides = room.workshop.slides
    ids = {slide.id for slide in slides}
    if isinstance(act.slide, int) and 1 <= act.slide <= len(slides):
        return [SlideShown(at=now, slide=slides[act.slide - 1].id)]
    if isinstance(act.slide, str) and act.slide in ids:
        return [SlideShown(at=now, slide=act.slide)]
    raise Refused("no-slide", slides=len(slides))


def start(room: Room, act: Act, now: int) -> list[Event]:
    state = room.activities.get(act.activity or "")
    if state is None or not room.has(state.written.id):
        raise Refused("unknown-activity")
    if state.written.kind == "dots" and not state.written.options:
        raise Refused("no-themes")
    return begin(state.written, now)


def pause(room: Room, act: Act, now: int) -> list[Event]:
    state = _timed(room)
    assert state.timer is not None
    if state.timer.length_ms is None:
        raise Refused("no-timer")
    return [] if state.timer.paused_at is not None else [TimerPaused(at=now, activity=state.written.id)]


def resume(room: Room, act: Act, now: int) -> list[Event]:
    state = _timed(room)
    assert state.timer is not None
    return [] if state.timer.paused_at is None else [TimerResumed(at=now, activity=state.written.id)]


def add_time(room: Room, act: Act, now: int) -> list[Event]:
    return [TimeAdded(at=now, activity=_timed(room).written.id, seconds=_seconds(act))]


def close(room: Room, act: Act, now: int) -> list[Event]:
    state = _on_show(room)
    if not state.takes_answers:
        return [ClosingSet(at=now, activity=state.written.id, ends_at=now)]
    return closed(room, state, now) if state.open else []


def close_in(room: Room, act: Act, now: int) -> list[Event]:
    state = _on_show(room)
    if state.part != RUNNING:
        raise Refused("closed")
    return [ClosingSet(at=now, activity=state.written.id, ends_at=now + _seconds(act) * 1000)]


def reopen(room: Room, act: Act, now: int) -> list[Event]:
    """Take answers again; while it is closing, take the closing back."""
    state = _on_show(room)
    if not state.takes_answers:
        raise Refused("no-activity")
    return [] if state.open and not state.closing else [ActivityReopened(at=now, activity=state.written.id)]


def reveal(room: Room, act: Act, now: int) -> list[Event]:
    state = _told(room)
    if not state.takes_answers:
        raise Refused("nothing-to-reveal")
    return [] if _is_shown(room, state) else [ResultsShown(at=now, activity=state.written.id)]


def _told(room: Room) -> ActivityState:
    """Whose answers are on show: while they are gathered, those of the activity they were given to."""
    state = _on_show(room)
    return (room.gathered(state.written.id) if state.written.kind == "group" else None) or state


def hide(room: Room, act: Act, now: int) -> list[Event]:
    state = _told(room)
    return [ResultsHidden(at=now, activity=state.written.id)] if _is_shown(room, state) else []


def _is_shown(room: Room, state: ActivityState) -> bool:
    """What was revealed while people wrote is out of sight once they have stopped, until it is revealed again."""
    return state.revealed and (state.part != CLOSED or state is not room.activity)


def blank(room: Room, act: Act, now: int) -> list[Event]:
    return [] if room.blank else [ScreenBlanked(at=now)]


def unblank(room: Room, act: Act, now: int) -> list[Event]:
    return [ScreenUnblanked(at=now)] if room.blank else []


def end(room: Room, act: Act, now: int) -> list[Event]:
    return [] if room.ended else [RoomEnded(at=now)]


def ask(room: Room, act: Act, now: int) -> list[Event]:
    """Needs `id`: the new activity's, made by whoever carries the wish here."""
    question = clean((act.question or "")[:MOST_CHARACTERS])
    kind = KINDS.get(act.kind or "")
    if not question:
        raise Refused("empty")
    if graphemes(question) > 500:
        raise Refused("too-long", max=500)
    if kind is None or not kind.takes_answers or act.kind == "scale":
        raise Refused("unsupported", kind=(act.kind or "")[:40])
    options = [clean(text[:MOST_CHARACTERS]) for text in act.options if clean(text[:MOST_CHARACTERS])]
    if act.kind == "choice" and not 2 <= len(options) <= 26:
        raise Refused("bad")
    assert act.id is not None
    number = room.stood.slide
    return [QuestionAsked(
        at=now, activity=act.id, kind=act.kind or "", question=question,
        slide=room.workshop.slides[number - 1].id if number else None,
        options=options if act.kind == "choice" else [],
    )]  # fmt: skip


def set_people(room: Room, act: Act, now: int) -> list[Event]:
    if act.n is None or not 0 <= act.n <= MOST_PEOPLE:
        raise Refused("bad")
    return [] if act.n == room.people.hall else [PeopleCounted(at=now, people=act.n)]


def show_as(room: Room, act: Act, now: int) -> list[Event]:
    state = _on_show(room)
    if act.shape not in state.shapes:
        raise Refused("bad")
    return [ShapeChosen(at=now, activity=state.written.id, shape=act.shape)]


def turn_page(room: Room, act: Act, now: int) -> list[Event]:
    state = _on_show(room)
    if act.n is None or not 0 <= act.n <= MOST_PEOPLE:
        raise Refused("bad")
    return [PageTurned(at=now, activity=state.written.id, page=act.n)]


def add_answer(room: Room, act: Act, now: int) -> list[Event]:
    """Written down for somebody without a phone. Needs `id`, made by whoever carries the wish here."""
    state = room.activities.get(act.activity) if act.activity else _on_show(room)
    if state is None:
        raise Refused("unknown-activity")
    if state.kind is None or not state.takes_answers or not state.started_once:
        raise Refused("closed")
    if act.via not in ("facilitator", "paper") or not 1 <= act.heads <= 1000:
        raise Refused("bad")
    assert act.id is not None
    text, value = state.kind.check(state.written, act.text, None)
    return [AnswerSent(
        at=now, activity=state.written.id, id=act.id, phone="", text=text, value=value, heads=act.heads, via=act.via,
    )]  # fmt: skip


def _seconds(act: Act) -> int:
    if act.seconds is None or not 0 < act.seconds <= MOST_SECONDS:
        raise Refused("bad")
    return act.seconds


def set_time(room: Room, act: Act, now: int) -> list[Event]:
    """How long an activity that has not begun will take."""
    state = room.activities.get(act.activity or "")
    if state is None or not room.has(state.written.id):
        raise Refused("unknown-activity")
    seconds = _seconds(act)
    return [] if state.written.time_s == seconds else [TimePlanned(at=now, activity=state.written.id, seconds=seconds)]


ACTIONS: dict[str, Callable[[Room, Act, int], list[Event]]] = {
    "next": lambda room, act, now: go_on(room, now), "back": lambda room, act, now: go_back(room, now),
    "goto": go_to, "start": start, "pause": pause, "resume": resume,
    "add_time": add_time, "close": close, "close_in": close_in, "reopen": reopen, "reveal": reveal, "hide": hide,
    "blank": blank, "unblank": unblank, "end": end, "ask": ask, "set_people": set_people, "show_as": show_as,
    "set_time": set_time, "page": turn_page, "add_answer": add_answer, **moderation.ACTIONS, **grouping.ACTIONS,
    **merging.ACTIONS, **rehearsal.ACTIONS, **door.ACTIONS, **replies.ACTIONS,
}  # fmt: skip


PHONES = (AnswerWish, WithdrawWish, HeadsWish, SortWish, ReceiptWish)  # answers first: nearly all wishes are


def decide(room: Room, wish: Any, now: int, ahead: Ahead | None = None) -> list[Event]:
    """
    The events that fulfil *wish*; Refused when the rules say no. An answer that is decided beside others, without the
    room holding them, counts itself in *ahead*.
    """
    if isinstance(wish, PHONES):
        rehearsal.let_in(room, wish.phone, now)
    match wish:
        case AnswerWish():
            return send_answer(room, wish, now, ahead)
        case WithdrawWish():
            return withdraw(room, wish, now)
        case SortWish():
            return sort_own(room, wish, now)
        case ReceiptWish():
            return receipts.keep(room, wish, now)
        case HeadsWish():
            return set_heads(room, wish, now)
        case Edit():
            return edits.edit(room, wish, now)
        case Act(do="close-due"):
            return close_due(room, wish, now)
        case Act():
            if wish.do not in ACTIONS:
                raise Refused("unknown-action")
            return ACTIONS[wish.do](room, wish, now)
        case _:
            raise Refused("bad")
