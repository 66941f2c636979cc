"""Creates a room in the store from a meeting that was read back from a JSON export."""

import secrets
from datetime import datetime

from live import codes
from live.errors import CodeTaken, ImportRefused
from live.exports.json_import import ImportedMeeting
from live.i18n.dates import LOCAL
from live.journal import Journal
from live.room import DAY_MS
from live.runtime import room_pictures


async def create_room(journal: Journal, brought: ImportedMeeting, *, now: int) -> str:
    """
    Create the room, under its own code if no other room has it, else under a new one. Returns the code. Raises
    ImportRefused.
    """
    if brought.delete_at <= now:
        day = datetime.fromtimestamp(brought.delete_at / 1000, LOCAL).date()  # the day that people were told
        raise ImportRefused(f"This meeting was to be deleted on {day}, as those who took part were told.")
    if brought.events[0].at > now + DAY_MS:  # a day for clocks that differ; more would store the room for too long
        raise ImportRefused("This meeting was opened on a day that has not come yet.")
    code = brought.code
    while True:
        if await journal.report(code) is not None:  # the public page of a deleted meeting keeps its code
            code = codes.make(secrets.randbelow)
            continue
        try:
            await journal.create(code, brought.events)
        except CodeTaken:
            code = codes.make(secrets.randbelow)
            continue
        await room_pictures.put(journal, code, brought.pictures)
        await journal.set_due(code, "delete", brought.delete_at)
        return code
