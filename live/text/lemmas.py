"""
Finds the base form (lemma) of a word, the same for all its inflections and for its bokmål and nynorsk spellings.

Words with one base form are counted as one word; the base form itself is never shown. Needs the optional dependencies
`language`; without them a word is its own base form. The library simplemma knows the forms of single words. This file
corrects its most frequent errors: nouns that are also forms of a verb (*buss* is not *busse*), comparatives with
another root (*bedre* is not *god*), compounds that it does not know, and nynorsk (*skule* is *skole*).
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import metadata, util

DICTIONARIES = {"nb": ("nb", "nn"), "nn": ("nn", "nb"), "se": ("se", "nb", "nn"), "en": ("en",)}
LONGEST = 60  # characters; anything longer is not a word, and is not searched for the parts of a compound
SHORTEST_PART = 3  # letters of a compound's first part; its last has one more

_NOUN_ENDINGS = ("en", "et", "a", "n", "t", "ene", "ane")
_ENDINGS = ("en", "et", "a", "n", "t", "er", "ar", "ene", "ane")
# From a nynorsk spelling, or the rarer of two allowed ones, to the spelling it is counted as. Applied in this order and
# anywhere in a word, unless ^ or $ says otherwise, because compounds contain them too. The result need not be a real
# word; it only must be the same for both spellings.
_SPELLINGS = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("é|è|ê", "e"), ("ó|ò|ô", "o"), ("einsemd", "ensomhet"), ("kjærleik", "kjærlighet"), ("semd$", "somhet"),
        ("(?<=[a-zæøå]{3})leik$", "het"), ("heit$", "het"), ("mogleg", "mulig"), ("leg(?=$|het)", "lig"),
        ("(?<!sp)eining", "ening"), ("eigedom", "eiendom"), ("verknad", "virkning"), ("verksem", "virksom"),
        ("løysing", "løsning"), ("høyring", "høring"), ("tenest", "tjenest"), ("byggj", "bygg"), ("kyrkj", "kirk"),
        ("ferj", "ferg"), ("skul(?=e|$)", "skol"), ("veg(?!g)", "vei"), ("frem", "fram"), ("^frå", "fra"),
        ("sjølv|sjøl(?=v|s|b)", "selv"), ("fleir", "fler"), ("meir", "mer"), ("heim", "hjem"), ("heil", "hel"),
        ("sjuk", "syk"), ("leik", "lek"), ("^open", "åpen"), ("utval$", "utvalg"), ("(?<!ne)val$", "valg"),
        ("tilbod", "tilbud"), ("bustad", "bolig"), ("stad$", "sted"), ("gard$", "gård"), ("symj", "svømm"),
        ("hamn", "havn"), ("namn", "navn"), ("jamn", "jevn"), ("saman", "sammen"), ("^aust", "øst"), ("vatn", "vann"),
        ("straum", "strøm"), ("draum", "drøm"), ("^høg", "høy"), ("^låg(?!e)", "lav"), ("spel", "spill"),
        ("^utan", "uten"), ("^betre", "bedre"), ("truverd", "troverd"), ("^auke", "øke"), ("(?<=[a-zæøå]{3})ar$", "er"),
        ("leiar", "leder"), ("leier$", "leder"), ("^røyst", "stemme"), ("avgjerd$", "avgjørelse"),
    )
]  # fmt: skip
_VOWELS = re.compile("[aeiouyæøåé]")
_REPEATED = re.compile(r"(.)\1+")


@cache
def method() -> str:
    """
    The library that finds base forms, with its version, because another version may give other results. Empty: it is
    not installed.
    """
    if util.find_spec("simplemma") is None:
        return ""
    return f"simplemma {metadata.version('simplemma')}"


@cache
def load(language: str) -> tuple[Mapping[str, str], ...]:
    """
    The dictionaries for a room in *language*, none when it is not in `DICTIONARIES`.

    Reading them the first time takes half a second: do it in a thread. Norwegian ones take 80 MB and stay in memory.
    """
    if not method():
        return ()
    from simplemma.strategies.dictionaries import dictionary_factory

    found = dictionary_factory.DEFAULT_DICTIONARY_FACTORY
    return tuple(found.get_dictionary(one) for one in DICTIONARIES.get(language, ()))


@lru_cache(maxsize=50_000)
def base(word: str, language: str) -> str:
    """The base form of *word* (already folded) in a room in *language*. A compound is one word, never its parts."""
    if not method() or len(word) > LONGEST:
        return word
    dictionaries = load(language)
    found = _lemma(word, dictionaries) or _genitive(word, dictionaries) or _compound_lemma(word, dictionaries) or word
    return respelled(found) if "nb" in DICTIONARIES.get(language, ()) else found


def _lemma(word: str, dictionaries: tuple[Mapping[str, str], ...]) -> str:
    """The base form by the dictionaries; empty when none has the word."""
    found = [lemma.casefold() for dictionary in dictionaries if (lemma := dictionary.get(word))]
    if not found:  # a name, a misspelling, or one of the places where a compound is tried: so most lookups end here
        return ""
    likely = [lemma for lemma in found if _same_root(word, lemma)]
    if word in likely:
        return word
    roots = [_noun_for_verb(word, lemma, dictionaries) for lemma in likely]
    if _noun(word, dictionaries):
        roots = [root for root in roots if word.startswith(root) and (word == root + "e" or _noun(root, dictionaries))]
    return min(roots, key=len, default=word)


def _noun(word: str, dictionaries: tuple[Mapping[str, str], ...]) -> bool:
    """
    Whether *word* is a noun: the dictionaries have a noun form of it, such as *bussen*, with *word* as its base form.
    """
    return any(dictionary.get(word + ending) == word for dictionary in dictionaries for ending in _NOUN_ENDINGS)


def _noun_for_verb(word: str, lemma: str, dictionaries: tuple[Mapping[str, str], ...]) -> str:
    """The noun instead of a verb with the same forms: *busser* is a form of *buss*, not of *busse*."""
    stem = lemma[:-1]
    ended = lemma[-1:] in ("e", "a") and word.startswith(stem) and word[len(stem) :] in _ENDINGS
    return stem if ended and _noun(stem, dictionaries) else lemma


def _same_root(word: str, lemma: str) -> bool:
    """Whether the two have the same root: *bøker* and *bok* have, *bedre* and *god* have not."""
    same = next((place for place, (a, b) in enumerate(zip(word, lemma, strict=False)) if a != b), len(lemma))
    if same >= min(3, len(lemma)):
        return True
    consonants = _consonants(lemma)
    return len(consonants) > 1 and word[0] == lemma[0] and _consonants(word).startswith(consonants)


def _consonants(word: str) -> str:
    return _REPEATED.sub(r"\1", _VOWELS.sub("", word))


def _genitive(word: str, dictionaries: tuple[Mapping[str, str], ...]) -> str:
    return _lemma(word[:-1], dictionaries) if word.endswith("s") and len(word) > SHORTEST_PART + 1 else ""


def _compound_lemma(word: str, dictionaries: tuple[Mapping[str, str], ...]) -> str:
    """
    A compound with its last part in base form: the longest last part that the dictionaries have. The first part may be
    any letters, because people make new compounds all the time.
    """
    for place in range(SHORTEST_PART, len(word) - SHORTEST_PART):
        if last := _lemma(word[place:], dictionaries):
            return word[:place] + last
    return ""


def respelled(word: str) -> str:
    """*word* (folded) as bokmål would spell it, mostly. It needs no dictionary."""
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word
