"""The kind `gradient`: how far each phone supports a proposal, in eight steps from whole-hearted (8) to veto (1)."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from live.activities.kind import Answer, Figure, FormFields, Harm, Kind, Note, Pretender, Tally, Words, weight
from live.activities.number import quantile
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_, translator
from live.text.word_count import fold
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, Attr, KindSchema

STEPS = 8
FOR = 5  # this step and those above it lean towards the proposal
# From 8 to 1. Source: the Gradients of Agreement of Sam Kaner, Facilitator's Guide to Participatory Decision-Making
# (1996), which counts them from the other end.
LABELS = (
    N_("I support it whole-heartedly"),
    N_("I agree, with a small point to mend"),
    N_("I support it with reservations"),
    N_("I abstain"),
    N_("We need to discuss more"),
    N_("I don't like it, but I go along"),
    N_("I disagree seriously"),
    N_("I veto it"),
)


def labels(written: Activity, language: str) -> dict[int, str]:
    """What each step is called, from 8 to 1: as the file says, else as `LABELS`."""
    named = str(written.attrs.get("labels", "")).split("|")
    words = named if len(named) == STEPS and all(named) else [translator(language)(label) for label in LABELS]
    return dict(zip(range(STEPS, 0, -1), words, strict=True))


def step_of(value: Value) -> int | None:
    return value if isinstance(value, int) and 1 <= value <= STEPS else None


class GradientTally:
    def __init__(self, written: Activity, language: str) -> None:
        self.written = written
        self.labels = labels(written, language)
        self.counts = dict.fromkeys(self.labels, 0)

    def _count(self, answer: Answer, sign: int) -> None:
        if step := step_of(answer.value):
            self.counts[step] += sign * weight(self.written, answer)

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def show(self) -> dict[str, Any]:
        """`options` are the steps, from 8 to 1; `median` is None before the first answer."""
        n = sum(self.counts.values())
        counted = [(float(step), self.counts[step]) for step in sorted(self.counts) if self.counts[step]]
        return {
            "options": [
                {
                    "id": str(step),
                    "letter": str(step),
                    "text": self.labels[step],
                    "count": count,
                    "share": round(count / n, 4) if n else 0,
                }
                for step, count in self.counts.items()
            ],
            "n": n,
            "median": quantile(counted, 0.5) if n else None,
        }


class Gradient(Kind):
    schema = KindSchema(
        ANSWERED | {"labels": Attr("labels")}, norwegian=("enighet", "semje"), labelled=(("labels", STEPS),)
    )
    words = Words(
        name=N_("Degrees of agreement"),
        help=N_("How far people support a proposal, in eight steps from whole-hearted to veto."),
        screen=N_("Say on your phone how far you support it."),
        instruction=N_("How far do you support this?"),
    )
    shapes: tuple[str, ...] = ("diverging",)
    no_value: Value = 0
    fields = FormFields(("labels",), ("time", "reveal", "optional"))

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if value is None and text is None:
            raise Refused("empty")
        if text is not None or step_of(value) is None:
            raise Refused("bad")
        return None, value

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        old, new = (labels(one, "en") for one in (before, after))
        for answer in answers:
            step = step_of(answer.value)
            if step and fold(old[step]) != fold(new[step]):
                return Harm(N_("People have answered {word} with «{label}». Let labels keep it"), {"label": old[step]})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        step = fields.get("step", [""])[0]
        return None, int(step) if step.isascii() and step.isdecimal() and len(step) == 1 else None

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return GradientTally(written, word_groups.language)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        own = labels(written, "en")
        return {"says": {f"step{step}": label for step, label in own.items()}}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        step = step_of(answer.value)
        return f"{step}: {labels(written, language)[step]}" if step else ""

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [
            Figure(one["id"], f"{one['id']}: {one['text']}", one["count"], share=one["share"])
            for one in results["options"]
        ]

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        if not results["n"]:
            return []
        counts = {int(one["id"]): one["count"] for one in results["options"]}
        towards = sum(count for step, count in counts.items() if step >= FOR)
        facts = {"towards": towards, "away": results["n"] - towards, "median": results["median"], "veto": counts[1]}
        return [Note(N_("5 to 8: {towards}. 1 to 4: {away}. Median {median}. Veto: {veto}."), facts)]

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """Mostly for it, a few far from it."""
        dice = one.chance("step", one.turn)
        yield None, STEPS - int(STEPS * dice**1.6)


KIND = Gradient()
