"""
The letters of Inter as outlines, for pictures of clouds: made from the font that faces load.

`python -m tests.outlines` writes them; tests/exports/test_outlines.py fails when they are older than the font.
"""

import json
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "static" / "fonts"
FONT, OUTLINES = FONTS / "inter.woff2", FONTS / "inter_outlines.json"
WEIGHTS, LARGEST = (400, 600), 32  # clouds are large, so the letters are those for large sizes
UNIT = 1000


def content() -> str:
    """For each weight, each letter's width and its outline, in thousandths of its size, from the line it stands on."""
    made = {str(weight): _letters(weight) for weight in WEIGHTS}
    lines = [
        f"{json.dumps(weight)}:{{\n"
        + ",\n".join(
            f"{json.dumps(sign, ensure_ascii=False)}:{json.dumps(letter, separators=(',', ':'))}"
            for sign, letter in letters.items()
        )
        + "\n}"
        for weight, letters in made.items()
    ]
    return "{" + ",\n".join(lines) + "}\n"


def _letters(weight: int) -> dict[str, tuple[int, str]]:
    font, found = TTFont(FONT), {}
    scale, glyphs = UNIT / font["head"].unitsPerEm, font.getGlyphSet(location={"wght": weight, "opsz": LARGEST})
    for code, name in sorted(font.getBestCmap().items()):
        pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, 0, 0)))
        found[chr(code)] = round(glyphs[name].width * scale), pen.getCommands()
    return found


if __name__ == "__main__":
    OUTLINES.write_text(content(), "utf-8")
