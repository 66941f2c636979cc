"""A meeting that was read back from an export becomes a room in the store."""

import secrets
from datetime import UTC, datetime

from live import codes
from live.errors import CodeTaken, ImportRefused
from live.exports.json_import import Brought
from live.journal import Journal
from live.room import DAY_MS


async def found(journal: Journal, brought: Brought, *, now: int) -> str:
    """Begin the room that was read back, under its own code where no other room has it. Returns the code."""
    if brought.delete_at <= now:
        day = datetime.fromtimestamp(brought.delete_at / 1000, UTC).date()
        raise ImportRefused(f"This meeting was to be deleted on {day}, as those who took part were told.")
    if brought.events[0].at > now + DAY_MS:  # as far as clocks may differ; it would be kept for as long
        raise ImportRefused("This meeting was opened on a day that has not come yet.")
    code = brought.code
    while True:
        if await journal.report(code) is not None:  # of a meeting that is over: its page stays where it is
            code = codes.make(secrets.randbelow)
            continue
        try:
            await journal.create(code, brought.events)
        except CodeTaken:
            code = codes.make(secrets.randbelow)
            continue
        await journal.set_due(code, "delete", brought.delete_at)
        return code
