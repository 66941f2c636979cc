"""
Decodes a picture and writes it anew, in two sizes: `python -m live.pictures.encoder` reads pictures from standard
input, one after the other, and writes a reply for each.

It runs apart because a picture can be made to take any amount of memory and time: this process may take MOST_MEMORY,
and is killed when it takes too long. Nothing of the original is kept: no metadata, and nothing that hides behind it.
"""

import contextlib
import io
import struct
import sys
import warnings
from typing import IO

import msgspec
from PIL import Image, ImageCms, ImageOps

from live.i18n.catalogs import N_
from live.pictures.reply import PHONE, PHONE_BYTES, SCREEN, Reply

MOST_PIXELS = 50_000_000
MOST_MEMORY = 360 * 1024 * 1024
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF")
STILL = ("HEIF", "MPO")  # also with several pictures: a preview or a depth map beside the photo
_SVG = (b"<svg", b"<?xml", b"<!doctype svg")
_HEADER = struct.Struct(">I")


def make(body: bytes) -> Reply:
    """Write the picture anew."""
    if body[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_SVG):
        return Reply(fault=N_("{file} is a drawing (SVG). Save it as PNG, {n} pixels wide"), n=SCREEN)
    try:
        with Image.open(io.BytesIO(body), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                fault = N_("{file} has more than {n} megapixels. Save it smaller: 1920 pixels wide is enough")
                return Reply(fault=fault, n=MOST_PIXELS // 1_000_000)
            if getattr(image, "is_animated", False) and image.format not in STILL:
                return Reply(fault=N_("{file} moves. Save one picture of it as PNG"))
            whole = _upright(image)
        return _written(whole)
    except (MemoryError, Image.DecompressionBombError):
        return Reply(fault=N_("{file} takes too much memory. Save it smaller: {n} pixels wide is enough"), n=SCREEN)
    except Exception:  # a decoder may raise anything at bytes that were made to break it
        return Reply(fault=N_("{file} can't be read as a picture. Save it again as JPEG or PNG"))


def _upright(image: Image.Image) -> Image.Image:
    """Within SCREEN × SCREEN, turned as its metadata says, in sRGB, with alpha only if something is seen through."""
    image.draft("RGB", (SCREEN, SCREEN))  # a JPEG is decoded at half, a quarter or an eighth of its size
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value / 256).convert("L")
    has_alpha = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    if image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        image = image.convert("RGBA" if has_alpha else "RGB")
    if image.mode == "RGBA":
        image = _reduced(image)
    image.thumbnail((SCREEN, SCREEN), Image.Resampling.LANCZOS)
    turned = _in_srgb(ImageOps.exif_transpose(image)).convert("RGBA" if has_alpha else "RGB")
    if has_alpha and turned.getchannel("A").getextrema() == (255, 255):
        turned = turned.convert("RGB")
    return turned


def _reduced(image: Image.Image) -> Image.Image:
    """
    Smaller by a whole number, but not below what is wanted. In strips: Pillow copies what is seen through before it
    reduces it, and a whole picture twice is more than this process may take.
    """
    factor = max(image.size) // (2 * SCREEN)
    if factor < 2:
        return image
    wide, high = image.size
    reduced = Image.new(image.mode, (-(-wide // factor), -(-high // factor)))
    reduced.info = image.info
    step = 256 * factor
    for top in range(0, high, step):
        strip = image.crop((0, top, wide, min(high, top + step)))
        reduced.paste(strip.reduce(factor), (0, top // factor))
    return reduced


def _in_srgb(image: Image.Image) -> Image.Image:
    """Phones and printers have colour profiles of their own; without them their colours would be others."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _written(image: Image.Image) -> Reply:
    large = _webp(image, QUALITY)
    if len(large) <= PHONE_BYTES and image.width <= PHONE:
        return Reply(large, large, image.width, image.height, image.width)
    width = min(PHONE, image.width * 3 // 4 or 1)  # never the width of the large one: both are named after theirs
    while True:
        small = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
        for quality in (QUALITY - 5, 60, 45):
            if len(body := _webp(small, quality)) <= PHONE_BYTES:
                return Reply(large, body, image.width, image.height, width)
        width = width * 3 // 4


def _webp(image: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "WEBP", quality=quality, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return written.getvalue()


def read_frame(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_HEADER.size)
    return stream.read(_HEADER.unpack(head)[0]) if len(head) == _HEADER.size else None


def write_frame(stream: IO[bytes], body: bytes) -> None:
    stream.write(_HEADER.pack(len(body)) + body)
    stream.flush()


def main() -> None:
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # MOST_PIXELS is the limit here, with a sentence of its own
    with contextlib.suppress(ImportError):
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    while (body := read_frame(sys.stdin.buffer)) is not None:
        write_frame(sys.stdout.buffer, msgspec.msgpack.encode(make(body)))
        del body


if __name__ == "__main__":
    main()
