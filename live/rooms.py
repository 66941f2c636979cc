"""
Keeps the rooms: loads them from the journal, gathers what waits for each into one append, and fires their timers.

All wishes that wait are decided together and recorded in one append. One append each looks simpler, but then every
phone behind waits for every commit before it.
"""

import asyncio
import contextlib
import logging
import secrets
from collections import deque
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from live import codes, views, workshop
from live.clock import Clock
from live.errors import CodeTaken, Conflict, LiveError, Refused, RoomNotFound, StorageFailed
from live.events import AnswerChanged, AnswerRedacted, AnswerSent, AnswerWithdrawn, Event, WorkshopSet
from live.hub import CONSOLE, PHONE, Hub
from live.journal import Journal
from live.room import Room
from live.rules import Act, AnswerWish, HeadsWish, WithdrawWish, decide
from live.views import Join

MOST_AT_ONCE = 500  # wishes in one append
MOST_WAITING = 20_000  # wishes that may wait for one room; past it a phone hears `busy` and keeps its answer
APPLIED_AT_ONCE = 500  # events; 100,000 of one room take 5 s, and other rooms must not wait for them
TRIES = 20  # appends that lost to a newer step
RINGING = -1
RETRY_S = 1.0
BLANK_AGAIN_S = 10.0
IDLE_MS = 10 * 60_000  # a room that nobody sits in or asks for leaves memory, and is read again when asked for
TIDY_S = 60.0

FACILITATOR, SCREEN = "facilitator", "screen"

logger = logging.getLogger("live.rooms")

Wish = AnswerWish | WithdrawWish | HeadsWish | Act | WorkshopSet


class Opened(Struct, frozen=True):
    """A new room. The keys are told once; the store holds only their hashes."""

    code: str
    facilitator_key: str
    screen_key: str


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


async def catch_up(journal: Journal, room: Room) -> set[str]:
    """Add up what the journal has more of. Returns: ids of answers taken back whose words may still stand in it."""
    words: dict[str, bool] = {}
    taken_back: set[str] = set()
    for position, event in await journal.read(room.code, after=room.position):
        if position <= room.position:
            continue  # came in by another way while this was read
        assert position == room.position + 1, "the journal has a hole"
        room.apply(event)
        if not room.position % APPLIED_AT_ONCE:
            await asyncio.sleep(0)
        if isinstance(event, AnswerSent | AnswerChanged):
            words[event.id] = words.get(event.id, False) or bool(event.text or event.value)
        elif isinstance(event, AnswerRedacted | AnswerWithdrawn):
            taken_back.add(event.id)
    return {id for id in taken_back if words.get(id, True)}


def fresh_key() -> tuple[str, str]:
    """A new key, and the hash under which it is stored."""
    key = secrets.token_urlsafe(24)
    return key, sha256(key.encode()).hexdigest()


class _Waiting(Struct):
    wish: Wish
    done: asyncio.Future[Ack]
    if_step: int | None = None


class _Kept:
    """A room in memory, with what waits for it."""

    def __init__(self, room: Room, epoch: str, asked_at: int) -> None:
        self.room = room
        self.asked_at = asked_at
        self.epoch = epoch
        self.waiting: deque[_Waiting] = deque()
        self.work: asyncio.Task[None] | None = None
        self.alarm: asyncio.TimerHandle | None = None
        self.due: int | None = None
        self.follower: asyncio.Task[None] | None = None

    def let_go(self) -> None:
        if self.alarm:
            self.alarm.cancel()
        if self.follower:
            self.follower.cancel()


class Rooms:
    """Owns every room of this process. Use as an async context manager: leaving it finishes what waits."""

    def __init__(self, journal: Journal, clock: Clock, join: Callable[[str], Join]) -> None:
        """*join* tells how people get into the room with a given code, for the screen to show."""
        self.journal = journal
        self.clock = clock
        self.hub = Hub(self._draw, self._heads, clock.now)
        self.warnings: Callable[[], list[str]] = list
        self._join = join
        self._kept: dict[str, _Kept] = {}
        self._loading: dict[str, asyncio.Future[_Kept]] = {}
        self._deleting: set[str] = set()
        self._tidying: asyncio.TimerHandle | None = None
        self._tasks: asyncio.TaskGroup = asyncio.TaskGroup()

    async def __aenter__(self) -> "Rooms":
        await self._tasks.__aenter__()
        for code, _, _ in await self.journal.due(2**62):
            try:
                await self._keep(code)
            except RoomNotFound:
                await self.journal.set_due(code, "timer", None)
        self._tidy()
        return self

    async def __aexit__(self, *failure: Any) -> None:
        if self._tidying:
            self._tidying.cancel()
        for kept in self._kept.values():
            kept.let_go()
        await self._tasks.__aexit__(*failure)

    # -- rooms ----------------------------------------------------------------------------------------------

    async def open(self, text: str, *, translate: Callable[[str], str] = str) -> Opened:
        """A new room from a workshop's text; WorkshopInvalid names every fault, as *translate* puts it."""
        await asyncio.to_thread(workshop.parse, text, translate=translate)  # a hostile file takes seconds
        while True:
            code = codes.make(secrets.randbelow)
            try:
                await self.journal.create(code, [WorkshopSet(at=self.clock.now(), text=text)])
            except CodeTaken:
                continue
            facilitator_key = await self.new_key(code, FACILITATOR)
            return Opened(code, facilitator_key, await self.new_key(code, SCREEN))

    async def new_key(self, code: str, right: str) -> str:
        key, hashed = fresh_key()
        await self.journal.add_key(hashed, code=code, right=right, at=self.clock.now())
        return key

    async def revoke(self, code: str) -> None:
        await self.journal.revoke_keys(code)
        self.hub.revoke(code)

    async def delete(self, code: str) -> None:
        await self.get(code)
        self._deleting.add(code)  # whoever asks meanwhile must not bring it back
        try:
            self._forget(code)
            await self.journal.delete(code)
        finally:
            self._deleting.discard(code)

    def _forget(self, code: str) -> None:
        if kept := self._kept.pop(code, None):
            kept.let_go()
            while kept.waiting:
                self._fail(kept.waiting.popleft(), RoomNotFound())
        self.hub.close(code)

    async def get(self, code: str) -> Room:
        """The room, holding everything that was acked before; RoomNotFound."""
        return (await self._keep(code)).room

    def known(self, code: str) -> Room | None:
        """The room if it is in memory."""
        kept = self._kept.get(code)
        return kept.room if kept else None

    def loaded(self) -> list[str]:
        """Codes of the rooms in memory."""
        return list(self._kept)

    def rest(self) -> None:
        """Let go of every room that has been idle for long and has no timer running."""
        now = self.clock.now()
        for code, kept in list(self._kept.items()):
            if self.hub.busy(code) or kept.work or kept.waiting or kept.due is not None:
                kept.asked_at = now
            elif now - kept.asked_at >= IDLE_MS:
                kept.let_go()
                del self._kept[code]

    def _tidy(self) -> None:
        self.rest()
        self._tidying = asyncio.get_running_loop().call_later(TIDY_S, self._tidy)

    async def epoch(self, code: str) -> str:
        return (await self._keep(code)).epoch

    async def edit(self, code: str, text: str) -> Ack:
        """Take an edited workshop in; WorkshopInvalid, or Refused `has-answers` if it drops what people answered."""
        await asyncio.to_thread(workshop.parse, text)
        return await self.wish(code, WorkshopSet(at=self.clock.now(), text=text))

    # -- wishes ---------------------------------------------------------------------------------------------

    async def act(self, code: str, act: Act, if_step: int | None = None) -> Ack:
        """A facilitator's action; Conflict when the room has left *if_step*, Refused when the rules say no."""
        if act.do == "ask":
            act = msgspec.structs.replace(act, id=f"spurt-{secrets.token_hex(4)}")
        if act.do == "add_answer":
            act = msgspec.structs.replace(act, id=secrets.token_hex(16))
        return await self.wish(code, act, if_step)

    async def wish(self, code: str, wish: Wish, if_step: int | None = None) -> Ack:
        kept = await self._keep(code)
        if len(kept.waiting) >= MOST_WAITING:
            raise Refused("busy", retry_in=2_000)
        waiting = _Waiting(wish, asyncio.get_running_loop().create_future(), if_step)
        kept.waiting.append(waiting)
        self._set_to_work(kept)
        return await waiting.done

    def _set_to_work(self, kept: _Kept) -> None:
        if kept.work is None and kept.waiting:
            kept.work = self._tasks.create_task(self._work(kept))

    async def _work(self, kept: _Kept) -> None:
        try:
            while kept.waiting:
                batch = self._gather(kept.waiting)
                try:
                    await self._record(kept, batch)
                except Exception as error:
                    # One room's trouble is told to those who wait for it, and stays there.
                    if not isinstance(error, LiveError):
                        logger.exception("a wish could not be recorded")
                    for waiting in batch:
                        self._fail(waiting, error if isinstance(error, LiveError) else StorageFailed())
                    with contextlib.suppress(StorageFailed):  # then the next append that goes through catches up
                        await self._catch_up(kept)
        except RoomNotFound as error:
            while kept.waiting:
                self._fail(kept.waiting.popleft(), error)
        except Exception:  # would end the task group, and with it every other room
            logger.exception("a room could not be brought up to date")
            while kept.waiting:
                self._fail(kept.waiting.popleft(), StorageFailed())
        finally:
            kept.work = None

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
            if isinstance(wish, Act | WorkshopSet):
                if not batch:
                    batch.append(waiting.popleft())
                break
            names = {wish.phone} if isinstance(wish, HeadsWish) else {wish.phone, wish.id}
            if names & seen:
                break
            seen |= names
            batch.append(waiting.popleft())
        return batch

    async def _record(self, kept: _Kept, batch: list[_Waiting]) -> None:
        for _ in range(TRIES):
            now = self.clock.now()
            attempts = [(waiting, self._decide(kept, waiting, now)) for waiting in batch]
            decided = [(waiting, some) for waiting, some in attempts if some is not None]
            events = [event for _, some in decided for event in some]
            if events:
                try:
                    recorded = await self.journal.append(kept.room.code, events, step=kept.room.step)
                except Conflict:
                    await self._catch_up(kept)
                    batch = [waiting for waiting, _ in decided]
                    continue
                await self._apply(kept, events, recorded.position, recorded.known)
            for waiting, some in decided:
                if not waiting.done.done():
                    waiting.done.set_result(Ack(self._status(kept.room, some), kept.room.position, kept.room.step))
            return
        raise Refused("busy", retry_in=2_000)

    def _decide(self, kept: _Kept, waiting: _Waiting, now: int) -> list[Event] | None:
        """Events, or None after the wish has been refused."""
        try:
            if waiting.if_step is not None and waiting.if_step != kept.room.step:
                raise Conflict(kept.room.step)
            if isinstance(waiting.wish, WorkshopSet):
                return self._edited(kept.room, waiting.wish)
            return decide(kept.room, waiting.wish, now)
        except (Refused, Conflict) as error:
            self._fail(waiting, error)
        except Exception:  # a fault of ours, and no reason to fail the others in the batch
            logger.exception("a wish could not be decided")
            self._fail(waiting, Refused("bad"))
        return None

    @staticmethod
    def _edited(room: Room, edit: WorkshopSet) -> list[Event]:
        if edit.text == room.workshop_text:
            return []
        written, _ = workshop.parse(edit.text)
        kinds = {activity.id: activity.kind for slide in written.slides for activity in slide.activities}
        for id, state in room.activities.items():
            if state.answers and kinds.get(id) != state.written.kind and id not in room.asked:
                raise Refused("has-answers", activity=id)
        return [edit]

    async def _apply(self, kept: _Kept, events: list[Event], position: int, known: frozenset[str]) -> None:
        room = kept.room
        fresh = [event for event in events if event.key is None or event.key not in known]
        if room.position + len(fresh) == position:
            for event in fresh:
                room.apply(event)  # type: ignore[arg-type]
        elif room.position < position:
            await self._catch_up(kept)
        taken_back = [event.id for event in fresh if isinstance(event, AnswerRedacted | AnswerWithdrawn)]
        await asyncio.gather(*(self._blank(room.code, answer) for answer in taken_back))  # in one commit
        self._tell(kept, step=any(event.step for event in fresh))

    def _tell(self, kept: _Kept, *, step: bool) -> None:
        """What has happened is shown, and what is due because of it will ring."""
        self._set_alarm(kept)
        if step:
            self.hub.step(kept.room.code)
        else:
            self.hub.touch(kept.room.code)

    async def _follow(self, kept: _Kept) -> None:
        """What other processes record comes in as it is recorded, beside what this one does."""
        room = kept.room
        while True:
            try:
                async with contextlib.aclosing(self.journal.follow(room.code, after=room.position)) as events:
                    async for position, event in events:
                        if position == room.position + 1:  # our own appends come by here too
                            room.apply(event)
                            self._tell(kept, step=event.step)
                self._forget(room.code)  # deleted, elsewhere
                return
            except Exception:
                logger.warning("a room could not be followed", exc_info=True)
                await asyncio.sleep(RETRY_S)

    async def _catch_up(self, kept: _Kept) -> None:
        for answer in await catch_up(self.journal, kept.room):  # the store or the process failed between the two
            self._tasks.create_task(self._blank(kept.room.code, answer))

    async def _blank(self, code: str, answer: str) -> None:
        """Take what was said out of every file; where the store fails just now, again until it does not."""
        try:
            await self.journal.redact(code, answer)
        except Exception:
            logger.warning("a text could not be blanked yet", exc_info=True)
            asyncio.get_running_loop().call_later(
                BLANK_AGAIN_S, lambda: self._tasks.create_task(self._blank(code, answer))
            )

    @staticmethod
    def _status(room: Room, events: list[Event]) -> str:
        if not events:
            return "duplicate"
        answer = room.answer(getattr(events[0], "id", "") or "")
        return views.status(answer) if answer else "saved"

    @staticmethod
    def _fail(waiting: _Waiting, error: Exception) -> None:
        if not waiting.done.done():
            waiting.done.set_exception(error)

    # -- loading and timers ---------------------------------------------------------------------------------

    async def _keep(self, code: str) -> _Kept:
        if kept := self._kept.get(code):
            kept.asked_at = self.clock.now()
            return kept
        if code in self._deleting:
            raise RoomNotFound
        if loading := self._loading.get(code):
            return await asyncio.shield(loading)
        # Many phones ask for the same sleeping room at once: it is read once.
        loading = self._loading[code] = asyncio.get_running_loop().create_future()
        try:
            top = await self.journal.top(code)
            kept = _Kept(Room(code), top.epoch, self.clock.now())
            await self._catch_up(kept)
            await self._fire(kept)
            if code in self._deleting:
                raise RoomNotFound
        except BaseException as error:
            loading.set_exception(error if isinstance(error, LiveError) else StorageFailed())
            loading.exception()  # noted, whether or not somebody waits
            raise
        else:
            self._kept[code] = kept
            loading.set_result(kept)
            self._set_alarm(kept)
            if self.journal.shared:
                kept.follower = self._tasks.create_task(self._follow(kept))
            return kept
        finally:
            del self._loading[code]

    async def _fire(self, kept: _Kept) -> None:
        """What ran out while nobody was looking has run out before anybody looks."""
        due = kept.room.due()
        if due is not None and due <= self.clock.now():
            done = asyncio.get_running_loop().create_future()
            await self._record(kept, [_Waiting(Act(do="close-due"), done)])

    def _set_alarm(self, kept: _Kept) -> None:
        if self._kept.get(kept.room.code) is not kept:
            return  # deleted meanwhile, or not loaded yet
        due = kept.room.due()
        if due == kept.due and kept.alarm is not None:
            return
        if kept.alarm:
            kept.alarm.cancel()
            kept.alarm = None
        if due is not None:
            again = kept.due == RINGING  # it rang, and the store did not take it
            wait_s = max(RETRY_S if again else 0, (due - self.clock.now()) / 1000)
            kept.alarm = asyncio.get_running_loop().call_later(wait_s, self._ring, kept)
        if due != kept.due:
            kept.due = due
            self._tasks.create_task(self._note_due(kept.room.code, due))

    async def _note_due(self, code: str, due: int | None) -> None:
        """So that a timer fires after a restart even if nobody asks for the room."""
        if code not in self._kept:
            return  # deleted meanwhile, and nothing more may be written of it
        try:
            await self.journal.set_due(code, "timer", due)
        except Exception:
            logger.warning("due time not stored", exc_info=True)

    def _ring(self, kept: _Kept) -> None:
        kept.alarm = None
        done = asyncio.get_running_loop().create_future()
        done.add_done_callback(lambda ended: ended.exception())
        kept.waiting.append(_Waiting(Act(do="close-due"), done))
        self._set_to_work(kept)
        # If the store fails now, the room is asked again soon; once it is closed there is nothing due any more.
        kept.due = RINGING
        done.add_done_callback(lambda _: self._set_alarm(kept))

    # -- drawing --------------------------------------------------------------------------------------------

    def view(self, code: str, face: str) -> dict[str, Any]:
        """What *face* is shown now of a room that is in memory."""
        room = self._here(code).room
        if face == PHONE:
            return views.phone_view(room)
        if face == CONSOLE:
            return views.console_view(room, self.hub.presence(code), self._join(code), warnings=self.warnings())
        return views.screen_view(room, self.hub.presence(code), self._join(code))

    def _here(self, code: str) -> _Kept:
        if kept := self._kept.get(code):
            return kept
        raise RoomNotFound  # deleted meanwhile

    def frame(self, code: str, face: str) -> dict[str, Any]:
        """A view with its stamp: newest wins."""
        kept = self._here(code)
        return {
            "type": "view",
            "epoch": kept.epoch,
            "now": self.clock.now(),
            "position": kept.room.position,
            "step": kept.room.step,
            "view": self.view(code, face),
        }

    def _draw(self, code: str, face: str) -> bytes:
        return msgspec.json.encode(self.frame(code, face))

    def _heads(self, code: str) -> dict[str, int]:
        kept = self._kept.get(code)
        return kept.room.heads if kept else {}
