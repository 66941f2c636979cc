"""
One room in memory. Commands wait in its queues, are decided together and recorded in one append, and its deadlines are
met.

One append for each command looks simpler, but then every phone would wait for all the commits before its own.
"""

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable

from live.clock import Clock
from live.errors import CameBackOlder, Conflict, EditedSince, LiveError, Refused, RoomNotFound, StorageFailed
from live.events import Event, TailLost
from live.journal import Journal, Recorded, Top
from live.room import Room
from live.rules import Command, SendAnswer, SetHeads, commands, decide
from live.rules.answers import Ahead
from live.rules.commands import PhoneCommand
from live.runtime.deadlines import Deadlines
from live.runtime.mailbox import (
    CROWDED_AT,
    ENOUGH,
    GATHER_S,
    MOST_AT_ONCE,
    MOST_DEFERRED,
    MOST_WAITING,
    Ack,
    DecidedEvent,
    OnOutcome,
    PendingCommand,
)
from live.runtime.replay import catch_up, removed_answers
from live.views import answers

MOST_MARKS = 500
MOST_ATTEMPTS = 20  # at an append that conflicts with a newer step
PATIENCE_S = 4.0  # for an append; then senders get the error `storage`, though the store may still record it
CATCH_UP_S = 1.0  # for catching up after a failure, because other commands wait for it
RETRY_S = 1.0
BLANK_AGAIN_S = 10.0
BLANKED_AT_ONCE = 200
READ_AT_ONCE = 50  # answers, whose texts are counted without a pause; 2 ms, by which an ack may be late
READ_EVERY_S = 0.02  # while commands wait

logger = logging.getLogger("live.runtime.open_room")


class OpenRoom:
    """
    A room in memory and the commands that wait for it. Call `start` after loading it and `release` before dropping it.

    *on_change* is called with the room's code, whether its step changed and whether its keys were revoked, each time
    there is something new to show; *on_gone* when the room was deleted elsewhere; *on_deleted* with the code and the id
    of each answer whose text is blanked. *tasks* owns the tasks that go on.
    """

    def __init__(
        self,
        room: Room,
        epoch: str,
        *,
        journal: Journal,
        clock: Clock,
        tasks: asyncio.TaskGroup,
        on_change: Callable[[str, bool, bool], None],
        on_gone: Callable[[str], None],
        on_deleted: Callable[[str, str], None],
    ) -> None:
        self.room = room
        self.epoch = epoch
        self.claim_handled = False  # a phone has claimed to have seen more than the store holds
        self.asked_at = clock.now()
        self._journal = journal
        self._clock = clock
        self._tasks = tasks
        self._on_change = on_change
        self._on_gone = on_gone
        self._on_deleted = on_deleted
        self._active = False
        self._shown = (0, 0, "")
        self._rollback_lock = asyncio.Lock()
        self._last_event: Event | None = None  # the one at the room's position
        # Marks: the last event of each of our appends, until the follower has found it in the journal again. By them a
        # store that has lost its end and gone on is noticed.
        self._marks: dict[int, Event] = {}
        self._checked_marks: list[int] = []  # positions of the marks that the follower was last asked to find
        self._queue: deque[PendingCommand] = deque()
        self._facilitator_queue: deque[PendingCommand] = deque()  # goes first: a hall that answers must not delay it
        self._task: asyncio.Task[None] | None = None
        self._gather_timer: asyncio.TimerHandle | None = None
        self._reading: asyncio.Task[None] | None = None
        self._deadlines = Deadlines(room.code, journal=journal, clock=clock, tasks=tasks, on_due=self._on_due)
        self._follower: asyncio.Task[None] | None = None

    @property
    def working(self) -> bool:
        """Whether commands wait or are being recorded."""
        return bool(self._task or self._facilitator_queue or self._queue)

    @property
    def busy(self) -> bool:
        """Whether it is working, or a deadline is set."""
        return self.working or self._deadlines.pending

    def start(self) -> None:
        self._active = True
        self._shown = self._shown_state()
        self._set_deadlines()
        if self._journal.shared:
            self._follower = self._tasks.create_task(self._follow())

    def release(self) -> None:
        self._active = False
        self._start_work()  # without gathering any more
        self._deadlines.turn_off()
        if self._follower:
            self._follower.cancel()

    @property
    def waits_s(self) -> float:
        """How long the command that has waited longest has waited."""
        return time.monotonic() - self._queue[0].since if self._queue else 0.0

    def fail_all(self, error: Exception) -> None:
        for queue in (self._facilitator_queue, self._queue):
            while queue:
                queue.popleft().notify(error)

    async def command(self, command: Command | DecidedEvent, if_step: int | None = None) -> Ack:
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

    @property
    def crowded(self) -> bool:
        """Whether so many commands wait that each phone may have only one here."""
        return len(self._queue) >= CROWDED_AT

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

    def _start_work(self) -> None:
        if self._gather_timer:
            self._gather_timer.cancel()
            self._gather_timer = None
        if self._task is None and (self._facilitator_queue or self._queue):
            self._task = self._tasks.create_task(self._work_off())

    async def _work_off(self) -> None:
        try:
            while self._facilitator_queue or self._queue:
                if self._facilitator_queue:
                    batch = [self._facilitator_queue.popleft()]
                else:
                    batch = self._take_batch(self._queue)
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
                            await self.catch_up()
                if self._active and not self._facilitator_queue and len(self._queue) < ENOUGH:
                    self._gather_timer = asyncio.get_running_loop().call_later(GATHER_S, self._start_work)
                    return
        except RoomNotFound as error:
            self.fail_all(error)
        except Exception:  # would end the task group, and with it every other room
            logger.exception("a room could not be brought up to date")
            self.fail_all(StorageFailed())
        finally:
            self._task = None

    @staticmethod
    def _take_batch(queue: deque[PendingCommand]) -> list[PendingCommand]:
        """
        Take commands that may be decided in the same append: those of different phones, and several answers of one
        phone with different ids.

        Any other second command of a phone, or about an answer, is put off to the next append, so that it is decided on
        what the first one changed, without copying the room. It delays no other phone: otherwise a hundred phones that
        send everything twice would make every append one of two commands.

        Answers of one phone may go together because a rule needs to know only how many come before (`decide`). A phone
        that was offline sends all its stored answers at once: taken one by one, each ack would be a write of its own.
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
            id = phone if isinstance(command, SetHeads) else command.id
            (deferred if phone in seen or id in seen or phone in answered else batch).append(pending)
            seen.add(phone)
            seen.add(id)
        queue.extendleft(reversed(deferred))
        return batch

    async def _record(self, batch: list[PendingCommand]) -> None:
        up_to_date = not self._journal.shared  # other workers' events may not have arrived here yet
        for _ in range(MOST_ATTEMPTS):
            now = self._clock.now()
            ahead: Ahead = {}
            outcomes = [(pending, self._decide(pending, now, ahead)) for pending in batch]
            if not up_to_date and any(isinstance(decided, LiveError) for _, decided in outcomes):
                await self.catch_up()  # so that nobody is refused because of an outdated state
                up_to_date = True
                continue
            accepted: list[tuple[PendingCommand, list[Event]]] = []
            for pending, decided in outcomes:
                if isinstance(decided, LiveError):
                    pending.notify(decided)
                else:
                    accepted.append((pending, decided))
            events = [event for _, decided in accepted for event in decided]
            if events:
                try:
                    async with asyncio.timeout(PATIENCE_S):
                        recorded = await self._journal.append(
                            self.room.code, events, step=self.room.step, since=self.top
                        )  # fmt: skip
                except (Conflict, CameBackOlder) as behind:
                    if isinstance(behind, CameBackOlder):
                        await self.handle_rollback(behind)
                    else:
                        await self.catch_up()
                    batch, up_to_date = [pending for pending, _ in accepted], True
                    continue
                await self._apply(events, recorded)
            acks = [
                (pending, Ack(self._status(pending.command, fresh=bool(decided)), self.room.position, self.room.step))
                for pending, decided in accepted
            ]
            # Sent while the store writes the next batch: the two take about the same time.
            asyncio.get_running_loop().call_soon(self._send_acks, acks)
            return
        raise Refused("busy", retry_in=2_000)

    @staticmethod
    def _send_acks(acks: list[tuple[PendingCommand, Ack]]) -> None:
        for pending, ack in acks:
            pending.notify(ack)

    def _decide(self, pending: PendingCommand, now: int, ahead: Ahead) -> list[Event] | LiveError:
        """The events of a command, or the error that refuses it."""
        try:
            if pending.if_step is not None and pending.if_step != self.room.step:
                return Conflict(self.room.step)
            if isinstance(pending.command, Event):
                return [pending.command]
            return decide(self.room, pending.command, now, ahead)
        except (Refused, Conflict, EditedSince) as error:
            return error
        except Exception:  # a fault of ours must not fail the other commands of the batch
            logger.exception("a command could not be decided")
            return Refused("bad")

    async def _apply(self, events: list[Event], recorded: Recorded) -> None:
        room, duplicates = self.room, recorded.duplicates
        fresh = [event for event in events if event.key not in duplicates] if duplicates else events
        before = recorded.position - len(fresh)
        gap = before - room.position
        removed: list[str] = []
        if 0 <= gap <= len(recorded.missed):
            for missed in recorded.missed[len(recorded.missed) - gap :]:
                self._add(missed)
            for event in fresh:
                removed += removed_answers(room, event)
                self._add(event)
            self._mark()
        elif room.position < recorded.position:
            await self.catch_up()
        for start in range(0, len(removed), BLANKED_AT_ONCE):
            # Together in one commit, but not so many that answers in other rooms must wait for them.
            await asyncio.gather(*(self._blank(answer) for answer in removed[start : start + BLANKED_AT_ONCE]))
        self._publish()

    def _add(self, event: Event) -> None:
        self.room.apply(event)  # type: ignore[arg-type]
        self._last_event = event

    @property
    def top(self) -> Top:
        """Where the journal ended when this room last applied an event."""
        return Top(self.epoch, self.room.position, self.room.step)

    def _shown_state(self) -> tuple[int, int, str]:
        return self.room.step, self.room.links.revocations, self.epoch

    def _publish(self) -> None:
        """
        Call *on_change* and set the deadlines, after events have been applied: own ones, or those of other processes.
        """
        if not self._active:
            return
        (step, revocations, epoch), self._shown = self._shown, self._shown_state()
        stepped = self.room.step != step or self.epoch != epoch
        self._set_deadlines()
        self._on_change(self.room.code, stepped, self.room.links.revocations != revocations)
        if self._reading is None:
            self._reading = self._tasks.create_task(self._read_on())

    async def _read_on(self) -> None:
        """Count the texts of answers little by little, after their acks. Drawing a view counts the rest at once."""
        try:
            while self._active:
                # Not while many answers wait: each would wait 4 µs longer.
                if len(self._queue) < MOST_AT_ONCE and not self.room.read_on(READ_AT_ONCE):
                    break
                await asyncio.sleep(READ_EVERY_S if self.working else 0)
        except Exception:  # would end the task group, and with it every other room
            logger.exception("an answer could not be read")
        finally:
            self._reading = None

    async def _follow(self) -> None:
        """Apply what other processes record, as it is recorded."""
        code = self.room.code
        while True:
            self._checked_marks.clear()  # it is not known whether they were found
            try:
                async with contextlib.aclosing(
                    self._journal.follow(code, after=self.room.position, epoch=self.epoch, progress=self._progress)
                ) as events:
                    async for position, event in events:
                        if position == self.room.position + 1:
                            self._add(event)
                            self._publish()
                        elif position > self.room.position:
                            await self.catch_up()
                async with self._rollback_lock:
                    if (await self._journal.top(code)).epoch != self.epoch:
                        await self._reload()
            except CameBackOlder as older:
                try:
                    await self.handle_rollback(older)
                except Exception:
                    logger.warning("a room could not be begun again", exc_info=True)
                    await asyncio.sleep(RETRY_S)
            except RoomNotFound:
                self._on_gone(code)  # deleted by another process
                return
            except Exception:
                logger.warning("a room could not be followed", exc_info=True)
                await asyncio.sleep(RETRY_S)

    def _mark(self) -> None:
        if self._follower and self._last_event:
            self._marks[self.room.position] = self._last_event
            # So many only when following fails. A store loses events from its end, so the newest marks are enough.
            if len(self._marks) > MOST_MARKS:
                del self._marks[next(iter(self._marks))]

    def _progress(self) -> tuple[int, dict[int, Event]]:
        """
        The position reached, and the marks that the journal must still hold (`live.journal.Progress`).

        When the follower asks again, it has found all marks of the last time, so they are dropped, except the last of
        them: that one may have been lost since, while events recorded after it are there.
        """
        for position in self._checked_marks[:-1]:
            self._marks.pop(position, None)
        self._mark()
        self._checked_marks = list(self._marks)
        return self.room.position, self._marks.copy()

    async def catch_up(self) -> None:
        room, position = self.room, self.room.position

        def note(event: Event) -> None:
            if self.room is room:  # and was not reloaded meanwhile
                self._last_event = event

        # Text may be left to blank if the store or the process failed before that was done. The texts of answers are
        # counted later, after the acks that wait for this.
        for answer in await catch_up(self._journal, room, note, read_answers=False):
            self._tasks.create_task(self._blank(answer))
        if self.room.position != position:
            self._publish()

    # -- a store that has lost its end ----------------------------------------------------------------------

    async def handle_rollback(self, older: CameBackOlder) -> None:
        """
        The store has lost the last events that it had acknowledged: load the room again from what is left, with a new
        epoch.

        Phones see the new epoch and send again the answers that they hold acks for. The console shows the loss.
        """
        async with self._rollback_lock:
            if older.epoch != self.epoch:
                return  # already handled
            lost = older.position - (await self._journal.top(self.room.code)).position
            renewed = await self._journal.renew(self.room.code, self.epoch)
            await self._reload()
        if renewed:  # several workers notice; one of them records it
            logger.error("the store came back older: %d events of a meeting are gone", lost)
            lost_tail = TailLost(at=self._clock.now(), events=max(1, lost))
            self._facilitator_queue.append(PendingCommand(lost_tail, lambda _: None))
            self._start_work()

    async def wait_for_rollback(self) -> None:
        """Wait until a rollback that is being handled has been handled."""
        async with self._rollback_lock:
            pass

    async def _reload(self) -> None:
        top = await self._journal.top(self.room.code)
        room, last_event = Room(self.room.code), None

        def note(event: Event) -> None:
            nonlocal last_event
            last_event = event

        await catch_up(self._journal, room, note)
        self.room, self.epoch, self._last_event = room, top.epoch, last_event
        self._marks.clear()
        self._checked_marks.clear()
        self._publish()

    async def _blank(self, answer: str) -> None:
        """Remove the text of an answer from every file; tried again until the store succeeds."""
        try:
            self._on_deleted(self.room.code, answer)
            await self._journal.redact(self.room.code, answer)
        except Exception:
            logger.warning("a text could not be blanked yet", exc_info=True)
            asyncio.get_running_loop().call_later(BLANK_AGAIN_S, lambda: self._tasks.create_task(self._blank(answer)))

    def _status(self, command: Command | DecidedEvent, *, fresh: bool) -> str:
        """The status for the ack. An answer that is sent again keeps its status if it was late or is held."""
        answer = self.room.answer(getattr(command, "id", "") or "")
        status = answers.status(answer) if answer else "saved"
        return "duplicate" if status == "saved" and not fresh else status

    # -- deadlines ------------------------------------------------------------------------------------------

    async def settle_overdue(self) -> None:
        """After loading: close what ran out, and stop a rehearsal that was cut off, before anybody sees the room."""
        due, now, rehearsal = self.room.due(), self._clock.now(), self.room.rehearsal
        if due is not None and due <= now:
            await self._record_alone(commands.CloseDue())
        if rehearsal and rehearsal.runs(now) and not self._journal.shared:
            await self._record_alone(commands.StopRehearsal())  # the process that ran it has ended

    async def _record_alone(self, command: Command) -> None:
        await self._record([PendingCommand(command, lambda _: None)])

    def _on_due(self) -> None:
        # If the store fails now, the deadline is set again soon. Once the activity is closed, nothing is due any more.
        self._facilitator_queue.append(PendingCommand(commands.CloseDue(), lambda _: self._set_deadlines()))
        self._start_work()

    def _set_deadlines(self) -> None:
        if self._active:
            self._deadlines.set(self.room)
