"""The kind `choice`: each phone picks one or several options, and may change its answer until the activity closes."""

from typing import Any

from live.activities.grace import GRACE_MS
from live.activities.kind import Answer, Tally, letter, number, weight
from live.errors import Refused
from live.events import Value
from live.text.word_groups import WordGroups
from live.workshop import Activity


class ChoiceTally:
    def __init__(self, written: Activity) -> None:
        self.written = written
        self.counts = {option.id: 0 for option in written.options}
        self.voters = 0

    def _count(self, answer: Answer, sign: int) -> None:
        votes = sign * weight(self.written, answer)
        self.voters += votes
        for option in answer.value or ():
            if option in self.counts:
                self.counts[option] += votes

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def show(self) -> dict[str, Any]:
        """`share` is the part of those who answered, 0..1; with `pick` above 1 the shares add up to more than 1."""
        return {
            "options": [
                {
                    "id": option.id,
                    "letter": letter(place),
                    "text": option.text,
                    "count": self.counts[option.id],
                    "share": round(self.counts[option.id] / self.voters, 4) if self.voters else 0,
                }
                for place, option in enumerate(self.written.options)
            ],
            "n": self.voters,
        }


class Choice:
    """`most` is how many options one phone may pick."""

    takes_answers = True
    grace_ms = GRACE_MS
    shapes: tuple[str, ...] = ("bars",)

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if text is not None or not isinstance(value, list):
            raise Refused("bad")
        chosen = [option.id for option in written.options if option.id in value]
        if len(chosen) != len(value):
            raise Refused("bad")
        if not chosen:
            raise Refused("empty")
        if len(chosen) > self.most(written):
            raise Refused("limit", limit=self.most(written))
        return None, chosen

    def most(self, written: Activity) -> int:
        return number(written.attrs, "pick", 1)

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return ChoiceTally(written)
