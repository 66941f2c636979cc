"""The outermost middleware: which requests are accepted at all, and the headers that every response carries."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from live.settings import Settings, ascii_name, is_loopback
from live.web.access.security_headers import protect

_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:@/?#\\\[\]]+))(?::([0-9]{1,5}))?")
SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """Refuses foreign hosts and origins, and adds security headers to every response."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.names = set(_names(settings))
        self.any_address = settings.lan or settings.host in ("0.0.0.0", "::")  # noqa: S104 - only compared
        self.public = settings.public_url.rstrip("/").lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope.get("extensions", {}).get("innspill.local") is not None:
            return await self.app(scope, receive, send)
        connection = HTTPConnection(scope)
        if not self._allowed_host(connection.headers.get("host", "")):
            return await self._refuse(scope, receive, send, 400, "This server does not answer to that name.")
        if (scope["type"] == "websocket" or scope["method"] not in SAFE) and not self._same_origin(connection):
            return await self._refuse(scope, receive, send, 403, "This must come from the server's own pages.")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)

    def _allowed_host(self, host: str) -> bool:
        found = _HOST.fullmatch(host)  # not by `urlsplit`, which reads `evil.example[::1]` as ::1
        if found is None or int(found[3] or 0) > 65_535:
            return False
        name = (found[1] or found[2]).lower()
        if name in self.names or is_loopback(name):
            return True
        return self.any_address and (_is_address(name) or name.endswith(".local"))

    def _same_origin(self, connection: HTTPConnection) -> bool:
        """
        Whether a request comes from one of our own pages. Browsers send the origin; a request without one is no
        browser's, and then it may carry no cookies either.
        """
        origin = connection.headers.get("origin")
        if origin is None:
            site = connection.headers.get("sec-fetch-site", "none")
            return site in ("none", "same-origin") and "cookie" not in connection.headers
        scheme = "https" if connection.scope["scheme"] in ("https", "wss") else "http"
        return origin.lower() in (self.public or None, f"{scheme}://{connection.headers.get('host', '')}".lower())

    @staticmethod
    async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
        response = PlainTextResponse(why + "\n", status)
        if scope["type"] == "websocket":
            await receive()
            if "websocket.http.response" in scope.get("extensions", {}):
                await response(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 4403})
            return
        await response(scope, receive, send)


def _names(settings: Settings) -> Iterable[str]:
    yield from ("localhost", settings.host)
    yield from (ascii_name(name.strip()) or name.strip().lower() for name in settings.hosts.split(",") if name.strip())
    if settings.public_url:
        yield urlsplit(settings.public_url).hostname or ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
