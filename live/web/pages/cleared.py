"""What a phone is shown that was in the meeting of a group before, when the room has been cleared for another."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from live import codes
from live.room import Room
from live.views.phone import phone_view
from live.web.access import participant
from live.web.access.participant import Participant
from live.web.language import lang_query
from live.web.pages import own_answers
from live.web.pages.templates import render
from live.web.room_lookup import find_room


async def cleared(request: Request) -> Response:
    """
    Also for a phone whose cookie is lost: it may store what it is. One that has begun anew in another tab goes there.
    """
    room = await find_room(request)
    person = participant.participant(request, room.code)
    if not room.cleared_at or (participant.is_current(room, person) and not person.fresh):
        return RedirectResponse(f"/{room.code}{lang_query(request, '?')}", 303)
    return await page(request, room, person)


async def page(
    request: Request, room: Room, person: Participant, unsent: Sequence[str] = (), status: int = 200
) -> Response:
    """
    *unsent*: what came too late for the group that it was written in. What *person* has answered there can still be
    read and deleted, in the archive.
    """
    own = None if person.fresh else await own_answers.archived(request, room, person.phone)
    response = render(
        request, "phone/cleared.html", default=room.workshop.language, status=status, code=room.code,
        spaced=codes.spaced(room.code), view=phone_view(room), unsent=unsent, own=own[0] if own else "",
        delete_at=room.archives[0].delete_at if room.archives else 0,
    )  # fmt: skip
    if own:
        own_answers.show(response, request, *own)
    return response


routes = [Route("/{code:code}/cleared", cleared)]
