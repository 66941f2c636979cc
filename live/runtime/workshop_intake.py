"""Takes in a workshop with the files beside it: checks all of it, has its pictures encoded and its films received."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from live import workshop
from live.activities import SCHEMAS
from live.decks.status import REPORT
from live.errors import ArchiveRefused, Problem, WorkshopInvalid
from live.i18n.catalogs import N_
from live.media import Incoming, take_films
from live.pictures import Encoded, encode
from live.room import Room
from live.runtime.room_pictures import Beside
from live.workshop import Workshop, films, pictures
from live.workshop.diagnostics import quoted

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".heif", ".avif", ".svg", ".bmp", ".tif", ".tiff")
FILMS = (".mp4", ".webm", ".m4v", ".mov", ".mkv", ".avi", ".wmv", ".vtt", ".srt")


class Source(Protocol):
    """A folder or an archive: `workshop.md`, and the files beside it by the names that the text uses."""

    @property
    def names(self) -> Collection[str]: ...
    def text(self) -> bytes: ...
    def file(self, name: str) -> bytes: ...
    def pieces(self, name: str) -> Iterator[bytes]: ...


class Intake(Beside, frozen=True, kw_only=True):
    """What was taken in: the text, and what lies beside it."""

    text: str
    warnings: list[Problem]


async def take_in(source: Source, into: Incoming, *, translate: Callable[[str], str] = str) -> Intake:
    """
    *into* is where films are received, on the disk that will keep them. Raises WorkshopInvalid with every
    error in text, pictures and films, each with its line, and ArchiveRefused.
    """
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
    played = await asyncio.to_thread(_films_in, text)
    wanted = [name for name in played.lines if name in names]
    if len(wanted) > 2 * films.MOST_FILMS:
        raise ArchiveRefused(films.TOO_MANY, n=len(wanted) // 2, most=films.MOST_FILMS)
    shown, received, unfit = await asyncio.to_thread(take_films, wanted, played.captions, source.pieces, into)
    problems += [Problem(played.lines[name], told(error, translate)) for name, error in unfit.items()]
    problems += missing_films(played.lines, names, translate)
    problems += _unused(text, names - set(used) - set(played.lines), translate)
    if any(not problem.warning for problem in problems):
        raise WorkshopInvalid(sorted((one for one in problems if not one.warning), key=lambda one: one.line))
    taken, files = unpacked(made)
    pictures.check_limits(taken)
    films.check_limits(shown)
    problems.sort(key=lambda one: one.line)
    return Intake(text=text, pictures=taken, files=files, films=shown, received=received, warnings=problems)


class _Played(Struct, frozen=True):
    """The films and captions that a text names, each with its line, and which of them are captions."""

    lines: dict[str, int]
    captions: set[str]


def _films_in(text: str) -> _Played:
    written = workshop.reread(text, SCHEMAS)
    return _Played(films.uses(written), films.captions(written))


def missing_films(
    lines: Mapping[str, int], names: Collection[str], translate: Callable[[str], str] = str
) -> list[Problem]:
    """A warning for each film or its captions, with its line in *lines*, that is not among *names*."""
    sentence = translate(N_("{word} is not there. Put the file beside workshop.md, or send both as one .zip"))
    return [
        Problem(line, sentence.format(word=quoted(name)), warning=True)
        for name, line in lines.items()
        if name not in names
    ]


def missing(text: str, written: Workshop, room: Room, translate: Callable[[str], str] = str) -> list[Problem]:
    """A warning for each file that *text*, read as *written*, names and that *room* does not have."""
    return [
        *pictures.missing(text, room.pictures, translate), *missing_films(films.uses(written), room.films, translate)
    ]  # fmt: skip


def unpacked(made: dict[str, Encoded]) -> tuple[dict[str, pictures.Picture], dict[str, bytes]]:
    """The pictures by name, and all their files."""
    files = {file: body for one in made.values() for file, body in one.files.items()}
    return {name: one.picture for name, one in made.items()}, files


def told(error: ArchiveRefused, translate: Callable[[str], str]) -> str:
    """Its sentence in the reader's language."""
    return translate(error.sentence).format(**error.facts)


def _unused(text: str, names: Iterable[str], translate: Callable[[str], str]) -> list[Problem]:
    """Pictures and films that no slide shows, and other files, but for those the text mentions: one in a note, say."""
    no_use = translate(N_("A workshop has no use for the file {word}: it is left out"))
    shown = (
        (PICTURES, translate(N_("No slide shows the picture {word}: it is left out"))),
        (FILMS, translate(N_("No slide shows the film {word}: it is left out"))),
    )
    problems = []
    for name in sorted(names):
        sentence = next((said for endings, said in shown if name.casefold().endswith(endings)), "")
        if sentence or (name != REPORT and name not in text):
            problems.append(Problem(1, (sentence or no_use).format(word=quoted(name)), warning=True))
    return problems
