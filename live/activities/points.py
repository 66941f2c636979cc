"""
The kind `points`: each phone shares out a number of points, or less than that; or, with a `cap`, buys options that have
costs (`knapsack`).

The options are its own, or the themes into which answers were gathered.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from live.activities import knapsack
from live.activities.choice import Choice, ChoiceTally, chosen
from live.activities.kind import (
    AdHoc,
    Answer,
    Figure,
    FormFields,
    Harm,
    Note,
    Pretender,
    Tally,
    Words,
    read_number,
    weight,
)
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_
from live.text.normalize import joined
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.option_marks import MOST_COST
from live.workshop.schema import ANSWERED, FROM, KindSchema, number

DEFAULT_TOTAL = 100
MOST = 1_000_000


def total(written: Activity) -> int:
    return read_number(written.attrs, "total", DEFAULT_TOTAL)


def given(written: Activity, value: Value, most: int = MOST) -> dict[str, int]:
    """
    The points that *value* gives to each option there is now, one to each where it is a list. Those of options that
    were merged are added up, to *most* on one; what was given to a removed one is given to nobody.
    """
    now = {was: option.id for option in written.options for was in (*option.was, option.id)}
    shared: dict[str, int] = {}
    every = value if isinstance(value, dict) else dict.fromkeys(value, 1) if isinstance(value, list) else {}
    for option, points in every.items():
        if option in now and isinstance(points, int) and points > 0:
            shared[now[option]] = min(most, shared.get(now[option], 0) + points)
    return {option.id: shared[option.id] for option in written.options if option.id in shared}


def from_fields(fields: Mapping[str, list[str]]) -> dict[str, int]:
    """The numbers in the form's fields `points-…`, by option; below 0 where it is no number."""
    shared = {name.removeprefix("points-"): some[0].strip() for name, some in fields.items() if name[:7] == "points-"}
    return {
        option: int(points) if points.isascii() and points.isdecimal() and len(points) < 10 else -1
        for option, points in shared.items()
        if points
    }


class PointsTally(ChoiceTally):
    """*most* is how much may stand on one option."""

    def __init__(self, written: Activity, most: int = MOST) -> None:
        super().__init__(written)
        self.most = most

    def _count(self, answer: Answer, sign: int) -> None:
        votes = sign * weight(self.written, answer)
        shared = given(self.written, answer.value, self.most)
        self.voters += votes if shared else 0
        for option, points in shared.items():
            self.counts[option] += votes * points

    def show(self) -> dict[str, Any]:
        """`share` is the part of all points that were given."""
        shown, every = super().show(), sum(self.counts.values())
        return shown | {
            "options": [one | {"share": round(one["count"] / every, 4) if every else 0} for one in shown["options"]]
        }


class Points(Choice):
    schema = KindSchema(
        ANSWERED
        | {
            "total": number(high=MOST),
            "step": number(high=MOST),
            "cap": number(high=MOST_COST),
            "from": FROM,
        },
        norwegian=("poeng",),
        options="must",
        takes="themes",
        ordered=(("step", "total"),),
        excludes=(("cap", "total"), ("cap", "step"), ("cap", "from")),
        priced=True,
    )
    words = Words(
        name=N_("Share out points"),
        help=N_("Each has the same number of points to share out."),
        screen=N_("Share out your points on your phone."),
        instruction=N_("Share out your points."),
        options=N_("What can get points, one on each line"),
        without_from=N_("what is written here"),
    )
    ad_hoc: AdHoc = ""
    no_value: Value = {}
    fields = FormFields(("from", "total"), ("step", "cap", "time", "reveal", "optional"))
    ranked = True
    unit = N_("Points")

    def counted_in(self, written: Activity) -> str:
        return "" if knapsack.cap(written) else self.unit

    def most(self, written: Activity) -> int:
        return len(written.options)

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if cap := knapsack.cap(written):
            _, bought = super().check(written, text, value)
            if knapsack.spent(written, chosen(written, bought)) > cap:
                raise Refused("too-expensive")
            return None, bought
        if text is not None or not isinstance(value, dict):
            raise Refused("bad")
        known = {id for option in written.options for id in (option.id, *option.was)}
        step = read_number(written.attrs, "step", 1)
        if any(not isinstance(points, int) or points < 0 for points in value.values()) or (
            value.keys() - known and not self.options_may_go(written)
        ):
            raise Refused("bad")
        shared = given(written, value)
        if not shared:
            raise Refused("empty")
        if sum(shared.values()) > total(written):
            raise Refused("too-many-points")
        if any(points % step for points in shared.values()):
            raise Refused("points-step")
        return None, shared

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        cap, bought = knapsack.cap(after), [chosen(after, answer.value) for answer in answers]
        if answers and bool(knapsack.cap(before)) != bool(cap):
            return Harm(N_("People have answered {word} in another way. Let `cap` be as it was"), {})
        if cap and (dearest := max((knapsack.spent(after, one) for one in bought), default=0)) > cap:
            sentence = N_("Somebody has bought for {n} in {word}. Let cap be at least that, and costs no higher")
            return Harm(sentence, {"n": dearest})
        if answers and total(before) != total(after):
            return Harm(N_("People have shared out {n} points in {word}. Let total be that"), {"n": total(before)})
        if before.attrs.get("from") != after.attrs.get("from"):
            return Harm(N_("People have answered {word} about other options. Let `from=` be what it was"), {})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        return super().from_form(fields) if "option" in fields else (None, from_fields(fields))

    def standing(self, written: Activity, value: Value) -> Value:
        return chosen(written, value) if knapsack.cap(written) else given(written, value)

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return knapsack.KnapsackTally(written, word_groups.language) if knapsack.cap(written) else PointsTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        if cap := knapsack.cap(written):
            told = {"left": N_("Left to spend: {n}"), "over": N_("Too expensive by {n}")}
            return {"options": written.options, "costs": dict(written.costs), "cap": cap, "says": told}
        says = {
            "left": N_("Points left: {n}"), "over": N_("Too many points: take away {n}"),
            "wrong": N_("Write whole points, in the steps that are asked for."),
            "more": N_("More: {option}"), "less": N_("Less: {option}"),
        }  # fmt: skip
        step = read_number(written.attrs, "step", 0)
        return {"options": written.options, "total": total(written), "in_steps": step or None, "says": says}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        if knapsack.cap(written):
            return super().tell(written, answer, separator, language)
        names = {option.id: option.text for option in written.options}
        shared = given(written, answer.value)
        return joined((f"{names[option]}: {points}" for option, points in shared.items()), separator)

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        return knapsack.notes(written, results) if knapsack.cap(written) else []

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [Figure(one["id"], one["text"], one["count"], share=one["share"]) for one in results["options"]]

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """All points, in up to ten heaps, most of them on what many like."""
        if knapsack.cap(written):
            yield from ((None, bought) for bought in knapsack.rehearse(written, one))
            return
        step = read_number(written.attrs, "step", 1)
        heaps = max(1, min(10, total(written) // step))
        each = total(written) // heaps // step * step
        liked = sorted(written.options, key=lambda option: one.common(option.id) + one.chance(option.id, one.turn))
        shared: dict[str, int] = {}
        for heap in range(heaps):
            option = liked[int(len(liked) * one.chance("heap", one.turn, heap) ** 2)].id
            shared[option] = shared.get(option, 0) + each
        yield None, shared


KIND = Points()
