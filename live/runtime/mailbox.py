"""
The mailbox of a room: commands wait in it, and are taken out in batches that are decided together and recorded in one
append.

One append for each command looks simpler, but then every phone would wait for all the commits before its own.
"""

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable

from msgspec import Struct, field

from live.errors import LiveError, Refused, RoomNotFound, StorageFailed
from live.events import CommentMade, CommentSettled, KeysRevoked, LinkEnded, LinkGiven, TailLost
from live.rules import Command, GiveName, SendAnswer, SetHeads
from live.rules.commands import DealCards, PhoneCommand, VoteQuestion

MOST_AT_ONCE = 250  # commands in one append; with four times as many, a change among answers took 1.5 times as long
MOST_DEFERRED = 500  # commands put off to the next append, because another of the same phone comes first
MOST_WAITING = 20_000  # commands that may wait for one room; above it phones get `busy` and keep their answers
CROWDED_AT = 10_000  # above it each phone may have only one command waiting
# Between two commits answers gather for a moment, unless ENOUGH of them wait. At two thousand answers a second, two in
# each commit took 216 µs of processor time for an answer, mostly for threads that wake each other; eight take 154 µs.
GATHER_S, ENOUGH = 0.001, 50
CATCH_UP_S = 1.0  # for catching up after a failure, because other commands wait for it
DecidedEvent = KeysRevoked | LinkGiven | LinkEnded | CommentMade | CommentSettled | TailLost
"""What is decided before it is put into a room's mailbox, and only recorded there."""

logger = logging.getLogger("live.runtime.mailbox")


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


class Mailbox:
    """
    *record* decides and records a batch; *catch_up* is called after it has failed. Answers gather between two batches
    from `start` to `release`.
    """

    def __init__(
        self,
        *,
        tasks: asyncio.TaskGroup,
        record: Callable[[list[PendingCommand]], Awaitable[None]],
        catch_up: Callable[[], Awaitable[None]],
    ) -> None:
        self._tasks = tasks
        self._record = record
        self._catch_up = catch_up
        self._gathers = False
        self._queue: deque[PendingCommand] = deque()
        self._facilitator_queue: deque[PendingCommand] = deque()  # goes first: a hall that answers must not delay it
        self._task: asyncio.Task[None] | None = None
        self._gather_timer: asyncio.TimerHandle | None = None

    @property
    def working(self) -> bool:
        """Whether commands wait or are being recorded."""
        return bool(self._task or self._facilitator_queue or self._queue)

    @property
    def rushed(self) -> bool:
        """Whether a whole batch of answers waits."""
        return len(self._queue) >= MOST_AT_ONCE

    @property
    def crowded(self) -> bool:
        """Whether so many commands wait that each phone may have only one here."""
        return len(self._queue) >= CROWDED_AT

    @property
    def waits_s(self) -> float:
        """How long the command that has waited longest has waited."""
        return time.monotonic() - self._queue[0].since if self._queue else 0.0

    def start(self) -> None:
        self._gathers = True

    def release(self) -> None:
        """Take out what waits without gathering any more."""
        self._gathers = False
        self._start_work()

    def fail_all(self, error: Exception) -> None:
        for queue in (self._facilitator_queue, self._queue):
            while queue:
                queue.popleft().notify(error)

    async def command(self, command: Command | DecidedEvent, if_step: int | None = None) -> Ack:
        """Put a command, and wait for its outcome."""
        done: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()

        def on_outcome(outcome: Ack | Exception) -> None:
            if done.done():
                return  # the caller has been cancelled
            if isinstance(outcome, Exception):
                done.set_exception(outcome)
            else:
                done.set_result(outcome)

        self.put(command, on_outcome, if_step)
        return await done

    def put(self, command: Command | DecidedEvent, on_outcome: OnOutcome, if_step: int | None = None) -> None:
        """
        Queue a command; *on_outcome* is called when it is decided and recorded. Raises Refused `busy`, and then
        *on_outcome* is not called.
        """
        if len(self._queue) >= MOST_WAITING:
            raise Refused("busy", retry_in=2_000)
        queue = self._queue if isinstance(command, PhoneCommand) else self._facilitator_queue
        queue.append(PendingCommand(command, on_outcome, if_step))
        if self._facilitator_queue or self._gather_timer is None:
            self._start_work()

    def put_own(self, command: Command | DecidedEvent, on_outcome: OnOutcome = lambda outcome: None) -> None:
        """Queue a command of the room's own, which is never refused because too many wait."""
        self._facilitator_queue.append(PendingCommand(command, on_outcome))
        self._start_work()

    def _start_work(self) -> None:
        if self._gather_timer:
            self._gather_timer.cancel()
            self._gather_timer = None
        if self._task is None and (self._facilitator_queue or self._queue):
            self._task = self._tasks.create_task(self._work_off())

    async def _work_off(self) -> None:
        try:
            while self._facilitator_queue or self._queue:
                first = self._facilitator_queue
                batch = [first.popleft()] if first else take_batch(self._queue)
                try:
                    await self._record(batch)
                except Exception as error:
                    # One room's failure goes to those who wait for it, and to no other room.
                    if not isinstance(error, LiveError | TimeoutError):
                        logger.exception("a command could not be recorded")
                    for pending in batch:
                        pending.notify(error if isinstance(error, LiveError) else StorageFailed())
                    # If this fails, the next append that succeeds catches up.
                    with contextlib.suppress(StorageFailed, TimeoutError):
                        async with asyncio.timeout(CATCH_UP_S):
                            await self._catch_up()
                if self._gathers and not self._facilitator_queue and len(self._queue) < ENOUGH:
                    self._gather_timer = asyncio.get_running_loop().call_later(GATHER_S, self._start_work)
                    return
        except RoomNotFound as error:
            self.fail_all(error)
        except Exception:  # would end the task group, and with it every other room
            logger.exception("a room could not be brought up to date")
            self.fail_all(StorageFailed())
        finally:
            self._task = None


def take_batch(queue: deque[PendingCommand]) -> list[PendingCommand]:
    """
    Take commands that may be decided in the same append: those of different phones, and several answers of one phone
    with different ids.

    Any other second command of a phone, or about an answer, is put off to the next append, so that it is decided on
    what the first one changed, without copying the room. It delays no other phone: otherwise a hundred phones that send
    everything twice would make every append one of two commands.

    Answers of one phone may go together because a rule needs to know only how many come before (`decide`). A phone that
    was offline sends all its stored answers at once: taken one by one, each ack would be a write of its own. So may all
    votes: half the hall votes for the same question at once.
    """
    batch: list[PendingCommand] = []
    deferred: list[PendingCommand] = []
    seen: set[str] = set()  # ids, and phones with another command than answers, or with a deferred one
    answered: set[str] = set()
    while queue and len(batch) < MOST_AT_ONCE and len(deferred) < MOST_DEFERRED:
        pending = queue.popleft()
        command = pending.command
        assert isinstance(command, PhoneCommand), "a facilitator's command stands alone in its append"
        phone = command.phone
        if isinstance(command, SendAnswer):
            if phone not in seen and command.id not in seen:
                batch.append(pending)
                answered.add(phone)
            else:
                deferred.append(pending)
                seen.add(phone)
            seen.add(command.id)
            continue
        if isinstance(command, VoteQuestion):
            (deferred if phone in seen else batch).append(pending)
            answered.add(phone)
            continue
        id = phone if isinstance(command, SetHeads | GiveName | DealCards) else command.id
        (deferred if phone in seen or id in seen or phone in answered else batch).append(pending)
        seen.add(phone)
        seen.add(id)
    queue.extendleft(reversed(deferred))
    return batch
