"""The command `innspill`."""

import asyncio
import contextlib
import http.client
import json
import os
import socket
import sys
import webbrowser
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from live import codes, exports, fit, logs, qr, rehearsal, server, workers, workshop
from live.activities import KINDS
from live.clock import Clock
from live.errors import (
    Conflict,
    LiveError,
    Problem,
    Refused,
    RoomNotFound,
    StorageFailed,
    StoreBusy,
    StoreUnfit,
    WorkshopInvalid,
)
from live.events import KeysRevoked
from live.journal import Journal
from live.journal.stores import open_store
from live.kept import load
from live.rooms import FACILITATOR, SCREEN, Rooms, fresh_key
from live.settings import Settings, is_loopback, read
from live.workshop import Workshop

T = TypeVar("T")

ROOMS_FILE = "rooms.json"  # which file became which room, so that the same command opens the same room


def settings_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--public-url", help="The address people type, when a proxy stands before this server."),
        click.option("--data", type=click.Path(path_type=Path), help="Folder that holds everything stored."),
        click.option("--port", type=int, help="0 picks a free one. [default: 8000]"),
        click.option("--host", help="Address to listen on. [default: 127.0.0.1]"),
    ):
        command = option(command)
    return command


def store_options(command: Callable[..., None]) -> Callable[..., None]:
    command = click.option("--redis", help="Address of the Redis or Valkey that holds the meetings.")(command)
    return click.option("--data", type=click.Path(path_type=Path), help="Folder that holds everything stored.")(command)


@click.group()
@click.version_option(package_name="innspill")
def main() -> None:
    """Live workshops: talk in pairs, send answers from the phone, see them on the screen, take them home."""


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--lan", is_flag=True, help="Listen where phones in the same network can reach it.")
@click.option("--no-browser", is_flag=True, help="Do not open the console in a browser.")
@settings_options
def run(file: Path, lan: bool, no_browser: bool, **given: Any) -> None:
    """Open a meeting from FILE and serve it. The same FILE and --data again: the same meeting, with the edits."""
    settings = _settings(lan=lan, **given)
    text, name = _read_workshop(file), str(file.resolve())

    async def ready(rooms: Rooms, url: str) -> None:
        code = await _reopen(rooms, settings.data, name, text)
        console = f"{url}/{code}/console#{await rooms.new_key(code, FACILITATOR)}"
        screen = f"{url}/{code}/screen#{await rooms.new_key(code, SCREEN)}"
        _tell(url, code, console, screen)
        if not no_browser:
            webbrowser.open(console)

    _serve(settings, ready)


@main.command()
@click.option("--redis", help="Store in Redis or Valkey at this address.")
@click.option("--workers", type=int, help="Processes that share one store.")
@settings_options
def serve(**given: Any) -> None:
    """Serve the meetings of a data folder, or of a store in Redis."""
    settings = _settings(**given)
    told: list[str] = []

    def tell(url: str) -> None:
        if not told:
            told.append(url)
            click.echo(f"Innspill is ready at {url}")

    async def ready(rooms: Rooms, url: str) -> None:
        tell(url)

    if settings.workers > 1:
        with _faults(settings):
            workers.supervise(settings, tell)
    else:
        _serve(settings, ready)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Look for faults in a workshop file; every one is told at once, with its line."""
    problems = _problems(file)
    faulty = any(not problem.warning for problem in problems)
    written = None if faulty else workshop.parse_bytes(file.read_bytes())[0]
    for line in workshop.check_lines(str(file), problems + list(_advice(written) if written else ())):
        click.echo(line)
    if written is None:
        sys.exit(1)
    activities = sum(len(one.activities) for one in written.slides)
    click.echo(f"{file}: {len(written.slides)} slides, {activities} activities.")


@main.command()
@click.argument("code")
@click.option("--format", "form", type=click.Choice(list(exports.FORMATS)), default="xlsx", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; - is standard output.")
@click.option("--with-withheld", is_flag=True, help="Take in the text of answers that were withheld.")
@store_options
def export(code: str, form: str, output: Path | None, with_withheld: bool, **given: Any) -> None:
    """Write the answers of the meeting CODE to a file, whether the server runs or not."""
    code = _code(code)
    settings = _settings(**given)
    query = "?withheld=1" if with_withheld else ""

    async def offline(journal: Journal) -> tuple[bytes, str]:
        room = await load(journal, code)
        return exports.export(room, form, withheld=with_withheld), exports.file_name(room, form)

    asked = _ask(settings, "GET", f"/api/rooms/{code}/export.{form}{query}")
    if asked is None:
        content, name = _offline(settings, offline)
    else:
        content, name = asked[0], asked[1].split('filename="')[-1].rstrip('"')
    if output == Path("-"):
        sys.stdout.buffer.write(content)
        return
    (output or Path(name)).write_bytes(content)
    click.echo(f"Wrote {output or name}")


@main.command()
@store_options
def rooms(**given: Any) -> None:
    """List the meetings of a data folder."""

    async def offline(journal: Journal) -> list[tuple[str, str, str]]:
        told = []
        for row in await journal.rooms():
            room = await load(journal, row.code)
            told.append((row.code, room.state, room.workshop.title))
        return told

    settings = _settings(**given)
    asked = _ask(settings, "GET", "/api/rooms")
    listed = [tuple(row) for row in json.loads(asked[0])] if asked else _offline(settings, offline)
    for code, state, title in listed:
        click.echo(f"{codes.spaced(code)}  {state:8}  {title}")


@main.command()
@click.argument("code")
@click.argument("right", type=click.Choice(["console", "screen"]))
@store_options
def link(code: str, right: str, **given: Any) -> None:
    """Make a new link to the console or the screen of the meeting CODE."""
    code = _code(code)
    settings = _settings(**given)
    asked = _ask(settings, "POST", f"/api/rooms/{code}/links", {"right": right})
    if asked:
        click.echo(json.loads(asked[0])["url"])
        return

    async def offline(journal: Journal) -> str:
        await journal.top(code)
        key, hashed = fresh_key()
        held = FACILITATOR if right == "console" else SCREEN
        await journal.add_key(hashed, code=code, right=held, at=Clock().now())
        return key

    key = _offline(settings, offline)
    base = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    click.echo(f"{base}/{code}/{right}#{key}")


@main.command()
@click.argument("code")
@store_options
def revoke(code: str, **given: Any) -> None:
    """End every link and every open console and screen of the meeting CODE."""
    code = _code(code)
    settings = _settings(**given)
    if _ask(settings, "POST", f"/api/rooms/{code}/revoke", {}) is None:

        async def offline(journal: Journal) -> None:
            top = await journal.top(code)
            await journal.revoke_keys(code)
            while True:  # servers elsewhere may hold the room, and may be moving it on
                try:
                    await journal.append(code, [KeysRevoked(at=Clock().now())], step=top.step)
                    return
                except Conflict as moved:
                    top = msgspec.structs.replace(top, step=moved.step)

        _offline(settings, offline)
    click.echo(f"All links to {codes.spaced(code)} are ended. Make new ones with: innspill link {code} console")


@main.command()
@click.argument("code")
@click.option("--phones", type=click.IntRange(1, rehearsal.MOST), default=rehearsal.USUAL, show_default=True)
@click.option("--stop", "then", flag_value="stop", help="Let them leave; what they did stays to be looked at.")
@click.option("--clear", "then", flag_value="clear", help="Take out all they did, and go back to the lobby.")
@store_options
def rehearse(code: str, phones: int, then: str | None, **given: Any) -> None:
    """Let pretend participants into the meeting CODE on the running server, for five minutes at most."""
    code = _code(code)
    settings = _settings(**given)
    act = {"do": f"{then}_rehearsal"} if then else {"do": "rehearse", "n": phones}
    if _ask(settings, "POST", f"/api/rooms/{code}/actions", act) is None:
        raise click.ClickException("No server runs beside this data folder. Start it, or name its folder with --data.")
    name = codes.spaced(code)
    if then == "clear":
        click.echo(f"All that was rehearsed is gone from {name}.")
    elif then == "stop":
        click.echo(f"The rehearsal of {name} has ended. Take out all they did: innspill rehearse {code} --clear")
    else:
        click.echo(f"{phones} pretend participants come to {name} and answer as questions open.")
        click.echo(f"Take out all they did: innspill rehearse {code} --clear")


@main.command()
@store_options
def key(**given: Any) -> None:
    """Show the key that lets somebody open meetings from another machine."""
    settings = _settings(**given)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def offline(journal: Journal) -> str:
        return await server.create_key(settings, journal)

    if settings.redis and not settings.create_key:  # the servers that share it share the key
        click.echo(_offline(settings, offline))
    else:
        click.echo(settings.create_key or server.kept_key(settings.data))


@main.command()
@store_options
def healthcheck(**given: Any) -> None:
    """Exit 0 when the server beside this data folder answers and its store does."""
    settings = _settings(**given)
    if _ask(settings, "GET", "/readyz") is None:
        raise click.ClickException("No server answers beside this data folder.")


# -- how it is done -----------------------------------------------------------------------------------------


def _settings(**given: Any) -> Settings:
    try:
        return read(os.environ, **given)
    except LiveError as error:
        raise click.ClickException(str(error)) from None


def _code(typed: str) -> str:
    code = codes.find(typed)
    if code is None:
        raise click.ClickException(f"{typed} is not a meeting code. It has eight digits, such as 2505 4015.")
    return code


def _problems(file: Path) -> list[Any]:
    try:
        _, warnings = workshop.parse_bytes(file.read_bytes())
        return warnings
    except WorkshopInvalid as invalid:
        return invalid.problems
    except OSError as error:
        raise click.ClickException(f"Can't read {file}: {error.strerror}.") from None


def _advice(written: Workshop) -> Iterator[Problem]:
    """What to know of a workshop without faults before it meets a hall."""
    for slide in written.slides:
        if (n := fit.parts(slide)) > 1:
            yield Problem(slide.line, f"This slide is shown in about {n} parts, turned with ↓ and ↑", True)
        for activity in slide.activities:
            if activity.kind not in KINDS:
                yield Problem(activity.line, f"`{activity.kind}` can't be run yet; the rest of the meeting can", True)


def _read_workshop(file: Path) -> str:
    problems = _problems(file)
    for line in workshop.check_lines(str(file), problems):
        click.echo(line, err=True)
    if any(not problem.warning for problem in problems):
        raise click.ClickException("The workshop was not opened. Mend the lines above and try again.")
    return workshop.decode(file.read_bytes())


def _serve(settings: Settings, ready: Callable[[Rooms, str], Awaitable[None]]) -> None:
    with _faults(settings):
        server.run_forever(server.run(settings, ready))


@contextlib.contextmanager
def _faults(settings: Settings) -> Iterator[None]:
    """What keeps a server from starting, in a sentence."""
    logs.set_up()
    try:
        yield
    except* StoreBusy:
        raise click.ClickException(
            f"Another process uses {settings.data}. Stop it, or choose another folder with --data."
        ) from None
    except* StoreUnfit as unfit:
        raise click.ClickException(_first(unfit)) from None
    except* StorageFailed as failed:
        raise click.ClickException(f"The store does not answer ({_first(failed)}).") from None
    except* OSError as errors:
        raise click.ClickException(
            f"Can't listen on {settings.host}:{settings.port} ({_first(errors)}). Choose another port with --port."
        ) from None


def _first(errors: BaseExceptionGroup[Any]) -> str:
    while isinstance(errors, BaseExceptionGroup):
        errors = errors.exceptions[0]
    return str(errors)


async def _reopen(rooms: Rooms, data: Path, name: str, text: str) -> str:
    """The room that the file *name* became earlier, with its edits taken in; else a new one."""
    known = _remembered(data)
    if name in known:
        try:
            await rooms.edit(known[name], text)
            return known[name]
        except Refused as refused:
            # People may be waiting in the hall: better the meeting as it was than none.
            click.echo("The edits are not taken in, and the meeting is as it was:", err=True)
            for said in workshop.check_lines(name, refused.facts.get("errors", ())):  # type: ignore[arg-type]
                click.echo(said, err=True)
            return known[name]
        except RoomNotFound:
            pass
    known[name] = (await rooms.open(text)).code
    _remember(data, known)
    return known[name]


def _remembered(data: Path) -> dict[str, str]:
    kept = data / ROOMS_FILE
    known: dict[str, str] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    return known


def _remember(data: Path, known: dict[str, str]) -> None:
    server.write_private(data / ROOMS_FILE, json.dumps(known, ensure_ascii=False, indent=1))


def _tell(url: str, code: str, console: str, screen: str) -> None:
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


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over the socket in the data folder."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=60)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(os.fspath(self._path))


def _ask(settings: Settings, method: str, path: str, body: Any = None) -> tuple[bytes, str] | None:
    """Ask the server beside the data folder: (content, its disposition), or None when none runs."""
    local = settings.data / server.LOCAL_SOCKET
    if not local.exists():
        return None
    connection = _LocalConnection(local)
    try:
        sent = json.dumps(body) if body is not None else None
        connection.request(method, path, sent, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
    except ConnectionRefusedError:
        return None  # the server was killed and left its socket
    finally:
        connection.close()
    if answer.status >= 400:
        try:
            title = json.loads(content)["title"]
        except (ValueError, KeyError):
            title = f"The server said {answer.status}."
        raise click.ClickException(title)
    return content, answer.headers.get("Content-Disposition", "")


def _offline(settings: Settings, work: Callable[[Journal], Coroutine[Any, Any, T]]) -> T:
    """Do something in the store itself, under its lock."""

    async def inside() -> T:
        journal = await open_store(settings)
        try:
            return await work(journal)
        finally:
            await journal.close()

    if not settings.redis and not settings.data.exists():
        raise click.ClickException(f"There is nothing stored in {settings.data}.")
    try:
        return asyncio.run(inside())
    except StoreBusy:
        raise click.ClickException(f"Another process uses {settings.data}.") from None
    except StoreUnfit as unfit:
        raise click.ClickException(str(unfit)) from None
    except StorageFailed as failure:
        raise click.ClickException(f"The store does not answer ({failure}).") from None
    except RoomNotFound:
        raise click.ClickException("There is no meeting with that code here.") from None
