"""What a meeting is called where it is listed and shown."""

from live.i18n import dates
from live.i18n.catalogs import N_, translator
from live.room import Room

ARCHIVE = N_("Archive of {title}, {when}")


def title(room: Room) -> str:
    """The title of its workshop; of an archive also that it is one, and when the meeting was held."""
    if not room.archive_of:
        return room.workshop.title
    language = room.workshop.language
    when = dates.moment(room.left_lobby_at or room.opened_at, language)
    return translator(language)(ARCHIVE).format(title=room.workshop.title, when=when)
