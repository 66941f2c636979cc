"""Days as workshops name them and as people write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Oslo")
_NORWEGIAN = "januar februar mars april mai juni juli august september oktober november desember"
_ENGLISH = "January February March April May June July August September October November December"


def read(text: str) -> date | None:
    """An ISO date; None when it is none, or one that no calendar file can hold."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1000 <= day.year < 9999 else None


def written(day: date, language: str) -> str:
    """21. februar 2027, 21 February 2027."""
    dot, months = ("", _ENGLISH) if language == "en" else (".", _NORWEGIAN)
    return f"{day.day}{dot} {months.split()[day.month - 1]} {day.year}"


def of(ms: int, language: str) -> str:
    """The day of a moment, by Norwegian time, as it is written."""
    return written(datetime.fromtimestamp(ms / 1000, LOCAL).date(), language)


def told(text: str, language: str) -> str:
    """An ISO date as people write it; what is no date as it stands."""
    day = read(text)
    return written(day, language) if day else text
