"""The commands for files: check a workshop, export a meeting, import one."""

import asyncio
import contextlib
import itertools
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
from click.core import ParameterSource

from live import codes, exports, workshop
from live.activities import SCHEMAS
from live.cli import data_folder, local_client
from live.cli.decks import with_results
from live.cli.options import code_of, read_settings, store_options
from live.clock import Clock
from live.errors import ArchiveRefused, ExtraMissing, ImportRefused, Problem, WorkshopInvalid
from live.exports import json_import
from live.exports.into_deck.results import Inserted
from live.journal import Journal
from live.media import Incoming
from live.runtime import import_room, room_pictures
from live.runtime.replay import load
from live.runtime.workshop_intake import Intake, Source, take_in
from live.settings import Settings
from live.workshop import Workshop, films, pagination
from live.workshop.archive import MOST_ENTRIES, MOST_FILE, PIECE, TEXT, TOO_LARGE, Archive
from live.workshop.pictures import uses


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
def check(path: Path) -> None:
    """Look for faults in a workshop: FILE.md, a folder or a .zip of one. Every one is told at once, with its line."""
    with Incoming(Path(tempfile.gettempdir())) as into:
        taken, problems = read_workshop(path, into)
    written = workshop.parse(taken.text, SCHEMAS)[0] if taken else None
    for line in workshop.check_lines(str(path), problems + list(_advice(written) if written else ())):
        click.echo(line)
    if written is None or taken is None:
        sys.exit(1)
    activities = sum(len(slide.activities) for slide in written.slides)
    hidden = sum(slide.hidden for slide in written.slides)
    of_them = f" ({hidden} hidden)" if hidden else ""
    shown = f", {n} picture{'s' * (n > 1)}" if (n := len(taken.pictures)) else ""
    played = sum(one.ending != "vtt" for one in taken.films.values())
    shown += f", {played} film{'s' * (played > 1)}" if played else ""
    click.echo(f"{path}: {len(written.slides)} slides{of_them}, {activities} activities{shown}.")


@click.command()
@click.argument("code")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(exports.FORMATS)),
    default="xlsx",
    show_default=True,
    help="What kind of file.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; - is standard output.")
@click.option("--with-withheld", is_flag=True, help="Take in the text of answers that were withheld.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    help="A deck (.pptx): write a copy with the results in it, each after the slide that it belongs to.",
)
@store_options
def export(code: str, form: str, output: Path | None, with_withheld: bool, into: Path | None, **given: Any) -> None:
    """Write the answers of the meeting CODE to a file, whether the server runs or not."""
    code = code_of(code)
    settings = read_settings(**given)
    if into:
        chosen = click.get_current_context().get_parameter_source("form") != ParameterSource.DEFAULT
        if (chosen and form != "pptx") or with_withheld:
            raise click.UsageError("--into makes a .pptx, and puts in no text that was withheld.")
        return _export_into(settings, code, into, output)
    query = "?withheld=1" if with_withheld else ""

    async def offline(journal: Journal) -> tuple[bytes, str, str]:
        room = await load(journal, code)
        files = await room_pictures.read(journal, code, room.pictures if form in exports.WITH_PICTURES else {})
        snapshot = exports.take_snapshot(room, withheld=with_withheld, rehearsal=False)
        snapshot = msgspec.structs.replace(snapshot, picture_files=files)
        return exports.write(snapshot, form), exports.file_name(room, form), exports.content_hash(snapshot)

    reply = local_client.request(settings, "GET", f"/api/rooms/{code}/export.{form}{query}")
    if reply is None:
        try:
            content, name, content_hash = local_client.offline(settings, offline)
        except ExtraMissing as missing:
            raise click.ClickException(f"{form} needs more: {exports.INSTALL[missing.args[0]]}") from None
    else:
        content, name = reply[0], reply[1]["Content-Disposition"].split('filename="')[-1].rstrip('"')
        content_hash = reply[1][exports.HASH_HEADER]
    if output == Path("-"):
        sys.stdout.buffer.write(content)
        return
    _write(output or Path(name), content)
    click.echo(f"Wrote {output or name}")
    click.echo(f"Content hash: {content_hash}")


def _export_into(settings: Settings, code: str, deck: Path, output: Path | None) -> None:
    """Write a copy of *deck* with the results; the deck itself stays as it is."""
    target = output or Path(f"{deck.stem}-innspill-{code}.pptx")
    if target != Path("-") and target.resolve() == deck.resolve():
        raise click.ClickException("Choose another file with -o: the deck itself stays as it is.")

    async def offline(journal: Journal) -> tuple[bytes, Inserted]:
        room = await load(journal, code)
        return await with_results(deck, room, await room_pictures.read(journal, code, room.pictures))

    try:
        body = deck.read_bytes()
    except OSError as error:
        raise click.ClickException(f"Can't read {deck}: {error.strerror}.") from None
    reply = local_client.request(settings, "POST", f"/api/rooms/{code}/deck", body, exports.FORMATS["pptx"][0])
    if reply is None:
        content, inserted = local_client.offline(settings, offline)
        placed, left, titles = inserted.placed, len(inserted.unplaced), inserted.unplaced
    else:
        content, told = reply[0], json.loads(reply[1][exports.INSERTED_HEADER])
        placed, left, titles = told["placed"], told["unplaced"], told["titles"]
    if target == Path("-"):
        sys.stdout.buffer.write(content)
    else:
        _write(target, content)
    click.echo(f"Wrote {target}: {placed} results after the slides that they belong to", err=target == Path("-"))
    if left:
        click.echo(f"At the end, for no slide of the deck is theirs: {left}", err=True)
        for title in titles:
            click.echo(f"  {title}", err=True)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@store_options
def import_(file: Path, **given: Any) -> None:
    """Take a JSON export back as a meeting: all of it, or nothing. It keeps its code where no other meeting has it."""
    settings = read_settings(**given)
    try:
        body = file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"Can't read {file}: {error.strerror}.") from None

    async def offline(journal: Journal) -> dict[str, Any]:
        code = await import_room.create_room(journal, brought, now=Clock().now())
        return {"code": code, "content_sha256": brought.content, "answers": brought.answers}

    try:
        brought = json_import.read(body)
        reply = local_client.request(settings, "POST", "/api/rooms", body)
        if reply is None:
            data_folder.make(settings.data)
        imported = json.loads(reply[0]) if reply else local_client.offline(settings, offline)
    except ImportRefused as refused:
        raise click.ClickException(f"{file}: {refused} Nothing was imported.") from None
    for one in brought.left_out:
        click.echo(f"{file}: workshop.text, line {one.line}: {one.message}", err=True)
    click.echo(f"Imported {imported['answers']} answers into {codes.spaced(imported['code'])}")
    click.echo(f"Content hash: {imported['content_sha256']}")
    click.echo(f"Open it: innspill link {imported['code']} console")


def read_workshop(path: Path, into: Incoming) -> tuple[Intake | None, list[Problem]]:
    """
    The workshop (None if it has errors), and all errors and warnings. Its films are received *into* a folder.
    ClickException if it can't be read at all.
    """
    try:
        with _source(path) as source:
            taken = asyncio.run(take_in(source, into))
            return taken, taken.warnings
    except WorkshopInvalid as invalid:
        return None, invalid.problems
    except ArchiveRefused as refused:
        raise click.ClickException(f"{path}: {refused}.") from None
    except OSError as error:
        raise click.ClickException(f"Can't read {error.filename or path}: {error.strerror}.") from None


@contextlib.contextmanager
def _source(path: Path) -> Iterator[Source]:
    if path.is_dir():
        yield Folder(path / TEXT, whole=True)
    elif path.suffix.casefold() == ".zip":
        with path.open("rb") as file:
            yield Archive(file)
    else:
        yield Folder(path)


class Folder:
    """A workshop and the files beside it. *whole*: the folder is the workshop's own, so that all in it are named."""

    def __init__(self, text: Path, *, whole: bool = False) -> None:
        self._text = text
        self._whole = whole

    def text(self) -> bytes:
        with self._text.open("rb") as file:
            return file.read(workshop.MOST_BYTES + 1)

    @property
    def names(self) -> list[str]:
        top = self._text.parent
        if not self._whole:
            text = self.text().decode(errors="replace")
            used = [*uses(text), *films.uses(workshop.reread(text, SCHEMAS))]
            return [name for name in used if self._is_inside(name) and (top / name).is_file()]
        return [
            path.relative_to(top).as_posix()
            for path in itertools.islice(sorted(top.rglob("*")), MOST_ENTRIES)
            if path.is_file() and path != self._text and not any(part.startswith(".") for part in path.parts)
        ]

    def file(self, name: str) -> bytes:
        with (self._text.parent / name).open("rb") as file:
            body = file.read(MOST_FILE + 1)
        if len(body) > MOST_FILE:
            raise ArchiveRefused(TOO_LARGE, file=name, n=MOST_FILE // 2**20)
        return body

    def pieces(self, name: str) -> Iterator[bytes]:
        with (self._text.parent / name).open("rb") as file:
            while piece := file.read(PIECE):
                yield piece

    def _is_inside(self, name: str) -> bool:
        return (self._text.parent / name).resolve().is_relative_to(self._text.parent.resolve())


def _advice(written: Workshop) -> Iterator[Problem]:
    """Warnings about a workshop without errors that are good to know before the meeting."""
    for slide in written.slides:
        if (n := pagination.screens_needed(slide)) > 1:
            yield Problem(slide.line, f"This slide is shown in about {n} parts, turned with ↓ and ↑", True)


def _write(path: Path, content: bytes) -> None:
    """Write the whole file or none of it, so that an interrupted export leaves no half file with that name."""
    part = path.with_name(f"{path.name}.part")
    try:
        with open(part, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as opened:  # answers are in it
            opened.write(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise click.ClickException(f"Can't write {path}: {error.strerror}.") from None
