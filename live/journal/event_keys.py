"""Which event keys a room's journal holds, and at which positions: in memory, for the SQLite engine."""

import sqlite3

MOST_KEYS = 500_000  # keys of all rooms, about 100 MB; the least recently used room is dropped first


class EventKeys:
    """
    The keys of one room. The key of an answer's event is the answer's id, a colon and the revision (`live.events`);
    other events may have keys of another form.
    """

    def __init__(self, rows: list[tuple[str, int]]) -> None:
        self._positions: dict[str, int] = {}
        self._later: dict[str, list[str]] = {}  # by answer id, for the few answers that have other keys than `id:1`
        for key, position in rows:
            self.add(key, position)

    def __len__(self) -> int:
        return len(self._positions)

    def add(self, key: str, position: int) -> bool:
        """Note that *key* is at *position*; False, and nothing changes, when the room has the key already."""
        if key in self._positions:
            return False
        self._positions[key] = position
        if not key.endswith(":1"):
            self._later.setdefault(key.rpartition(":")[0], []).append(key)
        return True

    def positions_of(self, answer_id: str) -> list[int]:
        """The positions of all events that hold a text or value of the answer, in order."""
        keys = [f"{answer_id}:1", *self._later.get(answer_id, ())]
        return sorted(self._positions[key] for key in keys if key in self._positions)


class KeyCache:
    """
    The keys of all rooms in use, for the one thread that writes. Only one process opens the store, so it needs no
    index of keys on disk: keys are random, and with an index each answer would write to a page of its own.
    """

    def __init__(self) -> None:
        self._rooms: dict[str, EventKeys] = {}  # most recently used last

    def of_room(self, connection: sqlite3.Connection, code: str) -> EventKeys:
        keys = self._rooms.pop(code, None)
        if keys is None:
            keys = EventKeys(connection.execute(
                "select key, position from events where code = ? and key is not null", (code,)
            ).fetchall())  # fmt: skip
            while self._rooms and len(keys) + sum(map(len, self._rooms.values())) > MOST_KEYS:
                del self._rooms[next(iter(self._rooms))]
        self._rooms[code] = keys
        return keys

    def forget(self, code: str = "") -> None:
        """Drop what is noted of *code*, or of every room, because the disk may hold something else."""
        if code:
            self._rooms.pop(code, None)
        else:
            self._rooms.clear()
