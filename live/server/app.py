"""Creates the ASGI app: its routes, and the objects that all requests share."""

import contextlib
import functools
import logging
import secrets
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from live import qr
from live.clock import Clock
from live.errors import LiveError, StorageFailed
from live.journal import Journal
from live.media import Media
from live.runtime import Registry
from live.runtime.deletions import Deletions
from live.settings import Settings, is_loopback, proxies, readable_name
from live.transport.connections import CONNECTIONS
from live.transport.load import FULL, HIGH, SHEDDING, VIEW_INTERVAL_S, Load, Memory, Usage
from live.views.view import Join
from live.web import assets, feed
from live.web.access import access_links, guard
from live.web.access.guess_limits import GuessLimits, PhraseLimits
from live.web.access.pairing import Pairings
from live.web.access.token_bucket import TokenBuckets
from live.web.access.waiting_line import WaitingLine
from live.web.api import (
    clearing,
    decks,
    export_downloads,
    films,
    theme_board,
    wifi,
    workshop_pictures,
    workshop_text,
)
from live.web.api import rooms as api
from live.web.pages import (
    about,
    accent,
    cleared,
    error_pages,
    handouts,
    next_person,
    own_answers,
    pairing,
    panel,
    phone,
    presenter,
    public_report,
    review,
    sort_answers,
    templates,
    try_it,
)
from live.web.pages import join as join_pages
from live.web.services import Services, services

SENT_OFF = 100  # quiet phones of each room that are disconnected in each sample at the level SHEDDING

logger = logging.getLogger("live.server.app")


async def make_services(settings: Settings, journal: Journal, *, url: str, create_key: str = "") -> Services:
    """*url* (scheme, host, port) is the address at which people reach us when the settings have no public URL."""
    base = (settings.public_url or url).rstrip("/")
    limited = settings.limits == "on"
    load, files = Load(), assets.ours()

    @functools.lru_cache(maxsize=200)  # a screen is drawn four times a second, its QR code once
    def join(code: str) -> Join:
        parts = urlsplit(base)
        drawn, size = qr.path(f"{base}/{code}")
        reachable = not is_loopback(parts.hostname or "")
        return Join(
            url=f"{base}/{code}", host=readable_name(parts.netloc), code=code, open_to_phones=reachable,
            qr=drawn if reachable else "", qr_size=size,
        )  # fmt: skip

    def console_warnings() -> list[str]:
        levels = (("pressed", HIGH), ("full", FULL), ("brim", SHEDDING))
        return warnings(base) + [name for name, level in levels if load.level >= level][-1:]

    deletions = Deletions(settings.data)
    deletions.prune(Clock().now())
    secret = await journal.secret("phones", secrets.token_bytes(32))
    rooms = Registry(
        journal, Clock(), join, media=Media(settings.media_folder), secret=secret, warnings=console_warnings,
        note_deleted=deletions.note,
    )  # fmt: skip
    return Services(
        settings=settings,
        url=base,
        proxies=proxies(settings),
        create_key=create_key,
        secret=secret,
        rooms=rooms,
        load=load,
        assets=files,
        templates=templates.environment(files),
        accessibility=about.read(settings.accessibility),
        waiting_line=WaitingLine(load, limited=limited),
        token_buckets=TokenBuckets(limited=limited),
        guess_limits=GuessLimits(rooms, limited=limited),
        phrase_limits=PhraseLimits(rooms, limited=limited),
        pairings=Pairings(rooms, limited=limited),
        similarity=theme_board.SimilarityCache(),
        pictures=workshop_pictures.PictureCache(),
        dry_runs=review.DryRuns(),
    )


def create_app(shared: Services) -> Starlette:
    rooms, load, memory = shared.rooms, shared.load, Memory()

    def usage() -> Usage:
        return Usage(memory.share, CONNECTIONS.share, CONNECTIONS.behind)

    def on_sample(changed: bool) -> None:
        if changed:
            logger.warning("load level %d", load.level)
            rooms.hub.view_interval_s = VIEW_INTERVAL_S[load.level]
            for code in rooms.hub.codes():
                rooms.hub.touch(code)
        if load.level >= SHEDDING:
            rooms.hub.shed(SENT_OFF)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if (now := await rooms.journal.clock()) is not None:
            rooms.clock.go_by(now)
        async with rooms, load.monitored(lambda: rooms.waits_s, usage, on_sample):
            yield

    app = Starlette(
        routes=routes(shared.assets),
        middleware=[Middleware(guard.Guard, settings=shared.settings)],
        exception_handlers={
            404: error_pages.page_not_found,
            LiveError: error_pages.show_error,
            Exception: error_pages.server_fault,
        },
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # it would name a scheme and a host (`error_pages.page_not_found`)
    app.state.services = shared
    return app


def routes(files: assets.Assets) -> list[BaseRoute]:
    return [
        *feed.routes,  # first: routes are tried in order, and most connections of a hall use this one
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", numbers),
        *files.routes(),
        *api.routes,
        *theme_board.routes,
        *sort_answers.routes,
        *export_downloads.routes,
        *workshop_text.routes,
        *workshop_pictures.routes,
        *films.routes,
        *about.routes,
        *accent.routes,
        *access_links.routes,
        *review.routes,
        *public_report.routes,
        *own_answers.routes,
        *next_person.routes,
        *cleared.routes,
        *join_pages.routes,
        *try_it.routes,
        *handouts.routes,
        *pairing.routes,
        *panel.routes,
        *wifi.routes,
        *clearing.routes,
        *decks.routes,
        *phone.routes,
        *presenter.routes,
        join_pages.any_path,
    ]


def warnings(base: str) -> list[str]:
    parts = urlsplit(base)
    if is_loopback(parts.hostname or ""):
        return ["local-only"]
    return ["plain-http"] if parts.scheme == "http" else []


async def healthz(request: Request) -> Response:
    """200 while the process answers."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """200 while the store answers too and phones may connect."""
    rooms = services(request).rooms
    if rooms.draining:
        return PlainTextResponse("about to stop\n", 503)
    try:
        await rooms.journal.due(0)
    except StorageFailed:
        return PlainTextResponse("the store does not answer\n", 503)
    return PlainTextResponse("ok\n")


async def numbers(request: Request) -> Response:
    """The metrics of this process, for Prometheus."""
    from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest  # few starts of a server need it

    from live.server import metrics

    ours = services(request)
    return Response(generate_latest(metrics.registry(ours.rooms, ours.load)), media_type=CONTENT_TYPE_PLAIN_0_0_4)
