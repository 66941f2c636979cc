"""
The kind `dots`: each phone gives a few dots to what matters most, at most one to each option, or `per`.

The options are its own, the themes into which answers were gathered, or those answers themselves.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from live.activities.choice import Choice
from live.activities.kind import AdHoc, Answer, FormFields, Harm, Note, Pretender, Tally, Words, read_number
from live.activities.points import PointsTally, from_fields, given
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_
from live.text.normalize import joined
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, FROM, KindSchema, flag, number

DEFAULT_DOTS = 3


def dots(written: Activity) -> int:
    return read_number(written.attrs, "dots", DEFAULT_DOTS)


def per(written: Activity) -> int:
    """How many dots of one phone may stand on one option."""
    return min(read_number(written.attrs, "per", 1), dots(written))


class DotsTally(PointsTally):
    """Counts dots. `share` is the part of all phones, or of all dots where an option may have several of one phone."""

    def __init__(self, written: Activity) -> None:
        super().__init__(written, per(written))

    def show(self) -> dict[str, Any]:
        return super().show() if self.most > 1 else super(PointsTally, self).show()


class Dots(Choice):
    """An answer is a list of options where each may have one dot, else how many dots each option has."""

    schema = KindSchema(
        ANSWERED | {"dots": number(), "per": number(default=1), "shuffle": flag(), "from": FROM},
        norwegian=("prikker", "prikkar"),
        options="must",
        takes="themes",
        ordered=(("per", "dots"),),
    )
    words = Words(
        name=N_("Set dots"),
        help=N_("Each has a few dots for what matters most."),
        screen=N_("Set your dots on your phone."),
        instruction=N_("Set your dots on what matters most."),
        in_report=N_("Dots"),
        options=N_("What dots can be set on, one on each line"),
        without_from=N_("what is written here"),
    )
    ad_hoc: AdHoc = ""
    fields = FormFields(("from", "dots"), ("per", "time", "reveal", "optional"))
    ranked = True
    most_key = "dots"
    picks = N_("{n} of {of} dots left")

    def most(self, written: Activity) -> int:
        return dots(written)

    def counted_in(self, written: Activity) -> str:
        return N_("Dots") if per(written) > 1 else ""

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        most = per(written)
        if most == 1:
            return super().check(written, text, value)
        if text is not None or not isinstance(value, dict):
            raise Refused("bad")
        known = {id for option in written.options for id in (option.id, *option.was)}
        if any(not isinstance(n, int) or n < 0 for n in value.values()) or (
            value.keys() - known and not self.options_may_go(written)
        ):
            raise Refused("bad")
        shared = given(written, value, most)
        if not shared:
            raise Refused("empty")
        if max(value.values()) > most or sum(shared.values()) > dots(written):
            raise Refused("too-many-dots")
        return None, shared

    def standing(self, written: Activity, value: Value) -> Value:
        shared = given(written, value, per(written))
        return shared if per(written) > 1 else list(shared)

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        every = [given(before, answer.value, per(before)) for answer in answers]
        highest = max((n for one in every for n in one.values()), default=0)
        if highest > per(after):
            return Harm(
                N_("Somebody has set {n} dots on one option of {word}. Let per be at least that"), {"n": highest}
            )
        if (most := max((sum(one.values()) for one in every), default=0)) > dots(after):
            sentence = N_("Somebody has chosen {n} options of {word}. Let {key} be at least that")
            return Harm(sentence, {"n": most, "key": self.most_key})
        return super().harm(before, after, answers)

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        return (None, shared) if (shared := from_fields(fields)) else super().from_form(fields)

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return DotsTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        if per(written) == 1:
            return super().view(written, following)
        most = Note(N_("At most {n} on one"), {"n": per(written)})
        says = {
            "left": N_("Dots left: {n}"), "over": N_("Too many dots: take away {n}"), "each": most, "wrong": most,
            "more": N_("More: {option}"), "less": N_("Less: {option}"),
        }  # fmt: skip
        shuffle = bool(written.attrs.get("shuffle"))
        return {
            "options": written.options, "total": dots(written), "per": per(written), "in_steps": None, "says": says,
            "shuffle": shuffle, "script": "points",
        }  # fmt: skip

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        if per(written) == 1:
            return super().tell(written, answer, separator, language)
        names = {option.id: option.text for option in written.options}
        shared = given(written, answer.value, per(written))
        return joined((f"{names[option]}: {n}" for option, n in shared.items()), separator)

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        if per(written) == 1:
            return []
        sentence = N_("Each phone had {n} dots, and could set up to {most} on one. Shares are of all dots.")
        return [Note(sentence, {"n": dots(written), "most": per(written)})]

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        if per(written) == 1:
            yield from super().rehearse(written, one)
            return
        liked = sorted(written.options, key=lambda option: one.common(option.id) + one.chance(option.id, one.turn))
        left, shared = dots(written), dict[str, int]()
        for option in liked:
            shared[option.id] = min(left, 1 + int(per(written) * one.chance("dots", one.turn, option.id)))
            left -= shared[option.id]
            if not left:
                break
        yield None, shared


KIND = Dots()
