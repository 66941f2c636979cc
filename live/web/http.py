"""Helpers for requests and responses: reading bodies, forms and numbers, and writing JSON."""

import asyncio
import errno
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from live.errors import Refused, TooLarge

MOST_FORM = 64 * 1024
MOST_READ = 16 * 1024 * 1024
WRITTEN_AT_ONCE = 1024 * 1024
T = TypeVar("T")


def reader(kind: type[T] | Any) -> Callable[[bytes | str], T]:
    """Returns a function that reads JSON as *kind*, or raises Refused `bad`."""
    decode: Callable[[bytes | str], T] = msgspec.json.Decoder(kind).decode

    def read(body: bytes | str) -> T:
        try:
            return decode(body)
        except (msgspec.DecodeError, UnicodeError, RecursionError):  # not UTF-8, or nested too deep
            raise Refused("bad") from None

    return read


read_fields: Callable[[bytes | str], dict[str, Any]] = reader(dict[str, Any])


ZIP = ("application/zip", "application/x-zip-compressed")  # the second as Windows has it


def media_type(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def as_json(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(content), status, headers, "application/json")


async def body_of(request: Request, most: int) -> bytes:
    """
    The whole body. Raises TooLarge when it is larger than *most* bytes.

    A larger body is read to its end, up to MOST_READ, and dropped: a client that is cut off while it sends would see a
    broken connection and not the message that says why.
    """
    body, read = bytearray(), 0
    async for chunk in request.stream():
        read += len(chunk)
        if read <= most:
            body += chunk
        elif read > MOST_READ:
            break
    if read > most:
        raise TooLarge(most)
    return bytes(body)


async def file_of(request: Request, most: int, folder: Path | None = None, *, left_free: int = 0) -> IO[bytes]:
    """
    As `body_of`, for one that is large: on disk (in *folder*, where one is given), so that nobody fills the memory, and
    written in a thread, so that nobody waits for the disk. Raises OSError before less than *left_free* bytes of the
    disk of *folder* are free.
    """
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and len(declared) < 16 and int(declared) > most + MOST_READ:
        raise TooLarge(most)  # it would be cut off anyway
    file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - the caller closes it

    def write(part: bytearray) -> None:
        if folder is not None and shutil.disk_usage(folder).free < left_free + len(part):
            raise OSError(errno.ENOSPC, "the rest of the disk is for the journal")
        file.write(part)

    try:
        read, waiting = 0, bytearray()
        async for chunk in request.stream():
            read += len(chunk)
            if read > most + MOST_READ:
                break
            if read <= most:
                waiting += chunk
            if len(waiting) >= WRITTEN_AT_ONCE:
                await asyncio.to_thread(write, waiting)
                waiting = bytearray()
        if read > most:
            raise TooLarge(most)
        await asyncio.to_thread(write, waiting)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


async def form_of(request: Request, fields: int = 200, most: int = MOST_FORM) -> list[tuple[str, str]]:
    """The (name, value) pairs of a form, empty values too. Raises Refused `bad`, and TooLarge."""
    try:
        body = (await body_of(request, most)).decode()
        return parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body), max_num_fields=fields)
    except ValueError:
        raise Refused("bad") from None


def number(request: Request, name: str, default: int, most: int) -> int:
    value = request.query_params.get(name, "")
    return min(most, int(value)) if value.isascii() and value.isdigit() and len(value) < 16 else default
