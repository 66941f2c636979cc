"""The command that makes a workshop of a deck."""

import asyncio
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import IO

import click

from live import exports
from live.decks.status import REPORT, TEXT
from live.decks.status import Report as ConversionReport
from live.errors import DeckRefused, ExtraMissing
from live.i18n.languages import LANGUAGES, for_reader
from live.runtime.processes import deck_process


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
    try:
        with deck.open("rb") as file, tempfile.TemporaryFile() as out:
            report = asyncio.run(deck_process.convert(file, out, language or _spoken()))
            _unpack(out, folder)
    except DeckRefused as refused:
        raise click.ClickException(f"{deck}: {refused.args[0]}") from None
    except ExtraMissing as missing:
        raise click.ClickException(f"Decks need more: {exports.INSTALL[missing.args[0]]}") from None
    except OSError as error:
        raise click.ClickException(f"Can't use {error.filename or deck}: {error.strerror}.") from None
    _tell(deck, folder, report)


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
