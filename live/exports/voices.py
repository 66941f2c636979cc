"""Chooses the few answers that open a report, word for word: what many said, and what nobody else did."""

import re
from collections.abc import Callable, Iterable

from live.activities import KINDS
from live.exports.snapshot import Row, Snapshot, Summary
from live.report_blocks import Voice
from live.room.few import FEW

VOICES = 3
SHORTEST, LONGEST = 8, 120  # letters; a longer one can't be set large, and is among all answers anyway
_trial = re.compile(
    r"(?i)(test\w*|prøv\w*|hei\w*|hallo\w*|hello|hi|ha+i+|heisann|ok\w*|ja|nei|asdf\w*|qwerty\w*|abc|bla|[\W\d_]+)"
)


def telling(text: str) -> bool:
    """Whether *text* says something. People try their phone first, with «test 123», «hei» or a single letter."""
    words = [word.strip(".,:;!?«»\"'()") for word in text.split()]
    return len(re.sub(r"\W", "", text)) > 1 and any(word and not _trial.fullmatch(word) for word in words)


def choose(
    snapshot: Snapshot,
    activity: Summary,
    by_theme: dict[str, list[Row]],
    say: Callable[[str], str],
) -> list[Voice]:
    """
    Up to three answers to *activity*: one from each of the largest themes, and one that nobody else gave. None if so
    few answered that it could point at somebody.
    """
    kind = KINDS.get(activity.kind)
    if activity.phones < FEW or kind is None or not kind.has_texts:
        return []
    rows = [row for some in by_theme.values() for row in some]
    alone = _first(row for row in rows if row.answer_id in snapshot.quiet)
    said: list[Voice] = []
    themes = {name: some for name, some in by_theme.items() if name and len(some) > 1}
    for name, some in (themes or {"": rows}).items():
        # An answer may be in several themes, and two people may have written the same.
        heard = {voice.text.casefold() for voice in said}
        row = _first(one for one in some if one.answer_id not in snapshot.quiet and one.text.casefold() not in heard)
        if row:
            where = say("one of {n} answers in the theme «{theme}»") if name else say("one of {n} answers")
            said.append(Voice(row.text, where.format(n=len(some), theme=name)))
    said = said[: VOICES - bool(alone)]
    return [*said, Voice(alone.text, say("only one wrote this"), alone=True)] if alone else said


def _first(rows: Iterable[Row]) -> Row | None:
    """The first that says something and can be set large; one that fits on two lines before longer ones."""
    fitting = [row for row in rows if telling(row.text) and SHORTEST <= len(row.text) <= LONGEST]
    return min(fitting, key=lambda row: len(row.text) > LONGEST // 2, default=None)
