"""
Where the pictures of a slide stand beside its text, and which words are their captions, worked out from where each part
stands in the deck.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from live.decks.model import Block, Columns, Picture, Text, plain
from live.decks.reading_order import Box

Placed = Box[tuple[Block, ...]]

COVERS = 0.9  # of the slide: then a picture is behind all of it
LONGEST_CAPTION = 160
BELOW = 0.12  # of the slide's height: so far below its picture a caption may stand
INTO = 0.05  # so far its box may reach into the picture
MOST_SIGNS = 240  # of text on a slide with a picture behind it
OVERLAP = 0.25  # of the lower of two: so much they must stand side by side
_SOURCE = re.compile(
    r"(foto(?:graf)?|photo(?:graph)?|bilde|bilete|image|illustrasjon|illustration|tegning|teikning|kart|map|kilde|kjelde|source|credit)"
    r"\s*(?:av|by|from|fra|frå)?\s*:|[©Ⓒ]|\(c\)",
    re.IGNORECASE,
)


def placed(boxes: Sequence[Placed], wide: float, high: float) -> tuple[tuple[Block, ...], list[Placed]]:
    """
    What covers the whole slide of *wide* by *high*, and the other *boxes*: pictures with their captions, and with the
    side of the text on which they stand if that is one.
    """
    boxes = [_sized(box, wide, high) for box in with_captions(boxes, high)]
    behind = [box for box in boxes if _picture(box) and _share(box, wide, high) >= COVERS]
    behind = behind[:1]  # a second one would hide the first
    others = [box for box in boxes if box not in behind]
    texts = [box for box in others if _picture(box) is None and any(_has_words(block) for block in box.part)]
    others = [_with(box, place=_side(box, texts)) if _picture(box) else box for box in others]
    full = tuple(replace(picture, place="full") for box in behind if (picture := _picture(box)))
    return full, others


def with_captions(boxes: Sequence[Placed], high: float) -> list[Placed]:
    """*boxes* with short lines right below a picture as its caption, or as its source where they say so."""
    found: list[Placed | None] = list(boxes)
    others = sum(_picture(box) is None for box in boxes)
    for at, box in enumerate(boxes):
        line = _line(box)
        if not line:
            continue
        fact = "source" if _SOURCE.match(line) else "caption"
        above = [
            index
            for index, one in enumerate(found)
            if one
            and (picture := _picture(one))
            and not getattr(picture, fact)
            and -INTO * high <= box.top - one.bottom <= BELOW * high
            and _overlap(box.left, box.right, one.left, one.right) >= 0.5 * min(box.width, one.width)
            and (fact == "source" or others == 1 or box.width <= 1.25 * one.width)
        ]
        if above:
            owner = min(above, key=lambda index: abs(boxes[index].left + boxes[index].right - box.left - box.right))
            found[owner] = _with(found[owner] or box, **{fact: line})
            found[at] = None
    return [box for box in found if box]


def in_rows(boxes: Sequence[Placed]) -> list[tuple[Block, ...]]:
    """
    The parts of a slide that has only pictures, as rows are read: those whose middles stand within the height of the
    first, from the left. Empty for any other slide.
    """
    if any(_picture(box) is None for box in boxes):
        return []
    rows: list[list[Placed]] = []
    for box in sorted(boxes, key=lambda box: box.top):
        if rows and box.top + box.height / 2 < rows[-1][0].bottom:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box.part for row in rows for box in sorted(row, key=lambda box: box.left)]


def leaves_background(blocks: Iterable[Block]) -> bool:
    """Whether there is so little on a slide that the picture behind it is to be seen: its text needs a ground."""
    signs = 0
    for block in blocks:
        if not isinstance(block, Text):
            return False
        signs += sum(len(plain(one.runs)) for one in block.paragraphs)
    return signs <= MOST_SIGNS


def gathered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """
    *blocks* with their pictures in a row, where the first stands, if there are several beside text: a slide has place
    for one beside its text.
    """
    loose = [block for block in blocks if isinstance(block, Picture) and block.place != "full"]
    if len(loose) < 2 and not any(isinstance(block, Columns) for block in blocks):
        return blocks
    first = next((at for at, block in enumerate(blocks) if block in loose), 0)
    rest = [block for block in blocks if block not in loose]
    at = sum(block not in loose for block in blocks[:first])
    return (*rest[:at], *(replace(one, place="") for one in loose), *rest[at:])


def _side(box: Placed, texts: Sequence[Placed]) -> str:
    """On which side of the *texts* at its height it stands; empty where on both, or on none."""
    beside = [
        one
        for one in texts
        if _overlap(box.top, box.bottom, one.top, one.bottom) >= OVERLAP * min(box.height, one.height)
    ]
    middle = box.left + box.right
    sides = {"left" if middle < one.left + one.right else "right" for one in beside}
    return sides.pop() if len(sides) == 1 else ""


def _picture(box: Placed) -> Picture | None:
    match box.part:
        case (Picture() as picture,):
            return picture
    return None


def _line(box: Placed) -> str:
    """The words of a box that holds one short line without a mark or a link; empty for any other."""
    match box.part:
        case (Text(paragraphs=(only,)),) if not (only.mark or only.click or any(run.link for run in only.runs)):
            words = plain(only.runs)
            return words if len(words) <= LONGEST_CAPTION else ""
    return ""


def _has_words(block: Block) -> bool:
    return not isinstance(block, Picture)


def _with(box: Placed, **facts: str) -> Placed:
    picture = _picture(box)
    assert picture
    return replace(box, part=(replace(picture, **facts),))


def _sized(box: Placed, wide: float, high: float) -> Placed:
    picture = _picture(box)
    return replace(box, part=(replace(picture, share=_share(box, wide, high)),)) if picture else box


def _share(box: Placed, wide: float, high: float) -> float:
    """How much of the slide it covers."""
    across = _overlap(box.left, box.right, 0, wide)
    down = _overlap(box.top, box.bottom, 0, high)
    return across * down / (wide * high) if wide and high else 0


def _overlap(start: float, end: float, other: float, other_end: float) -> float:
    return max(0.0, min(end, other_end) - max(start, other))
