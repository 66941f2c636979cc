"""
From a word to the answers that use it, and the quiet voices among the answers.

A quiet voice is an answer with words that only one phone has used. Frequent words are large in a word cloud, but these
would not be noticed. In a theme, what people have gathered counts instead of words: an answer is a quiet voice when all
answers in its theme came from one phone.
"""

from itertools import islice
from typing import Any

from live.activities.kind import Answer, Tally
from live.activities.open import TextTally, WordTally
from live.activities.state import ActivityState
from live.room import Room

MOST_FORMS = 20  # of a word
VOICE_WORDS = 12  # words whose answers are read below the cloud, the most common ones
VOICE_ANSWERS = 50  # answers looked at for each of these words
LEAST_VOICE_WORDS, MOST_VOICE = 3, 70  # words and characters of such an answer: it says more than its word, on one line


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


def voices(state: ActivityState) -> list[tuple[str, Answer]]:
    """
    Answers to read below the cloud, each with the word of the cloud that it is there for.

    First one for each of the most common words that several have used, then a second for each, and so on. Each answer
    comes once, for the most common word in it. Those of a word are in the order of the shuffled cards.
    """
    if not isinstance(state.tally, TextTally):
        return []
    seen: set[str] = set()
    rounds: list[list[tuple[str, Answer]]] = []
    for word, count in state.tally.words.top(VOICE_WORDS):
        ids = state.tally.words.answers_with(word)[:VOICE_ANSWERS] if count > 1 else []
        found = [one for one in state.counted_among(sorted(ids, key=state.order.key)) if one.id not in seen]
        for place, answer in enumerate(one for one in found if _says_more(one.text or "", word)):
            seen.add(answer.id)
            rounds += [[]] if place == len(rounds) else []
            rounds[place].append((word, answer))
    return [one for each in rounds for one in each]


def _says_more(text: str, word: str) -> bool:
    return len(text) <= MOST_VOICE and len(text.split()) >= LEAST_VOICE_WORDS and text.casefold() != word.casefold()


def voice(state: ActivityState) -> dict[str, Any] | None:
    """
    The answer below the cloud: the one of the page that the screen has been turned to; None on page 0.

    Past the last voice come none and then the first again. `n` is how many answers have its word. None while answers
    still come in: the order of words changes with each, and another answer would stand there before it was read.
    """
    if not state.page or state.open:
        return None
    found = voices(state)
    at = state.page % (len(found) + 1)
    if not at:
        return None
    word, answer = found[at - 1]
    assert isinstance(state.tally, TextTally)
    return card(answer) | {"word": word, "n": len(state.tally.words.answers_with(word))}


def cards_with_word(state: ActivityState, word: str, offset: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
    """How many answers use *word* in any form, and a page of their cards in order of arrival."""
    ids: list[str] = state.tally.words.answers_with(word) if isinstance(state.tally, WordTally) else []
    return len(ids), [card(state.answers[id]) for id in ids[offset : offset + limit]]


def quiet_cards(room: Room, state: ActivityState, offset: int, limit: int) -> tuple[int, list[dict[str, Any]]]:
    found = quiet(room, state)
    return len(found), [card(answer) for answer in found[offset : offset + limit]]


def add_forms(tally: Tally | None, results: dict[str, Any] | None) -> None:
    """Add `forms` to each word of *results*: what was typed and how often, most first; empty if there is only one."""
    if results is None or not results.get("words") or not isinstance(tally, WordTally):
        return
    words = []
    for word in results["words"]:
        forms = tally.words.forms(word["text"])
        several = [{"text": text, "uses": uses} for text, uses in islice(forms, MOST_FORMS)] if len(forms) > 1 else []
        words.append(word | {"forms": several})
    results["words"] = words


def words_undo(state: ActivityState | None) -> dict[str, Any] | None:
    """The newest change of words by hand: `n` (for `undo_words`), `did`, and the word it is counted as now."""
    if state is None or not isinstance(state.tally, WordTally) or not state.word_groups.changes:
        return None
    newest = state.word_groups.changes[-1]
    return {"n": newest.n, "did": newest.did, "word": state.tally.words.shown_as(state.word_groups.group_of(newest))}


def card(answer: Answer) -> dict[str, Any]:
    return {"id": answer.id, "text": answer.text or ""}
