"""The kind `choice`: each phone picks one or several options, and may change its answer until the activity closes."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from live.activities.kind import (
    AdHoc,
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
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, Attr, KindSchema, flag, number


def chosen(written: Activity, value: Value) -> list[str]:
    """
    The options that *value* names, by the ids they have now, in the order of the activity. Of two that were merged into
    one there is one; what was removed is left out.
    """
    picked = set(value) if isinstance(value, list) else set()
    return [option.id for option in written.options if option.id in picked or not picked.isdisjoint(option.was)]


class ChoiceTally:
    def __init__(self, written: Activity) -> None:
        self.written = written
        self.counts = {option.id: 0 for option in written.options}
        self.voters = 0

    def _count(self, answer: Answer, sign: int) -> None:
        votes = sign * weight(self.written, answer)
        picked = chosen(self.written, answer.value)
        self.voters += votes if picked else 0
        for option in picked:
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


class Choice(Kind):
    """
    `most` is how many options one phone may pick, and `most_key` the attribute that says so; `picks` tells people how
    many they still have, where it is more than one.
    """

    most_key = "pick"
    picks = N_("{n} of {of} choices left")

    schema = KindSchema(
        ANSWERED
        | {
            "pick": number(default=1),
            "other": flag(False, works=(False,)),
            "compare": Attr("id", works=()),
            "shuffle": flag(False),
            "from": Attr("id", works=()),
            "background": flag(False),
        },
        norwegian=("valg", "velg", "val"),
        options="must",
        marked=True,
    )
    words = Words(
        name=N_("Choose"),
        help=N_("People choose one or more of what you list."),
        screen=N_("Choose on your phone."),
        instruction=N_("Choose one."),
        in_report=N_("Choice"),
    )
    shapes: tuple[str, ...] = ("bars",)
    no_value: Value = []
    ad_hoc: AdHoc = "options"
    fields = FormFields(("pick",), ("time", "reveal", "background", "optional"))

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if text is not None or not isinstance(value, list):
            raise Refused("bad")
        picked = chosen(written, value)
        if len(set(value)) != len(value) or (len(picked) != len(value) and not self.options_may_go(written)):
            raise Refused("bad")
        if not picked:
            raise Refused("empty")
        if len(picked) > self.most(written):
            raise Refused("limit", limit=self.most(written))
        return None, picked

    def options_may_go(self, written: Activity) -> bool:
        """
        Whether options may be merged or removed while people answer, as themes may. Then what a phone names that is no
        option any more is left out, and two that have become one count once.
        """
        return self.schema.takes == "themes" and "from" in written.attrs

    def standing(self, written: Activity, value: Value) -> Value:
        return chosen(written, value)

    def most(self, written: Activity) -> int:
        return read_number(written.attrs, "pick", 1)

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        chosen = max((len(answer.value) for answer in answers if isinstance(answer.value, list)), default=0)
        if chosen > self.most(after):
            sentence = N_("Somebody has chosen {n} options of {word}. Let {key} be at least that")
            return Harm(sentence, {"n": chosen, "key": self.most_key})
        if before.attrs.get("background") and not after.attrs.get("background"):
            return Harm(
                N_("People were promised that {word} leads nobody to their other answers. Keep `background`"), {}
            )
        if before.attrs.get("from") != after.attrs.get("from"):
            return Harm(N_("People have answered {word} about other options. Let `from=` be what it was"), {})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        return None, fields.get("option", [])

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return ChoiceTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        most = self.most(written)
        return {
            "options": written.options,
            "pick": most,
            "shuffle": bool(written.attrs.get("shuffle")),
            **({"picks": self.picks} if most > 1 else {}),
        }

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        names = {option.id: option.text for option in written.options}
        return joined((names[option] for option in chosen(written, answer.value)), separator)

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [Figure(one["id"], one["text"], one["count"], share=one["share"]) for one in results["options"]]

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """One to three options, of which some are liked by many."""
        liked = sorted(written.options, key=lambda option: one.common(option.id) + one.chance(option.id, one.turn))
        for most in range(min(len(liked), 1 + int(3 * one.chance("number"))), 0, -1):
            yield None, [option.id for option in liked[:most]]


KIND = Choice()
