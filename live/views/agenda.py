"""The agenda in a console's view: how far behind its plan the meeting is, and the timed activities still to come."""

from typing import Any

from live.room import Room


def agenda(room: Room) -> dict[str, Any]:
    """
    `behind_s`: seconds that timed activities took more than planned, minus those they took less; without the one that
    is running. `coming`: timed activities that have not begun, in order, each `activity kind time_s`. `untimed` of
    `slides` have nothing with a time on them, so that the plan does not say how long they take; slides that are passed
    by are in neither.
    """
    behind_ms = slides = untimed = 0
    coming = []
    here = room.stop
    for number, slide in enumerate(room.workshop.slides, start=1):
        if slide.hidden and number != here.slide:
            continue
        activities = room.on_slide(number)
        walked = [one for one in activities if not one.optional]
        if walked or not activities:
            slides += 1
            untimed += not any(one.time_s for one in walked)
        for place, written in enumerate(activities):
            if not written.time_s:
                continue
            state = room.activities[written.id]
            if state.began_at is None and state.spent_ms:
                behind_ms += state.spent_ms - written.time_s * 1000
            elif not state.started_once and not written.optional and (number, place) > (here.slide, here.activity):
                coming.append({"activity": written.id, "kind": written.kind, "time_s": written.time_s})
    return {"behind_s": round(behind_ms / 1000), "coming": coming, "slides": slides, "untimed": untimed}
