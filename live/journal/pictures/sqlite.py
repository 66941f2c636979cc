"""The files of pictures, in the SQLite store."""

import sqlite3
from collections.abc import Awaitable, Callable, Collection

from live.errors import RoomNotFound
from live.journal.sqlite_file import SqliteFile

WriteAndWipe = Callable[[Callable[[sqlite3.Connection], None]], Awaitable[None]]


class PictureFiles:
    """See `Journal.put_picture`, `picture` and `drop_pictures`."""

    def __init__(self, file: SqliteFile, write_and_wipe: WriteAndWipe) -> None:
        self._file = file
        self._write_and_wipe = write_and_wipe

    async def put(self, code: str, name: str, body: bytes) -> None:
        def job(connection: sqlite3.Connection) -> None:
            if connection.execute("select 1 from rooms where code = ?", (code,)).fetchone() is None:
                raise RoomNotFound(code)
            connection.execute("insert or ignore into pictures values (?, ?, ?)", (code, name, body))

        await self._file.write(job)

    async def get(self, code: str, name: str) -> bytes | None:
        def job(connection: sqlite3.Connection) -> bytes | None:
            row = connection.execute("select body from pictures where code = ? and name = ?", (code, name)).fetchone()
            return row[0] if row else None

        return await self._file.read(job)

    async def drop(self, code: str, names: Collection[str]) -> None:
        def job(connection: sqlite3.Connection) -> None:
            rows = [(code, name) for name in names]
            connection.executemany("delete from pictures where code = ? and name = ?", rows)

        if names:
            await self._write_and_wipe(job)
