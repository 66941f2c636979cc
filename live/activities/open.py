"""The kind `open`: free text, with several answers from each phone if the workshop allows it."""

from collections.abc import Iterator
from typing import Any

from live.activities.grace import GRACE_TEXT_MS
from live.activities.kind import AdHoc, Answer, FormFields, Kind, Pretender, Tally, Words, check_text, weight
from live.events import Value
from live.i18n.catalogs import N_
from live.text import word_count
from live.text.normalize import graphemes
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import GATE, TEXT, Attr, KindSchema

MOST_WORDS = 100  # in a screen's view


class WordTally:
    """
    A tally that counts words, which may be merged and split by hand. `mode`: `split` for sentences, `whole` where each
    text is one entry.
    """

    def __init__(self, written: Activity, word_groups: WordGroups, mode: str) -> None:
        self.written = written
        self.words = word_count.WordCount(language=word_groups.language, mode=mode, word_groups=word_groups)

    def show_words(self) -> dict[str, Any]:
        return {
            "words": [{"text": text, "count": count} for text, count in self.words.top(MOST_WORDS)],
            "words_total": self.words.distinct,
        }


class TextTally(WordTally):
    """Counts the words of answers that are texts."""

    def __init__(self, written: Activity, word_groups: WordGroups, mode: str) -> None:
        super().__init__(written, word_groups, mode)
        self.answers = 0

    def add(self, answer: Answer) -> None:
        self.answers += 1
        self.words.add(answer.id, answer.sender, answer.text or "", heads=weight(self.written, answer))

    def remove(self, answer: Answer) -> None:
        self.answers -= 1
        self.words.remove(answer.id)

    def show(self) -> dict[str, Any]:
        return self.show_words() | {"n": self.answers}


class Open(Kind):
    schema = KindSchema(
        TEXT | GATE | {"tags": Attr("labels", works=()), "compare": Attr("id")},
        norwegian=("åpen", "åpent", "fritekst"),
        gives="texts",
    )
    words = Words(
        name=N_("Free text"),
        help=N_("People write what they think; several answers each, if you like."),
        screen=N_("Write on your phone."),
        instruction=N_("Write your answer."),
        in_report=N_("Open answers"),
    )
    grace_ms = GRACE_TEXT_MS
    shapes: tuple[str, ...] = ("wall", "cloud", "list", "quiet")
    ad_hoc: AdHoc = "text"
    fields = FormFields(("many",), ("max", "time", "reveal", "hold", "compare", "optional"))

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        return check_text(written, text, value)

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return TextTally(written, word_groups, "split")

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        """Each takes the next sentence that is short enough, so that few write the same."""
        order = sorted(one.sentences, key=lambda line: (graphemes(line) > written.max, one.common(line)))
        fitting = sum(graphemes(line) <= written.max for line in order) or 1
        yield order[(one.n + 13 * one.turn) % fitting], None
        yield "?", None


KIND = Open()
