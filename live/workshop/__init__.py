"""A workshop as written: read from a file, checked, and changed by a form."""

from live.workshop.model import KEPT_DAYS, Activity, Option, Slide, Workshop
from live.workshop.parser import (
    CONTROL,
    MOST_BYTES,
    MOST_SLIDES,
    PHONE_BYTES,
    check_lines,
    decode,
    letters,
    parse,
    parse_bytes,
    reread,
    slug,
    title_of,
    version,
)

__all__ = [
    "CONTROL",
    "KEPT_DAYS",
    "MOST_BYTES",
    "MOST_SLIDES",
    "PHONE_BYTES",
    "Activity",
    "Option",
    "Slide",
    "Workshop",
    "check_lines",
    "decode",
    "letters",
    "parse",
    "parse_bytes",
    "reread",
    "slug",
    "title_of",
    "version",
]
