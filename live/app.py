"""The ASGI app: what stands where, and what is made once for all."""

import contextlib
import functools
import secrets
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from live import qr
from live.clock import Clock
from live.errors import LiveError, StorageFailed
from live.journal import Journal
from live.rooms import Rooms
from live.settings import Settings, is_loopback
from live.views import Join
from live.web import access, api, assets, board, downloads, editing, feed, pages
from live.web.guesses import Guesses
from live.web.pace import Paces


def create_app(settings: Settings, journal: Journal, *, url: str, create_key: str = "") -> Starlette:
    """*url* is where people reach us when nothing else is set: scheme, host and port."""
    base = (settings.public_url or url).rstrip("/")

    @functools.lru_cache(maxsize=200)  # a screen is drawn four times a second, its QR code once
    def join(code: str) -> Join:
        parts = urlsplit(base)
        drawn, size = qr.path(f"{base}/{code}")
        reachable = not is_loopback(parts.hostname or "")
        return Join(
            url=f"{base}/{code}", host=parts.netloc, code=code, open_to_phones=reachable,
            qr=drawn if reachable else "", qr_size=size,
        )  # fmt: skip

    rooms = Rooms(journal, Clock(), join)
    rooms.warnings = lambda: warnings(base)
    files = assets.Assets()

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if (now := await journal.clock()) is not None:
            rooms.clock.go_by(now)
        app.state.secret = await journal.secret("phones", secrets.token_bytes(32))
        async with rooms:
            yield

    app = Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
            *files.routes(),
            *api.routes,
            *board.routes,
            *downloads.routes,
            *editing.routes,
            *feed.routes,
            *pages.routes,
        ],
        middleware=[Middleware(access.Guard, settings=settings)],
        exception_handlers={LiveError: pages.complain, Exception: pages.break_down},
        lifespan=lifespan,
    )
    app.state.rooms = rooms
    app.state.settings = settings
    app.state.url = base
    app.state.create_key = create_key
    app.state.templates = pages.environment(files)
    app.state.likeness = board.Likeness()
    app.state.paces = Paces(limited=settings.limits == "on")
    app.state.guesses = Guesses(rooms, limited=settings.limits == "on")
    return app


def warnings(base: str) -> list[str]:
    parts = urlsplit(base)
    if is_loopback(parts.hostname or ""):
        return ["local-only"]
    return ["plain-http"] if parts.scheme == "http" else []


async def healthz(request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """The store answers too, and phones may come."""
    rooms: Rooms = request.app.state.rooms
    if rooms.draining:
        return PlainTextResponse("about to stop\n", 503)
    try:
        await rooms.journal.due(0)
    except StorageFailed:
        return PlainTextResponse("the store does not answer\n", 503)
    return PlainTextResponse("ok\n")


async def metrics(request: Request) -> Response:
    """For Prometheus: numbers only, of this process."""
    rooms: Rooms = request.app.state.rooms
    kept = rooms.loaded()
    phones = sum(rooms.hub.here(code).phones for code in kept)
    lines = [
        "# HELP innspill_rooms Rooms in memory.",
        "# TYPE innspill_rooms gauge",
        f"innspill_rooms {len(kept)}",
        "# HELP innspill_phones Phones that are here now, at this process.",
        "# TYPE innspill_phones gauge",
        f"innspill_phones {phones}",
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
