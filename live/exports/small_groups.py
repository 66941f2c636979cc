"""Small groups: a question about who people are (`background`) is told so that no row leads to anybody."""

from typing import Any

import msgspec

from live.activities.kind import Answer
from live.activities.state import ActivityState

FEW = 5  # phones; with fewer a share would point at somebody
REASON = "few"


def few(counts: list[int]) -> set[int]:
    """Places of *counts* not to be told: the small ones and, were it only one, the next, or the total would tell it."""
    hidden = {place for place, count in enumerate(counts) if 0 < count < FEW}
    if len(hidden) == 1 and (others := [place for place, count in enumerate(counts) if count >= FEW]):
        hidden.add(min(others, key=lambda place: counts[place]))
    return hidden


def asks_who(state: ActivityState) -> bool:
    return state.written.attrs.get("background") is True


def results_without(results: dict[str, Any]) -> dict[str, Any]:
    """*results* where what `few` names has neither count nor share."""
    options = results["options"]
    hidden = few([one["count"] for one in options])
    return results | {
        "options": [
            one | ({"count": None, "share": None} if place in hidden else {}) for place, one in enumerate(options)
        ]
    }


def masked(state: ActivityState, answers: list[Answer], results: dict[str, Any]) -> list[Answer]:
    """
    *answers* to such a question, in an order and with a time that tell nothing, and of no phone: beside what the same
    phone wrote elsewhere, two of them would make a group of one. Those that chose what `few` names are held back.
    """
    hidden = {one["id"] for one in results["options"] if one["count"] is None}
    at = state.started_at if state.started_at is not None else min((answer.at for answer in answers), default=0)
    place = min((answer.position for answer in answers), default=0)
    return [
        msgspec.structs.replace(
            answer, phone="", at=at, position=place, heads=answer.heads if counts_people(state) else 1,
            hidden=REASON if answer.counted and hidden & set(answer.value or ()) else answer.hidden,
        )
        for answer in sorted(answers, key=lambda answer: answer.id)
    ]  # fmt: skip


def counts_people(state: ActivityState) -> bool:
    return state.written.attrs.get("count") == "people"
