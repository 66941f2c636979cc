"""
One room in memory. Wishes wait for it, are decided together and recorded in one append, and its timer rings.

One append for each wish looks simpler, but then every phone behind waits for every commit before it.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable

from msgspec import Struct

from live import views
from live.clock import Clock
from live.edits import Edit
from live.errors import CameBackOlder, Conflict, EditedSince, LiveError, Refused, RoomNotFound, StorageFailed
from live.events import (
    AnswerChanged,
    AnswerRedacted,
    AnswerSent,
    AnswerWithdrawn,
    Event,
    KeysRevoked,
    RehearsalCleared,
    TailLost,
    same,
)
from live.journal import Journal, Top
from live.room import Room
from live.rules import Act, AnswerWish, HeadsWish, WithdrawWish, decide

MOST_AT_ONCE = 500  # wishes in one append
MOST_WAITING = 20_000  # wishes that may wait for one room; past it a phone hears `busy` and keeps its answer
APPLIED_AT_ONCE = 500  # events; 100,000 of one room take 5 s, and other rooms must not wait for them
TRIES = 20  # appends that lost to a newer step
PATIENCE_S = 4.0  # then those who wait hear that the store does not answer, whatever still becomes of it
CATCH_UP_S = 1.0  # others wait for it
RINGING = -1
RETRY_S = 1.0
BLANK_AGAIN_S = 10.0
BLANKED_AT_ONCE = 200

logger = logging.getLogger("live.kept")

Wish = AnswerWish | WithdrawWish | HeadsWish | Act | Edit | KeysRevoked | TailLost


class Ack(Struct, frozen=True):
    """What became of a wish, after the durable commit. `status` is saved, duplicate, late or held."""

    status: str
    position: int
    step: int


async def load(journal: Journal, code: str) -> Room:
    """The room as its journal makes it, to be looked at only; RoomNotFound."""
    room = Room(code)
    await catch_up(journal, room)
    return room


async def catch_up(journal: Journal, room: Room, note: Callable[[Event], None] = lambda event: None) -> set[str]:
    """
    Add up what the journal has more of, each told to *note*.

    Returns: ids of answers taken back whose words may still stand in it.
    """
    words: dict[str, bool] = {}
    gone: set[str] = set()
    for position, event in await journal.read(room.code, after=room.position):
        if position <= room.position:
            continue  # came in by another way while this was read
        assert position == room.position + 1, "the journal has a hole"
        gone.update(taken_back(room, event))
        room.apply(event)
        note(event)
        if not room.position % APPLIED_AT_ONCE:
            await asyncio.sleep(0)
        if isinstance(event, AnswerSent | AnswerChanged):
            words[event.id] = words.get(event.id, False) or bool(event.text or event.value)
    return {id for id in gone if words.get(id, True)}


def taken_back(room: Room, event: Event) -> list[str]:
    """Ids of the answers whose words must leave the journal by *event*, which comes next in *room*."""
    if isinstance(event, RehearsalCleared):
        return list(room.rehearsed)
    return [event.id] if isinstance(event, AnswerRedacted | AnswerWithdrawn) else []


class _Waiting(Struct):
    wish: Wish
    done: asyncio.Future[Ack]
    if_step: int | None = None


class Kept:
    """
    A room and what waits for it. `begin` when it is taken in, `let_go` when it leaves.

    *tell* hears the room's code, whether it stepped on and whether its keys were revoked, each time there is something
    new; *gone* that the room was deleted elsewhere. *tasks* owns what runs on.
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
        self._here = False
        self._told = (0, 0, "")
        self._turning_back = asyncio.Lock()
        self._newest: Event | None = None  # at the room's position
        self._unseen: dict[int, Event] = {}  # added up here, and not yet met again by following
        self._waiting: deque[_Waiting] = deque()
        self._work: asyncio.Task[None] | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._due: int | None = None
        self._delete_at: int | None = None
        self._follower: asyncio.Task[None] | None = None

    @property
    def working(self) -> bool:
        """Whether something waits, or is being recorded."""
        return bool(self._work or self._waiting)

    @property
    def busy(self) -> bool:
        """The same, or that it will ring."""
        return self.working or self._due is not None

    def begin(self) -> None:
        self._here = True
        self._told = self._tellable()
        self._set_alarm()
        self._note_delete()
        if self._journal.shared:
            self._follower = self._tasks.create_task(self._follow())

    def let_go(self) -> None:
        self._here = False
        if self._alarm:
            self._alarm.cancel()
        if self._follower:
            self._follower.cancel()

    def refuse_all(self, error: Exception) -> None:
        while self._waiting:
            self._fail(self._waiting.popleft(), error)

    async def wish(self, wish: Wish, if_step: int | None = None) -> Ack:
        if len(self._waiting) >= MOST_WAITING:
            raise Refused("busy", retry_in=2_000)
        waiting = _Waiting(wish, asyncio.get_running_loop().create_future(), if_step)
        self._waiting.append(waiting)
        self._set_to_work()
        return await waiting.done

    def _set_to_work(self) -> None:
        if self._work is None and self._waiting:
            self._work = self._tasks.create_task(self._do_work())

    async def _do_work(self) -> None:
        try:
            while self._waiting:
                batch = self._gather(self._waiting)
                try:
                    await self._record(batch)
                except Exception as error:
                    # One room's trouble is told to those who wait for it, and stays there.
                    if not isinstance(error, LiveError | TimeoutError):
                        logger.exception("a wish could not be recorded")
                    for waiting in batch:
                        self._fail(waiting, error if isinstance(error, LiveError) else StorageFailed())
                    # If it fails, the next append that goes through catches up.
                    with contextlib.suppress(StorageFailed, TimeoutError):
                        async with asyncio.timeout(CATCH_UP_S):
                            await self.catch_up()
        except RoomNotFound as error:
            self.refuse_all(error)
        except Exception:  # would end the task group, and with it every other room
            logger.exception("a room could not be brought up to date")
            self.refuse_all(StorageFailed())
        finally:
            self._work = None

    @staticmethod
    def _gather(waiting: deque[_Waiting]) -> list[_Waiting]:
        """
        What may be decided side by side: one facilitator's wish, or answers of as many different phones.

        A second wish of the same phone, or for the same answer, waits for the next append: so each is decided on
        what those before it changed, without copying the room.
        """
        batch: list[_Waiting] = []
        seen: set[str] = set()
        while waiting and len(batch) < MOST_AT_ONCE:
            wish = waiting[0].wish
            if isinstance(wish, Act | Edit | Event):
                if not batch:
                    batch.append(waiting.popleft())
                break
            names = {wish.phone} if isinstance(wish, HeadsWish) else {wish.phone, wish.id}
            if names & seen:
                break
            seen |= names
            batch.append(waiting.popleft())
        return batch

    async def _record(self, batch: list[_Waiting]) -> None:
        level = not self._journal.shared  # what other workers have recorded may still be on its way here
        for _ in range(TRIES):
            now = self._clock.now()
            attempts = [(waiting, self._decide(waiting, now)) for waiting in batch]
            if not level and any(isinstance(some, LiveError) for _, some in attempts):
                await self.catch_up()  # nobody is refused for what has just changed
                level = True
                continue
            decided: list[tuple[_Waiting, list[Event]]] = []
            for waiting, some in attempts:
                if isinstance(some, LiveError):
                    self._fail(waiting, some)
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
                await self._apply(events, recorded.position, recorded.known)
            for waiting, some in decided:
                if not waiting.done.done():
                    status = self._status(waiting.wish, fresh=bool(some))
                    waiting.done.set_result(Ack(status, self.room.position, self.room.step))
            return
        raise Refused("busy", retry_in=2_000)

    def _decide(self, waiting: _Waiting, now: int) -> list[Event] | LiveError:
        """Events, or why not."""
        try:
            if waiting.if_step is not None and waiting.if_step != self.room.step:
                return Conflict(self.room.step)
            if isinstance(waiting.wish, Event):
                return [waiting.wish]
            return decide(self.room, waiting.wish, now)
        except (Refused, Conflict, EditedSince) as error:
            return error
        except Exception:  # a fault of ours, and no reason to fail the others in the batch
            logger.exception("a wish could not be decided")
            return Refused("bad")

    async def _apply(self, events: list[Event], position: int, known: frozenset[str]) -> None:
        room = self.room
        fresh = [event for event in events if event.key is None or event.key not in known]
        gone: list[str] = []
        if room.position + len(fresh) == position:
            for event in fresh:
                gone += taken_back(room, event)
                room.apply(event)  # type: ignore[arg-type]
                self._note(event)
        elif room.position < position:
            await self.catch_up()
        for some in range(0, len(gone), BLANKED_AT_ONCE):
            # In one commit, and never so many that those who answer elsewhere wait for them.
            await asyncio.gather(*(self._blank(answer) for answer in gone[some : some + BLANKED_AT_ONCE]))
        self._tell()

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
        self._note_delete()
        self._show(self.room.code, stepped, self.room.revocations != revocations)

    async def _follow(self) -> None:
        """What other processes record comes in as it is recorded, beside what this one does."""
        code = self.room.code
        while True:
            try:
                async with contextlib.aclosing(
                    self._journal.follow(code, after=self.room.position, epoch=self.epoch, held=self._held)
                ) as events:
                    async for position, event in events:
                        if position == self.room.position + 1:
                            self.room.apply(event)
                            self._newest = event
                            self._tell()
                        elif position > self.room.position:
                            await self.catch_up()
                        elif (held := self._unseen.pop(position, None)) and not same(held, event):
                            # Our own appends come by here too. This one was lost, and others have gone on without it.
                            raise CameBackOlder(self.epoch, self.room.position)
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

    def _note(self, event: Event) -> None:
        self._newest = event
        if self._follower:
            self._unseen[self.room.position] = event

    def _held(self) -> tuple[int, Event | None]:
        return self.room.position, self._newest

    async def catch_up(self) -> None:
        room, position = self.room, self.room.position

        def note(event: Event) -> None:
            if self.room is room:  # and not begun again meanwhile
                self._note(event)

        for answer in await catch_up(self._journal, room, note):  # the store or the process failed between the two
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
            told = _Waiting(TailLost(at=self._clock.now(), events=max(1, lost)), asyncio.Future())
            told.done.add_done_callback(lambda ended: ended.exception())
            self._waiting.append(told)
            self._set_to_work()

    async def _begin_again(self) -> None:
        top = await self._journal.top(self.room.code)
        room, newest = Room(self.room.code), None

        def note(event: Event) -> None:
            nonlocal newest
            newest = event

        await catch_up(self._journal, room, note)
        self.room, self.epoch, self._newest = room, top.epoch, newest
        self._unseen.clear()
        self._tell()

    async def _blank(self, answer: str) -> None:
        """Take what was said out of every file; where the store fails just now, again until it does not."""
        try:
            await self._journal.redact(self.room.code, answer)
        except Exception:
            logger.warning("a text could not be blanked yet", exc_info=True)
            asyncio.get_running_loop().call_later(BLANK_AGAIN_S, lambda: self._tasks.create_task(self._blank(answer)))

    def _status(self, wish: Wish, *, fresh: bool) -> str:
        """What a phone is told. Sent again, what came too late or is held is still that."""
        answer = self.room.answer(getattr(wish, "id", "") or "")
        status = views.status(answer) if answer else "saved"
        return "duplicate" if status == "saved" and not fresh else status

    @staticmethod
    def _fail(waiting: _Waiting, error: Exception) -> None:
        if not waiting.done.done():
            waiting.done.set_exception(error)

    # -- its timer ------------------------------------------------------------------------------------------

    async def fire(self) -> None:
        """What ran out while nobody was looking has run out before anybody looks."""
        due, now, rehearsal = self.room.due(), self._clock.now(), self.room.rehearsal
        if due is not None and due <= now:
            await self._settle(Act(do="close-due"))
        if rehearsal and rehearsal.runs(now) and not self._journal.shared:
            await self._settle(Act(do="stop_rehearsal"))  # the process that carried it out has ended

    async def _settle(self, act: Act) -> None:
        await self._record([_Waiting(act, asyncio.get_running_loop().create_future())])

    def _set_alarm(self) -> None:
        if not self._here:
            return  # deleted meanwhile, or not loaded yet
        due = self.room.due()
        if due == self._due and self._alarm is not None:
            return
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if due is not None:
            again = self._due == RINGING  # it rang, and the store did not take it
            wait_s = max(RETRY_S if again else 0, (due - self._clock.now()) / 1000)
            self._alarm = asyncio.get_running_loop().call_later(wait_s, self._ring)
        if due != self._due:
            self._due = due
            self._tasks.create_task(self._note_due("timer", due))

    def _note_delete(self) -> None:
        if self.room.delete_at != self._delete_at:
            self._delete_at = self.room.delete_at
            self._tasks.create_task(self._note_due("delete", self._delete_at))

    async def _note_due(self, what: str, due: int | None) -> None:
        """So that it happens after a restart even if nobody asks for the room."""
        if not self._here:
            return  # deleted meanwhile, and nothing more may be written of it
        try:
            await self._journal.set_due(self.room.code, what, due)
        except Exception:
            logger.warning("due time not stored", exc_info=True)

    def _ring(self) -> None:
        self._alarm = None
        done = asyncio.get_running_loop().create_future()
        done.add_done_callback(lambda ended: ended.exception())
        self._waiting.append(_Waiting(Act(do="close-due"), done))
        self._set_to_work()
        # If the store fails now, the room is asked again soon; once it is closed there is nothing due any more.
        self._due = RINGING
        done.add_done_callback(lambda _: self._set_alarm())
