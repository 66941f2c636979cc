"""
Who may do what, and which requests are heard at all.

A facilitator or a screen holds a key: 24 random bytes, sent once in a link's fragment, swapped for a cookie, and stored
as a hash. A phone holds a token that the server made for that room alone; its identity is a hash of it, so nothing that
is stored leads back to a phone.
"""

import base64
import contextlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import urlsplit

from msgspec import Struct
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from live.errors import AnswersDeleted, KeyMissing, KeyTooWeak, KeyWrong, Refused
from live.rights import CREATE, FACILITATOR, LOOK, MODERATE, REVIEW, RUN, SCREEN, Held, opens, strongest
from live.room import Room
from live.runtime import Rooms
from live.settings import Settings, is_loopback

FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
# One cookie for a colleague, whatever the link opens: the newest one counts.
LETTERS = {FACILITATOR: "f", SCREEN: "s", RUN: "c", MODERATE: "c", LOOK: "c", REVIEW: "r", "phone": "p", "found": "o"}
KEYS = (FACILITATOR, SCREEN, LOOK, REVIEW)  # one for each cookie that holds a key
_WITH_PORT = re.compile(r"\[([^]]*)\](?::[0-9]+)?|([0-9.]+):[0-9]+")
SAFE = ("GET", "HEAD", "OPTIONS")

POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types workshop",
))  # fmt: skip


class Participant(Struct, frozen=True):
    """A phone in one room. `token` is its secret; `phone` is what is stored. `fresh`: it had none before."""

    phone: str
    token: str
    fresh: bool
    since: int = 0  # when the token was made, milliseconds


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _sign(connection: HTTPConnection, code: str, seed: str) -> str:
    secret: bytes = connection.app.state.secret
    return _b64(hmac.digest(secret, f"{code}|{seed}".encode(), sha256)[:16])


def participant(connection: HTTPConnection, code: str, token: str | None = None) -> Participant:
    """
    The phone behind a request: by *token*, by a Bearer token, or by its cookie. A page that names its token has kept it
    where cookies are blocked, or forgotten.

    A token that this server did not make for this room counts as none: nobody chooses an identity.
    """
    for given in (token, _bearer(connection), connection.cookies.get(cookie_name(connection, code, "phone"))):
        if given and len(given) < 100 and given.count(".") == 1:
            seed, signature = given.split(".")
            if hmac.compare_digest(signature.encode(), _sign(connection, code, seed).encode()):
                return Participant(_phone(given), given, fresh=False, since=_made_at(seed))
    now: int = connection.app.state.rooms.clock.now()
    seed = _b64(secrets.token_bytes(16) + now.to_bytes(6))
    token = f"{seed}.{_sign(connection, code, seed)}"
    return Participant(_phone(token), token, fresh=True, since=now)


def _made_at(seed: str) -> int:
    """The time in a seed of ours; 0 in one from before they had any."""
    return int.from_bytes(base64.urlsafe_b64decode(seed + "=" * (-len(seed) % 4))[16:])


def let_in(room: Room, person: Participant) -> None:
    """Refused `locked` for a phone that had not come before the door was closed."""
    if room.people.door_closed_at is not None and person.since >= room.people.door_closed_at:
        raise Refused("locked")


def _phone(token: str) -> str:
    return sha256(token.encode()).hexdigest()[:32]


def cookie_name(connection: HTTPConnection, code: str, right: str) -> str:
    prefix = "__Host-" if is_https(connection) else ""
    return f"{prefix}innspill_{LETTERS[right]}_{code}"


def set_cookie(
    response: Response, connection: HTTPConnection, code: str, right: str, value: str, *, max_age: int | None = None
) -> None:
    """For *max_age* seconds, or until the room is deleted."""
    rooms: Rooms = connection.app.state.rooms
    if max_age is None and (room := rooms.known(code)):
        max_age = (room.delete_at - rooms.clock.now()) // 1000
    response.set_cookie(
        cookie_name(connection, code, right), value, max_age=max_age, path="/", httponly=True, samesite="lax",
        secure=is_https(connection),
    )  # fmt: skip


def peer(connection: HTTPConnection) -> str:
    """
    The address that asks; for limits alone, and never kept. Behind proxies that the settings name it is the last one in
    X-Forwarded-For that is none of them: whatever stands before that may be made up.
    """
    address = _plain(connection.client.host) if connection.client else ""
    known = connection.app.state.proxies
    if not known or not _among(address, known):
        return address
    hops = [_plain(hop.strip()) for line in connection.headers.getlist("x-forwarded-for") for hop in line.split(",")]
    return next((hop for hop in reversed(hops) if not _among(hop, known)), address)


def _plain(address: str) -> str:
    """
    One way to write each address: without the port that some proxies add, which is another for each connection, and an
    IPv4 address by itself where a socket for both says `::ffff:192.0.2.1`: the /64 of that is all of IPv4.
    """
    found = _WITH_PORT.fullmatch(address)
    with contextlib.suppress(ValueError):
        parsed = ipaddress.ip_address((found[1] or found[2]) if found else address)
        mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
        return str(mapped or parsed)
    return address


def _among(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found.version == network.version and found in network for network in networks)


def is_https(connection: HTTPConnection) -> bool:
    """By what people see: behind a proxy that ends TLS, the public URL says so."""
    settings: Settings = connection.app.state.settings
    return settings.public_url.startswith("https:") or connection.scope["scheme"] in ("https", "wss")


def base_url(connection: HTTPConnection) -> str:
    """Where people reach us, without a slash at the end."""
    settings: Settings = connection.app.state.settings
    if settings.public_url:
        return settings.public_url.rstrip("/")
    if is_local(connection):
        url: str = connection.app.state.url
        return url
    scheme = "https" if connection.scope["scheme"] in ("https", "wss") else "http"
    return f"{scheme}://{connection.headers['host']}"


def _bearer(connection: HTTPConnection) -> str:
    kind, _, value = connection.headers.get("authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else ""


async def key_right(rooms: Rooms, code: str, key: str) -> Held | None:
    """What *key* opens in that room."""
    if not key or len(key) > 200:
        return None
    found = await rooms.journal.key_right(sha256(key.encode()).hexdigest())
    held = Held.read(found[1]) if found and found[0] == code else None
    if held and held.link and code and held.link in (await rooms.get(code)).links.ended:
        return None  # withdrawn just before its key was stored
    return held


async def right(connection: HTTPConnection, code: str, wanted: str) -> Held | None:
    """
    The right that a request carries, by Bearer key or cookie. Of several the strongest that opens what is *wanted*: a
    screen's opens no review, and shuts none.
    """
    rooms: Rooms = connection.app.state.rooms
    if is_local(connection):
        return Held(FACILITATOR)
    found = [await key_right(rooms, code, key) for key in _given(connection, code)]
    carried = [held for held in found if held]
    return strongest([held for held in carried if opens(held.right, wanted)] or carried)


def _given(connection: HTTPConnection, code: str) -> list[str]:
    cookies = (connection.cookies.get(cookie_name(connection, code, which), "") for which in KEYS)
    return [key for key in (_bearer(connection), *cookies) if key]


async def require(connection: HTTPConnection, code: str, wanted: str, *, kept: bool = False) -> Held:
    """
    KeyMissing, KeyWrong, KeyTooWeak, or RoomNotFound when there is no such room. *kept*: nor the report of one.
    """
    try:
        await connection.app.state.guesses.look(connection, code)
    except AnswersDeleted:
        if not kept:
            raise
    held = await right(connection, code, wanted)
    if held is None:
        raise KeyWrong if _given(connection, code) else KeyMissing
    if not opens(held.right, wanted):
        raise KeyTooWeak
    return held


async def may_create(connection: HTTPConnection) -> bool:
    """Anyone on this machine when nobody else can reach it; else whoever holds the create key."""
    settings: Settings = connection.app.state.settings
    if is_local(connection):
        return True
    if settings.only_this_machine and not any(name in connection.headers for name in FORWARDING):
        return True
    key: str = connection.app.state.create_key
    given = _bearer(connection)
    if key and hmac.compare_digest(given.encode(), key.encode()):
        return True
    named = await key_right(connection.app.state.rooms, "", given)
    return named is not None and named.right == CREATE


def is_local(connection: HTTPConnection) -> bool:
    """Through the socket in the data folder: whoever can open that, may do all."""
    return connection.scope.get("extensions", {}).get("innspill.local") is not None


def require_local(connection: HTTPConnection) -> None:
    if not is_local(connection):
        raise KeyWrong


async def require_create(request: Request) -> None:
    if not await may_create(request):
        raise KeyWrong if _bearer(request) else KeyMissing


class Guard:
    """Before everything: known hosts, own origins, and the headers that every answer carries."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.names = set(_names(settings))
        self.any_address = settings.lan or settings.host in ("0.0.0.0", "::")  # noqa: S104 - only compared
        self.public = settings.public_url.rstrip("/").lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope.get("extensions", {}).get("innspill.local") is not None:
            return await self.app(scope, receive, send)
        connection = HTTPConnection(scope)
        if not self._known(connection.headers.get("host", "")):
            return await self._refuse(scope, receive, send, 400, "This server does not answer to that name.")
        if (scope["type"] == "websocket" or scope["method"] not in SAFE) and not self._own(connection):
            return await self._refuse(scope, receive, send, 403, "This must come from the server's own pages.")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                protect(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)

    def _known(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            name, _ = parts.hostname or "", parts.port
        except ValueError:  # `[` without its other half, a port that is no number
            return False
        if any(sign in host for sign in "@/?#"):
            return False
        if name in self.names or is_loopback(name):
            return True
        return self.any_address and (_is_address(name) or name.endswith(".local"))

    def _own(self, connection: HTTPConnection) -> bool:
        """Browsers name where a request comes from; what does not is no browser, and then has no cookies either."""
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
    yield from (name.strip().lower() for name in settings.hosts.split(",") if name.strip())
    if settings.public_url:
        yield urlsplit(settings.public_url).hostname or ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def protect(headers: MutableHeaders, path: str) -> None:
    headers.setdefault("Cache-Control", "no-store")
    # The phone's own page frames its little helper, and the console what the hall sees; nobody else frames anything.
    framed = "'self'" if path.rpartition("/")[2] in ("frame", "screen", "preview", "phone") else "'none'"
    policy = POLICY.replace("form-action 'self'", "form-action 'none'") if path.endswith("/review/phone") else POLICY
    policy = headers.get("Content-Security-Policy", policy)  # a page of its own may ask for a stricter one
    headers["Content-Security-Policy"] = f"{policy}; frame-ancestors {framed}"
    # Not `no-referrer`: with that, a browser names the origin of our own form posts as "null".
    headers["Referrer-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Robots-Tag"] = "noindex"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
