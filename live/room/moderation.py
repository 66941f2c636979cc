"""Moderation: answers that are hidden, restored or deleted for good, and phones whose answers are held."""

from typing import assert_never

from live import events
from live.room.answers import Answers
from live.room.participants import Participants
from live.room.position import MeetingPosition
from live.room.programme import Programme


class Moderation:
    """Has no state of its own: it changes answers and participants."""

    def __init__(self, programme: Programme, people: Participants, meeting: MeetingPosition, answers: Answers) -> None:
        self._programme = programme
        self._people = people
        self._meeting = meeting
        self._answers = answers

    def apply(self, event: events.ModerationEvent) -> None:
        match event:
            case events.AnswerHidden(id=id, reason=reason):
                self._answers.change(id, hidden=reason)
                if answer := self._answers.get(id):
                    self._answers.activity_of(answer).ask_count += 1  # whoever wrote it sees the reason
            case events.AnswerRestored(id=id):
                self._let_through(id)
            case events.AnswerRedacted(id=id):
                if answer := self._answers.get(id):
                    self._programme.remove_from_themes(answer.activity, id)
                self._answers.change(id, redacted=True, text="", value=None)
            case events.PhoneMuted(phone=phone):
                self._mute(phone)
            case events.PhoneUnmuted(phone=phone):
                self._people.muted.discard(phone)
            case events.NewcomersMuted(since=since):
                self._people.newcomers_since = since
                for phone in self._people.newcomers(since):
                    self._mute(phone)
            case events.NewcomersAdmitted():
                self._admit_newcomers()
            case _:
                assert_never(event)

    def _mute(self, phone: str) -> None:
        self._people.muted.add(phone)
        activity = self._meeting.activity
        for id in list(activity.by_phone.get(phone, ())) if activity else ():
            if (answer := self._answers.get(id)) and answer.counted:
                self._answers.change(id, held=True)
                self._answers.activity_of(answer).ask_count += 1

    def _admit_newcomers(self) -> None:
        since, self._people.newcomers_since = self._people.newcomers_since or 0, None
        for phone in self._people.newcomers(since):
            self._people.muted.discard(phone)
            for activity in self._programme.activities.values():
                for id in [] if activity.hold else list(activity.by_phone.get(phone, ())):
                    if (answer := self._answers.get(id)) and answer.held and answer.hidden is None:
                        self._let_through(id)

    def _let_through(self, id: str) -> None:
        answer = self._answers.get(id)
        if answer and not answer.counted:
            self._answers.activity_of(answer).ask_count += 1  # its phone still shows that it is held, or why hidden
        self._answers.change(id, hidden=None, late=False, held=False)
