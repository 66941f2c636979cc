"""The text of a workshop after its room is open: read, checked and changed, while code, QR and answers stay."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live import edits, workshop
from live.errors import EditedSince, Problem, Refused, WorkshopInvalid
from live.rooms import FACILITATOR
from live.web import access, messages
from live.web.api import as_json, body_of, rooms_of

# A proxy that compresses marks the tag: `W/"…"` with nginx, `"…-gzip"` with Caddy.
_TAG = re.compile(r'(?:W/)?"([0-9a-f]{32})(?:-\w+)?"')


def tag(version: str) -> dict[str, str]:
    return {"ETag": f'"{version}"', "Cache-Control": "no-cache, private"}


async def show_text(request: Request) -> Response:
    """The text as it was sent, byte for byte; its ETag is what a change names as `If-Match`."""
    code = request.path_params["code"]
    await access.require(request, code, FACILITATOR)
    room = await rooms_of(request).newest(code)
    text = room.workshop_text.encode(errors="surrogatepass")
    return Response(text, headers=tag(room.workshop_version), media_type="text/markdown; charset=utf-8")


async def change_text(request: Request) -> Response:
    """200 with `warnings`; 412 with the newer text when it is not the one that `If-Match` names."""
    code = request.path_params["code"]
    await access.require(request, code, FACILITATOR)
    rooms, translate = rooms_of(request), messages.translations(messages.choose(request)).gettext
    text = workshop.decode(await body_of(request, workshop.MOST_BYTES), translate=translate)
    room = await rooms.newest(code)
    wanted = request.headers.get("if-match", "*").strip()
    based_on = None
    if wanted != "*":
        if room.workshop_version not in _TAG.findall(wanted):
            raise EditedSince(room.workshop_text, room.workshop_version)
        based_on = room.workshop_version
    ack, warnings = await rooms.edit(code, text, based_on=based_on, translate=translate)
    room = await rooms.get(code)
    told = {"position": ack.position, "step": ack.step, "state": room.state, "warnings": warnings}
    return as_json(told, headers=tag(workshop.version(text)))


async def list_faults(request: Request) -> Response:
    """`{"errors": [{line, message}], "warnings": […]}`: what would come of saving the text that is sent."""
    code = request.path_params["code"]
    await access.require(request, code, FACILITATOR)
    translate = messages.translations(messages.choose(request)).gettext
    body = await body_of(request, workshop.MOST_BYTES)
    room = await rooms_of(request).get(code)
    errors: list[Problem] = []
    warnings: list[Problem] = []
    try:
        text = workshop.decode(body, translate=translate)
        written, warnings = await asyncio.to_thread(workshop.parse, text, translate=translate)
        edits.check(room, written, translate)
    except WorkshopInvalid as invalid:
        errors = invalid.problems
    except Refused as refused:
        errors = refused.facts["errors"]  # type: ignore[assignment]
    return as_json({"errors": errors, "warnings": warnings})


routes = [
    Route("/api/rooms/{code:code}/workshop", show_text),
    Route("/api/rooms/{code:code}/workshop", change_text, methods=["PUT"]),
    Route("/api/rooms/{code:code}/workshop/faults", list_faults, methods=["POST"]),
]
