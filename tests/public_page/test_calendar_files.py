"""Calendar files that any calendar reads (RFC 5545)."""

from datetime import date, timedelta

from icalendar import Calendar

from live.public_page import calendar_files

NOW = 1_800_000_000_000


def test_a_day_is_whole_and_every_line_short():
    """
    RFC 5545: lines end with CRLF and have at most 75 octets; none is cut inside a letter.
    """
    written = calendar_files.write(
        [calendar_files.Day("u@x", date(2027, 2, 28), "Å" * 200, "x" * 300, "https://x.no/1")], NOW
    )
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert [] == [line for line in written.split(b"\r\n") if len(line) > 75]
    assert b"\n" not in written.replace(b"\r\n", b"")
    unfolded = written.decode().replace("\r\n ", "")
    assert "SUMMARY:" + "Å" * 200 + "\r\n" in unfolded
    assert "DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n" in unfolded
    assert "DTSTAMP:20270115T080000Z" in unfolded


def test_text_is_text():
    r"""
    RFC 5545 3.3.11 escapes four characters and has no control characters; no text can end an entry. `Plan\Nord` stays
    on one line, though `\N` is a line break to icalendar.
    """
    day = calendar_files.Day("u@x", date(2027, 1, 1), "a, b; c\\ d\r\ne\x07", r"Plan\Nord")
    written = calendar_files.write([day], NOW)
    assert rb"SUMMARY:a\, b\; c\\ d\ne" + b"\r\n" in written
    assert "DESCRIPTION:Plan\\\\\N{WORD JOINER}Nord\r\n".encode() in written
    written = calendar_files.write([calendar_files.Day("u@x", date(2027, 1, 1), "x\nEND:VEVENT\nBEGIN:VEVENT")], NOW)
    assert 1 == written.count(b"\r\nEND:VEVENT\r\n")


def test_a_calendar_is_read_back_as_it_was_meant():
    """
    Every entry has what RFC 5545 requires, and keeps its id, so that a calendar moves a day that was postponed.
    """
    day = calendar_files.Day(
        "u@x", date(2027, 2, 28), "Flere benker", "Utemiljø: vi svarer, snart", "https://x.no/1?a=b,c;d"
    )
    calendar = Calendar.from_ical(calendar_files.write([day, day._replace(uid="v@x")], NOW))
    assert ("2.0", "-//Innspill//Innspill//NO") == (calendar["version"], calendar["prodid"])
    one, other = calendar.walk("VEVENT")
    assert day[0::2] == (one["uid"], one["summary"], one["url"])
    assert (day.day, date(2027, 3, 1)) == (one["dtstart"].dt, one["dtend"].dt)
    assert (day.description, "TRANSPARENT", "v@x") == (one["description"], one["transp"], other["uid"])
    [alarm] = one.walk("VALARM")
    assert (timedelta(days=-3), "DISPLAY", day.summary) == (alarm["trigger"].dt, alarm["action"], alarm["description"])
