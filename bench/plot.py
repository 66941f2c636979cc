"""Draws measured points as a line chart, an SVG in docs/: the horizontal axis is logarithmic, the other starts at 0."""

import math
from html import escape
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 520, 280, 52, 44, 34, 20


def draw(name: str, points: list[tuple[int, float]], across: str, up: str) -> None:
    least, most = math.log10(points[0][0]), math.log10(points[-1][0])
    highest = _round_up(max(y for _, y in points))

    def x(n: float) -> float:
        return LEFT + (math.log10(n) - least) / (most - least or 1) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - value / highest * (HEIGHT - BOTTOM - TOP)

    lines = []
    for part in range(5):
        value = highest * part / 4
        lines.append(f'<path class="grid" d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}"/>')
        lines.append(f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
    shown = -math.inf
    for n, _ in points:
        if x(n) - shown > 60:
            shown = x(n)
            lines.append(f'<text x="{x(n):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{n:,}</text>')
    path = "L".join(f"{x(n):.1f} {y(value):.1f}" for n, value in points)
    lines.append(f'<path class="line" d="M{path}"/>')
    lines += [f'<circle cx="{x(n):.1f}" cy="{y(value):.1f}" r="3"/>' for n, value in points]
    lines.append(f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end">{escape(across)}</text>')
    lines.append(f'<text x="{LEFT}" y="18">{escape(up)}</text>')
    (DOCS / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(up)}, {escape(across)}">\n'
        "<style>svg{background:#fff}text{font:12px system-ui,sans-serif;fill:#333}.grid{stroke:#ddd}"
        ".line{fill:none;stroke:#0b5fa5;stroke-width:2}circle{fill:#0b5fa5}</style>\n"
        + "\n".join(lines)
        + "\n</svg>\n",
        "utf-8",
    )


def _round_up(value: float) -> float:
    """To the next of 1, 2, 4, 6, 8 times a power of ten."""
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value)
