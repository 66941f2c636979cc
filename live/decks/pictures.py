"""Pictures of a deck as they are shown there: cut, turned, and no larger than a screen."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 1920  # pixels: the width of a screen
MOST_PIXELS = 40_000_000  # decoded, 160 MB at most
QUALITY = 85
_KEPT = {"PNG": "png", "GIF": "gif", "JPEG": "jpg", "WEBP": "webp", "MPO": "jpg"}


class Shown(Struct, frozen=True):
    """
    How a slide shows a picture: what is cut away of each side, as a share (below 0: there is a margin, which is left
    out), then mirrored, then turned clockwise by `turned` degrees.
    """

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    mirrored: bool = False
    upside_down: bool = False
    turned: int = 0


def as_shown(data: bytes, shown: Shown) -> tuple[bytes, str]:
    """
    The picture as a file for a workshop, and the ending of its name. What it says of camera and place is gone.

    Raises ValueError for what is no picture, or one that can't be read here.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            if opened.format in ("WMF", "EMF"):
                raise ValueError("a drawing of Windows")
            opened.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))  # a JPEG is decoded no larger than needed
            ending = _KEPT.get(opened.format or "", "png")
            picture = ImageOps.mirror(_cut(opened, shown)) if shown.mirrored else _cut(opened, shown)
    except (UnidentifiedImageError, OSError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        raise ValueError(str(error)) from None
    if shown.upside_down:
        picture = ImageOps.flip(picture)
    if shown.turned % 360:
        picture = picture.rotate(-shown.turned, expand=True)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _written(picture, "jpg" if ending == "jpg" else "png")


def moves(data: bytes) -> bool:
    """Whether a picture that can be read has several that follow each other, of which `as_shown` keeps the first."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as opened:
        return bool(getattr(opened, "is_animated", False)) and opened.format != "MPO"


def _cut(picture: Image, shown: Shown) -> Image:
    """The part that is shown, decoded."""
    wide, high = picture.size
    left, top = round(wide * max(0, shown.left)), round(high * max(0, shown.top))
    right, bottom = round(wide * (1 - max(0, shown.right))), round(high * (1 - max(0, shown.bottom)))
    if right <= left or bottom <= top:
        raise ValueError("all of it is cut away")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    return picture.convert(mode).crop((left, top, right, bottom))


def _written(picture: Image, ending: str) -> tuple[bytes, str]:
    out = io.BytesIO()
    if ending == "jpg" and picture.mode == "RGB":
        picture.save(out, "JPEG", quality=QUALITY)
        return out.getvalue(), "jpg"
    picture.save(out, "PNG", optimize=False)
    if picture.mode == "RGB" and out.tell() > 400_000:  # a photograph kept as PNG: a tenth as JPEG
        photograph, _ = _written(picture, "jpg")
        if len(photograph) < out.tell() / 3:
            return photograph, "jpg"
    return out.getvalue(), "png"


def page(picture: Image) -> tuple[bytes, str]:
    """A page that was drawn, as a file."""
    return _written(picture.convert("RGB"), "png")


def reduced(content: bytes, longest: int) -> bytes:
    """The file with a picture of that many pixels on its longer side; as it is, where it has no more."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        if max(picture.size) <= longest:
            return content
        kind = picture.format
        picture.thumbnail((longest, longest))
        out = io.BytesIO()
        picture.save(out, kind, quality=QUALITY)
        return out.getvalue()
