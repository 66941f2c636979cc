"""
The list of languages. A new language needs an entry here and a folder of catalogues in live/locale.

Some content exists in a few languages only. For other languages, examples and the answers of pretend participants are
in English, a word cloud leaves no words out and merges no inflections, and the page about those who run the server is
in bokmål. Recovery phrases are bokmål for everybody.
"""

from msgspec import Struct


class Language(Struct, frozen=True):
    name: str  # in the language itself; a workshop file may use it too
    tag: str  # with the country, as office documents need it (BCP 47)
    words: tuple[str, ...] = ()  # other names a workshop file may use; the first is used in a Norwegian workshop text
    readers_of: tuple[str, ...] = ()  # languages not supported yet, whose readers get this one instead
    day: str = "{day}. {month} {year}"
    date: str = "%d.%m.%Y"
    time: str = "kl. %H.%M"
    decimal: str = ","
    thousands: str = "\u00a0"
    percent: str = "{}\u00a0%"


# In the order of the menu.
LANGUAGES = {
    "nb": Language("Bokmål", "nb-NO", words=("norsk", "no"), readers_of=("no", "da", "sv")),
    "nn": Language("Nynorsk", "nn-NO"),
    "en": Language(
        "English", "en-GB", words=("engelsk",),
        day="{day} {month} {year}", date="%Y-%m-%d", time="%H:%M", decimal=".", thousands=",", percent="{}%",
    ),
}  # fmt: skip
DEFAULT = "nb"


def of(code: str) -> Language:
    """The language *code*; the default one where a kept page names a language that was removed since."""
    return LANGUAGES.get(code, LANGUAGES[DEFAULT])


def for_reader(code: str) -> str | None:
    """The language to show readers of *code* (two or three letters): that language, or one they can read; or None."""
    if code in LANGUAGES:
        return code
    return next((one for one, language in LANGUAGES.items() if code in language.readers_of), None)
