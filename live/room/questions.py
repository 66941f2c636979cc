"""What was asked, what was answered in words, and which themes may be replied to."""

from collections.abc import Iterator

from live.activities.kind import Answer
from live.activities.state import ActivityState
from live.room.room import Room
from live.room.themes import Theme


def as_text(state: ActivityState, answer: Answer) -> str:
    """An answer in words: its text, the options it chose, or its items with their ratings."""
    names = {option.id: option.text for option in state.written.options}
    if isinstance(answer.value, dict):
        return "; ".join(f"{names.get(item, item)}: {rating}" for item, rating in answer.value.items())
    if answer.value is not None:
        return "; ".join(names.get(option, option) for option in answer.value)
    return answer.text or ""


def followed(room: Room) -> Iterator[tuple[ActivityState, list[Theme | None]]]:
    """
    Each question that may be replied to, in the order of the workshop, with its themes as they were made.

    None among the themes is the question as a whole: where there are no themes, or where it was replied to before there
    were. Who people are is nothing to reply to.
    """
    planned = [one.id for n in range(1, len(room.workshop.slides) + 1) for one in room.on_slide(n)]
    for id in dict.fromkeys([*planned, *room.activities]):
        source = room.activities[id]
        themes: list[Theme | None] = [*room.themes_of(id)]
        if source.written.attrs.get("background") is True:
            continue
        asked = source.takes_answers and source.counted
        if (id, "") in room.followup.entries or (asked and not themes):
            themes.insert(0, None)
        if themes:
            yield source, themes


def question_of(room: Room, source: ActivityState) -> str:
    """What was asked: its own words, or else the title of its slide."""
    written = source.written
    if written.question or not room.has(written.id):
        return written.question or written.instruction
    n = room.slide_of(written.id)
    slides = room.workshop.slides
    return (slides[n - 1].title if 0 < n <= len(slides) else "") or written.instruction or room.workshop.title


def counted(source: ActivityState, theme: Theme | None) -> list[Answer]:
    """The answers that make up the theme, or the question as a whole."""
    answers = [source.answers.get(id) for id in theme.ids] if theme else source.answers.values()
    return [one for one in answers if one and one.counted]
