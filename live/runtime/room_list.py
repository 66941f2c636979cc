"""The list of everything stored. Meetings are read one at a time, and none stays in memory because it was listed."""

from live.errors import RoomNotFound, StorageFailed
from live.journal import Journal
from live.public_page import public_page, store
from live.runtime.open_rooms import OpenRooms
from live.runtime.replay import load
from live.views.view import title

UNREADABLE = "unreadable"  # in place of the state; the words then say why, in place of the title

Line = tuple[str, str, str]  # code, state, title


async def listed(journal: Journal, open_rooms: OpenRooms | None = None) -> list[Line]:
    """
    A line for each meeting, in the order of their beginning, then one for each kept public page (state `report`).

    Those of *open_rooms* are told as they are in memory. One that can't be read has the state UNREADABLE and stops no
    other. Raises StorageFailed when the store does not answer at all.
    """
    lines = []
    for row in await journal.rooms():
        try:
            lines.append(await _line(journal, row.code, open_rooms))
        except RoomNotFound:
            continue  # deleted just now
        except Exception as failure:
            await journal.top(row.code)  # is it this meeting, or the whole store? The latter is raised
            lines.append(_unreadable(row.code, failure))
    for code in await journal.reports():
        try:
            lines.append((code, public_page.NOTED, (await store.get(journal, code)).title))
        except RoomNotFound:
            continue
        except Exception as failure:
            await journal.report(code)
            lines.append(_unreadable(code, failure))
    return lines


async def _line(journal: Journal, code: str, open_rooms: OpenRooms | None) -> Line:
    is_open = open_rooms is not None and open_rooms.get(code) is not None
    room = await open_rooms.newest(code) if open_rooms and is_open else await load(journal, code, read_answers=False)
    return code, room.state, title(room)


def _unreadable(code: str, failure: Exception) -> Line:
    # What an error of another kind says may quote what is stored.
    why = str(failure) if isinstance(failure, StorageFailed) and str(failure) else type(failure).__name__
    return code, UNREADABLE, (
        f"What is stored of it is damaged ({why}). The others are not touched. A backup from before brings it back "
        "into another data folder: innspill restore FILE --data FOLDER"
    )  # fmt: skip
