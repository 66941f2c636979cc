"""Moderation: answers that are hidden, restored or deleted for good, and phones whose answers are held."""

from typing import NamedTuple, assert_never

from live import events
from live.room.answers import Answers
from live.room.participants import Participants
from live.room.position import MeetingPosition
from live.room.programme import Programme


class Muting(NamedTuple):
    """The newest muting of one phone: which answers it held, and where the journal ended then."""

    phone: str
    held: list[str]
    position: int


class Moderation:
    """
    Changes answers and participants. Of its own it has only what an undo needs, and the `reasons` for which each answer
    was hidden, by where in the journal they stand.
    """

    def __init__(self, programme: Programme, people: Participants, meeting: MeetingPosition, answers: Answers) -> None:
        self._programme = programme
        self._people = people
        self._meeting = meeting
        self._answers = answers
        self._newest_muting: Muting | None = None
        self.reasons: dict[str, dict[int, str]] = {}

    def apply(self, event: events.ModerationEvent, position: int) -> None:
        match event:
            case events.AnswerHidden(id=id, reason=reason):
                self._answers.change(id, hidden=reason)
                self.reasons.setdefault(id, {})[position] = reason
                if answer := self._answers.get(id):
                    self._answers.activity_of(answer).ask_count += 1  # whoever wrote it sees the reason
            case events.AnswerRestored(id=id, released=released):
                self._let_through(id, released=released)
            case events.AnswersReleased(answers=revs):
                self._release(revs, released=True)
            case events.ReleaseUndone(answers=revs):
                self._release(revs, released=False)
            case events.AnswerMasked():
                self._answers.mask(event)
            case events.AnswerUnmasked(id=id):
                self._answers.unmask(id)
            case events.ReasonGiven(id=id, reason=reason):
                if (answer := self._answers.get(id)) and answer.hidden is not None:
                    self._answers.change(id, hidden=reason)
                    self.reasons.setdefault(id, {})[position] = reason
                    self._answers.activity_of(answer).ask_count += 1
            case events.AnswerRedacted(id=id):
                if answer := self._answers.get(id):
                    self._programme.remove_from_themes(answer.activity, id, event.names, event.blank)
                blanked = {"hidden": ""} if max(self.reasons.pop(id, ()), default=0) in event.blank else {}
                self._answers.change(id, redacted=True, text="", value=None, original=None, marked=None, **blanked)
            case events.PhoneMuted(phone=phone):
                self._newest_muting = Muting(phone, self._mute(phone), position)
            case events.PhoneUnmuted(phone=phone, undo=undo):
                self._people.muted.discard(phone)
                if undo:
                    self._undo_muting(phone)
            case events.NewcomersMuted(since=since):
                self._people.newcomers_since = since
                for phone in self._people.newcomers(since):
                    self._mute(phone)
            case events.NewcomersAdmitted():
                self._admit_newcomers()
            case _:
                assert_never(event)

    def _mute(self, phone: str) -> list[str]:
        """Returns: the answers that are held because of it."""
        self._people.muted.add(phone)
        activity = self._meeting.activity
        held = []
        for id in list(activity.by_phone.get(phone, ())) if activity else ():
            if (answer := self._answers.get(id)) and answer.received:
                self._answers.change(id, held=True)
                self._answers.activity_of(answer).ask_count += 1
                held.append(id)
        return held

    def _undo_muting(self, phone: str) -> None:
        """Let through what the newest muting held: then, and of what came since."""
        muting, self._newest_muting = self._newest_muting, None
        if muting is None or muting.phone != phone:
            return
        for activity in self._programme.activities.values():
            for id in list(activity.by_phone.get(phone, ())):
                answer = activity.answers[id]
                since = answer.position > muting.position and not activity.hold
                if answer.held and answer.hidden is None and (since or id in muting.held):
                    self._let_through(id, released=False)

    def _admit_newcomers(self) -> None:
        since, self._people.newcomers_since = self._people.newcomers_since or 0, None
        for phone in self._people.newcomers(since):
            self._people.muted.discard(phone)
            for activity in self._programme.activities.values():
                for id in [] if activity.hold else list(activity.by_phone.get(phone, ())):
                    if (answer := self._answers.get(id)) and answer.held and answer.hidden is None:
                        self._let_through(id, released=False)

    def _release(self, revs: dict[str, int], *, released: bool) -> None:
        for id, rev in revs.items():
            if (answer := self._answers.get(id)) and answer.rev == rev:
                self._answers.change(id, released=released)

    def _let_through(self, id: str, *, released: bool) -> None:
        answer = self._answers.get(id)
        if answer:
            if not answer.received:  # its phone still shows that it is held, or why hidden
                self._answers.activity_of(answer).ask_count += 1
            self._answers.change(
                id, hidden=None, late=False, held=False, released=released or answer.released
            )  # fmt: skip
