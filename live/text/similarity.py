"""
Groups short texts that are similar. The same texts always give the same groups.

Source: TF-IDF (Spärck Jones 1972) over character n-grams of 3 to 5 letters within a word, and over the topics that
words stand for (`live.text.topics`); cosine similarity, and average-linkage clustering (Sokal and Michener 1958).
N-grams and not words, because *møteplass*, *møteplassar* and *møteplassene* have most n-grams in common, and so have
the parts of compounds. Topics, because *ferje* and *buss* have none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log, sqrt

from live.text import lemmas, topics, word_count

MOST_TEXTS = 4000
SHORTEST_NGRAM, LONGEST_NGRAM = 3, 5
# How much of a cosine the topics make up, and the least average cosine at which two groups become one: the first where
# no text has a topic, the second where COVERED of them have one, which makes the cosines larger. Measured with
# bench/labelled.py on the half that was tuned on, also with some of the topics taken away: 0.12 to 0.25 and 0.5 to 0.8
# are all within 0.05 of the best. Rather more n-grams than there: a meeting may be about what `topics` does not know.
TOPICS_SHARE = 0.6
LEAST_WITHOUT_TOPICS, LEAST = 0.06, 0.18
COVERED = 0.75
COMMON = 0.2  # an n-gram in a larger share of the texts says nothing, and would take most of the time
# Pairs are compared among so many texts at a time, so that time grows with the number of texts and not with its square.
BATCH = 500
MOST_OPEN = 150  # groups that texts of later batches are compared with
EXCLUDED = -1.0

# Said of everything in a meeting, and so no sign that two answers are about the same. Stop words for clouds are others:
# there *flere* and *bedre* may be what people want to see counted.
_LITTLE = """
aldri aldrig alle alltid bedre berre betre better bra bruk bruke burde bør børa dokker dæm egentlig ekte enda fleire
fler flere folk folka folkens folket få får gang ganger gi gir gje gjer gjerne gjev gjør god gode godt gongar gonger
ha heile hele hver håper innbyggarane innbyggarar innbygger innbyggere innbyggerne kommuna kommunane kommunar kommune
kommunen kommunene kommuner la lag lage lat lik lot mange meir mer mere mindre municipality må mæ ned need needs nok
nån nånn opp oss people please really should stor store større synes synest synst takk thanks ting treng trenger
trengs tror trur ut veldig viktig viktige want wants would ynskjer åss æ æg ønsker ønskjer
"""
_says_little = frozenset(_LITTLE.split()) | word_count.STOP_WORDS["en"]


def name(texts: Sequence[str], language: str) -> str:
    """
    The word that most *texts* have, as most often typed; one that stands for a topic counts double. Words with the same
    first five letters count as one.
    """
    stems: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for stem, typed in {word_count.fold(typed)[:5]: typed.casefold() for typed in _telling(text, language)}.items():
            stems[stem][typed] += 1
    if not stems:
        return ""
    best = max(stems.values(), key=_telling_most)
    word = best.most_common(1)[0][0]
    return word[:1].upper() + word[1:]


def _telling_most(typed: Counter[str]) -> tuple[int, int]:
    stands_for_one = any(topics.of_word(word_count.fold(word)) for word in typed)
    return typed.total() * (1 + stands_for_one), len(max(typed, key=len))


def alike(texts: Sequence[str], language: str) -> list[list[int]]:
    """
    Groups of two or more similar *texts*, given as indexes; first those that are large and similar. A text may be in no
    group.

    Only the first MOST_TEXTS are compared.
    """
    vectors = _vectors(texts[:MOST_TEXTS], language)
    found = _Groups(vectors, least := _least(vectors))
    waiting: list[int] = []  # in no group yet
    at = 0
    while at < len(vectors):
        waiting = waiting[-BATCH // 2 :]
        upto = at + BATCH - len(waiting)
        waiting += [place for place in range(at, min(upto, len(vectors))) if vectors[place] and not found.take(place)]
        clusters = _clusters(_cosines([vectors[place] for place in waiting]), least)
        for cluster in sorted(clusters, key=len, reverse=True):
            if len(cluster) > 1:
                found.open([waiting[one] for one in cluster])
        waiting = [waiting[cluster[0]] for cluster in clusters if len(cluster) == 1]
        at = upto
    groups = [sorted(group) for group in found.groups]
    return sorted(groups, key=lambda group: (-_mean_cosine(vectors, group) * len(group), group))


class _Groups:
    """
    Groups of texts, by their places among *vectors*; and the sums of their vectors by dimension, to compare a text with
    all groups at once. *least* is the average cosine with a group from which on a text belongs to it.
    """

    def __init__(self, vectors: Sequence[Mapping[str, float]], least: float) -> None:
        self.groups: list[list[int]] = []
        self._least = least
        self._vectors = vectors
        self._sums: dict[str, dict[int, float]] = defaultdict(dict)

    def open(self, group: list[int]) -> None:
        """Add *group*; the first MOST_OPEN can take further texts."""
        self.groups.append(group)
        for place in group:
            self._add(len(self.groups) - 1, place)

    def take(self, place: int) -> bool:
        """Put a text into the group it is most similar to on average. Returns whether it is similar enough."""
        likeness: dict[int, float] = defaultdict(float)
        for dimension, value in self._vectors[place].items():
            for group, total in self._sums.get(dimension, {}).items():
                likeness[group] += value * total
        best = max(likeness, key=lambda group: likeness[group] / len(self.groups[group]), default=-1)
        if best < 0 or likeness[best] < self._least * len(self.groups[best]):
            return False
        self.groups[best].append(place)
        self._add(best, place)
        return True

    def _add(self, group: int, place: int) -> None:
        if group < MOST_OPEN:
            for dimension, value in self._vectors[place].items():
                sums = self._sums[dimension]
                sums[group] = sums.get(group, 0.0) + value


def _mean_cosine(vectors: Sequence[Mapping[str, float]], group: Sequence[int]) -> float:
    """Of all pairs in *group*. By the length of their sum, because the pairs are many: |Σv|² = n + 2 Σ cosines."""
    total: dict[str, float] = defaultdict(float)
    for place in group:
        for dimension, value in vectors[place].items():
            total[dimension] += value
    n = len(group)
    return (sum(value * value for value in total.values()) - n) / (n * (n - 1))


# -- what a text is about ---------------------------------------------------------------------------------------------


def _telling(text: str, language: str) -> list[str]:
    """The words of *text* as typed, without those that say little; with them where it has no others."""
    found = word_count.split(text, language)
    return [word for word in found if word_count.fold(word) not in _says_little] or found


@lru_cache(maxsize=20_000)
def _ngrams(folded: str) -> tuple[str, ...]:
    word = f" {lemmas.respelled(folded)} "
    return tuple(
        word[at : at + length]
        for length in range(SHORTEST_NGRAM, LONGEST_NGRAM + 1)
        for at in range(max(1, len(word) - length + 1))
    )


def _vectors(texts: Sequence[str], language: str) -> list[dict[str, float]]:
    """A vector of length 1 for each text, by n-gram and topic; empty for a text without words."""
    ngrams: list[Counter[str]] = []
    about: list[Counter[str]] = []
    for text in texts:
        ngrams.append(Counter())
        about.append(Counter())
        for typed in _telling(text, language):
            folded = word_count.fold(typed)
            ngrams[-1].update(_ngrams(folded))
            about[-1].update(topics.of_word(folded))
    lexical = _weighted(ngrams, 1 - TOPICS_SHARE, COMMON)
    topical = _weighted(about, TOPICS_SHARE, 1.0)
    return [_scaled({**a, **b}, 1.0) for a, b in zip(lexical, topical, strict=True)]


def _least(vectors: Sequence[Mapping[str, float]]) -> float:
    """The least average cosine at which two groups of *vectors* become one, by how many of them have a topic."""
    covered = sum(any(dimension in topics.NAMES for dimension in vector) for vector in vectors)
    share = min(1.0, covered / (COVERED * (len(vectors) or 1)))
    return LEAST_WITHOUT_TOPICS + share * (LEAST - LEAST_WITHOUT_TOPICS)


def _weighted(counts: Sequence[Counter[str]], share: float, common: float) -> list[dict[str, float]]:
    """TF-IDF of each text, with *share* as the square of its length; without what more than *common* of them have."""
    holders = Counter(dimension for one in counts for dimension in one)
    rarity = {dimension: log((1 + len(counts)) / (1 + n)) + 1 for dimension, n in holders.items()}
    most = max(2, common * len(counts))
    found = []
    for one in counts:
        weights = {it: (1 + log(n)) * rarity[it] for it, n in one.items()}
        found.append(_scaled(weights, share, [it for it in one if holders[it] > most]))
    return found


def _scaled(vector: dict[str, float], square: float, without: Iterable[str] = ()) -> dict[str, float]:
    """*vector* with *square* as the square of its length, counted before the dimensions *without* are left out."""
    length = sqrt(sum(value * value for value in vector.values()) / square)
    for dimension in without:
        del vector[dimension]
    return {dimension: value / length for dimension, value in vector.items()}


# -- pairs ------------------------------------------------------------------------------------------------------------


def _cosines(vectors: Sequence[Mapping[str, float]]) -> list[list[float]]:
    """The cosine of each pair of *vectors*; EXCLUDED for one with itself."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        for dimension, value in vector.items():
            holders[dimension].append((place, value))
    cosines = [[0.0] * len(vectors) for _ in vectors]
    for holding in holders.values():
        for at, (place, value) in enumerate(holding):
            row = cosines[place]
            for other, theirs in holding[:at]:
                row[other] += value * theirs
    for place, row in enumerate(cosines):
        row[place] = EXCLUDED
        for other in range(place):
            cosines[other][place] = row[other]
    return cosines


def _clusters(cosines: list[list[float]], least: float) -> list[list[int]]:
    """Join the two most similar groups again and again, until none reach *least*. Overwrites *cosines*."""
    groups: list[list[int]] = [[place] for place in range(len(cosines))]
    best = [max(row, default=EXCLUDED) for row in cosines]
    while best and (value := max(best)) >= least:
        a = best.index(value)
        b = cosines[a].index(value)
        ours, theirs = len(groups[a]), len(groups[b])
        merged = [
            (ours * one + theirs * other) / (ours + theirs) for one, other in zip(cosines[a], cosines[b], strict=True)
        ]  # fmt: skip
        groups[a] += groups[b]
        groups[b] = []
        for other, value in enumerate(merged):
            if not groups[other] or other == a:
                merged[other] = EXCLUDED
                continue
            row = cosines[other]
            touched = best[other] in (row[a], row[b])
            row[a], row[b] = value, EXCLUDED
            if touched or value > best[other]:
                best[other] = max(row)
        cosines[a], cosines[b] = merged, [EXCLUDED] * len(cosines)
        best[a], best[b] = max(merged), EXCLUDED
    return [sorted(group) for group in groups if group]
