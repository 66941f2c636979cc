"""The commands that wait for a room: how many may wait, and how their senders are notified of the outcome."""

import time
from collections.abc import Callable

from msgspec import Struct, field

from live.events import CommentMade, CommentSettled, KeysRevoked, LinkEnded, LinkGiven, TailLost
from live.rules import Command

MOST_AT_ONCE = 250  # commands in one append; with four times as many, a change among answers took 1.5 times as long
MOST_DEFERRED = 500  # commands put off to the next append, because another of the same phone comes first
MOST_WAITING = 20_000  # commands that may wait for one room; above it phones get `busy` and keep their answers
CROWDED_AT = 10_000  # above it each phone may have only one command waiting
# Between two commits answers gather for a moment, unless ENOUGH of them wait. At two thousand answers a second, two in
# each commit took 216 µs of processor time for an answer, mostly for threads that wake each other; eight take 154 µs.
GATHER_S, ENOUGH = 0.001, 50
DecidedEvent = KeysRevoked | LinkGiven | LinkEnded | CommentMade | CommentSettled | TailLost
"""What is decided before it is put into a room's queue, and only recorded there."""


class Ack(Struct, frozen=True, gc=False):
    """The outcome of a command, after the durable commit. `status` is saved, duplicate, late or held."""

    status: str
    position: int
    step: int


OnOutcome = Callable[[Ack | Exception], None]
"""Called once with the outcome of a command, or with the error that stopped it. Must not raise."""


class PendingCommand(Struct):
    command: Command | DecidedEvent
    on_outcome: OnOutcome
    if_step: int | None = None
    since: float = field(default_factory=time.monotonic)
    notified: bool = False

    def notify(self, outcome: Ack | Exception) -> None:
        if not self.notified:
            self.notified = True
            self.on_outcome(outcome)
