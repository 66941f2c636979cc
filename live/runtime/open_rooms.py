"""The open rooms of this process: each is loaded from the journal when it is asked for, once."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator

from live.clock import Clock
from live.errors import LiveError, RoomNotFound, StorageFailed
from live.journal import Journal
from live.room import Room
from live.runtime.open_room import OpenRoom
from live.transport.hub import Hub

IDLE_MS = 10 * 60_000  # a room that nobody uses for so long is unloaded; it is loaded again on demand


class OpenRooms:
    """*note_deleted* is called with the code and the id of each answer that a restore must not bring back."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        hub: Hub,
        *,
        tasks: asyncio.TaskGroup,
        note_deleted: Callable[[str, str], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._hub = hub
        self._tasks = tasks
        self._note_deleted = note_deleted
        self._rooms: dict[str, OpenRoom] = {}
        self._loading: dict[str, asyncio.Future[OpenRoom]] = {}
        self._deleting: set[str] = set()
        self.came_back_older = False  # the store, since somebody last looked at this

    @property
    def working(self) -> bool:
        """Whether commands wait in any room, or are being recorded."""
        return any(open_room.mailbox.working for open_room in self._rooms.values())

    @property
    def waits_s(self) -> float:
        """How long the command that has waited longest in any room has waited."""
        return max((open_room.mailbox.waits_s for open_room in self._rooms.values()), default=0.0)

    def codes(self) -> list[str]:
        return list(self._rooms)

    def get(self, code: str) -> OpenRoom | None:
        """The room if it is open."""
        return self._rooms.get(code)

    def require(self, code: str) -> OpenRoom:
        """The room, which was open a moment ago. Raises RoomNotFound if it has been deleted since."""
        if open_room := self._rooms.get(code):
            return open_room
        raise RoomNotFound

    def heads(self, code: str) -> dict[str, int]:
        """The phones of a room that more than one person shares; none if the room is not open."""
        open_room = self._rooms.get(code)
        return open_room.room.people.heads if open_room else {}

    async def load(self, code: str) -> OpenRoom:
        """The room, loaded if it is not open. Raises RoomNotFound."""
        if open_room := self._rooms.get(code):
            open_room.asked_at = self._clock.now()
            return open_room
        if code in self._deleting:
            raise RoomNotFound
        if loading := self._loading.get(code):
            return await asyncio.shield(loading)
        # Many phones may ask for the same unloaded room at once: it is loaded once.
        loading = self._loading[code] = asyncio.get_running_loop().create_future()
        try:
            open_room = await self._load(code)
        except BaseException as error:
            failure = error if isinstance(error, LiveError) else StorageFailed()
            loading.set_exception(failure)
            loading.exception()  # else asyncio logs it as never retrieved, when nobody waits
            if isinstance(error, Exception) and error is not failure:
                raise failure from error  # one room's failure goes only to those who ask for it
            raise
        else:
            self._rooms[code] = open_room
            loading.set_result(open_room)
            open_room.start()
            return open_room
        finally:
            del self._loading[code]

    async def _load(self, code: str) -> OpenRoom:
        top = await self._journal.top(code)
        open_room = OpenRoom(
            code, top.epoch, journal=self._journal, clock=self._clock, tasks=self._tasks, on_change=self._on_change,
            on_gone=self.forget, on_deleted=self._note_deleted, on_older=self._note_older,
        )  # fmt: skip
        await open_room.catch_up()
        await open_room.settle_overdue()
        if code in self._deleting:
            raise RoomNotFound
        return open_room

    async def newest(self, code: str) -> Room:
        """The room, with everything that was acked before by any worker. Raises RoomNotFound."""
        open_room = await self.load(code)
        if self._journal.shared:
            await open_room.catch_up()
        return open_room.room

    def unload_idle(self) -> None:
        """Unload every room that has been idle for IDLE_MS and has no timer running."""
        now = self._clock.now()
        for code, open_room in list(self._rooms.items()):
            if self._hub.in_use(code) or open_room.busy:
                open_room.asked_at = now
            elif now - open_room.asked_at >= IDLE_MS:
                open_room.release()
                del self._rooms[code]

    def _note_older(self) -> None:
        self.came_back_older = True

    def release_all(self) -> None:
        for open_room in self._rooms.values():
            open_room.release()

    @contextlib.contextmanager
    def being_deleted(self, code: str) -> Iterator[None]:
        """Inside the block the room is unloaded, and nobody can load it again."""
        self._deleting.add(code)
        try:
            self.forget(code)
            yield
        finally:
            self._deleting.discard(code)

    def forget(self, code: str) -> None:
        """The room has been deleted, or is about to be."""
        if open_room := self._rooms.pop(code, None):
            open_room.release()
            open_room.mailbox.fail_all(RoomNotFound())
        self._hub.close(code)

    def _on_change(self, code: str, step: bool, revoked: bool, cleared: bool) -> None:
        open_room = self._rooms.get(code)
        if cleared:
            self._hub.end_phones(code)
        if revoked:
            self._hub.revoke(code)
        elif open_room and open_room.room.links.ended:
            self._hub.revoke(code, open_room.room.links.ended)
        if open_room and open_room.room.ended:
            open_room.wifi = None
        questions = open_room is not None and open_room.questions_changed()
        if step:
            self._hub.step(code)
        else:
            self._hub.touch(code)
            if questions:
                self._hub.touch_phones(code)
