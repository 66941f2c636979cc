"""The answers of a room: which activity each belongs to, and which have been withdrawn."""

from typing import Any, assert_never

from live import events
from live.activities.kind import Answer
from live.activities.state import ActivityState
from live.room import panel
from live.room.dealing import Dealing
from live.room.participants import Participants
from live.room.position import MeetingPosition
from live.room.programme import Programme
from live.room.rehearsal import REHEARSAL, is_pretend
from live.text.marks import without


class Answers:
    """Only `Room.apply` changes it. The answers themselves are in their activities."""

    def __init__(self, programme: Programme, people: Participants, meeting: MeetingPosition, dealing: Dealing) -> None:
        self.activity_ids: dict[str, str] = {}  # answer -> its activity, also of those that were withdrawn
        self.withdrawn: dict[str, tuple[str, int]] = {}  # id -> phone, rev
        self.withdrawn_before_import = 0  # how many answers had been withdrawn before the meeting was exported
        self.rehearsed: dict[str, None] = {}  # ids of the answers of pretend participants
        self.resent = 0  # answers that phones have sent again since the store lost them
        self._programme = programme
        self._people = people
        self._meeting = meeting
        self._dealing = dealing

    def get(self, id: str) -> Answer | None:
        activity = self.activity_ids.get(id)
        return self._programme.activities[activity].answers.get(id) if activity else None

    def activity_of(self, answer: Answer) -> ActivityState:
        return self._programme.activities[answer.activity]

    def apply(self, event: events.AnswerEvent, position: int) -> None:
        match event:
            case events.AnswerSent():  # first: nearly all events are
                self._add(event, position)
            case events.AnswerChanged(id=id):
                if answer := self.get(id):
                    # An answer that was let through or released and then changed must be looked at again.
                    activity = self.activity_of(answer)
                    self._programme.offer(activity, event.value)
                    panel.forget_votes(activity, answer)  # they were for other words
                    self.change(
                        id, text=event.text, value=event.value, rev=event.rev, released=False, original=None,
                        version=_version(activity, event),
                        held=answer.held or self._is_held(activity, answer.phone, event.text),
                        waits=self._waits(activity, answer.phone, event.text),
                        taken_ms=_taken_ms(activity, event.at),
                    )  # fmt: skip
                    self._dealing.note_weighed(answer.activity, answer.phone, event.at)
            case events.AnswerWithdrawn(id=id, rev=rev):
                if answer := self.get(id):
                    self._programme.remove_from_themes(answer.activity, id, event.names, event.blank)
                    self.activity_of(answer).remove(answer)
                    self._programme.note_added(self.activity_of(answer), answer)
                    self.withdrawn[id] = (answer.phone, rev)
                    self.rehearsed.pop(id, None)
                    self._dealing.note_changed(id)
            case _:
                assert_never(event)

    def _add(self, event: events.AnswerSent, position: int) -> None:
        activity = self._programme.activities.get(event.activity)
        if activity is None or event.id in self.activity_ids:
            return
        self.resent += event.again
        if event.phone:
            self._people.note_answer(event.phone, event.at)
        if event.via == REHEARSAL:
            self.rehearsed[event.id] = None
        self.activity_ids[event.id] = event.activity
        self._programme.offer(activity, event.value)
        answer = Answer(
            id=event.id, activity=event.activity, phone=event.phone, at=event.at, text=event.text, value=event.value,
            rev=event.rev, heads=event.heads, via=event.via, late=event.late, position=position,
            held=self._is_held(activity, event.phone, event.text) and not event.late,
            waits=self._waits(activity, event.phone, event.text), version=_version(activity, event),
            taken_ms=_taken_ms(activity, event.at),
        )  # fmt: skip
        activity.add(answer)
        self._programme.note_added(activity, answer)
        self._dealing.note_weighed(event.activity, event.phone, event.at)

    def _is_held(self, activity: ActivityState, phone: str, text: str | None) -> bool:
        """Whether an answer that *phone* sends now is held; *phone* is empty for the facilitator's own."""
        moderated = text is not None and activity.kind is not None and activity.kind.moderates(activity.written)
        return bool(phone) and (activity.hold or moderated or phone in self._people.muted)

    def mask(self, event: events.AnswerMasked) -> None:
        if (answer := self.get(event.id)) and answer.rev == event.rev and answer.text:
            self.change(event.id, text=without(answer.text, event.spans), original=answer.sent)

    def unmask(self, id: str) -> None:
        if (answer := self.get(id)) and answer.original is not None:
            waits = self._waits(self.activity_of(answer), answer.phone, answer.original)
            self.change(id, text=answer.original, original=None, waits=waits)

    @staticmethod
    def _waits(activity: ActivityState, phone: str, text: str | None) -> bool:
        """Whether a text must be screened before it is shown. One that the facilitator wrote down has been read."""
        return bool((activity.screening or activity.channel) and phone and text)

    def change(self, id: str, **fields: Any) -> None:
        if answer := self.get(id):
            self.activity_of(answer).change(answer, **fields)
            self._dealing.note_changed(id)
            self._programme.note_added(self.activity_of(answer), answer)
            if not answer.received and self._meeting.spotlight == id:
                self._meeting.spotlight = ""

    def forget_rehearsal(self) -> None:
        """Remove the answers and votes of pretend participants, as if they had never come."""
        for answer in [found for id in self.rehearsed if (found := self.get(id))]:
            self._programme.remove_from_themes(answer.activity, answer.id)
            self.activity_of(answer).remove(answer)
            self._programme.note_added(self.activity_of(answer), answer)
            del self.activity_ids[answer.id]
            if self._meeting.spotlight == answer.id:
                self._meeting.spotlight = ""
        self._dealing.note_changed(*self.rehearsed)
        self.rehearsed.clear()
        for activity in self._programme.activities.values():
            for answer in activity.answers.values() if activity.votes else ():
                panel.forget_votes(activity, answer, is_pretend)
        for id in [id for id, (phone, _) in self.withdrawn.items() if is_pretend(phone)]:
            del self.withdrawn[id]


def _version(activity: ActivityState, event: events.AnswerSent | events.AnswerChanged) -> int:
    """The version it was given to: the newest, where the event does not name an older one."""
    return min(event.version or activity.turnout.version, activity.turnout.version)


def _taken_ms(activity: ActivityState, at: int) -> int | None:
    """`Answer.taken_ms` of an answer that comes at *at*, by the server's clock. None once the activity is closed."""
    return activity.timer.run_ms(at) if activity.timer and activity.open else None
