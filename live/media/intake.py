"""Takes in films and captions that lie beside a workshop: received on the disk, looked into, and told apart."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from live.errors import ArchiveRefused
from live.media import captions, video
from live.media.store import Incoming, Received, receive
from live.workshop.archive import TOO_LARGE
from live.workshop.films import MOST_CAPTIONS, MOST_FILM, MediaFile

Pieces = Callable[[str], Iterator[bytes]]
"""Reads a file beside the workshop by its name, piece by piece. Raises ArchiveRefused."""


def take_films(
    names: Collection[str], captions_among: Collection[str], pieces: Pieces, into: Incoming
) -> tuple[dict[str, MediaFile], list[Received], dict[str, ArchiveRefused]]:
    """
    What *names* are, where they were received *into*, and which were refused. Blocks: call it in a thread.
    """
    found: dict[str, MediaFile] = {}
    received: list[Received] = []
    refused: dict[str, ArchiveRefused] = {}
    for name in names:
        try:
            take = take_captions if name in captions_among else take_film
            found[name], one = take(name, pieces(name), into.folder)
            received.append(one)
        except ArchiveRefused as error:
            refused[name] = error
    return found, received, refused


def take_film(name: str, pieces: Iterator[bytes], into: Path) -> tuple[MediaFile, Received]:
    one = receive(name, pieces, into, MOST_FILM)
    if one.bytes > MOST_FILM:
        raise ArchiveRefused(TOO_LARGE, file=name, n=MOST_FILM // 2**20)
    with one.path.open("rb") as file:
        seen = video.inspect(name, file)
    return MediaFile(one.hash, seen.ending, one.bytes, seen.duration_ms, seen.width, seen.height), one


def take_captions(name: str, pieces: Iterator[bytes], into: Path) -> tuple[MediaFile, Received]:
    body = b""
    for piece in pieces:
        body += piece
        if len(body) > MOST_CAPTIONS:
            break
    cues = captions.read(name, body)
    one = receive(name, [captions.write(cues)], into, 4 * MOST_CAPTIONS)
    return MediaFile(one.hash, "vtt", one.bytes, words=captions.beginning(cues)), one
