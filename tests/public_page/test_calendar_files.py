from datetime import date

from live.public_page import calendar_files

NOW = 1_800_000_000_000


def test_a_day_is_whole_and_every_line_short():
    """
    RFC 5545: lines end in CRLF and hold at most 75 octets; none is cut within a letter.
    """
    told = calendar_files.write(
        [calendar_files.Day("u@x", date(2027, 2, 28), "Å" * 200, "x" * 300, "https://x.no/1")], NOW
    )
    assert told.endswith(b"END:VCALENDAR\r\n")
    assert [] == [line for line in told.split(b"\r\n") if len(line) > 75]
    assert b"\n" not in told.replace(b"\r\n", b"")
    unfolded = told.decode().replace("\r\n ", "")
    assert "SUMMARY:" + "Å" * 200 + "\r\n" in unfolded
    assert "DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n" in unfolded
    assert "DTSTAMP:20270115T080000Z" in unfolded


def test_text_is_text():
    assert r"a\, b\; c\\ d\ne" == calendar_files.escape("a, b; c\\ d\r\ne\x07")
    told = calendar_files.write([calendar_files.Day("u@x", date(2027, 1, 1), "x\nEND:VEVENT\nBEGIN:VEVENT")], NOW)
    assert 1 == told.count(b"\r\nEND:VEVENT\r\n")
