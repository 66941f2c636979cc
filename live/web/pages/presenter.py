"""The pages of screen and console, which their scripts fill, and the address that swaps a key for a cookie."""

import contextlib
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live import codes, exports
from live.errors import AnswersDeleted, KeyWrong
from live.rights import FACILITATOR, LOOK, SCREEN, opens
from live.settings import readable_name
from live.transport.hub import CONSOLE
from live.views.view import title
from live.web.access import keys, peer
from live.web.api import wifi
from live.web.http import body_of, read_fields
from live.web.pages.templates import render
from live.web.room_lookup import find_room
from live.web.services import services


async def screen(request: Request) -> Response:
    return await _desk(request, "screen/screen.html", SCREEN)


async def console(request: Request) -> Response:
    return await _desk(request, "console/console.html", LOOK)


async def _desk(request: Request, template: str, wanted: str) -> Response:
    """
    Without the right *wanted*, a page without content: its script sends the key from the link's fragment, which the
    browser does not send to the server, and loads the page again.
    """
    room = await find_room(request)
    held = await keys.right(request, room.code, wanted)
    allowed = held is not None and opens(held.right, wanted)
    face = CONSOLE if wanted == LOOK else SCREEN
    return render(
        request, template, default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        needs_key=not allowed, right=held.right if held else "", title=title(room) if allowed else "",
        accent=room.workshop.accent,  # also without the right: a screen takes its key without loading again
        view=services(request).rooms.frames.view(room.code, face) if allowed else None, host=_host(request),
        missing=exports.missing(), install=exports.INSTALL,
        wifi=allowed and held is not None and held.right == FACILITATOR and wifi.possible(request),
    )  # fmt: skip


def _host(request: Request) -> str:
    return readable_name(urlsplit(peer.base_url(request)).netloc)


async def take_key(request: Request) -> Response:
    """Swap the key in the body for a cookie. Raises KeyWrong."""
    code = request.path_params["code"]
    rooms = services(request).rooms
    with contextlib.suppress(AnswersDeleted):  # the same key opens the stored public page
        await find_room(request)
    key = read_fields(await body_of(request, 1024)).get("key")
    held = await keys.key_right(rooms, code, key) if isinstance(key, str) else None
    if held is None or not isinstance(key, str):
        raise KeyWrong
    response = Response(status_code=204)
    keys.set_cookie(response, request, code, held.right, key)
    return response


routes = [
    Route("/{code:code}/screen", screen),
    Route("/{code:code}/console", console),
    Route("/{code:code}/keys", take_key, methods=["POST"]),
]
