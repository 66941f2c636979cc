"""The registry of rooms: opens them, loads them from the journal on demand, and unloads them when idle or deleted."""

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
from live.activities import SCHEMAS
from live.clock import Clock
from live.errors import CameBackOlder, CodeTaken, LiveError, Problem, Refused, RoomNotFound, StorageFailed
from live.events import KeysRevoked, WorkshopSet
from live.exports import json_import
from live.exports.json_import import ImportedMeeting
from live.journal import Journal
from live.public_page import store
from live.rehearsal.runner import Cast
from live.rights import FACILITATOR, SCREEN, Held
from live.room import DAY_MS, Room
from live.room.rehearsal import Rehearsal
from live.rules import Command, EditWorkshop, access_links, commands, rehearsal
from live.rules.answers import valid_id
from live.rules.commands import AnyAction
from live.runtime import import_room
from live.runtime.mailbox import Ack, DecidedEvent, OnOutcome
from live.runtime.open_room import OpenRoom
from live.text import lemmas
from live.transport.hub import CONSOLE, PHONE, TICK, Hub
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Join, Presence

IDLE_MS = 10 * 60_000  # a room that nobody uses for so long is unloaded; it is loaded again on demand
TIDY_S = 60.0  # between two rounds of housekeeping
EVERY_S = 1.0  # between two rounds of ticks, and of sharing presence
DRAIN_MS = 5_000

logger = logging.getLogger("live.runtime.registry")


class Opened(Struct, frozen=True):
    """A new room. The keys are given out only here; the store holds their hashes."""

    code: str
    facilitator_key: str
    screen_key: str


def fresh_key() -> tuple[str, str]:
    """A new key, and the hash under which it is stored."""
    key = secrets.token_urlsafe(24)
    return key, sha256(key.encode()).hexdigest()


class Registry:
    """Owns every room of this process. Use as an async context manager: leaving it finishes the tasks of the rooms."""

    def __init__(self, journal: Journal, clock: Clock, join: Callable[[str], Join]) -> None:
        """*join* returns how people get into the room with a given code, for the screen to show."""
        self.journal = journal
        self.clock = clock
        self.hub = Hub(self._draw, self._heads, clock.now)
        self.draining = False
        self.warnings: Callable[[], list[str]] = list
        self.deleted: Callable[[str, str], None] = lambda code, id: (
            None
        )  # called with what a restore must not bring back
        self.join = join
        self._open_rooms: dict[str, OpenRoom] = {}
        self._loading: dict[str, asyncio.Future[OpenRoom]] = {}
        self._deleting: set[str] = set()
        self._housekeeping_timer: asyncio.TimerHandle | None = None
        self._worker = secrets.token_hex(8)
        self._presence_timer: asyncio.TimerHandle | None = None
        self._tick_timer: asyncio.TimerHandle | None = None
        self._rehearsing: set[asyncio.Task[None]] = set()
        self._tasks: asyncio.TaskGroup = asyncio.TaskGroup()

    async def __aenter__(self) -> "Registry":
        await self._tasks.__aenter__()
        due = await self.journal.due(2**62)
        dated = {code for code, what, _ in due if what == "delete"}
        for row in await self.journal.rooms():
            if row.code not in dated:  # the process that opened it ended before it stored the date
                await self._log_failures(self._restore_delete_date(row.code))
        for code, what, _ in due:
            if what != "timer":
                continue
            try:
                await self._load(code)
            except RoomNotFound:
                await self.journal.set_due(code, "timer", None)
            except StorageFailed:
                logger.warning("a meeting whose timer runs could not be read", exc_info=True)
        self._housekeep()
        self._schedule_tick()
        if self.journal.shared:
            self._schedule_presence()
        return self

    async def __aexit__(self, *failure: Any) -> None:
        for timer in (self._housekeeping_timer, self._presence_timer, self._tick_timer):
            if timer:
                timer.cancel()
        for task in self._rehearsing:
            task.cancel()
        for open_room in self._open_rooms.values():
            open_room.release()
        await self._tasks.__aexit__(*failure)

    async def drain(self) -> None:
        """Before the process stops: end all seats, and wait until what they have sent is recorded and acked."""
        self.draining = True
        self.hub.end_all()
        until = self.clock.now() + DRAIN_MS
        while self.clock.now() < until:
            await asyncio.sleep(0.05)
            if self.hub.empty() and not any(open_room.working for open_room in self._open_rooms.values()):
                return

    @property
    def waits_s(self) -> float:
        """How long the command that has waited longest in any room has waited."""
        return max((open_room.waits_s for open_room in self._open_rooms.values()), default=0.0)

    # -- rooms ----------------------------------------------------------------------------------------------

    async def open(self, text: str, *, translate: Callable[[str], str] = str) -> Opened:
        """Open a room from a workshop's text. Raises WorkshopInvalid with all faults, in words of *translate*."""
        written, _ = await asyncio.to_thread(
            workshop.parse, text, SCHEMAS, translate=translate
        )  # a hostile file takes seconds
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

    async def open_from_export(self, body: bytes) -> tuple[Opened, ImportedMeeting]:
        """Open a room from a JSON export: the whole meeting, or ImportRefused and nothing."""
        brought = await asyncio.to_thread(json_import.read, body)
        code = await import_room.create_room(self.journal, brought, now=self.clock.now())
        facilitator_key = await self.new_key(code, FACILITATOR)
        return Opened(code, facilitator_key, await self.new_key(code, SCREEN)), brought

    async def new_key(self, code: str, right: str) -> str:
        key, hashed = fresh_key()
        await self.journal.add_key(hashed, code=code, right=right, at=self.clock.now())
        return key

    async def give_link(self, code: str, name: str, right: str) -> tuple[str, str]:
        """Make a link for a colleague. It is listed before its key opens anything. Returns its id and its key."""
        id = secrets.token_hex(4)
        room = await self.newest(code)
        await self.command(code, access_links.give(room.links, id=id, name=name, right=right, now=self.clock.now()))
        return id, await self.new_key(code, Held(right, id).stored)

    async def withdraw_link(self, code: str, id: str) -> None:
        """End a link. Its key is revoked first, so that those who are disconnected can't come in again."""
        link, ended = access_links.withdraw((await self.newest(code)).links, id, self.clock.now())
        await self.journal.revoke_keys(code, Held(link.right, id).stored)
        await self.command(code, ended)

    async def revoke(self, code: str) -> None:
        """End every link of a room, or of its stored public page."""
        await self.journal.revoke_keys(code)
        if await self.journal.report(code) is not None:
            return
        await self.command(code, KeysRevoked(at=self.clock.now()))  # every worker ends the seats it holds

    async def delete(self, code: str) -> None:
        """Delete all of the room; when it is deleted already, its stored public page."""
        with self._being_deleted(code):
            await store.delete(self.journal, code, self.deleted)

    @contextlib.contextmanager
    def _being_deleted(self, code: str) -> Iterator[None]:
        """Inside the block the room is unloaded, and nobody can load it again."""
        self._deleting.add(code)
        try:
            self._forget(code)
            yield
        finally:
            self._deleting.discard(code)

    def _forget(self, code: str) -> None:
        if open_room := self._open_rooms.pop(code, None):
            open_room.release()
            open_room.fail_all(RoomNotFound())
        self.hub.close(code)

    async def get(self, code: str) -> Room:
        """The room, with everything that was acked by this process before. Raises RoomNotFound."""
        return (await self._load(code)).room

    async def newest(self, code: str) -> Room:
        """The room, with everything that was acked before by any worker. Raises RoomNotFound."""
        open_room = await self._load(code)
        if self.journal.shared:
            await open_room.catch_up()
        return open_room.room

    async def claim(self, code: str, epoch: str, position: int, answer: str = "", rev: int = 0) -> None:
        """
        A face claims how far it has seen, and for which *answer* of its own it holds an ack. If the store has less, it
        has lost acknowledged events. The position alone does not show that, when the store has gone on past it since.

        Believed only once while the room is in memory: a false claim only makes phones send their acked answers again.
        """

        def lacks(room: Room) -> bool:
            if room.position < position:
                return True
            found = room.answer(answer)
            missing = found is None or found.rev < rev
            return missing and valid_id(answer) and answer not in room.withdrawn

        open_room = await self._load(code)
        if epoch != open_room.epoch or not lacks(open_room.room):
            return
        if open_room.claim_handled:
            # A phone that came by socket and by POST must not get the old epoch.
            return await open_room.wait_for_rollback()
        if lacks(await self.newest(code)) and epoch == open_room.epoch:
            open_room.claim_handled = True
            await open_room.handle_rollback(CameBackOlder(epoch, position))

    def loaded_room(self, code: str) -> Room | None:
        """The room if it is in memory, else None."""
        open_room = self._open_rooms.get(code)
        return open_room.room if open_room else None

    def loaded_codes(self) -> list[str]:
        """Codes of the rooms in memory."""
        return list(self._open_rooms)

    def unload_idle(self) -> None:
        """Unload every room that has been idle for IDLE_MS and has no timer running."""
        now = self.clock.now()
        for code, open_room in list(self._open_rooms.items()):
            if self.hub.in_use(code) or open_room.busy:
                open_room.asked_at = now
            elif now - open_room.asked_at >= IDLE_MS:
                open_room.release()
                del self._open_rooms[code]

    async def purge(self) -> None:
        """
        Delete every room whose date has come, except its published page. A room that can't be deleted stops no other.
        """
        for code, what, _ in await self.journal.due(self.clock.now() + 1):
            if what != "delete":
                continue
            try:
                if await self._delete_if_due(code):
                    logger.info("a meeting is deleted, as its programme says")
            except LiveError:
                logger.warning("a meeting that is due to be deleted could not be, and is tried again", exc_info=True)

    async def _restore_delete_date(self, code: str) -> None:
        await self.journal.set_due(code, "delete", (await self.newest(code)).delete_at)

    async def _delete_if_due(self, code: str) -> bool:
        """False while it is not due, or somebody is changing it just now: it is tried again in the next round."""
        try:
            room, now = await self.newest(code), self.clock.now()
        except RoomNotFound:
            await self.journal.set_due(code, "delete", None)
            return False
        if room.delete_at > now:
            return False
        page, position = store.left_of(room, now), room.position
        with self._being_deleted(code):
            keeping = FACILITATOR if page else ""
            if not await self.journal.delete(code, report=page, keeping=keeping, at=position):
                return False
        self.deleted(code, "")  # if a restore brings it back before this is noted, its date comes back too
        return True

    @staticmethod
    async def _log_failures(work: Coroutine[Any, Any, None]) -> None:
        """Log a failure of work that is done again later: raised, it would end the task group and every room."""
        try:
            await work
        except Exception:
            logger.warning("a round of housekeeping failed, and is tried again", exc_info=True)

    def _housekeep(self) -> None:
        self.unload_idle()
        self._tasks.create_task(self._log_failures(self.purge()))
        self._housekeeping_timer = asyncio.get_running_loop().call_later(TIDY_S, self._housekeep)

    def _schedule_tick(self) -> None:
        self._tick_timer = asyncio.get_running_loop().call_later(EVERY_S, self._schedule_tick)
        try:
            self.hub.tick()
        except Exception:
            logger.warning("ticks could not be sent", exc_info=True)

    def _schedule_presence(self) -> None:
        self._presence_timer = asyncio.get_running_loop().call_later(EVERY_S, self._schedule_presence)
        self._tasks.create_task(self._log_failures(self.share_presence()))

    async def share_presence(self) -> None:
        """Exchange presence with the other workers: how many are in each room here and there."""
        for code in self.hub.codes():
            self.hub.expire_typing(code)
            local = self.hub.local_presence(code)
            try:
                remote = await self.journal.present(code, self._worker, local, now=self.clock.now())
            except LiveError:
                return  # the store does not answer; the last counts stay
            self.hub.set_remote_presence(code, Presence(*remote[: len(local)]))

    async def epoch(self, code: str) -> str:
        return (await self._load(code)).epoch

    async def edit(
        self, code: str, text: str, *, based_on: str | None = None, translate: Callable[[str], str] = str
    ) -> tuple[Ack, list[Problem]]:
        """
        Replace the workshop with *text*, which was edited from the version *based_on*. Returns its warnings too.

        Raises WorkshopInvalid, EditedSince, and Refused `has-answers` if it drops an activity that people answered.
        """
        written, warnings = await asyncio.to_thread(workshop.parse, text, SCHEMAS, translate=translate)
        await asyncio.to_thread(lemmas.load, written.language)
        return await self.command(code, EditWorkshop(text, written, based_on, translate)), warnings

    # -- commands ---------------------------------------------------------------------------------------------

    async def act(self, code: str, action: AnyAction, if_step: int | None = None) -> Ack:
        """A facilitator's action. Raises Conflict when the room is not at *if_step*, Refused when the rules say no."""
        match action:
            case commands.Ask():
                action = msgspec.structs.replace(action, id=f"spurt-{secrets.token_hex(4)}")
            case commands.AddAnswer():
                action = msgspec.structs.replace(action, id=secrets.token_hex(16))
            case commands.MakeTheme() | commands.SplitTheme() | commands.AcceptSuggestion():
                action = msgspec.structs.replace(action, id=f"tema-{secrets.token_hex(4)}")
        if rehearsal.begins_meeting(await self.get(code), action, self.clock.now()):
            cleared = await self.command(code, commands.ClearRehearsal(), if_step)
            if_step = None if if_step is None else cleared.step
        ack = await self.command(code, action, if_step)
        if isinstance(action, commands.Rehearse):
            await self._start_rehearsal(code)
        return ack

    async def _start_rehearsal(self, code: str) -> None:
        """The worker that took the command runs the pretend participants."""
        begun = (await self.get(code)).rehearsal
        if begun is None:
            return  # cleared in the meantime
        task = self._tasks.create_task(self._run_rehearsal(code, begun))
        self._rehearsing.add(task)
        task.add_done_callback(self._rehearsing.discard)

    async def _run_rehearsal(self, code: str, begun: Rehearsal) -> None:
        await Cast(code, begun, hub=self.hub, room=self.get, command=self.command).run(
            self.clock.now, lambda: self.draining
        )
        if self.draining:
            with contextlib.suppress(LiveError):
                await self.command(code, commands.StopRehearsal())

    async def command(self, code: str, command: Command | DecidedEvent, if_step: int | None = None) -> Ack:
        return await (await self._load(code)).command(command, if_step)

    def crowded(self, code: str) -> bool:
        """Whether so many commands wait there that each phone may have only one in the room."""
        open_room = self._open_rooms.get(code)
        return open_room is not None and open_room.crowded

    def put(self, code: str, command: Command, on_outcome: OnOutcome) -> bool:
        """
        Like `command`, without waiting: *on_outcome* is called later. False, and nothing is done, when the room must be
        loaded first or is busy.
        """
        if (open_room := self._open_rooms.get(code)) is None:
            return False
        open_room.asked_at = self.clock.now()
        try:
            open_room.put(command, on_outcome)
        except Refused:
            return False
        return True

    # -- loading --------------------------------------------------------------------------------------------

    async def _load(self, code: str) -> OpenRoom:
        if open_room := self._open_rooms.get(code):
            open_room.asked_at = self.clock.now()
            return open_room
        if code in self._deleting:
            raise RoomNotFound
        if loading := self._loading.get(code):
            return await asyncio.shield(loading)
        # Many phones may ask for the same unloaded room at once: it is loaded once.
        loading = self._loading[code] = asyncio.get_running_loop().create_future()
        try:
            top = await self.journal.top(code)
            open_room = OpenRoom(
                Room(code), top.epoch, journal=self.journal, clock=self.clock, tasks=self._tasks,
                on_change=self._on_change, on_gone=self._forget, on_deleted=lambda code, id: self.deleted(code, id),
            )  # fmt: skip
            await open_room.catch_up()
            await open_room.settle_overdue()
            if code in self._deleting:
                raise RoomNotFound
        except BaseException as error:
            failure = error if isinstance(error, LiveError) else StorageFailed()
            loading.set_exception(failure)
            loading.exception()  # else asyncio logs it as never retrieved, when nobody waits
            if isinstance(error, Exception) and error is not failure:
                raise failure from error  # one room's failure goes only to those who ask for it
            raise
        else:
            self._open_rooms[code] = open_room
            loading.set_result(open_room)
            open_room.start()
            return open_room
        finally:
            del self._loading[code]

    def _on_change(self, code: str, step: bool, revoked: bool) -> None:
        if revoked:
            self.hub.revoke(code)
        elif (room := self.loaded_room(code)) and room.links.ended:
            self.hub.revoke(code, room.links.ended)
        if step:
            self.hub.step(code)
        else:
            self.hub.touch(code)

    # -- views ----------------------------------------------------------------------------------------------

    def view(self, code: str, face: str) -> dict[str, Any]:
        """The view of *face* now, of a room that is in memory. Raises RoomNotFound."""
        room = self._get_loaded(code).room
        if face == PHONE:
            return phone_view(room)
        if face == CONSOLE:
            return console_view(room, self.hub.presence(code), self.join(code), warnings=self.warnings())
        return screen_view(room, self.hub.presence(code), self.join(code))

    def _get_loaded(self, code: str) -> OpenRoom:
        if open_room := self._open_rooms.get(code):
            return open_room
        raise RoomNotFound  # deleted in the meantime

    def frame(self, code: str, face: str) -> dict[str, Any]:
        """A view as a message, stamped with epoch, position and step: the newest wins."""
        open_room = self._get_loaded(code)
        return {
            "type": "view",
            "epoch": open_room.epoch,
            "now": self.clock.now(),
            "position": open_room.room.position,
            "step": open_room.room.step,
            "view": self.view(code, face),
        }

    def _draw(self, code: str, face: str) -> bytes:
        if face == TICK:
            return msgspec.json.encode(self.tick(code))
        return msgspec.json.encode(self.frame(code, face))

    def tick(self, code: str) -> dict[str, Any]:
        """The tick message: the server's time and the room's step."""
        room = self.loaded_room(code)
        return {"type": TICK, "now": self.clock.now(), "step": room.step if room else 0}

    def _heads(self, code: str) -> dict[str, int]:
        open_room = self._open_rooms.get(code)
        return open_room.room.people.heads if open_room else {}
