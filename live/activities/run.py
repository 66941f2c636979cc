"""How one activity runs: its stage and timer, and what is shown of it. Its answers are in `live.activities.state`."""

from typing import assert_never

from live import events
from live.activities.kind import Kind
from live.activities.playback import Playback
from live.activities.timer import Timer
from live.workshop import Activity

RUNNING, CLOSED, RESULTS = 0, 1, 2  # the stages of an activity, in the order of `next`
CLOSING_MS = 60_000  # when less time than this is left, the state of the room is "closing"


class Run:
    """The part of `ActivityState` that has nothing to do with single answers."""

    def __init__(self, written: Activity, kind: Kind | None) -> None:
        self.written = written
        self.kind = kind
        self.stage: int | None = None  # None: never started
        self.timer: Timer | None = None
        self.started_at: int | None = None  # when it was started the first time
        self.spent_ms = 0  # how long it has run in all, up to when it was last left or closed
        self.began_at: int | None = None  # since when it is running now; None: it is not running
        self.playback: Playback | None = None  # of a film, once it was started (`Programme`, `MeetingPosition`)
        self.grace_until: int | None = None
        self.closing = self.revealed = self.started_once = False
        self.shape: str | None = None
        self.page = 0
        self.clouds: list[events.CloudDrawn] = []  # how screens drew its words since it was closed, the last counts
        self.ask_count = 0  # goes up when phones should ask for the state of their own answers
        self.hold = written.hold  # whether answers wait to be let through, one by one
        self.screening = 0  # 0: flagged answers do not wait (`events.ActivityStarted`)

    @property
    def takes_answers(self) -> bool:
        return self.kind is not None and self.kind.takes_answers

    @property
    def has_texts(self) -> bool:
        return self.kind is not None and self.kind.has_texts

    @property
    def running(self) -> str:
        """The room's state while it runs, where it takes no answers."""
        return self.kind.running if self.kind else Kind.running

    @property
    def gathers(self) -> bool:
        return self.kind is not None and self.kind.gathers

    @property
    def deals(self) -> bool:
        return self.kind is not None and self.kind.deals

    @property
    def in_turn(self) -> bool:
        return self.kind is not None and self.kind.in_turn

    @property
    def takes_votes(self) -> bool:
        return self.kind is not None and self.kind.takes_votes

    @property
    def channel(self) -> bool:
        """Whether phones reach it whatever is on show: from the lobby on, without being started."""
        return self.takes_votes and self.written.channel

    @property
    def asked_once(self) -> bool:
        """Whether it takes answers or has done so."""
        return self.started_once or self.channel

    @property
    def open(self) -> bool:
        """Takes answers now, not counting any grace."""
        return self.takes_answers and (self.stage == RUNNING or (self.stage is None and self.channel))

    @property
    def results_visible(self) -> bool:
        return self.revealed and self.takes_answers and self.stage != CLOSED

    @property
    def shapes(self) -> tuple[str, ...]:
        return self.kind.shapes_of(self.written, running=self.open) if self.kind else ()

    def apply(self, event: events.ActivityEvent) -> None:
        """Apply an event that concerns only this activity."""
        match event:
            case events.ActivityClosed(at=at, grace_until=grace_until):
                self.close(at, grace_until)
            case events.ActivityReopened(at=at):
                self._run(at, Timer(at))
            case events.ClosingSet(at=at, ends_at=ends_at):
                self.timer = self.timer or Timer(at)
                self.timer.end_at(at)
                self.timer.add(ends_at - at, at)
                self.closing = self.takes_answers and ends_at - at <= CLOSING_MS
            case events.ResultsShown():
                self.revealed = True
                self.ask_count += bool(self.kind and self.kind.scored)  # each phone is told its own points
                self.stage = RESULTS if self.stage == CLOSED else self.stage
            case events.ResultsHidden():
                self.revealed = False
                if self.stage == RESULTS:
                    self.stage = CLOSED
            case events.TimerPaused(at=at):
                if self.timer:
                    self.timer.pause(at)
            case events.TimerResumed(at=at):
                if self.timer:
                    self.timer.resume(at)
            case events.TimeAdded(at=at, seconds=seconds):
                if self.timer:
                    self.timer.add(seconds * 1000, at)
                    self.closing = False
            case events.ShapeChosen(shape=shape):
                self.shape, self.page = shape, 0
            case events.CloudDrawn():
                self.clouds.append(event)
            case events.PageTurned(page=page):
                self.page = page
            case events.HoldSet(hold=hold):
                self.hold = hold
            case _:
                assert_never(event)

    def start(self, at: int, length_s: int | None, screening: int) -> None:
        """Start it, also if it has been started before. Without a length it has no end."""
        self.screening = max(self.screening, screening)
        self.started_at, self.started_once = at if self.started_at is None else self.started_at, True
        self._run(at, Timer(at, length_s * 1000 if length_s else None))

    def _run(self, at: int, timer: Timer) -> None:
        self.stage, self.began_at, self.timer = RUNNING, at, timer
        self.clouds.clear()
        self.ask_count += self.deals or self.in_turn  # there was nothing to answer about while it was closed
        self.closing, self.grace_until, self.revealed = False, None, self.written.reveal == "live"

    def close(self, at: int, grace_until: int) -> None:
        self.stop(at)
        self.closing, self.grace_until = False, grace_until
        self.ask_count += 1

    def leave(self, at: int) -> None:
        """The meeting goes on to something else: close it, but for a channel, which stays open."""
        if self.channel:
            self._stop_clock(at)
        elif self.takes_answers and self.kind:
            self.close(at, at + self.kind.grace_ms)
        else:
            self.stop(at)

    def stop(self, at: int) -> None:
        """It no longer runs: add up the time it has taken."""
        self.stage = CLOSED
        self._stop_clock(at)

    def _stop_clock(self, at: int) -> None:
        if self.began_at is not None:
            self.spent_ms += max(0, at - self.began_at)
            self.began_at = None
