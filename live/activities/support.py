"""
The kind `support`: people weigh what others have written. Each phone is dealt a few answers at a time
(`live.activities.deal`) and says of each: support, not for me, or skip.
"""

from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
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
from live.i18n.catalogs import N_, translator
from live.text.normalize import joined
from live.text.word_groups import WordGroups
from live.workshop import Activity, Option
from live.workshop.schema import ANSWERED, FROM, KindSchema, number

FOR, SKIPPED, AGAINST = 1, 0, -1
MARKS = {FOR: N_("Support"), AGAINST: N_("Not for me"), SKIPPED: N_("Skip")}  # in the order in which phones show them
FEW = 5  # seen by fewer, an answer has thin evidence
MOST_WEIGHED = 60  # cards in one answer; as many as `live.rules.answers` deals


def marks(value: Value) -> dict[str, int]:
    """What *value* says of each card."""
    return {id: mark for id, mark in value.items() if mark in MARKS} if isinstance(value, dict) else {}


class _Texts:
    """The texts of the cards of one activity by id, kept from one answer to the next: there are thousands of both."""

    def __init__(self) -> None:
        self._kept: tuple[Activity | None, dict[str, str]] = (None, {})

    def of(self, written: Activity) -> dict[str, str]:
        known, texts = self._kept
        if known is not written:
            texts = {option.id: option.text for option in written.options}
            self._kept = (written, texts)
        return texts


_texts = _Texts()


class SupportTally:
    """
    Keeps how many support each card, and how many have seen it: all who said something of it, and be it that they skip
    it. Cards that are withheld are counted too, but not shown.
    """

    def __init__(self, written: Activity) -> None:
        # By chance, so that of equal ones the first to be written is not the first of the list.
        self.cards = sorted(written.options, key=lambda option: sha256(option.id.encode()).digest())
        self.written = written
        self.support: dict[str, int] = {}
        self.seen: dict[str, int] = {}
        self.voters = 0

    def _count(self, answer: Answer, sign: int) -> None:
        votes, weighed = sign * weight(self.written, answer), marks(answer.value)
        self.voters += votes if weighed else 0
        for id, mark in weighed.items():
            self.seen[id] = self.seen.get(id, 0) + votes
            if mark == FOR:
                self.support[id] = self.support.get(id, 0) + votes

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def show(self) -> dict[str, Any]:
        """
        The cards by (w + 1) / (n + 2), where w of n who have seen one support it; those that nobody has seen come last
        and have no `place`. Equal ones share a place (`tied`), and stand in an order by chance. `thin`: fewer than FEW
        have seen it. `share` is w / n.

        Source: Laplace's rule of succession, which is the expected share of support among all where nothing was known
        beforehand (Essai philosophique sur les probabilités, 1814).
        """
        ranked = sorted(((self._score(card.id), card) for card in self.cards), key=lambda one: -one[0])
        scores = [score for score, _ in ranked]
        first = {score: place for place, score in reversed(list(enumerate(scores, start=1)))}
        return {
            "options": [
                self._shown(card, score, first[score], tied=_is_twin(scores, n))
                for n, (score, card) in enumerate(ranked)
            ],
            "n": self.voters,
        }

    def _score(self, id: str) -> float:
        """Below all others where nobody has seen it."""
        seen = self.seen.get(id, 0)
        return (self.support.get(id, 0) + 1) / (seen + 2) if seen else 0

    def _shown(self, option: Option, score: float, place: int, *, tied: bool) -> dict[str, Any]:
        count, seen = self.support.get(option.id, 0), self.seen.get(option.id, 0)
        return {
            "id": option.id,
            "letter": str(place) if seen else "",
            "text": option.text,
            "count": count,
            "seen": seen,
            "share": round(count / seen, 4) if seen else 0,
            "score": round(score, 4),
            "place": place if seen else None,
            "tied": tied and seen > 0,
            "thin": seen < FEW,
        }


def _is_twin(ranked: list[float], n: int) -> bool:
    """Whether number *n* of *ranked* is equal to one beside it."""
    return ranked[n] in (*ranked[max(0, n - 1) : n], *ranked[n + 1 : n + 2])


class Support(Kind):
    schema = KindSchema(
        ANSWERED | {"from": FROM, "deal": number(high=10, default=3)}, norwegian=("støtte",), takes="texts"
    )
    words = Words(
        name=N_("Support"),
        help=N_("People weigh what others have written, a few answers at a time."),
        screen=N_("Weigh what others have written, on your phone."),
        instruction=N_("Which of these do you support?"),
        without_from=N_("the written answers before it"),
    )
    shapes: tuple[str, ...] = ("ranked", "wall")
    no_value: Value = {}
    fields = FormFields(("from", "deal"), ("time", "reveal", "optional"))

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        """Whether the phone was dealt these cards, the rules see to (`live.rules.answers`)."""
        if (
            text is not None
            or not isinstance(value, dict)
            or any(not isinstance(mark, int) or mark not in MARKS for mark in value.values())
        ):
            raise Refused("bad")
        if not value:
            raise Refused("empty")
        if len(value) > MOST_WEIGHED:
            raise Refused("limit", limit=MOST_WEIGHED)
        return None, value

    def grown(self, before: Value, value: Value) -> Value:
        """What was weighed stays weighed, also where a phone sends only what is new."""
        return before | value if isinstance(before, dict) and isinstance(value, dict) else value

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        if before.attrs.get("from") != after.attrs.get("from"):
            return Harm(N_("People have answered {word} about other options. Let `from=` be what it was"), {})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        said = {name.removeprefix("card-"): some[0] for name, some in fields.items() if name.startswith("card-")}
        known = {str(mark): mark for mark in MARKS}
        return None, {id: known.get(mark, 2) for id, mark in said.items()}

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return SupportTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        """Without the cards: each phone is told its own alone."""
        said = {str(mark): word for mark, word in MARKS.items()}
        none = N_("You have weighed all there is for you just now. Thank you!")
        return {"deal": read_number(written.attrs, "deal", 3), "says": said | {"none": none}}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        _, weighed, texts = translator(language), marks(answer.value), _texts.of(written)
        told = [f"{texts[id]}: {_(MARKS[mark])}" for id, mark in weighed.items() if id in texts]
        if withheld := len(weighed) - len(told):
            told.append(_(N_("Withheld since: {n}")).format(n=withheld))
        return joined(told, separator)

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [
            Figure(one["id"], one["text"], one["count"], share=one["share"], seen=one["seen"])
            for one in results["options"]
        ]

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        cards = results["options"]
        unseen, thin = (sum(not one["seen"] for one in cards), sum(one["thin"] and one["seen"] > 0 for one in cards))
        how = N_("In order of (support + 1) / (seen + 2); equal ones share a place. Who skips an answer has seen it.")
        said = [Note(how, {})]
        if thin:
            said.append(Note(N_("Seen by fewer than {few}, and so uncertain: {n}."), {"few": FEW, "n": thin}))
        if unseen:
            said.append(Note(N_("Seen by nobody, and so without a place: {n}."), {"n": unseen}))
        return said

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """The cards that *one* was dealt, of which some are liked by many."""
        said = {}
        for option in written.options[:MOST_WEIGHED]:
            liked = (one.common(option.id) + one.chance(option.id, one.turn)) / 2
            said[option.id] = SKIPPED if one.chance("skips", option.id) < 0.1 else FOR if liked > 0.45 else AGAINST
        if said:
            yield None, said


KIND = Support()
