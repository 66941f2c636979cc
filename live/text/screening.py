"""
Flags texts that a facilitator should read before the hall does: names, statements about somebody's health, contact
details, ID numbers, rude words, links.

A flag says nothing about whoever wrote the text: a name may be a street, and a rude word a quotation. So a person
decides, and until then the answer waits.
"""

import regex

from live.text import health, person_names, rude_words
from live.text.normalize import without_ignorable

SCREENING = 1  # stored when an activity starts: flagged answers to it wait until somebody releases them
NAME, PHONE, EMAIL, ID_NUMBER, LINK, RUDE, HEALTH = "name", "phone", "email", "id-number", "link", "rude", "health"

TITLES = """
ordfører ordføreren ordførar ordføraren varaordfører varaordføreren varaordførar varaordføraren rådmann rådmannen
kommunedirektør kommunedirektøren rektor rektoren lærer læreren lærar læraren lege legen sykepleier sykepleieren
sjukepleiar sjukepleiaren saksbehandler saksbehandleren sakshandsamar sakshandsamaren lensmann lensmannen
politimester politimesteren politimeister politimeisteren prest presten leder lederen leiar leiaren styreleder
styrelederen styreleiar styreleiaren nabo naboen professor professoren kommunalsjef kommunalsjefen rådgiver
rådgiveren familien onkel tante herr fru frøken dr mayor mr mrs ms miss
"""
ABBREVIATED = 3  # letters of «dr.», «mrs.»; after a longer word a full stop ends the sentence
_titles = frozenset(TITLES.split())

word = regex.compile(r"\p{L}+(?:['’\-‐‑]\p{L}+)*")
_named = regex.compile(r"\b(\p{L}+)\.? \p{Lu}\p{Ll}")
_digit = regex.compile(r"\d")
# The ways Norwegians write a phone number of eight digits; two years with a space between them must not match.
phone = regex.compile(
    r"(?<![\d.,])(?:(?:\+|00)\d{2} ?)?(?:[2-9]\d{7}|[2-9]\d{2} \d{2} \d{3}|[2-9]\d \d{2} \d{2} \d{2})(?![\d])"
)
email = regex.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w{2,}")
id_number = regex.compile(r"(?<!\d)\d{6} ?\d{5}(?!\d)")
link = regex.compile(r"\b(?:https?://|www\.)\S|\b[\w-]{2,63}\.(?:no|com|net|org|info)\b", regex.IGNORECASE)


def flags(text: str) -> tuple[str, ...]:
    """The flags of *text*, most serious first: id-number, phone, email, health, name, rude, link."""
    text = without_ignorable(text)  # a soft hyphen hides no word
    found = []
    folded = text.casefold()
    words = word.findall(email.sub(" ", text) if "@" in text else text)
    in_order = [one.casefold() for one in words]
    different = frozenset(in_order)
    if "-" in folded:
        different |= frozenset(part for one in in_order for part in one.split("-"))
    if _digit.search(text):
        found += [ID_NUMBER] if id_number.search(text) else []
        found += [PHONE] if phone.search(text) else []
    if "@" in text and email.search(text):
        found.append(EMAIL)
    if (not different.isdisjoint(health.WORDS) or "ME" in words) and health.finds(text):
        found.append(HEALTH)
    if _has_title(text, different) or person_names.finds(words, in_order):
        found.append(NAME)
    if rude_words.finds(folded, different):
        found.append(RUDE)
    if ("." in text or "://" in text) and link.search(email.sub(" ", text)):
        found.append(LINK)
    return tuple(found)


def name_flags(text: str) -> tuple[str, ...]:
    """The flags of what somebody gave as their name: those of any text, but that it is a name."""
    return tuple(flag for flag in flags(text) if flag != NAME)


def _has_title(text: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(_titles) and any(title.casefold() in _titles for title in _before_names(text))


def _before_names(text: str) -> list[str]:
    """Words that stand before a word with a capital letter, without those that end a sentence."""
    return [match[1] for match in _named.finditer(text) if "." not in match[0] or len(match[1]) <= ABBREVIATED]


def places_after_titles(text: str) -> list[int]:
    """Where in *text* a name begins that has a title before it."""
    return [
        match.end() - 2
        for match in _named.finditer(text)
        if match[1].casefold() in _titles and ("." not in match[0] or len(match[1]) <= ABBREVIATED)
    ]
