"""What becomes of the themes: the rules for writing it down, and what the console shows of it."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Protocol

from live import dates
from live.activities.kind import Answer
from live.activities.state import ActivityState
from live.errors import Refused
from live.events import Event, FollowUpSet, PromiseMade, ReportPublished, ReportUnpublished
from live.followup import NOT, STATUSES, Entry, FollowUp
from live.room import Room
from live.text.normalize import MOST_CHARACTERS, clean
from live.themes import Theme

MOST_TEXT = 500  # characters of a promise or a reason
MOST_NAME = 120  # of a unit, or of whoever promised
MOST_PROMISES = 20

View = dict[str, Any]


class Asked(Protocol):
    """The fields of a facilitator's action that count here (`rules.Act`)."""

    @property
    def do(self) -> str: ...
    @property
    def activity(self) -> str | None: ...
    @property
    def theme(self) -> str | None: ...
    @property
    def status(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def who(self) -> str | None: ...
    @property
    def n(self) -> int | None: ...


def publish(room: Room, act: Asked, now: int) -> list[Event]:
    return [] if room.followup.published_at is not None else [ReportPublished(at=now)]


def unpublish(room: Room, act: Asked, now: int) -> list[Event]:
    return [] if room.followup.published_at is None else [ReportUnpublished(at=now)]


def follow(room: Room, act: Asked, now: int) -> list[Event]:
    """The theme's entry as it is to stand, whole. Not doing it takes a reason; so does leaving a day that passed."""
    return entered(room.followup, _holder(room, act), act, now)


def entered(followup: FollowUp, activity: str, act: Asked, now: int) -> list[Event]:
    """The same of a theme that is known to be there."""
    before = followup.of(activity, act.theme or "")
    status = act.status or before.status
    if status not in STATUSES:
        raise Refused("bad")
    day = _day(act.date)
    reason = _clean(act.reason, MOST_TEXT)
    moved = day != before.date and before.overdue(now) and status != NOT
    if not reason and (status == NOT or moved):
        raise Refused("no-reason")
    entry = Entry(
        status, reason, _clean(act.unit, MOST_NAME), day,
        moved=moved or (before.moved and day == before.date and bool(reason)), at=before.at,
    )  # fmt: skip
    if entry == before:
        return []
    return [FollowUpSet(
        at=now, activity=activity, theme=act.theme or "", status=entry.status, reason=entry.reason, unit=entry.unit,
        date=entry.date, moved=entry.moved,
    )]  # fmt: skip


def promise(room: Room, act: Asked, now: int) -> list[Event]:
    """Written down, or number *n* written over; without a text it is taken out."""
    return promised(room.followup, act, now)


def promised(followup: FollowUp, act: Asked, now: int) -> list[Event]:
    promises, text = followup.promises, _clean(act.text, MOST_TEXT)
    if act.n is not None and act.n not in promises:
        raise Refused("bad")
    who = _clean(act.who, MOST_NAME)
    if act.n is None and any((text, who) == (one.text, one.who) for one in promises.values()):
        return []  # sent twice
    if act.n is None and not text:
        raise Refused("empty")
    if act.n is None and len(promises) >= MOST_PROMISES:
        raise Refused("too-many-promises")
    n = act.n if act.n is not None else max(promises, default=0) + 1
    return [PromiseMade(at=now, n=n, text=text, who=who)]


def console(room: Room) -> View:
    """All of it, to be written in, by activity and theme; a question without themes has an empty `theme`."""
    return {
        "published": room.followup.published_at is not None,
        "by": day.isoformat() if (day := dates.read(room.workshop.meta.get("report-by", ""))) else "",
        "promises": [{"n": n, "text": one.text, "who": one.who} for n, one in room.followup.promises.items()],
        "themes": [_told(room, source, theme) for source, themes in followed(room) for theme in themes],
    }  # fmt: skip


def followed(room: Room) -> Iterator[tuple[ActivityState, list[Theme | None]]]:
    """
    Each question that may be replied to, in the order of the workshop, with its themes as they were made.

    None among the themes is the question as a whole: where there are no themes, or where it was replied to before there
    were. Who people are is nothing to reply to.
    """
    planned = [one.id for n in range(1, len(room.workshop.slides) + 1) for one in room.on_slide(n)]
    for id in dict.fromkeys([*planned, *room.activities]):
        source = room.activities[id]
        themes: list[Theme | None] = [*room.themes_of(id)]
        if source.written.attrs.get("background") is True:
            continue
        asked = source.takes_answers and source.counted
        if (id, "") in room.followup.entries or (asked and not themes):
            themes.insert(0, None)
        if themes:
            yield source, themes


def _told(room: Room, source: ActivityState, theme: Theme | None) -> View:
    id = theme.id if theme else ""
    entry = room.followup.of(source.written.id, id)
    return {
        "activity": source.written.id, "theme": id, "name": theme.name if theme else question(room, source),
        "answers": len(counted(source, theme)) if theme else source.counted, "status": entry.status,
        "reason": entry.reason, "unit": entry.unit, "date": entry.date, "moved": entry.moved,
    }  # fmt: skip


def question(room: Room, source: ActivityState) -> str:
    """What was asked: its own words, or else the title of its slide."""
    written = source.written
    if written.question or not room.has(written.id):
        return written.question or written.instruction
    n = room.slide_of(written.id)
    slides = room.workshop.slides
    return (slides[n - 1].title if 0 < n <= len(slides) else "") or written.instruction or room.workshop.title


def counted(source: ActivityState, theme: Theme | None) -> list[Answer]:
    """The answers that make up the theme, or the question as a whole."""
    answers = [source.answers.get(id) for id in theme.ids] if theme else source.answers.values()
    return [one for one in answers if one and one.counted]


def _holder(room: Room, act: Asked) -> str:
    for source, themes in followed(room):
        ids = [theme.id if theme else "" for theme in themes]
        # A question as a whole has no name of its own: it is meant only where it is named.
        named = act.activity == source.written.id or (act.activity is None and act.theme)
        if named and (act.theme or "") in ids:
            return source.written.id
    raise Refused("unknown-theme")


def sound(status: str, reason: str, unit: str, day: str) -> bool:
    """Whether *follow* or *promise* could have written it so."""
    return (
        status in STATUSES and (bool(reason) or status != NOT) and reason == _clean(reason, MOST_TEXT)
        and unit == _clean(unit, MOST_NAME) and bool(re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?", day))
    )  # fmt: skip


def _day(written: str | None) -> str:
    if not written:
        return ""
    try:
        return date.fromisoformat(written[:40]).isoformat()
    except ValueError:
        raise Refused("bad-date") from None


def _clean(text: str | None, most: int) -> str:
    return clean((text or "")[:MOST_CHARACTERS])[:most]


ACTIONS: dict[str, Callable[[Room, Asked, int], list[Event]]] = {
    "publish": publish, "unpublish": unpublish, "follow": follow, "promise": promise,
}  # fmt: skip
