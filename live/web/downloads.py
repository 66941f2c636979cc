"""The export as a download (contract §6)."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live import exports
from live.errors import Refused
from live.rooms import FACILITATOR
from live.web import access
from live.web.api import rooms_of


async def download(request: Request) -> Response:
    code, form = request.path_params["code"], request.path_params["form"]
    await access.require(request, code, FACILITATOR)
    if form not in exports.FORMATS:
        raise Refused("bad")
    room = await rooms_of(request).newest(code)
    told = exports.tell(
        room,
        withheld=request.query_params.get("withheld") == "1",
        rehearsal=request.query_params.get("rehearsal") == "1",
    )
    kind, write = exports.FORMATS[form]
    # Rows are told here, where the room can't change meanwhile; writing the file takes longer, and must hold up nobody.
    body = await asyncio.to_thread(write, told)
    headers = {"Content-Disposition": f'attachment; filename="{exports.file_name(room, form)}"'}
    return Response(body, headers=headers, media_type=kind)


routes = [Route("/api/rooms/{code:code}/export.{form}", download)]
