"""What the views of all faces share."""

from typing import Any, NamedTuple

from msgspec import Struct

View = dict[str, Any]


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
