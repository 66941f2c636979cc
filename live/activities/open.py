"""The kind `open`: free text, with several answers from each phone if the workshop allows it."""

from typing import Any

from live.activities.grace import GRACE_TEXT_MS
from live.activities.kind import Answer, Tally, check_text, weight
from live.events import Value
from live.text import word_count
from live.text.word_groups import WordGroups
from live.workshop import Activity

MOST_WORDS = 100  # in a screen's view


class TextTally:
    """Counts the words of the answers. `mode`: `split` for sentences, `whole` where each answer is one entry."""

    def __init__(self, written: Activity, word_groups: WordGroups, mode: str) -> None:
        self.written = written
        self.words = word_count.WordCount(language=word_groups.language, mode=mode, word_groups=word_groups)
        self.answers = 0

    def add(self, answer: Answer) -> None:
        self.answers += 1
        self.words.add(answer.id, answer.sender, answer.text or "", heads=weight(self.written, answer))

    def remove(self, answer: Answer) -> None:
        self.answers -= 1
        self.words.remove(answer.id)

    def show(self) -> dict[str, Any]:
        return {
            "words": [{"text": text, "count": count} for text, count in self.words.top(MOST_WORDS)],
            "words_total": self.words.distinct,
            "n": self.answers,
        }


class Open:
    takes_answers = True
    grace_ms = GRACE_TEXT_MS
    shapes: tuple[str, ...] = ("wall", "cloud", "list", "quiet")

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        return check_text(written, text, value)

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return TextTally(written, word_groups, "split")
