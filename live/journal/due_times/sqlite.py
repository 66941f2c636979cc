"""When something must be done in a room, in the SQLite store."""

import sqlite3

from live.journal import Top
from live.journal.sqlite_file import SqliteFile


class DueTimes:
    """
    See `Journal.set_due`. The states that the stored times follow from are only in memory: one process has the store
    open, and its next one knows no older state.
    """

    def __init__(self, file: SqliteFile) -> None:
        self._file = file
        self._states: dict[tuple[str, str], Top] = {}

    async def set(self, code: str, what: str, at: int | None, *, as_of: Top | None = None) -> None:
        def job(connection: sqlite3.Connection) -> None:
            if as_of:
                known = self._states.get((code, what), as_of)
                if known.epoch == as_of.epoch and known.position > as_of.position:
                    return
                self._states[code, what] = as_of
            else:
                self._states.pop((code, what), None)
            if at is None:
                connection.execute("delete from due where code = ? and what = ?", (code, what))
            else:
                connection.execute("insert or replace into due values (?, ?, ?)", (code, what, at))

        await self._file.write(job)

    async def before(self, at: int) -> list[tuple[str, str, int]]:
        """(code, what, at) of everything that is due before *at*, earliest first."""
        return await self._file.read(
            lambda connection: connection.execute(
                "select code, what, at from due where at < ? order by at", (at,)
            ).fetchall()
        )

    def delete(self, connection: sqlite3.Connection, code: str) -> None:
        """For a job that deletes the room."""
        for of_room in [pair for pair in self._states if pair[0] == code]:
            del self._states[of_room]
        connection.execute("delete from due where code = ?", (code,))
