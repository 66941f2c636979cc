"""
What the feed may use of a connection besides ASGI, where the server has it: the fast way in and out.

Under any other server, and with `INNSPILL_TRANSPORT=plain`, the scope has no CONNECTION, and the feed uses ASGI alone.
"""

from collections.abc import Callable
from typing import Protocol

from live.transport.seat import Direct

CONNECTION = "innspill.connection"
"""The ASGI extension that holds the `FeedConnection`."""

Done = Callable[[], None]
Receiver = Callable[[bytes, Done, bool], bool]
"""
(text, done, busy) -> whether it takes the message. Is given a text message, and calls `done` later when the message
has been handled; `busy` says that it has earlier messages in progress. When it returns False, the app gets the message
after all earlier ones are done.
"""


class FeedConnection(Protocol):
    @property
    def direct(self) -> Direct | None:
        """For writing to the socket directly; None where frames may not be written as they are, as with TLS."""
        ...

    def seat_taken(self) -> None:
        """The connection has a seat in the hub, so it is no longer closed to make room for others."""
        ...

    def drop_headers(self) -> None:
        """Drop the headers of the handshake: they are a third of the memory that a phone's connection takes."""
        ...

    def set_receiver(self, receiver: Receiver) -> None:
        """From the app's next `receive` on, *receiver* is offered each text message first."""
        ...

    def push(self, frame: bytes) -> bool:
        """Write a frame at once; False when the connection is closing or the peer is behind."""
        ...

    def write_soon(self, frame: bytes) -> None:
        """Write a frame at the end of this turn of the event loop, also when the peer is behind; none after closing."""
        ...
