"""
One room in memory. Commands wait in its mailbox, are decided and recorded here, and its deadlines are met.
"""

import asyncio
import logging
from collections.abc import Callable

from live.clock import Clock
from live.errors import CameBackOlder, Conflict, EditedSince, LiveError, Refused, StorageFailed, WorkshopInvalid
from live.events import Event, TailLost
from live.journal import Journal, Recorded
from live.room import Room
from live.rules import Command, VoteQuestion, commands, decide
from live.rules.answers import Ahead
from live.runtime.deadlines import Deadlines
from live.runtime.follower import Follower
from live.runtime.mailbox import Ack, DecidedEvent, Mailbox, PendingCommand
from live.runtime.replay import Removed
from live.runtime.replica import Replica
from live.views import answers
from live.views.wifi import DrawnWifi

MOST_ATTEMPTS = 20  # at an append that conflicts with a newer step
PATIENCE_S = 4.0  # for an append; then senders get the error `storage`, though the store may still record it
BLANK_AGAIN_S = 10.0
BLANKED_AT_ONCE = 200
READ_AT_ONCE = 50  # answers, whose texts are counted without a pause; 2 ms, by which an ack may be late
READ_EVERY_S = 0.02  # while commands wait

logger = logging.getLogger("live.runtime.open_room")


class OpenRoom:
    """
    A room in memory and the commands that wait for it. Call `start` after loading it and `release` before dropping it.

    *on_change* is called with the room's code, and whether its step changed, its keys were revoked, and it was cleared,
    each time there is something new to show; *on_gone* when the room was deleted elsewhere; *on_deleted* with the code
    and the id of each answer of a person whose text is blanked; *on_older* when the store has come back older. *tasks*
    owns the tasks that go on.
    """

    def __init__(
        self,
        code: str,
        epoch: str,
        *,
        journal: Journal,
        clock: Clock,
        tasks: asyncio.TaskGroup,
        on_change: Callable[[str, bool, bool, bool], None],
        on_gone: Callable[[str], None],
        on_deleted: Callable[[str, str], None],
        on_older: Callable[[], None],
    ) -> None:
        self.code = code
        self.failing = False  # the store has not recorded the last append, as far as is known
        self.claim_handled = False  # a phone has claimed to have seen more than the store holds
        self.asked_at = clock.now()
        self.wifi: DrawnWifi | None = None  # kept nowhere else, and gone when the meeting ends
        self.replica = Replica(Room(code), epoch, journal, on_reload=self._reloaded)
        self.mailbox = Mailbox(tasks=tasks, record=self._record, catch_up=self.catch_up)
        self.follower = Follower(
            self.replica, journal, tasks=tasks, publish=self._publish, catch_up=self.catch_up,
            on_rollback=self.handle_rollback, on_gone=lambda: on_gone(code),
        )  # fmt: skip
        self._deadlines = Deadlines(code, journal=journal, clock=clock, tasks=tasks, on_due=self._on_due)
        self._journal = journal
        self._clock = clock
        self._tasks = tasks
        self._on_change = on_change
        self._on_deleted = on_deleted
        self._on_older = on_older
        self._active = False
        self._shown = (0, 0, "", 0)
        self._questions = 0  # `changes` of the questions to a panel, as they were last told
        self._reading: asyncio.Task[None] | None = None

    @property
    def room(self) -> Room:
        return self.replica.room

    @property
    def epoch(self) -> str:
        return self.replica.epoch

    @property
    def busy(self) -> bool:
        """Whether commands wait or are being recorded, or a deadline is set."""
        return self.mailbox.working or self._deadlines.pending

    def start(self) -> None:
        self._active = True
        self._shown = self._shown_state()
        self._set_deadlines()
        self.mailbox.start()
        if self._journal.shared:
            self.follower.start()

    def release(self) -> None:
        self._active = False
        self.mailbox.release()
        self._deadlines.turn_off()
        self.follower.stop()

    # -- recording ------------------------------------------------------------------------------------------

    async def _record(self, batch: list[PendingCommand]) -> None:
        up_to_date = not self._journal.shared  # other workers' events may not have arrived here yet
        for _ in range(MOST_ATTEMPTS):
            now = self._clock.now()
            ahead = Ahead()
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
                            self.code, events, step=self.room.step, since=self.replica.top
                        )
                except (StorageFailed, TimeoutError):
                    self.failing = True
                    raise
                except (Conflict, CameBackOlder) as behind:
                    if isinstance(behind, CameBackOlder):
                        await self.handle_rollback(behind)
                    else:
                        await self.catch_up()
                    batch, up_to_date = [pending for pending, _ in accepted], True
                    continue
                self.failing = False
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
        except (Refused, Conflict, EditedSince, WorkshopInvalid) as error:
            return error
        except Exception:  # a fault of ours must not fail the other commands of the batch
            logger.exception("a command could not be decided")
            return Refused("bad")

    async def _apply(self, events: list[Event], recorded: Recorded) -> None:
        removed = self.replica.add_recorded(events, recorded)
        if removed is None and self.room.position < recorded.position:
            await self.catch_up()
        for start in range(0, len(removed or ()), BLANKED_AT_ONCE):
            # Together in one commit, but not so many that answers in other rooms must wait for them.
            await asyncio.gather(*(self._blank(answer) for answer in (removed or ())[start : start + BLANKED_AT_ONCE]))
        self._publish()

    def _status(self, command: Command | DecidedEvent, *, fresh: bool) -> str:
        """The status for the ack. An answer that is sent again keeps its status if it was late or is held."""
        answer = self.room.answer(getattr(command, "id", "") or "") if not isinstance(command, VoteQuestion) else None
        status = answers.status(answer) if answer else "saved"
        return "duplicate" if status == "saved" and not fresh else status

    async def _blank(self, answer: Removed) -> None:
        """Remove the text of an answer from every file; tried again until the store succeeds."""
        try:
            if not answer.rehearsed:
                self._on_deleted(self.code, answer.id)
                if self.room.archive_of:  # a backup from before has it there
                    self._on_deleted(self.room.archive_of, answer.id)
            await self._journal.redact(self.code, answer.id, answer.positions)
        except Exception:
            logger.warning("a text could not be blanked yet", exc_info=True)
            asyncio.get_running_loop().call_later(BLANK_AGAIN_S, lambda: self._tasks.create_task(self._blank(answer)))

    # -- what has changed -----------------------------------------------------------------------------------

    def _shown_state(self) -> tuple[int, int, str, int]:
        return self.room.step, self.room.links.revocations, self.epoch, self.room.cleared_at

    def questions_changed(self) -> bool:
        """Whether the questions to a panel that phones can reach have changed since this was last asked."""
        before, self._questions = self._questions, self.room.panel.changes if self.room.panel else 0
        return self._questions != before

    def _publish(self) -> None:
        """
        Call *on_change* and set the deadlines, after events have been applied: own ones, or those of other processes.
        """
        if not self._active:
            return
        (step, revocations, epoch, cleared_at), self._shown = self._shown, self._shown_state()
        stepped = self.room.step != step or self.epoch != epoch
        self._set_deadlines()
        revoked, cleared = self.room.links.revocations > revocations, self.room.cleared_at != cleared_at
        self._on_change(self.code, stepped, revoked, cleared)
        if self._reading is None:
            self._reading = self._tasks.create_task(self._read_on())

    async def _read_on(self) -> None:
        """Count the texts of answers little by little, after their acks. Drawing a view counts the rest at once."""
        try:
            while self._active:
                # Not while many answers wait: each would wait 4 µs longer.
                if not self.mailbox.rushed and not self.room.read_on(READ_AT_ONCE):
                    break
                await asyncio.sleep(READ_EVERY_S if self.mailbox.working else 0)
        except Exception:  # would end the task group, and with it every other room
            logger.exception("an answer could not be read")
        finally:
            self._reading = None

    async def catch_up(self) -> None:
        """Apply what the journal has beyond the room."""
        position = self.room.position
        # Text may be left to blank if the store or the process failed before that was done.
        for answer in await self.replica.catch_up():
            self._tasks.create_task(self._blank(answer))
        if self.room.position != position:
            self._publish()

    def _reloaded(self, removed: set[Removed]) -> None:
        for answer in removed:  # the store may have lost that they were blanked
            self._tasks.create_task(self._blank(answer))
        self._on_older()
        self._publish()

    async def handle_rollback(self, older: CameBackOlder) -> None:
        """
        The store has lost events: load the room again. Phones see the new epoch and send again the answers that they
        hold acks for. The console shows the loss.
        """
        lost = await self.replica.renew(older)
        if lost is not None:
            logger.error("the store came back older: %d events of a meeting are gone", lost)
            self.mailbox.put_own(TailLost(at=self._clock.now(), events=max(1, lost)))

    # -- deadlines ------------------------------------------------------------------------------------------

    async def settle_overdue(self) -> None:
        """After loading: close what ran out, and stop a rehearsal that was cut off, before anybody sees the room."""
        due, now, rehearsal = self.room.due(), self._clock.now(), self.room.rehearsal
        if due is not None and due <= now:
            await self._record([PendingCommand(commands.CloseDue(), lambda _: None)])
        if rehearsal and rehearsal.runs(now) and not self._journal.shared:  # the process that ran it has ended
            await self._record([PendingCommand(commands.StopRehearsal(), lambda _: None)])

    def _on_due(self) -> None:
        # If the store fails now, the deadline is set again soon. Once the activity is closed, nothing is due any more.
        self.mailbox.put_own(commands.CloseDue(), lambda _: self._set_deadlines())

    def _set_deadlines(self) -> None:
        if self._active:
            self._deadlines.set(self.room, self.epoch)
