"""What the facilitator may do with answers before and after a hall reads them. Rules, as in `rules`."""

from collections.abc import Callable
from typing import Protocol

from live.activities.kind import Answer
from live.errors import Refused
from live.events import (
    AnswerHidden,
    AnswerRedacted,
    AnswerRestored,
    AnswerSpotlit,
    Event,
    HoldSet,
    PhoneMuted,
    PhoneUnmuted,
)
from live.room import Room
from live.text.normalize import MOST_CHARACTERS, clean

MOST_REASON = 200  # characters


class Asked(Protocol):
    """The fields of a facilitator's action that count here (`rules.Act`)."""

    @property
    def id(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def activity(self) -> str | None: ...
    @property
    def hold(self) -> bool | None: ...


def hide_answer(room: Room, act: Asked, now: int) -> list[Event]:
    answer = _named(room, act)
    reason = clean((act.reason or "")[:MOST_CHARACTERS])[:MOST_REASON]
    return [] if answer.hidden is not None else [AnswerHidden(at=now, id=answer.id, reason=reason)]


def restore_answer(room: Room, act: Asked, now: int) -> list[Event]:
    answer = _named(room, act)
    if answer.redacted:
        raise Refused("redacted")
    return [] if answer.counted else [AnswerRestored(at=now, id=answer.id)]


def redact_answer(room: Room, act: Asked, now: int) -> list[Event]:
    answer = _named(room, act)
    return [] if answer.redacted else [AnswerRedacted(at=now, id=answer.id)]


def spotlight(room: Room, act: Asked, now: int) -> list[Event]:
    if not act.id:
        return [AnswerSpotlit(at=now, id="")] if room.spotlight else []
    if not _named(room, act).counted:
        raise Refused("withheld")
    return [] if room.spotlight == act.id else [AnswerSpotlit(at=now, id=act.id)]


def mute_phone(room: Room, act: Asked, now: int) -> list[Event]:
    """By one of its answers, for the console knows no phones."""
    phone = _named(room, act).phone
    if not phone:
        raise Refused("not-from-phone")
    return [] if phone in room.people.muted else [PhoneMuted(at=now, phone=phone)]


def unmute_phone(room: Room, act: Asked, now: int) -> list[Event]:
    phone = _named(room, act).phone
    return [PhoneUnmuted(at=now, phone=phone)] if phone in room.people.muted else []


def set_hold(room: Room, act: Asked, now: int) -> list[Event]:
    """Whether answers to an activity, that on show when none is named, wait to be let through."""
    state = room.activities.get(act.activity) if act.activity else room.activity
    if state is None or not state.takes_answers:
        raise Refused("no-activity")
    if act.hold is None:
        raise Refused("bad")
    return [] if state.hold == act.hold else [HoldSet(at=now, activity=state.written.id, hold=act.hold)]


def _named(room: Room, act: Asked) -> Answer:
    answer = room.answer(act.id or "")
    if answer is None:
        raise Refused("unknown-answer")
    return answer


ACTIONS: dict[str, Callable[[Room, Asked, int], list[Event]]] = {
    "hide_answer": hide_answer, "restore_answer": restore_answer, "redact_answer": redact_answer,
    "spotlight": spotlight, "mute_phone": mute_phone, "unmute_phone": unmute_phone, "set_hold": set_hold,
}  # fmt: skip
