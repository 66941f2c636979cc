"""
From words back to those who said them, and quiet voices.

A quiet voice is what one phone alone has said. The loud can be read off the sizes; these get lost.

An answer is one when every word in it, as words are counted, is that phone's alone. Where people have gathered the
answers, they know better: in a theme it is one when all of the theme came from that phone.
"""

from itertools import islice
from typing import Any

from live.activities.kind import Answer, Tally
from live.activities.open import TextTally
from live.activities.state import ActivityState
from live.room import Room

MOST_FORMS = 20  # of a word


def quiet(room: Room, state: ActivityState) -> list[Answer]:
    """Counted answers, in an order that does not tell who came first; none for kinds without texts."""
    if not isinstance(state.tally, TextTally):
        return []
    themes = room.themes_of(state.written.id)
    alone = {id for id in state.tally.words.quiet if not themes.first_of(id)}
    shared: set[str] = set()
    for theme in themes:
        counted = [id for id in theme.ids if state.answers[id].counted]
        (alone if len({state.answers[id].sender for id in counted}) == 1 else shared).update(counted)
    return [state.answers[id] for id in sorted(alone - shared, key=state.shuffled_key)]


def said(state: ActivityState, word: str, offset: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
    """Cards in which *word* was said, in whichever form, as they came; and how many."""
    ids = state.tally.words.answers_with(word) if isinstance(state.tally, TextTally) else ()
    return len(ids), [card(state.answers[id]) for id in ids[offset : offset + limit]]


def quiet_cards(room: Room, state: ActivityState, offset: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
    found = quiet(room, state)
    return len(found), [card(answer) for answer in found[offset : offset + limit]]


def add_forms(tally: Tally | None, results: dict[str, Any] | None) -> None:
    """To each word of *results*, `forms`: what was typed and how often, most first; empty where it was only itself."""
    if results is None or not isinstance(tally, TextTally):
        return
    told = []
    for word in results["words"]:
        forms = tally.words.forms(word["text"])
        several = [{"text": text, "uses": uses} for text, uses in islice(forms, MOST_FORMS)] if len(forms) > 1 else []
        told.append(word | {"forms": several})
    results["words"] = told


def words_undo(state: ActivityState | None) -> dict[str, Any] | None:
    """What was last done to words by hand: `n` (what `undo_words` names), `did`, and the word it is counted as now."""
    if state is None or not isinstance(state.tally, TextTally) or not state.word_groups.changes:
        return None
    newest = state.word_groups.changes[-1]
    return {"n": newest.n, "did": newest.did, "word": state.tally.words.shown_as(state.word_groups.group_of(newest))}


def card(answer: Answer) -> dict[str, Any]:
    return {"id": answer.id, "text": answer.text or ""}
