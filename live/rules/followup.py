"""Rules for the follow-up: publishing the report, replying to themes, and writing down promises."""

import re
from typing import Any

from live.errors import Refused
from live.events import Event, FollowUpSet, PromiseMade, ReportPublished, ReportUnpublished
from live.i18n import dates
from live.room import Room
from live.room.followup import NOT, STATUSES, Entry, FollowUp
from live.room.questions import followup_questions, waiting_answers
from live.rules.commands import MakePromise, Publish, SetReply
from live.text.normalize import MOST_CHARACTERS, clean, clean_visible

MOST_TEXT = 500  # characters of a promise or a reason
MOST_NAME = 120  # characters of the name of a unit or of a person
MOST_PROMISES = 20

View = dict[str, Any]


def publish(room: Room, action: Publish, now: int) -> list[Event]:
    if room.followup.published_at is not None:
        return []
    if (waiting := len(waiting_answers(room))) and not action.without:
        raise Refused("flagged-waiting", n=waiting)
    return [ReportPublished(at=now)]


def unpublish(room: Room, now: int) -> list[Event]:
    return [] if room.followup.published_at is None else [ReportUnpublished(at=now)]


def follow(room: Room, action: SetReply, now: int) -> list[Event]:
    """
    Set the whole reply to a theme. A reason is needed to say that it will not be done, or to move a date that has
    passed.
    """
    return set_entry(room.followup, _activity_of(room, action), action, now)


def set_entry(followup: FollowUp, activity: str, action: SetReply, now: int) -> list[Event]:
    """`follow` for a theme that exists; also used for a kept page, which has no room."""
    before = followup.entry_of(activity, action.theme or "")
    status = action.status or before.status
    if status not in STATUSES:
        raise Refused("bad")
    day = _day(action.date)
    reason = _text(action.reason, MOST_TEXT)
    moved = day != before.date and before.overdue(now) and status != NOT
    if not reason and (status == NOT or moved):
        raise Refused("no-reason")
    entry = Entry(
        status, reason, _text(action.unit, MOST_NAME), day,
        moved=moved or (before.moved and day == before.date and bool(reason)), at=before.at,
    )  # fmt: skip
    if entry == before:
        return []
    return [FollowUpSet(
        at=now, activity=activity, theme=action.theme or "", status=entry.status, reason=entry.reason, unit=entry.unit,
        date=entry.date, moved=entry.moved,
    )]  # fmt: skip


def promise(room: Room, action: MakePromise, now: int) -> list[Event]:
    """Write down a promise, or replace number `n`; an empty text removes it."""
    return set_promise(room.followup, action, now)


def set_promise(followup: FollowUp, action: MakePromise, now: int) -> list[Event]:
    """`promise`; also used for a kept page, which has no room."""
    promises, text = followup.promises, _text(action.text, MOST_TEXT)
    if action.n is not None and action.n not in promises:
        raise Refused("bad")
    who = _text(action.who, MOST_NAME)
    if action.n is None and any((text, who) == (one.text, one.who) for one in promises.values()):
        return []  # sent twice
    if action.n is None and not text:
        raise Refused("empty")
    if action.n is None and len(promises) >= MOST_PROMISES:
        raise Refused("too-many-promises")
    n = action.n if action.n is not None else max(promises, default=0) + 1
    return [PromiseMade(at=now, n=n, text=text, who=who)]


def _activity_of(room: Room, action: SetReply) -> str:
    for source, themes in followup_questions(room):
        ids = [theme.id if theme else "" for theme in themes]
        # A theme may be given without its activity; a question as a whole needs the activity.
        meant = action.activity == source.written.id or (action.activity is None and action.theme)
        if meant and (action.theme or "") in ids:
            return source.written.id
    raise Refused("unknown-theme")


def valid(status: str, reason: str, unit: str, day: str) -> bool:
    """Whether *follow* or *promise* could have written these values; for an import."""
    return (
        status in STATUSES and (bool(reason) or status != NOT) and reason == _clean(reason, MOST_TEXT)
        and unit == _clean(unit, MOST_NAME) and bool(re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?", day))
    )  # fmt: skip


def _day(written: str | None) -> str:
    if not written:
        return ""
    if (day := dates.read(written[:40])) is None:
        raise Refused("bad-date")
    return day.isoformat()


def _text(text: str | None, most: int) -> str:
    return clean_visible(text or "")[:most]


def _clean(text: str | None, most: int) -> str:
    """`_text` as older versions wrote it."""
    return clean((text or "")[:MOST_CHARACTERS])[:most]
