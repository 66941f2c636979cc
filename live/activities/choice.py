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
    Note,
    Pretender,
    Tally,
    Words,
    check_text,
    letter,
    read_number,
    weight,
)
from live.activities.open import WordTally
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_, translator
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


def is_right(written: Activity, answer: Answer) -> bool:
    """Whether all that was picked is right, and as many of the right ones were picked as could be."""
    picked = chosen(written, answer.value)
    wanted = min(read_number(written.attrs, "pick", 1), len(written.right))
    return not answer.text and len(picked) == wanted and written.right.issuperset(picked)


OTHER, OTHER_NAME = "+", N_("Something else")  # its id, in results and as the option that forms without script send
MOST_TOLD, LONGEST_TOLD = 12, 400  # own texts told with the results, and their characters


def other_texts(words: list[dict[str, Any]]) -> list[str]:
    """As many of the own texts as are told with the results, each with its count."""
    told: list[str] = []
    for word in words[:MOST_TOLD]:
        told.append(f"{word['text']} ({word['count']})")
        if sum(map(len, told)) > LONGEST_TOLD:
            return told[:-1] or told
    return told


def takes_other(written: Activity) -> bool:
    return written.attrs.get("other") is True


class ChoiceTally:
    def __init__(self, written: Activity) -> None:
        self.written = written
        self.counts = {option.id: 0 for option in written.options}
        self.voters = 0
        self.right = 0

    def _count(self, answer: Answer, sign: int) -> None:
        votes = sign * weight(self.written, answer)
        picked = chosen(self.written, answer.value)
        self.voters += votes if picked or answer.text else 0
        for option in picked:
            self.counts[option] += votes
        if self.written.right and is_right(self.written, answer):
            self.right += votes

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def show(self) -> dict[str, Any]:
        """
        `share` is the part of those who answered, 0..1; with `pick` above 1 the shares add up to more than 1. Where
        some options are right, `correct` is how many answered right.
        """
        correct = {"correct": self.right} if self.written.right else {}
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
            **correct,
        }


class OtherTally(ChoiceTally, WordTally):
    """Also counts what people wrote where nothing that is listed fits: as one more option, and each text by itself."""

    def __init__(self, written: Activity, word_groups: WordGroups) -> None:
        ChoiceTally.__init__(self, written)
        WordTally.__init__(self, written, word_groups, "whole")
        self.name = translator(word_groups.language)(OTHER_NAME)
        self.own = 0

    def add(self, answer: Answer) -> None:
        super().add(answer)
        if answer.text:
            self.own += weight(self.written, answer)
            self.words.add(answer.id, answer.sender, answer.text, heads=weight(self.written, answer))

    def remove(self, answer: Answer) -> None:
        super().remove(answer)
        if answer.text:
            self.own -= weight(self.written, answer)
            self.words.remove(answer.id)

    def show(self) -> dict[str, Any]:
        """The last of the options has the id OTHER; `words` are the texts, as of word clouds."""
        shown = super().show()
        share = round(self.own / self.voters, 4) if self.voters else 0
        own = {"id": OTHER, "letter": OTHER, "text": self.name, "count": self.own, "share": share}
        return shown | self.show_words() | {"options": [*shown["options"], own]}


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
            "other": flag(False),
            "compare": Attr("id"),
            "shuffle": flag(False),
            "from": Attr("id", works=()),
            "background": flag(False),
        },
        norwegian=("valg", "velg", "val"),
        options="must",
        marked=True,
        longest=80,
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
    later = ("correct", "words", "words_total")
    fields = FormFields(("pick", "other"), ("time", "reveal", "compare", "background", "optional"))

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        own = text if text and text.strip() and takes_other(written) else None
        value = [] if value is None and own else value
        if (text is not None and not takes_other(written)) or not isinstance(value, list):
            raise Refused("bad")
        own = check_text(written, own, None, one_line=True)[0] if own else None
        picked = chosen(written, value)
        if len(set(value)) != len(value) or (len(picked) != len(value) and not self.options_may_go(written)):
            raise Refused("bad")
        if not picked and not own:
            raise Refused("empty")
        if len(picked) + bool(own) > self.most(written):
            raise Refused("limit", limit=self.most(written))
        return own, picked

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
        if takes_other(before) and not takes_other(after) and any(answer.text for answer in answers):
            return Harm(N_("People have answered {word} in their own words. Keep `other`"), {})
        if before.attrs.get("background") and not after.attrs.get("background"):
            return Harm(
                N_("People were promised that {word} leads nobody to their other answers. Keep `background`"), {}
            )
        if before.attrs.get("from") != after.attrs.get("from"):
            return Harm(N_("People have answered {word} about other options. Let `from=` be what it was"), {})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        """
        The field for an own text counts where its box is ticked, where nothing else is, or where several may be.
        """
        ticked, text = fields.get("option", []), fields.get("text", [""])[0]
        picked = [option for option in ticked if option != OTHER]
        counts = OTHER in ticked or not picked or "several" in fields
        return (text if text.strip() and counts else None), picked

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return OtherTally(written, word_groups) if takes_other(written) else ChoiceTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        most = self.most(written)
        return {
            "options": written.options,
            "pick": most,
            "shuffle": bool(written.attrs.get("shuffle")),
            **({"picks": self.picks} if most > 1 else {}),
            **({"says": {"other": OTHER_NAME}, "script": "choice_other"} if takes_other(written) else {}),
        }

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        names = {option.id: option.text for option in written.options}
        picked = [names[option] for option in chosen(written, answer.value)]
        return joined([*picked, answer.text] if answer.text else picked, separator)

    def told_at_reveal(self, written: Activity, results: dict[str, Any]) -> dict[str, Any]:
        """`right` with each option that is."""
        marked = [one | ({"right": True} if one["id"] in written.right else {}) for one in results["options"]]
        return {"options": marked} if written.right else {}

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [
            Figure(one["id"], one["text"], one["count"], share=one["share"], right="right" in one)
            for one in results["options"]
        ]

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        said = []
        if "correct" in results and results["n"]:
            percent = round(100 * results["correct"] / results["n"])
            facts: dict[str, str | int | float] = {"count": results["correct"], "n": results["n"], "percent": percent}
            said.append(Note(N_("{count} of {n} answered right ({percent} %)."), facts))
        if texts := other_texts(results.get("words", [])):
            more = results["words_total"] - len(texts)
            sentence = N_("Something else: {texts}, and {n} more.") if more else N_("Something else: {texts}.")
            said.append(Note(sentence, {"texts": ", ".join(texts), "n": more}))
        return said

    def compared(self, written: Activity, language: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
        own = [(OTHER, translator(language)(OTHER_NAME))] if takes_other(written) else []
        return [("", "", [*((option.id, option.text) for option in written.options), *own])]

    def stands(self, written: Activity, answer: Answer) -> dict[str, list[str]]:
        return {"": [*chosen(written, answer.value), *([OTHER] if answer.text else [])]}

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """One to three options, of which some are liked by many; where it may be, now and then a word of one's own."""
        if takes_other(written) and one.words and one.chance("other", one.turn) < 0.2:
            yield one.words[int(len(one.words) * one.chance("word", one.turn) ** 2.5)], []
        liked = sorted(written.options, key=lambda option: one.common(option.id) + one.chance(option.id, one.turn))
        for most in range(min(len(liked), 1 + int(3 * one.chance("number"))), 0, -1):
            yield None, [option.id for option in liked[:most]]


KIND = Choice()
