"""What becomes of the themes: the rules for writing it down, and what the console shows of it."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from live.errors import Refused
from live.events import Event, FollowUpSet, PromiseMade, ReportPublished, ReportUnpublished
from live.room import Room
from live.room.followup import NOT, STATUSES, Entry, FollowUp
from live.room.questions import followup_questions
from live.text.normalize import MOST_CHARACTERS, clean

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
    before = followup.entry_of(activity, act.theme or "")
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


def _holder(room: Room, act: Asked) -> str:
    for source, themes in followup_questions(room):
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
