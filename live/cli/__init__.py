"""The command `innspill`."""

import contextlib
import json
import webbrowser
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import click

from live import codes, qr, workshop
from live.cli import data_folder, decks, files, keys, local_client, meetings, operations
from live.cli.options import read_settings, store_options
from live.errors import Refused, RoomNotFound, StorageFailed, StoreBusy, StoreDamaged, StoreUnfit, WorkerFailed
from live.media import Incoming, Media
from live.rights import FACILITATOR, SCREEN
from live.runtime import Registry, room_pictures
from live.runtime.workshop_intake import Intake
from live.server import create_key, logs, process, supervisor
from live.settings import Settings, is_loopback


def settings_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--public-url", help="The address people type, when a proxy stands before this server."),
        click.option(
            "--data", type=click.Path(path_type=Path, readable=False), help="Folder that holds everything stored."
        ),
        click.option("--port", type=int, help="0 picks a free one. [default: 8000]"),
        click.option("--host", help="Address to listen on. [default: 127.0.0.1]"),
    ):
        command = option(command)
    return command


@click.group()
@click.version_option(package_name="innspill")
def main() -> None:
    """Live workshops: talk in pairs, send answers from the phone, see them on the screen, take them home."""


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--lan", is_flag=True, help="Listen where phones in the same network can reach it.")
@click.option("--no-browser", is_flag=True, help="Do not open the console in a browser.")
@settings_options
def run(path: Path, lan: bool, no_browser: bool, **given: Any) -> None:
    """
    Open a meeting from FILE.md, or a folder or .zip with workshop.md and its pictures, and serve it. The same PATH and
    --data again: the same meeting, with the edits.
    """
    settings = read_settings(lan=lan, **given)
    incoming, name = Media(settings.media_folder).receiving(), str(path.resolve())

    async def ready(rooms: Registry, url: str) -> None:
        code = await _reopen(rooms, settings.data, name, taken)
        received.close()
        console = f"{url}/{code}/console#{await rooms.new_key(code, FACILITATOR)}"
        screen = f"{url}/{code}/screen#{await rooms.new_key(code, SCREEN)}"
        _print_links(url, code, console, screen)
        if not no_browser:
            webbrowser.open(console)

    with contextlib.ExitStack() as received:
        taken = _read_workshop(path, received.enter_context(incoming))
        data_folder.make(settings.data)
        _serve(settings, ready)


@main.command()
@click.option("--redis", help="Store in Redis or Valkey at this address.")
@click.option("--workers", type=int, help="Processes that share one store.")
@settings_options
def serve(**given: Any) -> None:
    """Serve the meetings of a data folder, or of a store in Redis."""
    settings = read_settings(**given)
    data_folder.make(settings.data)
    announced: list[str] = []

    def announce(url: str) -> None:
        if not announced:
            announced.append(url)
            click.echo(f"Innspill is ready at {url}")

    async def ready(rooms: Registry, url: str) -> None:
        announce(url)

    if settings.workers > 1:
        with _faults(settings):
            supervisor.supervise(settings, announce)
    else:
        _serve(settings, ready)


@click.command()
@store_options
def healthcheck(**given: Any) -> None:
    """Exit 0 when the server beside this data folder answers and its store does."""
    settings = read_settings(**given)
    if local_client.request(settings, "GET", "/readyz") is None:
        raise click.ClickException("No server answers beside this data folder.")


for command in (
    files.check, decks.convert, files.export, files.import_, meetings.rooms, meetings.link, meetings.revoke,
    meetings.delete, meetings.rehearse, keys.key, healthcheck, operations.backup, operations.restore, operations.drill,
    operations.doctor, operations.sample,
):  # fmt: skip
    main.add_command(command)


def _read_workshop(path: Path, into: Incoming) -> Intake:
    taken, problems = files.read_workshop(path, into)
    for line in workshop.check_lines(str(path), problems):
        click.echo(line, err=True)
    if taken is None:
        raise click.ClickException("The workshop was not opened. Mend the lines above and try again.")
    return taken


def _serve(settings: Settings, ready: Callable[[Registry, str], Awaitable[None]]) -> None:
    with _faults(settings):
        process.run_forever(process.run(settings, ready))


@contextlib.contextmanager
def _faults(settings: Settings) -> Iterator[None]:
    """Shows what keeps a server from starting as a sentence, and sets up the logs."""
    logs.set_up()
    try:
        yield
    except* StoreBusy:
        raise click.ClickException(
            f"Another process uses {settings.data}. Stop it, or choose another folder with --data."
        ) from None
    except* StoreUnfit as unfit:
        raise click.ClickException(str(supervisor.first_of(unfit))) from None
    except* StoreDamaged as failed:
        raise click.ClickException(local_client.damaged(settings, supervisor.first_of(failed))) from None
    except* StorageFailed as failed:
        raise click.ClickException(f"The store does not answer ({supervisor.first_of(failed)}).") from None
    except* WorkerFailed as failed:
        code = supervisor.first_of(failed).args[0]
        raise click.ClickException(
            f"A worker ended before it was ready (exit code {code}). The lines above say why."
        ) from None
    except* OSError as errors:
        failure = supervisor.first_of(errors)
        if isinstance(failure, PermissionError) and failure.filename:
            raise click.ClickException(data_folder.forbidden(Path(failure.filename))) from None
        if isinstance(failure, OSError) and failure.filename:
            raise click.ClickException(f"{failure.filename} can't be used: {failure.strerror}.") from None
        raise click.ClickException(
            f"Can't listen on {settings.host}:{settings.port} ({failure}). Choose another port with --port."
        ) from None


async def _reopen(rooms: Registry, data: Path, name: str, taken: Intake) -> str:
    """The code of the room that was opened from the file *name* earlier, with its edits; else of a new room."""
    codes_by_file = _read_rooms_file(data)
    if name in codes_by_file:
        try:
            await room_pictures.add_all(rooms, codes_by_file[name], taken, text=taken.text)
            await rooms.edit(codes_by_file[name], taken.text)
            return codes_by_file[name]
        except Refused as refused:
            # People may be waiting already: the meeting as it was is better than none.
            click.echo("The edits are not taken in, and the meeting is as it was:", err=True)
            for line in workshop.check_lines(name, refused.facts.get("errors", ())):  # type: ignore[arg-type]
                click.echo(line, err=True)
            return codes_by_file[name]
        except RoomNotFound:
            pass
    codes_by_file[name] = (await rooms.open(taken.text, taken)).code
    _write_rooms_file(data, codes_by_file)
    return codes_by_file[name]


def _read_rooms_file(data: Path) -> dict[str, str]:
    file = data / data_folder.ROOMS_FILE
    codes_by_file: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return codes_by_file


def _write_rooms_file(data: Path, codes_by_file: dict[str, str]) -> None:
    create_key.write_private(data / data_folder.ROOMS_FILE, json.dumps(codes_by_file, ensure_ascii=False, indent=1))


def _print_links(url: str, code: str, console: str, screen: str) -> None:
    host = url.split("://")[1]
    if is_loopback(host.split(":")[0]):
        click.echo("Virker bare på denne maskinen. Telefoner i samme nett: start med --lan")
    else:
        click.echo(qr.terminal(f"{url}/{code}"))
    click.echo(f"Join     {url}/{code}")
    click.echo(f"Code     {codes.spaced(code)}")
    click.echo(f"Screen   {screen}")
    click.echo(f"Console  {console}")
    click.echo(f"Innspill is ready at {url}")
