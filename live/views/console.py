"""
The console's view: the screen's view and all that only the facilitator sees, such as notes and hidden results.

docs/views.md explains the fields.
"""

from itertools import islice

from live.activities.kind import Answer
from live.activities.state import ActivityState
from live.i18n import dates
from live.room import Room
from live.room.position import Stop
from live.room.route import following
from live.rules.rehearsal import back_to_lobby
from live.text import lemmas
from live.views import agenda, board, expectations, followup, pulse, questions, undo, wifi, word_answers
from live.views.answers import row, to_weigh
from live.views.pulse import NO_PULSE, Pulse
from live.views.results import add_drawn, results_as_shown
from live.views.screen import screen_view
from live.views.view import Join, Presence, View
from live.views.wifi import DrawnWifi
from live.workshop import Activity

NEWEST_ANSWERS = 30
MOST_LOOKED_AT = 30  # flagged answers in one console view


def console_view(
    room: Room, presence: Presence, join: Join, *, warnings: list[str], network: DrawnWifi | None = None,
    signs: Pulse = NO_PULSE,
) -> View:  # fmt: skip
    state = room.activity
    view = screen_view(room, presence, join, signs=signs)
    view.pop("groups", None)  # "board" has them
    if view["slide"] is not None and room.slide is not None:
        view["slide"]["notes"] = room.slide.notes
    if state is not None and state.deals and state.open:
        view["weigh"] = to_weigh(room, state)
    if state is not None:
        _show_results(room, state, view)
    view |= {
        "position": room.position,
        "step": room.step,
        "workshop_version": room.workshop_version,
        "last": undo.show(room),
        "links": room.links.changes,
        "comments": {"waiting": len(room.comments.waiting), "changes": room.comments.changes},
        "next": _stop(room, following(room)),
        "after": _stop(room, following(room, presses=2)),
        "started_at": room.left_lobby_at,
        "agenda": agenda.agenda(room),
        "board": board.console(room),
        "words_undo": word_answers.words_undo(state),
        "activities": [_on_slide(room, written) for written in room.on_slide(room.stop.slide)],
        "answers": [row(room, answer) for answer in _newest(state)],
        "answers_total": len(state.answers) if state else 0,
        "held": state.withheld if state else 0,
        "hold": bool(state and state.hold),
        "flagged": len(state.flagged) if state else 0,
        "waiting": len(state.waiting) if state else 0,
        "look": [row(room, state.answers[id]) for id in islice(state.flagged, MOST_LOOKED_AT)] if state else [],
        "warnings": [*warnings, *_missing(room)],
        "frozen": presence.frozen,
        **pulse.console(room, signs, presence.phones),
        "soundless": presence.soundless,
        "wifi": wifi.for_console(None if room.ended else network),
        "door": {
            "closed": room.people.door_closed_at is not None,
            "muted": len(room.people.muted),
            "undo": room.people.newcomers_since is not None,
        },
        "followup": followup.console(room),
        "rehearsal": _rehearsal(room),
        "clearing": {
            "answers": room.real_answers,
            "archive": bool(room.archive_of),
            "archives": [
                {"code": one.code, "when": dates.moment(one.at, room.workshop.language), "answers": one.answers}
                for one in room.archives
            ],
        },
        **questions.console(room),
        "older": None if room.lost is None else {"lost": room.lost, "collected": room.resent},
    }
    return view


def _show_results(room: Room, state: ActivityState, view: View) -> None:
    if state.takes_answers and view["results"] is None:
        view["hidden_results"] = results_as_shown(room, state, all=True)
    elif state.open and state.kind and state.kind.later:
        view["results"] = results_as_shown(room, state, all=True)
    word_answers.add_forms(state.tally, view["results"] or view.get("hidden_results"))
    if view["results"] and view["shape"] == "cloud":
        add_drawn(state, view["results"])


def slides(room: Room) -> list[View]:
    """The whole workshop in short: the slides to which a facilitator can jump."""
    return [
        {
            "n": n,
            "id": slide.id,
            "title": slide.title,
            "steps": slide.steps,
            "hidden": slide.hidden,
            "activities": [
                {"id": one.id, "kind": one.kind, "optional": one.optional, "question": one.question}
                for one in room.on_slide(n)
            ],
        }
        for n, slide in enumerate(room.workshop.slides, start=1)
    ]


def _stop(room: Room, stop: Stop | None) -> View | None:
    """Where the meeting would stand at *stop*; None past the end."""
    if stop is None:
        return None
    if not 0 < stop.slide <= len(room.workshop.slides):
        return {"state": "ended", "slide": None, "title": "", "activity": None, "kind": None, "instruction": ""}
    slide = room.workshop.slides[stop.slide - 1]
    view: View = {"state": "slide", "slide": stop.slide, "title": slide.title, "part": stop.stage}
    if stop.activity == -1:
        return view | {"activity": None, "kind": None, "instruction": ""}
    written = room.on_slide(stop.slide)[stop.activity]
    coming = room.activities[written.id]
    state = ("write", "closed", "results")[stop.stage] if coming.takes_answers else coming.running
    return view | {"state": state, "activity": written.id, "kind": written.kind, "instruction": written.instruction}


def _on_slide(room: Room, written: Activity) -> View:
    state = room.activities[written.id]
    word = "waiting"
    if state.stage is not None and state.takes_answers:
        word = ("write", "closed", "results")[state.stage]
    elif state.stage is not None:
        word = "talk" if room.activity is state else "done"
    return {
        "id": written.id, "kind": written.kind, "optional": written.optional, "slide": room.slide_of(written.id),
        "question": written.question, "instruction": written.instruction, "state": word, "answers": len(state.answers),
        "takes_answers": state.takes_answers, "time_s": written.time_s, "reveal": written.reveal,
    }  # fmt: skip


def _newest(state: ActivityState | None) -> list[Answer]:
    return list(islice(reversed(state.answers.values()), NEWEST_ANSWERS)) if state else []


def _rehearsal(room: Room) -> View | None:
    """The rehearsal: it runs until `until` or until it is stopped; its answers stay until it is cleared."""
    if room.rehearsal is None:
        return None
    return {
        "phones": room.rehearsal.phones, "until": room.rehearsal.until, "stopped": room.rehearsal.stopped,
        "answers": len(room.rehearsed), "to_lobby": back_to_lobby(room),
    }  # fmt: skip


def _missing(room: Room) -> list[str]:
    """Warnings: what is missing in the front matter, and that this server would merge words in another way."""
    warnings = expectations.missing(room.workshop)
    return [*warnings, "words-differ"] if room.words_by not in ("", lemmas.method()) else warnings
