"""The commands: what a phone, a facilitator or a script can ask of a room."""

from collections.abc import Callable

from msgspec import Struct

from live.events import Value
from live.workshop import Workshop


class EditWorkshop(Struct, frozen=True):
    """
    A new workshop text for a room; `written` is the result of `workshop.parse`.

    `based_on` is the version of the text that was edited; None: replace any version.
    """

    text: str
    written: Workshop
    based_on: str | None = None
    translate: Callable[[str], str] = str


class SortAnswer(Struct, frozen=True):
    """A phone puts an answer of its own into a theme, or into several where the workshop allows it."""

    phone: str
    id: str
    themes: list[str]


class KeepRecoveryPhrase(Struct, frozen=True):
    """Keep a recovery phrase: the words whose keyed hash is `id` find the answers of `phone` from now on."""

    phone: str
    id: str


class SendAnswer(Struct, frozen=True, gc=False):
    """A phone sends an answer, or changes one of its own with a higher `rev`."""

    phone: str
    id: str
    activity: str
    text: str | None = None
    value: Value = None
    rev: int = 1
    heads: int | None = None
    again: bool = False
    """The phone had its ack before, and then the store came back without the answer."""


class WithdrawAnswer(Struct, frozen=True):
    """A phone withdraws an answer of its own; possible as long as the meeting is kept."""

    phone: str
    id: str
    rev: int


class SetHeads(Struct, frozen=True):
    """A phone says how many people share it, 1 to 4."""

    phone: str
    heads: int


class Action(Struct, frozen=True):
    """
    What the facilitator's console or a script asks for (contract §4). `do` is the name of the action; each action uses
    a few of the other fields.

    `activity` None is the one on show. `id` is that of an answer, or of what is made, and is then made by the caller.
    """

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
