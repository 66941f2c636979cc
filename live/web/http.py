"""Bodies in and JSON out, the same way everywhere."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from live.errors import Refused, TooLarge
from live.runtime import Registry

MOST_FORM = 64 * 1024
MOST_READ = 16 * 1024 * 1024
T = TypeVar("T")


def reader(kind: type[T] | Any) -> Callable[[bytes | str], T]:
    """-> a function that reads JSON as *kind*, or raises Refused `bad`."""
    decode: Callable[[bytes | str], T] = msgspec.json.Decoder(kind).decode

    def read(body: bytes | str) -> T:
        try:
            return decode(body)
        except (msgspec.DecodeError, UnicodeError, RecursionError):  # what is no UTF-8, and what is nested too deep
            raise Refused("bad") from None

    return read


read_fields: Callable[[bytes | str], dict[str, Any]] = reader(dict[str, Any])


def rooms_of(request: Request) -> Registry:
    rooms: Registry = request.app.state.rooms
    return rooms


def as_json(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(content), status, headers, "application/json")


async def body_of(request: Request, most: int) -> bytes:
    """
    The whole body; TooLarge when it is larger than *most* bytes.

    What is too much is read on, up to MOST_READ, and forgotten: a client that is cut off in mid-sending sees a broken
    line and not the sentence that says why.
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


async def form_of(request: Request, fields: int = 200, most: int = MOST_FORM) -> list[tuple[str, str]]:
    """What a form holds, as it was filled in, empty fields too; Refused `bad`."""
    try:
        body = (await body_of(request, most)).decode()
        return parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body), max_num_fields=fields)
    except ValueError:
        raise Refused("bad") from None


def number(request: Request, name: str, default: int, most: int) -> int:
    value = request.query_params.get(name, "")
    return min(most, int(value)) if value.isascii() and value.isdigit() and len(value) < 16 else default
