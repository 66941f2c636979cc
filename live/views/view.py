"""What the views of all faces share."""

from typing import Any, NamedTuple

from msgspec import Struct

View = dict[str, Any]


class Presence(NamedTuple):
    """Who is here now. `people` counts those who share a phone, `typing` the phones with something not yet sent."""

    phones: int = 0
    people: int = 0
    typing: int = 0


class Join(Struct, frozen=True):
    """How people get in: what the screen prints and draws. `qr` is an SVG path of `qr_size` modules each way."""

    url: str
    host: str
    code: str
    open_to_phones: bool = True
    qr: str = ""
    qr_size: int = 0
