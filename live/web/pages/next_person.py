"""
The next person on a phone or tablet that goes round: the one before is forgotten on this device, and the next is
another participant.

What the one before has sent stays in the meeting, and is theirs still: by the three words, where they have kept them.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from live import codes
from live.transport.hub import PHONE
from live.views.phone import phone_view
from live.web.access import keys, participant
from live.web.language import lang_query
from live.web.pages.templates import render
from live.web.room_lookup import find_room


async def ask(request: Request) -> Response:
    """The page that asks; with `?now` its script does not wait for the answer, because the device has asked already."""
    room = await find_room(request)
    return render(
        request, "phone/next_person.html", default=room.workshop.language, code=room.code,
        spaced=codes.spaced(room.code), view=phone_view(room), kiosk=keys.is_kiosk(request, room.code),
        now="now" in request.query_params,
    )  # fmt: skip


async def move_on(request: Request) -> Response:
    """Raises Refused `locked` where the meeting takes no new phones: else whoever was muted could come as another."""
    room = await find_room(request)
    person = participant.newcomer(request, room.code)
    participant.require_admission(room, person)
    response = RedirectResponse(f"/{room.code}{lang_query(request, '?')}", 303)
    keys.set_cookie(response, request, room.code, PHONE, person.token)
    keys.delete_cookie(response, request, room.code, "found")
    return response


routes = [
    Route("/{code:code}/next", ask),
    Route("/{code:code}/next", move_on, methods=["POST"]),
]
