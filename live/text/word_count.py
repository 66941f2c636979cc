"""Counts the words of many answers, and keeps the count right as answers come and go."""

import unicodedata
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter

import regex
from msgspec import Struct, field

from live.text.normalize import without_ignorable
from live.text.word_groups import FOLDING, WordChange, WordGroups, mark

# Stop words: the most frequent words, which say least. Both Norwegian written languages, because people in one meeting
# answer in both.
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
_SAMI = """
ahte ala alde ain bajás berre birra bokte buot buorre čađa dahje dáid dáinna dán dan daid dainna das dás dasa dása dasto
dat dát de diehttelas dii din doai don dovdat du dušše dudno eai eahpi eambbo eanet eará eat ehpet fas ferte fertet
fertejit galgá galgat galget gii gitta go goas gos gosa guhte haga ii iežamet iežan iežas in it jogo juo juohke juos
jus ja leage leat lea lean leamaš leat leaš ledje lei leimmet lihkká liikká maid maiddái man manin manne maŋŋel maŋŋil
mat mii mielde min mis mo moadde moai mu muhtin muhto muhtun mun munno mus ná namalassii nu nugo okta oktan ovdal
ovttas ovddas rádjai rájes sáhttá sáhttit seamma sii sin sis soai son su sus vai vaikko vel veahá vuolde vuollái
"""
STOP_WORDS = {
    "nb": frozenset(_NORWEGIAN.split()),
    "nn": frozenset(_NORWEGIAN.split()),
    "en": frozenset(_ENGLISH.split()),
    "se": frozenset(_SAMI.split()),
}

# A word is letters with their marks, and may have hyphens and apostrophes inside. As these are no letters, the pattern
# can match a text in one way only, and the time it takes grows in proportion to the length of the text.
_token_1 = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-‐‑][\p{L}\p{M}\p{N}]+)*")
_token = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{DI}]*(?:['’\-‐‑][\p{L}\p{N}][\p{L}\p{M}\p{N}\p{DI}]*)*")
# Signs that people type for one another inside a word. NFKC joins some of them, and takes ´ apart.
_SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-") | dict.fromkeys("’‘‛ʼ`´＇", "'"))
# A set of characters and not a pattern: `[…]+$` would try anew at each of a thousand dots in the middle of a text.
_AROUND = " .,;:!?…·•*\"'" + "".join(
    mark for mark in map(chr, range(0x3100)) if unicodedata.category(mark) in {"Ps", "Pe", "Pi", "Pf", "Pd"}
)

LONGEST_CACHED = 40  # characters; longer texts are folded anew each time, so that they do not fill the memory


def trim(text: str) -> str:
    """*text* on one line, without the punctuation around it; as it is where there is nothing else."""
    line = " ".join(text.split())
    return line.strip(_AROUND) or line


def fold(text: str, folding: int = FOLDING) -> str:
    """
    The key under which all spellings of a word are counted.

    Source: toNFKC_Casefold, D146 and R5 in chapter 3.13 of the Unicode standard, with one sign for all hyphens and one
    for all apostrophes. *folding* 1 keeps ignorable characters, and all hyphens apart.
    """
    return _fold_word(text, folding) if len(text) <= LONGEST_CACHED else _fold(text, folding)


def _fold(text: str, folding: int) -> str:
    if folding > 1:
        text = without_ignorable(text).translate(_SIGNS)
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return trim(unicodedata.normalize("NFKC", once.casefold())).replace("’", "'")


_fold_word = lru_cache(maxsize=20_000)(_fold)  # the people of one meeting use the same words again and again


def split(text: str, language: str, folding: int = FOLDING) -> list[str]:
    """
    The words of running text as typed, without numbers, single letters and the stop words of *language*.
    """
    stop = STOP_WORDS.get(language, frozenset())
    found = (_token if folding > 1 else _token_1).findall(text)
    bare = map(without_ignorable, found) if folding > 1 else found
    return [
        word
        for word, seen in zip(found, bare, strict=True)
        if len(seen) > 1 and not seen.isnumeric() and fold(word, folding) not in stop
    ]


class _Form(Struct):
    """One folded word: its spellings, each with the arrivals of its uses, first to last."""

    spellings: dict[str, list[int]] = field(default_factory=dict)

    @property
    def uses(self) -> int:
        return sum(map(len, self.spellings.values()))

    @property
    def first(self) -> int:
        return min(arrivals[0] for arrivals in self.spellings.values())

    @property
    def shown(self) -> str:
        """As most often typed; the first among equals."""
        return min(self.spellings, key=lambda typed: (-len(self.spellings[typed]), self.spellings[typed][0]))


class _Group(Struct):
    """Forms that are counted as one word. `phones` has the weight of every answer of each phone that used the word."""

    count: int = 0
    first: int = 0
    phones: dict[str, list[int]] = field(default_factory=dict)
    forms: dict[str, _Form] = field(default_factory=dict)
    answers: dict[str, None] = field(default_factory=dict)
    shown: str | None = None  # None: to be looked up again


class _AnswerWords(Struct, frozen=True):
    """The words of one answer: folded word -> (as it was spelt, its arrival)."""

    phone: str
    heads: int
    words: dict[str, tuple[str, int]]


class WordCount:
    """
    A tally of words. Each phone counts once for a word, however often it uses the word.

    `mode` "whole": an answer is one entry (a word or a short phrase); "split": it is running text. `word_groups` says
    which words count as one; without it, words that differ only in upper and lower case or in signs do.
    """

    def __init__(self, *, language: str, mode: str, word_groups: WordGroups | None = None) -> None:
        self.word_groups = word_groups or WordGroups(language, "")
        self.quiet: dict[str, None] = {}  # answers none of whose words any other phone has used
        self._language = language
        self._whole = mode == "whole"
        self._groups: dict[str, _Group] = {}
        self._ranks: dict[int, dict[str, int]] = {}  # count -> group -> arrival of its first use
        self._unsorted: set[int] = set()  # counts whose groups in `_ranks` are not in order of arrival
        self._answers: dict[str, _AnswerWords] = {}
        self._shared: dict[str, int] = {}  # answer -> how many of its words another phone has used too
        self._arrivals = 0

    @property
    def distinct(self) -> int:
        return len(self._groups)

    def add(self, answer: str, phone: str, text: str, *, heads: int = 1) -> None:
        """Count *text*. `heads` is the weight of the phone; if its answers differ in it, a word gets the largest."""
        used: dict[str, tuple[str, int]] = {}
        folding = self.word_groups.folding
        for typed in [trim(text)] if self._whole else split(text, self._language, folding):
            self._arrivals += 1
            used.setdefault(fold(typed, folding), (typed, self._arrivals))
        used.pop("", None)
        self._answers[answer] = _AnswerWords(phone, heads, used)
        self._shared[answer] = 0
        self._count(answer, used)

    def remove(self, answer: str) -> None:
        """As if *answer* had never been added."""
        self._uncount(answer, self._answers[answer].words)
        del self._answers[answer], self._shared[answer]
        self.quiet.pop(answer, None)

    def top(self, n: int) -> list[tuple[str, int]]:
        """The *n* words that most phones used, with the count; ties in order of arrival; as most often typed."""
        found: list[tuple[str, int]] = []
        for count in sorted(self._ranks, reverse=True):
            if count in self._unsorted:
                self._unsorted.discard(count)
                self._ranks[count] = dict(sorted(self._ranks[count].items(), key=itemgetter(1)))
            found += [(_shown(self._groups[group]), count) for group in islice(self._ranks[count], n - len(found))]
            if len(found) == n:
                break
        return found

    def fold(self, word: str) -> str:
        """The key of *word* here."""
        return fold(word, self.word_groups.folding)

    def forms(self, word: str) -> list[tuple[str, int]]:
        """The forms counted as *word*: (as most often typed, how often), most first. Empty: nobody used the word."""
        found = self._groups.get(self.word_groups.group(self.fold(word)))
        if found is None:
            return []
        forms = sorted(found.forms.values(), key=lambda form: (-form.uses, form.first))
        return [(form.shown, form.uses) for form in forms]

    def changes(self) -> list[WordChange]:
        """What was merged and split by hand, for an export: it does not reveal words of answers that were deleted."""
        return self.word_groups.masked_changes(form for group in self._groups.values() for form in group.forms)

    def answers_with(self, word: str) -> list[str]:
        """Ids of the answers that have *word* in any form, in order of arrival."""
        found = self._groups.get(self.word_groups.group(self.fold(word)))
        return list(found.answers) if found else []

    def shown_as(self, group: str) -> str:
        """The word that stands for a group; empty when no answer has a word of it any more."""
        return _shown(self._groups[group]) if group in self._groups else ""

    # -- by hand --------------------------------------------------------------------------------------------

    def merge(self, marks: Sequence[str]) -> None:
        """The groups with these marks count as one."""
        groups = dict.fromkeys(map(self.word_groups.merged_into, marks))
        self._regroup(list(groups)[1:], lambda: self.word_groups.record("merged", tuple(marks)))

    def split_off(self, form: str) -> None:
        """The form with this mark counts by itself."""
        group = next((id for id, group in self._groups.items() if any(mark(one) == form for one in group.forms)), "")
        self._regroup([group], lambda: self.word_groups.record("split", (form,)))

    def undo(self) -> None:
        """Reverse the newest merge or split."""
        if self.word_groups.changes:
            self._regroup([self.word_groups.group_of(self.word_groups.changes[-1])], self.word_groups.undo)

    def _regroup(self, groups: Iterable[str], change: Callable[[], None]) -> None:
        """Carry out *change*, which moves only forms that are in *groups* now, and count these forms again."""
        moved: dict[str, list[str]] = {}
        for group in [self._groups[id] for id in groups if id in self._groups]:
            for answer in group.answers:
                forms = [form for form in self._answers[answer].words if form in group.forms]
                moved.setdefault(answer, []).extend(forms)
        for answer, forms in moved.items():
            self._uncount(answer, forms)
        change()
        for answer in sorted(moved, key=lambda one: min(arrival for _, arrival in self._answers[one].words.values())):
            self._count(answer, moved[answer])

    # -- the count ------------------------------------------------------------------------------------------

    def _count(self, answer: str, forms: Iterable[str]) -> None:
        """Count these *forms* of the answer in the groups they belong to now."""
        used = self._answers[answer]
        groups: dict[str, int] = {}
        for form in forms:
            typed, arrival = used.words[form]
            id = self.word_groups.group(form)
            group = self._groups.get(id)
            if group is None:
                group = self._groups[id] = _Group(first=arrival)
            spellings = group.forms.setdefault(form, _Form()).spellings
            insort(spellings.setdefault(typed, []), arrival)
            group.shown = None
            groups[id] = min(groups.get(id, arrival), arrival)
        for id, arrival in groups.items():
            self._add_use(self._groups[id], id, answer, used, arrival)
        if self._shared[answer] or not used.words:
            self.quiet.pop(answer, None)
        else:
            self.quiet[answer] = None

    def _add_use(self, group: _Group, id: str, answer: str, used: _AnswerWords, arrival: int) -> None:
        if answer in group.answers:  # another word of the answer is in the group
            return self._rank(id, group, group.count, min(group.first, arrival))
        before = len(group.phones)
        weights = group.phones.setdefault(used.phone, [])
        increase = max(0, used.heads - max(weights, default=0))
        self._rank(id, group, group.count + increase, min(group.first, arrival))
        weights.append(used.heads)
        group.answers[answer] = None
        if len(group.phones) > 1:
            for one in group.answers if before == 1 else (answer,):
                self._shared[one] += 1
                self.quiet.pop(one, None)

    def _uncount(self, answer: str, forms: Iterable[str]) -> None:
        """Stop counting these *forms* of the answer; they must be all that it has in each of their groups."""
        used = self._answers[answer]
        groups: dict[str, None] = {}
        for form in forms:
            typed, arrival = used.words[form]
            id = self.word_groups.group(form)
            group = self._groups[id]
            spellings = group.forms[form].spellings
            del spellings[typed][bisect_left(spellings[typed], arrival)]
            if not spellings[typed]:
                del spellings[typed]
            if not spellings:
                del group.forms[form]
            group.shown = None
            groups[id] = None
        for id in groups:
            self._remove_use(self._groups[id], id, answer, used)

    def _remove_use(self, group: _Group, id: str, answer: str, used: _AnswerWords) -> None:
        del group.answers[answer]
        self._shared[answer] -= len(group.phones) > 1
        weights = group.phones[used.phone]
        heaviest = max(weights)
        weights.remove(used.heads)
        decrease = heaviest - max(weights, default=0)
        if not weights:
            del group.phones[used.phone]
            if len(group.phones) == 1:
                for one in group.answers:
                    self._shared[one] -= 1
                    if not self._shared[one]:
                        self.quiet[one] = None
        if group.forms:
            self._rank(id, group, group.count - decrease, min(form.first for form in group.forms.values()))
        else:
            self._unrank(id, group)
            del self._groups[id]

    def _rank(self, id: str, group: _Group, count: int, first: int) -> None:
        if count == group.count and first == group.first:
            return
        if group.count:
            self._unrank(id, group)
        group.count, group.first = count, first
        rank = self._ranks.setdefault(count, {})
        if rank and first < next(reversed(rank.values())):
            # Sorted only when asked for: to insert into one sorted list of all words would move half of it each time.
            self._unsorted.add(count)
        rank[id] = first

    def _unrank(self, id: str, group: _Group) -> None:
        rank = self._ranks[group.count]
        del rank[id]
        if not rank:
            del self._ranks[group.count]
            self._unsorted.discard(group.count)


def _shown(group: _Group) -> str:
    if group.shown is None:
        form = min(group.forms.values(), key=lambda form: (-form.uses, form.first))
        group.shown = form.shown
    return group.shown
