"""Reads dates as people write them in a workshop file, and writes them as people do in each language."""

import re
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from live.i18n import languages
from live.i18n.catalogs import N_, translator

LOCAL = ZoneInfo("Europe/Oslo")
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


# 2027-05-17, 17.05.2027, 17.5.27, 17/5-2027, 17. mai 2027, 17 May 2027, perhaps with the day of the week before it
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FIGURES = re.compile(r"([0-9]{1,2}) ?[./] ?([0-9]{1,2}) ?[./-] ?([0-9]{4}|[0-9]{2})")
_WORDS = re.compile(r"(?:[^\W\d_]+,? )?(?:den )?([0-9]{1,2})\.? ?([^\W\d_]+)\.? ([0-9]{4})")
SHORTEST_MONTH = 3


def read(text: str) -> date | None:
    """
    The day that *text* names, in ISO or as people write it in one of our languages, the day before the month. None when
    it names none, an impossible one (31 June), or one that no calendar file can hold.
    """
    try:
        day = date.fromisoformat(text) if (parts := _parts(text)) is None else date(*parts)
    except ValueError:
        return None
    return day if 1000 <= day.year < 9999 else None


def is_impossible(text: str) -> bool:
    """Whether *text* has the form of a day that does not exist. `In June` has not that form, and 9999-12-31 exists."""
    parts = _parts(text)
    try:
        return parts is not None and not date(*parts)
    except ValueError:
        return True


def is_month(word: str) -> bool:
    """Whether *word* names a month in one of our languages, shortened or not."""
    return _month(word.casefold()) > 0


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day; month 0 when its name is unknown."""
    text = " ".join(text.casefold().split())
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _FIGURES.fullmatch(text):
        year = int(found[3])
        return year + 2000 if len(found[3]) == 2 else year, int(found[2]), int(found[1])
    if (found := _WORDS.fullmatch(text)) and (month := _month(found[2])):
        return int(found[3]), month, int(found[1])
    return None


def _month(word: str) -> int:
    """The number of the month, also of one shortened to three letters or more; 0 when there is none."""
    if len(word) < SHORTEST_MONTH:
        return 0
    return next((number for name, number in _names(*languages.LANGUAGES) if name.startswith(word)), 0)


@cache
def _names(*spoken: str) -> list[tuple[str, int]]:
    return [
        (translator(language)(month).casefold(), number)
        for language in spoken
        for number, month in enumerate(MONTHS, start=1)
    ]


def written(day: date, language: str) -> str:
    """21. februar 2027, 21 February 2027."""
    month = translator(language)(MONTHS[day.month - 1])
    return languages.of(language).day.format(day=day.day, month=month, year=day.year)


def of(ms: int, language: str) -> str:
    """The day of a moment (milliseconds since the epoch) in Norwegian time, as `written`."""
    return written(datetime.fromtimestamp(ms / 1000, LOCAL).date(), language)


def moment(ms: int, language: str) -> str:
    """21. februar 2027 kl. 10.12, 21 February 2027 10:12."""
    time = datetime.fromtimestamp(ms / 1000, LOCAL).strftime(languages.of(language).time)
    return f"{of(ms, language)} {time}"


def localized(text: str, language: str) -> str:
    """A date as people write it in *language*; any other text unchanged."""
    day = read(text)
    return written(day, language) if day else text
