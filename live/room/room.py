"""
A room: one live run of a workshop. `Room.apply` is the only place where it changes; rules and views only read it.

Each part of a room applies the events of its own group (live/events.py); this dispatches them.
"""

from typing import NamedTuple, assert_never

from live import events
from live.activities.kind import Answer
from live.activities.state import ActivityState
from live.events import AnyEvent, Event
from live.room.access_links import Links
from live.room.answers import Answers
from live.room.comments import Comments
from live.room.dealing import Dealing
from live.room.followup import FollowUp
from live.room.moderation import Moderation
from live.room.panel import Panel
from live.room.participants import Participants
from live.room.position import MeetingPosition, RoomPosition, Stop
from live.room.programme import Programme
from live.room.rehearsal import Rehearsal
from live.room.scores import Scores
from live.room.themes import Themes
from live.workshop import Activity, Workshop
from live.workshop.films import Films
from live.workshop.model import DAY_MS
from live.workshop.pictures import Pictures


class LastStep(NamedTuple):
    """
    The newest event with a step, and the state before it, from which `views.undo` finds what reverses it.

    `stop` and `due` are those of the room; `received` and `hidden` are those of the answer that the event is about.
    """

    event: Event
    stop: Stop
    due: int | None
    received: bool
    hidden: str | None


class Room(RoomPosition):
    """Made by its events. `position` counts all events, `step` those that moved it on for everybody."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.position = 0
        self.step = 0
        self.opened_at = 0
        self.last: LastStep | None = None
        self.rehearsal: Rehearsal | None = None
        self.cleared_at = 0  # since when the room is of the group that it is of now
        self.archives: list[events.Archive] = []  # of the groups before, newest first
        self.archive_of = ""  # the code of the room that this is the archive of a meeting of
        self.lost: int | None = None  # how many events the store had acknowledged and then came back without
        self.people = Participants()
        self.followup = FollowUp()
        self.links = Links()
        self.comments = Comments()
        self._programme = Programme()
        self.dealing = Dealing(self._programme)
        self._meeting = MeetingPosition(self._programme, self.dealing)
        self._answers = Answers(self._programme, self.people, self._meeting, self.dealing)
        self._moderation = Moderation(self._programme, self.people, self._meeting, self._answers)
        self._panel = Panel(self._answers.get, self._programme.activities)
        self.activities = self._programme.activities
        self.scores = Scores(self._programme, self.people)
        self.themes = self._programme.themes
        self.ad_hoc = self._programme.ad_hoc
        self.planned_times = self._programme.planned_times
        self.answer_activity = self._answers.activity_ids
        self.withdrawn = self._answers.withdrawn
        self.rehearsed = self._answers.rehearsed

    # -- change ---------------------------------------------------------------------------------------------

    def apply(self, event: AnyEvent) -> None:
        """Apply one event. Never refuses: what is in the journal has happened."""
        self.position += 1
        self.step += event.step
        if event.step and self.workshop.slides and not isinstance(event, events.ReasonGiven):  # undo is of the hiding
            self._remember_step(event)
        if isinstance(event, events.AnswerEvent):  # first: nearly all events are
            self._answers.apply(event, self.position)
        elif isinstance(event, events.QuestionEvent):
            self._panel.apply(event, self.position)
        elif isinstance(event, events.PositionEvent):
            self._meeting.apply(event)
        elif isinstance(event, (events.ActivityEvent, events.ThemeEvent, events.WordEvent)):
            self._programme.apply(event, self.position)
        elif isinstance(event, events.ProgrammeEvent):
            self.opened_at = self.opened_at or event.at
            self._programme.apply(event, self.position)
            self._meeting.follow_programme()
        elif isinstance(event, events.DealEvent):
            self.dealing.apply(event)
        elif isinstance(event, events.ModerationEvent):
            self._moderation.apply(event, self.position)
        elif isinstance(event, events.PeopleEvent):
            self.people.apply(event)
        elif isinstance(event, events.LinkEvent):
            self.links.apply(event)
        elif isinstance(event, events.CommentEvent):
            self.comments.apply(event)
        elif isinstance(event, events.FollowUpEvent):
            self.followup.apply(event)
        elif isinstance(event, events.RehearsalEvent):
            self._apply_rehearsal(event)
        elif isinstance(event, events.StoreEvent):
            self._apply_store(event)
        else:
            assert_never(event)

    def _remember_step(self, event: Event) -> None:
        answer = self.answer(event.id) if isinstance(event, events.AnswerHidden | events.AnswerRestored) else None
        about = (answer.received, answer.hidden) if answer else (False, None)
        self.last = LastStep(event, self.stop, self.due(), *about)

    def _apply_rehearsal(self, event: events.RehearsalEvent) -> None:
        match event:
            case events.RehearsalStarted():
                before = self.rehearsal
                self.rehearsal = Rehearsal(
                    event.at, event.phones, event.until,
                    from_lobby=before.from_lobby if before else self.state == "lobby",
                    ad_hoc=before.ad_hoc if before else frozenset(self.ad_hoc),
                    planned_times=before.planned_times if before else dict(self.planned_times),
                )  # fmt: skip
            case events.RehearsalStopped():
                if self.rehearsal:
                    self.rehearsal = self.rehearsal._replace(stopped=True)
            case events.RehearsalCleared(to_lobby=to_lobby):
                self.dealing.forget_rehearsal()
                self._answers.forget_rehearsal()
                self.people.forget_rehearsal()
                rehearsal, self.rehearsal = self.rehearsal, None
                if to_lobby and rehearsal:
                    self._meeting.back_to_lobby()
                    self._programme.forget_unanswered(ad_hoc=rehearsal.ad_hoc, planned_times=rehearsal.planned_times)
            case _:
                assert_never(event)

    def _apply_store(self, event: events.StoreEvent) -> None:
        match event:
            case events.RoomImported():
                self._answers.withdrawn_before_import = event.withdrawn
                self.people.restore(event.aliases)
                self._programme.add_removed(event.gone)
                self._programme.restore_versions(event.versions)
            case events.RoomCleared(at=at, archives=archives):
                self.cleared_at, self.archives = at, archives
            case events.RoomArchived(source=source):
                self.archive_of = source
            case events.TailLost(events=lost):
                self.lost, self._answers.resent = lost, 0
            case _:
                assert_never(event)

    # -- the programme --------------------------------------------------------------------------------------

    @property
    def workshop(self) -> Workshop:
        """The workshop as it is now."""
        return self._programme.workshop

    @property
    def workshop_text(self) -> str:
        return self._programme.text

    @property
    def pictures(self) -> Pictures:
        return self._programme.pictures

    @property
    def films(self) -> Films:
        return self._programme.films

    @property
    def workshop_version(self) -> str:
        return self._programme.version

    @property
    def words_by(self) -> str:
        """The method that merges inflections of words (`lemmas.method`); empty: nothing does."""
        return self._programme.words_by

    @property
    def folding(self) -> int:
        """How words are folded here (`word_groups.FOLDING`)."""
        return self._programme.folding

    @property
    def delete_at(self) -> int:
        """When the whole room is deleted, by the workshop's `delete-after` and `date`."""
        return self.workshop.held_from(self.opened_at) + self.workshop.kept_days * DAY_MS

    def has(self, activity: str) -> bool:
        return self._programme.has(activity)

    def slide_of(self, activity: str) -> int:
        return self._programme.place_of(activity)[0]

    def on_slide(self, number: int) -> list[Activity]:
        return self._programme.on_slide(number)

    @property
    def asks_names(self) -> str:
        """Whether each phone is asked for a name: `named`, it must give one; `optional`, it may; empty, it is not."""
        asked = self.workshop.meta.get("identity", "")
        by_kind = self.scores.setting("names", "") == str(True)
        return asked if asked in ("named", "optional") else "optional" if by_kind else ""

    def source_of(self, activity: str) -> ActivityState | None:
        return self._programme.source_of(activity)

    def themes_of(self, activity: str) -> Themes:
        return self._programme.themes_of(activity)

    def allows_several_themes(self, activity: str) -> bool:
        return self._programme.allows_several_themes(activity)

    @property
    def panel(self) -> ActivityState | None:
        """The questions to a panel that phones can reach now: those on show, or else the channel."""
        on_show = self.activity
        return on_show if on_show and on_show.takes_votes else self.activities.get(self._programme.channel)

    # -- answers -------------------------------------------------------------------------------------------

    def reasons(self, id: str) -> dict[int, str]:
        """For which reasons that answer was hidden, by where in the journal they stand."""
        return self._moderation.reasons.get(id, {})

    def answer(self, id: str) -> Answer | None:
        return self._answers.get(id)

    @property
    def resent(self) -> int:
        """How many answers phones have sent again since the store lost them."""
        return self._answers.resent

    @property
    def withdrawn_before_import(self) -> int:
        return self._answers.withdrawn_before_import

    @property
    def real_answers(self) -> int:
        """How many answers were not given by pretend participants."""
        return sum(len(state.answers) for state in self.activities.values()) - len(self.rehearsed)

    def read_on(self, most: int) -> bool:
        """`ActivityState.read_on` for all activities: at most so many of each. Returns whether there are more."""
        return any(state.read_on(most) for state in self.activities.values())
