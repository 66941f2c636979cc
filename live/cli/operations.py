"""The commands for operators: backup, restore, restore drill, doctor, sample files, and the smoke test."""

import asyncio
import datetime
import gzip
import json
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from live.cli import checks as health
from live.cli import data_folder, smoke_test
from live.cli.local_client import NO_SERVER, offline, request, stream
from live.cli.options import read_settings, store_options
from live.clock import Clock
from live.journal import Journal
from live.journal.sqlite import open_sqlite
from live.media import NOWHERE, Media
from live.public_page import public_page
from live.runtime import backup as backups
from live.runtime import room_list
from live.runtime.deletions import Deletions
from live.settings import Settings, SettingWrong, read
from live.web import assets

NAME = "innspill-{:%Y-%m-%d-%H%M%S-%f}.backup"
PATTERN = "innspill-*.backup"
LIVE = {"slide", "idle", "talk", "write", "closing", "closed", "results", "grouping"}  # between lobby and end


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Folder: the file is named by its time.")
@click.option("--keep", type=click.IntRange(min=1), help="With --to: how many to keep; older ones are deleted.")
@click.option("--without-media", is_flag=True, help="Leave out films and their captions, which may be large.")
@store_options
def backup(file: Path | None, to: Path | None, keep: int | None, without_media: bool, **given: Any) -> None:
    """Write all that is stored to FILE, or into a folder, while meetings run."""
    if (file is None) == (to is None):
        raise click.UsageError("Name either a FILE or a folder with --to.")
    settings = read_settings(**given)
    if to is not None:
        _make_backups(to)
        file = to / NAME.format(datetime.datetime.now(datetime.UTC))
    assert file is not None
    part = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as plain:
            with gzip.GzipFile(fileobj=plain, mode="wb", compresslevel=6) as packed:
                _take(settings, packed, without_media=without_media)
            plain.flush()
            os.fsync(plain.fileno())
        found = _checked(part)
        part.replace(file)
    except OSError as error:
        raise click.ClickException(f"The backup could not be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    _keep_deletions(settings, file.parent)
    for old in sorted(to.glob(PATTERN))[:-keep] if to and keep else ():
        old.unlink()
    films = _count(found["films"], "file of a film", "files of films")
    told = " Films are not in it." if without_media else f" With {films}." if found["films"] else ""
    click.echo(f"{file}: {_count(found['rooms'], 'meeting')}, {_count(found['events'], 'event')}.{told}")


def _make_backups(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"The folder {folder} can't be made: {error.strerror}.") from None


def _take(settings: Settings, into: Any, *, without_media: bool) -> None:
    if (pieces := stream(settings, f"/api/backup{'?media=no' if without_media else ''}")) is not None:
        for piece in pieces:
            into.write(piece)
        return

    async def work(journal: Journal) -> None:
        media = NOWHERE if without_media else Media(settings.media_folder)
        async for line in backups.lines(journal, Clock().now(), media):
            into.write(line)

    offline(settings, work)


def _keep_deletions(settings: Settings, folder: Path) -> None:
    """Copy the notes of what was deleted next to the backups: the data folder may be what gets lost."""
    source, target, now = Deletions(settings.data), Deletions(folder), Clock().now()
    source.prune(now)
    if source.file.resolve() != target.file.resolve():
        target.add(source, now)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@store_options
def restore(file: Path, **given: Any) -> None:
    """
    Put the meetings of a backup back. The server must not run.

    Meetings that are there already are left alone. What was deleted after the backup was taken stays deleted, as noted
    beside the backup and in the data folder.
    """
    settings = read_settings(**given)
    _checked(file)
    data_folder.make(settings.data)
    if stream(settings, "/healthz") is not None:
        raise click.ClickException("The server runs. Stop it first.")
    gone = Deletions(file.parent).read() | Deletions(settings.data).read()
    media = Media(settings.media_folder)
    restored = offline(settings, lambda journal: backups.restore(file, journal, gone, media))
    for line in _summary(restored):
        click.echo(line)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def drill(folder: Path) -> None:
    """Restore the newest backup of FOLDER into a temporary folder, and tell what was in it."""
    newest = max(folder.glob(PATTERN), default=None)
    if newest is None:
        raise click.ClickException(f"There is no backup in {folder}.")
    found = _checked(newest)

    async def work() -> backups.Restored:
        with tempfile.TemporaryDirectory() as folder_name:
            journal = await open_sqlite(Path(folder_name))
            try:
                media = Media(Path(folder_name) / "media")
                return await backups.restore(newest, journal, Deletions(folder).read(), media)
            finally:
                await journal.close()

    restored = asyncio.run(work())
    taken = datetime.datetime.fromtimestamp(found["at"] / 1000, datetime.UTC)
    click.echo(f"{newest.name}, taken {taken:%Y-%m-%d %H:%M} UTC")
    for line in _summary(restored):
        click.echo(line)


@click.command()
@click.option("--public-url", help="The address people type, when a proxy stands before this server.")
@store_options
def doctor(**given: Any) -> None:
    """Look at disk, store, address, certificate, clock: a line for each, with what to do. Ends with 1 when wrong."""
    try:
        settings = read(os.environ, **given)
    except SettingWrong as wrong:
        click.echo(f"{health.BAD:5} settings     {wrong}")
        raise SystemExit(1) from None
    wrong_ones = 0
    for found in _findings(settings):
        wrong_ones += found.state == health.BAD
        click.echo(f"{found.state:5} {found.name:12} {found.words}")
    if wrong_ones:
        raise SystemExit(1)


@click.command()
@click.argument("what", type=click.Choice(["systemd", "caddy", "nginx", "backup"]))
@click.option("--host", required=True, help="The name people type, such as innspill.example.no.")
def sample(what: str, host: str) -> None:
    """Print a file to paste: how to run, what stands in front, or the nightly backup."""
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", host):
        raise click.UsageError(
            f"{host} is no name of a machine. It looks like innspill.example.no, without https:// before it."
        )
    text = assets.folder("templates").joinpath("sample", f"{what}.txt").read_text("utf-8")
    click.echo(text.replace("HOST", host), nl=False)


def _findings(settings: Settings) -> Iterator[health.Finding]:
    yield health.disk(settings)
    yield health.files()
    yield from health.formats()
    yield from health.store(lambda: _stored(settings))
    yield health.public_url(settings)
    yield from health.from_outside(settings)


def _stored(settings: Settings) -> tuple[str, list[tuple[str, str]]]:
    """What is stored, and what of it can't be read, as (code, why)."""
    if request(settings, "GET", "/readyz") is not None and (reply := request(settings, "GET", "/api/rooms")):
        lines: list[room_list.Line] = json.loads(reply[0])
        live = [code for code, state, _ in lines if state in LIVE]
        words = f"a server runs; live now: {', '.join(live) or 'no meeting'}"
    elif not settings.redis and not settings.data.exists():
        return f"nothing is stored in {settings.data} yet; no server runs there", []
    else:
        lines = offline(settings, room_list.listed)
        meetings = [code for code, state, _ in lines if state != public_page.NOTED]
        words = f"{_count(len(meetings), 'meeting')}; no server runs"
    return words, [(code, why) for code, state, why in lines if state == room_list.UNREADABLE]


def _checked(file: Path) -> dict[str, int]:
    try:
        return backups.check(file)
    except backups.BackupBroken as broken:
        raise click.ClickException(f"{file} can't be used: {broken}") from None


def _summary(restored: backups.Restored) -> Iterator[str]:
    yield f"Back: {_count(restored.rooms, 'meeting')} with {_count(restored.answers, 'answer')}."
    if restored.films:
        yield f"With {_count(restored.films, 'file of a film', 'files of films')}."
    if restored.reports:
        yield f"{_count(restored.reports, 'published result')} of meetings that are over."
    if restored.deleted:
        yield f"{restored.deleted} meetings and answers had been deleted since, and stay so."
    if restored.there:
        yield f"Already there, and left alone: {', '.join(restored.there)}."
    if restored.unreadable:
        yield f"Can't be read by this version, and left out: {', '.join(restored.unreadable)}."
    if restored.rooms:
        yield "Links to screens and consoles are not in a backup: innspill link CODE console makes a new one."


def _count(n: int, word: str, words: str = "") -> str:
    return f"{n} {word}" if n == 1 else f"{n} {words or f'{word}s'}"


def run_smoke_test(settings: Settings, phones: int) -> None:
    """
    Let test phones join a meeting of their own at the public address, and print how it went. Raises ClickException when
    not every answer was acked and stored.
    """
    opened = request(settings, "POST", "/api/rooms", smoke_test.WORKSHOP.encode(), kind="text/markdown")
    if opened is None:
        raise click.ClickException(NO_SERVER)
    room = json.loads(opened[0])
    place = f"/api/rooms/{room['code']}"
    try:
        request(settings, "POST", f"{place}/actions", {"do": "start", "activity": smoke_test.ACTIVITY})
        result = asyncio.run(smoke_test.run_phones(room["join_url"], phones))
        exported = request(settings, "GET", f"{place}/export.json")
    finally:
        request(settings, "DELETE", place)
    stored = {answer["answer_id"] for answer in json.loads(exported[0])["answers"]} if exported else set()
    lost = len(set(result.acked) - stored)
    click.echo(
        f"{result.joined} of {phones} phones came in by {urlsplit(room['join_url']).netloc}. {len(result.acked)} of "
        f"{smoke_test.EACH * phones} answers were acked, {lost} of them lost. Ack: median {result.waited(0.5):.0f} ms, "
        f"99th percentile {result.waited(0.99):.0f} ms."
    )
    for problem, times in result.trouble.items():
        click.echo(f"{times} met this: {problem}", err=True)
    if lost or len(result.acked) < smoke_test.EACH * phones:
        raise click.ClickException("Not all went well. What the server and the proxy lack: innspill doctor")
