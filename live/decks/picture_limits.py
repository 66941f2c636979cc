"""Leaves so many pictures in a deck as a meeting takes, smaller ones where that is enough, and names the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from live.decks import pictures
from live.decks.model import Block, Columns, Deck, Picture
from live.decks.remarks import Remarks
from live.i18n.catalogs import N_
from live.pictures.encoder import make
from live.pictures.reply import PHONE_BYTES
from live.workshop.archive import MOST_ARCHIVE
from live.workshop.pictures import MOST_BYTES, MOST_PICTURES

MOST_FILES = MOST_ARCHIVE * 7 // 8  # bytes of all pictures as files: the text goes along
SMALLER = 1280  # pixels, where they would be too much at their full size


def kept(deck: Deck, remarks: Remarks, most_bytes: int = MOST_BYTES) -> Deck:
    """
    *deck* with no more pictures than a meeting takes, of *most_bytes* together as it stores them. Those that are
    smallest on their slides are left out.
    """
    shares: dict[str, float] = {}
    for _, picture in _all(deck):
        shares[picture.name] = max(shares.get(picture.name, 0), picture.share)
    ranked = sorted(shares, key=lambda name: -shares[name])  # the same rank: the earlier slide first
    chosen = ranked[:MOST_PICTURES]
    files = deck.files
    if not _is_surely_small(files, chosen, most_bytes):
        if _fitting(files, chosen, most_bytes) < len(chosen):
            files = files | {name: pictures.reduced(files[name], SMALLER) for name in chosen}
            remarks.warn(0, N_("The pictures are smaller here, so that all fit in a meeting."))
        chosen = chosen[: _fitting(files, chosen, most_bytes)]
    gone = set(ranked) - set(chosen)
    if not gone:
        return replace(deck, files=files)
    for slide, picture in _all(deck):
        if picture.name in gone:
            remarks.warn(
                slide, N_("A picture is left out; a meeting takes at most {most}, of {size} MB together: {text}"),
                most=MOST_PICTURES, size=most_bytes // 1024**2, text=picture.alt or picture.name,
            )  # fmt: skip
    slides = tuple(replace(slide, blocks=tuple(_without(slide.blocks, gone))) for slide in deck.slides)
    return replace(deck, slides=slides, files={name: body for name, body in files.items() if name not in gone})


def _all(deck: Deck) -> Iterator[tuple[int, Picture]]:
    """Every picture, with the number of its slide."""
    for slide in deck.slides:
        yield from ((slide.number, picture) for picture in _pictures(slide.blocks))


def _pictures(blocks: Iterable[Block]) -> Iterator[Picture]:
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Columns):
            yield from chain.from_iterable(map(_pictures, block.columns))


def _without(blocks: Iterable[Block], gone: set[str]) -> Iterator[Block]:
    """*blocks* with only the description of the pictures that are *gone*."""
    for block in blocks:
        if isinstance(block, Columns):
            yield Columns(tuple(tuple(_without(column, gone)) for column in block.columns))
        elif isinstance(block, Picture) and block.name in gone:
            yield replace(block, name="", place="")
        else:
            yield block


def _is_surely_small(files: dict[str, bytes], names: list[str], most_bytes: int) -> bool:
    """A meeting stores no picture larger than its file here, and a second one for phones."""
    return sum(len(files[name]) + PHONE_BYTES for name in names) <= most_bytes


def _fitting(files: dict[str, bytes], names: list[str], most_bytes: int) -> int:
    """How many of *names*, from the first on, a meeting takes: written as it stores them."""
    stored = sent = 0
    for count, name in enumerate(names):
        reply = make(files[name])
        stored += len(reply.large) + len(reply.small)
        sent += len(files[name])
        if stored > most_bytes or sent > MOST_FILES:
            return count
    return len(names)
