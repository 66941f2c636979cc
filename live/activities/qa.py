"""
The kind `qa`: questions to a panel. Phones ask, and vote for what others have asked; the panel answers what many want
to know. With `open=meeting` it is a channel, which phones reach from the lobby to the end of the meeting.
"""

from collections.abc import Iterator
from typing import Any

from live.activities.grace import GRACE_TEXT_MS
from live.activities.kind import AdHoc, Figure, FormFields, Kind, Note, Pretender, Tally, Words, check_text
from live.activities.question_tally import NEWEST, UNDECIDED, VOTES, QuestionTally
from live.events import Value
from live.i18n.catalogs import N_
from live.text.normalize import graphemes
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import COMMON, KindSchema, flag, number, word

MANY = 20  # questions of one phone, where the file says nothing: a channel is open for hours


class Qa(Kind):
    schema = KindSchema(
        COMMON
        | {
            "open": word("meeting"),
            "moderate": flag(default=False, name="hold"),
            "many": number(bare=MANY, default=MANY),
            "max": number(),
        },
        norwegian=("spørsmål",),
        gives="texts",
        votes=True,
        reveal="live",
    )
    words = Words(
        name=N_("Questions to the panel"),
        help=N_("People ask and vote for each other's questions; the panel answers those that many want answered."),
        screen=N_("Ask and vote on your phone."),
        instruction=N_("What do you want the panel to answer?"),
        in_report=N_("Questions"),
    )
    grace_ms = GRACE_TEXT_MS
    shapes: tuple[str, ...] = (VOTES, NEWEST, UNDECIDED)
    ad_hoc: AdHoc = "text"
    fields = FormFields(("open", "moderate"), ("many", "max", "time", "optional"))
    ranked = True
    unit = N_("Votes")

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        return check_text(written, text, value)

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return QuestionTally(written)

    def figures(self, written: Activity, results: dict[str, Any]) -> list[Figure]:
        return [Figure(one["id"], one["text"], one["votes"]) for one in results.get("questions", ())]

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        more = results.get("n", 0) - len(results.get("questions", ()))
        return [Note(N_("And {n} more questions, with fewer votes."), {"n": more})] if more > 0 else []

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """Half of the participants ask something, each another question; all others only vote."""
        if one.chance("asks") < 0.5 or one.turn:
            order = sorted(
                one.questions or one.sentences, key=lambda line: (graphemes(line) > written.max, one.common(line))
            )
            fitting = sum(graphemes(line) <= written.max for line in order) or 1
            yield order[(one.n + 7 * one.turn) % fitting], None
            yield "?", None


KIND = Qa()
