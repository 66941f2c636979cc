"""What somebody asks of a room: a phone, a facilitator or a script."""

from collections.abc import Callable

from msgspec import Struct

from live.events import Value
from live.workshop import Workshop


class EditWorkshop(Struct, frozen=True):
    """
    A new text for a room, as `workshop.parse` has read it.

    `based_on` is the version of the text that it was made from; None: whatever stands there now.
    """

    text: str
    written: Workshop
    based_on: str | None = None
    translate: Callable[[str], str] = str


class SortAnswer(Struct, frozen=True):
    """A phone says where an answer of its own stands: in one theme at most, or in several where that is asked for."""

    phone: str
    id: str
    themes: list[str]


class KeepRecoveryPhrase(Struct, frozen=True):
    """From now on the words with the keyed hash *id* find the answers of *phone*."""

    phone: str
    id: str


class SendAnswer(Struct, frozen=True, gc=False):
    """A phone sends an answer, or changes one of its own by a higher `rev`."""

    phone: str
    id: str
    activity: str
    text: str | None = None
    value: Value = None
    rev: int = 1
    heads: int | None = None
    again: bool = False
    """It was acked before, and the store has come back without it."""


class WithdrawAnswer(Struct, frozen=True):
    """A phone takes one of its own answers back, at any time as long as the meeting is kept."""

    phone: str
    id: str
    rev: int


class SetHeads(Struct, frozen=True):
    """How many people share a phone, 1 to 4."""

    phone: str
    heads: int


class Action(Struct, frozen=True):
    """What the facilitator's console or a script asks for (contract §4). Only the fields its `do` names count."""

    do: str
    if_step: int | None = None
    seconds: int | None = None
    slide: int | str | None = None
    activity: str | None = None
    kind: str | None = None
    question: str | None = None
    options: list[str] = []
    n: int | None = None
    id: str | None = None
    reason: str | None = None
    text: str | None = None
    heads: int = 1
    via: str = "facilitator"
    shape: str | None = None
    hold: bool | None = None
    ids: list[str] = []
    name: str | None = None
    theme: str | None = None
    into: str | None = None
    word: str | None = None
    words: list[str] = []
    status: str | None = None
    unit: str | None = None
    date: str | None = None
    who: str | None = None
