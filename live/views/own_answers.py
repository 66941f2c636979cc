"""What one phone has given in a meeting, all of it, for the page where it is read, copied and taken back."""

from typing import Any

from live.room import Room
from live.room.questions import question_of
from live.views.answers import told as told_answer


def told(room: Room, phone: str) -> list[dict[str, Any]]:
    """Each activity that *phone* answered: `question`, and `answers` with id, rev, status, reason? and text."""
    given = []
    for state in room.activities.values():
        answers = [state.answers[id] for id in state.by_phone.get(phone, ())]
        if own := [told_answer(state, answer) for answer in answers if not answer.redacted]:
            given.append({"question": question_of(room, state), "answers": own})
    return given


def as_text(title: str, given: list[dict[str, Any]]) -> str:
    """The same to be kept in a file."""
    parts = [title, *(f"{one['question']}\n\n" + "\n".join(f"– {a['text']}" for a in one["answers"]) for one in given)]
    return "\n\n".join(parts) + "\n"
