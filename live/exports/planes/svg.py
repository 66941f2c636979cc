"""A plane as SVG, for pages and PDF: letters and points stay sharp, and the picture below them is in the page."""

from base64 import b64encode
from collections.abc import Iterator
from html import escape

from live.exports.planes.size import EDGE, MARK, size_of
from live.report_blocks import Plane

INK, VOICE, LINE, GROUND = "#14191b", "#0b4f47", "#cdc4b3", "#ffffff"
FONT = 'font-family="Inter, sans-serif"'
LETTERS = 22


def as_svg(plane: Plane) -> Iterator[str]:
    """The lines of one `svg` element. Colours are attributes: what makes the PDF applies no style inside a picture."""
    wide, high = size_of(plane)
    edge = EDGE if plane.left else 0
    whole = f"{-edge} {-edge} {wide + 2 * edge} {high + 2 * edge}"
    yield f'<svg class="plane" viewBox="{whole}" role="img" aria-label="{escape(plane.alt)}">'
    if plane.picture:
        src = f"data:image/webp;base64,{b64encode(plane.picture.body).decode()}"
        yield f'<image href="{src}" width="{wide}" height="{high}"/>'
    else:
        yield f'<rect width="{wide}" height="{high}" fill="{GROUND}" stroke="{INK}" stroke-width="2"/>'
        yield f'<path d="M{wide / 2} 0V{high}M0 {high / 2}H{wide}" stroke="{LINE}" stroke-width="2"/>'
    if plane.left:
        yield _word(plane.high, wide / 2, -12, "middle")
        yield _word(plane.low, wide / 2, high + LETTERS + 8, "middle")
        yield _word(plane.left, 0, high + LETTERS + 8, "start")
        yield _word(plane.right, wide, high + LETTERS + 8, "end")
    for mark in plane.marks:
        x, y = mark.x * wide, mark.y * high
        if mark.letter:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{MARK}" fill="{VOICE}" stroke="{GROUND}" stroke-width="2"/>'
            yield _word(mark.letter, x, y + 0.36 * LETTERS, "middle", GROUND)
        else:
            yield (
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{MARK / 2}" fill="{VOICE}" fill-opacity=".7" stroke="{GROUND}" '
                'stroke-width="2"/>'
            )
    yield "</svg>"


def _word(words: str, x: float, y: float, anchor: str, fill: str = INK) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} {FONT} font-size="{LETTERS}" font-weight="600" fill="{fill}">{escape(words)}</text>'
