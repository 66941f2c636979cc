"""
Films in a backup: for each file a line with its name, its size and the codes of the rooms that use it, then its bytes
in lines of parts.
"""

import asyncio
import base64
from collections.abc import AsyncIterator, Collection, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from live.media import Incoming, Media, Received
from live.media.store import FILE
from live.workshop.films import MOST_FILM, MediaFile

MOST_PART = 1024 * 1024  # bytes of a film in one line


class FilmLine(Struct, kw_only=True):
    """What lines about films have."""

    film: str | None = None
    size: int = 0
    used: list[str] = []
    part: str | None = None


class Film(NamedTuple):
    """Its parts come after it."""

    name: str
    size: int
    codes: list[str]


class FilmPart(NamedTuple):
    body: bytes


async def film_lines(media: Media, films: Mapping[str, list[str]]) -> AsyncIterator[Any]:
    """The lines for the files of *films*, each with the codes of its rooms; what is not in *media* is left out."""
    for name, codes in films.items():
        path = await asyncio.to_thread(media.path, codes[0], name)
        if path is None:
            continue
        with path.open("rb") as file:
            yield {"film": name, "size": path.stat().st_size, "used": codes}
            while piece := await asyncio.to_thread(file.read, MOST_PART):
                yield {"part": base64.b64encode(piece).decode()}


class FilmLines:
    """Reads them back, and holds that each film has as many bytes as were said."""

    def __init__(self) -> None:
        self._left = 0

    def read(self, line: FilmLine, codes: Collection[str]) -> Film | FilmPart | None:
        """None where the line is about something else. *codes* are the rooms of the backup. Raises ValueError."""
        if line.part is not None:
            part = FilmPart(base64.b64decode(line.part, validate=True))
            self._left -= len(part.body)
            if self._left < 0 or not part.body:
                raise ValueError
            return part
        if self._left:
            raise ValueError
        if line.film is None:
            return None
        if not FILE.fullmatch(line.film) or not 0 < line.size <= MOST_FILM or not {*line.used} <= {*codes}:
            raise ValueError
        self._left = line.size
        return Film(line.film, line.size, line.used)


class FilmWriter:
    """Writes the parts of films to *place*, and gives each to its rooms when it is whole."""

    def __init__(self, place: Incoming, media: Media) -> None:
        self._place = place
        self._media = media
        self._film = Film("", 0, [])
        self._codes: list[str] = []

    def begin(self, film: Film, codes: list[str]) -> None:
        self._film, self._codes, self._written, self._digest = film, codes, 0, sha256()

    def write(self, body: bytes) -> bool:
        """Whether the film is whole now. One whose content is another than its name says is left out."""
        if not self._codes:
            return False
        path = self._place.folder / self._film.name
        with path.open("ab") as file:
            file.write(body)
        self._digest.update(body)
        self._written += len(body)
        if self._written < self._film.size:
            return False
        hash, _, ending = self._film.name.partition(".")
        is_whole = self._digest.hexdigest()[:32] == hash
        if is_whole:
            film = msgspec.convert({"hash": hash, "ending": ending, "bytes": self._written}, MediaFile)
            for code in self._codes:
                self._media.keep(code, {"": film}, [Received(path, hash, self._written)])
        path.unlink()
        return is_whole
