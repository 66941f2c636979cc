"""The follow-up, «You said, we do»: the facilitator's reply to each theme after the meeting, and promises."""

from datetime import date, datetime
from typing import assert_never

from msgspec import Struct

from live import events
from live.i18n.dates import LOCAL

RECEIVED, CONSIDERED, DOING, NOT = "received", "considered", "doing", "not"
STATUSES = (RECEIVED, CONSIDERED, DOING, NOT)


class Entry(Struct, frozen=True):
    """The reply to one theme. `date` is ISO or empty; `moved`: it replaces a date that had passed."""

    status: str = RECEIVED
    reason: str = ""
    unit: str = ""
    date: str = ""
    moved: bool = False
    at: int = 0

    def overdue(self, now: int) -> bool:
        """Whether its date has passed. What will not be done has no date to keep."""
        return bool(self.date) and self.status != NOT and self.date < today(now).isoformat()


class Promise(Struct, frozen=True):
    """What somebody promised in the meeting, and who."""

    text: str
    who: str
    at: int


class FollowUp:
    """Only `Room.apply` changes it. `entries` by (activity, theme), `promises` by number."""

    def __init__(self) -> None:
        self.published_at: int | None = None
        self.entries: dict[tuple[str, str], Entry] = {}
        self.promises: dict[int, Promise] = {}

    def entry_of(self, activity: str, theme: str) -> Entry:
        return self.entries.get((activity, theme)) or Entry()

    def apply(self, event: events.FollowUpEvent) -> None:
        match event:
            case events.ReportPublished(at=at):
                self.published_at = at
            case events.ReportUnpublished():
                self.published_at = None
            case events.PromiseMade(n=n, text=text):
                self.promises.pop(n, None)
                if text:
                    self.promises[n] = Promise(text, event.who, event.at)
            case events.FollowUpSet():
                self.entries[event.activity, event.theme] = Entry(
                    event.status, event.reason, event.unit, event.date, event.moved, event.at
                )
            case _:
                assert_never(event)


def today(now: int) -> date:
    """The date in Norway at *now* (milliseconds since the epoch)."""
    return datetime.fromtimestamp(now / 1000, LOCAL).date()
