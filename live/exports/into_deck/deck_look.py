"""Finds where results stand on the slides of somebody's deck: on its own layout, where its titles and texts stand."""

from __future__ import annotations

import re
from typing import Any

from live.decks.powerpoint.xml import find_all, first, number_of
from live.exports.powerpoint.look import EMU, HIGH, Look
from live.workshop.accent import FJORD

Box = tuple[float, float, float, float]
"""Left, top, width and height, in inches."""

ACCENT = re.compile(rb"<a:accent1>\s*<a:s(?:rgb|ys)Clr [^>]*(?:val|lastClr)=\"([0-9A-Fa-f]{6})\"")
TITLE_ONLY, BLANK = "titleOnly", "blank"
OTHERS = ("title", "secHead", "vertTx", "vertTitleAndTx")  # layouts whose title stands elsewhere
TITLES = ("title", "ctrTitle")
TITLE_SIZE = 44.0  # points, where no part of the deck says another
FOOT = 0.8  # of the height: what the layout has below it is its footer
FACTS = 0.45  # inches for the line of facts, on a slide 7.5 inches high
LEAST_WIDE, LEAST_HIGH = 0.5, 0.35  # of the slide; where the deck's texts have less, results stand on most of it


def look_of(file: Any, slide: Any, language: str) -> Look:
    """For results after *slide*, with the master that it has."""
    wide, high = file.slide_width / EMU, file.slide_height / EMU
    master = slide.slide_layout.slide_master
    layout = _layout(master)
    heading = _box(_placeholder(layout, TITLES))
    scale = high / HIGH
    own = None  # the title's place, where the deck has none that leaves room below
    if heading is None or not _leaves_room(heading, wide, high):
        own = heading = (0.06 * wide, 0.05 * high, 0.88 * wide, 0.16 * high)
    left, top, across, down = _area(master, layout, heading, wide, high)
    facts = FACTS * scale
    return Look(
        file, layout, language, left, top, across, down - facts, top + down - facts, scale, _colour(master), own,
        (heading[2], heading[3], _title_size(layout, master)) if own is None else None,
    )  # fmt: skip


def _leaves_room(heading: Box, wide: float, high: float) -> bool:
    left, top, across, down = heading
    return 0 <= left and left + across <= wide and LEAST_WIDE * wide <= across and 0 <= top and top + down < 0.45 * high


def _layout(master: Any) -> Any:
    """That for a title alone; where there is none, the one with fewest fields beside its title; else an empty one."""
    layouts = list(master.slide_layouts)
    for layout in layouts:
        if layout._element.get("type") == TITLE_ONLY and _placeholder(layout, TITLES) is not None:
            return layout
    titled = [
        one for one in layouts if _placeholder(one, TITLES) is not None and one._element.get("type") not in OTHERS
    ]
    if titled:
        return min(titled, key=lambda one: len(list(one.placeholders)))
    return next((one for one in layouts if one._element.get("type") == BLANK), layouts[0])


def _placeholder(source: Any, kinds: tuple[str, ...]) -> Any:
    for shape in source.placeholders:
        mark = first(shape._element, ".//p:nvPr/p:ph")
        if mark is not None and mark.get("type", "obj") in kinds:
            return shape
    return None


def _box(shape: Any) -> Box | None:
    if shape is None or shape.width is None or not shape.width or shape.top is None:
        return None
    return shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU


def _area(master: Any, layout: Any, heading: Box, wide: float, high: float) -> Box:
    """Where the deck's texts stand, below the title and above what stands at the foot of the slide."""
    below = heading[1] + heading[3]
    foot = [box[1] for one in layout.placeholders if (box := _box(one)) and box[1] > FOOT * high]
    end = min([*foot, 0.95 * high])
    text = _box(_placeholder(master, ("body",)))
    if text:
        top = max(text[1], below)
        down = min(text[1] + text[3], end) - top
        if text[0] >= 0 and text[0] + text[2] <= wide and text[2] >= LEAST_WIDE * wide and down >= LEAST_HIGH * high:
            return text[0], top, text[2], down
    top = min(below + 0.02 * high, 0.5 * high)
    left = min(max(heading[0], 0.04 * wide), 0.1 * wide)
    return left, top, wide - 2 * left, max(end, 0.85 * high) - top


def _colour(master: Any) -> str:
    from pptx.opc.constants import RELATIONSHIP_TYPE

    found = ACCENT.search(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
    return f"#{found[1].decode().lower()}" if found else FJORD


def _title_size(layout: Any, master: Any) -> float:
    """In points: as the layout says it, its master's title, or the master's style of titles."""
    for source, path in (
        (_placeholder(layout, TITLES), "p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz"),
        (_placeholder(master, TITLES), "p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz"),
        (master, "p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/@sz"),
    ):
        element, _, name = path.rpartition("/@")
        for found in find_all(source._element, element) if source is not None else []:
            if size := number_of(found.get(name)):
                return size / 100
    return TITLE_SIZE
