"""
The connections of this process, of which a system allows so many. Those that have said nothing yet give way first, and
the last tenth is for who leads a meeting: their screens and consoles still get in when a crowd fills the rest.
"""

from collections.abc import Callable

FULL = 0.9  # of what the system allows; then those that wait give way, and strangers are told to come again
KEYS = (b"innspill_f_", b"innspill_c_", b"innspill_s_")  # in the cookie of who leads, helps, or shows


class Connections:
    """`most` is how many there may be. A line that was entered must leave."""

    def __init__(self, most: int = 20_000) -> None:
        self.most = most
        self.open = 0
        self.behind = 0  # which have not taken what was written to them
        self.cut = 0  # that gave way, since the process began
        self._waiting: dict[object, Callable[[], None]] = {}  # longest first; each with what cuts it

    @property
    def share(self) -> float:
        """What is taken of `most`, without those that would give way."""
        return (self.open - len(self._waiting)) / self.most

    def enter(self, line: object, cut: Callable[[], None]) -> None:
        """A line of which nothing is known."""
        self.open += 1
        self.wait(line, cut)
        if self.open > FULL * self.most:
            longest = next(iter(self._waiting))
            if longest is not line:
                self.cut += 1
                self._waiting.pop(longest)()

    def wait(self, line: object, cut: Callable[[], None]) -> None:
        """Nothing is asked on it now."""
        self._waiting[line] = cut

    def known(self, line: object) -> None:
        """It has asked for something, or sat down."""
        self._waiting.pop(line, None)

    def leave(self, line: object) -> None:
        self.open -= 1
        self.known(line)

    def turns_away(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """
        Whether there is no place for a request with *headers*. That they name a key is enough, right or wrong: a wrong
        one is found out when it is used, and its line ends soon.
        """
        return self.share > FULL and not any(
            name == b"authorization" or (name == b"cookie" and any(key in value for key in KEYS))
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
"""For who would take the places that are kept: written as it stands, before anything is read or looked up."""
