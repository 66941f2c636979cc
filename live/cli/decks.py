"""Commands for decks: one makes a workshop of a deck, and an export goes back into it."""

import asyncio
import contextlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import click

from live import exports
from live.decks.status import REPORT, TEXT
from live.decks.status import Report as ConversionReport
from live.errors import DeckRefused, ExtraMissing
from live.exports.into_deck.results import Inserted
from live.i18n.languages import LANGUAGES, for_reader
from live.room import Room
from live.runtime.processes import deck_process, export_process


@click.command()
@click.argument("deck", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write, which is new or empty.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="Of what is told. [default: that of the terminal]")
def convert(deck: Path, output: Path | None, language: str | None) -> None:
    """
    Make a workshop of the slides in DECK, a .pptx, .pdf or .odp: a folder with workshop.md and its pictures. What could
    not be taken over is told slide by slide.
    """
    folder = output or Path(deck.stem)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise click.ClickException(f"{folder} is there already. Choose a new folder with -o.")
    with _told(deck), deck.open("rb") as file, tempfile.TemporaryFile() as out:
        report = asyncio.run(deck_process.convert(file, out, language or _spoken()))
        _unpack(out, folder)
    _tell(deck, folder, report)


async def with_results(deck: Path, room: Room, files: Mapping[str, bytes]) -> tuple[bytes, Inserted]:
    """*deck* with the results of *room*. Raises ClickException."""
    with _told(deck), deck.open("rb") as file, tempfile.TemporaryFile() as out:
        results = await export_process.write_results(room, picture_files=files)
        inserted = await deck_process.insert(file, out, results, _spoken())
        out.seek(0)
        return out.read(), inserted


@contextlib.contextmanager
def _told(deck: Path) -> Iterator[None]:
    """Raises ClickException for what may be wrong with *deck*."""
    try:
        yield
    except DeckRefused as refused:
        raise click.ClickException(f"{deck}: {refused.args[0]}") from None
    except ExtraMissing as missing:
        raise click.ClickException(f"Decks need more: {exports.INSTALL[missing.args[0]]}") from None
    except OSError as error:
        raise click.ClickException(f"Can't use {error.filename or deck}: {error.strerror}.") from None


def _tell(deck: Path, folder: Path, report: ConversionReport) -> None:
    for remark in report.remarks:
        click.echo(f"{deck}: {f'slide {remark.slide}: ' if remark.slide else ''}{remark.message}")
    files = f" and {report.files} files beside it" if report.files else ""
    click.echo(f"Wrote {folder / TEXT}: {report.slides} slides{files}")


def _spoken() -> str:
    """The language of the terminal, where it is one of ours."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return for_reader(next(filter(None, names), "")[:2]) or "en"


def _unpack(out: IO[bytes], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out) as archive:
        for member in archive.infolist():
            if member.filename == REPORT:
                continue  # it is told in the terminal
            with archive.open(member) as source, (folder / member.filename).open("wb") as file:
                shutil.copyfileobj(source, file)
