"""
The journal: the ordered events of each room, and the little else that must outlive a process.

`Journal` is the port. Every engine keeps its promise: once `append` has returned, its events are on disk, each one
once, in one order.
"""

from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Protocol

from msgspec import Struct

from live.events import AnyEvent, Event

PRESENT_MS = 5_000  # a worker that has not reported its counts for this long counts as stopped, with all its phones


class Top(Struct, frozen=True):
    """Where a room's journal ends. `epoch` changes only when the last events are known to be lost."""

    epoch: str
    position: int
    step: int


class Recorded(Struct, frozen=True):
    """
    What an append did. `duplicates` are the keys of events that were left out because they had been recorded before.
    `missed` are the events that others have recorded between the caller's position and this append; empty when there
    are more than the engine sends along.
    """

    position: int
    step: int
    duplicates: frozenset[str]
    missed: tuple[AnyEvent, ...] = ()


class RoomRow(Struct, frozen=True):
    code: str
    created_at: int  # of the first event, milliseconds
    position: int
    step: int


Progress = Callable[[], tuple[int, Mapping[int, Event]]]
"""Called by `follow`: the position the follower has reached, and the events it must still hold, by position."""


def sum_columns(rows: Iterable[Sequence[int]]) -> list[int]:
    """The sum of each column. A shorter row counts as zero in the columns it lacks."""
    return [sum(column) for column in zip_longest(*rows, fillvalue=0)]


class Journal(Protocol):
    shared: bool
    """Whether other processes append to it too, so that every room in memory has to follow it."""

    async def create(self, code: str, events: Sequence[Event]) -> Recorded:
        """Begin a room with its first events. Raises CodeTaken."""
        ...

    async def append(self, code: str, events: Sequence[Event], *, step: int, since: Top | None = None) -> Recorded:
        """
        Record all *events* decided at *step*, or none of them: either one event that moves the step, or any number of
        events that do not.

        Returns after they are on disk. An event whose key was recorded before is left out and takes no position.
        Raises Conflict when the room's step has changed, RoomNotFound, StorageFailed when it is not known whether the
        events were recorded, and CameBackOlder when the journal holds less than *since*, or has another epoch.
        """
        ...

    async def begin_anew(self, code: str, events: Sequence[Event], *, top: Top) -> bool:
        """
        Replace all events of the room with *events*, under a new epoch and with new positions from 1. What was there
        leaves every file, as after `delete`.

        False, and nothing is changed, when the journal does not end at *top*. Raises RoomNotFound, StorageFailed.
        """
        ...

    async def read(self, code: str, *, after: int = 0) -> list[tuple[int, AnyEvent]]:
        """
        Every event after position *after*, with its position, in order. Positions count from 1 without gaps.
        Raises RoomNotFound.
        """
        ...

    def follow(
        self, code: str, *, after: int = 0, epoch: str = "", progress: Progress | None = None
    ) -> AsyncGenerator[tuple[int, AnyEvent]]:
        """
        Every event after position *after*, then each one as it is recorded: none is left out, none comes twice, and
        none comes that *progress* says the caller already has.

        Ends when the room is deleted, or has another epoch than *epoch*. Raises CameBackOlder when an event that was
        yielded before, or that *progress* names, is no longer in the journal.
        """
        ...

    async def renew(self, code: str, epoch: str) -> bool:
        """Replace the room's *epoch* with a new one; False when it is already another."""
        ...

    async def top(self, code: str) -> Top:
        """Where the room's journal ends now. Raises RoomNotFound."""
        ...

    async def redact(self, code: str, answer_id: str, positions: Collection[int] = ()) -> None:
        """
        Blank the text and value of that answer in every event, in every file; and what the events at *positions* say.
        """
        ...

    async def rooms(self) -> list[RoomRow]: ...

    async def delete(self, code: str, *, report: bytes = b"", keeping: str = "", at: int | None = None) -> bool:
        """
        Delete the room from every file, and its public report too. Only *report*, if there is one, and the keys with
        the right *keeping* remain.

        False, and nothing is deleted, when *at* is given and the journal does not end at that position. Deleting twice
        does no harm.
        """
        ...

    async def put_picture(self, code: str, name: str, body: bytes) -> None:
        """
        Store a file of a picture under a *name* made of its content: what is there under that name stays. It is deleted
        with the room. Raises RoomNotFound.
        """
        ...

    async def picture(self, code: str, name: str) -> bytes | None: ...

    async def drop_pictures(self, code: str, names: Collection[str]) -> None:
        """Delete these files of pictures from every file of the store."""
        ...

    async def report(self, code: str) -> bytes | None:
        """The stored public report of a room that has been deleted."""
        ...

    async def keep_report(self, code: str, body: bytes, was: bytes = b"") -> bool:
        """
        Replace the stored report *was* with *body*; empty means no report. False, and nothing is changed, when the
        stored report is neither of the two.
        """
        ...

    async def reports(self) -> list[str]:
        """The codes that have a stored report."""
        ...

    async def add_key(self, key_hash: str, *, code: str, right: str, at: int) -> None: ...

    async def key_right(self, key_hash: str) -> tuple[str, str] | None:
        """(code, right) of the key that was added under *key_hash*."""
        ...

    async def revoke_keys(self, code: str, right: str = "") -> None:
        """Remove all keys of the room, or only those that were added with exactly that *right*."""
        ...

    async def secret(self, name: str, fresh: bytes) -> bytes:
        """The secret stored under *name*. The first call stores *fresh*."""
        ...

    async def take_token(self, name: str, *, size: int, each_ms: int, now: int, wanted: int = 1) -> bool:
        """
        Take *wanted* tokens (negative: give back) from the bucket *name*, of *size*, which gets one each *each_ms*.
        False, and nothing is taken, when it has fewer. All processes of the store share it; it is not kept for ever.
        """
        ...

    async def set_due(self, code: str, what: str, at: int | None, *, as_of: Top | None = None) -> None:
        """
        Store when *what* must be done in a room, milliseconds; None removes it.

        *as_of* is the state of the room that it follows from. Calls may come in any order: one that follows from an
        older state of the same epoch than what is stored changes nothing. Without it a call counts as the newest.
        """
        ...

    async def due(self, before: int) -> list[tuple[str, str, int]]:
        """(code, what, at) of everything that is due before *before*, earliest first."""
        ...

    async def clock(self) -> int | None:
        """The store's clock, milliseconds since 1970, where several machines share it; else None."""
        ...

    def unanswered_s(self, code: str) -> float:
        """
        How long the oldest call has waited that the store has not answered: of those about the room, or about any other
        that stands or falls with it.
        """
        ...

    async def present(self, code: str, worker: str, counts: Sequence[int], *, now: int) -> list[int]:
        """
        Report how many are in a room on *worker*: *counts* may hold any number of counts. They expire after PRESENT_MS
        unless they are reported again.

        Returns: the sums of the counts, in the same order, over all other workers that reported within the PRESENT_MS
        before *now*, milliseconds. Empty when there are none; shorter or longer while workers of two versions run.
        """
        ...

    async def close(self) -> None: ...
