"""Which events with a key a room's journal holds, and where."""

import sqlite3

MOST = 500_000  # keys of all rooms, some 100 MB; the room that was not asked for longest is forgotten first


class Keys:
    """Of one room. A key is the id of an answer, a colon and its revision (`live.events`), or another's own."""

    def __init__(self, rows: list[tuple[str, int]]) -> None:
        self._places: dict[str, int] = {}
        self._later: dict[str, list[str]] = {}  # by id, for the few answers that have another key than `id:1`
        for key, position in rows:
            self.note(key, position)

    def __len__(self) -> int:
        return len(self._places)

    def note(self, key: str, position: int) -> bool:
        """Whether it is a new one, which stands at *position* from now on."""
        if key in self._places:
            return False
        self._places[key] = position
        if not key.endswith(":1"):
            self._later.setdefault(key.rpartition(":")[0], []).append(key)
        return True

    def about(self, answer: str) -> list[int]:
        """Where all stands that the answer ever said."""
        keys = [f"{answer}:1", *self._later.get(answer, ())]
        return sorted(self._places[key] for key in keys if key in self._places)


class Known:
    """
    Of all rooms, for the one thread that writes: a store that one process holds needs no index of keys, which are by
    chance and make each answer touch a page of its own.
    """

    def __init__(self) -> None:
        self._rooms: dict[str, Keys] = {}  # the one asked for last stands last

    def of(self, connection: sqlite3.Connection, code: str) -> Keys:
        keys = self._rooms.pop(code, None)
        if keys is None:
            keys = Keys(connection.execute(
                "select key, position from events where code = ? and key is not null", (code,)
            ).fetchall())  # fmt: skip
            while self._rooms and len(keys) + sum(map(len, self._rooms.values())) > MOST:
                del self._rooms[next(iter(self._rooms))]
        self._rooms[code] = keys
        return keys

    def forget(self, code: str = "") -> None:
        """What is on disk may be another than was noted: of *code*, or of any room."""
        if code:
            self._rooms.pop(code, None)
        else:
            self._rooms.clear()
