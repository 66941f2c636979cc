"""The snapshot of a room that every export format is written from: one row for each answer, results, themes …"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from sys import maxsize
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from live.activities import KINDS
from live.activities.kind import Answer, Figure, counts_people
from live.activities.open import WordTally
from live.activities.state import ActivityState
from live.exports.small_groups import asks_who, masked, results_without
from live.i18n import languages
from live.i18n.dates import LOCAL
from live.report_blocks import DrawnCloud
from live.room import Room
from live.room.comparison import compare, first_round
from live.room.questions import answer_as_text, figures_of, followup_questions, notes_of, question_of, results_of
from live.room.rehearsal import REHEARSAL, is_pretend
from live.text.normalize import joined
from live.views import word_answers
from live.views.drawn_cloud import drawn_cloud
from live.workshop import Activity
from live.workshop.accent import on_paper
from live.workshop.films import MediaFile
from live.workshop.pictures import Picture

NO_FILES: Mapping[str, bytes] = MappingProxyType({})
MINUTE_MS = 60_000


class Row(Struct, frozen=True):
    """One answer. The fields are the columns of the contract, in their order."""

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
    withheld_reason: str  # what the facilitator wrote, or few | flagged | held | late | redacted
    rev: int
    name: str = ""  # what somebody gave as their name, where that may be shown
    votes: int | None = None  # of a question to a panel; None for all other answers
    answered: bool | None = None
    reply: str = ""  # what the panel answered


COLUMNS = Row.__struct_fields__


class Summary(Struct, frozen=True):
    """One activity: its question, and its results. These count only the answers in the export."""

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
    largest: int  # answers of the phone that sent most
    counted: str  # phones | people
    reveal: str
    asked: str | None  # of an ad hoc question: the id of the slide it was asked on, or empty; else None
    background: bool  # asks who people are; small groups are hidden
    started_at_utc: str  # empty: never
    spent_s: int
    revealed: bool
    results: dict[str, Any]
    versions: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()  # the answers that were weighed in it, also those that were withheld since


def figures(snapshot: "Snapshot", activity: Summary) -> list[Figure]:
    """The results of *activity* as numbers, in the order of the file; none for texts."""
    kind, results = KINDS.get(activity.kind), activity.results
    return figures_of(kind, snapshot.written[activity.id], results, snapshot.language) if kind and results else []


def notes(snapshot: "Snapshot", activity: Summary) -> list[str]:
    """What is said about the results of *activity*, in the language of the export."""
    kind, results = KINDS.get(activity.kind), activity.results
    return notes_of(kind, snapshot.written[activity.id], results, snapshot.language) if kind and results else []


class ThemeRow(Struct, frozen=True):
    """A theme of the answers to `activity`. `suggested` are those that an accepted suggestion put there."""

    activity: str
    id: str
    name: str
    answers: list[str]
    suggested: list[str]


class WordChangeRow(Struct, frozen=True):
    """A change by hand of which words count as one (`live.text.word_groups.WordChange`)."""

    activity: str
    did: str  # merged | split
    marks: tuple[str, ...]


class Reply(Struct, frozen=True):
    """The reply to a theme of `activity`, or to the whole question if `theme` is empty (`live.room.followup`)."""

    activity: str
    theme: str
    status: str
    reason: str
    unit: str
    date: str
    moved: bool
    at_utc: str


class PromiseRow(Struct, frozen=True):
    """A promise of somebody in the meeting; `n` is its number, by which it can be replaced."""

    n: int
    text: str
    who: str
    at_utc: str


class Snapshot(Struct, frozen=True):
    """
    The content of an export.

    Files are written in a thread while the room goes on. So all that may change in the room is copied here, and must
    not be read from `room` later.

    `written` has the activities as the workshop wrote them. `values` has the value of each answer that is not a text,
    `own_texts` what was written beside it, as it was sent and as it is shown, and `versions` the number of the words it
    was given to, where they are counted.
    `withdrawn` counts withdrawn answers; `gone` are activities with answers that are no longer in the workshop text.
    `replies` are those that were written; `followup` is all that may be replied to, as (question, name of the theme,
    reply), the name empty for a question as a whole. `quiet` are ids of quiet voices,
    `clouds` what the hall saw of an activity's words.
    `pictures` are those of the workshop by name, `picture_files` their files; none where only rows are wanted. `films`
    are named in the JSON, and their files are in no export.
    `took_part` counts people: those behind the phones that answered, and those without a phone.
    """

    room: Room
    language: str
    rows: list[Row]
    values: dict[str, Any]
    own_texts: dict[str, tuple[str, str]]
    activities: list[Summary]
    written: dict[str, Activity]
    phones: int
    took_part: int
    rehearsal_left_out: int
    withheld: bool
    rehearsal: bool
    withdrawn: int
    themes: list[ThemeRow]
    joined: list[WordChangeRow]
    gone: list[Activity]
    quiet: frozenset[str]
    clouds: dict[str, DrawnCloud]
    position: int
    people: int
    text: str
    edition: int
    names: dict[int, str]
    published: bool
    replies: list[Reply]
    promises: list[PromiseRow]
    followup: list[tuple[str, str, Reply]]
    versions: dict[str, int]
    pictures: dict[str, Picture]
    films: dict[str, MediaFile]
    picture_files: Mapping[str, bytes] = NO_FILES

    @property
    def colour(self) -> str:
        """The organisation's own, so that it can be read on paper, or ours: `#rrggbb`."""
        return on_paper(self.room.workshop.accent)


def local(at: int) -> str:
    """The minute of *at* in Norwegian time."""
    return datetime.fromtimestamp(at // MINUTE_MS * 60, LOCAL).strftime("%Y-%m-%d %H:%M")


def moment(at: int, language: str) -> str:
    """The minute of *at* in Norwegian time, as people write it in *language*."""
    written = languages.of(language)
    return datetime.fromtimestamp(at // MINUTE_MS * 60, LOCAL).strftime(f"{written.date} {written.time}")


def utc(at: int) -> str:
    return datetime.fromtimestamp(at // MINUTE_MS * 60, UTC).strftime("%Y-%m-%dT%H:%MZ")


def take_snapshot(room: Room, *, withheld: bool, rehearsal: bool) -> Snapshot:
    room.read_on(maxsize)
    states = _in_order(room)
    every = sorted(
        (answer for state in room.activities.values() for answer in state.answers.values()),
        key=lambda answer: answer.position,
    )
    exported = [_real(answer) if not rehearsal else answer for answer in every if rehearsal or answer.via != REHEARSAL]
    by_activity = _by_activity(exported)
    results = {id: _results(room, state, by_activity) for id, (_, state) in states.items()}
    phones = {answer.phone for answer in exported if answer.phone}
    took_part = sum(room.people.heads.get(phone, 1) for phone in phones) + max(
        (sum(one.heads for one in some if one.counted and not one.phone) for some in by_activity.values()), default=0
    )
    if not withheld:
        for id, (_, state) in states.items():
            if asks_who(state):
                by_activity[id] = masked(state, by_activity.get(id, []), results[id])
        exported = sorted((one for some in by_activity.values() for one in some), key=lambda answer: answer.position)
    questions = {id: question_of(room, state) for id, (_, state) in states.items()}
    kept = {answer.id for answer in exported if answer.counted or (withheld and not answer.redacted)}
    rows = [_row(room, one, questions[one.activity], kept=one.id in kept, originals=withheld) for one in exported]
    followup = list(_followup_rows(room))
    return Snapshot(
        room=room,
        language=room.workshop.language,
        rows=rows,
        values={answer.id: answer.value for answer in exported if answer.id in kept and answer.value is not None},
        versions={answer.id: answer.version for answer in exported if answer.version},
        own_texts=_own_texts((answer for answer in exported if answer.id in kept), withheld),
        activities=[
            _summary(room, slide, state, questions[id], by_activity.get(id, []), results[id])
            for id, (slide, state) in states.items()
        ],
        written={id: state.written for id, (_, state) in states.items()},
        phones=len(phones),
        took_part=took_part,
        rehearsal_left_out=len(every) - len(exported),
        withheld=withheld,
        rehearsal=rehearsal,
        withdrawn=room.withdrawn_before_import + sum(not is_pretend(phone) for phone, _ in room.withdrawn.values()),
        themes=list(_themes(room, {row.answer_id for row in rows if row.text or not row.withheld})),
        joined=list(_joined(states)),
        position=room.position,
        people=room.people.hall,
        text=room.workshop_text,
        edition=room.workshop.edition,
        names=dict(room.workshop.names),
        published=room.followup.published_at is not None,
        replies=[reply for _, _, reply in followup if (reply.activity, reply.theme) in room.followup.entries],
        promises=[PromiseRow(n, one.text, one.who, utc(one.at)) for n, one in sorted(room.followup.promises.items())],
        followup=followup,
        quiet=frozenset(answer.id for state in room.activities.values() for answer in word_answers.quiet(room, state)),
        clouds=dict(_clouds(states, results)),
        gone=[state.written for slide, state in states.values() if slide is None],
        pictures=dict(room.pictures),
        films=dict(room.films),
    )


def _by_activity(answers: list[Answer]) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        found.setdefault(answer.activity, []).append(answer)
    return found


def _own_texts(answers: Iterator[Answer], originals: bool) -> dict[str, tuple[str, str]]:
    return {
        one.id: ((one.sent if originals else one.text) or "", one.text)
        for one in answers
        if one.value is not None and one.text
    }


def _row(room: Room, answer: Answer, question: str, *, kept: bool, originals: bool) -> Row:
    """*kept*: with its text. *originals*: as it was sent, where names and numbers in it are hidden."""
    state = room.activities[answer.activity]
    asked = answer.asked if kept and state.takes_votes else None
    shown = answer_as_text(state, answer) if kept else ""
    text = answer_as_text(state, replace(answer, text=answer.sent)) if kept and originals else shown
    return Row(
        answer_id=answer.id, room=room.code, workshop=room.workshop.title, activity_id=answer.activity,
        question=question, sent_at_local=local(answer.at), sent_at_utc=utc(answer.at),
        phone=room.people.alias(answer.phone), heads=answer.heads, via=answer.via, text=text,
        shown_text=shown if answer.counted else "", theme=_theme(room, answer) if kept else "",
        withheld=not answer.counted, withheld_reason=_reason(answer), rev=answer.rev,
        name=room.people.name(answer.phone, withheld=originals),
        votes=asked.votes if asked else None, answered=asked.answered if asked else None,
        reply=asked.reply if asked else "",
    )  # fmt: skip


def _real(answer: Answer) -> Answer:
    """*answer* without the votes of pretend participants."""
    if answer.asked is None or not any(map(is_pretend, answer.asked.voters)):
        return answer
    voters = {phone for phone in answer.asked.voters if not is_pretend(phone)}
    return replace(answer, asked=replace(answer.asked, voters=voters))


def _followup_rows(room: Room) -> Iterator[tuple[str, str, Reply]]:
    for source, themes in followup_questions(room):
        for theme in themes:
            id = theme.id if theme else ""
            entry = room.followup.entry_of(source.written.id, id)
            yield (
                question_of(room, source),
                theme.name if theme else "",
                Reply(
                    source.written.id,
                    id,
                    entry.status,
                    entry.reason,
                    entry.unit,
                    entry.date,
                    entry.moved,
                    utc(entry.at),
                ),
            )


def _themes(room: Room, exported: set[str]) -> Iterator[ThemeRow]:
    for activity, themes in room.themes.items():
        for theme in themes:
            ids = [id for id in theme.ids if id in exported]
            yield ThemeRow(activity, theme.id, theme.name, ids, [id for id in ids if themes.by_suggestion(id)])


def _joined(states: dict[str, tuple[int | None, ActivityState]]) -> Iterator[WordChangeRow]:
    for id, (_, state) in states.items():
        if isinstance(state.tally, WordTally):
            for change in state.tally.words.changes():
                yield WordChangeRow(id, change.did, change.marks)


def _clouds(
    states: dict[str, tuple[int | None, ActivityState]], results: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, DrawnCloud]]:
    for id, (_, state) in states.items():
        if not asks_who(state) and (cloud := drawn_cloud(state, results[id])):
            yield id, cloud


def _theme(room: Room, answer: Answer) -> str:
    themes = room.themes_of(answer.activity)
    stands = themes.all_of(answer.id)
    return joined(theme.name for theme in themes if theme.id in stands) if stands else ""


def _reason(answer: Answer) -> str:
    if answer.redacted:
        return "redacted"
    if answer.hidden is not None:
        return answer.hidden
    return "late" if answer.late else "held" if answer.held else "flagged" if not answer.counted else ""


def _in_order(room: Room) -> dict[str, tuple[int | None, ActivityState]]:
    """
    Activities with the number of their slide, in the order of the workshop; those of a hidden slide only where they
    ran. Last, with None, those with answers that an edit removed.
    """
    found: dict[str, tuple[int | None, ActivityState]] = {
        written.id: (number, room.activities[written.id])
        for number, slide in enumerate(room.workshop.slides, start=1)
        for written in room.on_slide(number)
        if not slide.hidden or room.activities[written.id].started_once or room.activities[written.id].answers
    }
    for id, state in room.activities.items():
        if id not in found and state.answers:
            found[id] = (None, state)
    return found


def _results(room: Room, state: ActivityState, by_activity: dict[str, list[Answer]]) -> dict[str, Any]:
    results: dict[str, Any] = {}
    answers = by_activity.get(state.written.id, [])
    if state.kind is not None and state.tally is not None and state.takes_answers:
        tally = state.tally
        if len(answers) < len(state.answers) or state.takes_votes:
            # The tally in the room also counts what a rehearsal did. Counting anew takes 20 ms for 1,000 texts.
            tally = state.kind.tally(state.written, state.word_groups)
            for answer in answers:
                if answer.counted:
                    tally.add(answer)
        results = results_of(state, tally)
        word_answers.add_forms(tally, results)
        if not state.open and (first := first_round(room, state)):
            counted = (
                [one for one in by_activity.get(at, []) if one.counted] for at in (first.written.id, state.written.id)
            )
            results["compare"] = compare(room, state, tuple(counted))
    return results_without(results) if asks_who(state) else results


def _summary(
    room: Room, slide: int | None, state: ActivityState, question: str, answers: list[Answer], results: dict[str, Any]
) -> Summary:
    written = state.written
    in_workshop = slide is not None  # of removed activities only the answers are exported
    counted = [answer for answer in answers if answer.counted]
    hidden_via = ("phone", REHEARSAL) if asks_who(state) else ()  # of phones whose alias is hidden
    by_phone = Counter(answer.sender for answer in counted if answer.phone or answer.via in hidden_via)
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
        counted="people" if counts_people(written) else "phones",
        reveal=written.reveal,
        asked=room.ad_hoc[written.id][0] or "" if written.id in room.ad_hoc else None,
        background=asks_who(state),
        started_at_utc=utc(state.started_at) if in_workshop and state.started_at is not None else "",
        spent_s=state.spent_ms // 1000 if in_workshop else 0,
        revealed=in_workshop and state.revealed,
        results=results,
        versions=written.versions,
        cards=tuple(table.deal.cards) if (table := room.dealing.table(written.id)) else (),
    )
