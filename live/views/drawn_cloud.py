"""A cloud as the hall saw it, for pictures and files: the places that a screen told, with the words as they are now."""

from typing import Any

from live.activities.open import TextTally
from live.activities.state import ActivityState
from live.report_blocks import DrawnCloud, DrawnWord
from live.rules.cloud import WHOLE

FEWEST = 5  # the most used words that must have a place; otherwise the hall saw something else


def drawn_cloud(state: ActivityState, results: dict[str, Any]) -> DrawnCloud | None:
    """None where no screen has told, or what it drew is no longer the result."""
    words = results.get("words", [])
    if not state.clouds or not isinstance(state.tally, TextTally) or len(words) < FEWEST:
        return None
    counted, told, found = state.tally.words, state.clouds[-1], []
    for place, word in enumerate(words):
        stood = told.words.get(counted.word_groups.group(counted.fold(word["text"])))
        if stood is None and place < FEWEST:
            return None
        if stood:
            x, y, size, loud = stood
            found.append(DrawnWord(word["text"], word["count"], x / WHOLE, y / WHOLE, size / WHOLE, loud))
    return DrawnCloud(told.high / WHOLE, told.figure / WHOLE, found)
