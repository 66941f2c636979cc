"""
The languages people are spoken to in. A new one takes a line here and its folder of catalogues in live/locale.

What is content and not sentences falls back where a language has none of its own: examples and what pretend
participants answer are then English, no words are left out of a cloud and none are brought to one form, and a page of
those who run the server is bokmål. The words of a receipt are bokmål for everybody.
"""

from msgspec import Struct


class Language(Struct, frozen=True):
    name: str  # as its readers call it; a workshop file may write it too
    tag: str  # with the country, as office documents want it (BCP 47)
    words: tuple[str, ...] = ()  # what else a workshop file may write; the first stands in a text in Norwegian
    readers_of: tuple[str, ...] = ()  # the languages whose readers get this one, until they have one of their own
    day: str = "{day}. {month} {year}"
    date: str = "%d.%m.%Y"
    time: str = "kl. %H.%M"
    decimal: str = ","
    percent: str = "{}\u00a0%"


# In the order of the menu.
LANGUAGES = {
    "nb": Language("Bokmål", "nb-NO", words=("norsk", "no"), readers_of=("no", "da", "sv")),
    "nn": Language("Nynorsk", "nn-NO"),
    "en": Language(
        "English", "en-GB", words=("engelsk",),
        day="{day} {month} {year}", date="%Y-%m-%d", time="%H:%M", decimal=".", percent="{}%",
    ),
}  # fmt: skip
DEFAULT = "nb"


def of(code: str) -> Language:
    """The line of *code*; the default one where a page that was kept names a language that is here no more."""
    return LANGUAGES.get(code, LANGUAGES[DEFAULT])


def read_by(code: str) -> str | None:
    """The language for readers of *code*, two or three letters: their own, or the one that is read for it."""
    if code in LANGUAGES:
        return code
    return next((one for one, language in LANGUAGES.items() if code in language.readers_of), None)
