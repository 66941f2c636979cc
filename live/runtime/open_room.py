"""
One room in memory. Commands wait for it, are decided together and recorded in one append, and its timer rings.

One append for each command looks simpler, but then every phone behind waits for every commit before it.
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
from live.rules import Action, SendAnswer, SetHeads, decide
from live.rules.answers import Ahead
from live.runtime.deadlines import Deadlines
from live.runtime.mailbox import (
    FACILITATORS,
    FEW,
    GATHER_S,
    MOST_ASIDE,
    MOST_AT_ONCE,
    MOST_MORE,
    MOST_WAITING,
    Ack,
    Command,
    Tell,
    Waiting,
)
from live.runtime.replay import catch_up, taken_back
from live.views import answers

MOST_MARKS = 500
TRIES = 20  # appends that lost to a newer step
PATIENCE_S = 4.0  # then those who wait hear that the store does not answer, whatever still becomes of it
CATCH_UP_S = 1.0  # others wait for it
RETRY_S = 1.0
BLANK_AGAIN_S = 10.0
BLANKED_AT_ONCE = 200
READ_AT_ONCE = 50  # answers; 2 ms, and whoever waits for an ack waits so long
READ_EVERY_S = 0.02  # while somebody does

logger = logging.getLogger("live.runtime.open_room")


class OpenRoom:
    """
    A room and what waits for it. `begin` when it is taken in, `let_go` when it leaves.

    *tell* hears the room's code, whether it stepped on and whether its keys were revoked, each time there is something
    new; *gone* that the room was deleted elsewhere; *deleted* its code and the id of each answer whose words are
    blanked. *tasks* owns what runs on.
    """

    def __init__(
        self,
        room: Room,
        epoch: str,
        *,
        journal: Journal,
        clock: Clock,
        tasks: asyncio.TaskGroup,
        tell: Callable[[str, bool, bool], None],
        gone: Callable[[str], None],
        deleted: Callable[[str, str], None],
    ) -> None:
        self.room = room
        self.epoch = epoch
        self.heard_claim = False  # whether a phone has said that it saw more than the store holds
        self.asked_at = clock.now()
        self._journal = journal
        self._clock = clock
        self._tasks = tasks
        self._show = tell
        self._gone = gone
        self._deleted = deleted
        self._here = False
        self._told = (0, 0, "")
        self._turning_back = asyncio.Lock()
        self._newest: Event | None = None  # at the room's position
        self._marks: dict[int, Event] = {}  # the last of each append of ours, until it was met again by following
        self._looked_at: list[int] = []  # of those, in the order of their positions
        self._waiting: deque[Waiting] = deque()
        self._first: deque[Waiting] = deque()  # facilitators' commands: a full hall that answers holds up none of them
        self._work: asyncio.Task[None] | None = None
        self._gathering: asyncio.TimerHandle | None = None
        self._reading: asyncio.Task[None] | None = None
        self._alarm = Deadlines(room.code, journal=journal, clock=clock, tasks=tasks, ring=self._ring)
        self._follower: asyncio.Task[None] | None = None

    @property
    def working(self) -> bool:
        """Whether something waits, or is being recorded."""
        return bool(self._work or self._first or self._waiting)

    @property
    def busy(self) -> bool:
        """The same, or that it will ring."""
        return self.working or self._alarm.waits

    def begin(self) -> None:
        self._here = True
        self._told = self._tellable()
        self._set_alarm()
        if self._journal.shared:
            self._follower = self._tasks.create_task(self._follow())

    def let_go(self) -> None:
        self._here = False
        self._set_to_work()  # nothing gathers any more
        self._alarm.turn_off()
        if self._follower:
            self._follower.cancel()

    @property
    def waits_s(self) -> float:
        """How long the first of those that wait has waited."""
        return time.monotonic() - self._waiting[0].since if self._waiting else 0.0

    def refuse_all(self, error: Exception) -> None:
        for waiting in (self._first, self._waiting):
            while waiting:
                waiting.popleft().tell(error)

    async def command(self, command: Command, if_step: int | None = None) -> Ack:
        done: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()

        def tell(outcome: Ack | Exception) -> None:
            if done.done():
                return  # whoever asked has gone
            if isinstance(outcome, Exception):
                done.set_exception(outcome)
            else:
                done.set_result(outcome)

        self.put(command, tell, if_step)
        return await done

    @property
    def crowded(self) -> bool:
        """Whether so much waits that no phone should have more than one command here."""
        return len(self._waiting) >= MOST_MORE

    def put(self, command: Command, tell: Tell, if_step: int | None = None) -> None:
        """The same for who does not wait; Refused `busy`, and then *tell* hears nothing."""
        if len(self._waiting) >= MOST_WAITING:
            raise Refused("busy", retry_in=2_000)
        lane = self._first if isinstance(command, FACILITATORS) else self._waiting
        lane.append(Waiting(command, tell, if_step))
        if self._first or self._gathering is None:
            self._set_to_work()

    def _set_to_work(self) -> None:
        if self._gathering:
            self._gathering.cancel()
            self._gathering = None
        if self._work is None and (self._first or self._waiting):
            self._work = self._tasks.create_task(self._do_work())

    async def _do_work(self) -> None:
        try:
            while self._first or self._waiting:
                batch = [self._first.popleft()] if self._first else self._gather(self._waiting)
                try:
                    await self._record(batch)
                except Exception as error:
                    # One room's trouble is told to those who wait for it, and stays there.
                    if not isinstance(error, LiveError | TimeoutError):
                        logger.exception("a command could not be recorded")
                    for waiting in batch:
                        waiting.tell(error if isinstance(error, LiveError) else StorageFailed())
                    # If it fails, the next append that goes through catches up.
                    with contextlib.suppress(StorageFailed, TimeoutError):
                        async with asyncio.timeout(CATCH_UP_S):
                            await self.catch_up()
                if self._here and not self._first and len(self._waiting) < FEW:
                    self._gathering = asyncio.get_running_loop().call_later(GATHER_S, self._set_to_work)
                    return
        except RoomNotFound as error:
            self.refuse_all(error)
        except Exception:  # would end the task group, and with it every other room
            logger.exception("a room could not be brought up to date")
            self.refuse_all(StorageFailed())
        finally:
            self._work = None

    @staticmethod
    def _gather(waiting: deque[Waiting]) -> list[Waiting]:
        """
        What may be decided side by side: commands of different phones, and answers that are not the same.

        All else that comes second from a phone, or for an answer, waits for the next append: so each is decided on
        what those before it changed, without copying the room. It holds up no other phone: else a hundred that send
        everything twice would make each append one of two commands.

        What a rule must know of the answers before is how many they are (`decide`). A phone that has been away sends
        all it has kept at once: taken one by one, each had a write of its own for its ack.
        """
        batch: list[Waiting] = []
        aside: list[Waiting] = []
        seen: set[str] = set()  # ids, and phones that have sent something else than answers, or have one that waits
        answered: set[str] = set()
        while waiting and len(batch) < MOST_AT_ONCE and len(aside) < MOST_ASIDE:
            one = waiting.popleft()
            command = one.command
            assert not isinstance(command, FACILITATORS), "a facilitator's command stands alone in its append"
            phone = command.phone
            if isinstance(command, SendAnswer):
                if phone not in seen and command.id not in seen:
                    batch.append(one)
                    answered.add(phone)
                else:
                    aside.append(one)
                    seen.add(phone)
                seen.add(command.id)
                continue
            id = phone if isinstance(command, SetHeads) else command.id
            (aside if phone in seen or id in seen or phone in answered else batch).append(one)
            seen.add(phone)
            seen.add(id)
        waiting.extendleft(reversed(aside))
        return batch

    async def _record(self, batch: list[Waiting]) -> None:
        level = not self._journal.shared  # what other workers have recorded may still be on its way here
        for _ in range(TRIES):
            now = self._clock.now()
            ahead: Ahead = {}
            attempts = [(waiting, self._decide(waiting, now, ahead)) for waiting in batch]
            if not level and any(isinstance(some, LiveError) for _, some in attempts):
                await self.catch_up()  # nobody is refused for what has just changed
                level = True
                continue
            decided: list[tuple[Waiting, list[Event]]] = []
            for waiting, some in attempts:
                if isinstance(some, LiveError):
                    waiting.tell(some)
                else:
                    decided.append((waiting, some))
            events = [event for _, some in decided for event in some]
            if events:
                try:
                    async with asyncio.timeout(PATIENCE_S):
                        recorded = await self._journal.append(
                            self.room.code, events, step=self.room.step, since=self.top
                        )  # fmt: skip
                except (Conflict, CameBackOlder) as behind:
                    if isinstance(behind, CameBackOlder):
                        await self.turn_back(behind)
                    else:
                        await self.catch_up()
                    batch, level = [waiting for waiting, _ in decided], True
                    continue
                await self._apply(events, recorded)
            acks = [
                (waiting, Ack(self._status(waiting.command, fresh=bool(some)), self.room.position, self.room.step))
                for waiting, some in decided
            ]
            # Said while the store writes the next batch: the two take about as long.
            asyncio.get_running_loop().call_soon(self._say, acks)
            return
        raise Refused("busy", retry_in=2_000)

    @staticmethod
    def _say(acks: list[tuple[Waiting, Ack]]) -> None:
        for waiting, ack in acks:
            waiting.tell(ack)

    def _decide(self, waiting: Waiting, now: int, ahead: Ahead) -> list[Event] | LiveError:
        """Events, or why not."""
        try:
            if waiting.if_step is not None and waiting.if_step != self.room.step:
                return Conflict(self.room.step)
            if isinstance(waiting.command, Event):
                return [waiting.command]
            return decide(self.room, waiting.command, now, ahead)
        except (Refused, Conflict, EditedSince) as error:
            return error
        except Exception:  # a fault of ours, and no reason to fail the others in the batch
            logger.exception("a command could not be decided")
            return Refused("bad")

    async def _apply(self, events: list[Event], recorded: Recorded) -> None:
        room, known = self.room, recorded.duplicates
        fresh = [event for event in events if event.key not in known] if known else events
        before = recorded.position - len(fresh)
        gap = before - room.position
        gone: list[str] = []
        if 0 <= gap <= len(recorded.missed):
            for other in recorded.missed[len(recorded.missed) - gap :]:
                self._add(other)
            for event in fresh:
                gone += taken_back(room, event)
                self._add(event)
            self._mark()
        elif room.position < recorded.position:
            await self.catch_up()
        for some in range(0, len(gone), BLANKED_AT_ONCE):
            # In one commit, and never so many that those who answer elsewhere wait for them.
            await asyncio.gather(*(self._blank(answer) for answer in gone[some : some + BLANKED_AT_ONCE]))
        self._tell()

    def _add(self, event: Event) -> None:
        self.room.apply(event)  # type: ignore[arg-type]
        self._newest = event

    @property
    def top(self) -> Top:
        """What is held here of the journal."""
        return Top(self.epoch, self.room.position, self.room.step)

    def _tellable(self) -> tuple[int, int, str]:
        return self.room.step, self.room.revocations, self.epoch

    def _tell(self) -> None:
        """What has happened is shown, however it became known, and what is due because of it will ring."""
        if not self._here:
            return
        (step, revocations, epoch), self._told = self._told, self._tellable()
        stepped = self.room.step != step or self.epoch != epoch
        self._set_alarm()
        self._show(self.room.code, stepped, self.room.revocations != revocations)
        if self._reading is None:
            self._reading = self._tasks.create_task(self._read_on())

    async def _read_on(self) -> None:
        """What answers say is taken in a little at a time, after their acks; a view that is drawn takes in the rest."""
        try:
            while self._here:
                # Not while a hall's answers wait: each would wait 4 µs longer.
                if len(self._waiting) < MOST_AT_ONCE and not self.room.read_on(READ_AT_ONCE):
                    break
                await asyncio.sleep(READ_EVERY_S if self.working else 0)
        except Exception:  # would end the task group, and with it every other room
            logger.exception("an answer could not be read")
        finally:
            self._reading = None

    async def _follow(self) -> None:
        """What other processes record comes in as it is recorded, beside what this one does."""
        code = self.room.code
        while True:
            self._looked_at.clear()  # nobody knows whether they were there
            try:
                async with contextlib.aclosing(
                    self._journal.follow(code, after=self.room.position, epoch=self.epoch, progress=self._progress)
                ) as events:
                    async for position, event in events:
                        if position == self.room.position + 1:
                            self._add(event)
                            self._tell()
                        elif position > self.room.position:
                            await self.catch_up()
                async with self._turning_back:
                    if (await self._journal.top(code)).epoch != self.epoch:
                        await self._begin_again()
            except CameBackOlder as older:
                try:
                    await self.turn_back(older)
                except Exception:
                    logger.warning("a room could not be begun again", exc_info=True)
                    await asyncio.sleep(RETRY_S)
            except RoomNotFound:
                self._gone(code)  # deleted, elsewhere
                return
            except Exception:
                logger.warning("a room could not be followed", exc_info=True)
                await asyncio.sleep(RETRY_S)

    def _mark(self) -> None:
        if self._follower and self._newest:
            self._marks[self.room.position] = self._newest
            if len(self._marks) > MOST_MARKS:  # nothing can be followed just now; what is lost is lost from the end
                del self._marks[next(iter(self._marks))]

    def _progress(self) -> tuple[int, dict[int, Event]]:
        """
        Asked again, all marks were there the last time. The last of them stays: it may have been lost since, and what
        was recorded after it is there all the same.
        """
        for position in self._looked_at[:-1]:
            self._marks.pop(position, None)
        self._mark()
        self._looked_at = list(self._marks)
        return self.room.position, self._marks.copy()

    async def catch_up(self) -> None:
        room, position = self.room, self.room.position

        def note(event: Event) -> None:
            if self.room is room:  # and not begun again meanwhile
                self._newest = event

        # The store or the process failed between the two. What is said is read after the acks that wait for this.
        for answer in await catch_up(self._journal, room, note, read=False):
            self._tasks.create_task(self._blank(answer))
        if self.room.position != position:
            self._tell()

    # -- a store that came back older -----------------------------------------------------------------------

    async def turn_back(self, older: CameBackOlder) -> None:
        """
        The store has lost the end of what it had acknowledged: begin again from what it has, under a new epoch.

        Phones see the epoch and send again what they have receipts for; the facilitator is told.
        """
        async with self._turning_back:
            if older.epoch != self.epoch:
                return  # done meanwhile
            lost = older.position - (await self._journal.top(self.room.code)).position
            won = await self._journal.renew(self.room.code, self.epoch)
            await self._begin_again()
        if won:  # several workers notice; one tells
            logger.error("the store came back older: %d events of a meeting are gone", lost)
            told = TailLost(at=self._clock.now(), events=max(1, lost))
            self._first.append(Waiting(told, lambda _: None))
            self._set_to_work()

    async def turned_back(self) -> None:
        """Waits for a turning back that goes on."""
        async with self._turning_back:
            pass

    async def _begin_again(self) -> None:
        top = await self._journal.top(self.room.code)
        room, newest = Room(self.room.code), None

        def note(event: Event) -> None:
            nonlocal newest
            newest = event

        await catch_up(self._journal, room, note)
        self.room, self.epoch, self._newest = room, top.epoch, newest
        self._marks.clear()
        self._looked_at.clear()
        self._tell()

    async def _blank(self, answer: str) -> None:
        """Take what was said out of every file; where the store fails just now, again until it does not."""
        try:
            self._deleted(self.room.code, answer)
            await self._journal.redact(self.room.code, answer)
        except Exception:
            logger.warning("a text could not be blanked yet", exc_info=True)
            asyncio.get_running_loop().call_later(BLANK_AGAIN_S, lambda: self._tasks.create_task(self._blank(answer)))

    def _status(self, command: Command, *, fresh: bool) -> str:
        """What a phone is told. Sent again, what came too late or is held is still that."""
        answer = self.room.answer(getattr(command, "id", "") or "")
        status = answers.status(answer) if answer else "saved"
        return "duplicate" if status == "saved" and not fresh else status

    # -- its timer ------------------------------------------------------------------------------------------

    async def fire(self) -> None:
        """What ran out while nobody was looking has run out before anybody looks."""
        due, now, rehearsal = self.room.due(), self._clock.now(), self.room.rehearsal
        if due is not None and due <= now:
            await self._settle(Action(do="close-due"))
        if rehearsal and rehearsal.runs(now) and not self._journal.shared:
            await self._settle(Action(do="stop_rehearsal"))  # the process that carried it out has ended

    async def _settle(self, act: Action) -> None:
        await self._record([Waiting(act, lambda _: None)])

    def _ring(self) -> None:
        # If the store fails now, the room is asked again soon; once it is closed there is nothing due any more.
        self._first.append(Waiting(Action(do="close-due"), lambda _: self._set_alarm()))
        self._set_to_work()

    def _set_alarm(self) -> None:
        if self._here:
            self._alarm.set(self.room)
