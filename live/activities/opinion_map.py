"""
An opinion map: who votes alike, and what they agree on across groups.

Source: Small, Bjorkegren, Erkkilä, Shaw and Megill, Polis: Scaling deliberation by mapping high dimensional opinion
spaces, Recerca 26 (2021), and its source code: two principal components of the votes, k-means, k by silhouette.
"""

from collections.abc import Mapping
from hashlib import sha256
from heapq import nsmallest
from math import hypot, log, sqrt

from msgspec import Struct

AGREE, PASS, DISAGREE = 1, 0, -1
LEAST_VOTES = 7  # a phone is on the map once it has voted on so many statements, or on all
FEW = 5  # a group of fewer is not shown apart: it could point at somebody
MOST_PHONES = 100  # of more, so many by chance are on the map: it must not keep others waiting while it is drawn
CELLS = 10  # phones that stand close to each other are one point, in so many columns and rows
PATIENCE = 4  # another number of groups must be the best so many times before it is shown
ROUNDS = 10

Rows = Mapping[str, Mapping[str, int]]
"""Phone -> statement -> its vote."""
Place = tuple[float, float]


class Point(Struct, frozen=True):
    """`n` phones that stand close to each other; `group` counts from 0."""

    x: float
    y: float
    n: int
    group: int


class OpinionMap(Struct, frozen=True):
    """
    `sizes`: phones in each group; none where there are no groups to be told apart. `agree`: for each group and
    statement the chance of agreement, (A + 1) / (S + 2), and `against` the same of disagreement. `extremity`: how far a
    statement parts people, 0 to 1.
    """

    points: tuple[Point, ...] = ()
    sizes: tuple[int, ...] = ()
    agree: tuple[Mapping[str, float], ...] = ()
    against: tuple[Mapping[str, float], ...] = ()
    extremity: Mapping[str, float] = {}
    best: int = 0  # the number of groups that fits best, before it is waited for


def chance_of(n: int, seen: int) -> float:
    """How likely the next one says what *n* of *seen* have said (Laplace): (n + 1) / (seen + 2)."""
    return (n + 1) / (seen + 2)


def most_groups(n: int) -> int:
    """The largest number of groups that *n* phones may fall into."""
    return min(5, 2 + n // 12)


def routing_weight(agree: int, passed: int, seen: int, extremity: float) -> float:
    """
    How much a statement is worth being voted on next: ((1 - p_pass)(1 + E) p_agree (1 + 8 * 2^(-S/5)))^2. New ones,
    those that many agree on, and those that part people come first.
    """
    fresh = 1 + 8 * 2 ** (-seen / 5)
    return float(((1 - chance_of(passed, seen)) * (1 + extremity) * chance_of(agree, seen) * fresh) ** 2)


def drawn_first(weights: Mapping[str, float], phone: str) -> list[str]:
    """
    The statements in an order by chance for *phone*, always the same: one with twice the weight comes first twice as
    often.

    Source: Efraimidis and Spirakis, Weighted random sampling with a reservoir (2006).
    """

    def key(id: str) -> float:
        chance = (int.from_bytes(sha256(f"{phone} {id}".encode()).digest()[:6]) + 1) / (2**48 + 2)
        return -log(chance) / max(weights[id], 1e-9)

    return sorted(weights, key=key)


def draw(rows: Rows, statements: list[str], kept: int = 0) -> OpinionMap:
    """
    The map of the phones with votes enough, or of MOST_PHONES of them, by chance. *kept* is the number of groups to
    keep, if it can be; 0: the best.

    Costs up to 50 ms, for 2,000 phones and 100 statements as for all larger halls. The same votes give the same map.
    """
    least = min(LEAST_VOTES, len(statements))
    known = set(statements)
    enough = (phone for phone, row in rows.items() if len(row) >= least > 0)
    chosen = nsmallest(MOST_PHONES, enough, key=lambda phone: sha256(phone.encode()).digest())
    votes = {phone: {id: vote for id, vote in rows[phone].items() if id in known} for phone in chosen}
    votes = {phone: row for phone, row in votes.items() if len(row) >= least}
    if len(votes) < 2 * FEW:
        return OpinionMap()
    axes = _axes(list(votes.values()), statements)
    places = {phone: _place(row, axes, len(statements)) for phone, row in votes.items()}
    cells = _cells(places)
    clustered = {k: _clusters(cells, k) for k in range(2, most_groups(len(votes)) + 1)}
    fit = {k: of for k, of in clustered.items() if min(_sizes(cells, of, k)) >= FEW}
    best = max(fit, key=lambda k: (_silhouette(cells, fit[k]), -k), default=0)
    shown = kept if kept in fit else best
    of_cell = dict(zip(cells, fit[shown], strict=True)) if shown else dict.fromkeys(cells, 0)
    extremity = _extremity(axes)
    points = tuple(Point(round(x, 3), round(y, 3), len(phones), of_cell[x, y]) for (x, y), phones in cells.items())
    if not shown:
        return OpinionMap(points, extremity=extremity, best=best)
    group_of = {phone: of_cell[place] for place, phones in cells.items() for phone in phones}
    agree, against = (
        tuple(_chances(votes, statements, group_of, group, wanted) for group in range(shown))
        for wanted in (AGREE, DISAGREE)
    )
    return OpinionMap(points, tuple(_sizes(cells, fit[shown], shown)), agree, against, extremity, best)


def consensus(chances: tuple[Mapping[str, float], ...], statement: str) -> float:
    """The chance that one of each group says it (group-aware consensus): the product of the groups' chances."""
    product = 1.0
    for of in chances:
        product *= of[statement]
    return product


def spread(chances: tuple[Mapping[str, float], ...], statement: str) -> float:
    """How far the groups are from each other: the largest chance less the smallest."""
    return max(of[statement] for of in chances) - min(of[statement] for of in chances) if chances else 0.0


def _chances(
    votes: Rows, statements: list[str], group_of: Mapping[str, int], group: int, wanted: int
) -> dict[str, float]:
    seen, said = dict.fromkeys(statements, 0), dict.fromkeys(statements, 0)
    for phone, row in votes.items():
        if group_of[phone] == group:
            for id, vote in row.items():
                seen[id] += 1
                said[id] += vote == wanted
    return {id: chance_of(said[id], seen[id]) for id in statements}


# -- the axes -------------------------------------------------------------------------------------------------------

Axes = tuple[dict[str, float], list[dict[str, float]]]
"""The mean vote on each statement, and the two directions in which votes differ most."""


def _axes(rows: list[Mapping[str, int]], statements: list[str]) -> Axes:
    """By power iteration; what somebody has not voted on counts as the mean."""
    seen, total = dict.fromkeys(statements, 0), dict.fromkeys(statements, 0)
    for row in rows:
        for id, vote in row.items():
            seen[id] += 1
            total[id] += vote
    mean = {id: total[id] / seen[id] if seen[id] else 0.0 for id in statements}
    centred = [[(id, vote - mean[id]) for id, vote in row.items()] for row in rows]
    found: list[dict[str, float]] = []
    for _ in range(2):
        # Begins with what the phones that differ most from the mean have in common, so that chance has no part in it.
        axis = dict(max(centred, key=lambda row: sum(vote * vote for _, vote in row)))
        axis = _unit({id: axis.get(id, 0.0) + 1e-3 * (n + 1) for n, id in enumerate(statements)}, found)
        for _ in range(ROUNDS):
            turned = dict.fromkeys(statements, 0.0)
            for apart in centred:
                along = sum(axis[id] * far for id, far in apart)
                for id, far in apart:
                    turned[id] += along * far
            axis = _unit(turned, found)
        largest = max(axis, key=lambda id: (round(abs(axis[id]), 9), id))
        found.append({id: -part for id, part in axis.items()} if axis[largest] < 0 else axis)
    return mean, found


def _unit(axis: dict[str, float], others: list[dict[str, float]]) -> dict[str, float]:
    """*axis* at a right angle to *others*, with the length 1; 0 where nothing is left of it."""
    for other in others:
        along = sum(part * other[id] for id, part in axis.items())
        axis = {id: part - along * other[id] for id, part in axis.items()}
    length = sqrt(sum(part * part for part in axis.values()))
    return {id: part / length if length > 1e-9 else 0.0 for id, part in axis.items()}


def _place(row: Mapping[str, int], axes: Axes, statements: int) -> Place:
    """Farther out for those who have voted on few, who would all stand in the middle otherwise, as Polis does."""
    mean, (first, second) = axes
    scale = sqrt(statements / len(row))
    x = sum((vote - mean[id]) * first[id] for id, vote in row.items())
    y = sum((vote - mean[id]) * second[id] for id, vote in row.items())
    return x * scale, y * scale


def _extremity(axes: Axes) -> dict[str, float]:
    """How far each statement lies from the middle, as a part of the farthest."""
    _, (first, second) = axes
    far = {id: hypot(first[id], second[id]) for id in first}
    most = max(far.values(), default=0.0) or 1.0
    return {id: round(part / most, 4) for id, part in far.items()}


# -- the groups -----------------------------------------------------------------------------------------------------

Cells = dict[Place, list[str]]
"""Phones by the middle of those that stand close to each other."""


def _cells(places: Mapping[str, Place]) -> Cells:
    low = [min(place[axis] for place in places.values()) for axis in (0, 1)]
    high = [max(place[axis] for place in places.values()) for axis in (0, 1)]
    step = [(top - bottom) / CELLS or 1.0 for bottom, top in zip(low, high, strict=True)]
    boxes: dict[tuple[int, int], list[str]] = {}
    for phone, (x, y) in sorted(places.items()):
        box = (min(CELLS - 1, int((x - low[0]) / step[0])), min(CELLS - 1, int((y - low[1]) / step[1])))
        boxes.setdefault(box, []).append(phone)
    middles = {}
    for _, phones in sorted(boxes.items()):
        x, y = (sum(places[phone][axis] for phone in phones) / len(phones) for axis in (0, 1))
        middles[x, y] = phones
    return middles


def _clusters(cells: Cells, k: int) -> list[int]:
    """
    k-means of the cells by their phones: the group of each cell, groups counted from the left. The centres begin with
    the fullest cell, then each time the one farthest from all others.
    """
    places = list(cells)
    weight = [len(phones) for phones in cells.values()]
    centres = [places[max(range(len(places)), key=lambda at: (weight[at], -at))]]
    while len(centres) < min(k, len(places)):
        centres.append(max(places, key=lambda place: (min(_distance(place, one) for one in centres), place)))
    of: list[int] = []
    for _ in range(20):
        before, of = of, [min(range(len(centres)), key=lambda at: _distance(place, centres[at])) for place in places]
        if of == before:
            break
        for group in range(len(centres)):
            inside = [at for at, one in enumerate(of) if one == group]
            n = sum(weight[at] for at in inside)
            if n:
                x, y = (sum(places[at][axis] * weight[at] for at in inside) / n for axis in (0, 1))
                centres[group] = x, y
    order = {group: n for n, (_, group) in enumerate(sorted((centre, at) for at, centre in enumerate(centres)))}
    return [order[group] for group in of]


def _sizes(cells: Cells, of: list[int], k: int) -> list[int]:
    sizes = [0] * k
    for group, phones in zip(of, cells.values(), strict=True):
        sizes[group] += len(phones)
    return sizes


def _silhouette(cells: Cells, of: list[int]) -> float:
    """
    How well the groups are apart, -1 to 1, over all phones.

    Source: Rousseeuw, Silhouettes (1987): (b - a) / max(a, b), where a is the mean distance of a phone to the others of
    its group, and b that to the phones of the nearest other group.
    """
    places, weight = list(cells), [len(phones) for phones in cells.values()]
    sizes = _sizes(cells, of, max(of) + 1)
    total = 0.0
    for at, place in enumerate(places):
        sums = [0.0] * len(sizes)
        for other, there in enumerate(places):
            sums[of[other]] += weight[other] * _distance(place, there)
        own = sums[of[at]] / (sizes[of[at]] - 1) if sizes[of[at]] > 1 else 0.0
        nearest = min(sums[group] / n for group, n in enumerate(sizes) if group != of[at] and n)
        total += weight[at] * ((nearest - own) / max(own, nearest) if max(own, nearest) > 0 else 0.0)
    return round(total / sum(weight), 9)


def _distance(one: Place, other: Place) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


class Patience(Struct):
    """The number of groups that is shown: another is shown only once it was the best PATIENCE times in a row."""

    shown: int = 0
    other: int = 0
    times: int = 0

    def see(self, best: int) -> int:
        if best == self.shown or not self.shown:
            self.shown, self.times = best, 0
        elif best == self.other:
            self.times += 1
        else:
            self.other, self.times = best, 1
        if self.times >= PATIENCE:
            self.shown, self.times = self.other, 0
        return self.shown
