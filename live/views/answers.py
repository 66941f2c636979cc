"""
Single answers: as the phone that sent them sees them, all of them or some, as those who weigh them see them, and as
rows for the facilitator.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from live.activities.kind import Answer, ScoredTally
from live.activities.state import ActivityState
from live.events import Value
from live.i18n.catalogs import translator
from live.room import Room
from live.room.questions import answer_as_text, question_of
from live.room.scores import END, OFF
from live.views.view import View

MOST_ROW = 600  # characters of what was chosen, in a row
MOST_TOLD = 60  # characters of a card in the list of one's own answers


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
    own = [own_view(state, state.answers[id]) | _told(room, state, id) for id in ids[-newest:]]
    if own and (score := own_score(room, state, phone)):
        own[-1]["score"] = score
    return own, len(ids)


def own_score(room: Room, state: ActivityState, phone: str) -> str:
    """
    What the answer of *phone* gave, and where it stands, in words: told to this phone alone, once the results are
    shown. Empty where there are no points.
    """
    told = state.kind is not None and state.kind.scored and state.results_visible and not state.open
    standing = room.scores.table(room.position).by_phone.get(phone) if told else None
    if standing is None or not isinstance(state.tally, ScoredTally):
        return ""
    _ = translator(room.workshop.language)
    given = state.tally.points.get(phone, 0)
    said = [_("Right: {n} points.").format(n=given) if given else _("Not right.")]
    if room.scores.setting("board", END) != OFF:
        place = _("You have {n} points, place {place} of {of}.")
        players = len(room.scores.table(room.position).standings)
        said.append(place.format(n=standing.points, place=standing.place, of=players))
    if team := room.scores.team_of(phone):
        said.append(_("Team: {team}").format(team=team))
    return " ".join(said)


def dealt(room: Room, phone: str) -> View:
    """
    `deal`: what *phone* is to answer about now, each with `id` and `text`: cards that it is to weigh, or options that
    it is to compare. Empty where there is nothing for it; left out where all phones answer about the same. Without a
    phone, as in a preview, something as it could be. Who wrote a card is not told.
    """
    state = room.activity
    if state is None:
        return {}
    if state.in_turn:
        texts = {option.id: option.text for option in state.written.options}
        return {"deal": [{"id": id, "text": texts[id]} for id in _next_options(state, phone)] if state.open else []}
    if not state.deals:
        return {}
    table = room.dealing.table(state.written.id) if state.open else None
    if table is None:
        return {"deal": []}
    ids = table.in_front(phone) if phone else [option.id for option in state.written.options[: table.at_once]]
    return {"deal": [{"id": one.id, "text": one.text or ""} for one in table.source.counted_among(ids)]}


def _next_options(state: ActivityState, phone: str) -> Sequence[str]:
    """Where each phone gets options one after the other: its next two, of which it may be asked about one at a time."""
    sent = state.by_phone.get(phone, ())
    if state.turns.pairs is not None:
        return (state.turns.pairs.before(phone) or ()) if len(sent) < state.written.many else ()
    if state.kind is None or state.tally is None:
        return ()
    voted = {option for id in sent if isinstance(value := state.answers[id].value, dict) for option in value}
    return state.kind.next_for(state.written, state.tally, phone, voted)[:2]


def to_weigh(room: Room, state: ActivityState) -> list[View]:
    """What somebody without a phone may be asked to weigh: the cards that the fewest have seen."""
    table = room.dealing.table(state.written.id)
    found = table.source.counted_among(table.deal.least_seen(table.at_once)) if table else []
    return [{"id": one.id, "text": one.text or ""} for one in found]


def _told(room: Room, state: ActivityState, id: str) -> View:
    """`told`: how the cards begin that the answer weighs, by id; the phone has them no longer."""
    value, table = state.answers[id].value, room.dealing.table(state.written.id)
    if table is None or not isinstance(value, dict):
        return {}
    texts = {one.id: one.text or "" for one in table.source.counted_among(value)}
    return {"told": {
        id: text if len(text) <= MOST_TOLD else f"{text[: MOST_TOLD - 1]}…" for id, text in texts.items()
    }}  # fmt: skip


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
        if freed := _size(answer.value) - _size(view["value"]):
            view["freed"] = freed
    if answer.version:
        view["version"] = answer.version
    if answer.value is None or answer.sent:
        view["text"] = answer.sent or ""  # whoever sent it may see and change all of it
    return view


def _size(value: Value) -> int:
    """How many options *value* names, or what it gives to all of them where that is a number."""
    if isinstance(value, dict):
        return sum(given if isinstance(given, int) else 1 for given in value.values())
    return len(value) if isinstance(value, list) else 0


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
        row(room, answer) | {"value": answer.value, "activity": answer.activity, "position": answer.position}
        for answer in sorted(every, key=lambda answer: answer.position)[:limit]
    ]


def row(room: Room, answer: Answer) -> View:
    """
    `told` is what was chosen, in words; empty where the answer is a text alone. What an answer says of the answers of
    others is only told, and not all of it where it is much.
    """
    state = room.activities[answer.activity]
    told = "" if answer.value is None else answer_as_text(state, answer, " · ")
    return {
        "id": answer.id, "alias": room.people.alias(answer.phone),
        "name": room.people.name(answer.phone, withheld=True), "named": bool(room.people.name(answer.phone)),
        "text": answer.text,
        "value": None if state.deals else answer.value,
        "told": told if len(told) <= MOST_ROW else f"{told[:MOST_ROW]}…",
        "heads": answer.heads, "via": answer.via, "hidden": answer.hidden, "held": answer.held, "late": answer.late,
        "redacted": answer.redacted, "at": answer.at, "rev": answer.rev, "flags": answer.flags,
        "waits": answer.id in state.waiting, "masked": answer.original is not None,
        "marks": [[one.start, one.end, one.flag] for one in answer.marks], "muted": answer.phone in room.people.muted,
        "takes": room.activity.turnout.senders.get(answer.phone, 0) if room.activity and answer.phone else 0,
    } | ({} if answer.asked is None else {
        "votes": answer.asked.votes, "answered": answer.asked.answered, "reply": answer.asked.reply,
    })  # fmt: skip


def by_question(room: Room, phone: str) -> list[dict[str, Any]]:
    """Each activity that *phone* answered: `question`, and `answers` with id, rev, status, text and maybe reason."""
    questions = []
    for state in room.activities.values():
        answers = [state.answers[id] for id in state.by_phone.get(phone, ())]
        if own := [own_view_as_text(state, answer) for answer in answers if not answer.redacted]:
            questions.append({"question": question_of(room, state), "answers": own})
    return questions


def as_text_file(title: str, questions: list[dict[str, Any]]) -> str:
    """The same as a text file to keep."""
    paragraphs = [
        title,
        *(f"{one['question']}\n\n" + "\n".join(f"– {a['text']}" for a in one["answers"]) for one in questions),
    ]
    return "\n\n".join(paragraphs) + "\n"
