"""Calendar files (RFC 5545): whole days to be reminded of."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

FOLD = 75  # octets of a line


class Day(NamedTuple):
    """A day in a calendar. `uid` stays the same when it is moved, so that a calendar moves it too."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def write(days: list[Day], now: int) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Innspill//Innspill//NO", "CALSCALE:GREGORIAN"]
    stamp = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    for one in days:
        lines += [
            "BEGIN:VEVENT", f"UID:{escape(one.uid)}", f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}", f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escape(one.summary)}", f"DESCRIPTION:{escape(one.description)}", f"URL:{one.url}",
            "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P3D",
            f"DESCRIPTION:{escape(one.summary)}", "END:VALARM", "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in fold(line)).encode()


def escape(text: str) -> str:
    for raw, told in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(raw, told)
    return "".join(letter for letter in text if letter >= " ")


def fold(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, none of them cut within a letter; all but the first begin with a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > FOLD:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
