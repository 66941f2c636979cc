"""The accent colour of a workshop (`theme:` in the front matter), and the shades of it that pages need."""

import re
from functools import lru_cache

from msgspec import Struct

FJORD = "#0b4f47"  # the accent of a workshop that has none of its own
LEAST = 4.5  # the contrast of text, WCAG 2.2, 1.4.3
# The grounds on which the accent stands as text, those nearest to it: static/shared/tokens.css, `--raw-paper-deep`.
LIGHT_GROUND, DARK_GROUND = "#ece5d7", "#202a2c"
_COLOUR = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_STEPS = 40

Rgb = tuple[int, int, int]


class Accent(Struct, frozen=True):
    """`light` and `held` (pressed) on paper, `dark` and `dark_held` on the dark ground, each as `#rrggbb`."""

    light: str
    held: str
    dark: str
    dark_held: str


def read(written: str) -> str | None:
    """The colour as `#rrggbb`; None when it is none."""
    found = _COLOUR.fullmatch(written.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast(one: str, other: str) -> float:
    """1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=64)
def accent(colour: str) -> Accent:
    """The shades of *colour*, `#rrggbb`: darkened on paper, and lightened on the dark ground, until it can be read."""
    light = _until_read(colour, LIGHT_GROUND, "#000000")
    dark = _until_read(colour, DARK_GROUND, "#ffffff")
    return Accent(light, mixed(light, "#000000", 0.25), dark, mixed(dark, "#ffffff", 0.35))


def on_paper(colour: str) -> str:
    """*colour*, `#rrggbb` or empty, as it can be read on paper; ours where it is empty."""
    return accent(colour).light if colour else FJORD


def css(colour: str) -> str:
    """A style sheet that gives all pages that accent, after their own."""
    one = accent(colour)
    return (
        f"@layer raw{{:root{{--raw-fjord:{one.light};--raw-fjord-deep:{one.held}}}"
        f":root[data-theme=dark]{{--raw-fjord:{one.dark};--raw-fjord-deep:{one.dark_held}}}}}"
        f":root{{--fjord:{one.light};--held:{one.held}}}"  # phones have few names
    )


def mixed(one: str, other: str, part: float) -> str:
    """*one* with so large a *part* of *other*, from 0 to 1; all as `#rrggbb`."""
    parts = (round(a + (b - a) * part) for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in parts)


def _until_read(colour: str, ground: str, towards: str) -> str:
    for step in range(_STEPS + 1):
        shade = mixed(colour, towards, step / _STEPS)
        if contrast(shade, ground) >= LEAST:
            return shade
    return towards


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if (part := channel / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for channel in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
