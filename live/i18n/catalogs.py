"""The sentences of live/locale, by language. The English ones are the keys, and stand where nothing is translated."""

import gettext
from collections.abc import Callable
from functools import cache
from importlib.resources import files

LOCALES = files("live") / "locale"


def N_(message: str) -> str:
    """Marks *message* for translation where it stands; said later."""
    return message


@cache
def translations(language: str) -> gettext.NullTranslations:
    """All catalogues of *language* as one. Their order is free, for a sentence stands in one of them only."""
    found = gettext.NullTranslations()
    folder = LOCALES / language / "LC_MESSAGES"
    if not folder.is_dir():
        return found
    for file in folder.iterdir():
        if file.name.endswith(".mo"):
            with file.open("rb") as stream:
                catalog = gettext.GNUTranslations(stream)
            catalog.add_fallback(found)
            found = catalog
    return found


def say(language: str) -> Callable[[str], str]:
    """The translator of *language*; English where it is not known."""
    return translations(language).gettext
