"""Rules for moderation: hide, restore, redact and spotlight answers, mute phones, hold answers back."""

from live import events
from live.activities.kind import Answer
from live.errors import Refused
from live.events import Event
from live.room import Room
from live.rules import commands
from live.text.normalize import clean_visible

MOST_REASON = 200  # characters


def hide_answer(room: Room, action: commands.HideAnswer, now: int) -> list[Event]:
    answer = _named(room, action)
    reason = clean_visible(action.reason or "")[:MOST_REASON]
    return [] if answer.hidden is not None else [events.AnswerHidden(at=now, id=answer.id, reason=reason)]


def restore_answer(room: Room, action: commands.RestoreAnswer, now: int) -> list[Event]:
    answer = _named(room, action)
    if answer.redacted:
        raise Refused("redacted")
    return [] if answer.counted else [events.AnswerRestored(at=now, id=answer.id)]


def redact_answer(room: Room, action: commands.RedactAnswer, now: int) -> list[Event]:
    answer = _named(room, action)
    return [] if answer.redacted else [events.AnswerRedacted(at=now, id=answer.id)]


def spotlight(room: Room, action: commands.Spotlight, now: int) -> list[Event]:
    if not action.id:
        return [events.AnswerSpotlit(at=now, id="")] if room.spotlight else []
    if not _named(room, action).counted:
        raise Refused("withheld")
    return [] if room.spotlight == action.id else [events.AnswerSpotlit(at=now, id=action.id)]


def mute_phone(room: Room, action: commands.MutePhone, now: int) -> list[Event]:
    phone = _named(room, action).phone
    if not phone:
        raise Refused("not-from-phone")
    return [] if phone in room.people.muted else [events.PhoneMuted(at=now, phone=phone)]


def unmute_phone(room: Room, action: commands.UnmutePhone, now: int) -> list[Event]:
    phone = _named(room, action).phone
    return [events.PhoneUnmuted(at=now, phone=phone)] if phone in room.people.muted else []


def set_hold(room: Room, action: commands.SetHold, now: int) -> list[Event]:
    """Set whether answers to an activity (the one on show if none is given) are held."""
    state = room.activities.get(action.activity) if action.activity else room.activity
    if state is None or not state.takes_answers:
        raise Refused("no-activity")
    if action.hold is None:
        raise Refused("bad")
    return [] if state.hold == action.hold else [events.HoldSet(at=now, activity=state.written.id, hold=action.hold)]


def _named(room: Room, action: commands.AboutAnswer) -> Answer:
    answer = room.answer(action.id or "")
    if answer is None:
        raise Refused("unknown-answer")
    return answer
