"""The phone's view: the same for every phone in the room. Hidden results are never in it."""

from live.activities import KINDS
from live.activities.run import RUNNING
from live.i18n import dates
from live.i18n.catalogs import translator
from live.room import Room
from live.room.questions import said
from live.views import board, expectations, pictures, pulse, questions
from live.views.phone_results import phone_results
from live.views.view import View, title
from live.workshop import Activity

# Phones show the pictures of a question while it is asked; the results stand on the screen.
WITH_PICTURES = ("idle", "talk", "grouping", "write", "closing")


def phone_view(room: Room) -> View:
    """The same for every phone in the room."""
    view = shared_view(room)
    if room.state not in WITH_PICTURES:
        view.pop("pictures", None)
    return view | phone_results(room, view) | pulse.phone(room)


def shared_view(room: Room, *, small: bool = True) -> View:
    """What phones, screens and consoles are all shown; *small*: with pictures in the size for phones."""
    workshop = room.workshop
    view: View = {
        "state": room.state,
        "title": title(room),
        "organisation": workshop.meta.get("organisation", ""),
        "purpose": workshop.meta.get("purpose", ""),
        "contact": workshop.meta.get("contact", ""),
        "owner": workshop.meta.get("owner", ""),
        "report_by": dates.localized(workshop.meta.get("report-by", ""), workshop.language),
        "expect": expectations.sentences(workshop) if room.state == "lobby" else "",
        "language": workshop.language,
        "slide": _slide(room),
        "delete_at": room.delete_at,
        **({"names": room.asks_names} if room.asks_names else {}),
        **_activity(room, small),
    }
    view |= questions.shared(room)
    return view | board.phone(room, view)


def _activity(room: Room, small: bool) -> View:
    state = room.activity
    written = state.written if state else room.waiting()
    timer = state.timer if state and state.stage == RUNNING else None
    view: View = {
        "question": "",
        "instruction": written.instruction if written else "",
        "activity": written.id if written else None,
        "kind": written.kind if written else None,
        "writes": "",
        "deadline": timer.deadline if timer else None,
        "paused_ms": timer.left_when_paused if timer else None,
        "length_ms": timer.length_ms if timer else None,
        "started_at": timer.started_at if timer else None,
        "grace_until": state.grace_until if state and state.stage != RUNNING else None,
        "revealed": _revealed(room),
        "ask": state.ask_count if state else 0,
    }
    if written is None:
        return view
    n = room.slide_of(written.id)
    view["question"] = written.question or room.workshop.slides[n - 1].title
    if written.channel and not written.question and written.instruction:  # it has nothing to do with its slide
        view |= {"question": written.instruction, "instruction": ""}
    view["max"] = written.max
    view["many"] = written.many
    if kind := KINDS.get(written.kind):
        view["writes"] = kind.writes
        view |= kind.view(written, _after(room, written))
    view |= pictures.of_activity(room, written, small=small)
    view |= pictures.film_of(room, written, small=small)
    for key in view.keys() & {"options", "items"}:
        view[key] = pictures.without_names(view[key])
    if "picks" in view:
        view["picks"] = translator(room.workshop.language)(view["picks"]).replace("{of}", str(view["pick"]))
    if "says" in view:
        view["says"] = said(view["says"], room.workshop.language)
    return view


def _revealed(room: Room) -> bool:
    """Whether the answers on show are revealed; while some are gathered, these."""
    state = room.activity
    if room.state == "grouping" and state is not None:
        source = room.source_of(state.written.id)
        return bool(source and source.revealed)
    return bool(state and state.results_visible)


def _after(room: Room, written: Activity) -> Activity | None:
    """The activity after *written* on its slide."""
    on_slide = [one for one in room.on_slide(room.slide_of(written.id)) if not one.optional or one is written]
    place = on_slide.index(written) + 1 if written in on_slide else len(on_slide)
    return on_slide[place] if place < len(on_slide) else None


def _slide(room: Room) -> View | None:
    slide = room.slide
    if slide is None:
        return None
    return {"n": room.stop.slide, "of": len(room.workshop.slides), "id": slide.id, "title": slide.title}
