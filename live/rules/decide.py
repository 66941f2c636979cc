"""
What may happen: each rule looks at a room and a wish and returns events, or refuses. No rule changes anything.

`now` is milliseconds since the epoch on the server's clock. An empty list means that the wish is already fulfilled.
"""

from collections.abc import Callable
from typing import Any

from live.errors import Refused
from live.events import Event
from live.room import Room
from live.rules import admission, followup, moderation, recovery_phrase, rehearsal, themes, word_groups, workshop_edit
from live.rules.answers import Ahead, add_answer, send_answer, set_heads, withdraw
from live.rules.commands import Act, AnswerWish, Edit, HeadsWish, ReceiptWish, SortWish, WithdrawWish
from live.rules.navigation import go_back, go_on
from live.rules.running import (
    add_time,
    ask,
    blank,
    close,
    close_due,
    close_in,
    end,
    go_to,
    hide,
    pause,
    reopen,
    resume,
    reveal,
    set_people,
    set_time,
    show_as,
    start,
    turn_page,
    unblank,
)
from live.rules.themes import sort_own

ACTIONS: dict[str, Callable[[Room, Act, int], list[Event]]] = {
    "next": lambda room, act, now: go_on(room, now), "back": lambda room, act, now: go_back(room, now),
    "goto": go_to, "start": start, "pause": pause, "resume": resume,
    "add_time": add_time, "close": close, "close_in": close_in, "reopen": reopen, "reveal": reveal, "hide": hide,
    "blank": blank, "unblank": unblank, "end": end, "ask": ask, "set_people": set_people, "show_as": show_as,
    "set_time": set_time, "page": turn_page, "add_answer": add_answer, **moderation.ACTIONS, **themes.ACTIONS,
    **word_groups.ACTIONS, **rehearsal.ACTIONS, **admission.ACTIONS, **followup.ACTIONS,
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
            return recovery_phrase.keep(room, wish, now)
        case HeadsWish():
            return set_heads(room, wish, now)
        case Edit():
            return workshop_edit.edit(room, wish, now)
        case Act(do="close-due"):
            return close_due(room, wish, now)
        case Act():
            if wish.do not in ACTIONS:
                raise Refused("unknown-action")
            return ACTIONS[wish.do](room, wish, now)
        case _:
            raise Refused("bad")
