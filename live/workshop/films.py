"""Films of a workshop: which files a text names, what is known of a stored one, and how many there may be."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from live.errors import ArchiveRefused
from live.i18n.catalogs import N_
from live.workshop.model import Workshop

MOST_FILMS = 10
MOST_FILM = 500 * 1024 * 1024  # bytes of one film
MOST_BYTES = 1024 * 1024 * 1024  # of all films of a room
MOST_CAPTIONS = 1024 * 1024  # bytes of one file of captions
MOST_WORDS = 600  # bytes of the captions that a phone is shown at once

TOO_MANY = N_("{n} films: at most {most} in a meeting. Leave some out")

Ending = Literal["mp4", "webm", "vtt"]
TYPES: Mapping[Ending, str] = {"mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt; charset=utf-8"}


class MediaFile(Struct, frozen=True, omit_defaults=True):
    """
    A stored film, or its captions. `hash`: the first 32 hexadecimal digits of the SHA-256 of its bytes. `duration_ms`
    is 0 where the film does not say it, `words` the beginning of what captions say.
    """

    hash: str
    ending: Ending
    bytes: int
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    words: str = ""

    @property
    def file(self) -> str:
        return f"{self.hash}.{self.ending}"


Films = Mapping[str, MediaFile]
"""The films and captions of a room, by the names that its workshop uses."""


def is_link(name: str) -> bool:
    """Whether *name* is a film elsewhere, which is not played."""
    return name.casefold().startswith(("http://", "https://", "//"))


def name_in(attrs: Mapping[str, str | int | bool], key: str) -> str:
    """The name of the file in the attribute *key*; empty where there is none."""
    return str(attrs.get(key, "")).strip().removeprefix("./")


def uses(workshop: Workshop) -> dict[str, int]:
    """The names of the films and captions that *workshop* names, each with the line where it is first named."""
    found: dict[str, int] = {}
    for name, line in _named(workshop, ("src", "captions")):
        found.setdefault(name, line)
    return found


def captions(workshop: Workshop) -> set[str]:
    """Those of `uses` that are captions."""
    return {name for name, _ in _named(workshop, ("captions",))}


def _named(workshop: Workshop, keys: Iterable[str]) -> Iterator[tuple[str, int]]:
    for slide in workshop.slides:
        for activity in slide.activities:
            for key in keys:
                name = name_in(activity.attrs, key)
                if name and not is_link(name):
                    yield name, activity.line


def check_limits(films: Films) -> None:
    """Raises ArchiveRefused when there are too many of them for a room, or too much."""
    every = {one.file: one for one in films.values() if one.ending != "vtt"}
    if len(every) > MOST_FILMS:
        raise ArchiveRefused(TOO_MANY, n=len(every), most=MOST_FILMS)
    if sum(one.bytes for one in every.values()) > MOST_BYTES:
        sentence = N_("The films take more than {n} MB together. Leave some out, or save them smaller")
        raise ArchiveRefused(sentence, n=MOST_BYTES // 2**20)
