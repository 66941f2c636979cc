"""The kind `scale`: each phone rates one or several items on the same scale, and may change it until it closes."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from live.activities.kind import (
    Answer,
    Figure,
    FormFields,
    Harm,
    Kind,
    Pretender,
    Tally,
    Words,
    letter,
    read_number,
    weight,
)
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_
from live.text.normalize import joined
from live.text.word_count import fold
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, Attr, KindSchema, flag, number


def ends(written: Activity) -> tuple[int, int]:
    """The lowest and the highest rating."""
    return read_number(written.attrs, "low", 1), read_number(written.attrs, "high", 5)


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
                if item in self.spread and isinstance(rating, int) and self.low <= rating <= self.high:
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


class Scale(Kind):
    schema = KindSchema(
        ANSWERED
        | {
            "min": number(0, 99, default=1, name="low"),
            "max": number(1, 100, default=5, name="high"),
            "labels": Attr("labels"),
            "compare": Attr("id"),
            "rounds": number(high=20, default=1, works=(1,)),
            "shuffle": flag(False, works=(False,)),
        },
        norwegian=("skala",),
        options="self",
    )
    words = Words(
        name=N_("Rate"),
        help=N_("People rate one thing or several on the same scale."),
        screen=N_("Rate on your phone."),
        instruction=N_("How much do you agree?"),
        in_report=N_("Scale"),
        options=N_("What is rated, one on each line (may stand empty)"),
    )
    shapes: tuple[str, ...] = ("scale",)
    no_value: Value = {}
    fields = FormFields(("min", "max", "labels"), ("time", "reveal", "compare", "optional"), ends="labels")

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if text is not None or not isinstance(value, dict):
            raise Refused("bad")
        low, high = ends(written)
        items = {item.id for item in written.options}
        if not value:
            raise Refused("empty")
        if any(
            item not in items or not isinstance(rating, int) or not low <= rating <= high
            for item, rating in value.items()
        ):
            raise Refused("bad")
        return None, value

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        (low, high), labels = ends(before), before.attrs.get("labels")
        if (low, high) != ends(after):
            sentence = N_("People have rated {word} from {low} to {high}. Let min and max be that")
            return Harm(sentence, {"low": low, "high": high})
        if labels and fold(str(labels)) != fold(str(after.attrs.get("labels", ""))):
            return Harm(N_("People have rated {word} by `{labels}`. Let labels be that"), {"labels": labels})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        rated = {name.removeprefix("item-"): some[0] for name, some in fields.items() if name.startswith("item-")}
        return None, {item: int(step) if step.isascii() and step.isdecimal() else -1 for item, step in rated.items()}

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return ScaleTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        low, high = ends(written)
        labels = [label.strip() for label in str(written.attrs.get("labels", "")).split("|")]
        return {"items": written.options, "low": low, "high": high, "labels": [label for label in labels if label]}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        names = {option.id: option.text for option in written.options}
        ratings = answer.value if isinstance(answer.value, dict) else {}
        return joined((f"{names.get(item, item)}: {rating}" for item, rating in ratings.items()), separator)

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [
            Figure(
                one["id"], one["text"], one["n"], mean=one["mean"], spread=tuple(one["spread"]), low=ends(written)[0]
            )
            for one in results["items"]
        ]

    def compared(self, written: Activity, language: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
        low, high = ends(written)
        steps = [(str(step), str(step)) for step in range(low, high + 1)]
        return [(item.id, item.text, steps) for item in written.options]

    def stands(self, written: Activity, answer: Answer) -> dict[str, list[str]]:
        ratings = answer.value if isinstance(answer.value, dict) else {}
        return {item: [str(rating)] for item, rating in ratings.items()}

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        low, high = ends(written)
        yield (
            None,
            {
                item.id: low + int((high - low + 1) * (one.chance(item.id, one.turn) + one.common(item.id)) / 2)
                for item in written.options
            },
        )


KIND = Scale()
