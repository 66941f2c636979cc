"""Events in short, for tests that do not care what was said."""

from itertools import count
from typing import Any

from live.events import AnswerChanged, AnswerSent, AnswerWithdrawn, Event, SlideShown, WorkshopSet
from live.journal import Journal
from tests.meeting import START, answer_id

CODE = "25054015"
OTHER = "11112222"
BEGUN = WorkshopSet(at=START, text="## Hva mener dere?")


def sent(name: str, text: str = "Lytt før dere bestemmer", **fields: Any) -> AnswerSent:
    return AnswerSent(at=START + 1, activity="viktigst", id=answer_id(name), phone="a1", text=text, **fields)


def changed(name: str, rev: int, text: str = "Lytt etterpå også", **fields: Any) -> AnswerChanged:
    return AnswerChanged(at=START + 2, id=answer_id(name), rev=rev, text=text, **fields)


def withdrawn(name: str, rev: int) -> AnswerWithdrawn:
    return AnswerWithdrawn(at=START + 3, id=answer_id(name), rev=rev)


def shown(number: int) -> SlideShown:
    return SlideShown(at=START + 4, slide=f"s{number}")


def numbered(*events: Event) -> list[tuple[int, Event]]:
    """As they are read back: positions from 1, without holes."""
    return list(zip(count(1), events, strict=False))


async def begin(journal: Journal, code: str = CODE) -> int:
    """A room with one event; returns its step."""
    return (await journal.create(code, [BEGUN])).step
