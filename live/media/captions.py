"""
Captions of a film: reads WebVTT (https://www.w3.org/TR/webvtt1/) and SubRip (.srt), and writes WebVTT of our own, in
which nothing is left but cues with their times, places and words.
"""

import html
import re
from typing import NamedTuple

from live.errors import ArchiveRefused
from live.i18n.catalogs import N_
from live.workshop.films import MOST_CAPTIONS, MOST_WORDS

MOST_CUES = 20_000
MOST_LINE = 1000  # characters of one cue

_TIME = r"(?:([0-9]{1,4}):)?([0-5][0-9]):([0-5][0-9])[.,]([0-9]{3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s+(.*))?\s*")
_SETTING = re.compile(r"(?:position|line|size|align|vertical):[0-9A-Za-z.,%-]{1,40}")
_TAG = re.compile(r"<[^<>]{0,200}>")
_MARKS = re.compile(r"</?[ibu]>")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

NOT_UTF8 = N_("{file} is not UTF-8. Save the captions as WebVTT in UTF-8")
NO_CAPTIONS = N_(
    "{file} has no captions that can be read. Write them as WebVTT: WEBVTT, then times as 00:01.000 --> 00:04.000"
)
TOO_MUCH = N_("{file} has too much text. Captions may have {n} MB")


class Cue(NamedTuple):
    """Times in milliseconds. `text` may have lines, and the marks for italics, bold and underlined."""

    start_ms: int
    end_ms: int
    text: str
    settings: str = ""


def read(name: str, body: bytes) -> list[Cue]:
    """The cues in order. Raises ArchiveRefused."""
    if len(body) > MOST_CAPTIONS:
        raise ArchiveRefused(TOO_MUCH, file=name, n=MOST_CAPTIONS // 2**20)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ArchiveRefused(NOT_UTF8, file=name) from None
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    is_srt = name.casefold().endswith(".srt")
    if not is_srt and not re.match(r"WEBVTT(?:[ \t\n]|\Z)", text):
        raise ArchiveRefused(NO_CAPTIONS, file=name)
    cues = []
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        at = next((number for number, line in enumerate(lines[:2]) if "-->" in line), None)
        if at is None or (found := _TIMES.fullmatch(lines[at])) is None:
            continue  # a note, a style, a region, or what nobody can read
        start, end = _ms(found.groups()[:4]), _ms(found.groups()[4:8])
        words = "\n".join(kept for line in lines[at + 1 :] if (kept := _words(line)))[:MOST_LINE]
        if end > start and words:
            cues.append(Cue(start, end, words, " ".join(_SETTING.findall(found[9] or "")[:5])))
    if not cues:
        raise ArchiveRefused(NO_CAPTIONS, file=name)
    if len(cues) > MOST_CUES:
        raise ArchiveRefused(TOO_MUCH, file=name, n=MOST_CAPTIONS // 2**20)
    return sorted(cues, key=lambda cue: cue.start_ms)


def write(cues: list[Cue]) -> bytes:
    """WebVTT of *cues*, without styles, regions and names of voices."""
    blocks = [
        f"{_time(cue.start_ms)} --> {_time(cue.end_ms)}{' ' if cue.settings else ''}{cue.settings}\n{_marked(cue.text)}"
        for cue in cues
    ]
    return ("\n\n".join(["WEBVTT", *blocks]) + "\n").encode()


def spoken(cue: Cue) -> str:
    """What it says, in one line of plain text."""
    return " ".join(_MARKS.sub("", cue.text).split())


def beginning(cues: list[Cue]) -> str:
    """What the first of them say, cut at a word; with … where there is more."""
    said = ""
    for cue in cues:
        said = f"{said} {spoken(cue)}".strip()
        if len(said.encode()) > MOST_WORDS:
            return said.encode()[: MOST_WORDS - 5].decode(errors="ignore").rpartition(" ")[0] + "\u00a0…"
    return said


def clock(ms: int) -> str:
    """A time as people read it: `1:04`, `1:00:04`."""
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 60 else f"{minutes}:{seconds:02}"


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, ms = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def _time(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def _words(line: str) -> str:
    """A line as it is kept: `<i> <b> <u>` stay, any other tag goes, what is escaped is read."""
    bare = _TAG.sub(lambda tag: tag[0] if _MARKS.fullmatch(tag[0]) else "", line)
    return html.unescape(bare).strip()


def _marked(text: str) -> str:
    """*text* as WebVTT has it: all but the marks escaped. `-->` may not stand in it, and an empty line would end it."""
    parts = re.split(r"(</?[ibu]>)", text)
    return "".join(part if _MARKS.fullmatch(part) else html.escape(part, quote=False) for part in parts)
