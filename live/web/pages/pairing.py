"""The page of a screen that waits for its meeting (`/screen`, `/skjerm`), and where the console sends its digits."""

from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route

from live.rights import FACILITATOR, SCREEN
from live.web.access import keys
from live.web.access.pairing import DIGITS, VALID_S, Waiting
from live.web.access.peer import is_https
from live.web.http import as_json, body_of, read_fields
from live.web.pages.templates import render
from live.web.services import services


async def page(request: Request) -> Response:
    return render(request, "screen/pairing.html")


async def ask(request: Request) -> Response:
    """
    The digits to show; `{code}` once the facilitator has typed them, with the cookie that opens the screen of that
    meeting.
    """
    pairings = services(request).pairings
    secret = request.cookies.get(_cookie(request), "")
    waiting = await pairings.of(secret) if secret else None
    if isinstance(waiting, str):
        code, response = waiting, as_json({"code": waiting})
        response.delete_cookie(_cookie(request), path="/", secure=is_https(request), httponly=True, samesite="strict")
        keys.set_cookie(response, request, code, SCREEN, secret)
        return response
    if waiting:
        return as_json(_shown(request, waiting))
    secret, waiting = await pairings.begin()
    response = as_json(_shown(request, waiting))
    response.set_cookie(
        _cookie(request), secret, max_age=VALID_S, path="/", httponly=True, samesite="strict", secure=is_https(request)
    )
    return response


def _shown(request: Request, waiting: Waiting) -> dict[str, Any]:
    return {"digits": waiting.digits, "left_ms": max(0, waiting.until - services(request).rooms.clock.now())}


def _cookie(connection: HTTPConnection) -> str:
    return f"{'__Host-' if is_https(connection) else ''}innspill_waiting"


async def give(request: Request) -> Response:
    """The facilitator has typed the `digits` of a screen."""
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR)
    digits = read_fields(await body_of(request, 1024)).get("digits")
    if not isinstance(digits, str) or len(digits) > 2 * DIGITS:
        digits = ""
    await services(request).pairings.give(code, digits)
    return Response(status_code=204)


routes = [
    Route("/screen", page),
    Route("/skjerm", page),
    Route("/screen/waiting", ask, methods=["POST"]),
    Route("/api/rooms/{code:code}/screens", give, methods=["POST"]),
]
