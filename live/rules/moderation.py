"""Rules for moderation: hide, restore, redact and spotlight answers, note what a panel answered, mute, hold back."""

from live import events
from live.activities.kind import Answer
from live.errors import Refused
from live.events import Event
from live.room import Room
from live.rules import commands, traces
from live.text.marks import NAMES_AND_NUMBERS, marks
from live.text.normalize import clean, clean_visible, graphemes

MOST_REASON = 200  # characters
MOST_REPLY = 1000  # graphemes of what the panel answered
MOST_RELEASED = 200  # answers in one press; a console lists fewer


def hide_answer(room: Room, action: commands.HideAnswer, now: int) -> list[Event]:
    answer = _named(room, action)
    return [] if answer.hidden is not None else [events.AnswerHidden(at=now, id=answer.id, reason=_reason(action))]


def give_reason(room: Room, action: commands.GiveReason, now: int) -> list[Event]:
    answer = _named(room, action)
    if answer.hidden is None:
        raise Refused("not-withheld")
    reason = _reason(action)
    return [] if answer.hidden == reason else [events.ReasonGiven(at=now, id=answer.id, reason=reason)]


def _reason(action: commands.HideAnswer | commands.GiveReason) -> str:
    return clean_visible(action.reason or "")[:MOST_REASON]


def restore_answer(room: Room, action: commands.RestoreAnswer, now: int) -> list[Event]:
    answer = _named(room, action)
    if answer.redacted:
        raise Refused("redacted")
    waits = answer.id in room.activities[answer.activity].waiting
    if answer.received and not (waits and action.release):
        return []
    return [events.AnswerRestored(at=now, id=answer.id, released=action.release)]


def release_answers(room: Room, action: commands.ReleaseAnswers, now: int) -> list[Event]:
    """Those that are flagged, and still as they were when somebody read them."""
    if len(action.answers) > MOST_RELEASED:
        raise Refused("too-many-answers", most=MOST_RELEASED)
    flagged = {
        id: rev
        for id, rev in action.answers.items()
        if (answer := room.answer(id)) and answer.rev == rev and id in room.activities[answer.activity].flagged
    }
    return [events.AnswersReleased(at=now, answers=flagged)] if flagged else []


def undo_release(room: Room, now: int) -> list[Event]:
    released = room.last.event if room.last else None
    if not isinstance(released, events.AnswersReleased):
        raise Refused("nothing-to-undo")
    return [events.ReleaseUndone(at=now, answers=released.answers)]


def mask_answer(room: Room, action: commands.MaskAnswer, now: int) -> list[Event]:
    answer = _named(room, action)
    spans = [(one.start, one.end) for one in marks(answer.text or "") if one.flag in NAMES_AND_NUMBERS]
    if not spans:
        raise Refused("nothing-to-mask")
    return [events.AnswerMasked(at=now, id=answer.id, rev=answer.rev, spans=spans)]


def unmask_answer(room: Room, action: commands.UnmaskAnswer, now: int) -> list[Event]:
    answer = _named(room, action)
    return [] if answer.original is None else [events.AnswerUnmasked(at=now, id=answer.id)]


def answer_question(room: Room, action: commands.AnswerQuestion, now: int) -> list[Event]:
    answer = _named(room, action)
    if answer.asked is None or not room.activities[answer.activity].takes_votes:
        raise Refused("unknown-answer")
    if answer.redacted:
        raise Refused("redacted")
    text = None if action.text is None else clean(action.text)
    if text is not None and graphemes(text) > MOST_REPLY:
        raise Refused("too-long", max=MOST_REPLY)
    asked = answer.asked
    if asked.answered == action.answered and text in (None, asked.reply):
        return []
    return [events.QuestionAnswered(at=now, id=answer.id, answered=action.answered, text=text)]


def redact_answer(room: Room, action: commands.RedactAnswer, now: int) -> list[Event]:
    answer = _named(room, action)
    if answer.redacted:
        return []
    removal = traces.remove(room, answer)
    return [events.AnswerRedacted(at=now, id=answer.id, names=removal.names, blank=removal.blank)]


def spotlight(room: Room, action: commands.Spotlight, now: int) -> list[Event]:
    if not action.id:
        return [events.AnswerSpotlit(at=now, id="")] if room.spotlight else []
    answer = _named(room, action)
    if not room.activities[answer.activity].counted_among([answer.id]):
        raise Refused("withheld")
    return [] if room.spotlight == action.id else [events.AnswerSpotlit(at=now, id=action.id)]


def mute_phone(room: Room, action: commands.MutePhone, now: int) -> list[Event]:
    phone = _named(room, action).phone
    if not phone:
        raise Refused("not-from-phone")
    return [] if phone in room.people.muted else [events.PhoneMuted(at=now, phone=phone)]


def unmute_phone(room: Room, action: commands.UnmutePhone, now: int) -> list[Event]:
    phone = _named(room, action).phone
    return [events.PhoneUnmuted(at=now, phone=phone, undo=action.undo)] if phone in room.people.muted else []


def moderate_name(room: Room, action: commands.HideName | commands.ShowName, now: int) -> list[Event]:
    phone, shown = _named(room, action).phone, isinstance(action, commands.ShowName)
    name = room.people.names.get(phone)
    if name is None or not name.text:
        raise Refused("no-name")
    return [] if name.shown is shown else [events.NameModerated(at=now, phone=phone, shown=shown)]


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
