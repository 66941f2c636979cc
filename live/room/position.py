"""Where the meeting is: the slide, the activity on show, what is on the screen, and whether it has ended."""

from typing import NamedTuple, assert_never

from live import events
from live.activities.playback import Playback
from live.activities.run import CLOSED, RUNNING
from live.activities.state import ActivityState
from live.room.dealing import Dealing
from live.room.programme import Programme
from live.workshop import Activity, Slide


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


class MeetingPosition:
    """Only `Room.apply` changes it. Not to be confused with `Room.position`, which counts events."""

    def __init__(self, programme: Programme, dealing: Dealing) -> None:
        self.left_lobby_at: int | None = None
        self.blank = False
        self.chime = False
        self.ended = False
        self.spotlight = ""
        self.shown_items: dict[str, int] = {}  # slides that are or were on show -> how many `+` items were
        self._programme = programme
        self._dealing = dealing
        self._slide: str | None = None  # None in the lobby
        self._shown = 0
        self._activity: str | None = None

    @property
    def stop(self) -> Stop:
        return Stop(len(self._programme.workshop.slides) + 1) if self.ended else self.stop_before_end

    @property
    def stop_before_end(self) -> Stop:
        """The stop that the room would be at if it had not ended; `back` returns to it from the end."""
        if self._activity is not None:
            number, place = self._programme.place_of(self._activity)
            return Stop(number, place, self._programme.activities[self._activity].stage or RUNNING)
        if self._slide is None:
            return Stop(0)
        number = self._programme.slide_number(self._slide)
        return Stop(number, -1, min(self._shown, self._programme.workshop.slides[number - 1].steps))

    @property
    def slide(self) -> Slide | None:
        return self._programme.slide(self.stop.slide)

    @property
    def activity(self) -> ActivityState | None:
        """The activity on show: it is running, closed, or its results are shown."""
        return self._programme.activities[self._activity] if self._activity and not self.ended else None

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

    # -- change ---------------------------------------------------------------------------------------------

    def apply(self, event: events.PositionEvent) -> None:
        match event:
            case events.LobbyShown():
                self._leave(event.at)
                self._slide = self._activity = None
                self.ended = False
            case events.SlideShown(slide=slide, shown=shown):
                self._leave(event.at)
                self._go(event.at, slide, None)
                self._shown = shown
                self._note_shown()
            case events.ActivityStarted(activity=id, length_s=length_s):
                self._dealing.start(event)
                self._start(id, event.at, length_s, event.screening)
            case events.QuestionAsked():
                self._programme.add_question(event)
                self._start(event.activity, event.at, None, event.screening)
            case events.ActivityReturned(activity=id):
                self._return(id, event.at)
            case events.RoomEnded():
                self._leave(event.at)
                self.ended = True
            case events.ScreenBlanked():
                self.blank = True
            case events.ScreenUnblanked():
                self.blank = False
            case events.ChimeSet(on=on):
                self.chime = on
            case events.AnswerSpotlit(id=id):
                self.spotlight = id
            case _:
                assert_never(event)

    def follow_programme(self) -> None:
        """After the workshop was edited: what is no longer in it can't be on show."""
        if self._slide is not None and not self._programme.has_slide(self._slide):
            self._slide, self._activity = self._programme.workshop.slides[0].id, None
            self._note_shown()
        if self._activity is not None and not self._programme.has(self._activity):
            self._activity = None

    def back_to_lobby(self) -> None:
        """Back to the lobby, as if nothing had been pressed yet."""
        self._slide = self._activity = self.left_lobby_at = None
        self.ended = self.blank = False
        self.shown_items.clear()

    def _note_shown(self) -> None:
        assert self._slide is not None
        self.shown_items[self._slide] = max(self._shown, self.shown_items.get(self._slide, 0))

    def _go(self, at: int, slide: str, activity: str | None) -> None:
        shown = self._programme.workshop.slides[self._programme.slide_number(slide) - 1]
        self._slide, self._shown, self._activity = shown.id, shown.steps, activity
        self.ended = False
        self.spotlight = ""
        if self.left_lobby_at is None:
            self.left_lobby_at = at

    def _leave(self, at: int, stay: str | None = None) -> None:
        """Leave the activity on show (unless it is *stay*). An open one is closed, with the usual grace."""
        activity = self.activity
        if activity and activity.playback and activity.written.id != stay:
            activity.playback.pause(at)  # whoever comes back to a film presses play
        if activity and activity.written.id != stay and activity.stage == RUNNING:
            activity.leave(at)

    def _start(self, id: str, at: int, length_s: int | None, screening: int) -> None:
        if (activity := self._programme.activities.get(id)) is None or not self._programme.has(id):
            return
        self._leave(at, stay=id)
        self._go(at, self._slide_id(id), id)
        self._note_shown()
        self._programme.seed_themes(id)
        activity.start(at, length_s, screening)
        activity.playback = Playback(0, at) if activity.kind and activity.kind.plays else None

    def _return(self, id: str, at: int) -> None:
        if (activity := self._programme.activities.get(id)) is None:
            return
        self._leave(at, stay=id)
        self._go(at, self._slide_id(id), id)
        self._note_shown()
        if not activity.takes_answers:
            activity.stage, activity.began_at = RUNNING, at

    def _slide_id(self, activity: str) -> str:
        number, _ = self._programme.place_of(activity)
        return self._programme.workshop.slides[number - 1].id


class RoomPosition:
    """The part of `Room` that tells where its meeting is."""

    _meeting: MeetingPosition

    @property
    def stop(self) -> Stop:
        return self._meeting.stop

    @property
    def shown_items(self) -> dict[str, int]:
        """The slides that are or were on show, by id: how many of their `+` items were."""
        return self._meeting.shown_items

    @property
    def stop_before_end(self) -> Stop:
        return self._meeting.stop_before_end

    @property
    def slide(self) -> Slide | None:
        return self._meeting.slide

    @property
    def activity(self) -> ActivityState | None:
        return self._meeting.activity

    @property
    def state(self) -> str:
        return self._meeting.state

    @property
    def left_lobby_at(self) -> int | None:
        return self._meeting.left_lobby_at

    @property
    def ended(self) -> bool:
        return self._meeting.ended

    @property
    def blank(self) -> bool:
        return self._meeting.blank

    @property
    def chime(self) -> bool:
        return self._meeting.chime

    @property
    def spotlight(self) -> str:
        return self._meeting.spotlight

    def waiting(self) -> Activity | None:
        return self._meeting.waiting()

    def due(self) -> int | None:
        return self._meeting.due()
