"""
The kind `consent`: each phone consents to a proposal or objects to it, and says why.

An answer holds for the words it was given to. When they are edited, people are asked anew about the next version.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from live.activities.kind import (
    Answer,
    Figure,
    FormFields,
    Given,
    Kind,
    Note,
    Pretender,
    Tally,
    Words,
    check_text,
    weight,
)
from live.errors import Refused
from live.events import Value
from live.i18n.catalogs import N_, translator
from live.report_blocks import Answers, Block, Head, Picture, Text
from live.text.normalize import graphemes
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, KindSchema, number

CONSENT, OBJECT = "consent", "object"
MOST_EARLIER = 5  # versions before that of now which a view tells about


class ConsentTally:
    """Counts each version by itself."""

    def __init__(self, written: Activity, language: str) -> None:
        self.written = written
        self.language = language
        self.counts: dict[int, dict[str, int]] = {}

    def _count(self, answer: Answer, sign: int) -> None:
        if answer.value in (CONSENT, OBJECT):
            counts = self.counts.setdefault(answer.version, {CONSENT: 0, OBJECT: 0})
            counts[str(answer.value)] += sign * weight(self.written, answer)

    def add(self, answer: Answer) -> None:
        self._count(answer, 1)

    def remove(self, answer: Answer) -> None:
        self._count(answer, -1)

    def _of(self, version: int) -> dict[str, int]:
        return self.counts.get(version, {CONSENT: 0, OBJECT: 0})

    def show(self) -> dict[str, Any]:
        """
        `options`: who consents to the version of now, and who objects, without shares: there is no vote to win.
        `earlier`: `version`, `consent` and `object` of the versions before it, the newest first.
        """
        now, _ = len(self.written.versions), translator(self.language)
        counts, names = self._of(now), {CONSENT: _(N_("Consents")), OBJECT: _(N_("Objections"))}
        return {
            "options": [
                {"id": id, "letter": "", "text": name, "count": counts[id], "share": None} for id, name in names.items()
            ],
            "n": sum(counts.values()),
            "earlier": [{"version": n, **self._of(n)} for n in range(now - 1, max(0, now - 1 - MOST_EARLIER), -1)],
        }


class Consent(Kind):
    schema = KindSchema(ANSWERED | {"max": number()}, norwegian=("samtykke",))
    words = Words(
        name=N_("Consent"),
        help=N_("People consent to a proposal, or object and say why."),
        screen=N_("Consent or object on your phone."),
        instruction=N_("Write the proposal here."),
    )
    shapes: tuple[str, ...] = ("objections",)
    no_value: Value = OBJECT
    fields = FormFields((), ("max", "time", "reveal", "hold", "optional"))
    reasons = True
    versioned = True
    charted = False

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        if value is None and text is None:
            raise Refused("empty")
        if value == CONSENT and not text:
            return None, CONSENT
        if value != OBJECT:
            raise Refused("bad")
        if not (text or "").strip():
            raise Refused("no-objection")
        return check_text(written, text, None)[0], OBJECT

    def from_form(self, fields: Mapping[str, list[str]]) -> tuple[str | None, Value]:
        """Who consents gives no reason: what stands in its field then is from a change of mind."""
        value = fields.get("consent", [""])[0]
        return (fields.get("text", [""])[0] if value == OBJECT else None), value or None

    def is_card(self, written: Activity, answer: Answer) -> bool:
        return answer.value == OBJECT and answer.version == len(written.versions)

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return ConsentTally(written, word_groups.language)

    def view(self, written: Activity, following: Activity | None) -> dict[str, Any]:
        """`many`: a phone may answer each version once."""
        n = len(written.versions)
        says: dict[str, Note | str] = {
            "consent": N_("I consent: I can live with it"), "object": N_("I object"),
            "reason": N_("What is your objection? (needed only if you object)"),
            "wrong": N_("Write what your objection is."), "reasoned": N_("Objection: {reason}"),
            "consented": N_("Consents"), "about": N_("about proposal {n}"),
        }  # fmt: skip
        if n > 1:
            says["version"] = Note(N_("Proposal {n}"), {"n": n})
            says["again"] = Note(N_("The proposal has been changed. What do you say to proposal {n}?"), {"n": n})
        return {"version": n, "many": n, "reasons": True, "says": says}

    def tell(self, written: Activity, answer: Answer, separator: str = "; ", language: str = "nb") -> str:
        if answer.value not in (CONSENT, OBJECT):
            return ""
        _, parted = translator(language), len(written.versions) > 1
        if answer.value == CONSENT:
            sentence = _(N_("Consents to proposal {n}")) if parted else _(N_("Consents"))
        else:
            sentence = _(N_("Objection to proposal {n}: {reason}")) if parted else _(N_("Objection: {reason}"))
        return sentence.format(n=answer.version, reason=answer.text or "")

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [Figure(one["id"], one["text"], one["count"]) for one in results["options"]]

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        sentence = N_("To proposal {n}: {consents} consented, {objections} objected.")
        return [
            Note(sentence, {"n": one["version"], "consents": one[CONSENT], "objections": one[OBJECT]})
            for one in results["earlier"]
        ]

    def blocks(
        self, written: Activity, results: dict[str, Any], given: list[Given], picture: Picture | None, language: str
    ) -> list[Block]:
        """The objections to each version, the newest first, below the words of the older ones."""
        _, newest = translator(language), len(written.versions)
        blocks: list[Block] = []
        for version in range(newest, 0, -1):
            reasons = [one.text for one in given if one.version == version and one.text]
            if reasons or version < newest:
                title = _(N_("Objections to proposal {n}")) if newest > 1 else _(N_("Objections"))
                blocks.append(Head(title.format(n=version)))
            if version < newest:
                blocks.append(Text(written.versions[version - 1], soft=True))
            if reasons:
                blocks.append(Answers(reasons))
        return blocks

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """Most consent; of those who do not, each has a reason that is short enough."""
        if one.chance("consent", one.turn) < 0.8:
            yield None, CONSENT
        fitting = [line for line in one.sentences if graphemes(line) <= written.max] or ["?"]
        yield fitting[(one.n + 13 * one.turn) % len(fitting)], OBJECT


KIND = Consent()
