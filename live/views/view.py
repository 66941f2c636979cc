"""What the views of all faces share."""

from typing import Any, NamedTuple

from msgspec import Struct

from live.i18n import dates
from live.i18n.catalogs import N_, translator
from live.room import Room

View = dict[str, Any]
ARCHIVE = N_("Archive of {title}, {when}")


class Presence(NamedTuple):
    """
    Who is connected now. `people` counts all who share a phone, `typing` the phones with unsent text, `frozen` the
    screens that are connected and no longer draw, `soundless` those whose browser plays no film before somebody
    presses there.
    """

    phones: int = 0
    people: int = 0
    typing: int = 0
    frozen: int = 0
    soundless: int = 0


class Join(Struct, frozen=True):
    """How people join: address, code and QR code for the screen. `qr` is an SVG path, `qr_size` modules wide."""

    url: str
    host: str
    code: str
    open_to_phones: bool = True
    qr: str = ""
    qr_size: int = 0


def title(room: Room) -> str:
    """The title of its workshop; of an archive also that it is one, and when the meeting was held."""
    if not room.archive_of:
        return room.workshop.title
    language = room.workshop.language
    when = dates.moment(room.left_lobby_at or room.opened_at, language)
    return translator(language)(ARCHIVE).format(title=room.workshop.title, when=when)
