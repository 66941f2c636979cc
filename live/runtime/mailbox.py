"""What waits for a room: commands, who hears what became of them, and how many may wait."""

import time
from collections.abc import Callable

from msgspec import Struct, field

from live.events import CommentMade, CommentSettled, Event, KeysRevoked, LinkEnded, LinkGiven, TailLost
from live.rules import Action, EditWorkshop, KeepRecoveryPhrase, SendAnswer, SetHeads, SortAnswer, WithdrawAnswer

MOST_AT_ONCE = 250  # commands in one append; with four times as many a change amid answers took half as long again
MOST_ASIDE = 500  # beside them, commands that wait for another of the same phone
MOST_WAITING = 20_000  # commands that may wait for one room; past it a phone hears `busy` and keeps its answer
MOST_MORE = 10_000  # past it only one of each phone
# Between two commits answers gather for a moment, unless enough of them wait. Two thousand a second, two in each
# commit, took 216 µs of processor time for an answer, mostly of threads that wake each other; eight take 154.
GATHER_S, FEW = 0.001, 50
Command = (
    SendAnswer
    | WithdrawAnswer
    | SetHeads
    | SortAnswer
    | KeepRecoveryPhrase
    | Action
    | EditWorkshop
    | KeysRevoked
    | LinkGiven
    | LinkEnded
    | CommentMade
    | CommentSettled
    | TailLost
)
FACILITATORS = (Action, EditWorkshop, Event)


class Ack(Struct, frozen=True, gc=False):
    """What became of a command, after the durable commit. `status` is saved, duplicate, late or held."""

    status: str
    position: int
    step: int


Tell = Callable[[Ack | Exception], None]
"""Hears once what became of a command, or why nothing did. Must not raise."""


class Waiting(Struct):
    command: Command
    then: Tell
    if_step: int | None = None
    since: float = field(default_factory=time.monotonic)
    told: bool = False

    def tell(self, outcome: Ack | Exception) -> None:
        if not self.told:
            self.told = True
            self.then(outcome)
