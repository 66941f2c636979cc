"""A room: one live run of a workshop. `Room.apply` is the only place where it changes; rules only read it."""

from typing import Any, NamedTuple, assert_never

import msgspec

from live import workshop
from live.activities import KINDS, SCHEMAS
from live.activities.kind import Answer
from live.activities.open import TextTally
from live.activities.state import CLOSED, RUNNING, ActivityState
from live.events import (
    ActivityClosed,
    ActivityReopened,
    ActivityReturned,
    ActivityStarted,
    AnswerChanged,
    AnswerHidden,
    AnswerRedacted,
    AnswerRestored,
    AnswerSent,
    AnswerSpotlit,
    AnswerWithdrawn,
    AnyEvent,
    CardSorted,
    ClosingSet,
    CommentMade,
    CommentSettled,
    DoorClosed,
    DoorOpened,
    Event,
    FollowUpSet,
    HeadsSet,
    HoldSet,
    KeysRevoked,
    LinkEnded,
    LinkGiven,
    LobbyShown,
    NewcomersAdmitted,
    NewcomersMuted,
    PageTurned,
    PeopleCounted,
    PhoneMuted,
    PhoneUnmuted,
    PromiseMade,
    QuestionAsked,
    ReceiptMade,
    Regrouped,
    RehearsalCleared,
    RehearsalStarted,
    RehearsalStopped,
    ReportPublished,
    ReportUnpublished,
    ResultsHidden,
    ResultsShown,
    RoomEnded,
    RoomImported,
    ScreenBlanked,
    ScreenUnblanked,
    ShapeChosen,
    SlideShown,
    SuggestionRefused,
    TailLost,
    TimeAdded,
    TimePlanned,
    TimerPaused,
    TimerResumed,
    WordsMerged,
    WordSplit,
    WordsUndone,
    WorkshopSet,
)
from live.i18n.languages import DEFAULT
from live.room.access_links import Links
from live.room.comments import Comments
from live.room.followup import FollowUp
from live.room.participants import Participants
from live.room.rehearsal import REHEARSAL, Rehearsal, is_pretend
from live.room.themes import Themes
from live.text.word_groups import WordGroups
from live.workshop import Activity, Option, Slide, Workshop
from live.workshop.schema import UNKNOWN

DAY_MS = 86_400_000


class Stop(NamedTuple):
    """
    A place in the meeting. Stops sort in the order of `next`.

    `slide` 0 is the lobby, 1 … are the slides, and one more than the last is the end. `activity` is the activity's
    place on the slide, with `stage` RUNNING, CLOSED or RESULTS; -1 is the slide itself, with `stage` the number of `+`
    items that are shown.
    """

    slide: int
    activity: int = -1
    stage: int = 0


class LastStep(NamedTuple):
    """
    The newest event with a step, and the state before it, from which `views.undo` finds what reverses it.

    `stop` and `due` are those of the room; `counted` and `hidden` are those of the answer that the event is about.
    """

    event: Event
    stop: Stop
    due: int | None
    counted: bool
    hidden: str | None


class Room:
    """
    The state of a room, made by its events. `position` counts all events, `step` those that moved it on for everybody.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.position = 0
        self.step = 0
        self.opened_at = 0
        self.left_lobby_at: int | None = None
        self.workshop_text = ""
        self.workshop_version = ""
        self.words_by = ""  # the method that merges inflections (`lemmas.method`); empty: nothing does
        self.workshop = Workshop(title="", language=DEFAULT, slides=())
        self.activities: dict[str, ActivityState] = {}
        self.ad_hoc: dict[str, tuple[str | None, Activity]] = {}  # questions not in the workshop: id -> (slide, it)
        self.planned_times: dict[str, int] = {}  # activity -> seconds, instead of the time in the workshop
        self.people = Participants()
        self.followup = FollowUp()
        self.blank = False
        self.ended = False
        self.spotlight = ""
        self.answer_activity: dict[str, str] = {}
        self.revocations = 0
        self.last: LastStep | None = None
        self.links = Links()
        self.comments = Comments()
        self.lost: int | None = None  # how many events the store had acknowledged and then came back without
        self.resent = 0  # answers that phones have sent again since then
        self.withdrawn: dict[str, tuple[str, int]] = {}  # id -> phone, rev
        self.withdrawn_before_import = 0  # how many answers had been withdrawn before the meeting was exported
        self.themes: dict[str, Themes] = {}  # by activity; only where somebody has begun to gather answers
        self.rehearsal: Rehearsal | None = None
        self.rehearsed: dict[str, None] = {}  # ids of the answers of pretend participants
        self._slide: str | None = None  # None in the lobby
        self._shown = 0
        self._activity: str | None = None
        self._slide_numbers: dict[str, int] = {}
        self._places: dict[str, tuple[int, int]] = {}

    # -- where the meeting is -------------------------------------------------------------------------------

    @property
    def stop(self) -> Stop:
        return Stop(len(self.workshop.slides) + 1) if self.ended else self.stop_before_end

    @property
    def stop_before_end(self) -> Stop:
        """The stop that the room would be at if it had not ended; `back` returns to it from the end."""
        if self._activity is not None:
            number, place = self._places[self._activity]
            return Stop(number, place, self.activities[self._activity].stage or RUNNING)
        if self._slide is None:
            return Stop(0)
        number = self._slide_numbers.get(self._slide, 1)
        return Stop(number, -1, min(self._shown, self.workshop.slides[number - 1].steps))

    @property
    def slide(self) -> Slide | None:
        number = self.stop.slide
        return self.workshop.slides[number - 1] if 0 < number <= len(self.workshop.slides) else None

    @property
    def activity(self) -> ActivityState | None:
        """The activity on show: it is running, closed, or its results are shown."""
        return self.activities[self._activity] if self._activity and not self.ended else None

    def has(self, activity: str) -> bool:
        """Whether the workshop still has this activity; an edit may have removed it."""
        return activity in self._places

    def slide_of(self, activity: str) -> int:
        return self._places[activity][0]

    def on_slide(self, number: int) -> list[Activity]:
        """The activities of slide *number* as they are now: those in the workshop, then ad hoc questions."""
        return [self.activities[one.id].written for one in self._written_on(number)]

    def _written_on(self, number: int) -> list[Activity]:
        if not 0 < number <= len(self.workshop.slides):
            return []
        slide = self.workshop.slides[number - 1]
        ad_hoc = [one for slide_id, one in self.ad_hoc.values() if self._slide_number(slide_id) == number]
        return [*slide.activities, *ad_hoc]

    def waiting(self) -> Activity | None:
        """The activity that `next` would start on this slide; None unless all items of the slide are shown."""
        stop = self.stop
        slide = self.slide
        if slide is None or stop.activity != -1 or stop.stage < slide.steps:
            return None
        return next((one for one in slide.activities if not one.optional), None)

    @property
    def state(self) -> str:
        """What is going on, in one word (contract §3); without `blank`, which only the screen has."""
        if self.ended:
            return "ended"
        if self._slide is None and self._activity is None:
            return "lobby"
        activity = self.activity
        if activity is None:
            return "idle" if self.waiting() else "slide"
        if not activity.takes_answers:
            return activity.running
        if activity.stage == RUNNING:
            return "closing" if activity.closing else "write"
        return "closed" if activity.stage == CLOSED else "results"

    def due(self) -> int | None:
        """When the open activity closes by itself. A talk never does: its clock goes on into overtime."""
        activity = self.activity
        if activity is None or not activity.open or activity.timer is None:
            return None
        return activity.timer.deadline

    @property
    def delete_at(self) -> int:
        """When the whole room is deleted, by the workshop's `delete-after`."""
        return self.opened_at + self.workshop.kept_days * DAY_MS

    # -- themes ---------------------------------------------------------------------------------------------

    def source_of(self, activity: str) -> ActivityState | None:
        """
        The activity whose text answers *activity* is about: itself, the one it names with `from=`, or for `group` the
        nearest one before it. None if there is none.
        """
        state = self.activities.get(activity)
        while state is not None and not state.has_texts:
            source = state.written.attrs.get("from")
            if source is None and state.gathers:
                source = self._texts_before(state.written.id)
            state = self.activities.get(str(source)) if source else None
        return state

    def allows_several_themes(self, activity: str) -> bool:
        """Whether answers to *activity* may be in several themes: a `group` of these answers has `multi`."""
        gathers = (state for state in self.activities.values() if state.gathers)
        return any(
            state.written.attrs.get("multi") and (source := self.source_of(state.written.id))
            and source.written.id == activity for state in gathers
        )  # fmt: skip

    def themes_of(self, activity: str) -> Themes:
        """The themes of an activity that takes texts; empty while nobody has made any."""
        themes = self.themes.get(activity)
        return Themes(activity) if themes is None else themes

    def _current(self, written: Activity) -> Activity:
        """*written* with its planned time; a kind that is about themes gets them as options if none are its own."""
        if written.id in self.planned_times:
            written = msgspec.structs.replace(written, time_s=self.planned_times[written.id])
        kind = KINDS.get(written.kind)
        if (
            kind is None
            or kind.schema.takes != "themes"
            or written.options
            or (source := self.source_of(str(written.attrs.get("from")))) is None
        ):
            return written
        themes = self.themes_of(source.written.id)
        return msgspec.structs.replace(written, options=tuple(Option(theme.id, theme.name) for theme in themes))

    def _texts_before(self, activity: str) -> str | None:
        here = self._places.get(activity, (0, 0))
        before = [(place, id) for id, place in self._places.items() if place < here]
        return next((id for _, id in sorted(before, reverse=True) if self.activities[id].has_texts), None)

    @property
    def real_answers(self) -> int:
        """How many answers were not given by pretend participants."""
        return sum(len(state.answers) for state in self.activities.values()) - len(self.rehearsed)

    # -- answers -------------------------------------------------------------------------------------------

    def answer(self, id: str) -> Answer | None:
        activity = self.answer_activity.get(id)
        return self.activities[activity].answers.get(id) if activity else None

    def read_on(self, most: int) -> bool:
        """`ActivityState.read_on` for all activities: at most so many of each. Returns whether there are more."""
        return any(state.read_on(most) for state in self.activities.values())

    # -- change ---------------------------------------------------------------------------------------------

    def apply(self, event: AnyEvent) -> None:
        """Apply one event. Never refuses: what is in the journal has happened."""
        self.position += 1
        self.step += event.step
        if event.step and self.workshop.slides:
            self._remember_step(event)
        match event:
            case AnswerSent():  # first: nearly all events are
                self._add_answer(event)
            case WorkshopSet():
                self._set_workshop(event)
            case LobbyShown():
                self._leave(event.at)
                self._slide = self._activity = None
                self.ended = False
            case SlideShown(slide=slide, shown=shown):
                self._leave(event.at)
                self._go(event.at, slide, None)
                self._shown = shown
            case ActivityStarted(activity=id, length_s=length_s):
                self._start(id, event.at, length_s)
            case QuestionAsked():
                self._ask(event)
            case ActivityReturned(activity=id):
                if id in self.activities:
                    self._leave(event.at, stay=id)
                    self._go(event.at, self._slide_id(id), id)
                    if not self.activities[id].takes_answers:
                        self.activities[id].stage, self.activities[id].began_at = RUNNING, event.at
            case (
                ActivityClosed(activity=id) | ActivityReopened(activity=id) | ClosingSet(activity=id)
                | HoldSet(activity=id) | PageTurned(activity=id) | ResultsHidden(activity=id)
                | ResultsShown(activity=id) | ShapeChosen(activity=id) | TimeAdded(activity=id)
                | TimerPaused(activity=id) | TimerResumed(activity=id)
            ):  # fmt: skip
                if activity := self.activities.get(id):
                    activity.apply(event)
            case TimePlanned(activity=id, seconds=seconds):
                self.planned_times[id] = seconds
                self._match_activities()
            case ScreenBlanked():
                self.blank = True
            case ScreenUnblanked():
                self.blank = False
            case RoomEnded():
                self._leave(event.at)
                self.ended = True
            case AnswerSpotlit(id=id):
                self.spotlight = id
            case AnswerChanged(id=id):
                if answer := self.answer(id):
                    # An answer that was let through and then changed must be looked at again.
                    held = answer.held or self._is_held(self._activity_of(answer), answer.phone)
                    self._change_answer(id, text=event.text, value=event.value, rev=event.rev, held=held)
            case AnswerWithdrawn(id=id, rev=rev):
                if answer := self.answer(id):
                    self._remove_from_themes(answer)
                    self._activity_of(answer).remove(answer)
                    self.withdrawn[id] = (answer.phone, rev)
                    self.rehearsed.pop(id, None)
            case AnswerHidden(id=id, reason=reason):
                self._change_answer(id, hidden=reason)
                if answer := self.answer(id):
                    self._activity_of(answer).ask_count += 1  # whoever wrote it sees the reason
            case AnswerRestored(id=id):
                self._let_through(id)
            case AnswerRedacted(id=id):
                if answer := self.answer(id):
                    self._remove_from_themes(answer)
                self._change_answer(id, redacted=True, text="", value=None)
            case DoorClosed() | DoorOpened() | HeadsSet() | PeopleCounted() | PhoneUnmuted() | ReceiptMade():
                self.people.apply(event)
            case PhoneMuted(phone=phone):
                self._mute(phone)
            case NewcomersMuted(since=since):
                self.people.newcomers_since = since
                for phone in self.people.newcomers(since):
                    self._mute(phone)
            case NewcomersAdmitted():
                self._admit_newcomers()
            case CardSorted(activity=id):
                self._themes(id).place_own(event.id, event.themes)
            case Regrouped(activity=id) | SuggestionRefused(activity=id):
                self._themes(id).apply(event)
                self._match_activities()  # dots are set on themes
            case WordsMerged() | WordSplit() | WordsUndone():
                self._regroup_words(event)
            case KeysRevoked():
                self.revocations += 1
                self.links.end_all()
            case LinkGiven():
                self.links.add(event)
            case LinkEnded(id=id):
                self.links.end(id)
            case RoomImported():
                self._import(event)
            case CommentMade() | CommentSettled():
                self.comments.apply(event)
            case ReportPublished() | ReportUnpublished() | FollowUpSet() | PromiseMade():
                self.followup.apply(event)
            case RehearsalStarted():
                self._begin_rehearsal(event)
            case RehearsalStopped():
                if self.rehearsal:
                    self.rehearsal = self.rehearsal._replace(stopped=True)
            case RehearsalCleared(to_lobby=to_lobby):
                self._clear_rehearsal(to_lobby)
            case TailLost(events=events):
                self.lost, self.resent = events, 0
            case _:
                assert_never(event)
        if event.step and self.left_lobby_at is None and self._slide is not None:
            self.left_lobby_at = event.at

    def _import(self, event: RoomImported) -> None:
        self.withdrawn_before_import = event.withdrawn
        self.people.restore(event.aliases)
        for written in event.gone:
            word_groups = WordGroups(self.workshop.language, self.words_by)
            self.activities.setdefault(written.id, ActivityState(written, KINDS.get(written.kind), word_groups))

    def _remember_step(self, event: Event) -> None:
        answer = self.answer(event.id) if isinstance(event, AnswerHidden | AnswerRestored) else None
        about = (answer.counted, answer.hidden) if answer else (False, None)
        self.last = LastStep(event, self.stop, self.due(), *about)

    def _themes(self, activity: str) -> Themes:
        return self.themes.setdefault(activity, Themes(activity))

    def _regroup_words(self, event: WordsMerged | WordSplit | WordsUndone) -> None:
        if (state := self.activities.get(event.activity)) is None or not isinstance(state.tally, TextTally):
            return
        match event:
            case WordsMerged(marks=marks):
                state.tally.words.merge(marks)
            case WordSplit(mark=mark):
                state.tally.words.split_off(mark)
            case WordsUndone():
                state.tally.words.undo()

    def _remove_from_themes(self, answer: Answer) -> None:
        if answer.activity in self.themes:
            self.themes[answer.activity].remove_answer(answer.id)

    def _activity_of(self, answer: Answer) -> ActivityState:
        return self.activities[answer.activity]

    def _slide_number(self, slide: str | None) -> int:
        return self._slide_numbers.get(slide, 1) if slide is not None else 1

    def _slide_id(self, activity: str) -> str:
        return self.workshop.slides[self._places[activity][0] - 1].id

    def _set_workshop(self, event: WorkshopSet) -> None:
        if not self.opened_at:
            self.opened_at = event.at
        self.workshop_text = event.text
        self.words_by = event.words or self.words_by
        self.workshop_version = workshop.version(event.text)
        self.workshop = workshop.reread(event.text, SCHEMAS)
        self._slide_numbers = {slide.id: number for number, slide in enumerate(self.workshop.slides, start=1)}
        if self._slide is not None and self._slide not in self._slide_numbers:
            self._slide, self._activity = self.workshop.slides[0].id, None
        self._match_activities()
        if self._activity is not None and self._activity not in self._places:
            self._activity = None

    def _match_activities(self) -> None:
        """
        Match the activities in the workshop with the states there are. States of activities that an edit removed are
        kept, with their answers.
        """
        self._places = {}
        for number in range(1, len(self.workshop.slides) + 1):
            for place, plain in enumerate(self._written_on(number)):
                written = self._current(plain)
                self._places[written.id] = (number, place)
                kind = KINDS.get(written.kind)
                if state := self.activities.get(written.id):
                    if state.written != written:
                        state.replace_written(written, kind, self.workshop.language)
                else:
                    self.activities[written.id] = ActivityState(
                        written, kind, WordGroups(self.workshop.language, self.words_by)
                    )

    def _go(self, at: int, slide: str, activity: str | None) -> None:
        self._slide = slide if slide in self._slide_numbers else self.workshop.slides[0].id
        self._shown = self.workshop.slides[self._slide_numbers[self._slide] - 1].steps
        self._activity = activity
        self.ended = False
        self.spotlight = ""

    def _leave(self, at: int, stay: str | None = None) -> None:
        """Leave the activity on show (unless it is *stay*). An open one is closed, with the usual grace."""
        activity = self.activity
        if activity and activity.written.id != stay and activity.stage == RUNNING:
            if activity.takes_answers and activity.kind:
                activity.close(at, at + activity.kind.grace_ms)
            else:
                activity.stop(at)

    def _start(self, id: str, at: int, length_s: int | None) -> None:
        if (activity := self.activities.get(id)) is None or id not in self._places:
            return
        self._leave(at, stay=id)
        self._go(at, self._slide_id(id), id)
        if activity.gathers and not activity.started_once and (source := self.source_of(id)):
            names = ((f"{id}-{option.id}", option.text) for option in activity.written.options)
            self._themes(source.written.id).seed(names)
            self._match_activities()
        activity.start(at, length_s)

    def _ask(self, event: QuestionAsked) -> None:
        options = tuple(Option(chr(97 + place), text) for place, text in enumerate(event.options))
        kind = KINDS.get(event.kind)
        written = Activity(
            id=event.activity, kind=event.kind, question=event.question, options=options, optional=True, many=20,
            max=(kind.schema if kind else UNKNOWN).longest,
        )  # fmt: skip
        self.ad_hoc[event.activity] = (event.slide, written)
        self._match_activities()
        self._start(event.activity, event.at, None)

    def _add_answer(self, event: AnswerSent) -> None:
        activity = self.activities.get(event.activity)
        if activity is None or event.id in self.answer_activity:
            return
        self.resent += event.again
        if event.phone:
            self.people.note_answer(event.phone, event.at)
        if event.via == REHEARSAL:
            self.rehearsed[event.id] = None
        self.answer_activity[event.id] = event.activity
        activity.add(Answer(
            id=event.id, activity=event.activity, phone=event.phone, at=event.at, text=event.text, value=event.value,
            rev=event.rev, heads=event.heads, via=event.via, late=event.late, position=self.position,
            held=self._is_held(activity, event.phone) and not event.late,
        ))  # fmt: skip

    def _is_held(self, activity: ActivityState, phone: str) -> bool:
        """Whether an answer that *phone* sends now is held; *phone* is empty for the facilitator's own."""
        return bool(phone) and (activity.hold or phone in self.people.muted)

    def _mute(self, phone: str) -> None:
        self.people.muted.add(phone)
        activity = self.activity
        for id in list(activity.by_phone.get(phone, ())) if activity else ():
            if (answer := self.answer(id)) and answer.counted:
                self._change_answer(id, held=True)
                self._activity_of(answer).ask_count += 1

    def _admit_newcomers(self) -> None:
        since, self.people.newcomers_since = self.people.newcomers_since or 0, None
        for phone in self.people.newcomers(since):
            self.people.muted.discard(phone)
            for activity in self.activities.values():
                for id in [] if activity.hold else list(activity.by_phone.get(phone, ())):
                    if (answer := self.answer(id)) and answer.held and answer.hidden is None:
                        self._let_through(id)

    def _let_through(self, id: str) -> None:
        answer = self.answer(id)
        if answer and not answer.counted:
            self._activity_of(answer).ask_count += 1  # its phone still shows that it is held, or why it is hidden
        self._change_answer(id, hidden=None, late=False, held=False)

    def _begin_rehearsal(self, event: RehearsalStarted) -> None:
        before = self.rehearsal
        self.rehearsal = Rehearsal(
            event.at, event.phones, event.until,
            from_lobby=before.from_lobby if before else self.state == "lobby",
            ad_hoc=before.ad_hoc if before else frozenset(self.ad_hoc),
            planned_times=before.planned_times if before else dict(self.planned_times),
        )  # fmt: skip

    def _clear_rehearsal(self, to_lobby: bool) -> None:
        for answer in [found for id in self.rehearsed if (found := self.answer(id))]:
            self._remove_from_themes(answer)
            self._activity_of(answer).remove(answer)
            del self.answer_activity[answer.id]
            if self.spotlight == answer.id:
                self.spotlight = ""
        self.rehearsed.clear()
        self.people.forget_rehearsal()
        self.withdrawn = {id: one for id, one in self.withdrawn.items() if not is_pretend(one[0])}
        rehearsal, self.rehearsal = self.rehearsal, None
        if to_lobby and rehearsal:
            self._back_to_lobby(rehearsal)

    def _back_to_lobby(self, rehearsal: Rehearsal) -> None:
        """Back to the lobby, as if nothing had been pressed yet; answers of real people stay."""
        self.planned_times = dict(rehearsal.planned_times)
        self._slide = self._activity = self.left_lobby_at = None
        self.ended = self.blank = False
        for id, state in list(self.activities.items()):
            if state.answers:
                continue
            del self.activities[id]
            self.themes.pop(id, None)
            if id not in rehearsal.ad_hoc:
                self.ad_hoc.pop(id, None)
        self._match_activities()

    def _change_answer(self, id: str, **fields: Any) -> None:
        if answer := self.answer(id):
            self._activity_of(answer).change(answer, **fields)
            if not answer.counted and self.spotlight == id:
                self.spotlight = ""
