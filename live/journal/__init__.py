"""
The journal: the ordered events of each room, and the little else that must outlive a process.

A port with a promise that every engine keeps: what has been returned from `append` is on disk, once, in one order.
"""

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Protocol

from msgspec import Struct

from live.events import AnyEvent, Event

PRESENT_MS = 5_000  # a worker that has not told for so long is gone, and its phones with it


class Top(Struct, frozen=True):
    """Where a room's journal ends. `epoch` changes only when its tail is known to be lost."""

    epoch: str
    position: int
    step: int


class Recorded(Struct, frozen=True):
    """
    `known` are keys of events that were left out, because they had been recorded before; `missed` what others have
    recorded past what the caller knew, up to these events, unless it is much.
    """

    position: int
    step: int
    known: frozenset[str]
    missed: tuple[AnyEvent, ...] = ()


class RoomRow(Struct, frozen=True):
    code: str
    created_at: int  # of the first event, milliseconds
    position: int
    step: int


Held = Callable[[], tuple[int, Mapping[int, Event]]]
"""How far a follower knows the journal by now, and events that must stand in it, by position."""


def added_up(rows: Iterable[Sequence[int]]) -> list[int]:
    """The sum of each column; what a row is short of is nought."""
    return [sum(column) for column in zip_longest(*rows, fillvalue=0)]


class Journal(Protocol):
    shared: bool
    """Whether other processes append to it too, so that a room in memory has to be followed."""

    async def create(self, code: str, events: Sequence[Event]) -> Recorded:
        """Begin a room with its first events; CodeTaken."""
        ...

    async def append(self, code: str, events: Sequence[Event], *, step: int, since: Top | None = None) -> Recorded:
        """
        Record all *events* decided at *step*, or none: one that moves the step, alone, or any number that do not.

        Returns after they are on disk. Events with a known key are left out and take no position. Raises Conflict when
        the room has stepped on, RoomNotFound, and StorageFailed when it is not known whether they were recorded.
        CameBackOlder when the room no longer holds what *since* says was known of it.
        """
        ...

    async def read(self, code: str, *, after: int = 0) -> list[tuple[int, AnyEvent]]:
        """Every event past *after* with its position, in order, positions without holes from 1; RoomNotFound."""
        ...

    def follow(
        self, code: str, *, after: int = 0, epoch: str = "", held: Held | None = None
    ) -> AsyncGenerator[tuple[int, AnyEvent]]:
        """
        Every event past *after*, then each as it is recorded: no gap, no twin, and none that is *held* by then.

        Ends when the room is deleted, or has another epoch than *epoch*. CameBackOlder when what was told of before, or
        is *held* by the caller some other way, is no longer there.
        """
        ...

    async def renew(self, code: str, epoch: str) -> bool:
        """Give the room a new epoch in the place of *epoch*; False when it has another already."""
        ...

    async def top(self, code: str) -> Top:
        """RoomNotFound."""
        ...

    async def redact(self, code: str, answer_id: str) -> None:
        """Blank what that answer said in every event, in every file."""
        ...

    async def rooms(self) -> list[RoomRow]: ...

    async def delete(self, code: str, *, report: bytes = b"", keeping: str = "", at: int | None = None) -> bool:
        """
        Nothing of the room is left in any file, nor any report of it, but *report* and keys with the right *keeping*.

        False, and the room stays, where its journal does not end at position *at*. Deleting twice is fine.
        """
        ...

    async def report(self, code: str) -> bytes | None:
        """What is kept for everybody to read of a room that is gone."""
        ...

    async def keep_report(self, code: str, body: bytes, was: bytes = b"") -> bool:
        """
        Put *body* in the place of *was*; empty is none. False, and nothing is done, where something else stands than
        either.
        """
        ...

    async def reports(self) -> list[str]:
        """The codes of those that are kept."""
        ...

    async def add_key(self, key_hash: str, *, code: str, right: str, at: int) -> None: ...

    async def key_right(self, key_hash: str) -> tuple[str, str] | None:
        """(code, right) of a key, by the hash under which it was added."""
        ...

    async def revoke_keys(self, code: str, right: str = "") -> None:
        """All keys of the room, or those alone that were added with just that *right*."""
        ...

    async def secret(self, name: str, fresh: bytes) -> bytes:
        """What is stored under *name*; stores *fresh* the first time."""
        ...

    async def set_due(self, code: str, what: str, at: int | None) -> None:
        """When something must be done about a room; None takes it back."""
        ...

    async def due(self, before: int) -> list[tuple[str, str, int]]:
        """(code, what, at) of all that is due before *before*, earliest first."""
        ...

    async def clock(self) -> int | None:
        """Milliseconds since the epoch by the store, where several machines go by it."""
        ...

    async def present(self, code: str, worker: str, counts: Sequence[int], *, now: int) -> list[int]:
        """
        Tell who sits in a room on *worker*, counted in as many ways as wanted; forgotten when it is not told again.

        Returns: the sums, in the same order, of all other workers that told within the PRESENT_MS before *now*,
        milliseconds. Empty when there are none; shorter or longer while workers of two versions run.
        """
        ...

    async def close(self) -> None: ...
