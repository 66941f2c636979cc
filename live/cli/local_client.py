"""The local client of commands: a request to the server of this data folder or, without one, work on the store."""

import asyncio
import http.client
import json
import os
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import Any, TypeVar

import click

from live.errors import RoomNotFound, StorageFailed, StoreBusy, StoreDamaged, StoreUnfit
from live.journal import Journal
from live.journal.open_store import open_store
from live.server.process import LOCAL_SOCKET
from live.settings import Settings

T = TypeVar("T")

NO_SERVER = "No server runs beside this data folder. Start it, or name its folder with --data."


class LocalConnection(http.client.HTTPConnection):
    """HTTP over the socket in the data folder."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=60)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(os.fspath(self._path))


def request(
    settings: Settings, method: str, path: str, body: Any = None, kind: str = "application/json"
) -> tuple[bytes, Message] | None:
    """
    Send a request to the server of this data folder. Returns (content, headers), or None when none runs. A *body* of
    bytes is sent as it is, another as JSON. Raises ClickException with the server's words for an error.
    """
    with _request(settings, method, path, body, kind) as answer:
        return None if answer is None else (answer.read(), answer.headers)


def stream(settings: Settings, path: str) -> Iterator[bytes] | None:
    """The content at *path* of the server of this data folder, piece by piece; None when none runs."""
    pieces = _stream(settings, path)
    return pieces if next(pieces) else None


def _stream(settings: Settings, path: str) -> Iterator[bytes]:
    """Yields one piece that is not part of the content first: it is empty when no server runs."""
    with _request(settings, "GET", path, None) as answer:
        if answer is None:
            yield b""
            return
        yield b"there"
        while piece := answer.read(65_536):
            yield piece


@contextmanager
def _request(
    settings: Settings, method: str, path: str, body: Any, kind: str = "application/json"
) -> Iterator[http.client.HTTPResponse | None]:
    local = settings.data / LOCAL_SOCKET
    connection = LocalConnection(local)
    try:
        if not local.exists():
            yield None
            return
        content = body if body is None or isinstance(body, bytes) else json.dumps(body)
        try:
            connection.request(method, path, content, {"Content-Type": kind, "Accept-Language": "en"})
        except ConnectionRefusedError:
            yield None  # the server was killed, and its socket is left over
            return
        answer = connection.getresponse()
        if answer.status >= 400:
            try:
                problem = json.loads(answer.read())
                title = problem.get("why") or problem["title"]
            except (ValueError, KeyError):
                title = f"The server said {answer.status}."
            raise click.ClickException(title)
        yield answer
    finally:
        connection.close()


def damaged(settings: Settings, failure: BaseException) -> str:
    return (
        f"What is stored in {settings.data} is damaged ({failure}). "
        "Keep the folder, and put the newest backup back into another: innspill restore FILE --data FOLDER"
    )


def offline(settings: Settings, work: Callable[[Journal], Coroutine[Any, Any, T]]) -> T:
    """Do *work* on the store itself, under its lock. Raises ClickException when that is not possible."""

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
    except StoreDamaged as failure:
        raise click.ClickException(damaged(settings, failure)) from None
    except StorageFailed as failure:
        raise click.ClickException(f"The store does not answer ({failure}).") from None
    except RoomNotFound:
        raise click.ClickException("There is no meeting with that code here.") from None
