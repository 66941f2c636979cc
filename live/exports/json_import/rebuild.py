"""Builds the meeting of a file, event by event."""

from datetime import UTC, datetime, timedelta

from live.activities.state import ActivityState
from live.errors import ImportRefused
from live.events import (
    ActivityClosed,
    ActivityStarted,
    AnswerHidden,
    AnswerMasked,
    AnswerRedacted,
    AnswerRestored,
    AnswerSent,
    AnswersReleased,
    AnyEvent,
    FollowUpSet,
    HeadsSet,
    HoldSet,
    NameGiven,
    NameModerated,
    PeopleCounted,
    PicturesSet,
    PromiseMade,
    QuestionAnswered,
    QuestionAsked,
    ResultsHidden,
    ResultsShown,
    RoomEnded,
    RoomImported,
    ThemeMade,
    ThemeRemoved,
    Value,
    VotesImported,
    WordsMerged,
    WordSplit,
    WorkshopSet,
)
from live.exports.json_import.sections import AnswerItem, File, ThemeItem
from live.room import Room
from live.room.rehearsal import PRETEND_PREFIX
from live.text.marks import spans_between
from live.text.screening import SCREENING, flags
from live.workshop import Workshop

_minute = "%Y-%m-%dT%H:%MZ"


class Rebuild:
    """Makes the events of the meeting one by one, and applies each to a room, which the next ones depend on."""

    def __init__(self, file: File, written: Workshop) -> None:
        self.file = file
        self.written = written
        self.room = Room(file.room)
        self.events: list[AnyEvent] = []
        self.now = self.opened_at = _at(file.workshop.opened_at_utc)

    def build(self) -> tuple[Room, list[AnyEvent]]:
        file = self.file
        self._apply(WorkshopSet(
            at=self.opened_at, text=file.workshop.text, words=file.workshop.words_by, edition=file.workshop.edition,
            names=file.workshop.named, folding=file.workshop.folding,
        ))  # fmt: skip
        if file.workshop.pictures:
            self._apply(PicturesSet(at=self.opened_at, pictures=file.workshop.pictures))
        aliases = {self._phone(answer.phone): answer.phone for answer in file.answers if answer.phone}
        self._apply(RoomImported(
            at=self.opened_at, source=file.room, content=file.content_sha256, aliases=aliases,
            gone=file.workshop.gone, withdrawn=file.workshop.withdrawn,
            versions={one.id: one.versions for one in file.activities if len(one.versions) > 1},
        ))  # fmt: skip
        if file.workshop.people:
            self._apply(PeopleCounted(at=self.opened_at, people=file.workshop.people))
        self._run_activities(dealing=False)
        self._gather()
        for answer in file.answers:
            self._send(answer)
        self._release()
        self._run_activities(dealing=True)
        heads = {answer.phone: answer.heads for answer in file.answers if answer.phone}
        for alias, n in heads.items():
            if n > 1:
                self._apply(HeadsSet(at=self.now, phone=self._phone(alias), heads=n))
        for alias, name in {
            answer.phone: answer.name for answer in file.answers if answer.phone and answer.name
        }.items():
            self._apply(NameGiven(at=self.now, phone=self._phone(alias), name=name))
            # A file with what was withheld has hidden names too, and does not say which: somebody shows them again.
            self._apply(NameModerated(at=self.now, phone=self._phone(alias), shown=not file.workshop.withheld))
        for joined in file.joined:
            if joined.did == "merged":
                self._apply(WordsMerged(at=self.now, activity=joined.activity, marks=joined.marks))
            else:
                self._apply(WordSplit(at=self.now, activity=joined.activity, mark=joined.marks[0]))
        for id, state in self.room.activities.items():
            if state.hold != state.written.hold:
                self._apply(HoldSet(at=self.now, activity=id, hold=state.written.hold))
        if file.answers or any(activity.started_at_utc for activity in file.activities):
            self._apply(RoomEnded(at=self.now))
        self._reply()
        return self.room, self.events

    def _apply(self, event: AnyEvent) -> None:
        self.now = max(self.now, event.at)
        self.events.append(event)
        self.room.apply(event)

    def _run_activities(self, *, dealing: bool) -> None:
        """Those in which answers are dealt (*dealing*), which must be there by then, or all others."""
        waiting = {answer.activity_id for answer in self.file.answers if _waits(answer)}
        for activity in sorted(self.file.activities, key=lambda one: one.started_at_utc):
            if not activity.started_at_utc or bool(activity.cards) != dealing:
                continue
            at = _at(activity.started_at_utc)
            screening = SCREENING if activity.id in waiting else 0
            if activity.asked is None:
                self._apply(ActivityStarted(at=at, activity=activity.id, screening=screening, cards=activity.cards))
            else:
                self._apply(QuestionAsked(
                    at=at, activity=activity.id, kind=activity.kind, question=activity.question,
                    slide=activity.asked or None, options=activity.options, screening=screening,
                ))  # fmt: skip
            ended = at + activity.spent_s * 1000
            self._apply(ActivityClosed(at=ended, activity=activity.id, grace_until=ended))
            shown = ResultsShown if activity.revealed else ResultsHidden
            self._apply(shown(at=ended, activity=activity.id))

    def _reply(self) -> None:
        """The follow-up. It is not published: that is decided anew for the imported meeting."""
        for one in self.file.replies:
            self._apply(FollowUpSet(
                at=_at(one.at_utc), activity=one.activity, theme=one.theme, status=one.status, reason=one.reason,
                unit=one.unit, date=one.date, moved=one.moved,
            ))  # fmt: skip
        for promise in self.file.promises:
            self._apply(PromiseMade(at=_at(promise.at_utc), n=promise.n, text=promise.text, who=promise.who))

    def _gather(self) -> None:
        """
        Make the themes. This comes before the answers, because dots are given to themes. Themes that the workshop
        names are removed first, because they may have been changed.
        """
        for activity, themes in list(self.room.themes.items()):
            for theme in list(themes):
                self._apply(ThemeRemoved(at=self.now, activity=activity, theme=theme.id))
        for one in self.file.themes:
            self._apply(ThemeMade(
                at=self.now, activity=one.activity, theme=one.id, name=one.name, ids=one.answers,
                suggested=one.suggested, stands=self._other_themes(one) or None,
            ))  # fmt: skip

    def _other_themes(self, theme: ThemeItem) -> dict[str, list[str]]:
        """Those of its answers that are also in earlier themes: answer -> these themes."""
        before = self.room.themes_of(theme.activity)
        return {id: stands for id in theme.answers if (stands := before.all_of(id))}

    def _send(self, answer: AnswerItem) -> None:
        at, state = _at(answer.sent_at_utc), self.room.activities[answer.activity_id]
        held = answer.withheld and answer.withheld_reason == "held" and bool(answer.phone)
        late = answer.withheld and answer.withheld_reason == "late"
        if answer.phone and state.hold != held:
            self._apply(HoldSet(at=at, activity=answer.activity_id, hold=held))
        text, value = self._content(answer, state)
        shown = answer.shown_text if value is None else answer.own_shown
        self._apply(AnswerSent(
            at=at, activity=answer.activity_id, id=answer.answer_id, phone=self._phone(answer.phone), text=text,
            value=value, rev=answer.rev, heads=answer.heads, via=answer.via, late=late, version=answer.version,
        ))  # fmt: skip
        if answer.votes:
            self._apply(VotesImported(at=at, id=answer.answer_id, votes=answer.votes))
        if answer.answered or answer.reply:
            self._apply(QuestionAnswered(
                at=at, id=answer.answer_id, answered=answer.answered, text=answer.reply or None
            ))  # fmt: skip
        if not answer.withheld and (sent := self.room.answer(answer.answer_id)) and sent.held:
            self._apply(AnswerRestored(at=at, id=answer.answer_id))  # it was moderated, and let through
        if not answer.withheld and text and (spans := spans_between(text, shown)):
            self._apply(AnswerMasked(at=at, id=answer.answer_id, rev=answer.rev, spans=spans))
        if not answer.withheld or held or late or _waits(answer):
            return
        if answer.withheld_reason == "redacted" and not answer.text:
            self._apply(AnswerRedacted(at=at, id=answer.answer_id))
        else:
            self._apply(AnswerHidden(at=at, id=answer.answer_id, reason=answer.withheld_reason))

    def _release(self) -> None:
        """Where flagged answers wait: those that were shown have been released, or were not flagged then."""
        shown = {answer.answer_id: answer.rev for answer in self.file.answers if not answer.withheld}
        for state in self.room.activities.values():
            if released := {id: shown[id] for id in state.waiting if id in shown}:
                self._apply(AnswersReleased(at=self.now, answers=released))

    @staticmethod
    def _content(answer: AnswerItem, state: ActivityState) -> tuple[str | None, Value]:
        """The text and value of an answer. A withheld one may be without content; it then gets an empty one."""
        kind = state.kind
        adds = kind is not None and kind.grows(state.written) and answer.value is None and answer.text
        if kind is None or kind.no_value is None or adds:
            return answer.text, None
        return answer.own_text or None, kind.no_value if answer.value is None else answer.value

    @staticmethod
    def _phone(alias: str) -> str:
        """An id for an imported phone. No real phone can have it, because ids of real phones are hexadecimal."""
        return f"{PRETEND_PREFIX}{alias}" if alias.startswith("R") else f"imported-{alias}" if alias else ""


def _waits(answer: AnswerItem) -> bool:
    """Whether it can wait for its flags again. A file without its text can only say that it was withheld."""
    text = answer.text if answer.value is None else answer.own_text
    return bool(answer.withheld_reason == "flagged" and answer.phone and text and flags(text))


def _at(written: str) -> int:
    """Milliseconds since the epoch. ImportRefused when it is no time, or one before 1970."""
    try:
        passed = datetime.strptime(written, _minute).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    except ValueError:
        raise ImportRefused(f"`{written[:40]}` is no time.") from None
    if passed < timedelta(0):
        raise ImportRefused(f"`{written[:40]}` is no time that a meeting was held at.")
    return passed // timedelta(milliseconds=1)
