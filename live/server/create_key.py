"""The create key, which lets somebody open meetings: made once, and stored."""

import os
import secrets
from pathlib import Path

from live.journal import Journal
from live.settings import Settings

KEY_FILE = "create-key"


async def create_key(settings: Settings, journal: Journal) -> str:
    """
    The key of the settings, or a stored one. Servers that share a store share the key, with a copy in each data folder.
    """
    if settings.create_key or not settings.redis:
        return settings.create_key or file_key(settings.data)
    shared = (await journal.secret("create-key", secrets.token_urlsafe(24).encode())).decode()
    write_private(settings.data / KEY_FILE, shared + "\n")
    return shared


def write_private(file: Path, text: str) -> None:
    """Write the whole file or none of it, readable by this user only."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        opened.write(text)
    fresh.replace(file)


def file_key(data: Path) -> str:
    """The key in the data folder; made the first time, readable by this user only."""
    file = data / KEY_FILE
    try:
        return file.read_text("ascii").strip()
    except FileNotFoundError:
        key = secrets.token_urlsafe(24)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as opened:
            opened.write(key + "\n")
        return key
