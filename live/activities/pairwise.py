"""
The kind `pairwise`: each phone is given two options at a time and says which is better. All answers together rank the
options.
"""

from collections.abc import Collection, Iterator, Mapping
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
    check_text,
    letter,
    weight,
)
from live.activities.pair_deal import PairDeal
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_, translator
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, KindSchema, flag, number

VOTES = 20
LONGEST_IDEA = 100  # graphemes


def compared(value: Value) -> tuple[str, str] | None:
    """The two options that *value* is about, the better first."""
    named = list(value) if isinstance(value, list | dict) else []
    return (named[0], named[1]) if len(named) == 2 and named[0] != named[1] else None


class PairwiseTally:
    """Keeps how often each option was the better one, and how often it was compared."""

    def __init__(self, written: Activity) -> None:
        self.written = written
        self.won: dict[str, int] = {}
        self.seen: dict[str, int] = {}
        self.comparisons = self.voters = 0
        self._weights: dict[str, list[int]] = {}  # sender -> what each of its comparisons counts

    def _count(self, answer: Answer, sign: int) -> None:
        if (about := compared(answer.value)) is None:
            return
        votes = sign * weight(self.written, answer)
        self.comparisons += votes
        of_sender = self._weights.setdefault(answer.sender, [])
        self.voters -= max(of_sender, default=0)
        if sign > 0:
            of_sender.append(votes)
        else:
            of_sender.remove(-votes)
        self.voters += max(of_sender, default=0)
        for option in about if isinstance(answer.value, list) else ():
            self.seen[option] = self.seen.get(option, 0) + votes
        if isinstance(answer.value, list):
            self.won[about[0]] = self.won.get(about[0], 0) + votes

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def show(self) -> dict[str, Any]:
        """
        The options by their score, the highest first, equal ones in the order of the file. `count` is the score, 0 to
        100: the chance, as far as the answers tell, that the option is the better one of a pair; `seen` how often
        somebody chose between it and another, without those who could not decide. `n` are those who compared any.

        Source: Salganik and Levy, Wiki Surveys, PLoS ONE 10 (2015), and the score that All Our Ideas shows: with w won
        and l lost, (w + 1) / (w + l + 2) * 100.
        """
        scored = sorted(
            ((self._score(option.id), place, option) for place, option in enumerate(self.written.options)),
            key=lambda one: (-one[0], one[1]),
        )
        return {
            "options": [
                {
                    "id": option.id,
                    "letter": letter(place),
                    "text": f"{option.text} (n={self.seen.get(option.id, 0)})",
                    "count": int(100 * score + 0.5),
                    "share": None,
                    "score": round(100 * score, 2),
                    "won": self.won.get(option.id, 0),
                    "seen": self.seen.get(option.id, 0),
                }
                for score, place, option in scored
            ],
            "comparisons": self.comparisons,
            "n": self.voters,
        }

    def _score(self, option: str) -> float:
        return (self.won.get(option, 0) + 1) / (self.seen.get(option, 0) + 2)


class Pairwise(Kind):
    """
    An answer is the better and the other option, or both with 0 where somebody could not decide; or, with `add`, the
    text of an option of one's own.
    """

    schema = KindSchema(
        ANSWERED | {"votes": number(default=VOTES, name="many"), "add": flag(False)},
        norwegian=("parvis",),
        options="must",
        longest=LONGEST_IDEA,
    )
    words = Words(
        name=N_("Compare in pairs"),
        help=N_("Two options at a time: which is better? Together the answers rank all."),
        screen=N_("Compare two at a time on your phone."),
        instruction=N_("Which is better?"),
        in_report=N_("Comparison in pairs"),
        options=N_("What is compared, one on each line"),
    )
    shapes: tuple[str, ...] = ("bars",)
    no_value: Value = []
    fields = FormFields(("votes", "add"), ("time", "reveal", "optional"))
    unit = N_("Score")
    each = True
    in_turn = True

    def grows(self, written: Activity) -> bool:
        return bool(written.attrs.get("add"))

    def pairs(self, written: Activity) -> PairDeal:
        return PairDeal(option.id for option in written.options)

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if text is not None and value is None and self.grows(written):
            return check_text(written, text, value, one_line=True)
        about, known = compared(value), {option.id for option in written.options}
        if text is not None or value is None or (isinstance(value, dict) and any(n != 0 for n in value.values())):
            raise Refused("bad")
        if value in ([], {}):
            raise Refused("empty")
        if about is None or not known.issuperset(about):
            raise Refused("bad")
        return None, value

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        most = max((len(ids) for ids in _by_phone(answers).values()), default=0)
        if most > after.many:
            return Harm(
                N_("Somebody has answered {word} {n} times. Let {key} be at least that"), {"n": most, "key": "votes"}
            )
        if any(answer.text for answer in answers) and not self.grows(after):
            return Harm(N_("People have added options of their own to {word}. Keep `add`"), {})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        if "text" in fields:
            return fields["text"][0], None
        given, won = (fields.get(name, [""])[0].split() for name in ("pair", "won"))
        if len(given) == 2 and won == ["0"]:
            return None, dict.fromkeys(given, 0)
        return None, [*won, *(option for option in given if option not in won)] if won else []

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return PairwiseTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        says = {
            "neither": N_("Can't decide"), "none": N_("You have compared all there is for you just now. Thank you!"),
            "better": N_("{won}, not {lost}"), "undecided": N_("{won} or {lost}: undecided"),
        }  # fmt: skip
        if self.grows(written):
            says |= {"add": N_("Something is missing? Add it"), "send": N_("Add")}
        return {"options": written.options, "deal": 2, "says": says}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        if answer.text is not None:
            return answer.text
        names = {option.id: option.text for option in written.options}
        if (about := compared(answer.value)) is None:
            return ""
        sentence = N_("{won}, not {lost}") if isinstance(answer.value, list) else N_("{won} or {lost}: undecided")
        won, lost = (names.get(option, "–") for option in about)
        return translator(language)(sentence).format(won=won, lost=lost)

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [Figure(one["id"], one["text"], one["count"]) for one in results["options"]]

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        how = N_("Score: (won + 1) / (n + 2) × 100, where n is how often it was chosen between.")
        return [Note(N_("Comparisons: {n}."), {"n": results["comparisons"]}), Note(how, {})]

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """One pair by chance, of which what many like wins more often."""
        ids = [option.id for option in written.options]
        if len(ids) < 2:
            return
        first = int(len(ids) * one.chance("pair", one.turn))
        other = (first + 1 + int((len(ids) - 1) * one.chance("other", one.turn))) % len(ids)
        liked = sorted((ids[first], ids[other]), key=lambda id: one.common(id) + one.chance(id, one.turn))
        yield None, liked


def _by_phone(answers: Collection[Answer]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for answer in answers:
        found.setdefault(answer.sender, []).append(answer.id)
    return found


KIND = Pairwise()
