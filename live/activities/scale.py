"""The kind `scale`: each phone rates one or several items on the same scale, and may change it until it closes."""

from typing import Any

from live.activities.grace import GRACE_MS
from live.activities.kind import Answer, Tally, letter, number, weight
from live.errors import Refused
from live.events import Value
from live.text.word_groups import WordGroups
from live.workshop import Activity


def ends(written: Activity) -> tuple[int, int]:
    """The lowest and the highest rating."""
    return number(written.attrs, "low", 1), number(written.attrs, "high", 5)


class ScaleTally:
    def __init__(self, written: Activity) -> None:
        self.written = written
        self.low, self.high = ends(written)
        self.spread = {item.id: [0] * (self.high - self.low + 1) for item in written.options}
        self.voters = 0

    def _count(self, answer: Answer, sign: int) -> None:
        votes = sign * weight(self.written, answer)
        self.voters += votes
        if isinstance(answer.value, dict):
            for item, rating in answer.value.items():
                if item in self.spread and self.low <= rating <= self.high:
                    self.spread[item][rating - self.low] += votes

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def show(self) -> dict[str, Any]:
        """`spread` is how often each rating from `low` to `high` was given; `mean` is None before the first answer."""
        items = []
        for place, item in enumerate(self.written.options):
            spread = self.spread[item.id]
            n = sum(spread)
            total = sum(count * (self.low + step) for step, count in enumerate(spread))
            items.append({
                "id": item.id,
                "letter": letter(place),
                "text": item.text,
                "mean": round(total / n, 2) if n else None,
                "n": n,
                "spread": list(spread),
            })  # fmt: skip
        return {"items": items, "n": self.voters}


class Scale:
    takes_answers = True
    grace_ms = GRACE_MS
    shapes: tuple[str, ...] = ("scale",)

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if text is not None or not isinstance(value, dict):
            raise Refused("bad")
        low, high = ends(written)
        items = {item.id for item in written.options}
        if not value:
            raise Refused("empty")
        if any(item not in items or not low <= rating <= high for item, rating in value.items()):
            raise Refused("bad")
        return None, value

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return ScaleTally(written)
