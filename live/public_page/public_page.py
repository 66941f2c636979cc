"""
The content of the public page of a meeting, «You said, we do», which everybody may read.

When the answers are deleted, this page is kept. The follow-up on it can be edited until the promises are fulfilled.
"""

from collections.abc import Callable, Container, Iterator
from itertools import islice

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from live.activities.state import ActivityState
from live.errors import Refused
from live.events import Event, FollowUpEvent
from live.room import Room
from live.room.followup import Entry, FollowUp, Promise
from live.room.questions import counted_answers, figures_of, followup_questions, question_of, results_of
from live.room.themes import Theme
from live.rules import followup as replies
from live.rules.commands import MakePromise, SetReply
from live.views import pictures

QUOTES = 3  # of each theme
MOST_WORDS = 12
LOGO = 240, 80  # pixels at most
MOST_FIGURES = 40
NOTED = "report"  # the id under which the deletion of a kept page is noted; for answers it is their own id


class Quote(Struct, frozen=True):
    """
    Text of participants: a quote, or a word with `n`, how many used it.

    `id` is empty until the page is kept; then it is random, so that a note of its removal does not reveal the text.
    """

    text: str
    n: int | None = None
    id: str = ""


class PublicTheme(Struct, frozen=True):
    """
    A theme: its size, the reply to it, and what the hall has seen of it, as `quotes`, as `words`, or as `figures`,
    which are (text, count) or (text, mean). An empty `theme` is the question as a whole, where there are no themes.
    """

    activity: str
    theme: str
    name: str
    answers: int
    entry: Entry
    quotes: list[Quote] = []
    words: list[Quote] = []
    figures: list[tuple[str, int | float]] = []


class Question(Struct, frozen=True):
    """A question with its `themes`, largest first."""

    question: str
    answers: int
    themes: list[PublicTheme]


class Logo(Struct, frozen=True):
    """A picture of so many pixels; `alt` is whose it is."""

    src: str
    alt: str
    width: int
    height: int


class PublicPage(Struct, frozen=True):
    """
    The whole page. Until it is published, `published_at` is None and it has neither questions nor promises.

    `deleted_at` is when the answers were deleted, 0 while they exist. `promises` are by number.
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
    accent: str = ""  # `#rrggbb`
    logo: Logo | None = None  # while the meeting has it

    def themes(self) -> Iterator[PublicTheme]:
        for question in self.questions:
            yield from question.themes


def of(room: Room, *, published: bool = True) -> PublicPage:
    """The page of *room*; with *published* false, as it would be if it were published."""
    meta = room.workshop.meta
    page = PublicPage(
        room.code, room.opened_at, room.workshop.language, room.workshop.title,
        organisation=meta.get("organisation", ""), purpose=meta.get("purpose", ""), owner=meta.get("owner", ""),
        contact=meta.get("contact", ""), report_by=meta.get("report-by", ""), ladder=meta.get("ladder", ""),
        accent=room.workshop.accent, logo=Logo(**logo) if (logo := pictures.logo(room, within=LOGO)) else None,
    )  # fmt: skip
    if published and room.followup.published_at is None:
        return page
    questions = []
    for source, themes in followup_questions(room):
        shown = sorted((_public_theme(room, source, theme) for theme in themes), key=lambda one: -one.answers)
        questions.append(Question(question_of(room, source), source.counted, shown))
    return replace(
        page, published_at=room.followup.published_at, questions=questions, promises=dict(room.followup.promises)
    )


def _public_theme(room: Room, source: ActivityState, theme: Theme | None) -> PublicTheme:
    id = theme.id if theme else ""
    answers = counted_answers(source, theme)
    shown = PublicTheme(
        source.written.id, id, theme.name if theme else question_of(room, source), len(answers),
        room.followup.entry_of(source.written.id, id),
    )  # fmt: skip
    if not source.revealed:
        return shown
    results = results_of(source) if source.tally is not None and theme is None else {}
    language = room.workshop.language
    if source.kind and results and (counted := figures_of(source.kind, source.written, results, language)):
        numbers = (
            (f"{one.text}: {one.told}" if one.told else one.text, one.mean if one.rated else one.count)
            for one in counted[:MOST_FIGURES]
        )
        return replace(shown, figures=[(text, number) for text, number in numbers if number is not None])
    if source.kind and results and source.kind.words_are_result:
        return replace(shown, words=[Quote(one["text"], one["count"]) for one in results["words"][:MOST_WORDS]])
    return replace(shown, quotes=[Quote(one.text or "") for one in islice(answers, QUOTES)])


# -- the kept page, after the answers are deleted -----------------------------------------------------------


read = msgspec.json.Decoder(PublicPage).decode


def written(page: PublicPage) -> bytes:
    """The page as it is stored; `read` reads it."""
    return msgspec.json.encode(page)


def kept(page: PublicPage, now: int, fresh: Callable[[], str]) -> PublicPage:
    """The page to keep when the answers are deleted *now*. *fresh* makes a new id."""

    def with_ids(some: list[Quote]) -> list[Quote]:
        return [replace(one, id=fresh()) for one in some]

    shown = _map_themes(page, lambda one: replace(one, quotes=with_ids(one.quotes), words=with_ids(one.words)))
    return replace(shown, deleted_at=now, logo=None)  # its file is deleted with the meeting


def change(page: PublicPage, action: SetReply | MakePromise, now: int, *, seen: str | None = None) -> PublicPage:
    """
    The page after *action*, by the same rules as in a room.

    *seen* is the `at` of the entry that was edited. Refused `reply-since` when another has been written since, so that
    nobody overwrites a reply they have not read.
    """
    followup = _followup(page)
    if isinstance(action, MakePromise):
        events = replies.set_promise(followup, action, now)
    else:
        found = _find(page, action)
        events = replies.set_entry(followup, found.activity, action, now)
        if events and seen is not None and seen != str(found.entry.at):
            raise Refused("reply-since")
    return _with(page, followup, events)


def quotes_of(page: PublicPage) -> Iterator[Quote]:
    """All quotes and words on the page."""
    for one in page.themes():
        yield from (*one.quotes, *one.words)


def without(page: PublicPage, ids: Container[str]) -> PublicPage:
    """The page without the quotes and words that have one of these ids."""

    def remaining(some: list[Quote]) -> list[Quote]:
        return [one for one in some if one.id not in ids]

    return _map_themes(page, lambda one: replace(one, quotes=remaining(one.quotes), words=remaining(one.words)))


def _map_themes(page: PublicPage, how: Callable[[PublicTheme], PublicTheme]) -> PublicPage:
    return replace(page, questions=[
        replace(question, themes=[how(one) for one in question.themes]) for question in page.questions
    ])  # fmt: skip


def _find(page: PublicPage, action: SetReply) -> PublicTheme:
    for one in page.themes():
        if (one.activity, one.theme) == (action.activity, action.theme or ""):
            return one
    raise Refused("unknown-theme")


def _followup(page: PublicPage) -> FollowUp:
    followup = FollowUp()
    followup.promises = dict(page.promises)
    followup.entries = {(one.activity, one.theme): one.entry for one in page.themes()}
    return followup


def _with(page: PublicPage, followup: FollowUp, events: list[Event]) -> PublicPage:
    for event in events:
        assert isinstance(event, FollowUpEvent)
        followup.apply(event)
    changed = _map_themes(page, lambda one: replace(one, entry=followup.entry_of(one.activity, one.theme)))
    return replace(changed, promises=followup.promises)
