"""Reads dates from a workshop file and writes them as people do in each language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from live.i18n import languages
from live.i18n.catalogs import N_, translator

LOCAL = ZoneInfo("Europe/Oslo")
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def read(text: str) -> date | None:
    """An ISO date; None when *text* is none, or a date that no calendar file can hold."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1000 <= day.year < 9999 else None


def written(day: date, language: str) -> str:
    """21. februar 2027, 21 February 2027."""
    month = translator(language)(MONTHS[day.month - 1])
    return languages.of(language).day.format(day=day.day, month=month, year=day.year)


def of(ms: int, language: str) -> str:
    """The day of a moment (milliseconds since the epoch) in Norwegian time, as `written`."""
    return written(datetime.fromtimestamp(ms / 1000, LOCAL).date(), language)


def localized(text: str, language: str) -> str:
    """An ISO date as people write it; any other text unchanged."""
    day = read(text)
    return written(day, language) if day else text
