"""The workshop file: reads and checks it, renders its slides, and changes its text for the editor."""

from live.workshop.model import Activity, Option, Slide, Workshop
from live.workshop.parser import MOST_BYTES, check_lines, decode, parse, parse_bytes, reread, version
from live.workshop.scanner import EDITION

__all__ = [
    "EDITION",
    "MOST_BYTES",
    "Activity",
    "Option",
    "Slide",
    "Workshop",
    "check_lines",
    "decode",
    "parse",
    "parse_bytes",
    "reread",
    "version",
]
