"""The keys that open rooms, in the SQLite store: each under its hash."""

from live.journal.sqlite_file import SqliteFile


class AccessKeys:
    """See `Journal.add_key`, `key_right` and `revoke_keys`."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    async def add(self, key_hash: str, *, code: str, right: str, at: int) -> None:
        await self._file.write(
            lambda connection: connection.execute(
                "insert or replace into keys values (?, ?, ?, ?)", (key_hash, code, right, at)
            ).close()
        )

    async def right_of(self, key_hash: str) -> tuple[str, str] | None:
        return await self._file.read(
            lambda connection: connection.execute("select code, right from keys where hash = ?", (key_hash,)).fetchone()
        )

    async def revoke(self, code: str, right: str = "") -> None:
        await self._file.write(
            lambda connection: connection.execute(
                "delete from keys where code = ? and (? = '' or right = ?)", (code, right, right)
            ).close()
        )
