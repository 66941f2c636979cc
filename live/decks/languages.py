"""Tells in which language a deck is written."""

import re
from collections.abc import Mapping

from live.i18n.languages import DEFAULT, for_reader

# Words that one language has and its neighbours write in another way.
_WORDS = {
    "nb": {"og", "ikke", "hva", "hvordan", "jeg", "hvorfor", "noen", "fra", "mer", "være", "hvem", "hvis"},
    "nn": {"og", "ikkje", "kva", "korleis", "eg", "kvifor", "nokon", "frå", "meir", "vere", "kven", "dei"},
    "en": {"the", "and", "of", "is", "what", "how", "we", "why", "with", "from", "for", "not"},
}
MOST = 100_000


def of_deck(marked: Mapping[str, int], text: str) -> str:
    """
    *marked*: characters by language (two letters). Marked as Norwegian, it may be either form: its words decide, as
    decks in nynorsk are often marked as bokmål.
    """
    spoken = max(marked, key=lambda code: marked[code], default="")
    known = for_reader(spoken)
    guess = of_text(text)
    if known is None or {known, guess} == {"nb", "nn"}:
        return guess
    return known


def of_text(text: str) -> str:
    """The language with most words in *text*; the usual one where there are none."""
    words = re.findall(r"[^\W\d_]+", text[:MOST].casefold())
    found = {code: sum(word in known for word in words) for code, known in _WORDS.items()}
    best = max(found, key=lambda code: found[code])
    return best if found[best] else DEFAULT
