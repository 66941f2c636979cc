"""Exports as downloads (contract §6)."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live import exports
from live.errors import Refused
from live.exports.one_page import sheet as one_page_sheet
from live.rights import RUN
from live.runtime import room_pictures
from live.runtime.processes import export_process
from live.settings import is_loopback
from live.transport.load import PATIENCE_S
from live.web.access import keys, peer
from live.web.services import services
from live.workshop.accent import on_paper

T = TypeVar("T")

_exports_at_once = asyncio.Semaphore(2)  # a PDF takes a process of its own: twenty requests are served in turn


async def download(request: Request) -> Response:
    code, form = request.path_params["code"], request.path_params["form"]
    await keys.require(request, code, RUN)
    await services(request).load.settle(PATIENCE_S)
    if form not in exports.FORMATS:
        raise Refused("bad")
    room = await services(request).rooms.newest(code)
    flags = {name: request.query_params.get(name) == "1" for name in ("withheld", "rehearsal")}
    pictures = room.pictures if form in exports.WITH_PICTURES else {}
    async with _exports_at_once:
        files = await room_pictures.read(services(request).rooms.journal, code, pictures)
        written = await _until_disconnected(request, export_process.write(room, form, picture_files=files, **flags))
    if written is None:
        return Response(status_code=499)  # the client has disconnected: nobody reads it
    body, content = written
    headers = {
        "Content-Disposition": f'attachment; filename="{exports.file_name(room, form)}"',
        exports.HASH_HEADER: content,
    }
    if pages := exports.count_pages(body, form):
        headers[exports.PAGES_HEADER] = str(pages)
    return Response(body, headers=headers, media_type=exports.FORMATS[form][0])


async def _until_disconnected(request: Request, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of *work*; None, with *work* cancelled, when the client disconnects before."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    working, disconnecting = asyncio.ensure_future(work), asyncio.ensure_future(gone())
    try:
        await asyncio.wait({working, disconnecting}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, disconnecting):
            task.cancel()
        await asyncio.wait({working, disconnecting})


async def show_sheet(request: Request) -> Response:
    """One sheet of A4, shown in the browser to be printed or saved."""
    code, form = request.path_params["code"], request.path_params["form"]
    await keys.require(request, code, RUN)
    await services(request).load.settle(PATIENCE_S)
    if form not in exports.SHEETS:
        raise Refused("bad")
    room = await services(request).rooms.newest(code)
    base = peer.base_url(request)
    url = (
        "" if is_loopback(urlsplit(base).hostname or "") else f"{base}/{code}/report"
    )  # no code that no phone can open
    async with _exports_at_once:
        body = await _until_disconnected(
            request, export_process.write_sheet(room, form, url, request.query_params.get("activity", ""))
        )
    if body is None:
        return Response(status_code=499)
    name, policy = exports.file_name(room, f"a4.{form}"), one_page_sheet.policy(on_paper(room.workshop.accent))
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Security-Policy": policy}
    if pages := exports.count_pages(body, form):
        headers[exports.PAGES_HEADER] = str(pages)
    return Response(body, headers=headers, media_type=exports.FORMATS[form][0])


routes = [
    Route("/api/rooms/{code:code}/export.{form}", download),
    Route("/api/rooms/{code:code}/sheet.{form}", show_sheet),
]
