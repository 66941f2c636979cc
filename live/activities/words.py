"""The kind `words`: short entries for a word cloud."""

from collections.abc import Iterator

from live.activities.kind import FormFields, Pretender, Tally, Words, check_text
from live.activities.open import Open, TextTally
from live.events import Value
from live.i18n.catalogs import N_
from live.text.word_groups import WordGroups
from live.workshop import Activity
from live.workshop.schema import GATE, TEXT, KindSchema, flag


class WordEntries(Open):
    schema = KindSchema(
        TEXT | GATE | {"split": flag(False, works=(False,))}, norwegian=("ord", "ordsky"), gives="texts", longest=40
    )
    words = Words(
        name=N_("Words"),
        help=N_("One word or a few; they become a word cloud."),
        screen=N_("Write a word on your phone."),
        instruction=N_("Write one word."),
        in_report=N_("Word cloud"),
    )
    shapes: tuple[str, ...] = ("cloud", "list", "wall", "quiet")
    fields = FormFields(("many",), ("time", "reveal", "hold", "optional"))
    words_are_result = True

    def check(self, written: Activity, text: str | None, value: Value) -> tuple[str | None, Value]:
        return check_text(written, text, value, one_line=True)

    def tally(self, written: Activity, word_groups: WordGroups) -> Tally:
        return TextTally(written, word_groups, "whole")

    def rehearse(self, written: Activity, one: Pretender) -> Iterator[tuple[str | None, Value]]:
        word = one.words[int(len(one.words) * one.chance("word", one.turn) ** 2.5)]
        yield (word.capitalize() + "!" if one.chance("case", one.turn) < 0.2 else word), None
        yield "?", None


KIND = WordEntries()
