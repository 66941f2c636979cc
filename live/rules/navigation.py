"""Rules for `next` and `back`: each is one step along the route of stops (live/room/route.py)."""

from bisect import bisect_left

from live import events
from live.activities import KINDS
from live.activities.run import CLOSED, RUNNING
from live.activities.state import ActivityState
from live.errors import Refused
from live.events import Event
from live.room import Room, Stop
from live.room.route import following, route
from live.text.screening import SCREENING
from live.workshop import Activity


def go_on(room: Room, now: int) -> list[Event]:
    target = following(room)
    if target is None:
        raise Refused("ended")
    if target.activity == -1:
        return _show(room, target, now)
    written = room.on_slide(target.slide)[target.activity]
    if target.stage == RUNNING:
        return start_events(room, written, now)
    if target.stage == CLOSED:
        return close_events(room, room.activities[written.id], now)
    return [events.ResultsShown(at=now, activity=written.id)]


def go_back(room: Room, now: int) -> list[Event]:
    if room.ended:  # it may have been ended by mistake, in the middle of the meeting
        return _return(room, room.stop_before_end, now)
    stops, here = route(room), room.stop
    place = bisect_left(stops, here) - 1
    if place < 0:
        return []
    target = stops[place]
    if target.activity == -1:
        return _show(room, target, now)
    written = room.on_slide(target.slide)[target.activity]
    state = room.activities[written.id]
    if (here.slide, here.activity) != (target.slide, target.activity):
        if state.stage is None:  # never started, because it was jumped over: go back to the slide
            return _show(room, Stop(target.slide, -1, room.workshop.slides[target.slide - 1].steps), now)
        return [events.ActivityReturned(at=now, activity=written.id)]
    if target.stage == CLOSED:
        return [events.ResultsHidden(at=now, activity=written.id)]
    return [events.ActivityReopened(at=now, activity=written.id)]


def _return(room: Room, stop: Stop, now: int) -> list[Event]:
    if stop.activity == -1:
        return _show(room, stop, now)
    return [events.ActivityReturned(at=now, activity=room.on_slide(stop.slide)[stop.activity].id)]


def _show(room: Room, stop: Stop, now: int) -> list[Event]:
    if stop.slide == 0:
        return [events.LobbyShown(at=now)]
    if stop.slide > len(room.workshop.slides):
        return [events.RoomEnded(at=now)]
    return [events.SlideShown(at=now, slide=room.workshop.slides[stop.slide - 1].id, shown=stop.stage)]


def start_events(room: Room, written: Activity, now: int) -> list[Event]:
    if written.kind not in KINDS:
        raise Refused("unsupported", kind=written.kind)
    return [events.ActivityStarted(
        at=now, activity=written.id, length_s=written.time_s, screening=SCREENING, cards=cards(room, written),
    )]  # fmt: skip


def cards(room: Room, written: Activity) -> list[str]:
    """The answers that people weigh in *written*, once it is started; none where nothing is dealt in it."""
    state, source = room.activities.get(written.id), room.source_of(written.id)
    if state is None or source is None or not state.deals:
        return []
    return [answer.id for answer in source.counted_among() if answer.text]


def close_events(room: Room, state: ActivityState, now: int) -> list[Event]:
    assert state.kind is not None
    return [events.ActivityClosed(at=now, activity=state.written.id, grace_until=now + state.kind.grace_ms)]
