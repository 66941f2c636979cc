"""
Three words that find a phone's answers again from any device (docs/security.md, «Three words»).

The words follow from the phone's own token, so that it can be shown them again and nobody else can; a meeting keeps a
keyed hash of them, and never the words.
"""

import hmac
import re
import unicodedata
from hashlib import sha256

from live.errors import Refused
from live.events import Event, ReceiptMade
from live.room import Room
from live.rules.commands import KeepRecoveryPhrase
from live.rules.recovery_words import WORDS

LENGTH = 3
MOST_TYPED = 200  # characters
_FOLDS = (("å", "a"), ("ø", "o"), ("æ", "a"), ("ä", "a"), ("ö", "o"), ("aa", "a"), ("oe", "o"), ("ae", "a"))


def keep(room: Room, command: KeepRecoveryPhrase, now: int) -> list[Event]:
    owner = room.people.recovery_phrases.get(command.id)
    if owner not in (None, command.phone):
        raise Refused("not-yours")
    return [] if owner else [ReceiptMade(at=now, phone=command.phone, mark=command.id)]


def fold(word: str) -> str:
    """A word as it counts, whichever way its letters are typed."""
    word = unicodedata.normalize("NFKC", word).casefold()
    for one, other in _FOLDS:
        word = word.replace(one, other)
    return word


def draw(secret: bytes, code: str, token: str, attempt: int) -> tuple[str, ...]:
    """The words of the phone with that *token*. Two phones may have drawn the same: then another *attempt* counts."""
    drawn = hmac.digest(secret, f"words|{code}|{token}|{attempt}".encode(), sha256)
    number = int.from_bytes(drawn)
    return tuple(WORDS[number >> 11 * place & 2047] for place in range(LENGTH))


_KNOWN = {fold(word) for word in WORDS}


def read(typed: str) -> list[str]:
    """Words as somebody types them, folded: in that order, whatever stands between them."""
    found = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", typed[:MOST_TYPED]))
    return [fold(word) for word in found]


def possible(typed: str) -> bool:
    """Whether it could be a receipt at all; what could not is a slip, and no guess."""
    words = read(typed)
    return len(words) == LENGTH and set(words) <= _KNOWN


def mark(secret: bytes, code: str, typed: str) -> str:
    """The keyed hash of what is typed. What is no receipt has one too, and so costs the same work."""
    return hmac.digest(secret, f"receipt|{code}|{' '.join(read(typed))}".encode(), sha256).hex()
