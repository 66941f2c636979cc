"""
The form that stands for all inflections of a word, and for its bokmål and nynorsk spellings. Nobody is shown it.

Needs the extra `language`; without it a word stands for itself. simplemma knows the forms of single words. What it
errs in most is ours to mend: words that are also forms of a verb (*buss* is not *busse*), comparatives of another root
(*bedre* is not *god*), compounds it has not met, and it does not know that *skule* is *skole*.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import metadata, util

LOOKED_AT = {"nb": ("nb", "nn"), "nn": ("nn", "nb"), "se": ("se", "nb", "nn"), "en": ("en",)}
LONGEST = 60  # characters; a longer word is no word, and is not searched for parts
SHORTEST_PART = 3  # letters of a compound's first part; its last has one more

_OF_NOUNS = ("en", "et", "a", "n", "t", "ene", "ane")
_ENDINGS = ("en", "et", "a", "n", "t", "er", "ar", "ene", "ane")
# Nynorsk, or the rarer form of two that are both allowed, to what it is counted as. Anywhere in a word where no ^ or $
# says otherwise, for compounds have them too; in that order. What comes out need be no word, only the same for both.
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
_DOUBLED = re.compile(r"(.)\1+")


@cache
def method() -> str:
    """What reads words here, with its version: others may read some words in another way. Empty: nothing does."""
    if util.find_spec("simplemma") is None:
        return ""
    return f"simplemma {metadata.version('simplemma')}"


@cache
def load(language: str) -> tuple[Mapping[str, str], ...]:
    """
    The dictionaries for a room in *language*, none where `LOOKED_AT` does not have it. The first time it takes half a
    second of reading: do it in a thread.

    Norwegian ones take 80 MB, and stay.
    """
    if not method():
        return ()
    from simplemma.strategies.dictionaries import dictionary_factory

    found = dictionary_factory.DEFAULT_DICTIONARY_FACTORY
    return tuple(found.get_dictionary(one) for one in LOOKED_AT.get(language, ()))


@lru_cache(maxsize=50_000)
def base(word: str, language: str) -> str:
    """What *word*, folded, is counted as in a room in *language*: a compound as a whole, never as one of its parts."""
    if not method() or len(word) > LONGEST:
        return word
    books = load(language)
    found = _known(word, books) or _owner(word, books) or _compound(word, books) or word
    return _spelt(found) if "nb" in LOOKED_AT.get(language, ()) else found


def _known(word: str, books: tuple[Mapping[str, str], ...]) -> str:
    """By the dictionaries; empty when none has it."""
    found = [lemma.casefold() for book in books if (lemma := book.get(word))]
    if not found:  # most words that nobody has used before: a name, a slip, each piece that a compound is tried at
        return ""
    likely = [lemma for lemma in found if _likely(word, lemma)]
    if word in likely:
        return word
    roots = [_without_verb(word, lemma, books) for lemma in likely]
    if _noun(word, books):
        roots = [root for root in roots if word.startswith(root) and (word == root + "e" or _noun(root, books))]
    return min(roots, key=len, default=word)


def _noun(word: str, books: tuple[Mapping[str, str], ...]) -> bool:
    """Whether forms of *word* are said to be its. A noun is looked up as the verb of the same letters otherwise."""
    return any(book.get(word + ending) == word for book in books for ending in _OF_NOUNS)


def _without_verb(word: str, lemma: str, books: tuple[Mapping[str, str], ...]) -> str:
    """*busser*, said to be of *busse*, is of *buss*."""
    stem = lemma[:-1]
    ended = lemma[-1:] in ("e", "a") and word.startswith(stem) and word[len(stem) :] in _ENDINGS
    return stem if ended and _noun(stem, books) else lemma


def _likely(word: str, lemma: str) -> bool:
    """Whether the two have a root in common: *bøker* and *bok*, but not *bedre* and *god*."""
    same = next((place for place, (a, b) in enumerate(zip(word, lemma, strict=False)) if a != b), len(lemma))
    if same >= min(3, len(lemma)):
        return True
    bones = _bones(lemma)
    return len(bones) > 1 and word[0] == lemma[0] and _bones(word).startswith(bones)


def _bones(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _owner(word: str, books: tuple[Mapping[str, str], ...]) -> str:
    return _known(word[:-1], books) if word.endswith("s") and len(word) > SHORTEST_PART + 1 else ""


def _compound(word: str, books: tuple[Mapping[str, str], ...]) -> str:
    """With the longest last part that is known in its base form. The first part is any letters, as people make them."""
    for place in range(SHORTEST_PART, len(word) - SHORTEST_PART):
        if last := _known(word[place:], books):
            return word[:place] + last
    return ""


def _spelt(word: str) -> str:
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word
