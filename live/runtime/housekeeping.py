"""
Housekeeping: the regular rounds that unload idle rooms, delete those whose date has come, send ticks, and share with
other processes who is present, and watch whether the store answers.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from functools import partial
from hashlib import sha256
from typing import Any

from live.clock import Clock
from live.errors import LiveError, RoomNotFound, StorageFailed
from live.events import RoomArchived
from live.journal import Journal
from live.media import Media
from live.public_page import store
from live.rights import FACILITATOR
from live.room.dealing import RENEW_MS
from live.rules.commands import KeepHands
from live.runtime.open_rooms import OpenRooms
from live.runtime.replay import texts_left
from live.runtime.store_watch import LOOK_S, StoreWatch
from live.transport.hub import Hub
from live.views.view import Presence

TIDY_S = 60.0  # between two rounds of housekeeping
SWEEP_S = 3600.0  # between two looks for films that nobody uses
SCAN_MS = 60_000  # workers that start or notice something within this time search the store once
WORKERS = "workers"  # in place of a room's code: where each process that has the store open reports that it is there
EVERY_S = 1.0  # between two rounds of ticks, and of sharing presence

logger = logging.getLogger("live.runtime.housekeeping")


async def log_failures(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Log a failure of work that is done again later: raised, it would end the task group and every room."""
    try:
        await work()
    except Exception:
        logger.warning("a round of housekeeping failed, and is tried again", exc_info=True)


class Housekeeping:
    """*note_deleted* is called with the code of each room that is deleted, and an empty id."""

    def __init__(
        self,
        open_rooms: OpenRooms,
        journal: Journal,
        media: Media,
        clock: Clock,
        hub: Hub,
        *,
        tasks: asyncio.TaskGroup,
        note_deleted: Callable[[str, str], None],
        store_watch: StoreWatch,
    ) -> None:
        self._open_rooms = open_rooms
        self._journal = journal
        self._media = media
        self._clock = clock
        self._hub = hub
        self._tasks = tasks
        self._note_deleted = note_deleted
        self._store_watch = store_watch
        self._worker = secrets.token_hex(8)
        self.other_workers = 0  # processes that have the store open too, on this machine or another
        self._timers: dict[str, asyncio.TimerHandle] = {}

    async def start(self) -> None:
        """Load the rooms whose timers run, and begin the rounds."""
        due = await self._journal.due(2**62)
        dated = {code for code, what, _ in due if what == "delete"}
        for row in await self._journal.rooms():
            if row.code not in dated:  # the process that opened it ended before it stored the date
                await log_failures(partial(self._restore_delete_date, row.code))
        for code, what, _ in due:
            if what != "timer":
                continue
            try:
                await self._open_rooms.load(code)
            except RoomNotFound:
                await self._journal.set_due(code, "timer", None)
            except StorageFailed:
                logger.warning("a meeting whose timer runs could not be read", exc_info=True)
        self._begin(self.blank_what_is_left)
        self._sweep()
        self._tidy()
        self._tick()
        self._look()
        if self._journal.shared:
            self._share()

    def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()

    def _begin(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do *work* beside all else; not any more once the server ends, when a round may still be due."""
        round = log_failures(work)
        try:
            self._tasks.create_task(round)
        except RuntimeError:  # the group of tasks has ended
            round.close()

    def _again(self, after_s: float, work: Callable[[], None]) -> None:
        self._timers[work.__name__] = asyncio.get_running_loop().call_later(after_s, work)

    def _tidy(self) -> None:
        self._open_rooms.unload_idle()
        self._begin(self.purge)
        if self._open_rooms.came_back_older:
            self._open_rooms.came_back_older = False
            self._begin(self.blank_what_is_left)
        self._again(TIDY_S, self._tidy)

    def _sweep(self) -> None:
        self._begin(self.sweep_films)
        self._again(SWEEP_S, self._sweep)

    def _tick(self) -> None:
        self._again(EVERY_S, self._tick)
        try:
            self._hub.tick()
            self.keep_hands()
        except Exception:
            logger.warning("ticks could not be sent", exc_info=True)

    def keep_hands(self) -> None:
        """Say of phones that are here, though nothing was heard of them for a while, that they keep their cards."""
        now = self._clock.now()
        for code in self._hub.codes():
            open_room = self._open_rooms.get(code)
            state = open_room.room.activity if open_room else None
            table = open_room.room.dealing.table(state.written.id) if open_room and state and state.open else None
            if open_room is None or state is None or table is None or open_room.failing:
                continue
            if here := [phone for phone in table.unheard(now, RENEW_MS) if self._hub.is_here(code, phone)]:
                open_room.mailbox.put_own(KeepHands(state.written.id, here))

    def _look(self) -> None:
        self._again(LOOK_S, self._look)
        try:
            self._store_watch.look()
        except Exception:
            logger.warning("whether the store answers could not be told", exc_info=True)

    def _share(self) -> None:
        self._again(EVERY_S, self._share)
        self._begin(self.share_presence)

    async def share_presence(self) -> None:
        """Exchange presence with the other workers: that they are there, and how many in each room, and its signs."""
        try:
            others = await self._journal.present(WORKERS, self._worker, [1], now=self._clock.now())
        except LiveError:
            return
        self.other_workers = sum(others)
        for code in self._hub.codes():
            self._hub.expire_typing(code)
            local = self._hub.local_presence(code)
            counts = [*local, *self._hub.pulses.counts(code)]
            try:
                remote = await self._journal.present(code, self._worker, counts, now=self._clock.now())
            except LiveError:
                return  # the store does not answer; the last counts stay
            self._hub.set_remote_presence(code, Presence(*remote[: len(local)]))
            self._hub.pulses.set_remote(code, remote[len(local) :])

    async def purge(self) -> None:
        """
        Delete every room whose date has come, except its published page. A room that can't be deleted stops no other.
        """
        for code, what, _ in await self._journal.due(self._clock.now() + 1):
            if what != "delete":
                continue
            try:
                if await self._delete_if_due(code):
                    logger.info("a meeting is deleted, as its programme says")
            except LiveError:
                logger.warning("a meeting that is due to be deleted could not be, and is tried again", exc_info=True)

    async def blank_what_is_left(self) -> None:
        """
        Remove texts that were withdrawn or deleted and stand in the store all the same: a process or a store may have
        failed before they were blanked. Of rooms that nobody opens, nobody else would notice. One worker does it.
        """
        if not await self._journal.take_token("left-texts", size=1, each_ms=SCAN_MS, now=self._clock.now()):
            return
        for row in await self._journal.rooms():
            try:
                events = await self._journal.read(row.code)
                sources = [event.source for _, event in events if isinstance(event, RoomArchived)]
                left = await asyncio.to_thread(texts_left, events)
                for answer in left:
                    if not answer.rehearsed:
                        for code in (row.code, *sources):
                            self._note_deleted(code, answer.id)
                    await self._journal.redact(row.code, answer.id, answer.positions)
                if left:
                    logger.info("%d texts that had been deleted were still stored, and are blanked", len(left))
            except RoomNotFound:
                pass
            except LiveError:
                logger.warning("a meeting could not be searched for deleted texts", exc_info=True)

    async def sweep_films(self) -> None:
        """Delete the films that no room uses: a process may have failed before it deleted them. One worker does it."""
        if not await asyncio.to_thread(self._media.folder.is_dir):
            return
        if not await self._journal.take_token("left-films", size=1, each_ms=SCAN_MS, now=self._clock.now()):
            return
        secret = await self._journal.secret("phones", secrets.token_bytes(32))
        owner = sha256(b"films of " + secret).hexdigest()
        codes = {row.code for row in await self._journal.rooms()}
        if swept := await asyncio.to_thread(self._media.sweep, codes, owner):
            logger.info("%d films that no meeting uses were still stored, and are deleted", swept)

    async def _restore_delete_date(self, code: str) -> None:
        await self._journal.set_due(code, "delete", (await self._open_rooms.newest(code)).delete_at)

    async def _delete_if_due(self, code: str) -> bool:
        """False while it is not due, or somebody is changing it just now: it is tried again in the next round."""
        try:
            room, now = await self._open_rooms.newest(code), self._clock.now()
        except RoomNotFound:
            await self._journal.set_due(code, "delete", None)
            return False
        if room.delete_at > now:
            return False
        page, position = store.left_of(room, now), room.position
        with self._open_rooms.being_deleted(code):
            keeping = FACILITATOR if page else ""
            if not await self._journal.delete(code, report=page, keeping=keeping, at=position):
                return False
            await asyncio.to_thread(self._media.drop_room, code)
        self._note_deleted(code, "")  # if a restore brings it back before this is noted, its date comes back too
        return True
