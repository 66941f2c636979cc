"""How a store that an earlier version made becomes one of this version: with a copy first, and whole or not at all."""

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from live.errors import StoreUnfit

VERSION = 2  # `user_version` of the schema in `live.journal.sqlite`
COPY_S = 30 * 86_400.0  # a copy is for who finds that something went wrong; text that is deleted takes it along sooner

CHANGES = {
    # An index of keys and one of answers' ids, which are by chance, made an answer cost five times as much at 100,000
    # of them as at 5,000. What is known already is kept in memory now (`live.journal.event_keys`).
    1: """
    create table fresh (
        code text not null, position integer not null, key text, body blob not null, primary key (code, position)
    ) without rowid;
    insert into fresh select code, position, key, body from events;
    drop table events;
    alter table fresh rename to events;
    create table if not exists reports (code text primary key, body blob not null) without rowid;
    """,
}
"""By the version that is left."""


def version_of(connection: sqlite3.Connection) -> int:
    """0 for a file with nothing in it."""
    found: int = connection.execute("pragma user_version").fetchone()[0]
    return found


def copies(path: Path) -> list[Path]:
    """Those made of the store at *path* before it was changed."""
    return sorted(path.parent.glob(f"{path.name}.before-*"))


def drop_old(path: Path) -> bool:
    """Remove copies that have been there long enough. Whether there are others."""
    there = False
    for copy in copies(path):
        if time.time() - copy.stat().st_mtime > COPY_S:
            copy.unlink()
        else:
            there = True
    return there


def bring_up(path: Path) -> None:
    """
    Change the store at *path* to this version, with a copy of it beside it.

    StoreUnfit for one that a later version made, and where it can't be done: it then is as it was. What is no store at
    all is found out when it is opened.
    """
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        try:
            found = version_of(connection)
        except sqlite3.DatabaseError:
            return
        if found > VERSION:
            raise StoreUnfit(f"{path} was made by a newer version of Innspill. Install that version, or restore.")
        if found in (0, VERSION):
            return
        try:
            _copy(connection, path.with_name(f"{path.name}.before-{VERSION}"))
            connection.execute("pragma secure_delete = on")
            steps = "".join(CHANGES[one] for one in range(found, VERSION))
            connection.executescript(f"begin immediate; {steps} pragma user_version = {VERSION}; commit;")
        except (sqlite3.Error, OSError) as failure:
            raise StoreUnfit(
                f"{path} is from an earlier version and could not be changed to this one ({failure}). It is as it was. "
                f"Is the disk full? It takes three times the file's size."
            ) from None


def _copy(connection: sqlite3.Connection, to: Path) -> None:
    part = to.with_name(f"{to.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        # `backup` would take pages along that were given up, with text in them that was blanked before a `kill -9`.
        connection.execute("vacuum into ?", (os.fspath(part),))
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
