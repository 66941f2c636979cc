"""Cleans text as people send it (invisible characters, spaces, line breaks), and counts its characters as people do."""

import re
import unicodedata
from collections.abc import Iterable

import regex

# A longer text is refused before any work is done on it; 1,000 graphemes of ordinary writing fit into it.
MOST_CHARACTERS = 6_000
MARKS_PER_LETTER = 3
CHARACTERS_PER_GRAPHEME = 12  # the longest emoji in use have 10; any number of joined ones would count as one grapheme
# Fast path for what nearly everybody writes: one line of Western European letters with single spaces. Such a text needs
# no cleaning and each of its characters is one grapheme. To see that takes 1 µs; the general way takes 8 µs.
is_plain = re.compile("[!-~À-ÖØ-öø-ÿ]+(?: [!-~À-ÖØ-öø-ÿ]+)*").fullmatch
_graphemes = regex.compile(r"\X")
_line_ends = regex.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")  # a word processor ends lines within a paragraph with \v
_unwanted = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff--\n]", regex.V1)
_marks = regex.compile(rf"(\p{{M}}{{{MARKS_PER_LETTER}}})\p{{M}}+")
# Nothing of these is seen: fillers, a braille cell without dots, marks for interlinear notes, a note without a head.
_unseen = r"\p{Default_Ignorable_Code_Point}\s\u2800\ufff9-\ufffb\U0001d159"
visible = regex.compile(rf"[^{_unseen}\p{{M}}]")
_around = regex.compile(  # what is no part of an emoji or of a letter with marks
    r"^[{0}]+|(?:(?!\p{{M}}|\u200d|[\U000e0020-\U000e007f])[{0}])+$".replace("{0}", _unseen).replace("{{M}}", "{M}")
)
_spaces = regex.compile(r"[^\S\n]+")
_lines = regex.compile(r"\n{3,}")


def clean(text: str) -> str:
    """
    *text* in NFC, without control and bidi-override characters, with at most three marks on a letter.

    Source: Unicode Annex 9 (overrides and isolates U+202A..2E, U+2066..69) and Annex 15 (NFC).
    """
    text = unicodedata.normalize("NFC", _line_ends.sub("\n", text).replace("\t", " "))
    text = _marks.sub(r"\1", _unwanted.sub("", text))
    return _lines.sub("\n\n", _spaces.sub(" ", text)).strip()


# Three of the flags are a black flag and tags, which say of which country.
_ignorable = regex.compile(r"(?:(?!(?<=\U0001f3f4[\U000e0020-\U000e007f]*)[\U000e0020-\U000e007f])\p{DI})+")


def without_ignorable(text: str) -> str:
    """*text* without what has no sign of its own: soft hyphens, joiners, variation selectors (Unicode's DI)."""
    return text if text.isascii() else _ignorable.sub("", text)


def visible_places(text: str) -> list[int]:
    """The places in *text* of the characters that `without_ignorable` leaves."""
    unseen = set[int]()
    for found in _ignorable.finditer(text):
        unseen.update(range(*found.span()))
    return [place for place in range(len(text)) if place not in unseen]


def clean_visible(text: str) -> str:
    """*text* as `clean` leaves it, without what is not seen at its ends; empty where nothing in it is seen."""
    text = clean(text[:MOST_CHARACTERS])
    return _around.sub("", text) if visible.search(text) else ""


def clean_name(text: str) -> str:
    """`clean_visible` on one line, for whatever people are to find again by its name."""
    return " ".join(clean_visible(text).split())


def graphemes(text: str) -> int:
    """How many characters a person would count (Unicode Annex 29)."""
    return len(_graphemes.findall(text))


def joined(names: Iterable[str], separator: str = "; ") -> str:
    """
    *names* as one text. With the semicolon it can be taken apart again: a name that has one in it, or begins with a
    quote, stands in quotes, and quotes in it are doubled. Where commas part them, semicolons do if a name has a comma.
    """
    every = list(names)
    if separator == ", ":
        return ("; " if any("," in name for name in every) else separator).join(every)
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in every if ";" in name or name.startswith('"')}
    return separator.join(quoted.get(name, name) for name in every)
