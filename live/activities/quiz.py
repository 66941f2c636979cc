"""
The kind `quiz`: a choice in which some options are right. Who answers right gets points, more for being fast where the
workshop says so. Which are right is told to nobody before the results are shown.
"""

from typing import Any

from live.activities.choice import Choice, ChoiceTally, is_right
from live.activities.kind import AdHoc, Answer, FormFields, Note, Tally, Words, read_number
from live.i18n.catalogs import N_
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import ANSWERED, Attr, KindSchema, flag, number, word

POINTS, FAST_POINTS = 1, 100  # for a right answer, where the file does not say: without and with `speed`


def points(written: Activity, answer: Answer) -> int:
    """
    `points` for a right answer, 0 for another. With `speed` that is at once; it goes down evenly to half of it at the
    end of `time`, and half is what one gets who answers later, or when no clock runs (`Answer.taken_ms`).
    """
    if not is_right(written, answer):
        return 0
    fast = bool(written.attrs.get("speed"))
    most = read_number(written.attrs, "points", FAST_POINTS if fast else POINTS)
    if not fast or not written.time_s:
        return most
    taken = 1.0 if answer.taken_ms is None else min(1.0, max(0, answer.taken_ms) / (written.time_s * 1000))
    return round(most * (1 - taken / 2))


class QuizTally(ChoiceTally):
    """Counted as answers come: added up over 20 questions for 1,000 phones, a table would take 200 ms each time."""

    def __init__(self, written: Activity) -> None:
        super().__init__(written)
        self.points: dict[str, int] = {}

    def add(self, answer: Answer) -> None:
        super().add(answer)
        if answer.phone:  # who has one answer at most
            self.points[answer.phone] = points(self.written, answer)

    def remove(self, answer: Answer) -> None:
        super().remove(answer)
        self.points.pop(answer.phone, None)


class Quiz(Choice):
    schema = KindSchema(
        ANSWERED
        | {
            "pick": number(default=1),
            "shuffle": flag(False),
            "points": number(),
            "speed": flag(False),
            "board": word("each", "end", "off"),
            "teams": Attr("labels"),
            "names": flag(),
            "explain": Attr("text"),
        },
        norwegian=("kviss",),
        options="must",
        marked=True,
        wants_mark=True,
        once=("board", "teams", "names"),
        with_another=(("speed", "time"),),
    )
    words = Words(
        name=N_("Quiz"),
        help=N_("A question with right answers, points and a list of who has most."),
        screen=N_("Answer on your phone."),
        instruction=N_("Which is right?"),
        options=N_("The answers, one on each line"),
    )
    ad_hoc: AdHoc = ""
    fields = FormFields(
        ("explain", "time"), ("points", "speed", "pick", "board", "names", "teams", "shuffle", "optional")
    )
    scored = True

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return QuizTally(written)

    def told_at_reveal(self, written: Activity, results: dict[str, Any]) -> dict[str, Any]:
        explained = {"explanation": written.attrs["explain"]} if "explain" in written.attrs else {}
        return super().told_at_reveal(written, results) | explained

    def notes(self, written: Activity, results: dict[str, Any]) -> list[Note]:
        explained = [Note(N_("{text}"), {"text": results["explanation"]})] if "explanation" in results else []
        return [*super().notes(written, results), *explained]


KIND = Quiz()
