"""The screen's view: what the big screen in the hall shows."""

from live.activities.run import RUNNING
from live.room import Room
from live.room.participants import most_without_phone
from live.views import board, pictures, pulse, questions
from live.views.phone import shared_view
from live.views.pulse import NO_PULSE, Pulse
from live.views.results import results_as_shown
from live.views.view import Join, Presence, View
from live.views.wifi import DrawnWifi
from live.workshop import markdown


def screen_view(
    room: Room, presence: Presence, join: Join, network: DrawnWifi | None = None, signs: Pulse = NO_PULSE
) -> View:
    state = room.activity
    view = shared_view(room, small=False)
    view["subtitle"] = room.workshop.meta.get("subtitle", "")
    view["blank"] = room.blank
    view["chime"] = room.chime
    view |= pulse.screen(room, signs)
    if room.state == "lobby" and (logo := pictures.logo(room)):
        view["logo"] = logo
    view["join"] = join
    view["wifi"] = None if room.ended else network
    view["counts"] = _counts(room, presence)
    view["steps"] = _steps(room)
    view["shape"] = view["spotlight"] = view["results"] = None
    view["page"] = 0
    if view["slide"] is not None and room.slide is not None:
        slide = room.slide
        shown = room.stop.stage if room.stop.activity == -1 else slide.steps
        view["slide"] |= {
            "big": slide.big,
            "html": markdown.render(slide.body, shown=shown, pictures=pictures.gallery(room)),
            "shown": shown,
            "steps": slide.steps,
        }
    if state is not None and state.takes_answers:
        view["shape"] = state.shape or state.shapes[0]
        view["page"] = state.page
        if state.results_visible:
            view["results"] = results_as_shown(room, state)
    if groups := board.screen(room):
        assert state is not None
        view |= groups
        view["page"] = state.page
    if view["results"] or (groups and view["revealed"]) or _is_asked(room):
        view["spotlight"] = _spotlit(room)
    return view


def _is_asked(room: Room) -> bool:
    """Whether the answer that is to be shown large is a question to the panel, which may stand over anything."""
    answer = room.answer(room.spotlight) if room.spotlight else None
    return answer is not None and room.activities[answer.activity].takes_votes


def _spotlit(room: Room) -> View | None:
    answer = room.answer(room.spotlight) if room.spotlight else None
    shown = room.activities[answer.activity].counted_among([answer.id]) if answer else []
    return questions.spotlit(shown[0]) if shown else None


def _steps(room: Room) -> list[View]:
    return [
        {"id": one.id, "kind": one.kind, "text": one.instruction, "time_s": one.time_s}
        for one in room.on_slide(room.stop.slide)
        if not one.optional
    ]


def _counts(room: Room, presence: Presence) -> View:
    state = room.activity
    activities = room.activities.values()
    writing = state is not None and state.stage == RUNNING and state.has_texts
    counts = {
        "phones": presence.phones,
        "people": max(presence.people + most_without_phone(activities), room.people.people_so_far(activities)),
        "hall": room.people.hall,
        "typing": presence.typing if writing else 0,
    }
    if state is None or not state.takes_answers:
        return counts | {"answers": 0, "answered": 0, "answered_people": 0, "late": 0, "largest": 0}
    return counts | {
        "answers": state.turnout.received,
        "answered": room.people.phones_behind(state),
        "answered_people": room.people.people_behind(state),
        "late": state.late,
        "largest": max(state.turnout.senders.values(), default=0),
    }
