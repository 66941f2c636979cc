"""The rule for the pictures and films of a room."""

from live.activities import SCHEMAS
from live.errors import ArchiveRefused
from live.events import Event, FilmsSet, PicturesSet
from live.room import Room
from live.rules.commands import AddFiles
from live.workshop import films, pictures, reread
from live.workshop.films import Films
from live.workshop.pictures import Pictures


def add(room: Room, command: AddFiles, now: int) -> list[Event]:
    """A name that is there already gets the new file. Raises ArchiveRefused when the limits are passed."""
    text = room.workshop_text if command.text is None else command.text
    shown, played = _pictures(room, command, text), _films(room, command, text)
    found: list[Event] = [] if shown == room.pictures else [PicturesSet(at=now, pictures=dict(shown))]
    return found if played == room.films else [*found, FilmsSet(at=now, films=dict(played))]


# What was taken out of the text stays as long as there is room, so that this can be undone.


def _pictures(room: Room, command: AddFiles, text: str) -> Pictures:
    found = {**room.pictures, **command.pictures}
    try:
        pictures.check_limits(found)
    except ArchiveRefused:
        used = pictures.uses(text)
        found = {name: one for name, one in found.items() if name in used or name in command.pictures}
        pictures.check_limits(found)
    return found


def _films(room: Room, command: AddFiles, text: str) -> Films:
    found = {**room.films, **command.films}
    try:
        films.check_limits(found)
    except ArchiveRefused:
        used = films.uses(reread(text, SCHEMAS))
        found = {name: one for name, one in found.items() if name in used or name in command.films}
        films.check_limits(found)
    return found
