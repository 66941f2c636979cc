"""Finds slides that send people to a poll elsewhere, so that the meeting can hold the talk and the question itself."""

import re
from collections.abc import Sequence

from msgspec import Struct

from live.decks.model import Block, Paragraph, Text, plain

_SERVICE = re.compile(
    r"\b(menti(?:meter)?(?:\.com)?|slido|sli\.do|kahoot(?:\.it)?|padlet(?:\.com)?|wooclap|pollev(?:\.com)?|"
    r"poll everywhere|vevox|ahaslides|mural|forms\.office\.com|forms\.gle)\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\(?\b(\d{1,2})\s*(?:min(?:utt(?:er?|ar)?|ute?s?)?\b\.?)\)?", re.IGNORECASE)
_TALK = re.compile(
    r"\b(to og to|to og tre|sidemann\w*|naboen|i par|diskuter|drøft|snakk|prat|in pairs|discuss|talk|neighbou?r)\b",
    re.IGNORECASE,
)
_WAY_THERE = re.compile(
    r"\b(gå til|gå inn på|skann|scan|go to|join at|kode|koden|code|qr|https?://|www\.)|\b\d{4}\s?\d{4}\b|\b\d{6,8}\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(flere|fleire|several|more than one|many|as many)\b", re.IGNORECASE)
# The clock shows the minutes, and answers are written here.
_MINUTES_BESIDE = re.compile(r"\s*\(\s*\d{1,2}\s*(?:min|minutt|minutter|minuttar|minutes?)\.?\s*\)\s*$", re.IGNORECASE)
_THERE = re.compile(rf"\s+(?:i|på|via|in|on|with)\s+{_SERVICE.pattern}(?=[\s.,:;!?]|$)", re.IGNORECASE)
_ONLY_DIGITS = re.compile(r"[\d\s#-]{4,12}")
LONGEST_WORDS = 500  # characters of one step, which a phone shows whole
MOST_STEPS = 12


class Poll(Struct, frozen=True):
    """
    `talk`: what people are to talk about first, for `talk_s` seconds, if at all. `ask`: how they are to answer, in the
    slide's own words. `way`: what nobody needs any more: how they would have got to the poll, and steps as they stood
    before such words were taken out. `service`: its name. `rest`: the blocks that stay on the slide.
    """

    service: str
    talk: str
    talk_s: int
    ask: str
    several: bool
    way: tuple[str, ...]
    rest: tuple[Block, ...]


def poll_of(title: str, blocks: Sequence[Block]) -> Poll | None:
    """
    The poll that a slide sends people to: it names a service for polls, or has numbered steps of which one says how
    many minutes it takes.
    """
    texts = [block for block in blocks if isinstance(block, Text)]
    paragraphs = [paragraph for block in texts for paragraph in block.paragraphs]
    lines = [plain(paragraph.runs) for paragraph in paragraphs]
    named = next((found[0] for found in map(_SERVICE.search, [title, *lines]) if found), "")
    timed = any(map(_MINUTES.search, lines)) and sum(one.mark == "1" for one in paragraphs) >= 2
    if not title or not (named or timed) or len(lines) > MOST_STEPS or max(map(len, lines), default=0) > LONGEST_WORDS:
        return None
    talk: list[str] = []
    ask: list[str] = []
    way: list[str] = []
    kept: set[int] = set()
    for paragraph, line in zip(paragraphs, lines, strict=True):
        if _leads_there(paragraph, line):
            way.append(line)
        elif _MINUTES.search(line) or _TALK.search(line):
            talk.append(line)
        elif paragraph.mark == "1" or talk or _SERVICE.search(line):
            ask.append(_THERE.sub("", line))
            way += [line] if ask[-1] != line else []
        else:
            kept.add(id(paragraph))
    if len(" ".join(talk + ask)) > LONGEST_WORDS:
        return None
    minutes = [int(found[1]) for found in map(_MINUTES.search, talk) if found]
    if len(minutes) == 1:  # of several, each says how long its own part takes
        way = [line for line in talk if _MINUTES_BESIDE.search(line)] + way
        talk = [_MINUTES_BESIDE.sub("", line) for line in talk]
    return Poll(
        service=named,
        talk=" ".join(talk),
        talk_s=min(sum(minutes), 99) * 60,
        ask=" ".join(ask),
        several=bool(_SEVERAL.search(" ".join(ask))),
        way=tuple(way),
        rest=_rest(blocks, kept),
    )


def _leads_there(paragraph: Paragraph, line: str) -> bool:
    """Whether the line only says how to get to the poll, or is its code."""
    if _ONLY_DIGITS.fullmatch(line):
        return True
    return bool(_WAY_THERE.search(line) and (_SERVICE.search(line) or paragraph.mark != "1") and not _TALK.search(line))


def _rest(blocks: Sequence[Block], kept: set[int]) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, Text):
            found.append(block)
        elif left := tuple(one for one in block.paragraphs if id(one) in kept):
            found.append(Text(left))
    return tuple(found)
