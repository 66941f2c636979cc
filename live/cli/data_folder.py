"""Looks at the data folder before a command does anything else, so that what is wrong with it is told in a sentence."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import click

from live.journal.sqlite import FILE
from live.runtime import deletions
from live.server.create_key import KEY_FILE
from live.server.process import LOCAL_SOCKET

ROOMS_FILE = "rooms.json"  # file -> code of its room, so that the same command opens the same room again
_OURS = (
    FILE, f"{FILE}-wal", f"{FILE}-shm", "innspill.lock", deletions.FILE, deletions.LOCK, KEY_FILE, LOCAL_SOCKET,
    ROOMS_FILE,
)  # fmt: skip


def require(data: Path) -> None:
    """
    Raises ClickException unless *data* is a folder in which this user may read and write all that is ours, or is not
    there.
    """
    if wrong := next(_faults(data), None):
        raise click.ClickException(wrong)


def make(data: Path) -> None:
    """Make the folder where it is missing. Raises ClickException."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"The folder {data} can't be made: {error.strerror}. {_OTHER}") from None
    require(data)


_OTHER = "Name another with --data."


def _faults(data: Path) -> Iterator[str]:
    try:
        found = data.stat()
    except FileNotFoundError:
        return
    except NotADirectoryError:
        file = next(parent for parent in data.parents if parent.exists())
        yield f"{file} is a file, so that there can be no folder {data}. {_OTHER}"
        return
    except PermissionError:
        yield forbidden(
            next((each for each in reversed(data.absolute().parents) if not os.access(each, os.X_OK)), data)
        )
        return
    except OSError as error:
        yield f"The folder {data} can't be looked at: {error.strerror}. {_OTHER}"
        return
    if not stat.S_ISDIR(found.st_mode):
        yield f"{data} is a file and no folder. {_OTHER}"
    elif not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        yield forbidden(data)
    for name in _OURS:
        if (data / name).exists() and not os.access(data / name, os.R_OK | os.W_OK):
            yield forbidden(data / name)


def forbidden(place: Path) -> str:
    """What to do about a *place* that this user may not use."""
    owner = _owner(place)
    if owner == "":
        return f"You may not read and write {place}, though it is yours: chmod u+rwX {place}"
    return (
        f"You may not read and write {place}, which belongs to {owner}. Run this as that user, such as: "
        f"sudo -u {owner} innspill …"
    )


def _owner(place: Path) -> str:
    """The name of the user that *place* belongs to; empty for whoever runs this."""
    try:
        owner = place.stat().st_uid
        if not hasattr(os, "geteuid") or owner == os.geteuid():
            return ""
        import pwd

        return pwd.getpwuid(owner).pw_name
    except OSError:
        return "somebody else"
    except KeyError:
        return f"#{owner}"
