"""
The recovery phrase: three words that find a phone's answers from any device (docs/security.md, «Three words»).

The words are derived from the phone's own token, so that they can be shown again to this phone and to nobody else. A
room keeps a keyed hash of them, and never the words.
"""

import hmac
import re
import unicodedata
from hashlib import sha256

from live.errors import Refused
from live.events import Event, ReceiptMade
from live.room import Room
from live.rules.commands import KeepRecoveryPhrase
from live.text.recovery_words import WORDS

LENGTH = 3
MOST_TYPED = 200  # characters
_FOLDS = (("å", "a"), ("ø", "o"), ("æ", "a"), ("ä", "a"), ("ö", "o"), ("aa", "a"), ("oe", "o"), ("ae", "a"))


def keep(room: Room, command: KeepRecoveryPhrase, now: int) -> list[Event]:
    owner = room.people.recovery_phrases.get(command.id)
    if owner not in (None, command.phone):
        raise Refused("not-yours")
    return [] if owner else [ReceiptMade(at=now, phone=command.phone, mark=command.id)]


def fold(word: str) -> str:
    """A word in one spelling, however its letters were typed."""
    word = unicodedata.normalize("NFKC", word).casefold()
    for letter, plain in _FOLDS:
        word = word.replace(letter, plain)
    return word


def draw(secret: bytes, code: str, token: str, attempt: int) -> tuple[str, ...]:
    """
    The words of the phone with that *token*. If another phone in the room already has these words, the next *attempt*
    gives others.
    """
    drawn = hmac.digest(secret, f"words|{code}|{token}|{attempt}".encode(), sha256)
    number = int.from_bytes(drawn)
    return tuple(WORDS[number >> 11 * place & 2047] for place in range(LENGTH))


_FOLDED = {fold(word) for word in WORDS}


def read(typed: str) -> list[str]:
    """The words that somebody typed, folded and in order; anything may stand between them."""
    found = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", typed[:MOST_TYPED]))
    return [fold(word) for word in found]


def possible(typed: str) -> bool:
    """Whether it could be a phrase at all. If not it is a typing error, and does not count as a guess."""
    words = read(typed)
    return len(words) == LENGTH and set(words) <= _FOLDED


def mark(secret: bytes, code: str, typed: str) -> str:
    """The keyed hash of what was typed. An impossible phrase has one too, so that it takes the same work."""
    return hmac.digest(secret, f"receipt|{code}|{' '.join(read(typed))}".encode(), sha256).hex()
