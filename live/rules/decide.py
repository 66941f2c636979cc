"""
Decides a command: finds its rule, which looks at the room and returns events, or refuses. No rule changes anything.

`now` is milliseconds since the epoch on the server's clock. An empty list means that there is nothing left to do.
"""

from collections.abc import Callable
from typing import Any

from live.errors import Refused
from live.events import Event
from live.room import Room
from live.rules import admission, followup, moderation, recovery_phrase, rehearsal, themes, word_groups, workshop_edit
from live.rules.answers import Ahead, add_answer, send_answer, set_heads, withdraw
from live.rules.commands import (
    Action,
    EditWorkshop,
    KeepRecoveryPhrase,
    SendAnswer,
    SetHeads,
    SortAnswer,
    WithdrawAnswer,
)
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

ACTIONS: dict[str, Callable[[Room, Action, int], list[Event]]] = {
    "next": lambda room, action, now: go_on(room, now), "back": lambda room, action, now: go_back(room, now),
    "goto": go_to, "start": start, "pause": pause, "resume": resume,
    "add_time": add_time, "close": close, "close_in": close_in, "reopen": reopen, "reveal": reveal, "hide": hide,
    "blank": blank, "unblank": unblank, "end": end, "ask": ask, "set_people": set_people, "show_as": show_as,
    "set_time": set_time, "page": turn_page, "add_answer": add_answer, **moderation.ACTIONS, **themes.ACTIONS,
    **word_groups.ACTIONS, **rehearsal.ACTIONS, **admission.ACTIONS, **followup.ACTIONS,
}  # fmt: skip


FROM_PHONES = (SendAnswer, WithdrawAnswer, SetHeads, SortAnswer, KeepRecoveryPhrase)


def decide(room: Room, command: Any, now: int, ahead: Ahead | None = None) -> list[Event]:
    """
    The events that carry out *command*; Refused when the rules refuse it.

    When several answers are decided before any of them is in the room, *ahead* counts them, and this updates it.
    """
    if isinstance(command, FROM_PHONES):
        rehearsal.check_running(room, command.phone, now)
    match command:
        case SendAnswer():  # first, because nearly all commands are answers
            return send_answer(room, command, now, ahead)
        case WithdrawAnswer():
            return withdraw(room, command, now)
        case SortAnswer():
            return sort_own(room, command, now)
        case KeepRecoveryPhrase():
            return recovery_phrase.keep(room, command, now)
        case SetHeads():
            return set_heads(room, command, now)
        case EditWorkshop():
            return workshop_edit.edit(room, command, now)
        case Action(do="close-due"):
            return close_due(room, command, now)
        case Action():
            if command.do not in ACTIONS:
                raise Refused("unknown-action")
            return ACTIONS[command.do](room, command, now)
        case _:
            raise Refused("bad")
