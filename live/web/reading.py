"""JSON from outside. Whatever can't be read is refused in one way, however it was broken."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from live.errors import Refused

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
