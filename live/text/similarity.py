"""
Which short texts are alike. Pure, and the same each time.

Source: TF-IDF (Spärck Jones 1972) over the 3 to 5 characters that follow each other within a word, cosine, and average
linkage (Sokal and Michener 1958). Pieces of words and not words: *møteplass*, *møteplassar* and *møteplassene* share
most of theirs, and so do the parts of compounds.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log, sqrt

from live.text import word_count

MOST_TEXTS = 1000
SHORTEST, LONGEST = 3, 5
# Average cosine of two groups that are made one. Of the answers in tests/views/sixty.py, 0.06 finds most (adjusted Rand
# index 0.46; 0.32 at 0.10, 0.45 at 0.05). What is wrong is taken out of a group before it is accepted; what is not
# suggested is not seen.
ALIKE = 0.06
COMMON = 0.2  # a piece that is in a larger share of the answers says nothing, and would take most of the time
DEAD = -1.0


def name(texts: Sequence[str], language: str) -> str:
    """The word that most of *texts* share, as most often typed. Two words are one when their first five letters are."""
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
    Groups of two and more of *texts*, by their places; those most alike first. What is like nothing else is in none.

    At most MOST_TEXTS are looked at.
    """
    near = _near(texts[:MOST_TEXTS], language)
    groups = [group for group in _grown([list(row) for row in near]) if len(group) > 1]
    return sorted(groups, key=lambda group: (-_tightness(near, group), group))


def _tightness(near: Sequence[Sequence[float]], group: Sequence[int]) -> float:
    return sum(near[a][b] for a in group for b in group if a != b) / (len(group) * (len(group) - 1))


def _pieces(text: str, language: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for typed in word_count.split(text, language):
        word = f" {word_count.fold(typed)} "
        for length in range(SHORTEST, LONGEST + 1):
            counts.update(word[at : at + length] for at in range(max(1, len(word) - length + 1)))
    return counts


def _near(texts: Sequence[str], language: str) -> list[list[float]]:
    """
    The cosine of each pair of *texts*; DEAD with itself.

    Most pieces of a word are found in the same answers as the others of that word. Those are counted together, which
    gives the same sums in a third of the time (1,000 answers of 30 words: 1.1 s and not 3.1).
    """
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, text in enumerate(texts):
        for piece, n in _pieces(text, language).items():
            holders[piece].append((place, 1 + log(n)))
    bundles = Counter(map(tuple, holders.values()))
    most = max(2, COMMON * len(texts))
    squares = [0.0] * len(texts)
    near = [[0.0] * len(texts) for _ in texts]
    for bundle, pieces in bundles.items():
        weight = pieces * (log((1 + len(texts)) / (1 + len(bundle))) + 1) ** 2
        for place, value in bundle:
            squares[place] += weight * value * value
        if len(bundle) > most:
            continue
        for at, (place, value) in enumerate(bundle):
            row, value = near[place], weight * value
            for other, theirs in bundle[:at]:
                row[other] += value * theirs
    lengths = [sqrt(square) or 1.0 for square in squares]
    for place, row in enumerate(near):
        row[place] = DEAD
        for other in range(place):
            row[other] = near[other][place] = row[other] / (lengths[place] * lengths[other])
    return near


def _grown(near: list[list[float]]) -> list[list[int]]:
    """Make the two nearest groups one until none are near enough. Spends *near*."""
    groups: list[list[int]] = [[place] for place in range(len(near))]
    best = [max(row, default=DEAD) for row in near]
    while best and (value := max(best)) >= ALIKE:
        a = best.index(value)
        b = near[a].index(value)
        ours, theirs = len(groups[a]), len(groups[b])
        merged = [
            (ours * one + theirs * other) / (ours + theirs) for one, other in zip(near[a], near[b], strict=True)
        ]  # fmt: skip
        groups[a] += groups[b]
        groups[b] = []
        for other, value in enumerate(merged):
            if not groups[other] or other == a:
                merged[other] = DEAD
                continue
            row = near[other]
            touched = best[other] in (row[a], row[b])
            row[a], row[b] = value, DEAD
            if touched or value > best[other]:
                best[other] = max(row)
        near[a], near[b] = merged, [DEAD] * len(near)
        best[a], best[b] = max(merged), DEAD
    return [sorted(group) for group in groups if group]
