"""What people send as a picture is written anew, small and without metadata, or refused with what to do."""

import io
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from live.errors import ArchiveRefused
from live.pictures import encode, read_size
from live.pictures.encoder import read_frame, write_frame
from live.pictures.reply import PHONE, PHONE_BYTES, SCREEN, Reply
from tests.pictures.drawn import drawn, photo, png, saved

pytestmark = pytest.mark.usefixtures("counted_processes")

HEIC = (Path(__file__).parents[1] / "data" / "iphone.heic").read_bytes()
MOVES = saved(drawn((60, 40)), "GIF", save_all=True, append_images=[drawn((60, 40)).rotate(180)])
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def bomb(wide: int, high: int, rows: int) -> bytes:
    """A PNG whose head says that it is that large, with so many of its rows, all black: few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(bytes(1 + wide * 4)) for _ in range(rows)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", body) + chunk(b"IEND", b"")


async def made(**files: bytes):
    return await encode(files, files.__getitem__)


def opened(one, which: int) -> Image.Image:
    return Image.open(io.BytesIO(one.files[one.picture.files[which]]))


async def test_a_photo_comes_upright_in_two_sizes_without_what_the_camera_noted():
    found, refused = await made(photo=photo((2400, 1500)))
    one = found["photo"]
    assert {} == refused
    assert (SCREEN * 1500 // 2400, SCREEN, PHONE) == (one.picture.width, one.picture.height, one.picture.small)
    for which, wide in ((0, one.picture.width), (1, PHONE)):
        image = opened(one, which)
        assert ("WEBP", wide) == (image.format, image.width)
        assert {} == dict(image.getexif())
        red, _, blue = image.convert("RGB").getpixel((wide // 2, image.height // 8))
        assert red > blue, "what the camera had on its left is up"
    assert all(b"Kameramerket" not in body and b"EXIF" not in body for body in one.files.values())
    assert len(one.files[one.picture.files[1]]) <= PHONE_BYTES
    assert sum(map(len, one.files.values())) == one.picture.bytes


async def test_what_cameras_printers_and_people_make_of_pictures_is_read():
    """By what is in the file, whatever its name says, and again as the same file."""
    alpha = drawn((900, 300), "RGBA")
    alpha.putalpha(100)
    same = png()
    found, refused = await made(**{
        "iphone.heic": HEIC,
        "print.jpg": saved(drawn((800, 500), "CMYK"), "JPEG"),
        "named.png": photo((800, 500)),
        "seen_through.png": saved(alpha, "PNG"),
        "palette.png": saved(drawn((700, 400), "P"), "PNG"),
        "deep.png": saved(drawn((500, 400), "I;16"), "PNG"),
        "mobil.jpg": saved(drawn((300, 200)), "MPO", save_all=True, append_images=[drawn((30, 20))]),
        "still.gif": saved(drawn((300, 200)), "GIF"),
        "polyglot.png": same + b"PK\x03\x04<script>alert(1)</script>",
        "same.png": same,
        "tall.png": saved(drawn((400, 3000)), "PNG"),
        "modern.avif": saved(drawn((200, 200)), "AVIF"),
    })  # fmt: skip
    assert {} == refused
    heic = found["iphone.heic"]
    assert (96, 64) == (heic.picture.width, heic.picture.height)
    assert "RGBA" == opened(found["seen_through.png"], 0).mode
    assert found["polyglot.png"] == found["same.png"]
    assert all(b"script" not in body for body in found["polyglot.png"].files.values())
    red, _, blue = opened(found["print.jpg"], 0).convert("RGB").getpixel((100, 100))
    assert red > blue + 60, "ink is not light"
    for one in found.values():
        sizes = [read_size(one.files[name]) for name in one.picture.files]
        assert (one.picture.width, one.picture.height) == sizes[0]
        assert len(one.files[one.picture.files[-1]]) <= PHONE_BYTES


async def test_what_can_not_be_taken_is_told_with_its_name_and_what_to_do():
    found, refused = await made(**{
        "moves.gif": MOVES, "kart.svg": SVG, "text.png": b"hei", "cut.jpg": photo()[:5000],
        "huge.png": bomb(20_000, 20_000, rows=100), "empty.png": b"", "good.png": png(),
    })  # fmt: skip
    assert ["good.png"] == list(found)
    assert {
        "moves.gif": "moves.gif moves. Save one picture of it as PNG",
        "kart.svg": "kart.svg is a drawing (SVG). Save it as PNG, 1920 pixels wide",
        "text.png": "text.png can't be read as a picture. Save it again as JPEG or PNG",
        "cut.jpg": "cut.jpg can't be read as a picture. Save it again as JPEG or PNG",
        "huge.png": "huge.png has more than 50 megapixels. Save it smaller: 1920 pixels wide is enough",
        "empty.png": "empty.png can't be read as a picture. Save it again as JPEG or PNG",
    } == {name: str(error) for name, error in refused.items()}


def test_the_largest_pictures_that_are_read_stay_within_the_memory_that_is_promised():
    pictures = [bomb(9_000, 5_500, rows=5_500), saved(Image.new("RGB", (8_000, 6_000)), "JPEG")]
    with subprocess.Popen(
        [sys.executable, "-m", "live.pictures.encoder"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        for body in pictures:
            write_frame(process.stdin, body)
            reply = msgspec.msgpack.decode(read_frame(process.stdout), type=Reply)
            assert ("", SCREEN) == (reply.fault, reply.width)
        status = Path(f"/proc/{process.pid}/status").read_text()
        process.stdin.close()
    assert int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) <= 400 * 1024


async def test_one_that_can_not_be_read_from_the_archive_keeps_no_other_from_it():
    def read(name: str) -> bytes:
        if name == "bad.png":
            raise ArchiveRefused("{file} is damaged", file=name)
        return png()

    found, refused = await encode(["bad.png", "good.png"], read)
    assert ["good.png"] == list(found)
    assert ["bad.png"] == list(refused)


@pytest.mark.parametrize("body", [b"", b"RIFF....WEBP", png(), saved(drawn((2000, 20)), "WEBP")])
def test_a_file_that_we_did_not_make_is_no_stored_picture(body):
    with pytest.raises(ValueError, match="no "):
        read_size(body)
