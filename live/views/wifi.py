"""
The network of the hall, which the screen shows with a QR code, so that phones get onto it before they join.

Its password is kept with the open room in the memory of this process alone: it is in no event, and so in no export, no
backup and no other view than the screen's.
"""

import re

from msgspec import Struct

from live import qr
from live.errors import Refused
from live.views.view import View

MOST_NAME_BYTES = 32  # IEEE 802.11, as are the next
LEAST_PASSWORD, MOST_PASSWORD = 8, 63
_KEY = re.compile(r"[0-9A-Fa-f]{64}")
_SPECIAL = re.compile(r'([\\;,:"])')


class Wifi(Struct, frozen=True):
    """Without a password it is open to all. `hidden`: the network does not tell its name by itself."""

    name: str
    password: str = ""
    hidden: bool = False


class DrawnWifi(Struct, frozen=True):
    """As the screen shows it. `qr` is an SVG path, `qr_size` modules wide."""

    name: str
    password: str
    qr: str
    qr_size: int


def require_valid(wifi: Wifi) -> Wifi:
    """Raises Refused `bad-wifi` where no network can be called that, or have that password."""
    name, password = wifi.name, wifi.password
    named = name.isprintable() and 0 < len(name.encode("utf-8", "replace")) <= MOST_NAME_BYTES
    closed = LEAST_PASSWORD <= len(password) <= MOST_PASSWORD and password.isascii() and password.isprintable()
    if not named or not (closed or not password or _KEY.fullmatch(password)):
        raise Refused("bad-wifi")
    return wifi


def address(wifi: Wifi) -> str:
    """
    What phones read from the QR code.

    Source: the WIFI: scheme of ZXing, https://github.com/zxing/zxing/wiki/Barcode-Contents, which Android and iOS take.
    """
    fields = [("T", "WPA" if wifi.password else "nopass"), ("S", wifi.name)]
    fields += [("P", wifi.password)] if wifi.password else []
    fields += [("H", "true")] if wifi.hidden else []
    return "WIFI:" + "".join(f"{key}:{_escaped(value)};" for key, value in fields) + ";"


def _escaped(value: str) -> str:
    return _SPECIAL.sub(r"\\\1", value)


def drawn(wifi: Wifi) -> DrawnWifi:
    """Once for all views: drawing takes longer than all else in one. Raises Refused `bad-wifi`."""
    path, size = qr.path_of_text(address(require_valid(wifi)))
    return DrawnWifi(wifi.name, wifi.password, path, size)


def for_console(wifi: DrawnWifi | None) -> View | None:
    """Its name alone: a console may be looked at by colleagues, and read by scripts."""
    return {"name": wifi.name} if wifi else None
