"""The kind `words`: short entries for a word cloud."""

from live.activities.grace import GRACE_TEXT_MS
from live.activities.kind import Tally, check_text
from live.activities.open import TextTally
from live.events import Value
from live.text.word_groups import WordGroups
from live.workshop import Activity


class Words:
    takes_answers = True
    grace_ms = GRACE_TEXT_MS
    shapes: tuple[str, ...] = ("cloud", "list", "wall", "quiet")

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        return check_text(written, text, value, one_line=True)

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return TextTally(written, word_groups, "whole")
