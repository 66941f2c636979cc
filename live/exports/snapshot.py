"""What every format tells: one row per answer, in order of arrival, and what each activity added up to."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from live.activities.kind import Answer
from live.activities.open import TextTally
from live.activities.state import ActivityState
from live.exports.small_groups import asks_who, counts_people, masked, results_without
from live.i18n import languages
from live.i18n.dates import LOCAL
from live.room import Room
from live.room.questions import answer_as_text, followup_questions, question_of
from live.room.rehearsal import REHEARSAL, is_pretend
from live.views import word_answers
from live.workshop import Activity

MINUTE_MS = 60_000


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
    withheld_reason: str  # what the facilitator wrote, or few | held | late | redacted
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
    reveal: str
    asked: str | None  # where nobody had planned it: the id of the slide it was asked on, or empty
    background: bool  # asks who people are; told only of groups that point at nobody
    started_at_utc: str  # empty: never
    spent_s: int
    revealed: bool
    results: dict[str, Any]


class Gathered(Struct, frozen=True):
    """A theme of *activity*. `suggested` are those of its answers that a suggestion brought there."""

    activity: str
    id: str
    name: str
    answers: list[str]
    suggested: list[str]


class Joined(Struct, frozen=True):
    """A change by hand to which words are counted as one, in the order they were made (`live.text.word_groups`)."""

    activity: str
    did: str  # merged | split
    marks: tuple[str, ...]


class Reply(Struct, frozen=True):
    """What is said of a theme of *activity*, or of all its answers where `theme` is empty (`live.room.followup`)."""

    activity: str
    theme: str
    status: str
    reason: str
    unit: str
    date: str
    moved: bool
    at_utc: str


class Promised(Struct, frozen=True):
    """What somebody said on the spot; `n` is the number it is written over by."""

    n: int
    text: str
    who: str
    at_utc: str


class Snapshot(Struct, frozen=True):
    """
    A room as an export tells it. `values` is the row's own value where it is no text.

    `withdrawn` counts answers that phones took back; `gone` are activities with answers that the text holds no longer.
    `replies` are those that somebody has written; `followed` is all that may be replied to, as (question, name, reply),
    the name empty where the question stands as one. `quiet` are answers whose like no other phone gave. Files are
    written in a thread while the room goes on: what may change in it is told here, and not looked up then.
    """

    room: Room
    language: str
    rows: list[Row]
    values: dict[str, Any]
    activities: list[Summary]
    phones: int
    rehearsal_left_out: int
    withheld: bool
    rehearsal: bool
    withdrawn: int
    themes: list[Gathered]
    joined: list[Joined]
    gone: list[Activity]
    quiet: frozenset[str]
    position: int
    people: int
    text: str
    published: bool
    replies: list[Reply]
    promises: list[Promised]
    followed: list[tuple[str, str, Reply]]


def local(at: int) -> str:
    """The minute *at* fell in, on a Norwegian clock."""
    return datetime.fromtimestamp(at // MINUTE_MS * 60, LOCAL).strftime("%Y-%m-%d %H:%M")


def moment(at: int, language: str) -> str:
    """The same for people to read."""
    written = languages.of(language)
    return datetime.fromtimestamp(at // MINUTE_MS * 60, LOCAL).strftime(f"{written.date} {written.time}")


def utc(at: int) -> str:
    return datetime.fromtimestamp(at // MINUTE_MS * 60, UTC).strftime("%Y-%m-%dT%H:%MZ")


def tell(room: Room, *, withheld: bool, rehearsal: bool) -> Snapshot:
    states = _in_order(room)
    every = sorted(
        (answer for state in room.activities.values() for answer in state.answers.values()),
        key=lambda answer: answer.position,
    )
    told = [answer for answer in every if rehearsal or answer.via != REHEARSAL]
    by_activity: dict[str, list[Answer]] = {}
    for answer in told:
        by_activity.setdefault(answer.activity, []).append(answer)
    results = {id: _results(state, by_activity.get(id, [])) for id, (_, state) in states.items()}
    phones = len({answer.phone for answer in told if answer.phone})
    if not withheld:
        for id, (_, state) in states.items():
            if asks_who(state):
                by_activity[id] = masked(state, by_activity.get(id, []), results[id])
        told = sorted((one for some in by_activity.values() for one in some), key=lambda answer: answer.position)
    questions = {id: question_of(room, state) for id, (_, state) in states.items()}
    rows, values = [], {}
    for answer in told:
        state = room.activities[answer.activity]
        kept = answer.counted or (withheld and not answer.redacted)
        text = answer_as_text(state, answer) if kept else ""
        if kept and answer.value is not None:
            values[answer.id] = answer.value
        rows.append(Row(
            answer_id=answer.id, room=room.code, workshop=room.workshop.title, activity_id=answer.activity,
            question=questions[answer.activity], sent_at_local=local(answer.at), sent_at_utc=utc(answer.at),
            phone=room.people.alias(answer.phone), heads=answer.heads, via=answer.via, text=text,
            shown_text=text if answer.counted else "", theme=_theme(room, answer) if kept else "",
            withheld=not answer.counted, withheld_reason=_reason(answer), rev=answer.rev,
        ))  # fmt: skip
    followed = list(_followed(room))
    return Snapshot(
        room=room,
        language=room.workshop.language,
        rows=rows,
        values=values,
        activities=[
            _summary(
                room,
                slide,
                state,
                questions[id],
                by_activity.get(id, []),
                results[id],
            )
            for id, (slide, state) in states.items()
        ],
        phones=phones,
        rehearsal_left_out=len(every) - len(told),
        withheld=withheld,
        rehearsal=rehearsal,
        withdrawn=room.withdrawn_before_import + sum(not is_pretend(phone) for phone, _ in room.withdrawn.values()),
        themes=list(_themes(room, {row.answer_id for row in rows if row.text or not row.withheld})),
        joined=list(_joined(states)),
        position=room.position,
        people=room.people.hall,
        text=room.workshop_text,
        published=room.followup.published_at is not None,
        replies=[reply for _, _, reply in followed if (reply.activity, reply.theme) in room.followup.entries],
        promises=[Promised(n, one.text, one.who, utc(one.at)) for n, one in sorted(room.followup.promises.items())],
        followed=followed,
        quiet=frozenset(answer.id for state in room.activities.values() for answer in word_answers.quiet(room, state)),
        gone=[state.written for slide, state in states.values() if slide is None],
    )


def _followed(room: Room) -> Iterator[tuple[str, str, Reply]]:
    for source, themes in followup_questions(room):
        for theme in themes:
            id = theme.id if theme else ""
            said = room.followup.entry_of(source.written.id, id)
            yield (
                question_of(room, source),
                theme.name if theme else "",
                Reply(source.written.id, id, said.status, said.reason, said.unit, said.date, said.moved, utc(said.at)),
            )


def _themes(room: Room, told: set[str]) -> Iterator[Gathered]:
    for activity, themes in room.themes.items():
        for theme in themes:
            ids = [id for id in theme.ids if id in told]
            yield Gathered(activity, theme.id, theme.name, ids, [id for id in ids if themes.by_suggestion(id)])


def _joined(states: dict[str, tuple[int | None, ActivityState]]) -> Iterator[Joined]:
    for id, (_, state) in states.items():
        if isinstance(state.tally, TextTally):
            for change in state.tally.words.changes():
                yield Joined(id, change.did, change.marks)


def _theme(room: Room, answer: Answer) -> str:
    themes = room.themes_of(answer.activity)
    stands = themes.all_of(answer.id)
    return "; ".join(theme.name for theme in themes if theme.id in stands) if stands else ""


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


def _results(state: ActivityState, answers: list[Answer]) -> dict[str, Any]:
    results: dict[str, Any] = {}
    if state.kind is not None and state.tally is not None and state.takes_answers:
        tally = state.tally
        if len(answers) < len(state.answers):
            # The room's own tally also counts the rehearsal. Counting anew takes 20 ms for 1,000 texts.
            tally = state.kind.tally(state.written, state.word_groups)
            for answer in answers:
                if answer.counted:
                    tally.add(answer)
        results = tally.show()
        word_answers.add_forms(tally, results)
    return results_without(results) if asks_who(state) else results


def _summary(
    room: Room, slide: int | None, state: ActivityState, question: str, answers: list[Answer], results: dict[str, Any]
) -> Summary:
    written = state.written
    held = slide is not None  # of what an edit has taken out only the answers are told
    counted = [answer for answer in answers if answer.counted]
    sent = ("phone", REHEARSAL) if asks_who(state) else ()  # by a phone that may not be told
    by_phone = Counter(answer.sender for answer in counted if answer.phone or answer.via in sent)
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
        phones=len(by_phone),
        withheld=len(answers) - len(counted),
        largest=max(by_phone.values(), default=0),
        counted="people" if counts_people(state) else "phones",
        reveal=written.reveal,
        asked=room.ad_hoc[written.id][0] or "" if written.id in room.ad_hoc else None,
        background=asks_who(state),
        started_at_utc=utc(state.started_at) if held and state.started_at is not None else "",
        spent_s=state.spent_ms // 1000 if held else 0,
        revealed=held and state.revealed,
        results=results,
    )
