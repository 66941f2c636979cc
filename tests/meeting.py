"""A small meeting for tests: commands in, events out, a room that adds them up, and a clock that the test moves."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from live.events import Event, WorkshopSet, decode, encode
from live.room import Room
from live.rules import SendAnswer, SetHeads, WithdrawAnswer, decide
from live.rules.commands import AnyAction, CloseDue
from live.text.word_groups import FOLDING
from live.views.view import Join
from live.workshop import EDITION

SEMINAR = (Path(__file__).parent.parent / "examples" / "naerdemokrati.md").read_text("utf-8")

START = 1_800_000_000_000
JOIN = Join(url="http://127.0.0.1:8000/25054015", host="127.0.0.1:8000", code="25054015")


def answer_id(name: str) -> str:
    """A well-formed answer id that a test can name."""
    return sha256(name.encode()).hexdigest()[:32]


class Meeting:
    def __init__(self, text: str = SEMINAR, *, words: str = "", edition: int = EDITION, folding: int = FOLDING) -> None:
        self.now = START
        self.room = Room("25054015")
        self.events: list[Event] = []
        self.apply([WorkshopSet(at=self.now, text=text, words=words, edition=edition, folding=folding)])

    def apply(self, events: list[Event]) -> list[Event]:
        for event in events:
            self.events.append(event)
            self.room.apply(event)
        return events

    def command(self, command: Any) -> list[Event]:
        return self.apply(decide(self.room, command, self.now))

    def act(self, do: str, **fields: Any) -> list[Event]:
        return self.command(msgspec.convert({"do": do, **fields}, AnyAction))

    def wait(self, seconds: float) -> list[Event]:
        """Time passes; a timer that has run out closes its activity."""
        self.now += int(seconds * 1000)
        return self.command(CloseDue())

    def answer(self, phone: str, name: str, activity: str, text: str | None = None, **fields: Any) -> list[Event]:
        return self.command(SendAnswer(phone, answer_id(name), activity, text, **fields))

    def withdraw(self, phone: str, name: str, rev: int = 2) -> list[Event]:
        return self.command(WithdrawAnswer(phone, answer_id(name), rev))

    def heads(self, phone: str, heads: int) -> list[Event]:
        return self.command(SetHeads(phone, heads))

    def replayed(self) -> Room:
        """The room built again from its stored events."""
        room = Room(self.room.code)
        for event in self.events:
            room.apply(decode(encode(event)))
        return room


def one(kind: str, attrs: str = "id=a", body: str = "Skriv det dere tenker.") -> str:
    """A workshop with a single activity on its single slide."""
    head = "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n\n## Hva mener dere?\n\n"
    return f"{head}:::{kind}{{{attrs}}}\n{body}\n:::\n"


def at_writing() -> Meeting:
    """The seminar, where everyone writes."""
    meeting = Meeting()
    meeting.act("goto", slide=23)
    meeting.act("next")
    meeting.act("next")
    return meeting
