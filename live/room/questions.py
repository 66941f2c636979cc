"""Questions and answers as text, and the questions and themes that the follow-up may reply to."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from live.activities.kind import Answer, Figure, Kind, Note, Tally
from live.activities.state import ActivityState
from live.i18n.catalogs import N_, translator
from live.i18n.figures import plain
from live.room.room import Room
from live.room.themes import Theme
from live.workshop import Activity


def results_of(state: ActivityState, tally: Tally | None = None, *, all: bool = False) -> dict[str, Any]:
    """
    What the tally of *state*, or another *tally* of its answers, shows; and what its kind tells at the reveal, once the
    results are shown and no more answers come; with *all* at once. Not to be asked of one that takes no answers.
    """
    tally = tally or state.tally
    assert state.kind is not None
    assert tally is not None
    shown = tally.show()
    if all or (state.revealed and not state.open):
        return shown | state.kind.told_at_reveal(state.written, shown)
    return {key: value for key, value in shown.items() if key not in state.kind.later}


def figures_of(kind: Kind, written: Activity, results: dict[str, Any], language: str) -> list[Figure]:
    """*results* as numbers (`Kind.figures`); what is right says so in words."""
    right = translator(language)(N_("{text} (right)"))
    return [
        replace(one, text=right.format(text=one.text)) if one.right else one for one in kind.figures(written, results)
    ]


def notes_of(kind: Kind, written: Activity, results: dict[str, Any], language: str) -> list[str]:
    """What *kind* says about *results*, in *language*."""
    return [told(note, language) for note in kind.notes(written, results)]


def said(sentences: dict[str, Note | str], language: str) -> dict[str, str]:
    """*sentences* in *language*. Those without facts may have placeholders that a phone's script fills in."""
    translate = translator(language)
    return {
        name: translate(sentence) if isinstance(sentence, str) else told(sentence, language)
        for name, sentence in sentences.items()
    }


def told(note: Note, language: str) -> str:
    facts = {name: fact if isinstance(fact, str) else plain(fact, language) for name, fact in note.facts.items()}
    return translator(language)(note.sentence).format(**facts)


def answer_as_text(state: ActivityState, answer: Answer, separator: str = "; ") -> str:
    """An answer in words: what was written, the options that were chosen, or the items with their ratings."""
    if state.kind is None:
        return answer.text or ""
    return state.kind.tell(state.written, answer, separator, state.word_groups.language)


def followup_questions(room: Room) -> Iterator[tuple[ActivityState, list[Theme | None]]]:
    """
    Each question that the follow-up may reply to, in the order of the workshop, with its themes in order of creation.

    None among the themes is the question as a whole: used where there are no themes, or where there was a reply before
    there were any. Questions about who people are (`background`) are left out.
    """
    planned = [one.id for n in range(1, len(room.workshop.slides) + 1) for one in room.on_slide(n)]
    for id in dict.fromkeys([*planned, *room.activities]):
        source = room.activities[id]
        themes: list[Theme | None] = [*room.themes_of(id)]
        if source.written.attrs.get("background") is True:
            continue
        answered = source.takes_answers and source.counted
        if (id, "") in room.followup.entries or (answered and not themes):
            themes.insert(0, None)
        if themes:
            yield source, themes


def question_of(room: Room, source: ActivityState) -> str:
    """
    The question of an activity: its own, or else its instruction or the title of its slide. What is open through the
    whole meeting has nothing to do with its slide.
    """
    written = source.written
    if written.question or not room.has(written.id) or (written.channel and written.instruction):
        return written.question or written.instruction
    n = room.slide_of(written.id)
    slides = room.workshop.slides
    return (slides[n - 1].title if 0 < n <= len(slides) else "") or written.instruction or room.workshop.title


def waiting_answers(room: Room) -> list[Answer]:
    """The flagged answers to all questions that are shown nowhere until somebody releases them."""
    return [state.answers[id] for state in room.activities.values() for id in state.waiting]


def counted_answers(source: ActivityState, theme: Theme | None) -> list[Answer]:
    """The counted answers of the theme; all of the question where *theme* is None."""
    return source.counted_among(theme.ids if theme else None)
