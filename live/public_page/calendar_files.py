"""Calendar files (RFC 5545): whole days to be reminded of."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

REMINDED = timedelta(days=3)  # before the day


class Day(NamedTuple):
    """A day in a calendar. `uid` stays the same when it is moved, so that a calendar moves it too."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def write(days: list[Day], now: int) -> bytes:
    # Imported by who first asks for a file: 40 ms and 2.4 MiB, for something that most servers never write.
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Innspill//Innspill//NO")
    calendar.add("calscale", "GREGORIAN")
    for one in days:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -REMINDED)
        alarm.add("description", plain(one.summary))
        event = Event()
        event.add("uid", plain(one.uid))
        event.add("dtstamp", datetime.fromtimestamp(now / 1000, UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", plain(one.summary))
        event.add("description", plain(one.description))
        event.add("url", one.url)
        event.add("transp", "TRANSPARENT")
        event.add_component(alarm)
        calendar.add_component(event)
    told: bytes = calendar.to_ical(sorted=False)
    return told


def plain(text: str) -> str:
    r"""
    What icalendar is given. It lets control characters through, which RFC 5545 does not have, and makes a line break of
    `\N`, which would cut `Plan\Nord` in two; a word joiner keeps the two apart and is not seen.
    """
    kept = "".join(letter for letter in text if letter >= " " or letter in "\r\n")
    return kept.replace(r"\N", "\\\N{WORD JOINER}N")
