"""The page that asks for a name, once, before the phone's own page, where the workshop asks for names."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from live import codes
from live.room import Room
from live.rules.answers import MOST_NAME
from live.views.phone import phone_view
from live.web.access.participant import Participant
from live.web.pages.templates import render


def is_asked(request: Request, room: Room, person: Participant) -> bool:
    """Whether *person* has not said yet, or wants to change it; nobody is asked after the end."""
    if not room.asks_names or room.ended:
        return False
    return "name" in request.query_params or person.phone not in room.people.names


def page(
    request: Request, room: Room, person: Participant, *, problem: str = "", typed: str = "", status: int = 200
) -> HTMLResponse:
    """*typed*: what could not be taken, to be put right and sent again."""
    given = room.people.names.get(person.phone)
    return render(
        request, "phone/name.html", default=room.workshop.language, status=status, code=room.code,
        spaced=codes.spaced(room.code), accent=room.workshop.accent, view=phone_view(room), problem=problem,
        name=typed or (given.text if given else ""), most=MOST_NAME, must=room.asks_names == "named",
    )  # fmt: skip
