"""What faces say, in the reader's language: bokmål, nynorsk, English. The English sentences are the keys."""

import gettext
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from starlette.requests import HTTPConnection

from live import dates

LOCAL = ZoneInfo("Europe/Oslo")
DOMAINS = (
    "phone", "screen", "console", "themes", "words", "sharing", "new", "core", "workshop", "exports", "accessibility",
    "followup", "own",
)  # fmt: skip
LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
ALIASES = {"no": "nb", "nb": "nb", "nn": "nn", "en": "en", "da": "nb", "sv": "nb"}


def date(ms: int, language: str) -> str:
    """A day as it is written: 21. februar 2027, 21 February 2027. By Norwegian time."""
    return dates.written(datetime.fromtimestamp(ms / 1000, LOCAL), language)


@cache
def translations(language: str) -> gettext.NullTranslations:
    found = gettext.NullTranslations()
    for domain in DOMAINS:
        file = files("live") / "locale" / language / "LC_MESSAGES" / f"{domain}.mo"
        if file.is_file():
            with file.open("rb") as stream:
                one = gettext.GNUTranslations(stream)
            one.add_fallback(found)
            found = one
    return found


def asked(connection: HTTPConnection, before: str) -> str:
    """`lang=` for an address that is led on to, behind *before*, where a language was asked for."""
    lang = connection.query_params.get("lang")
    return f"{before}lang={lang}" if lang in LANGUAGES else ""


def choose(connection: HTTPConnection, default: str = "nb") -> str:
    """`?lang=`, then what the browser asks for, then the room's own language."""
    asked = connection.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    weighed = []
    for place, part in enumerate(connection.headers.get("accept-language", "")[:200].split(",")):
        name, _, weight = part.strip().partition(";q=")
        known = ALIASES.get(name.split("-")[0].lower())
        if known:
            try:
                weighed.append((-float(weight or 1), place, known))
            except ValueError:
                continue
    return min(weighed)[2] if weighed else default
