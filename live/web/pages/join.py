"""The way in: typing the code, a new meeting, the QR code."""

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


async def join(request: Request) -> Response:
    """The place to type the code; in any form people write it."""
    typed = request.query_params.get("code", "")
    if not typed.strip():
        return render(request, "phone/join.html", typed="", problem="")
    return await _go_to(request, typed)


async def _go_to(request: Request, typed: str) -> Response:
    code = codes.find(typed)
    try:
        if code is None:
            raise RoomNotFound
        with contextlib.suppress(AnswersDeleted):  # its page leads on
            await request.app.state.guesses.look(request, code)
    except LiveError as error:
        status, name, _ = problems.describe(error)
        return render(
            request, "phone/join.html", status=status, typed=typed[:100], problem=problem_sentence(request, name)
        )
    return RedirectResponse(f"/{code}", 303)


async def by_path(request: Request) -> Response:
    """`/2505-4015` and whatever else people make of a code in the address bar."""
    typed = request.path_params["typed"]
    if codes.find(typed) is None:
        raise HTTPException(404)
    return await _go_to(request, typed)


async def new(request: Request) -> Response:
    return render(request, "new/new.html", needs_key=not await keys.may_create(request))


async def styleguide(request: Request) -> Response:
    """For whoever works on the faces; nobody else reaches it."""
    if not request.app.state.settings.only_this_machine:
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
# Takes whatever no other address took, so it stands last of all.
any_path = Route("/{typed}", by_path)
