"""What every format tells: one row per answer, in order of arrival, and what each activity added up to."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from live.activities.kind import Answer
from live.activities.state import ActivityState
from live.room import Room

LOCAL = ZoneInfo("Europe/Oslo")
MINUTE_MS = 60_000
REHEARSAL = "rehearsal"


class Row(Struct, frozen=True):
    """The columns of the contract, in their order."""

    answer_id: str
    room: str
    workshop: str
    activity_id: str
    question: str
    sent_at_local: str
    sent_at_utc: str
    phone: str
    heads: int
    via: str
    text: str
    shown_text: str
    theme: str
    withheld: bool
    withheld_reason: str  # what the facilitator wrote, or held | late | redacted
    rev: int


COLUMNS = Row.__struct_fields__


class Summary(Struct, frozen=True):
    """One activity: how it was asked, and what the answers told here add up to. `results` is what its kind shows."""

    id: str
    slide: int | None
    kind: str
    question: str
    instruction: str
    optional: bool
    options: tuple[str, ...]
    takes_answers: bool
    answers: int
    phones: int
    withheld: int
    largest: int  # answers of the phone that gave most
    counted: str  # phones | people
    results: dict[str, Any]


class Told(Struct, frozen=True):
    """A room as an export tells it. `values` is the row's own value where it is no text."""

    room: Room
    language: str
    rows: list[Row]
    values: dict[str, Any]
    activities: list[Summary]
    phones: int
    rehearsal_left_out: int


def local(at: int) -> str:
    """The minute *at* fell in, on a Norwegian clock."""
    return datetime.fromtimestamp(at // MINUTE_MS * 60, LOCAL).strftime("%Y-%m-%d %H:%M")


def moment(at: int, language: str) -> str:
    """The same for people to read."""
    return datetime.fromtimestamp(at // MINUTE_MS * 60, LOCAL).strftime(
        "%Y-%m-%d %H:%M" if language == "en" else "%d.%m.%Y kl. %H.%M"
    )


def utc(at: int) -> str:
    return datetime.fromtimestamp(at // MINUTE_MS * 60, UTC).strftime("%Y-%m-%dT%H:%MZ")


def tell(room: Room, *, withheld: bool, rehearsal: bool) -> Told:
    states = _in_order(room)
    every = sorted(
        (answer for state in room.activities.values() for answer in state.answers.values()),
        key=lambda answer: answer.position,
    )
    told = [answer for answer in every if rehearsal or answer.via != REHEARSAL]
    questions = {id: question(room, state) for id, (_, state) in states.items()}
    rows, values = [], {}
    for answer in told:
        state = room.activities[answer.activity]
        kept = answer.counted or (withheld and not answer.redacted)
        text = as_text(state, answer) if kept else ""
        if kept and answer.value is not None:
            values[answer.id] = answer.value
        rows.append(Row(
            answer_id=answer.id, room=room.code, workshop=room.workshop.title, activity_id=answer.activity,
            question=questions[answer.activity], sent_at_local=local(answer.at), sent_at_utc=utc(answer.at),
            phone=room.alias(answer.phone), heads=answer.heads, via=answer.via, text=text,
            shown_text=text if answer.counted else "", theme=_theme(room, answer) if kept else "",
            withheld=not answer.counted, withheld_reason=_reason(answer), rev=answer.rev,
        ))  # fmt: skip
    return Told(
        room=room,
        language=room.workshop.language,
        rows=rows,
        values=values,
        activities=[
            _summary(
                slide,
                state,
                questions[id],
                [answer for answer in told if answer.activity == id],
                room.workshop.language,
            )
            for id, (slide, state) in states.items()
        ],
        phones=len({answer.phone for answer in told if answer.phone}),
        rehearsal_left_out=len(every) - len(told),
    )


def question(room: Room, state: ActivityState) -> str:
    """What people were asked: the activity's own question, or else the title of its slide."""
    if state.written.question:
        return state.written.question
    for number, slide in enumerate(room.workshop.slides, start=1):
        if any(one.id == state.written.id for one in room.on_slide(number)):
            return slide.title
    return state.written.instruction


def as_text(state: ActivityState, answer: Answer) -> str:
    """An answer in words: its text, the options it chose, or its items with their ratings."""
    names = {option.id: option.text for option in state.written.options}
    if isinstance(answer.value, dict):
        return "; ".join(f"{names.get(item, item)}: {rating}" for item, rating in answer.value.items())
    if answer.value is not None:
        return "; ".join(names.get(option, option) for option in answer.value)
    return answer.text or ""


def _theme(room: Room, answer: Answer) -> str:
    themes = room.themes_of(answer.activity)
    theme = themes.of(answer.id)
    return themes[theme].name if theme else ""


def _reason(answer: Answer) -> str:
    if answer.redacted:
        return "redacted"
    if answer.hidden is not None:
        return answer.hidden
    return "late" if answer.late else "held" if answer.held else ""


def _in_order(room: Room) -> dict[str, tuple[int | None, ActivityState]]:
    """Activities as they stand in the workshop; last those that an edit took out of it after somebody had answered."""
    found: dict[str, tuple[int | None, ActivityState]] = {
        written.id: (number, room.activities[written.id])
        for number in range(1, len(room.workshop.slides) + 1)
        for written in room.on_slide(number)
    }
    for id, state in room.activities.items():
        if id not in found and state.answers:
            found[id] = (None, state)
    return found


def _summary(slide: int | None, state: ActivityState, question: str, answers: list[Answer], language: str) -> Summary:
    written = state.written
    counted = [answer for answer in answers if answer.counted]
    results: dict[str, Any] = {}
    if state.kind is not None and state.tally is not None and state.takes_answers:
        tally = state.tally
        if len(answers) < len(state.answers):
            # The room's own tally also counts the rehearsal. Counting anew takes 20 ms for 1,000 texts.
            tally = state.kind.tally(written, language)
            for answer in counted:
                tally.add(answer)
        results = tally.show()
    return Summary(
        id=written.id,
        slide=slide,
        kind=written.kind,
        question=question,
        instruction=written.instruction,
        optional=written.optional,
        options=tuple(option.text for option in written.options),
        takes_answers=state.takes_answers,
        answers=len(counted),
        phones=len({answer.phone for answer in counted if answer.phone}),
        withheld=len(answers) - len(counted),
        largest=max(Counter(answer.phone for answer in counted if answer.phone).values(), default=0),
        counted="people" if written.attrs.get("count") == "people" else "phones",
        results=results,
    )
