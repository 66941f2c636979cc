"""Text as people send it: cleaned of what nobody can see, and counted by the letters a reader counts."""

import re
import unicodedata

import regex

# A text of so many characters is refused before any work is done on it; 1,000 graphemes of ordinary writing fit.
MOST_CHARACTERS = 6_000
MARKS_PER_LETTER = 3
CHARACTERS_PER_GRAPHEME = 12  # the longest emoji in use have 10; joined without end they would be one
# What nearly everybody writes: one line, letters of Western Europe in one piece, single spaces. Nothing needs cleaning
# there, and each character is one for people too, which takes 1 µs to see and 8 to find out the long way.
is_plain = re.compile("[!-~À-ÖØ-öø-ÿ]+(?: [!-~À-ÖØ-öø-ÿ]+)*").fullmatch
_graphemes = regex.compile(r"\X")
_unwanted = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff--\n]", regex.V1)
_marks = regex.compile(rf"(\p{{M}}{{{MARKS_PER_LETTER}}})\p{{M}}+")
visible = regex.compile(r"[^\p{Default_Ignorable_Code_Point}\p{M}\s\u2800]")
_spaces = regex.compile(r"[^\S\n]+")
_lines = regex.compile(r"\n{3,}")


def clean(text: str) -> str:
    """
    What people see of *text*: NFC, no control or bidi-override characters, at most three marks on a letter.

    Source: Unicode Annex 9 (overrides and isolates U+202A..2E, U+2066..69) and Annex 15 (NFC).
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    text = _marks.sub(r"\1", _unwanted.sub("", text))
    return _lines.sub("\n\n", _spaces.sub(" ", text)).strip()


def graphemes(text: str) -> int:
    """How many characters a person would count (Unicode Annex 29)."""
    return len(_graphemes.findall(text))
