"""A room in memory as a copy of its journal: brought up to date, and loaded again when the store has lost its end."""

import asyncio
from collections.abc import Callable, Sequence

from live.errors import CameBackOlder
from live.events import Event
from live.journal import Journal, Recorded, Top
from live.room import Room
from live.runtime.replay import Removed, catch_up, removed_answers

MOST_MARKS = 500


class Replica:
    """
    `room` and `epoch` are those of the journal up to `room.position`. *on_reload* is called when another room has taken
    the place of `room`, with the answers whose text may be left to blank.

    Marks: the last event of each of our appends, until the follower has found it in the journal again. By them a store
    that has lost its end and gone on is noticed. They are kept where other processes append too.
    """

    def __init__(self, room: Room, epoch: str, journal: Journal, on_reload: Callable[[set[Removed]], None]) -> None:
        self.room = room
        self.epoch = epoch
        self._journal = journal
        self._on_reload = on_reload
        self._last_event: Event | None = None  # the one at the room's position
        self._marks: dict[int, Event] = {}
        self._checked_marks: list[int] = []  # positions of the marks that the follower was last asked to find
        self._rollback_lock = asyncio.Lock()

    @property
    def top(self) -> Top:
        """Where the journal ended when this room last applied an event."""
        return Top(self.epoch, self.room.position, self.room.step)

    def add(self, event: Event) -> None:
        """Apply the next event of the journal."""
        self.room.apply(event)  # type: ignore[arg-type]
        self._last_event = event

    def add_recorded(self, events: Sequence[Event], recorded: Recorded) -> list[Removed] | None:
        """
        Apply *events*, which were recorded just now. Returns the answers whose text must be blanked; None,
        and nothing is done, if the journal has to be read for what is between.
        """
        room, duplicates = self.room, recorded.duplicates
        fresh = [event for event in events if event.key not in duplicates] if duplicates else events
        gap = recorded.position - len(fresh) - room.position
        if not 0 <= gap <= len(recorded.missed):
            return None
        removed: list[Removed] = []
        for missed in recorded.missed[len(recorded.missed) - gap :]:
            self.add(missed)
        for event in fresh:
            removed += removed_answers(room, event)
            self.add(event)
        if self._journal.shared:
            self._mark()
        return removed

    async def catch_up(self) -> set[Removed]:
        """
        Apply what the journal has beyond this, or load it again when it has begun anew. Returns the answers whose text
        may be left to blank.

        The texts of answers are counted later, after the acks that wait for this.
        """
        # The events of another epoch may not follow from these: a room that was cleared counts from 1 again.
        if await self.follow_renewal():
            return set()
        room = self.room

        def note(event: Event) -> None:
            if self.room is room:  # and was not loaded again meanwhile
                self._last_event = event

        return await catch_up(self._journal, room, note, read_answers=False)

    # -- marks ----------------------------------------------------------------------------------------------

    def _mark(self) -> None:
        if self._last_event:
            self._marks[self.room.position] = self._last_event
            # So many only when following fails. A store loses events from its end, so the newest marks are enough.
            if len(self._marks) > MOST_MARKS:
                del self._marks[next(iter(self._marks))]

    def progress(self) -> tuple[int, dict[int, Event]]:
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

    def unconfirm_marks(self) -> None:
        """It is not known whether the marks of the last time were found."""
        self._checked_marks.clear()

    # -- a store that has lost its end ----------------------------------------------------------------------

    async def renew(self, older: CameBackOlder) -> int | None:
        """
        The store has lost the last events that it had acknowledged: load the room again from what is left, with a new
        epoch.

        Returns how many were lost, if this is the process to record it: several notice, and one renews the epoch.
        """
        async with self._rollback_lock:
            if older.epoch != self.epoch:
                return None
            lost = older.position - (await self._journal.top(self.room.code)).position
            renewed = await self._journal.renew(self.room.code, self.epoch)
            await self._reload()
            return lost if renewed else None

    async def follow_renewal(self) -> bool:
        """Load the room again if it has another epoch by now: returns whether that was so."""
        async with self._rollback_lock:
            if (await self._journal.top(self.room.code)).epoch == self.epoch:
                return False
            await self._reload()
            return True

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

        removed = await catch_up(self._journal, room, note)
        self.room, self.epoch, self._last_event = room, top.epoch, last_event
        self._marks.clear()
        self._checked_marks.clear()
        self._on_reload(removed)
