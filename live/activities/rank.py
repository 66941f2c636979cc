"""
The kind `rank`: each phone puts options in order, the best first; places are added up as points (Borda count).

The options are its own, or the themes into which answers were gathered.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from live.activities.choice import Choice, ChoiceTally
from live.activities.kind import AdHoc, Answer, Figure, FormFields, Note, Pretender, Tally, Words, read_number, weight
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_
from live.text.normalize import joined
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, FROM, KindSchema, flag, number


def places(written: Activity) -> int:
    """How many places there are to give: `top`, or one for each option."""
    count = len(written.options)
    return min(read_number(written.attrs, "top", count), count)


def in_order(written: Activity, value: Value) -> list[str]:
    """
    The options that *value* names, best first, by the ids they have now. What was removed is left out and those after
    it move up; of two that were merged into one, the better place stands.
    """
    now = {was: option.id for option in written.options for was in (*option.was, option.id)}
    named = value if isinstance(value, list) else []
    return list(dict.fromkeys(now[option] for option in named if option in now))


class RankTally(ChoiceTally):
    """
    Source: with k places to give, the first place gives k points, the next k - 1, the last 1, and an option without a
    place 0 (Borda, Mémoire sur les élections au scrutin, 1781, for ballots that may end early).
    """

    def __init__(self, written: Activity) -> None:
        super().__init__(written)
        self.firsts = {option.id: 0 for option in written.options}

    def _count(self, answer: Answer, sign: int) -> None:
        votes = sign * weight(self.written, answer)
        ranked, most = in_order(self.written, answer.value), places(self.written)
        self.voters += votes if ranked else 0
        for place, option in enumerate(ranked[:most]):
            self.counts[option] += votes * (most - place)
            self.firsts[option] += votes if place == 0 else 0

    def show(self) -> dict[str, Any]:
        """`count` is points, and has no `share`; `first` is how many put the option first."""
        shown = super().show()
        return shown | {
            "options": [one | {"share": None, "first": self.firsts[one["id"]]} for one in shown["options"]],
            "places": places(self.written),
        }


class Rank(Choice):
    schema = KindSchema(
        ANSWERED | {"top": number(), "shuffle": flag(), "from": FROM},
        norwegian=("ranger", "rangering"),
        options="must",
        takes="themes",
    )
    words = Words(
        name=N_("Rank"),
        help=N_("People put what you list in order, the most important first."),
        screen=N_("Put them in order on your phone."),
        instruction=N_("Put the most important first."),
        in_report=N_("Ranking"),
        options=N_("What is put in order, one on each line"),
        without_from=N_("what is written here"),
    )
    ad_hoc: AdHoc = ""
    fields = FormFields(("from", "top"), ("time", "reveal", "optional"))
    ranked = True
    unit = N_("Points")
    most_key = "top"
    picks = N_("{n} of {of} places left")

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if text is not None or not isinstance(value, list):
            raise Refused("bad")
        if len(set(value)) != len(value):
            raise Refused("twice")
        ranked = in_order(written, value)
        if len(ranked) != len(value) and not self.options_may_go(written):
            raise Refused("bad")
        if not ranked:
            raise Refused("empty")
        if len(ranked) > places(written):
            raise Refused("limit", limit=places(written))
        return None, ranked

    def standing(self, written: Activity, value: Value) -> Value:
        return in_order(written, value)

    def most(self, written: Activity) -> int:
        return places(written)

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        return None, [option for option in fields.get("place", []) if option]

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return RankTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        says = {"up": N_("Move up: {option}"), "down": N_("Move down: {option}")}
        return super().view(written, following) | {"says": says}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        names = {option.id: option.text for option in written.options}
        ranked = in_order(written, answer.value)
        return joined((f"{place}. {names[option]}" for place, option in enumerate(ranked, start=1)), separator)

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [Figure(one["id"], one["text"], one["count"]) for one in results["options"]]

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        sentence = N_("Borda count: place 1 gives {top} points, each place after it one less, no place gives 0.")
        return [Note(sentence, {"top": places(written)})]

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """All places, or only the first few, of options of which some are liked by many."""
        liked = sorted(written.options, key=lambda option: one.common(option.id) + one.chance(option.id, one.turn))
        most = places(written)
        given = most if one.chance("places") < 0.7 else 1 + int(most * one.chance("few"))
        yield None, [option.id for option in liked[:given]]


KIND = Rank()
