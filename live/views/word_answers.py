"""
From a word to the answers that use it, and the quiet voices among the answers.

A quiet voice is an answer with words that only one phone has used. Frequent words are large in a word cloud, but these
would not be noticed. In a theme, what people have gathered counts instead of words: an answer is a quiet voice when all
answers in its theme came from one phone.
"""

from itertools import islice
from typing import Any

from live.activities.kind import Answer, Tally
from live.activities.open import TextTally
from live.activities.state import ActivityState
from live.room import Room

MOST_FORMS = 20  # of a word


def quiet(room: Room, state: ActivityState) -> list[Answer]:
    """The quiet voices among the counted answers, in shuffled order; none for kinds without texts."""
    if not isinstance(state.tally, TextTally):
        return []
    themes = room.themes_of(state.written.id)
    alone = {id for id in state.tally.words.quiet if not themes.first_of(id)}
    shared: set[str] = set()
    for theme in themes:
        counted = state.counted_among(theme.ids)
        (alone if len({one.sender for one in counted}) == 1 else shared).update(one.id for one in counted)
    return [state.answers[id] for id in sorted(alone - shared, key=state.order.key)]


def cards_with_word(state: ActivityState, word: str, offset: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
    """How many answers use *word* in any form, and a page of their cards in order of arrival."""
    ids = state.tally.words.answers_with(word) if isinstance(state.tally, TextTally) else ()
    return len(ids), [card(state.answers[id]) for id in ids[offset : offset + limit]]


def quiet_cards(room: Room, state: ActivityState, offset: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
    found = quiet(room, state)
    return len(found), [card(answer) for answer in found[offset : offset + limit]]


def add_forms(tally: Tally | None, results: dict[str, Any] | None) -> None:
    """Add `forms` to each word of *results*: what was typed and how often, most first; empty if there is only one."""
    if results is None or not isinstance(tally, TextTally):
        return
    words = []
    for word in results["words"]:
        forms = tally.words.forms(word["text"])
        several = [{"text": text, "uses": uses} for text, uses in islice(forms, MOST_FORMS)] if len(forms) > 1 else []
        words.append(word | {"forms": several})
    results["words"] = words


def words_undo(state: ActivityState | None) -> dict[str, Any] | None:
    """The newest change of words by hand: `n` (for `undo_words`), `did`, and the word it is counted as now."""
    if state is None or not isinstance(state.tally, TextTally) or not state.word_groups.changes:
        return None
    newest = state.word_groups.changes[-1]
    return {"n": newest.n, "did": newest.did, "word": state.tally.words.shown_as(state.word_groups.group_of(newest))}


def card(answer: Answer) -> dict[str, Any]:
    return {"id": answer.id, "text": answer.text or ""}
