"""
The kind `grid`: each phone places options between two scales, such as effort and benefit.

They are shown where they stand on average.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from live.activities.kind import (
    Answer,
    Figure,
    FormFields,
    Given,
    Harm,
    Kind,
    Pretender,
    Tally,
    Words,
    letter,
    weight,
)
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_, translator
from live.i18n.figures import decimal
from live.report_blocks import Block, Cell, Mark, Picture, Plane, Table
from live.text.normalize import joined
from live.text.word_count import fold
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, Attr, KindSchema

MOST = 100  # a place is from 0 to this, from left to right and from below upwards
USUAL = (N_("Low"), N_("High"))
AXES = ("x", "y")
ENDS = ("left", "right", "low", "high")
MINUS = "\N{EN DASH}"


def ends(written: Activity, axis: str, language: str) -> tuple[str, str]:
    """The words for both ends of an axis: as the file says, else as `USUAL`."""
    named = [word.strip() for word in str(written.attrs.get(axis, "")).split("|")]
    if len(named) == len(USUAL) and all(named):
        return named[0], named[1]
    low, high = map(translator(language), USUAL)
    return low, high


def is_place(place: object, most: int) -> bool:
    """Whether it is `[x, y]` with whole numbers from 0 to *most*."""
    return (
        isinstance(place, Sequence)
        and len(place) == len(AXES)
        and all(isinstance(part, int) and 0 <= part <= most for part in place)
    )


def placed(written: Activity, value: Value) -> dict[str, tuple[int, int]]:
    """Where *value* has placed each option there is; what is no place is left out."""
    places = value if isinstance(value, Mapping) else {}
    found = ((option.id, places.get(option.id)) for option in written.options)
    return {id: (place[0], place[1]) for id, place in found if isinstance(place, Sequence) and is_place(place, MOST)}


class _Sums:
    """Of the places of one option: how many, and the sums of their parts and of the squares of these."""

    def __init__(self) -> None:
        self.n = 0
        self.sums = [0, 0]
        self.squares = [0, 0]

    def add(self, place: tuple[int, int], votes: int) -> None:
        self.n += votes
        for axis, part in enumerate(place):
            self.sums[axis] += votes * part
            self.squares[axis] += votes * part * part

    def mean(self, axis: int) -> float | None:
        return round(self.sums[axis] / self.n, 1) if self.n else None

    def deviation(self, axis: int) -> float | None:
        """The standard deviation of all answers, not of a sample of them."""
        if not self.n:
            return None
        return round(math.sqrt(max(0, self.n * self.squares[axis] - self.sums[axis] ** 2)) / self.n, 1)


class GridTally:
    def __init__(self, written: Activity, language: str) -> None:
        self.written = written
        self.ends = dict(zip(ENDS, (*ends(written, "x", language), *ends(written, "y", language)), strict=True))
        self.sums = {option.id: _Sums() for option in written.options}
        self.voters = 0

    def _count(self, answer: Answer, sign: int) -> None:
        votes = sign * weight(self.written, answer)
        places = placed(self.written, answer.value)
        self.voters += votes if places else 0
        for option, place in places.items():
            self.sums[option].add(place, votes)

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def show(self) -> dict[str, Any]:
        """
        `x` and `y` say where an option stands on average, `dx` and `dy` how much answers differ; None without any.
        `ends`: the words for both ends of each scale.
        """
        return {
            "options": [
                {
                    "id": option.id,
                    "letter": letter(place),
                    "text": option.text,
                    "count": sums.n,
                    "share": None,
                    "x": sums.mean(0),
                    "y": sums.mean(1),
                    "dx": sums.deviation(0),
                    "dy": sums.deviation(1),
                }
                for place, option in enumerate(self.written.options)
                for sums in (self.sums[option.id],)
            ],
            "n": self.voters,
            "ends": self.ends,
        }


class Grid(Kind):
    schema = KindSchema(
        ANSWERED | {"x": Attr("labels"), "y": Attr("labels")},
        norwegian=("rutenett",),
        options="must",
        labelled=(("x", len(USUAL)), ("y", len(USUAL))),
    )
    words = Words(
        name=N_("Place in a grid"),
        help=N_("People place things between two scales, such as effort and benefit."),
        screen=N_("Place them on your phone."),
        instruction=N_("Where does each belong?"),
        options=N_("What is placed, one on each line"),
    )
    shapes: tuple[str, ...] = ("means", "spread")
    no_value: Value = {}
    fields = FormFields(AXES, ("time", "reveal", "optional"))
    charted = False
    tabled = False

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if text is not None or not isinstance(value, Mapping):
            raise Refused("bad")
        if not value:
            raise Refused("empty")
        if value.keys() - {option.id for option in written.options}:
            raise Refused("bad")
        if not all(is_place(place, MOST) for place in value.values()):
            raise Refused("no-place")
        return None, {option: list(place) for option, place in placed(written, value).items()}

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        for axis in AXES:
            old, new = ("|".join(ends(one, axis, "en")) for one in (before, after))
            if answers and fold(old) != fold(new):
                sentence = N_("People have placed the options of {word} by {axis}=`{words}`. Let it be that")
                return Harm(sentence, {"axis": axis, "words": old})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        places: dict[str, list[int]] = {}
        for name, some in fields.items():
            axis, _, option = name.partition("-")
            if axis in AXES and some[0].strip():
                typed = some[0].strip()
                part = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else -1
                places.setdefault(option, [-1, -1])[AXES.index(axis)] = part
        return None, places

    def standing(self, written: Activity, value: Value) -> Value:
        return {option: list(place) for option, place in placed(written, value).items()}

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return GridTally(written, word_groups.language)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        (left, right), (low, high) = (ends(written, axis, "en") for axis in AXES)
        says = {
            "left": left, "right": right, "low": low, "high": high,
            "how": N_("Choose one, and touch the square where it belongs. With a keyboard: the arrow keys."),
            "across": N_("From {left} (0) to {right} (100)"), "upwards": N_("From {low} (0) to {high} (100)"),
            "at": N_("{option}: {x} across, {y} upwards"), "square": N_("The square"),
        }  # fmt: skip
        return {"options": written.options, "says": says}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        names = {option.id: option.text for option in written.options}
        places = placed(written, answer.value).items()
        return joined((f"{names[option]}: {x}/{y}" for option, (x, y) in places), separator)

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [
            Figure(one["id"], one["text"], one["count"], told=f"{one['x']:g} / {one['y']:g}" if one["count"] else MINUS)
            for one in results["options"]
        ]

    def blocks(
        self, written: Activity, results: dict[str, Any], given: list[Given], picture: Picture | None, language: str
    ) -> list[Block]:
        """The square with a letter for each option, and the table that says which is which."""
        (left, right), (low, high) = (ends(written, axis, language) for axis in AXES)
        shown, _ = [one for one in results["options"] if one["count"]], translator(language)
        rows: list[list[Cell]] = [
            [f"{one['letter']} {one['text']}", one["count"], decimal(one["x"], language), decimal(one["y"], language)]
            for one in results["options"]
        ]
        people = written.attrs.get("count") == "people"
        heads = [
            _(N_("Placed")),
            _(N_("People")) if people else _(N_("Phones")),
            f"{left} – {right}",
            f"{low} – {high}",
        ]
        marks = [Mark(one["x"] / MOST, 1 - one["y"] / MOST, one["letter"]) for one in shown]
        told = "; ".join(f"{one['letter']} {one['text']}: {one['x']:g}/{one['y']:g}" for one in shown)
        plane = [Plane(marks, told, left=left, right=right, low=low, high=high)] if shown else []
        return [*plane, Table(heads, rows)]

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """Each option around a place of its own, which is the same for all."""

        def part(option: str, axis: str) -> int:
            return min(
                MOST,
                int((one.common(option, axis) + (one.chance(option, axis, one.turn) - 0.5) / 2) * MOST) % (MOST + 1),
            )

        yield None, {option.id: [part(option.id, axis) for axis in AXES] for option in written.options}


KIND = Grid()
