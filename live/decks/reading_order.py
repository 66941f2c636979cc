"""The order in which people read what stands on a slide, worked out from where each part stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")
MOST = 60  # parts; above that from top to bottom only, as looking for columns takes the cube of their number
SLACK = 0.02  # of the height or width of all: so much may overlap and still stand apart
OVERLAP = 0.12  # of the smaller of two neighbours: programs let the box of a text grow beyond its words


class Box(Struct, Generic[T], frozen=True):
    """A part of a slide and its place, in any unit."""

    left: float
    top: float
    width: float
    height: float
    part: T

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


class SideBySide(Struct, Generic[T], frozen=True):
    """Columns, each in reading order."""

    columns: tuple[tuple[T | SideBySide[T], ...], ...]


def in_order(boxes: Sequence[Box[T]], *, from_right: bool = False) -> list[T | SideBySide[T]]:
    """
    The parts of *boxes*: bands from top to bottom; parts of neighbouring bands that stand in columns are kept together
    as such. *from_right*: columns are read from the right, as in Arabic.
    """
    if len(boxes) > MOST:
        return [box.part for box in sorted(boxes, key=lambda box: (box.top, box.left))]
    bands = _cut(list(boxes), upright=False)
    if len(bands) == 1:
        columns = _cut(list(boxes), upright=True)
        return [_columns(columns, from_right)] if len(columns) > 1 else _overlapping(boxes)
    found: list[T | SideBySide[T]] = []
    at = 0
    while at < len(bands):
        end, columns = next(
            (
                (end, columns)
                for end in range(len(bands), at, -1)
                if len(columns := _cut([box for band in bands[at:end] for box in band], upright=True)) > 1
            ),
            (at + 1, []),
        )
        found += [_columns(columns, from_right)] if columns else in_order(bands[at], from_right=from_right)
        at = end
    return found


def _columns(columns: list[list[Box[T]]], from_right: bool) -> SideBySide[T]:
    columns = columns[::-1] if from_right else columns
    return SideBySide(tuple(tuple(in_order(column, from_right=from_right)) for column in columns))


def _overlapping(boxes: Sequence[Box[T]]) -> list[T | SideBySide[T]]:
    return [box.part for box in sorted(boxes, key=lambda box: (box.top, box.left))]


def _cut(boxes: list[Box[T]], *, upright: bool) -> list[list[Box[T]]]:
    """*boxes* parted where a line from top to bottom (or from side to side) goes through none of them."""
    if not boxes:
        return []

    def span(box: Box[T]) -> tuple[float, float]:
        return (box.left, box.right) if upright else (box.top, box.bottom)

    boxes = sorted(boxes, key=span)
    slack = SLACK * (max(span(box)[1] for box in boxes) - span(boxes[0])[0])
    parts = [[boxes[0]]]
    begin, end = span(boxes[0])  # of the box that reaches furthest so far
    for box in boxes[1:]:
        start, stop = span(box)
        allowed = max(slack, OVERLAP * min(end - begin, stop - start))
        if start >= end - allowed and start > span(parts[-1][0])[0]:
            parts.append([])
        parts[-1].append(box)
        if stop > end:
            begin, end = start, stop
    return parts
