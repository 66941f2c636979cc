"""The route through a workshop: every place where the meeting can stand, in order."""

from bisect import bisect_right

from live.activities import KINDS
from live.activities.run import CLOSED, RESULTS, RUNNING
from live.room.position import Stop
from live.room.room import Room
from live.workshop import Activity


def route(room: Room) -> list[Stop]:
    """All stops of `next`, in order. What is optional or on a hidden slide is among them only while it is on show."""
    here = room.stop
    stops = [Stop(0)]
    for number, slide in enumerate(room.workshop.slides, start=1):
        if slide.hidden and here.slide != number:
            continue
        activities = room.on_slide(number)
        shown = (here.slide, here.activity)
        walked = [place for place, one in enumerate(activities) if not one.optional or (number, place) == shown]
        if not activities or any(not one.optional for one in activities) or slide.body.strip() or here.slide == number:
            stops += [Stop(number, -1, stage) for stage in range(slide.steps + 1)]
        for place in walked:
            stops += [Stop(number, place, stage) for stage in _stages(activities[place])]
    return [*stops, Stop(len(room.workshop.slides) + 1)]


def _stages(activity: Activity) -> tuple[int, ...]:
    kind = KINDS.get(activity.kind)
    if kind is None or not kind.takes_answers or activity.channel:
        return (RUNNING,)  # a channel stays open when the meeting goes on
    return (RUNNING, CLOSED) if activity.reveal == "never" else (RUNNING, CLOSED, RESULTS)


def following(room: Room, presses: int = 1) -> Stop | None:
    """The stop that so many presses of `next` would go to; None past the end."""
    stops = route(room)
    place = bisect_right(stops, room.stop) + presses - 1
    return stops[place] if place < len(stops) else None
