"""Talk with the person next to you: a clock and no text field."""

from live.activities.kind import GRACE_MS, NoTally, Tally
from live.errors import Refused
from live.events import Value
from live.workshop import Activity


class Pair:
    takes_answers = False
    grace_ms = GRACE_MS
    shapes: tuple[str, ...] = ()

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        raise Refused("closed")

    def tally(self, written: Activity, language: str) -> Tally:
        return NoTally()
