"""Rules for running a meeting: slides, timers, results, the end, and questions nobody planned."""

from live.activities import KINDS
from live.activities.state import CLOSED, RUNNING, ActivityState
from live.errors import Refused
from live.events import (
    ActivityReopened,
    ClosingSet,
    Event,
    PageTurned,
    PeopleCounted,
    QuestionAsked,
    ResultsHidden,
    ResultsShown,
    RoomEnded,
    ScreenBlanked,
    ScreenUnblanked,
    ShapeChosen,
    SlideShown,
    TimeAdded,
    TimePlanned,
    TimerPaused,
    TimerResumed,
)
from live.room import Room
from live.rules.commands import Action
from live.rules.navigation import begin, closed
from live.text.normalize import MOST_CHARACTERS, clean, graphemes

MOST_SECONDS = 24 * 3600
MOST_PEOPLE = 100_000


def close_due(room: Room, act: Action, now: int) -> list[Event]:
    """The timer has run out: close at the time it did, however late this is decided."""
    due = room.due()
    if due is None or due > now or room.activity is None:
        return []
    return closed(room, room.activity, due)


def on_show(room: Room) -> ActivityState:
    if room.activity is None:
        raise Refused("no-activity")
    return room.activity


def _timed(room: Room) -> ActivityState:
    state = on_show(room)
    if state.timer is None or state.stage != RUNNING:
        raise Refused("no-timer")
    return state


def go_to(room: Room, act: Action, now: int) -> list[Event]:
    slides = room.workshop.slides
    ids = {slide.id for slide in slides}
    if isinstance(act.slide, int) and 1 <= act.slide <= len(slides):
        return [SlideShown(at=now, slide=slides[act.slide - 1].id)]
    if isinstance(act.slide, str) and act.slide in ids:
        return [SlideShown(at=now, slide=act.slide)]
    raise Refused("no-slide", slides=len(slides))


def start(room: Room, act: Action, now: int) -> list[Event]:
    state = room.activities.get(act.activity or "")
    if state is None or not room.has(state.written.id):
        raise Refused("unknown-activity")
    if state.written.kind == "dots" and not state.written.options:
        raise Refused("no-themes")
    return begin(state.written, now)


def pause(room: Room, act: Action, now: int) -> list[Event]:
    state = _timed(room)
    assert state.timer is not None
    if state.timer.length_ms is None:
        raise Refused("no-timer")
    return [] if state.timer.paused_at is not None else [TimerPaused(at=now, activity=state.written.id)]


def resume(room: Room, act: Action, now: int) -> list[Event]:
    state = _timed(room)
    assert state.timer is not None
    return [] if state.timer.paused_at is None else [TimerResumed(at=now, activity=state.written.id)]


def add_time(room: Room, act: Action, now: int) -> list[Event]:
    return [TimeAdded(at=now, activity=_timed(room).written.id, seconds=_seconds(act))]


def close(room: Room, act: Action, now: int) -> list[Event]:
    state = on_show(room)
    if not state.takes_answers:
        return [ClosingSet(at=now, activity=state.written.id, ends_at=now)]
    return closed(room, state, now) if state.open else []


def close_in(room: Room, act: Action, now: int) -> list[Event]:
    state = on_show(room)
    if state.stage != RUNNING:
        raise Refused("closed")
    return [ClosingSet(at=now, activity=state.written.id, ends_at=now + _seconds(act) * 1000)]


def reopen(room: Room, act: Action, now: int) -> list[Event]:
    """Take answers again; while it is closing, take the closing back."""
    state = on_show(room)
    if not state.takes_answers:
        raise Refused("no-activity")
    return [] if state.open and not state.closing else [ActivityReopened(at=now, activity=state.written.id)]


def reveal(room: Room, act: Action, now: int) -> list[Event]:
    state = _told(room)
    if not state.takes_answers:
        raise Refused("nothing-to-reveal")
    return [] if _is_shown(room, state) else [ResultsShown(at=now, activity=state.written.id)]


def _told(room: Room) -> ActivityState:
    """Whose answers are on show: while they are gathered, those of the activity they were given to."""
    state = on_show(room)
    return (room.source_of(state.written.id) if state.written.kind == "group" else None) or state


def hide(room: Room, act: Action, now: int) -> list[Event]:
    state = _told(room)
    return [ResultsHidden(at=now, activity=state.written.id)] if _is_shown(room, state) else []


def _is_shown(room: Room, state: ActivityState) -> bool:
    """What was revealed while people wrote is out of sight once they have stopped, until it is revealed again."""
    return state.revealed and (state.stage != CLOSED or state is not room.activity)


def blank(room: Room, act: Action, now: int) -> list[Event]:
    return [] if room.blank else [ScreenBlanked(at=now)]


def unblank(room: Room, act: Action, now: int) -> list[Event]:
    return [ScreenUnblanked(at=now)] if room.blank else []


def end(room: Room, act: Action, now: int) -> list[Event]:
    return [] if room.ended else [RoomEnded(at=now)]


def ask(room: Room, act: Action, now: int) -> list[Event]:
    """Needs `id`: the new activity's, made by whoever carries the command here."""
    question = clean((act.question or "")[:MOST_CHARACTERS])
    kind = KINDS.get(act.kind or "")
    if not question:
        raise Refused("empty")
    if graphemes(question) > 500:
        raise Refused("too-long", max=500)
    if kind is None or not kind.takes_answers or act.kind == "scale":
        raise Refused("unsupported", kind=(act.kind or "")[:40])
    options = [clean(text[:MOST_CHARACTERS]) for text in act.options if clean(text[:MOST_CHARACTERS])]
    if act.kind == "choice" and not 2 <= len(options) <= 26:
        raise Refused("bad")
    assert act.id is not None
    number = room.stop_before_end.slide
    return [QuestionAsked(
        at=now, activity=act.id, kind=act.kind or "", question=question,
        slide=room.workshop.slides[number - 1].id if number else None,
        options=options if act.kind == "choice" else [],
    )]  # fmt: skip


def set_people(room: Room, act: Action, now: int) -> list[Event]:
    if act.n is None or not 0 <= act.n <= MOST_PEOPLE:
        raise Refused("bad")
    return [] if act.n == room.people.hall else [PeopleCounted(at=now, people=act.n)]


def show_as(room: Room, act: Action, now: int) -> list[Event]:
    state = on_show(room)
    if act.shape not in state.shapes:
        raise Refused("bad")
    return [ShapeChosen(at=now, activity=state.written.id, shape=act.shape)]


def turn_page(room: Room, act: Action, now: int) -> list[Event]:
    state = on_show(room)
    if act.n is None or not 0 <= act.n <= MOST_PEOPLE:
        raise Refused("bad")
    return [PageTurned(at=now, activity=state.written.id, page=act.n)]


def _seconds(act: Action) -> int:
    if act.seconds is None or not 0 < act.seconds <= MOST_SECONDS:
        raise Refused("bad")
    return act.seconds


def set_time(room: Room, act: Action, now: int) -> list[Event]:
    """How long an activity that has not begun will take."""
    state = room.activities.get(act.activity or "")
    if state is None or not room.has(state.written.id):
        raise Refused("unknown-activity")
    seconds = _seconds(act)
    return [] if state.written.time_s == seconds else [TimePlanned(at=now, activity=state.written.id, seconds=seconds)]
