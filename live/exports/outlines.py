"""Words drawn with outlines of letters, so that a picture looks the same wherever it is opened."""

import unicodedata
from functools import cache
from html import escape

import msgspec

from live.exports import fonts

UNIT = 1000  # outlines are in thousandths of a letter's size
TIGHT = -25  # between two letters, as on the screen
Letters = dict[str, dict[str, tuple[int, str]]]


@cache
def _letters() -> Letters:
    """By weight and letter: its width and its outline (tests/outlines.py)."""
    return msgspec.json.decode(fonts.file("inter_outlines.json").read_bytes(), type=Letters)


class Outlines:
    """
    Draws words in one SVG picture. `ids` is what the ids in it begin with. Each letter stands in it once, in `defs`,
    which belongs anywhere in the same picture.
    """

    def __init__(self, ids: str) -> None:
        self._ids = ids
        self._used: dict[str, str] = {}

    def word(self, text: str, x: float, y: float, size: float, weight: int, fill: str) -> str | None:
        """*text* from *x* on the line *y*; None if a letter has no outline."""
        letters, signs = _letters()[str(weight)], unicodedata.normalize("NFC", text)
        if not all(sign in letters for sign in signs):
            return None
        uses, at = [], 0
        for sign in signs:
            wide, outline = letters[sign]
            id = f"{self._ids}-{weight}-{ord(sign):x}"
            if outline:
                self._used[id] = outline
                uses.append(f'<use href="#{id}" x="{at}"/>')
            at += wide + TIGHT
        scale = size / UNIT
        return (
            f'<g data-word="{escape(text)}" fill="{fill}" transform="translate({x:.1f} {y:.1f}) scale({scale:.4f})">'
            f"{''.join(uses)}</g>"
        )

    def defs(self) -> str:
        paths = (f'<path id="{id}" d="{outline}"/>' for id, outline in self._used.items())
        return f"<defs>{''.join(paths)}</defs>"


def width(text: str, size: float, weight: int) -> float | None:
    """How wide `Outlines.word` draws *text*; None if a letter has no outline."""
    letters, signs = _letters()[str(weight)], unicodedata.normalize("NFC", text)
    if not signs or not all(sign in letters for sign in signs):
        return None
    return (sum(letters[sign][0] + TIGHT for sign in signs) - TIGHT) * size / UNIT
