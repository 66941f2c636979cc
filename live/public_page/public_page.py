"""
The public page of a meeting, «You said, we do»: what everybody may read of it.

All that stays when the answers are deleted, to be written in for as long as what was promised takes.
"""

from collections.abc import Callable, Container, Iterator
from itertools import islice

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from live.activities.state import ActivityState
from live.errors import Refused
from live.events import Event, Followed
from live.room import Room
from live.room.followup import Entry, FollowUp, Promise
from live.room.questions import counted_answers, followup_questions, question_of
from live.room.themes import Theme
from live.rules import followup as replies
from live.rules.commands import Action

QUOTES = 3  # of each theme
MOST_WORDS = 12
NOTED = "report"  # stands for its deletion where the id of a deleted answer would


class Said(Struct, frozen=True):
    """
    What people wrote: a quote, or a word with how many said it. `id`, which only one that is kept has, is by chance:
    what is noted of one that is taken out tells nobody what it was.
    """

    text: str
    n: int | None = None
    id: str = ""


class Shown(Struct, frozen=True):
    """
    A theme: its size, what is said of it, and what everybody has seen of it, as `quotes`, as `words`, or as `figures`,
    which are (text, count) or (text, mean). An empty `theme` is the question as a whole, where nobody made themes.
    """

    activity: str
    theme: str
    name: str
    answers: int
    entry: Entry
    quotes: list[Said] = []
    words: list[Said] = []
    figures: list[tuple[str, int | float]] = []


class Question(Struct, frozen=True):
    """`themes` by size."""

    question: str
    answers: int
    themes: list[Shown]


class PublicPage(Struct, frozen=True):
    """
    `published_at` is None and there are neither questions nor promises until it is published. `deleted_at`: when the
    answers were, 0 while they are there. Promises stand under their numbers.
    """

    code: str
    opened_at: int
    language: str
    title: str
    organisation: str = ""
    purpose: str = ""
    owner: str = ""
    contact: str = ""
    report_by: str = ""
    ladder: str = ""
    published_at: int | None = None
    questions: list[Question] = []
    promises: dict[int, Promise] = {}
    deleted_at: int = 0

    def themes(self) -> Iterator[Shown]:
        for question in self.questions:
            yield from question.themes


def of(room: Room, *, published: bool = True) -> PublicPage:
    """What everybody may read; all there is to read, where it is not asked for what is *published* alone."""
    meta = room.workshop.meta
    told = PublicPage(
        room.code, room.opened_at, room.workshop.language, room.workshop.title,
        organisation=meta.get("organisation", ""), purpose=meta.get("purpose", ""), owner=meta.get("owner", ""),
        contact=meta.get("contact", ""), report_by=meta.get("report-by", ""), ladder=meta.get("ladder", ""),
    )  # fmt: skip
    if published and room.followup.published_at is None:
        return told
    questions = []
    for source, themes in followup_questions(room):
        shown = sorted((_shown(room, source, theme) for theme in themes), key=lambda one: -one.answers)
        questions.append(Question(question_of(room, source), source.counted, shown))
    return replace(
        told, published_at=room.followup.published_at, questions=questions, promises=dict(room.followup.promises)
    )


def _shown(room: Room, source: ActivityState, theme: Theme | None) -> Shown:
    id = theme.id if theme else ""
    answers = counted_answers(source, theme)
    told = Shown(
        source.written.id, id, theme.name if theme else question_of(room, source), len(answers),
        room.followup.entry_of(source.written.id, id),
    )  # fmt: skip
    if not source.revealed:
        return told
    results = source.tally.show() if source.tally is not None and theme is None else {}
    if "options" in results:
        return replace(told, figures=[(one["text"], one["count"]) for one in results["options"]])
    if "items" in results:
        return replace(told, figures=[(o["text"], o["mean"]) for o in results["items"] if o["mean"] is not None])
    if theme is None and source.written.kind == "words":
        return replace(told, words=[Said(one["text"], one["count"]) for one in results["words"][:MOST_WORDS]])
    return replace(told, quotes=[Said(one.text or "") for one in islice(answers, QUOTES)])


# -- when the answers are gone ------------------------------------------------------------------------------


read = msgspec.json.Decoder(PublicPage).decode


def written(report: PublicPage) -> bytes:
    """As it is stored; `read` takes it back."""
    return msgspec.json.encode(report)


def kept(report: PublicPage, now: int, fresh: Callable[[], str]) -> PublicPage:
    """As it stays when the answers are deleted *now*; *fresh* makes an id that nobody has."""

    def named(some: list[Said]) -> list[Said]:
        return [replace(one, id=fresh()) for one in some]

    shown = _each(report, lambda one: replace(one, quotes=named(one.quotes), words=named(one.words)))
    return replace(shown, deleted_at=now)


def change(report: PublicPage, action: Action, now: int, *, seen: str | None = None) -> PublicPage:
    """
    What *act*, `follow` or `promise`, makes of it by the rules of the meeting; Refused. *seen* is when the entry was
    written from which the new one was made: another is not written over by somebody who has not read it.
    """
    followup = _followup(report)
    if action.do == "promise":
        events = replies.set_promise(followup, action, now)
    else:
        found = _found(report, action)
        events = replies.set_entry(followup, found.activity, action, now)
        if events and seen is not None and seen != str(found.entry.at):
            raise Refused("reply-since")
    return _with(report, followup, events)


def said(report: PublicPage) -> Iterator[Said]:
    """All of it that people wrote."""
    for one in report.themes():
        yield from (*one.quotes, *one.words)


def without(report: PublicPage, ids: Container[str]) -> PublicPage:
    """It, less what people wrote that has one of those ids."""

    def left(some: list[Said]) -> list[Said]:
        return [one for one in some if one.id not in ids]

    return _each(report, lambda one: replace(one, quotes=left(one.quotes), words=left(one.words)))


def _each(report: PublicPage, how: Callable[[Shown], Shown]) -> PublicPage:
    return replace(report, questions=[
        replace(question, themes=[how(one) for one in question.themes]) for question in report.questions
    ])  # fmt: skip


def _found(report: PublicPage, action: Action) -> Shown:
    for one in report.themes():
        if (one.activity, one.theme) == (action.activity, action.theme or ""):
            return one
    raise Refused("unknown-theme")


def _followup(report: PublicPage) -> FollowUp:
    followup = FollowUp()
    followup.promises = dict(report.promises)
    followup.entries = {(one.activity, one.theme): one.entry for one in report.themes()}
    return followup


def _with(report: PublicPage, followup: FollowUp, events: list[Event]) -> PublicPage:
    for event in events:
        assert isinstance(event, Followed)
        followup.apply(event)
    changed = _each(report, lambda one: replace(one, entry=followup.entry_of(one.activity, one.theme)))
    return replace(changed, promises=followup.promises)
