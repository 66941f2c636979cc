"""Takes in a workshop with the files beside it: checks all of it, and has its pictures encoded."""

import asyncio
from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from msgspec import Struct

from live import workshop
from live.activities import SCHEMAS
from live.decks.status import REPORT
from live.errors import ArchiveRefused, Problem, WorkshopInvalid
from live.i18n.catalogs import N_
from live.pictures import Encoded, encode
from live.workshop import pictures
from live.workshop.diagnostics import quoted

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".heif", ".avif", ".svg", ".bmp", ".tif", ".tiff")


class Source(Protocol):
    """A folder or an archive: `workshop.md`, and the files beside it by the names that the text uses."""

    @property
    def names(self) -> Collection[str]: ...
    def text(self) -> bytes: ...
    def file(self, name: str) -> bytes: ...


class Intake(Struct, frozen=True):
    """What was taken in. `files` of the pictures are by the names under which the store has them."""

    text: str
    pictures: dict[str, pictures.Picture]
    files: dict[str, bytes]
    warnings: list[Problem]


async def take_in(source: Source, *, translate: Callable[[str], str] = str) -> Intake:
    """Raises WorkshopInvalid with every error in text and pictures, each with its line, and ArchiveRefused."""
    body = await asyncio.to_thread(source.text)
    text = workshop.decode(body, translate=translate)
    problems: list[Problem] = []
    try:
        _, problems = await asyncio.to_thread(workshop.parse, text, SCHEMAS, translate=translate)
    except WorkshopInvalid as invalid:
        problems = invalid.problems
    names = set(source.names)
    used = pictures.uses(text)
    wanted = [name for name in used if name in names]
    if len(wanted) > pictures.MOST_PICTURES:
        sentence = N_("{n} pictures: at most {most} in a meeting. Leave some out")
        raise ArchiveRefused(sentence, n=len(wanted), most=pictures.MOST_PICTURES)
    made, refused = await encode(wanted, source.file)
    problems += [Problem(used[name], told(error, translate)) for name, error in refused.items()]
    problems += pictures.missing(text, names, translate)
    problems += _unused(text, names - set(used), translate)
    if any(not problem.warning for problem in problems):
        raise WorkshopInvalid(sorted((one for one in problems if not one.warning), key=lambda one: one.line))
    taken, files = unpacked(made)
    pictures.check_limits(taken)
    return Intake(text, taken, files, sorted(problems, key=lambda one: one.line))


def unpacked(made: dict[str, Encoded]) -> tuple[dict[str, pictures.Picture], dict[str, bytes]]:
    """The pictures by name, and all their files."""
    files = {file: body for one in made.values() for file, body in one.files.items()}
    return {name: one.picture for name, one in made.items()}, files


def told(error: ArchiveRefused, translate: Callable[[str], str]) -> str:
    """Its sentence in the reader's language."""
    return translate(error.sentence).format(**error.facts)


def _unused(text: str, names: Iterable[str], translate: Callable[[str], str]) -> list[Problem]:
    """Pictures that no slide shows, and other files, but for those that the text mentions: a film in a note, say."""
    no_slide = translate(N_("No slide shows the picture {word}: it is left out"))
    no_use = translate(N_("A workshop has no use for the file {word}: it is left out"))
    return [
        Problem(1, (no_slide if is_picture else no_use).format(word=quoted(name)), warning=True)
        for name in sorted(names)
        if (is_picture := name.casefold().endswith(PICTURES)) or (name != REPORT and name not in text)
    ]
