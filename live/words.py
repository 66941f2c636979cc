"""The words of many answers, counted as answers come and go."""

import unicodedata
from heapq import nsmallest

import regex
from msgspec import Struct, field

# What Norwegians write most and mean least, in both written languages at once: a hall answers in both.
_NORWEGIAN = """
alle alt altså andre at av bare begge ble blei bli blir blitt bør både da de deg dei deira dem den denne der dere
deres det dette di din disse ditt du dykk dykkar då eg ei ein eit eitt eller elles en enn er et ett etter finnes
fleire flere for fordi fra frå før få får fått ganske gi gir gjennom gjer gjere gjør gjøre ha hadde han hans har hatt
henne hennes her ho hun hva hvem hver hvert hvilke hvilken hvis hvor hvordan hvorfor i igjen ikke ikkje imellom inn
innan innen ja jeg kan kanskje kor korleis kunne kva kvar kvart kven kvifor la litt man mange med medan meg meir
mellom men mens mer mest mi min mindre mitt mot mye mykje må måtte nei no noe noen noko nokon nokre nå når og også om
opp oss over på sa samt seg sei selv si sidan siden sin sine sitt sjøl sjølv skal skulle slik slike som så sånn til
tilbake um under ut utan uten var ved vere vert vi vil ville vite vore være vært vår våre vårt å
"""
_ENGLISH = """
a about all also am an and any are as at be because been being but by can could did do does doing don't each few for
from get had has have having he her here him his how i i'm if in into is isn't it it's its just let's like make many
me more most much must my no not of on one only or other our out over own same she should so some such than that
that's the their them then there these they this those through to too under up us very was we we're were what when
where which while who why will with would you your
"""
STOP_WORDS = {
    "nb": frozenset(_NORWEGIAN.split()),
    "nn": frozenset(_NORWEGIAN.split()),
    "en": frozenset(_ENGLISH.split()),
}

# Letters keep their marks, and hyphens and apostrophes inside a word. The joints are no letters, so there is
# one way only to read any text, and reading it takes time in proportion to its length.
_token = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-‐‑][\p{L}\p{M}\p{N}]+)*")
# A set of characters and not a pattern: `[…]+$` would try again from each of a thousand dots in the middle of a text.
_AROUND = " .,;:!?…·•*\"'" + "".join(
    mark for mark in map(chr, range(0x3100)) if unicodedata.category(mark) in {"Ps", "Pe", "Pi", "Pf", "Pd"}
)


def trim(text: str) -> str:
    """*text* on one line, without the punctuation around it; as it is where there is nothing else."""
    line = " ".join(text.split())
    return line.strip(_AROUND) or line


def fold(text: str) -> str:
    """
    What two spellings of one word have in common.

    Source: compatibility caseless matching, D146 in chapter 3.13 of the Unicode standard.
    """
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return trim(unicodedata.normalize("NFKC", once.casefold())).replace("’", "'")


def split(text: str, language: str) -> list[str]:
    """The words of running text as typed, without stop words, numbers and lone letters."""
    stop = STOP_WORDS.get(language, frozenset())
    return [
        word
        for word in _token.findall(text)
        if len(word) > 1 and not word.isnumeric() and fold(word) not in stop
    ]  # fmt: skip


class _Word(Struct):
    """One folded word: what each phone that used it weighed each time, and its spellings with their arrivals."""

    count: int = 0
    first: int = 0
    phones: dict[str, list[int]] = field(default_factory=dict)
    spellings: dict[str, dict[int, None]] = field(default_factory=dict)
    shown: str | None = None  # None: to be looked up again


class Words:
    """
    A tally of words. A word counts each phone once, however often the phone uses it.

    `mode` "whole" takes an answer as one entry (a word or a short phrase), "split" takes running text apart.
    """

    def __init__(self, *, language: str, mode: str) -> None:
        self._language = language
        self._whole = mode == "whole"
        self._words: dict[str, _Word] = {}
        self._answers: dict[
            str, tuple[str, int, dict[str, tuple[str, int]]]
        ] = {}  # phone, heads, word: (spelt, arrival)
        self._arrivals = 0
        self._top: list[tuple[str, int]] | None = None
        self._top_n = 0

    @property
    def distinct(self) -> int:
        return len(self._words)

    def add(self, answer: str, phone: str, text: str, *, heads: int = 1) -> None:
        """Count *text*. `heads` is what the phone weighs; where its answers differ, a word counts the heaviest."""
        used: dict[str, tuple[str, int]] = {}
        for typed in [trim(text)] if self._whole else split(text, self._language):
            self._arrivals += 1
            used.setdefault(fold(typed), (typed, self._arrivals))
        used.pop("", None)
        self._answers[answer] = (phone, heads, used)
        self._top = None
        for key, (typed, arrival) in used.items():
            word = self._words.get(key)
            if word is None:
                word = self._words[key] = _Word(first=arrival)
            weights = word.phones.setdefault(phone, [])
            word.count += max(heads, max(weights, default=0)) - max(weights, default=0)
            weights.append(heads)
            word.spellings.setdefault(typed, {})[arrival] = None
            word.shown = None

    def remove(self, answer: str) -> None:
        """As if *answer* had never been added."""
        phone, heads, used = self._answers.pop(answer)
        self._top = None
        for key, (typed, arrival) in used.items():
            word = self._words[key]
            weights = word.phones[phone]
            word.count -= max(weights)
            weights.remove(heads)
            if weights:
                word.count += max(weights)
            else:
                del word.phones[phone]
            del word.spellings[typed][arrival]
            if not word.spellings[typed]:
                del word.spellings[typed]
            word.shown = None
            if not word.phones:
                del self._words[key]
            elif word.first == arrival:
                word.first = min(next(iter(arrivals)) for arrivals in word.spellings.values())

    def top(self, n: int) -> list[tuple[str, int]]:
        """The *n* words most phones used, most first, ties in order of arrival; each spelt as most often typed."""
        if self._top is None or self._top_n != n:
            most = nsmallest(n, self._words.values(), key=lambda word: (-word.count, word.first))
            self._top = [(_shown(word), word.count) for word in most]
            self._top_n = n
        return self._top


def _shown(word: _Word) -> str:
    if word.shown is None:
        word.shown = min(
            word.spellings, key=lambda typed: (-len(word.spellings[typed]), next(iter(word.spellings[typed])))
        )
    return word.shown
