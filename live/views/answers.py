"""Single answers: as the phone that sent them sees them, and as rows for the facilitator."""

from msgspec.structs import replace

from live.activities.kind import Answer
from live.activities.state import ActivityState
from live.room import Room
from live.room.questions import answer_as_text
from live.views.view import View


def phone_answers(room: Room, phone: str, activity: str | None = None, newest: int = 20) -> tuple[list[View], int]:
    """
    The answers of one phone to *activity* (None: the one on show), oldest first, only the *newest*; and how many.

    After the end of the meeting, without an activity: its answers to all activities, each as a text.
    """
    if room.ended and not activity:
        every = [(state, id) for state in room.activities.values() for id in state.by_phone.get(phone, ())]
        return [own_view_as_text(state, state.answers[id]) for state, id in every[-newest:]], len(every)
    state = room.activities.get(activity) if activity else room.activity
    if state is None:
        return [], 0
    ids = state.by_phone.get(phone, [])
    return [own_view(state, state.answers[id]) for id in ids[-newest:]], len(ids)


def own_view(state: ActivityState, answer: Answer) -> View:
    """
    An answer as the phone that sent it sees it. `freed` is how much of its value no longer stands, because options were
    merged or removed; it is left out where that is nothing.
    """
    view: View = {"id": answer.id, "rev": answer.rev, "status": status(answer)}
    if answer.hidden is not None:
        view |= {"status": "withheld", "reason": answer.hidden}
    if answer.value is not None:
        view["value"] = state.kind.standing(state.written, answer.value) if state.kind else answer.value
        if isinstance(answer.value, list | dict) and (freed := len(answer.value) - len(view["value"])):
            view["freed"] = freed
    else:
        view["text"] = answer.sent or ""  # whoever sent it may see and change all of it
    return view


def own_view_as_text(state: ActivityState, answer: Answer) -> View:
    """As `own_view`, but always as a text: for a phone that does not have the options of the activity."""
    view = own_view(state, answer)
    for name in ("value", "freed"):
        view.pop(name, None)
    return view | {"text": answer_as_text(state, replace(answer, text=answer.sent))}


def status(answer: Answer) -> str:
    return "late" if answer.late else "held" if answer.held else "saved"


def answer_rows(room: Room, *, after: int, limit: int) -> list[View]:
    """Answers to all activities in order of arrival, those whose position is after *after*."""
    every = (
        answer
        for state in room.activities.values()
        for answer in state.answers.values()
        if answer.position > after
    )  # fmt: skip
    return [
        row(room, answer) | {"activity": answer.activity, "position": answer.position}
        for answer in sorted(every, key=lambda answer: answer.position)[:limit]
    ]


def row(room: Room, answer: Answer) -> View:
    """`told` is what was chosen, in words; empty where the answer is a text alone."""
    return {
        "id": answer.id, "alias": room.people.alias(answer.phone), "text": answer.text, "value": answer.value,
        "told": "" if answer.value is None else answer_as_text(room.activities[answer.activity], answer, " · "),
        "heads": answer.heads, "via": answer.via, "hidden": answer.hidden, "held": answer.held, "late": answer.late,
        "redacted": answer.redacted, "at": answer.at, "rev": answer.rev, "flags": answer.flags,
        "waits": answer.id in room.activities[answer.activity].waiting, "masked": answer.original is not None,
        "marks": [[one.start, one.end, one.flag] for one in answer.marks], "muted": answer.phone in room.people.muted,
        "takes": room.activity.senders.get(answer.phone, 0) if room.activity and answer.phone else 0,
    }  # fmt: skip
