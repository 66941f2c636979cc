"""
What each face is shown of a room: whole, small, and never more than that face may see.

Fields and their meaning stand in docs/views.md. Notes are the console's alone; hidden results are in no other view.
"""

from itertools import islice
from typing import Any, NamedTuple

from msgspec import Struct

from live import agenda, boards, dates, expectations, undo, voices
from live.activities import KINDS
from live.activities.choice import Choice
from live.activities.kind import Answer, number
from live.activities.scale import ends
from live.activities.state import RUNNING, ActivityState
from live.room import Room
from live.room.questions import as_text
from live.room.route import following
from live.rules import followup
from live.rules.rehearsal import back_to_lobby
from live.text import lemmas
from live.workshop import Activity, markdown

FIRST_CARDS = 60
MOST_CARDS_BYTES, MOST_WORDS_BYTES = 32_000, 16_000  # so that no screen's view is past 64 KiB
NEWEST_ANSWERS = 30
MOST_LOOKED_AT = 30  # flagged answers in one console view

View = dict[str, Any]


class Presence(NamedTuple):
    """Who is here now. `people` counts those who share a phone, `typing` the phones with something not yet sent."""

    phones: int = 0
    people: int = 0
    typing: int = 0


class Join(Struct, frozen=True):
    """How people get in: what the screen prints and draws. `qr` is an SVG path of `qr_size` modules each way."""

    url: str
    host: str
    code: str
    open_to_phones: bool = True
    qr: str = ""
    qr_size: int = 0


def phone_view(room: Room) -> View:
    """The same for every phone in the room."""
    workshop = room.workshop
    view: View = {
        "state": room.state,
        "title": workshop.title,
        "organisation": workshop.meta.get("organisation", ""),
        "purpose": workshop.meta.get("purpose", ""),
        "contact": workshop.meta.get("contact", ""),
        "owner": workshop.meta.get("owner", ""),
        "report_by": dates.told(workshop.meta.get("report-by", ""), workshop.language),
        "expect": expectations.told(workshop) if room.state == "lobby" else "",
        "language": workshop.language,
        "slide": _slide(room),
        "delete_at": room.delete_at,
        **_activity(room),
    }
    return view | boards.phone(room, view)


def screen_view(room: Room, presence: Presence, join: Join) -> View:
    state = room.activity
    view = phone_view(room)
    view["subtitle"] = room.workshop.meta.get("subtitle", "")
    view["blank"] = room.blank
    view["join"] = join
    view["counts"] = _counts(room, presence)
    view["steps"] = _steps(room)
    view["shape"] = view["spotlight"] = view["results"] = None
    view["page"] = 0
    if view["slide"] is not None and room.slide is not None:
        slide = room.slide
        shown = room.stop.part if room.stop.activity == -1 else slide.steps
        view["slide"] |= {
            "big": slide.big,
            "html": markdown.render(slide.body, shown=shown),
            "shown": shown,
            "steps": slide.steps,
        }
    if state is not None and state.takes_answers:
        view["shape"] = state.shape or state.shapes[0]
        view["page"] = state.page
        if state.results_visible:
            view["results"] = _as_shaped(room, state)
            view["spotlight"] = _spotlit(room)
    if groups := boards.screen(room):
        assert state is not None
        view |= groups
        view["page"] = state.page
        if view["revealed"]:
            view["spotlight"] = _spotlit(room)
    return view


def _spotlit(room: Room) -> View | None:
    answer = room.answer(room.spotlight) if room.spotlight else None
    return {"id": answer.id, "text": answer.text or ""} if answer and answer.counted else None


def console_view(room: Room, presence: Presence, join: Join, *, warnings: list[str]) -> View:
    state = room.activity
    view = screen_view(room, presence, join)
    view.pop("groups", None)  # the board tells them
    writing = state and state.part == RUNNING and state.written.kind in ("open", "words")
    view["counts"]["typing"] = presence.typing if writing else 0
    if view["slide"] is not None and room.slide is not None:
        view["slide"]["notes"] = room.slide.notes
    if state is not None and state.takes_answers and view["results"] is None:
        view["hidden_results"] = _as_shaped(room, state)
    if state is not None:
        voices.add_forms(state.tally, view["results"] or view.get("hidden_results"))
    view |= {
        "position": room.position,
        "step": room.step,
        "workshop_version": room.workshop_version,
        "last": undo.show(room),
        "links": room.links.changes,
        "comments": {"waiting": len(room.comments.waiting), "changes": room.comments.changes},
        "next": _next(room),
        "started_at": room.left_lobby_at,
        "agenda": agenda.agenda(room),
        "revealed": view["revealed"],
        "board": boards.console(room),
        "words_undo": voices.words_undo(state),
        "activities": [_on_slide(room, written) for written in room.on_slide(room.stop.slide)],
        "answers": [_row(room, answer) for answer in _newest(state)],
        "answers_total": len(state.answers) if state else 0,
        "held": state.withheld if state else 0,
        "hold": bool(state and state.hold),
        "flagged": len(state.flagged) if state else 0,
        "look": [_row(room, state.answers[id]) for id in islice(state.flagged, MOST_LOOKED_AT)] if state else [],
        "warnings": [*warnings, *_missing(room)],
        "door": {
            "closed": room.people.door_closed_at is not None,
            "muted": len(room.people.muted),
            "undo": room.people.newcomers_since is not None,
        },
        "followup": followup.console(room),
        "rehearsal": _rehearsal(room),
        "older": None if room.lost is None else {"lost": room.lost, "collected": room.collected},
    }
    return view


def slides(room: Room) -> list[View]:
    """The whole workshop in short: what a facilitator can jump to."""
    return [
        {
            "n": n,
            "id": slide.id,
            "title": slide.title,
            "steps": slide.steps,
            "activities": [
                {"id": one.id, "kind": one.kind, "optional": one.optional, "question": one.question}
                for one in room.on_slide(n)
            ],
        }
        for n, slide in enumerate(room.workshop.slides, start=1)
    ]


def results(state: ActivityState) -> View:
    """What the answers add up to; a screen pages through further cards by itself."""
    shown: View = {"shapes": list(state.shapes), "cards": [], "cards_total": 0}
    if "wall" in state.shapes:
        shown["cards"] = _fitting(cards(state, 0, FIRST_CARDS), MOST_CARDS_BYTES)
        shown["cards_total"] = state.counted
    if state.tally is not None:
        shown |= state.tally.show()
    if "words" in shown:
        shown["words"] = _fitting(shown["words"], MOST_WORDS_BYTES)
    shown["counted"] = "people" if state.written.attrs.get("count") == "people" else "phones"
    return shown


def _as_shaped(room: Room, state: ActivityState) -> View:
    """The same; where quiet voices are on show, the cards are theirs alone."""
    told = results(state)
    if state.shape == "quiet":
        found = voices.quiet(room, state)
        told["cards"] = _fitting([voices.card(answer) for answer in found[:FIRST_CARDS]], MOST_CARDS_BYTES)
        told["cards_total"] = len(found)
    return told


def _fitting(texts: list[View], most_bytes: int) -> list[View]:
    """As many of *texts* as stay within *most_bytes*; always the first."""
    size = 0
    for place, one in enumerate(texts):
        size += len(one["text"].encode()) + 60
        if size > most_bytes and place:
            return texts[:place]
    return texts


def cards(state: ActivityState, offset: int, limit: int) -> list[View]:
    return [voices.card(answer) for answer in state.cards(offset, limit)]


def mine(room: Room, phone: str, activity: str | None = None, newest: int = 20) -> tuple[list[View], int]:
    """
    One phone's answers to *activity* (that on show when None), oldest first, at most the newest 20; and how many.

    When the meeting is over and no activity is named, its answers to every activity, each as a text.
    """
    if room.ended and not activity:
        given = [(state, id) for state in room.activities.values() for id in state.by_phone.get(phone, ())]
        return [told(state, state.answers[id]) for state, id in given[-newest:]], len(given)
    state = room.activities.get(activity) if activity else room.activity
    if state is None:
        return [], 0
    ids = state.by_phone.get(phone, [])
    return [own(state.answers[id]) for id in ids[-newest:]], len(ids)


def own(answer: Answer) -> View:
    """An answer as the phone that gave it sees it."""
    view: View = {"id": answer.id, "rev": answer.rev, "status": status(answer)}
    if answer.hidden is not None:
        view |= {"status": "withheld", "reason": answer.hidden}
    if answer.value is not None:
        view["value"] = answer.value
    else:
        view["text"] = answer.text or ""
    return view


def told(state: ActivityState, answer: Answer) -> View:
    """As `own`, where the options are not at hand."""
    view = own(answer)
    view.pop("value", None)
    return view | {"text": as_text(state, answer)}


def status(answer: Answer) -> str:
    return "late" if answer.late else "held" if answer.held else "saved"


def answer_rows(room: Room, *, after: int, limit: int) -> list[View]:
    """Answers of every activity in order of arrival, those past position *after*."""
    every = (
        answer
        for state in room.activities.values()
        for answer in state.answers.values()
        if answer.position > after
    )  # fmt: skip
    return [
        _row(room, answer) | {"activity": answer.activity, "position": answer.position}
        for answer in sorted(every, key=lambda answer: answer.position)[:limit]
    ]


def _activity(room: Room) -> View:
    state = room.activity
    written = state.written if state else room.waiting()
    timer = state.timer if state and state.part == RUNNING else None
    view: View = {
        "question": "",
        "instruction": written.instruction if written else "",
        "activity": written.id if written else None,
        "kind": written.kind if written else None,
        "deadline": timer.deadline if timer else None,
        "paused_ms": timer.left_when_paused if timer else None,
        "length_ms": timer.length_ms if timer else None,
        "started_at": timer.started_at if timer else None,
        "grace_until": state.grace_until if state and state.part != RUNNING else None,
        "revealed": _revealed(room),
        "ask": state.asks if state else 0,
    }
    if written is None:
        return view
    n = room.slide_of(written.id)
    view["question"] = written.question or room.workshop.slides[n - 1].title
    view["max"] = written.max
    view["many"] = written.many
    if written.kind == "pair":
        view["turns"] = number(written.attrs, "turns", 1)
        view["gate"] = written.attrs.get("gate", "talk")
        view["next_instruction"] = _after(room, written)
    if isinstance(chooser := KINDS.get(written.kind), Choice):
        view["options"] = written.options
        view["pick"] = chooser.most(written)
        view["shuffle"] = bool(written.attrs.get("shuffle"))
    if written.kind == "scale":
        view["items"] = written.options
        view["low"], view["high"] = ends(written)
        view["labels"] = [label.strip() for label in str(written.attrs.get("labels", "")).split("|") if label.strip()]
    return view


def _revealed(room: Room) -> bool:
    """Whether answers are shown; while they are gathered, those that are gathered."""
    state = room.activity
    if room.state == "grouping" and state is not None:
        source = room.gathered(state.written.id)
        return bool(source and source.revealed)
    return bool(state and state.results_visible)


def _after(room: Room, written: Activity) -> str:
    """The instruction of what comes after a talk, so that people know what they are talking towards."""
    on_slide = [one for one in room.on_slide(room.slide_of(written.id)) if not one.optional or one is written]
    place = on_slide.index(written) + 1 if written in on_slide else len(on_slide)
    return on_slide[place].instruction if place < len(on_slide) else ""


def _slide(room: Room) -> View | None:
    slide = room.slide
    if slide is None:
        return None
    return {"n": room.stop.slide, "of": len(room.workshop.slides), "id": slide.id, "title": slide.title}


def _steps(room: Room) -> list[View]:
    return [
        {"id": one.id, "kind": one.kind, "text": one.instruction, "time_s": one.time_s}
        for one in room.on_slide(room.stop.slide)
        if not one.optional
    ]


def _counts(room: Room, presence: Presence) -> View:
    state = room.activity
    counts = {"phones": presence.phones, "people": presence.people, "hall": room.people.hall}
    if state is None or not state.takes_answers:
        return counts | {"answers": 0, "answered": 0, "answered_people": 0, "late": 0, "largest": 0}
    return counts | {
        "answers": state.counted,
        "answered": len(state.givers),
        "answered_people": room.people.behind(state),
        "late": state.late,
        "largest": max(state.givers.values(), default=0),
    }


def _next(room: Room) -> View | None:
    stop = following(room)
    if stop is None:
        return None
    if not 0 < stop.slide <= len(room.workshop.slides):
        return {"state": "ended", "slide": None, "title": "", "activity": None, "kind": None, "instruction": ""}
    slide = room.workshop.slides[stop.slide - 1]
    told: View = {"state": "slide", "slide": stop.slide, "title": slide.title, "part": stop.part}
    if stop.activity == -1:
        return told | {"activity": None, "kind": None, "instruction": ""}
    written = room.on_slide(stop.slide)[stop.activity]
    takes_answers = room.activities[written.id].takes_answers
    runs = "grouping" if written.kind == "group" else "talk"
    state = ("write", "closed", "results")[stop.part] if takes_answers else runs
    return told | {"state": state, "activity": written.id, "kind": written.kind, "instruction": written.instruction}


def _on_slide(room: Room, written: Activity) -> View:
    state = room.activities[written.id]
    word = "waiting"
    if state.part is not None and state.takes_answers:
        word = ("write", "closed", "results")[state.part]
    elif state.part is not None:
        word = "talk" if room.activity is state else "done"
    return {
        "id": written.id, "kind": written.kind, "optional": written.optional, "slide": room.slide_of(written.id),
        "question": written.question, "instruction": written.instruction, "state": word, "answers": len(state.answers),
    }  # fmt: skip


def _newest(state: ActivityState | None) -> list[Answer]:
    return list(islice(reversed(state.answers.values()), NEWEST_ANSWERS)) if state else []


def _row(room: Room, answer: Answer) -> View:
    return {
        "id": answer.id, "alias": room.people.alias(answer.phone), "text": answer.text, "value": answer.value,
        "heads": answer.heads, "via": answer.via, "hidden": answer.hidden, "held": answer.held, "late": answer.late,
        "redacted": answer.redacted, "at": answer.at, "rev": answer.rev, "flags": answer.flags,
        "muted": answer.phone in room.people.muted,
    }  # fmt: skip


def _rehearsal(room: Room) -> View | None:
    """It runs until `until`, or until it is stopped; what was done in it stays until it is cleared."""
    if room.rehearsal is None:
        return None
    return {
        "phones": room.rehearsal.phones, "until": room.rehearsal.until, "stopped": room.rehearsal.stopped,
        "answers": len(room.rehearsed), "to_lobby": back_to_lobby(room),
    }  # fmt: skip


def _missing(room: Room) -> list[str]:
    """What the seminar says makes such meetings fail, and words that this server counts in another way than others."""
    told = expectations.missing(room.workshop)
    return [*told, "words-differ"] if room.words_by not in ("", lemmas.method()) else told
