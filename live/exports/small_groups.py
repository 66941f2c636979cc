"""Protects small groups: answers to questions about who people are (`background`) must not point at anybody."""

from typing import Any

import msgspec

from live.activities.kind import Answer, counts_people
from live.activities.state import ActivityState
from live.events import Value
from live.room.few import hidden_places

REASON = "few"


def asks_who(state: ActivityState) -> bool:
    return state.written.attrs.get("background") is True


def results_without(results: dict[str, Any]) -> dict[str, Any]:
    """*results* with the count and share of small groups removed."""
    options = results["options"]
    hidden = hidden_places([one["count"] for one in options])
    return results | {
        "options": [
            one | ({"count": None, "share": None} if place in hidden else {}) for place, one in enumerate(options)
        ]
    }


def _is_in(value: Value, groups: set[str]) -> bool:
    return isinstance(value, list) and not groups.isdisjoint(value)


def masked(state: ActivityState, answers: list[Answer], results: dict[str, Any]) -> list[Answer]:
    """
    *answers* to such a question without phone, time and order, and with those of small groups withheld.

    With the phone, two such answers and what the same phone wrote elsewhere could single out one person.
    """
    hidden = {one["id"] for one in results["options"] if one["count"] is None}
    at = state.started_at if state.started_at is not None else min((answer.at for answer in answers), default=0)
    place = min((answer.position for answer in answers), default=0)
    return [
        msgspec.structs.replace(
            answer, phone="", at=at, position=place, heads=answer.heads if counts_people(state.written) else 1,
            hidden=REASON if answer.counted and _is_in(answer.value, hidden) else answer.hidden,
        )
        for answer in sorted(answers, key=lambda answer: answer.id)
    ]  # fmt: skip
