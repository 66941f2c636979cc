"""The pages that lead to a meeting: typing the code, opening a new meeting, the QR code."""

import contextlib

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from live import codes, qr
from live.errors import AnswersDeleted, LiveError, RoomNotFound
from live.web import problems
from live.web.access import keys, peer
from live.web.pages.templates import problem_sentence, render
from live.web.room_lookup import find_room
from live.web.services import services


async def join(request: Request) -> Response:
    """The page where people type the code, in any form they write it."""
    typed = request.query_params.get("code", "")
    if not typed.strip():
        return render(request, "phone/join.html", typed="", problem="", home=True)
    return await _go_to(request, typed)


async def _go_to(request: Request, typed: str) -> Response:
    code = codes.find(typed)
    try:
        if code is None:
            raise RoomNotFound
        with contextlib.suppress(AnswersDeleted):  # the page of the code redirects to the public page
            await services(request).guess_limits.find_room(request, code)
    except LiveError as error:
        status, name, _ = problems.describe(error)
        return render(
            request, "phone/join.html", status=status, typed=typed[:100], problem=problem_sentence(request, name)
        )
    return RedirectResponse(f"/{code}", 303)


async def any_form_of_code(request: Request) -> Response:
    """`/2505-4015` and other forms in which people write a code in the address bar."""
    typed = request.path_params["typed"]
    if codes.find(typed) is None:
        raise HTTPException(404)
    return await _go_to(request, typed)


async def new(request: Request) -> Response:
    return render(request, "new/new.html", needs_key=not await keys.may_create(request))


async def styleguide(request: Request) -> Response:
    """For developers; 404 unless only this machine can connect."""
    if not services(request).settings.only_this_machine:
        raise HTTPException(404)
    return render(request, "styleguide/styleguide.html")


async def join_qr(request: Request) -> Response:
    await find_room(request)
    return Response(qr.svg(f"{peer.base_url(request)}/{request.path_params['code']}"), media_type="image/svg+xml")


routes = [
    Route("/", join),
    Route("/new", new),
    Route("/styleguide", styleguide),
    Route("/{code:code}/qr.svg", join_qr),
]
# Matches every address with one part, so it must come last.
any_path = Route("/{typed}", any_form_of_code)
