"""What faces say, in the reader's language: bokmål, nynorsk, English. The English sentences are the keys."""

import gettext
from functools import cache
from importlib.resources import files

from starlette.requests import HTTPConnection

DOMAINS = ("phone", "screen", "console", "new", "core", "workshop", "exports")
LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
ALIASES = {"no": "nb", "nb": "nb", "nn": "nn", "en": "en", "da": "nb", "sv": "nb"}


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
