"""A lock on a file that keeps other processes out, and that ends with the process, also when that is killed."""

import os
from pathlib import Path


def lock(path: Path, *, wait: bool) -> int:
    """Lock the file at *path*, made if needed. Close the handle to unlock it. Raises OSError if held, unless *wait*."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if os.name == "nt":
            import msvcrt

            how = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined, unused-ignore]
            msvcrt.locking(handle, how, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(handle)
        raise
    return handle
