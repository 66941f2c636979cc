"""Writes calendar files (RFC 5545) with whole days and a reminder for each."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

REMINDED = timedelta(days=3)  # before the day


class Day(NamedTuple):
    """A day in a calendar. `uid` stays the same when the day is moved, so that calendars move it too."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def write(days: list[Day], now: int) -> bytes:
    # Imported when a file is first asked for: it takes 40 ms and 2.4 MiB, and most servers never write one.
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
    data: bytes = calendar.to_ical(sorted=False)
    return data


def plain(text: str) -> str:
    r"""
    *text* for the library icalendar, which does not remove control characters (forbidden in RFC 5545), and which reads
    `\N` as a line break and would cut `Plan\Nord` in two. An invisible word joiner between `\` and `N` prevents that.
    """
    kept = "".join(letter for letter in text if letter >= " " or letter in "\r\n")
    return kept.replace(r"\N", "\\\N{WORD JOINER}N")
