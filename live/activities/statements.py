"""
The kind `statements`: people agree or disagree with short statements, and may add their own. Shown is first what they
agree on across groups, then what divides them, and last a map of who votes alike (`opinion_map`).
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from live.activities import opinion_map
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
from live.activities.opinion_map import AGREE, DISAGREE, PASS, OpinionMap, Patience
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_, translator
from live.text.normalize import joined
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, KindSchema, flag, number

MARKS = {AGREE: N_("Agree"), DISAGREE: N_("Disagree"), PASS: N_("Pass")}  # in the order in which phones show them
LONGEST = 140  # graphemes
MOST_VOTES = 100
ANSWERS = 4  # of a phone: its votes, and statements of its own
STALE = 50  # the map is drawn anew once one in so many votes is new, and when nothing has changed since the last view


def marks(value: Value) -> dict[str, int]:
    """What *value* says of each statement."""
    every = value.items() if isinstance(value, dict) else ()
    return {id: mark for id, mark in every if isinstance(mark, int) and mark in MARKS}


class StatementsTally:
    """Keeps the votes of each phone, those of several answers together, the newest last."""

    def __init__(self, written: Activity) -> None:
        self.written = written
        self.rows: dict[str, dict[str, int]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self._answers: dict[
            str, dict[str, tuple[int, dict[str, int], int]]
        ] = {}  # sender -> answer -> when, votes, heads
        self._weights: dict[str, int] = {}
        self._votes = self._version = self._drawn_at = self._shown_at = 0
        self._map = OpinionMap()
        self._patience = Patience()

    def add(self, answer: Answer) -> None:
        if said := marks(answer.value):
            of = self._answers.setdefault(answer.sender, {})
            of[answer.id] = (answer.position, said, weight(self.written, answer))
            self._count(answer.sender)

    def remove(self, answer: Answer) -> None:
        if self._answers.get(answer.sender, {}).pop(answer.id, None):
            self._count(answer.sender)

    def _count(self, sender: str) -> None:
        """Count what *sender* says now instead of what it said before."""
        before, heads = self.rows.pop(sender, {}), self._weights.pop(sender, 0)
        row: dict[str, int] = {}
        now = 0
        for _, said, n in sorted(self._answers[sender].values(), key=lambda one: one[0]):
            row |= said
            now = n
        for votes, n in ((before, -heads), (row, now)):
            for id, mark in votes.items():
                counts = self.counts.setdefault(id, dict.fromkeys(MARKS, 0))
                counts[mark] += n
        self._votes += len(row) - len(before)
        self._version += 1
        if row:
            self.rows[sender], self._weights[sender] = row, now

    def counted(self, id: str) -> tuple[int, int, int]:
        """How many agree, disagree and pass."""
        counts = self.counts.get(id, {})
        return counts.get(AGREE, 0), counts.get(DISAGREE, 0), counts.get(PASS, 0)

    def drawn(self) -> OpinionMap:
        """The map, drawn anew where that is worth it: of many votes a few new ones change nothing that is seen."""
        new = self._version - self._drawn_at
        if new and (new * STALE >= len(self.rows) or self._shown_at == self._version or not self._map.points):
            ids = [option.id for option in self.written.options]
            drawn = opinion_map.draw(self.rows, ids, self._patience.shown)
            if self._patience.see(drawn.best) != len(drawn.sizes):
                drawn = opinion_map.draw(self.rows, ids, self._patience.shown)
            self._map, self._drawn_at = drawn, self._version
        self._shown_at = self._version
        return self._map

    @property
    def extremity(self) -> Mapping[str, float]:
        """How far each statement parts people by the map that was drawn last: phones that vote draw none."""
        return self._map.extremity

    def show(self) -> dict[str, Any]:
        """
        The statements, those first that people agree on across groups: `common` is the chance that one of each group
        says the same, that is `agree` or `disagree` (`side`); without groups all are one. `divides`: how far the groups
        are apart, 0 to 1, or without groups how evenly people are. `groups` are the shares of each group that agree.
        `map`: `points`, of `n` phones each.
        """
        drawn = self.drawn()
        options = [self._shown(place, drawn) for place in range(len(self.written.options))]
        options.sort(key=lambda one: (-one["common"], one["letter"]))
        return {
            "options": options,
            "n": sum(self._weights.values()),
            "groups": [{"letter": letter(at), "n": n} for at, n in enumerate(drawn.sizes)],
            "map": [[point.x, point.y, point.n, point.group] for point in drawn.points],
        }

    def _shown(self, place: int, drawn: OpinionMap) -> dict[str, Any]:
        option = self.written.options[place]
        agree, disagree, passed = self.counted(option.id)
        seen = agree + disagree + passed
        grouped = bool(drawn.sizes) and option.id in drawn.agree[0]
        both = (
            opinion_map.consensus(drawn.agree, option.id) if grouped else opinion_map.chance_of(agree, seen),
            opinion_map.consensus(drawn.against, option.id) if grouped else opinion_map.chance_of(disagree, seen),
        )
        even = 2 * min(agree, disagree) / (agree + disagree) if agree + disagree else 0.0
        return {
            "id": option.id, "letter": str(place + 1), "text": option.text, "count": agree, "against": disagree,
            "passed": passed, "seen": seen, "share": round(agree / seen, 4) if seen else 0,
            "common": round(max(both), 4) if seen else 0.0, "side": "agree" if both[0] >= both[1] else "disagree",
            "divides": round(opinion_map.spread(drawn.agree, option.id) if grouped else even, 4),
            "groups": [round(of[option.id], 4) for of in drawn.agree] if grouped else [],
        }  # fmt: skip


class Statements(Kind):
    """An answer says 1, 0 or -1 of statements, and grows; with `add` it may be the text of a statement of one's own."""

    schema = KindSchema(
        ANSWERED
        | {"add": flag(False), "moderate": flag(False), "many": number(default=ANSWERS), "max": number(high=LONGEST)},
        norwegian=("påstander", "påstandar"),
        options="must",
        longest=LONGEST,
    )
    words = Words(
        name=N_("Statements"),
        help=N_("People agree or disagree with short statements: what unites, and what divides."),
        screen=N_("Agree or disagree on your phone."),
        instruction=N_("Do you agree?"),
        options=N_("The statements to begin with, one on each line"),
    )
    shapes: tuple[str, ...] = ("common", "divides", "map")
    no_value: Value = {}
    in_turn = True
    fields = FormFields(("add", "moderate"), ("many", "time", "reveal", "optional"))

    def grows(self, written: Activity) -> bool:
        return bool(written.attrs.get("add"))

    def moderates(self, written: Activity) -> bool:
        return self.grows(written) and bool(written.attrs.get("moderate"))

    def grown(self, before: Value, value: Value) -> Value:
        return before | value if isinstance(before, dict) and isinstance(value, dict) else value

    def next_for(self, written: Activity, tally: Tally, phone: str, voted: Collection[str]) -> list[str]:
        """The statements that *phone* has not *voted* on, the one that is worth most first (`routing_weight`)."""
        assert isinstance(tally, StatementsTally)
        weights = {}
        extremity = tally.extremity
        for option in written.options:
            if option.id not in voted:
                agree, disagree, passed = tally.counted(option.id)
                seen = agree + disagree + passed
                far = extremity.get(option.id, 0.0)
                weights[option.id] = opinion_map.routing_weight(agree, passed, seen, far)
        return opinion_map.drawn_first(weights, phone)

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if text is not None and value is None and self.grows(written):
            return check_text(written, text, value, one_line=True)
        if text is not None or not isinstance(value, dict) or len(marks(value)) < len(value):
            raise Refused("bad")
        known = {option.id for option in written.options}
        said = {
            id: mark for id, mark in marks(value).items() if id in known or len(id) == 32
        }  # it may be withheld by now
        if len(said) < len(value):
            raise Refused("bad")
        if not said:
            raise Refused("empty")
        if len(said) > MOST_VOTES:
            raise Refused("limit", limit=MOST_VOTES)
        return None, said

    def harm(self, before: Activity, after: Activity, answers: Collection[Answer]) -> Harm | None:
        if any(answer.text for answer in answers) and not self.grows(after):
            return Harm(N_("People have added options of their own to {word}. Keep `add`"), {})
        return None

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        if "text" in fields:
            return fields["text"][0], None
        about, mark = (fields.get(name, [""])[0] for name in ("about", "mark"))
        known = {str(one): one for one in MARKS}
        return None, {about: known[mark]} if about and mark in known else {}

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return StatementsTally(written)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        says = {str(mark): word for mark, word in MARKS.items()}
        says |= {"common": N_("Common ground"), "divides": N_("What divides most")}
        says["none"] = N_("You have answered all there is for you just now. Thank you!")
        if self.grows(written):
            says |= {"add": N_("Something is missing? Add it"), "send": N_("Add")}
        return {"options": written.options, "deal": 2, "says": says}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        if answer.text is not None:
            return answer.text
        names, _ = {option.id: option.text for option in written.options}, translator(language)
        said = marks(answer.value)
        told = [f"{names[id].removesuffix('.')}: {_(MARKS[mark])}" for id, mark in said.items() if id in names]
        if withheld := len(said) - len(told):
            told.append(_(N_("Withheld since: {n}")).format(n=withheld))
        return joined(told, separator)

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [Figure(one["id"], one["text"], one["count"], share=one["share"]) for one in results["options"]]

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        if not results["n"]:
            return []
        parting = sorted(results["options"], key=lambda one: -one["divides"])[:1]
        said = [Note(N_("Counted are those who agree. First stands what most say the same about, across groups."), {})]
        if parting and parting[0]["divides"] > 0:
            said.append(Note(N_("What divides most: {text}"), {"text": parting[0]["text"]}))
        if (drawn := sum(n for _, _, n, _ in results["map"])) == opinion_map.MOST_PHONES:
            said.append(Note(N_("The map and its groups are drawn from {n} phones, taken by chance."), {"n": drawn}))
        if groups := results["groups"]:
            told = ", ".join(f"{one['letter']} {one['n']}" for one in groups)
            said.append(Note(N_("Groups that vote alike: {told}."), {"told": told}))
        else:
            few: dict[str, str | int | float] = {"n": opinion_map.FEW}
            said.append(
                Note(
                    N_("No groups are told apart: there would be fewer than {n} in one, or there are too few answers."),
                    few,
                )
            )
        return said

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """Most of the statements, in one of two ways that pretend participants vote."""
        side = one.chance("side") < 0.5
        said = {}
        for option in written.options[:MOST_VOTES]:
            liked = one.common(option.id) if side else one.common(option.id, "other")
            dice = one.chance(option.id, one.turn)
            if dice < 0.9:
                said[option.id] = PASS if dice < 0.08 else AGREE if liked + dice / 3 > 0.6 else DISAGREE
        if said:
            yield None, said


KIND = Statements()
