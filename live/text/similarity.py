"""
Groups short texts that are similar. The same texts always give the same groups.

Source: TF-IDF (Spärck Jones 1972) over character n-grams of 3 to 5 letters within a word, cosine similarity, and
average-linkage clustering (Sokal and Michener 1958). N-grams and not words, because *møteplass*, *møteplassar* and
*møteplassene* have most n-grams in common, and so have the parts of compounds.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log, sqrt

from live.text import word_count

MOST_TEXTS = 1000
SHORTEST_NGRAM, LONGEST_NGRAM = 3, 5
# The least average cosine at which two groups become one. Measured with tests/text/labelled_answers.py: 0.06 agrees
# best with the groups made by hand (adjusted Rand index 0.46; 0.32 at 0.10, 0.45 at 0.05). Rather too low than too
# high: a person can take a wrong text out of a suggestion, but does not see one that was never suggested.
THRESHOLD = 0.06
COMMON = 0.2  # an n-gram in a larger share of the texts says nothing, and would take most of the time
EXCLUDED = -1.0


def name(texts: Sequence[str], language: str) -> str:
    """The word that most *texts* have, as most often typed. Words with the same first five letters count as one."""
    stems: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for stem, typed in {
            word_count.fold(typed)[:5]: typed.casefold() for typed in word_count.split(text, language)
        }.items():
            stems[stem][typed] += 1
    if not stems:
        return ""
    best = max(stems.values(), key=lambda typed: (typed.total(), len(max(typed, key=len))))
    word = best.most_common(1)[0][0]
    return word[:1].upper() + word[1:]


def alike(texts: Sequence[str], language: str) -> list[list[int]]:
    """
    Groups of two or more similar *texts*, given as indexes; the most similar groups first. A text may be in no group.

    Only the first MOST_TEXTS are compared.
    """
    cosines = _cosines(texts[:MOST_TEXTS], language)
    groups = [group for group in _clusters([list(row) for row in cosines]) if len(group) > 1]
    return sorted(groups, key=lambda group: (-_mean_cosine(cosines, group), group))


def _mean_cosine(cosines: Sequence[Sequence[float]], group: Sequence[int]) -> float:
    return sum(cosines[a][b] for a in group for b in group if a != b) / (len(group) * (len(group) - 1))


def _ngrams(text: str, language: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for typed in word_count.split(text, language):
        word = f" {word_count.fold(typed)} "
        for length in range(SHORTEST_NGRAM, LONGEST_NGRAM + 1):
            counts.update(word[at : at + length] for at in range(max(1, len(word) - length + 1)))
    return counts


def _cosines(texts: Sequence[str], language: str) -> list[list[float]]:
    """
    The cosine of each pair of *texts*; EXCLUDED for a text with itself.

    Most n-grams of a word are found in the same texts as its other n-grams. N-grams with the same texts are added up
    together, which gives the same sums in a third of the time (1,000 answers of 30 words: 1.1 s instead of 3.1 s).
    """
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, text in enumerate(texts):
        for piece, n in _ngrams(text, language).items():
            holders[piece].append((place, 1 + log(n)))
    bundles = Counter(map(tuple, holders.values()))
    most = max(2, COMMON * len(texts))
    squares = [0.0] * len(texts)
    cosines = [[0.0] * len(texts) for _ in texts]
    for bundle, pieces in bundles.items():
        weight = pieces * (log((1 + len(texts)) / (1 + len(bundle))) + 1) ** 2
        for place, value in bundle:
            squares[place] += weight * value * value
        if len(bundle) > most:
            continue
        for at, (place, value) in enumerate(bundle):
            row, value = cosines[place], weight * value
            for other, theirs in bundle[:at]:
                row[other] += value * theirs
    lengths = [sqrt(square) or 1.0 for square in squares]
    for place, row in enumerate(cosines):
        row[place] = EXCLUDED
        for other in range(place):
            row[other] = cosines[other][place] = row[other] / (lengths[place] * lengths[other])
    return cosines


def _clusters(cosines: list[list[float]]) -> list[list[int]]:
    """Join the two most similar groups again and again, until none reach the THRESHOLD. Overwrites *cosines*."""
    groups: list[list[int]] = [[place] for place in range(len(cosines))]
    best = [max(row, default=EXCLUDED) for row in cosines]
    while best and (value := max(best)) >= THRESHOLD:
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
