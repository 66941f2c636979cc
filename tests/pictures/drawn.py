"""Pictures drawn for tests, and archives that hold them."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageDraw

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F
TURNED = 6  # the camera was held upright: left becomes top


def drawn(size: tuple[int, int] = (1600, 1000), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, with enough in it that it takes space."""
    image = Image.effect_noise(size, 90).convert("RGB")
    draw = ImageDraw.Draw(image, "RGBA")
    wide, high = size
    draw.rectangle((0, 0, wide // 2, high), fill=(200, 30, 30, 210))
    draw.rectangle((wide // 2, 0, wide, high), fill=(30, 60, 200, 210))
    return image.convert(mode)


def saved(image: Image.Image, format: str, **more: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, format, **more)
    return written.getvalue()


def photo(size: tuple[int, int] = (1600, 1000)) -> bytes:
    """As a phone takes it: turned by its metadata, which also say where and with what."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = TURNED, "Kameramerket"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (59.0, 54.0, 12.0)
    return saved(drawn(size), "JPEG", quality=85, exif=exif)


def png(size: tuple[int, int] = (300, 200)) -> bytes:
    return saved(drawn(size), "PNG")


def packed(files: Mapping[str, bytes | str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()
