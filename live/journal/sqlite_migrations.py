"""
The schema of the store, and how a store that an earlier version made is migrated to it: copied first, and in one
transaction.
"""

import contextlib
import os
import sqlite3
import time
from pathlib import Path

from live.errors import StoreUnfit

VERSION = 3  # `user_version` of this schema
SCHEMA = """
create table rooms (
    code text primary key, epoch text not null, created_at integer not null,
    position integer not null, step integer not null
) without rowid;
create table events (
    code text not null, position integer not null, key text, body blob not null, primary key (code, position)
) without rowid;
create table keys (hash text primary key, code text not null, right text not null, at integer not null) without rowid;
create index keys_by_room on keys (code);
create table due (code text not null, what text not null, at integer not null, primary key (code, what)) without rowid;
create table secrets (name text primary key, value blob not null) without rowid;
create table reports (code text primary key, body blob not null) without rowid;
create table pictures (code text not null, name text not null, body blob not null, primary key (code, name));
"""

# How long the copy is there for somebody who finds that something went wrong. It goes sooner when text is deleted: the
# copy would still hold that text.
COPY_S = 30 * 86_400.0

MIGRATIONS = {
    # An index of keys and one of answers' ids, which are random, made an answer cost five times as much at 100,000
    # answers as at 5,000. The keys are kept in memory now (`live.journal.event_keys`).
    1: """
    create table fresh (
        code text not null, position integer not null, key text, body blob not null, primary key (code, position)
    ) without rowid;
    insert into fresh select code, position, key, body from events;
    drop table events;
    alter table fresh rename to events;
    create table if not exists reports (code text primary key, body blob not null) without rowid;
    """,
    2: """
    create table pictures (code text not null, name text not null, body blob not null, primary key (code, name));
    """,
}
"""SQL by the version it migrates from, each to the next version."""


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the schema; 0 for an empty file."""
    found: int = connection.execute("pragma user_version").fetchone()[0]
    return found


def copies(path: Path) -> list[Path]:
    """The copies that were made of the store at *path* before migrations."""
    return sorted(path.parent.glob(f"{path.name}.before-*"))


def drop_old_copies(path: Path) -> bool:
    """Remove copies older than COPY_S. Returns whether others are left."""
    left = False
    for copy in copies(path):
        if time.time() - copy.stat().st_mtime > COPY_S:
            copy.unlink()
        else:
            left = True
    return left


def migrate(path: Path) -> None:
    """
    Migrate the store at *path* to this version, after making a copy next to it.

    Raises StoreUnfit for a store that a later version made, and when the migration fails: the store is then unchanged.
    A file that is no store at all is found out when it is opened.
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
            steps = "".join(MIGRATIONS[version] for version in range(found, VERSION))
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
        # Not `backup`: it would copy free pages too, which may hold text that was blanked before a `kill -9`.
        connection.execute("vacuum into ?", (os.fspath(part),))
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
