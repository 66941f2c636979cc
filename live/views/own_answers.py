"""All answers of one phone in a meeting, for the page where people read, copy and withdraw them."""

from typing import Any

from live.room import Room
from live.room.questions import question_of
from live.views.answers import own_view_as_text


def by_question(room: Room, phone: str) -> list[dict[str, Any]]:
    """Each activity that *phone* answered: `question`, and `answers` with id, rev, status, text and maybe reason."""
    questions = []
    for state in room.activities.values():
        answers = [state.answers[id] for id in state.by_phone.get(phone, ())]
        if own := [own_view_as_text(state, answer) for answer in answers if not answer.redacted]:
            questions.append({"question": question_of(room, state), "answers": own})
    return questions


def as_text_file(title: str, questions: list[dict[str, Any]]) -> str:
    """The same as a text file to keep."""
    paragraphs = [
        title,
        *(f"{one['question']}\n\n" + "\n".join(f"– {a['text']}" for a in one["answers"]) for one in questions),
    ]
    return "\n\n".join(paragraphs) + "\n"
