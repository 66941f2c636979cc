"""The rule for the pictures of a room."""

from live.errors import ArchiveRefused
from live.events import Event, PicturesSet
from live.room import Room
from live.rules.commands import AddPictures
from live.workshop.pictures import check_limits, uses


def add(room: Room, command: AddPictures, now: int) -> list[Event]:
    """A name that is there already gets the new picture. Raises ArchiveRefused when the limits are passed."""
    pictures = {**room.pictures, **command.pictures}
    try:
        check_limits(pictures)
    except ArchiveRefused:
        # One that was taken out of the text stays as long as there is room, so that this can be undone.
        used = uses(room.workshop_text if command.text is None else command.text)
        pictures = {name: one for name, one in pictures.items() if name in used or name in command.pictures}
        check_limits(pictures)
    return [] if pictures == room.pictures else [PicturesSet(at=now, pictures=pictures)]
