"""What a film is by its bytes: what browsers play is taken, anything else is told what to do."""

import io
from pathlib import Path

import pytest

from live.errors import ArchiveRefused
from live.media import video

WEBM = Path(__file__).parents[1] / "data" / "film.webm"
"""
Seven seconds, 320 × 180: a disc that goes from left to right, and a tone. Recorded by Chromium's MediaRecorder (VP8 and
Opus) from a canvas that was drawn on and an oscillator.
"""


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return (8 + len(body)).to_bytes(4) + kind + body


def sample(codec: bytes) -> bytes:
    """An entry of `stsd` for pictures of 1280 × 720."""
    return box(codec, bytes(24), (1280).to_bytes(2), (720).to_bytes(2), bytes(50))


def track(handler: bytes, entry: bytes) -> bytes:
    stsd = box(b"stsd", bytes(4), (1).to_bytes(4), entry)
    return box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler), box(b"minf", box(b"stbl", stsd))))


def mp4(codec: bytes = b"avc1", *, brand: bytes = b"isom", handler: bytes = b"vide", late: bool = False) -> bytes:
    """An MP4 without a picture in it, whose index is before or after (*late*) where they would be; 61.5 seconds."""
    mvhd = box(b"mvhd", bytes(12), (1000).to_bytes(4), (61_500).to_bytes(4), bytes(80))
    moov = box(b"moov", mvhd, track(b"soun", box(b"mp4a", bytes(28))), track(handler, sample(codec)))
    mdat = (1).to_bytes(4) + b"mdat" + (16 + 100).to_bytes(8) + bytes(100)
    return box(b"ftyp", brand, bytes(4)) + (mdat + moov if late else moov + mdat)


def inspect(body: bytes, name: str = "film.mp4") -> video.Video:
    return video.inspect(name, io.BytesIO(body))


def refusal(body: bytes) -> str:
    with pytest.raises(ArchiveRefused) as refused:
        inspect(body)
    return str(refused.value)


@pytest.mark.parametrize("late", [False, True])
def test_an_mp4_with_h264_is_taken(late):
    assert video.Video("mp4", 61_500, 1280, 720) == inspect(mp4(late=late))


def test_a_webm_is_taken_whatever_it_is_called():
    seen = inspect(WEBM.read_bytes(), "film.mp4")
    assert ("webm", 320, 180) == (seen.ending, seen.width, seen.height)
    assert 6_500 < seen.duration_ms < 7_500


@pytest.mark.parametrize(
    ("body", "format"),
    [
        (mp4(b"hvc1"), "H.265 (HEVC)"),
        (mp4(b"zzzz"), "zzzz"),
        (mp4(brand=b"qt  "), "QuickTime (MOV)"),
        (WEBM.read_bytes().replace(b"webm", b"matroska"[:4], 1), "Matroska (MKV)"),
        (WEBM.read_bytes().replace(b"V_VP8", b"V_MS8", 1), "V_MS8"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "AVI"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", "WMV"),
    ],
)
def test_what_browsers_do_not_play_is_named(body, format):
    assert f"film.mp4 is {format}, which browsers do not play" in refusal(body)


def test_what_has_no_pictures_is_no_film():
    assert "no pictures" in refusal(mp4(handler=b"soun"))
    assert "no pictures" in refusal(WEBM.read_bytes().replace(b"\xe0\x9e\xb0", b"\xec\x9e\xb0", 1))  # void instead


@pytest.mark.parametrize("cut", [4, 12, 40, 60, 200, 300])
def test_what_is_cut_short_or_made_up_is_refused(cut):
    assert "damaged" in refusal(mp4()[:cut] + b"\xff" * 20)


@pytest.mark.parametrize("body", [b"", b"\x1a\x45\xdf\xa3" + b"\xff" * 200, b"<html>", mp4()[:24] + bytes(5000)])
def test_what_is_no_film_at_all_is_refused(body):
    with pytest.raises(ArchiveRefused):
        inspect(body)
