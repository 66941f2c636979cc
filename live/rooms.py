"""Keeps the rooms: opens them, loads them from the journal when asked for, and lets them go when idle or deleted."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from live import codes, rehearsal, views, workshop
from live.clock import Clock
from live.edits import Edit
from live.errors import CameBackOlder, CodeTaken, LiveError, Problem, RoomNotFound, StorageFailed
from live.events import KeysRevoked, WorkshopSet
from live.grouping import MAKES_THEME
from live.hub import CONSOLE, PHONE, Hub
from live.journal import Journal
from live.kept import Ack, Kept, Wish
from live.pretends import Rehearsal
from live.rehearsing import Cast
from live.room import DAY_MS, Room
from live.rules import Act, valid_id
from live.views import Join, Presence

IDLE_MS = 10 * 60_000  # a room that nobody sits in or asks for leaves memory, and is read again when asked for
TIDY_S = 60.0
BEAT_S = 1.0
DRAIN_MS = 5_000

FACILITATOR, SCREEN = "facilitator", "screen"


logger = logging.getLogger("live.rooms")


class Opened(Struct, frozen=True):
    """A new room. The keys are told once; the store holds only their hashes."""

    code: str
    facilitator_key: str
    screen_key: str


def fresh_key() -> tuple[str, str]:
    """A new key, and the hash under which it is stored."""
    key = secrets.token_urlsafe(24)
    return key, sha256(key.encode()).hexdigest()


class Rooms:
    """Owns every room of this process. Use as an async context manager: leaving it finishes what waits."""

    def __init__(self, journal: Journal, clock: Clock, join: Callable[[str], Join]) -> None:
        """*join* tells how people get into the room with a given code, for the screen to show."""
        self.journal = journal
        self.clock = clock
        self.hub = Hub(self._draw, self._heads, clock.now)
        self.draining = False
        self.warnings: Callable[[], list[str]] = list
        self._join = join
        self._kept: dict[str, Kept] = {}
        self._loading: dict[str, asyncio.Future[Kept]] = {}
        self._deleting: set[str] = set()
        self._tidying: asyncio.TimerHandle | None = None
        self._worker = secrets.token_hex(8)
        self._beat: asyncio.TimerHandle | None = None
        self._rehearsing: set[asyncio.Task[None]] = set()
        self._tasks: asyncio.TaskGroup = asyncio.TaskGroup()

    async def __aenter__(self) -> "Rooms":
        await self._tasks.__aenter__()
        for code, what, _ in await self.journal.due(2**62):
            if what != "timer":
                continue
            try:
                await self._keep(code)
            except RoomNotFound:
                await self.journal.set_due(code, "timer", None)
            except StorageFailed:
                logger.warning("a meeting whose timer runs could not be read", exc_info=True)
        self._tidy()
        if self.journal.shared:
            self._beat_on()
        return self

    async def __aexit__(self, *failure: Any) -> None:
        for timer in (self._tidying, self._beat):
            if timer:
                timer.cancel()
        for task in self._rehearsing:
            task.cancel()
        for kept in self._kept.values():
            kept.let_go()
        await self._tasks.__aexit__(*failure)

    async def drain(self) -> None:
        """Before the process stops: everybody is sent off, and what they have sent is recorded and acked."""
        self.draining = True
        self.hub.send_off()
        until = self.clock.now() + DRAIN_MS
        while self.clock.now() < until:
            await asyncio.sleep(0.05)
            if self.hub.empty() and not any(kept.working for kept in self._kept.values()):
                return

    # -- rooms ----------------------------------------------------------------------------------------------

    async def open(self, text: str, *, translate: Callable[[str], str] = str) -> Opened:
        """A new room from a workshop's text; WorkshopInvalid names every fault, as *translate* puts it."""
        written, _ = await asyncio.to_thread(workshop.parse, text, translate=translate)  # a hostile file takes seconds
        while True:
            code, now = codes.make(secrets.randbelow), self.clock.now()
            try:
                await self.journal.create(code, [WorkshopSet(at=now, text=text)])
            except CodeTaken:
                continue
            await self.journal.set_due(code, "delete", now + written.kept_days * DAY_MS)
            facilitator_key = await self.new_key(code, FACILITATOR)
            return Opened(code, facilitator_key, await self.new_key(code, SCREEN))

    async def new_key(self, code: str, right: str) -> str:
        key, hashed = fresh_key()
        await self.journal.add_key(hashed, code=code, right=right, at=self.clock.now())
        return key

    async def revoke(self, code: str) -> None:
        await self.journal.revoke_keys(code)
        await self.wish(code, KeysRevoked(at=self.clock.now()))  # every worker ends the seats it holds

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
            kept.refuse_all(RoomNotFound())
        self.hub.close(code)

    async def get(self, code: str) -> Room:
        """The room, holding everything that was acked here before; RoomNotFound."""
        return (await self._keep(code)).room

    async def newest(self, code: str) -> Room:
        """The room, holding everything that was acked before, here or by any other worker; RoomNotFound."""
        kept = await self._keep(code)
        if self.journal.shared:
            await kept.catch_up()
        return kept.room

    async def claim(self, code: str, epoch: str, position: int, answer: str = "", rev: int = 0) -> None:
        """
        A face says how far it has seen, and to which *answer* of its own it holds a receipt. If the store has less, it
        came back older than what it had acknowledged; by its position alone it may have gone on past that since.

        Believed once while the room is in memory: whoever makes it up only has phones send their receipts again.
        """

        def lacks(room: Room) -> bool:
            if room.position < position:
                return True
            found = room.answer(answer)
            missing = found is None or found.rev < rev
            return missing and valid_id(answer) and answer not in room.withdrawn

        kept = await self._keep(code)
        if epoch != kept.epoch or kept.heard_claim or not lacks(kept.room):
            return
        if lacks(await self.newest(code)) and epoch == kept.epoch:
            kept.heard_claim = True
            await kept.turn_back(CameBackOlder(epoch, position))

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
            if self.hub.busy(code) or kept.busy:
                kept.asked_at = now
            elif now - kept.asked_at >= IDLE_MS:
                kept.let_go()
                del self._kept[code]

    async def purge(self) -> None:
        """Delete every room whose date has come. One that can't be holds up no other."""
        for code, what, _ in await self.journal.due(self.clock.now() + 1):
            if what != "delete":
                continue
            try:
                if (await self.get(code)).delete_at <= self.clock.now():
                    await self.delete(code)
                    logger.info("a meeting is deleted, as its programme says")
            except RoomNotFound:
                await self.journal.set_due(code, "delete", None)
            except LiveError:
                logger.warning("a meeting that is due to be deleted could not be, and is tried again", exc_info=True)

    @staticmethod
    async def _quietly(work: Coroutine[Any, Any, None]) -> None:
        """What fails here would end the task group, and with it every room. It is done again soon."""
        try:
            await work
        except Exception:
            logger.warning("what is done now and then could not be done", exc_info=True)

    def _tidy(self) -> None:
        self.rest()
        self._tasks.create_task(self._quietly(self.purge()))
        self._tidying = asyncio.get_running_loop().call_later(TIDY_S, self._tidy)

    def _beat_on(self) -> None:
        self._beat = asyncio.get_running_loop().call_later(BEAT_S, self._beat_on)
        self._tasks.create_task(self._quietly(self.count_everywhere()))

    async def count_everywhere(self) -> None:
        """Tell other workers who sits here, and hear who sits there."""
        for code in self.hub.halls():
            here = self.hub.here(code)
            try:
                there = await self.journal.present(
                    code, self._worker, here.phones, here.people, now=self.clock.now()
                )  # fmt: skip
            except LiveError:
                return  # the store is away; what was last heard stands
            self.hub.elsewhere(code, Presence(*there))

    async def epoch(self, code: str) -> str:
        return (await self._keep(code)).epoch

    async def edit(
        self, code: str, text: str, *, based_on: str | None = None, translate: Callable[[str], str] = str
    ) -> tuple[Ack, list[Problem]]:
        """
        Take an edited workshop in, made from the version *based_on*. Returns its warnings too.

        WorkshopInvalid, EditedSince, or Refused `has-answers` if it drops what people answered.
        """
        written, warnings = await asyncio.to_thread(workshop.parse, text, translate=translate)
        return await self.wish(code, Edit(text, written, based_on, translate)), warnings

    # -- wishes ---------------------------------------------------------------------------------------------

    async def act(self, code: str, act: Act, if_step: int | None = None) -> Ack:
        """A facilitator's action; Conflict when the room has left *if_step*, Refused when the rules say no."""
        if act.do == "ask":
            act = msgspec.structs.replace(act, id=f"spurt-{secrets.token_hex(4)}")
        if act.do == "add_answer":
            act = msgspec.structs.replace(act, id=secrets.token_hex(16))
        if act.do in MAKES_THEME:
            act = msgspec.structs.replace(act, id=f"tema-{secrets.token_hex(4)}")
        if rehearsal.over_at_start(await self.get(code), act, self.clock.now()):
            cleared = await self.wish(code, Act(do="clear_rehearsal"), if_step)
            if_step = None if if_step is None else cleared.step
        ack = await self.wish(code, act, if_step)
        if act.do == "rehearse":
            await self._rehearse(code)
        return ack

    async def _rehearse(self, code: str) -> None:
        """Whichever worker took the wish lets the pretend participants in."""
        begun = (await self.get(code)).rehearsal
        if begun is None:
            return  # cleared meanwhile
        task = self._tasks.create_task(self._carry_out(code, begun))
        self._rehearsing.add(task)
        task.add_done_callback(self._rehearsing.discard)

    async def _carry_out(self, code: str, begun: Rehearsal) -> None:
        await Cast(code, begun, hub=self.hub, room=self.get, wish=self.wish).run(self.clock.now, lambda: self.draining)
        if self.draining:
            with contextlib.suppress(LiveError):
                await self.wish(code, Act(do="stop_rehearsal"))

    async def wish(self, code: str, wish: Wish, if_step: int | None = None) -> Ack:
        return await (await self._keep(code)).wish(wish, if_step)

    # -- loading --------------------------------------------------------------------------------------------

    async def _keep(self, code: str) -> Kept:
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
            kept = Kept(
                Room(code), top.epoch, journal=self.journal, clock=self.clock, tasks=self._tasks,
                tell=self._tell, gone=self._forget,
            )  # fmt: skip
            await kept.catch_up()
            await kept.fire()
            if code in self._deleting:
                raise RoomNotFound
        except BaseException as error:
            failure = error if isinstance(error, LiveError) else StorageFailed()
            loading.set_exception(failure)
            loading.exception()  # noted, whether or not somebody waits
            if isinstance(error, Exception) and error is not failure:
                raise failure from error  # one room's trouble is told to those who ask for it
            raise
        else:
            self._kept[code] = kept
            loading.set_result(kept)
            kept.begin()
            return kept
        finally:
            del self._loading[code]

    def _tell(self, code: str, step: bool, revoked: bool) -> None:
        if revoked:
            self.hub.revoke(code)
        if step:
            self.hub.step(code)
        else:
            self.hub.touch(code)

    # -- drawing --------------------------------------------------------------------------------------------

    def view(self, code: str, face: str) -> dict[str, Any]:
        """What *face* is shown now of a room that is in memory."""
        room = self._here(code).room
        if face == PHONE:
            return views.phone_view(room)
        if face == CONSOLE:
            return views.console_view(room, self.hub.presence(code), self._join(code), warnings=self.warnings())
        return views.screen_view(room, self.hub.presence(code), self._join(code))

    def _here(self, code: str) -> Kept:
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
