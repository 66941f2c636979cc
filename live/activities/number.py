"""The kind `number`: each phone guesses or estimates a number; all are shown as columns, with median and quartiles."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate
from typing import Any

from live.activities.kind import (
    Answer,
    Figure,
    FormFields,
    Harm,
    Kind,
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
from live.i18n.figures import plain
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, Attr, KindSchema, number

LARGEST = 10**9  # of an answer, without `max`
DECIMALS = 6
MOST_COLUMNS = 10
_typed = re.compile(r"[-\N{MINUS SIGN}]?\d{1,12}(?:[.,]\d{1,12})?")


def limits(written: Activity) -> tuple[int | None, int | None]:
    """The smallest and the largest number that may be answered; None where the file does not say."""
    least, most = written.attrs.get("least"), written.attrs.get("most")
    return (least if isinstance(least, int) else None), (most if isinstance(most, int) else None)


def fits(written: Activity, value: float) -> bool:
    """Whether *value* is within the limits, and a whole number of steps from the smallest (from 0 without one)."""
    low, high = limits(written)
    step = written.attrs.get("step")
    inside = (-LARGEST if low is None else low) <= value <= (LARGEST if high is None else high)
    return inside and (not isinstance(step, int) or (value - (low or 0)) % step == 0)


def quantile(counted: list[tuple[float, int]], part: float) -> float:
    """
    The number below which *part* (0..1) of *counted* lie: pairs of a number and how often it was given, smallest first.

    Source: definition 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages (1996), which is that of R, NumPy
    and the function QUARTILE.INC of spreadsheets: with n numbers, the one at place (n - 1) * part, counted from 0, and
    between two places a part of the way.
    """
    upto = list(accumulate(n for _, n in counted))
    place = (upto[-1] - 1) * part
    below = math.floor(place)
    low, high = (counted[bisect_right(upto, at)][0] for at in (below, min(below + 1, upto[-1] - 1)))
    return low + (high - low) * (place - below)


def width_of(low: float, high: float, least: int | None) -> float:
    """The width of columns from *low* to *high*: 1, 2 or 5 times a power of ten, MOST_COLUMNS columns at most."""
    power = math.floor(math.log10((high - low) / MOST_COLUMNS)) if high > low else 0
    for at in range(power, power + 3):
        for times in (1, 2, 5):
            width = times * 10.0**at
            if width >= (least or 0) and math.floor(high / width) - math.floor(low / width) < MOST_COLUMNS:
                return width
    raise AssertionError("a width of ten times the range has room for all")


class NumberTally:
    """Keeps how often each number was given."""

    def __init__(self, written: Activity, language: str) -> None:
        self.written = written
        self.language = language
        self.counts: Counter[float] = Counter()

    def _count(self, answer: Answer, sign: int) -> None:
        if isinstance(answer.value, int | float):
            self.counts[answer.value] += sign * weight(self.written, answer)
            if not self.counts[answer.value]:
                del self.counts[answer.value]

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def show(self) -> dict[str, Any]:
        """
        `median`, `q1`, `q3`, `least` and `largest`, None before the first answer; `options` are the columns, each of
        the numbers from `low` up to, but not with, `high`.
        """
        counted = sorted(self.counts.items())
        n = sum(count for _, count in counted)
        q1, median, q3 = (round(quantile(counted, part), DECIMALS) if n else None for part in (0.25, 0.5, 0.75))
        return {
            "options": self._columns(counted, n, q1, q3),
            "n": n,
            "q1": q1, "median": median, "q3": q3,
            "least": counted[0][0] if n else None, "largest": counted[-1][0] if n else None,
        }  # fmt: skip

    def _columns(
        self, counted: list[tuple[float, int]], n: int, q1: float | None, q3: float | None
    ) -> list[dict[str, Any]]:
        """
        Without limits in the file, what is further from the middle half than three times its width stands in the first
        or last column: one wrong key does not press all others into one.
        """
        low, high = limits(self.written)
        if q1 is None or q3 is None:
            return []
        far = 3 * (q3 - q1)
        start = float(max(counted[0][0], q1 - far) if low is None else low)
        end = float(min(counted[-1][0], q3 + far) if high is None else high)
        whole = all(float(value).is_integer() for value, _ in counted)
        width = width_of(start, end, 1 if whole else None)
        first, last = math.floor(start / width), math.floor(end / width)
        counts = dict.fromkeys(range(first, last + 1), 0)
        for value, count in counted:
            counts[min(max(math.floor(value / width), first), last)] += count
        below, above = counted[0][0] < first * width, counted[-1][0] >= (last + 1) * width
        return [
            {
                "id": f"n{place}",
                "letter": "",
                "text": self._text(place, width, whole, below and place == first, above and place == last),
                "count": count,
                "share": round(count / n, 4),
                "low": round(place * width, DECIMALS),
                "high": round((place + 1) * width, DECIMALS),
            }
            for place, count in counts.items()
        ]

    def _text(self, place: int, width: float, whole: bool, below: bool, above: bool) -> str:
        least, most = limits(self.written)
        low, high = place * width, (place + 1) * width - whole
        low, high = max(low, least or low), min(high, high if most is None else most)
        start, end = (plain(round(edge, DECIMALS), self.language) for edge in (low, high))
        if below:
            return f"\N{LESS-THAN OR EQUAL TO} {end}"
        return f"\N{GREATER-THAN OR EQUAL TO} {start}" if above else start if start == end else f"{start}–{end}"


class Number(Kind):
    schema = KindSchema(
        ANSWERED
        | {
            "min": number(0, 10_000_000, name="least"),
            "max": number(0, 10_000_000, name="most"),
            "step": number(1, 1_000_000),
            "unit": Attr("text"),
            "right": number(0, 10_000_000),
        },
        norwegian=("tall", "tal"),
        ordered=(("min", "max"), ("min", "right"), ("right", "max")),
    )
    words = Words(
        name=N_("A number"),
        help=N_("People guess or estimate a number."),
        screen=N_("Write a number on your phone."),
        instruction=N_("Write a number."),
    )
    shapes: tuple[str, ...] = ("columns",)
    no_value: Value = 0
    fields = FormFields(("unit", "right"), ("min", "max", "step", "time", "reveal", "optional"))

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if text is not None or not (value is None or isinstance(value, int | float | str)):
            raise Refused("bad")
        if value is None or value == "":
            raise Refused("empty")
        if isinstance(value, str) or (isinstance(value, float) and not math.isfinite(value)):
            raise Refused("no-number")
        if not fits(written, value):
            raise Refused("range")
        rounded = round(value, DECIMALS)
        return None, int(rounded) if rounded == int(rounded) else rounded

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        given = [answer.value for answer in answers if isinstance(answer.value, int | float)]
        if wrong := next((value for value in given if not fits(after, value)), None):
            return Harm(N_("Somebody has answered {word} with {n}. Let min, max and step allow that"), {"n": wrong})
        if given and before.attrs.get("unit") != after.attrs.get("unit"):
            unit = str(before.attrs.get("unit", ""))
            return Harm(N_("People have answered {word} in `{unit}`. Let unit be that"), {"unit": unit})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        typed = "".join(fields.get("number", [""])[0].split())
        if not typed or not _typed.fullmatch(typed):
            return None, typed
        return None, float(typed.replace(",", ".").replace("\N{MINUS SIGN}", "-"))

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return NumberTally(written, word_groups.language)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        """Never with `right`: phones and screens get it only once results are shown (`told_at_reveal`)."""
        low, high = limits(written)
        step = read_number(written.attrs, "step", 0)
        facts: dict[str, str | int | float] = {"low": low or 0, "high": high or 0, "step": step}
        if low is None and high is None:
            limit = N_("In steps of {step}") if step else ""
        elif high is None:
            limit = N_("{low} or more, in steps of {step}") if step else N_("{low} or more")
        elif low is None:
            limit = N_("{high} at most, in steps of {step}") if step else N_("{high} at most")
        else:
            limit = N_("From {low} to {high}, in steps of {step}") if step else N_("From {low} to {high}")
        says = {"answer": N_("Your number"), "wrong": N_("Write a number with digits, such as 12 or 12.5.")}
        return {
            "unit": str(written.attrs.get("unit", "")), "least": low, "most": high,
            "in_steps": written.attrs.get("step"), "says": says | ({"limits": Note(limit, facts)} if limit else {}),
        }  # fmt: skip

    def told_at_reveal(self, written: Activity, results: dict[str, Any]) -> dict[str, Any]:
        return {"right": written.attrs["right"]} if "right" in written.attrs else {}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        value = answer.value if isinstance(answer.value, int | float) else 0
        return f"{plain(value, language)} {written.attrs.get('unit', '')}".strip()

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [Figure(one["id"], one["text"], one["count"], share=one["share"]) for one in results["options"]]

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        if not results["n"]:
            return []
        unit = str(written.attrs.get("unit", ""))
        facts = {name: results[name] for name in ("median", "q1", "q3")} | {"unit": f" {unit}" * bool(unit)}
        said = [Note(N_("Median {median}{unit}. The middle half of the answers is from {q1} to {q3}."), facts)]
        if "right" in results:
            said.append(
                Note(N_("The right answer is {right}{unit}."), {"right": results["right"], "unit": facts["unit"]})
            )
        return said

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """Around one number, which may be the right one: most near it, a few far away."""
        low, high = limits(written)
        start = low or 0
        end = high if high is not None else max(start + 100, 2 * read_number(written.attrs, "right", 0))
        step = read_number(written.attrs, "step", 1)
        dice = [one.chance("number", one.turn, n) for n in range(3)]
        middle = (sum(dice) / 3 + one.common("middle")) / 2
        yield None, start + step * int(middle * (end - start) / step)


KIND = Number()
