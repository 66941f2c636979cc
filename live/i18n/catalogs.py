"""
Loads the gettext catalogues in live/locale. The English sentence is the key, and is shown where nothing is translated.
"""

import gettext
from collections.abc import Callable
from functools import cache
from importlib.resources import files

LOCALES = files("live") / "locale"


def N_(message: str) -> str:
    """Marks *message* so that it is found for the catalogues; it is translated later, when it is shown."""
    return message


@cache
def translations(language: str) -> gettext.NullTranslations:
    """All catalogues of *language* as one. Their order does not matter, as each sentence is in only one of them."""
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


def translator(language: str) -> Callable[[str], str]:
    """A function that translates into *language*; for an unknown language it returns the English sentence."""
    return translations(language).gettext
