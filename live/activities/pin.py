"""The kind `pin`: each phone sets a pin on a picture or a map; shown as points and heat, and counted in nine fields."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from live.activities.grid import is_place
from live.activities.kind import Answer, Figure, Given, Harm, Kind, Pretender, Tally, Words, weight
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_, translator
from live.report_blocks import Block, Mark, Picture, Plane
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, KindSchema

MOST = 1000  # a place is from 0 to this, from the upper left of the picture
BIN = 20  # places in the same square of this side are one point in a view, which has 2,500 points at most
ACROSS = 3
FIELDS = (
    N_("Upper left"), N_("Upper middle"), N_("Upper right"), N_("Middle left"), N_("In the middle"), N_("Middle right"),
    N_("Lower left"), N_("Lower middle"), N_("Lower right"),
)  # fmt: skip


def place_of(value: Value) -> tuple[int, int] | None:
    if isinstance(value, Sequence) and is_place(value, MOST):
        x, y = value
        return int(x), int(y)
    return None


def field_of(place: tuple[int, int]) -> int:
    """Which of `FIELDS` a place is in, counted from 0."""
    column, row = (min(ACROSS - 1, part * ACROSS // MOST) for part in place)
    return row * ACROSS + column


def middle_of(field: int) -> list[int]:
    """The place in the middle of a field."""
    return [(2 * part + 1) * MOST // (2 * ACROSS) for part in (field % ACROSS, field // ACROSS)]


class PinTally:
    def __init__(self, written: Activity, language: str) -> None:
        self.written = written
        self.names = [translator(language)(name) for name in FIELDS]
        self.fields = [0] * len(FIELDS)
        self.bins: Counter[tuple[int, int]] = Counter()

    def _count(self, answer: Answer, sign: int) -> None:
        if (place := place_of(answer.value)) is None:
            return
        votes = sign * weight(self.written, answer)
        self.fields[field_of(place)] += votes
        bin = min(place[0] // BIN, MOST // BIN - 1), min(place[1] // BIN, MOST // BIN - 1)
        self.bins[bin] += votes
        if not self.bins[bin]:
            del self.bins[bin]

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def show(self) -> dict[str, Any]:
        """`points` are `[x, y, count]`, places that are near each other together; `options` are the nine fields."""
        n = sum(self.fields)
        return {
            "options": [
                {
                    "id": f"f{field}",
                    "letter": "",
                    "text": self.names[field],
                    "count": count,
                    "share": round(count / n, 4) if n else 0,
                }
                for field, count in enumerate(self.fields)
            ],
            "points": [[x * BIN + BIN // 2, y * BIN + BIN // 2, count] for (x, y), count in sorted(self.bins.items())],
            "n": n,
        }


class Pin(Kind):
    schema = KindSchema(ANSWERED, norwegian=("punkt",), pictured=True)
    words = Words(
        name=N_("Pin on a picture"),
        help=N_("People point at a place on a picture or a map."),
        screen=N_("Point at the place on your phone."),
        instruction=N_("Where is it?"),
    )
    shapes: tuple[str, ...] = ("pins",)
    no_value: Value = []

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if value is None and text is None:
            raise Refused("empty")
        if (
            text is not None
            or not isinstance(value, list)
            or len(value) != len(("x", "y"))
            or not all(isinstance(part, int) for part in value)
        ):
            raise Refused("bad")
        if (place := place_of(value)) is None:
            raise Refused("outside")
        return None, list(place)

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        old, new = (one.picture.name if one.picture else "" for one in (before, after))
        if answers and old != new:
            return Harm(N_("People have pointed at {picture} in {word}. Let the picture be that"), {"picture": old})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        """
        A press on the picture comes in its pixels, with how many it has; one of a key is at 0, 0, and says nothing.
        Who can't press chooses a field.
        """
        numbers = {
            name: int(typed) if (typed := some[0]).isascii() and typed.isdecimal() and len(typed) < 6 else -1
            for name, some in fields.items()
            if name in ("at.x", "at.y", "wide", "high", "field") and some[0]
        }
        x, y, wide, high = (numbers.get(name, 0) for name in ("at.x", "at.y", "wide", "high"))
        if (x or y) and wide > 0 and high > 0:
            return None, [x * MOST // wide, y * MOST // high]
        field = numbers.get("field", -1)
        return None, middle_of(field) if 0 <= field < len(FIELDS) else None

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return PinTally(written, word_groups.language)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        says = {
            "how": N_("Touch the place. With a keyboard: the arrow keys."),
            "press": N_("Press the place in the picture."),
            "instead": N_("Or choose a part of the picture"),
            "missing": N_("The picture is not here. Choose a part of it."),
        }  # fmt: skip
        return {"says": says | {f"f{field}": name for field, name in enumerate(FIELDS)}}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        if (place := place_of(answer.value)) is None:
            return ""
        return f"{translator(language)(FIELDS[field_of(place)])}: x {place[0]}, y {place[1]}"

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [Figure(one["id"], one["text"], one["count"], share=one["share"]) for one in results["options"]]

    def blocks(
        self, written: Activity, results: dict[str, Any], given: list[Given], picture: Picture | None, language: str
    ) -> list[Block]:
        """The picture with the points on it; where they are, in words, is in the table of figures."""
        marks = [Mark(x / MOST, y / MOST) for x, y, _ in results["points"]]
        told = "; ".join(f"{one['text']}: {one['count']}" for one in results["options"] if one["count"])
        return [Plane(marks, f"{picture.alt}. {told}", picture)] if picture and marks else []

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """Around three places that are the same for all."""
        near = int(3 * one.chance("near", one.turn))
        parts = (one.common(near, axis) * 0.8 + one.chance(axis, one.turn) * 0.2 for axis in ("x", "y"))
        yield None, [int(part * MOST) for part in parts]


KIND = Pin()
