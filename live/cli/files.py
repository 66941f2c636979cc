"""The commands for files: check a workshop, export a meeting, import one."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from live import codes, exports, workshop
from live.activities import SCHEMAS
from live.cli import data_folder, local_client
from live.cli.options import code_of, read_settings, store_options
from live.clock import Clock
from live.errors import ExtraMissing, ImportRefused, Problem, WorkshopInvalid
from live.exports import json_import
from live.journal import Journal
from live.runtime import import_room
from live.runtime.replay import load
from live.workshop import Workshop, pagination


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Look for faults in a workshop file; every one is told at once, with its line."""
    problems = problems_in(file)
    faulty = any(not problem.warning for problem in problems)
    written = None if faulty else workshop.parse_bytes(file.read_bytes(), SCHEMAS)[0]
    for line in workshop.check_lines(str(file), problems + list(_advice(written) if written else ())):
        click.echo(line)
    if written is None:
        sys.exit(1)
    activities = sum(len(slide.activities) for slide in written.slides)
    hidden = sum(slide.hidden for slide in written.slides)
    of_them = f" ({hidden} hidden)" if hidden else ""
    click.echo(f"{file}: {len(written.slides)} slides{of_them}, {activities} activities.")


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
@store_options
def export(code: str, form: str, output: Path | None, with_withheld: bool, **given: Any) -> None:
    """Write the answers of the meeting CODE to a file, whether the server runs or not."""
    code = code_of(code)
    settings = read_settings(**given)
    query = "?withheld=1" if with_withheld else ""

    async def offline(journal: Journal) -> tuple[bytes, str, str]:
        room = await load(journal, code)
        snapshot = exports.take_snapshot(room, withheld=with_withheld, rehearsal=False)
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


def problems_in(file: Path) -> list[Problem]:
    """Faults and warnings of a workshop; ClickException when it can't be read at all."""
    try:
        _, warnings = workshop.parse_bytes(file.read_bytes(), SCHEMAS)
        return warnings
    except WorkshopInvalid as invalid:
        return invalid.problems
    except OSError as error:
        raise click.ClickException(f"Can't read {file}: {error.strerror}.") from None


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
