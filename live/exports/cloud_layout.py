"""
Places the words of a cloud, in any unit: where the hall saw them. Where no screen told, the most used stand in the
middle, the others around it, none over another, and always the same for the same words.
"""

from math import inf, sqrt

from msgspec import Struct

from live.exports.one_page.layout import wide
from live.report_blocks import DrawnCloud, Section

FEWEST = 5  # words; fewer are a list
SHRINK = 0.96  # of all words together, until each has found a place
LEAST_MOST = 4  # two answers are no trend: a word from fewer never gets the largest size
BOLD, HIGH, GAP = 1.1, 1.2, 0.45  # times the size: the width of bold letters, the height of a line, the space around
WIDEST = 0.9  # of the picture: a longer phrase is set smaller by itself, never squeezed
LEAST_COUNTED = 5  # from here a word's count stands beside it, as on the screen
EDGE = 1e-6


class Placed(Struct, frozen=True):
    """A word with the middle of its box, and the size of its letters."""

    text: str
    x: float
    y: float
    size: float
    width: float
    height: float
    loud: int = 1  # 2 the loudest, 1 loud, 0 the others
    figure: str = ""  # its count, where the hall saw it too
    figure_size: float = 0


def lay_out(section: Section, width: float, height: float, smallest: float, largest: float) -> list[Placed]:
    """The words of *section* where the hall saw them; if no screen told, where `place` puts them."""
    if section.drawn:
        return as_drawn(section.drawn, width, height)
    return place(section.cloud, width, height, smallest, largest)


def as_drawn(cloud: DrawnCloud, width: float, height: float = inf) -> list[Placed]:
    """Every word where a screen drew it, as large as the picture allows, in the middle of it."""
    scale = min(width, height / cloud.high)
    aside = (width - scale) / 2
    return [
        Placed(
            one.text, aside + one.x * scale, one.y * scale, one.size * scale,
            BOLD * wide(one.text, one.size * scale), HIGH * one.size * scale, one.loud,
            str(one.count) if one.count >= LEAST_COUNTED else "", cloud.figure * scale,
        )
        for one in cloud.words
    ]  # fmt: skip


def place(words: list[tuple[str, int]], width: float, height: float, smallest: float, largest: float) -> list[Placed]:
    """*words* with their counts, most used first, in a picture. Words for which there is no room are left out."""
    most = max([LEAST_MOST, *(count for _word, count in words)])
    scale = largest
    while True:
        found = _place([(text, max(smallest, scale * sqrt(count / most))) for text, count in words], width, height)
        if len(found) == len(words) or scale <= smallest:
            return found
        scale *= SHRINK


def _place(words: list[tuple[str, float]], width: float, height: float) -> list[Placed]:
    placed: list[Placed] = []
    for text, wanted in words:
        letters = BOLD * wide(text, 1)
        size = min(wanted, WIDEST * width / (letters + GAP))
        box = Placed(text, 0, 0, size, size * (letters + GAP), size * HIGH)
        if spot := _nearest(box, placed, width, height):
            placed.append(Placed(text, *spot, size, box.width, box.height))
    return placed


def _nearest(box: Placed, placed: list[Placed], width: float, height: float) -> tuple[float, float] | None:
    """The free spot nearest to the middle; it is level with it or touches a word above or below."""
    levels = [height / 2]
    for other in placed:
        apart = (other.height + box.height) / 2
        levels += [other.y - apart, other.y + apart]
    spots = []
    for y in levels:
        if box.height / 2 - EDGE <= y <= height - box.height / 2 + EDGE:
            for x in _free(box, y, placed, width):
                # Sideways counts less in a wide picture, so that the cloud is as wide as it is.
                spots.append((((x - width / 2) * height / width) ** 2 + (y - height / 2) ** 2, x, y))
    return min(spots)[1:] if spots else None


def _free(box: Placed, y: float, placed: list[Placed], width: float) -> list[float]:
    """Where *box* may stand at height *y*: in the middle, and beside each word that stands there."""
    beside = [one for one in placed if abs(one.y - y) < (one.height + box.height) / 2 - EDGE]
    steps = [width / 2, *(one.x + side * (one.width + box.width) / 2 for one in beside for side in (-1, 1))]
    return [
        x
        for x in steps
        if box.width / 2 - EDGE <= x <= width - box.width / 2 + EDGE
        and all(abs(one.x - x) >= (one.width + box.width) / 2 - EDGE for one in beside)
    ]
