"""What is printed or laid out before a meeting: a poster, cards for the tables, and a slide with the way in."""

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live import codes, qr
from live.i18n.catalogs import translations
from live.settings import is_loopback, readable_name
from live.views import pictures
from live.web.access import peer
from live.web.language import choose_language
from live.web.pages.templates import render
from live.web.room_lookup import find_room

CARDS_ON_A_PAGE = 2  # A5 on A4
LOGO = 480, 160  # pixels at most; printed, as large as the mark


async def poster(request: Request) -> Response:
    return await _handout(request, "handout/poster.html")


async def table_cards(request: Request) -> Response:
    return await _handout(request, "handout/table_cards.html", cards=CARDS_ON_A_PAGE)


async def _handout(request: Request, template: str, **facts: Any) -> Response:
    room = await find_room(request)
    url = _join_url(request)
    drawn, size = qr.path(url)
    return render(
        request, template, default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        title=room.workshop.title, organisation=room.workshop.meta.get("organisation", ""),
        logo=pictures.logo(room, within=LOGO),
        language=room.workshop.language, host=_host(url), qr=drawn, qr_size=size,
        named=bool(room.asks_names), reachable=not is_loopback(urlsplit(url).hostname or ""), **facts,
    )  # fmt: skip


async def slide(request: Request) -> Response:
    """The way in as a picture for a slide of one's own, 1920×1080 as SVG."""
    room = await find_room(request)
    url = _join_url(request)
    _ = translations(choose_language(request, room.workshop.language)).gettext
    note = _("No app, no account.") if room.asks_names else _("No app, no account. We store no names.")
    drawn = qr.slide(url, _host(url), codes.spaced(room.code), note)
    return Response(drawn, media_type="image/svg+xml")


def _join_url(request: Request) -> str:
    return f"{peer.base_url(request)}/{request.path_params['code']}"


def _host(url: str) -> str:
    return readable_name(urlsplit(url).netloc)


routes = [
    Route("/{code:code}/poster", poster),
    Route("/{code:code}/table-cards", table_cards),
    Route("/{code:code}/qr-slide.svg", slide),
]
