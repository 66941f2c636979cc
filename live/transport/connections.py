"""
The connections of this process. The system limits their number. Idle ones are closed first, and the last tenth is
reserved for those who lead a meeting: their screens and consoles still get in when a crowd fills the rest.
"""

from collections.abc import Callable

FULL = 0.9  # share of the limit; above it idle connections are closed, and requests without a key are turned away
KEY_COOKIES = (b"innspill_f_", b"innspill_c_", b"innspill_s_")  # cookies of a facilitator, a colleague, a screen


class Connections:
    """At most `most` are open. Whoever calls `add` must call `remove` when the connection ends."""

    def __init__(self, most: int = 20_000) -> None:
        self.most = most
        self.open = 0
        self.behind = 0  # whose peers have not taken what was written to them
        self.cut = 0  # idle ones that were closed to make room, since the process started
        self._idle: dict[object, Callable[[], None]] = {}  # longest idle first; the value closes the connection

    @property
    def share(self) -> float:
        """The share of `most` that is in use, without the idle ones that may be closed."""
        return (self.open - len(self._idle)) / self.most

    def add(self, connection: object, cut: Callable[[], None]) -> None:
        """Count a new connection, which is idle until it asks for something; *cut* closes it at once."""
        self.open += 1
        self.mark_idle(connection, cut)
        if self.open > FULL * self.most:
            longest = next(iter(self._idle))
            if longest is not connection:
                self.cut += 1
                self._idle.pop(longest)()

    def mark_idle(self, connection: object, cut: Callable[[], None]) -> None:
        """It is asking for nothing now, so it may be closed to make room."""
        self._idle[connection] = cut

    def mark_active(self, connection: object) -> None:
        """It has asked for something, or has a seat in the hub."""
        self._idle.pop(connection, None)

    def remove(self, connection: object) -> None:
        self.open -= 1
        self.mark_active(connection)

    def turns_away(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """
        Whether there is no place left for a request with *headers*. Naming a key is enough to be let in: whether the
        key is right is checked when it is used, and with a wrong one the connection ends soon.
        """
        return self.share > FULL and not any(
            name == b"authorization" or (name == b"cookie" and any(key in value for key in KEY_COOKIES))
            for name, value in headers
        )


CONNECTIONS = Connections()

FULL_PAGE = (
    '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Innspill</title>'
    "<p>Mange blir med nå. Siden prøver igjen av seg selv.</p>"
    '<p lang="en">Many are joining now. This page tries again by itself.</p>'
).encode()
TURNED_AWAY = (
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 10\r\nrefresh: 10\r\ncache-control: no-store\r\n"
    b"content-type: text/html; charset=utf-8\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s"
    % (len(FULL_PAGE), FULL_PAGE)
)
"""The whole response to a request that is turned away; written as it is, before anything is read or looked up."""
