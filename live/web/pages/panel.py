"""The page with the questions to the panel: to ask, to vote and to read what was answered. It works without script."""

import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from live import codes
from live.activities.question_tally import NEWEST, VOTES
from live.room import Room
from live.room.questions import question_of
from live.transport.hub import PHONE
from live.views import questions
from live.views.phone import phone_view
from live.web.access import keys, participant
from live.web.access.participant import Participant
from live.web.language import lang_query
from live.web.pages import cleared
from live.web.pages.templates import render
from live.web.room_lookup import find_room
from live.web.services import services

ORDERS = (VOTES, NEWEST)
MOST_PAGES = 10_000


async def page(request: Request) -> Response:
    code = request.path_params["code"]
    room = await find_room(request)
    person = participant.participant(request, code)
    if not participant.is_current(room, person):
        return await cleared.page(request, room, person)
    participant.require_admission(room, person)
    services(request).waiting_line.admit(code, person.since, fresh=person.fresh)
    response = show(request, room, person)
    if person.fresh:
        keys.set_cookie(response, request, code, PHONE, person.token)
    return response


def show(
    request: Request, room: Room, person: Participant, *, problem: str = "", text: str = "", status: int = 200
) -> Response:
    """*text*: what was asked, if it could not be taken."""
    rooms, state = services(request).rooms, room.panel
    if not person.fresh:
        rooms.hub.polled(room.code, person.phone)
    order = request.query_params.get("order", VOTES)
    order = order if order in ORDERS else VOTES
    facts: dict[str, Any] = {
        "asked": [],
        "mine": [],
        "pages": 1,
        "at": 1,
        "max": 200,
        "question": "",
        "instruction": "",
    }
    if state is not None:
        pages = max(1, -(-state.counted // questions.ON_PAGE))
        at = min(pages, max(1, _number(request.query_params.get("page", "1"))))
        facts = {
            "asked": questions.page(state, order, at, person.phone), "mine": questions.own(state, person.phone),
            "pages": pages, "at": at, "max": state.written.max, "question": question_of(room, state),
            "instruction": state.written.instruction,
        }  # fmt: skip
    frame = rooms.frames.frame(room.code, PHONE)
    return render(
        request, "phone/questions.html", default=room.workshop.language, status=status, code=room.code,
        spaced=codes.spaced(room.code), accent=room.workshop.accent, view=phone_view(room), frame=frame, order=order,
        problem=problem, text=text, new_id=secrets.token_hex(16), fresh=person.fresh, **facts,
    )  # fmt: skip


def is_from(form: list[tuple[str, str]]) -> bool:
    """Whether a form was sent from this page, which it leads back to."""
    return ("to", "questions") in form


def after(request: Request, form: list[tuple[str, str]]) -> Response:
    """Back to the page as it was, at the question that the form is about."""
    fields, code = dict(form), request.path_params["code"]
    id, order, at = fields.get("id", ""), fields.get("order", VOTES), _number(fields.get("page", "1")) or 1
    place = f"q{id}" if fields.get("action") == "vote" and id.isalnum() and id.isascii() else "mine"
    query = f"?order={order if order in ORDERS else VOTES}&page={at}{lang_query(request, '&')}"
    return RedirectResponse(f"/{code}/questions{query}#{place}", 303)


def _number(text: str) -> int:
    return min(MOST_PAGES, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 0


routes = [Route("/{code:code}/questions", page)]
