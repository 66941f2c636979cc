"""Keeps the rooms: opens them, loads them from the journal when asked for, and lets them go when idle or deleted."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Coroutine, Iterator
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from live import codes, workshop
from live.clock import Clock
from live.errors import CameBackOlder, CodeTaken, LiveError, Problem, Refused, RoomNotFound, StorageFailed
from live.events import KeysRevoked, WorkshopSet
from live.exports import json_import
from live.exports.json_import import Brought
from live.journal import Journal
from live.public_page import store
from live.rehearsal.runner import Cast
from live.rights import FACILITATOR, SCREEN, Held
from live.room import DAY_MS, Room
from live.room.rehearsal import Rehearsal
from live.rules import Action, EditWorkshop, access_links, rehearsal
from live.rules.answers import valid_id
from live.rules.themes import MAKES_THEME
from live.runtime import import_room
from live.runtime.mailbox import Ack, Command, Tell
from live.runtime.open_room import OpenRoom
from live.text import lemmas
from live.transport.hub import CONSOLE, PHONE, TICK, Hub
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Join, Presence

IDLE_MS = 10 * 60_000  # a room that nobody sits in or asks for leaves memory, and is read again when asked for
TIDY_S = 60.0
BEAT_S = 1.0
DRAIN_MS = 5_000

logger = logging.getLogger("live.runtime.registry")


class Opened(Struct, frozen=True):
    """A new room. The keys are told once; the store holds only their hashes."""

    code: str
    facilitator_key: str
    screen_key: str


def fresh_key() -> tuple[str, str]:
    """A new key, and the hash under which it is stored."""
    key = secrets.token_urlsafe(24)
    return key, sha256(key.encode()).hexdigest()


class Registry:
    """Owns every room of this process. Use as an async context manager: leaving it finishes what waits."""

    def __init__(self, journal: Journal, clock: Clock, join: Callable[[str], Join]) -> None:
        """*join* tells how people get into the room with a given code, for the screen to show."""
        self.journal = journal
        self.clock = clock
        self.hub = Hub(self._draw, self._heads, clock.now)
        self.draining = False
        self.warnings: Callable[[], list[str]] = list
        self.deleted: Callable[[str, str], None] = lambda code, id: None  # told of what must never come back
        self.join = join
        self._kept: dict[str, OpenRoom] = {}
        self._loading: dict[str, asyncio.Future[OpenRoom]] = {}
        self._deleting: set[str] = set()
        self._tidying: asyncio.TimerHandle | None = None
        self._worker = secrets.token_hex(8)
        self._beat: asyncio.TimerHandle | None = None
        self._ticking: asyncio.TimerHandle | None = None
        self._rehearsing: set[asyncio.Task[None]] = set()
        self._tasks: asyncio.TaskGroup = asyncio.TaskGroup()

    async def __aenter__(self) -> "Registry":
        await self._tasks.__aenter__()
        due = await self.journal.due(2**62)
        dated = {code for code, what, _ in due if what == "delete"}
        for row in await self.journal.rooms():
            if row.code not in dated:  # whoever opened it ended before that was written down
                await self._quietly(self._date(row.code))
        for code, what, _ in due:
            if what != "timer":
                continue
            try:
                await self._keep(code)
            except RoomNotFound:
                await self.journal.set_due(code, "timer", None)
            except StorageFailed:
                logger.warning("a meeting whose timer runs could not be read", exc_info=True)
        self._tidy()
        self._tick_on()
        if self.journal.shared:
            self._beat_on()
        return self

    async def __aexit__(self, *failure: Any) -> None:
        for timer in (self._tidying, self._beat, self._ticking):
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
        self.hub.end_all()
        until = self.clock.now() + DRAIN_MS
        while self.clock.now() < until:
            await asyncio.sleep(0.05)
            if self.hub.empty() and not any(kept.working for kept in self._kept.values()):
                return

    @property
    def waits_s(self) -> float:
        """How long the command that has waited longest has waited, in any room."""
        return max((kept.waits_s for kept in self._kept.values()), default=0.0)

    # -- rooms ----------------------------------------------------------------------------------------------

    async def open(self, text: str, *, translate: Callable[[str], str] = str) -> Opened:
        """A new room from a workshop's text; WorkshopInvalid names every fault, as *translate* puts it."""
        written, _ = await asyncio.to_thread(workshop.parse, text, translate=translate)  # a hostile file takes seconds
        while True:
            code, now = codes.make(secrets.randbelow), self.clock.now()
            if await self.journal.report(code) is not None:
                continue
            try:
                await self.journal.create(code, [WorkshopSet(at=now, text=text, words=lemmas.method())])
            except CodeTaken:
                continue
            await self.journal.set_due(code, "delete", now + written.kept_days * DAY_MS)
            facilitator_key = await self.new_key(code, FACILITATOR)
            return Opened(code, facilitator_key, await self.new_key(code, SCREEN))

    async def bring_back(self, body: bytes) -> tuple[Opened, Brought]:
        """A JSON export as a room: all of it, or ImportRefused and nothing."""
        brought = await asyncio.to_thread(json_import.read, body)
        code = await import_room.found(self.journal, brought, now=self.clock.now())
        facilitator_key = await self.new_key(code, FACILITATOR)
        return Opened(code, facilitator_key, await self.new_key(code, SCREEN)), brought

    async def new_key(self, code: str, right: str) -> str:
        key, hashed = fresh_key()
        await self.journal.add_key(hashed, code=code, right=right, at=self.clock.now())
        return key

    async def give(self, code: str, name: str, right: str) -> tuple[str, str]:
        """A link for a colleague, listed before its key opens anything. Returns: its id, its key."""
        id = secrets.token_hex(4)
        room = await self.newest(code)
        await self.command(code, access_links.give(room.links, id=id, name=name, right=right, now=self.clock.now()))
        return id, await self.new_key(code, Held(right, id).stored)

    async def withdraw(self, code: str, id: str) -> None:
        """The key first: whoever is cut off does not come in again."""
        link, ended = access_links.withdraw((await self.newest(code)).links, id, self.clock.now())
        await self.journal.revoke_keys(code, Held(link.right, id).stored)
        await self.command(code, ended)

    async def revoke(self, code: str) -> None:
        """Every link of a room, or of what is kept of one."""
        await self.journal.revoke_keys(code)
        if await self.journal.report(code) is not None:
            return
        await self.command(code, KeysRevoked(at=self.clock.now()))  # every worker ends the seats it holds

    async def delete(self, code: str) -> None:
        """All of the room; of one that is gone, the report that is kept."""
        with self._away(code):
            await store.delete(self.journal, code, self.deleted)

    @contextlib.contextmanager
    def _away(self, code: str) -> Iterator[None]:
        """Nobody is in the room, and whoever asks for it meanwhile must not bring it back."""
        self._deleting.add(code)
        try:
            self._forget(code)
            yield
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
        if epoch != kept.epoch or not lacks(kept.room):
            return
        if kept.heard_claim:
            return await kept.turned_back()  # a phone that came by socket and by POST must not be told the old epoch
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
            if self.hub.in_use(code) or kept.busy:
                kept.asked_at = now
            elif now - kept.asked_at >= IDLE_MS:
                kept.let_go()
                del self._kept[code]

    async def purge(self) -> None:
        """
        Delete every room whose date has come, but for what was published of it. One that can't be holds up no other.
        """
        for code, what, _ in await self.journal.due(self.clock.now() + 1):
            if what != "delete":
                continue
            try:
                if await self._purge(code):
                    logger.info("a meeting is deleted, as its programme says")
            except LiveError:
                logger.warning("a meeting that is due to be deleted could not be, and is tried again", exc_info=True)

    async def _date(self, code: str) -> None:
        await self.journal.set_due(code, "delete", (await self.newest(code)).delete_at)

    async def _purge(self, code: str) -> bool:
        """False while it is not yet time, or somebody does something in it just now: it is tried again in a minute."""
        try:
            room, now = await self.newest(code), self.clock.now()
        except RoomNotFound:
            await self.journal.set_due(code, "delete", None)
            return False
        if room.delete_at > now:
            return False
        left, position = store.left_of(room, now), room.position
        with self._away(code):
            kept = FACILITATOR if left else ""
            if not await self.journal.delete(code, report=left, keeping=kept, at=position):
                return False
        self.deleted(code, "")  # a backup that brings it back before this is noted brings its date along
        return True

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

    def _tick_on(self) -> None:
        self._ticking = asyncio.get_running_loop().call_later(BEAT_S, self._tick_on)
        try:
            self.hub.tick()
        except Exception:
            logger.warning("lines could not be told that all is well", exc_info=True)

    def _beat_on(self) -> None:
        self._beat = asyncio.get_running_loop().call_later(BEAT_S, self._beat_on)
        self._tasks.create_task(self._quietly(self.count_everywhere()))

    async def count_everywhere(self) -> None:
        """Tell other workers who sits here, and hear who sits there."""
        for code in self.hub.codes():
            self.hub.expire_typing(code)
            here = self.hub.local_presence(code)
            try:
                there = await self.journal.present(code, self._worker, here, now=self.clock.now())
            except LiveError:
                return  # the store is away; what was last heard stands
            self.hub.set_remote_presence(code, Presence(*there[: len(here)]))

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
        await asyncio.to_thread(lemmas.load, written.language)
        return await self.command(code, EditWorkshop(text, written, based_on, translate)), warnings

    # -- commands ---------------------------------------------------------------------------------------------

    async def act(self, code: str, act: Action, if_step: int | None = None) -> Ack:
        """A facilitator's action; Conflict when the room has left *if_step*, Refused when the rules say no."""
        if act.do == "ask":
            act = msgspec.structs.replace(act, id=f"spurt-{secrets.token_hex(4)}")
        if act.do == "add_answer":
            act = msgspec.structs.replace(act, id=secrets.token_hex(16))
        if act.do in MAKES_THEME:
            act = msgspec.structs.replace(act, id=f"tema-{secrets.token_hex(4)}")
        if rehearsal.over_at_start(await self.get(code), act, self.clock.now()):
            cleared = await self.command(code, Action(do="clear_rehearsal"), if_step)
            if_step = None if if_step is None else cleared.step
        ack = await self.command(code, act, if_step)
        if act.do == "rehearse":
            await self._rehearse(code)
        return ack

    async def _rehearse(self, code: str) -> None:
        """Whichever worker took the command lets the pretend participants in."""
        begun = (await self.get(code)).rehearsal
        if begun is None:
            return  # cleared meanwhile
        task = self._tasks.create_task(self._carry_out(code, begun))
        self._rehearsing.add(task)
        task.add_done_callback(self._rehearsing.discard)

    async def _carry_out(self, code: str, begun: Rehearsal) -> None:
        await Cast(code, begun, hub=self.hub, room=self.get, command=self.command).run(
            self.clock.now, lambda: self.draining
        )
        if self.draining:
            with contextlib.suppress(LiveError):
                await self.command(code, Action(do="stop_rehearsal"))

    async def command(self, code: str, command: Command, if_step: int | None = None) -> Ack:
        return await (await self._keep(code)).command(command, if_step)

    def crowded(self, code: str) -> bool:
        """Whether so much waits there that no phone should have more than one command in the room."""
        kept = self._kept.get(code)
        return kept is not None and kept.crowded

    def put(self, code: str, command: Command, tell: Tell) -> bool:
        """The same for who does not wait; False, and nothing is done, where the room must be read first or is busy."""
        if (kept := self._kept.get(code)) is None:
            return False
        kept.asked_at = self.clock.now()
        try:
            kept.put(command, tell)
        except Refused:
            return False
        return True

    # -- loading --------------------------------------------------------------------------------------------

    async def _keep(self, code: str) -> OpenRoom:
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
            kept = OpenRoom(
                Room(code), top.epoch, journal=self.journal, clock=self.clock, tasks=self._tasks,
                tell=self._tell, gone=self._forget, deleted=lambda code, id: self.deleted(code, id),
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
        elif (room := self.known(code)) and room.links.ended:
            self.hub.revoke(code, room.links.ended)
        if step:
            self.hub.step(code)
        else:
            self.hub.touch(code)

    # -- drawing --------------------------------------------------------------------------------------------

    def view(self, code: str, face: str) -> dict[str, Any]:
        """What *face* is shown now of a room that is in memory."""
        room = self._here(code).room
        if face == PHONE:
            return phone_view(room)
        if face == CONSOLE:
            return console_view(room, self.hub.presence(code), self.join(code), warnings=self.warnings())
        return screen_view(room, self.hub.presence(code), self.join(code))

    def _here(self, code: str) -> OpenRoom:
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
        if face == TICK:
            return msgspec.json.encode(self.tick(code))
        return msgspec.json.encode(self.frame(code, face))

    def tick(self, code: str) -> dict[str, Any]:
        """What time it is here, and how far the room has come."""
        room = self.known(code)
        return {"type": TICK, "now": self.clock.now(), "step": room.step if room else 0}

    def _heads(self, code: str) -> dict[str, int]:
        kept = self._kept.get(code)
        return kept.room.people.heads if kept else {}
