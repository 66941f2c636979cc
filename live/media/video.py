"""
Tells what a film is by its bytes: a browser plays MP4 with H.264 (ISO/IEC 14496-12 and -15) and WebM (Matroska, RFC
9559). What it says of itself by its name is not believed.
"""

import struct
from collections.abc import Iterator
from typing import IO, NamedTuple

from live.errors import ArchiveRefused
from live.i18n.catalogs import N_
from live.workshop.films import Ending

MOST_BOXES = 1000
MOST_INDEX = 32 * 1024 * 1024  # bytes of the index of an MP4; an hour takes about 2 MB
MOST_HEAD = 1024 * 1024  # bytes of a WebM before its first pictures
_DEEPEST = 8

NOT_PLAYED = N_("{file} is {format}, which browsers do not play. Save it as MP4 with H.264, or as WebM, and try again")
DAMAGED = N_("{file} is damaged or no film. Save it again as MP4 with H.264, or as WebM")
NO_PICTURES = N_("{file} has sound and no pictures. A film is MP4 with H.264, or WebM")

_OTHERS: tuple[tuple[int, bytes, str], ...] = (
    (8, b"AVI ", "AVI"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMV"),
    (0, b"\x00\x00\x01\xba", "MPEG"),
    (0, b"\x00\x00\x01\xb3", "MPEG"),
    (0, b"FLV", "FLV"),
    (0, b"OggS", "Ogg"),
)
# How the pictures of an MP4 are coded (mp4ra.org), where people know it by another name.
_CODECS = {
    b"hvc1": "H.265 (HEVC)", b"hev1": "H.265 (HEVC)", b"dvh1": "H.265 (HEVC)", b"dvhe": "H.265 (HEVC)",
    b"mp4v": "MPEG-4 Part 2", b"av01": "AV1", b"vp09": "VP9",
}  # fmt: skip
_H264 = (b"avc1", b"avc3")


class Video(NamedTuple):
    """`duration_ms` is 0 where the file does not say it."""

    ending: Ending
    duration_ms: int
    width: int
    height: int


def inspect(name: str, file: IO[bytes]) -> Video:
    """What the *file* called *name* is. Raises ArchiveRefused, whose sentence says what to do."""
    head = file.read(64)
    try:
        if head[4:8] == b"ftyp":
            if head[8:12] == b"qt  ":
                raise ArchiveRefused(NOT_PLAYED, file=name, format="QuickTime (MOV)")
            return _mp4(name, file)
        if head[:4] == b"\x1a\x45\xdf\xa3":
            file.seek(0)
            return _webm(name, file.read(MOST_HEAD))
    except (ValueError, IndexError, ZeroDivisionError):
        raise ArchiveRefused(DAMAGED, file=name) from None
    for at, sign, format in _OTHERS:
        if head[at : at + len(sign)] == sign:
            raise ArchiveRefused(NOT_PLAYED, file=name, format=format)
    raise ArchiveRefused(DAMAGED, file=name)


# -- MP4 ------------------------------------------------------------------------------------------------------


def _mp4(name: str, file: IO[bytes]) -> Video:
    moov = _index(file)
    [mvhd] = _find(moov, b"mvhd")
    at = 20 if mvhd[0] else 12  # version 1 has 64-bit times
    size = 8 if mvhd[0] else 4
    scale = int.from_bytes(mvhd[at : at + 4])
    duration = int.from_bytes(mvhd[at + 4 : at + 4 + size])
    unknown = duration == (1 << (8 * size)) - 1
    duration_ms = 0 if unknown or not scale else duration * 1000 // scale
    found = None
    for trak in _find(moov, b"trak"):
        if [one[8:12] for one in _find(trak, b"mdia", b"hdlr")] != [b"vide"]:
            continue
        for stsd in _find(trak, b"mdia", b"minf", b"stbl", b"stsd"):
            for codec, entry in _boxes(stsd[8:]):
                if codec not in _H264:
                    raise ArchiveRefused(NOT_PLAYED, file=name, format=_CODECS.get(codec) or _as_text(codec))
                found = Video("mp4", duration_ms, int.from_bytes(entry[24:26]), int.from_bytes(entry[26:28]))
    if found is None:
        raise ArchiveRefused(NO_PICTURES, file=name)
    return found


def _index(file: IO[bytes]) -> bytes:
    """The box `moov`, which may stand before or after the pictures. Raises ValueError."""
    end = file.seek(0, 2)
    at = 0
    for _ in range(MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        size, start = int.from_bytes(head[:4]), 8
        if size == 1:
            size, start = int.from_bytes(head[8:16]), 16
        elif size == 0:
            size = end - at
        if len(head) < 8 or size < start or at + size > end:
            break
        if head[4:8] == b"moov":
            if size > MOST_INDEX:
                break
            file.seek(at + start)
            return file.read(size - start)
        at += size
    raise ValueError


def _boxes(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes in *body*: kind, content. Raises ValueError for one that is longer than what is left."""
    at = 0
    for _ in range(MOST_BOXES):
        if at + 8 > len(body):
            return
        size = int.from_bytes(body[at : at + 4])
        if size < 8 or at + size > len(body):
            raise ValueError
        yield body[at + 4 : at + 8], body[at + 8 : at + size]
        at += size


def _find(body: bytes, *path: bytes) -> list[bytes]:
    """The contents of all boxes at *path*."""
    inner = [content for kind, content in _boxes(body) if kind == path[0]]
    return inner if len(path) == 1 else [found for one in inner for found in _find(one, *path[1:])]


def _as_text(code: bytes) -> str:
    return "".join(chr(sign) if 32 < sign < 127 else "?" for sign in code)


# -- WebM -----------------------------------------------------------------------------------------------------

_EBML, _DOCTYPE, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x4282, 0x18538067, 0x1F43B675
_INFO, _SCALE, _DURATION = 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _ENTRY, _CODEC, _VIDEO, _WIDTH, _HEIGHT = 0x1654AE6B, 0xAE, 0x86, 0xE0, 0xB0, 0xBA
_PLAYED = (b"V_VP8", b"V_VP9", b"V_AV1")


def _webm(name: str, head: bytes) -> Video:
    elements = dict(_elements(head, top=True))
    doctype = dict(_elements(elements[_EBML])).get(_DOCTYPE, b"") if _EBML in elements else b""
    if doctype.rstrip(b"\0") != b"webm":
        raise ArchiveRefused(NOT_PLAYED, file=name, format="Matroska (MKV)")
    segment = dict(_elements(elements.get(_SEGMENT, b""), top=True))
    info = dict(_elements(segment.get(_INFO, b"")))
    scale = int.from_bytes(info.get(_SCALE, b"\x0f\x42\x40"))  # nanoseconds in a unit: a million where it is not said
    duration_ms = int(_float(info.get(_DURATION, b"")) * scale / 1_000_000)
    for kind, entry in _elements(segment.get(_TRACKS, b"")):
        track = dict(_elements(entry)) if kind == _ENTRY else {}
        if _VIDEO not in track:
            continue
        codec = track.get(_CODEC, b"")
        if codec.rstrip(b"\0") not in _PLAYED:
            raise ArchiveRefused(NOT_PLAYED, file=name, format=_as_text(codec[:20]))
        video = dict(_elements(track[_VIDEO]))
        width, height = (int.from_bytes(video.get(side, b"")) for side in (_WIDTH, _HEIGHT))
        return Video("webm", max(0, duration_ms), width, height)
    raise ArchiveRefused(NO_PICTURES, file=name)


def _elements(body: bytes, *, top: bool = False) -> Iterator[tuple[int, bytes]]:
    """
    The EBML elements in *body*: id, content. At the *top* levels one may go on past what was read, or have a size that
    is not known, and the first cluster of pictures ends them. Raises ValueError.
    """
    at = 0
    for _ in range(MOST_BOXES):
        if at >= len(body):
            return
        width = 9 - body[at].bit_length()
        id = int.from_bytes(body[at : at + width])
        if id == _CLUSTER:
            return
        at += width
        if at >= len(body):
            return
        width = 9 - body[at].bit_length()
        if width > 8:
            raise ValueError
        size = int.from_bytes(body[at : at + width]) & ((1 << 7 * width) - 1)
        at += width
        is_open = size == (1 << 7 * width) - 1
        if not top and (is_open or at + size > len(body)):
            raise ValueError
        end = len(body) if is_open else at + size
        yield id, body[at:end]
        at = end


def _float(body: bytes) -> float:
    number = struct.unpack(">f" if len(body) == 4 else ">d", body)[0] if len(body) in (4, 8) else 0.0
    return number if 0 <= number < 1e12 else 0.0  # neither NaN nor infinite
