"""Decks that are sent here: one becomes a workshop, another gets the results. Nothing of them is kept."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import IO, TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from live import exports
from live.decks import file_kinds
from live.decks.remarks import Remarks
from live.exports.into_deck.results import Inserted
from live.i18n.catalogs import translator
from live.rights import RUN
from live.runtime import room_pictures
from live.runtime.processes import deck_process, export_process
from live.runtime.processes.places import DECKS
from live.transport.load import PATIENCE_S
from live.web.access import keys
from live.web.http import MOST_READ
from live.web.language import choose_language
from live.web.services import services

PIECE = 1024 * 1024
MOST_TITLES = 2000  # bytes of them in a header; proxies take four thousand in all of them
T = TypeVar("T")


async def convert_deck(request: Request) -> Response:
    """The workshop as a zip, with `report.json` inside; sentences are in the reader's language."""
    await keys.require_create(request)
    language = choose_language(request)

    async def work(deck: IO[bytes], out: IO[bytes]) -> None:
        await deck_process.convert(deck, out, language)

    out, _ = await _made(request, language, work)
    return _download(out, "application/zip", {"Cache-Control": "no-store"})


async def put_results(request: Request) -> Response:
    """
    The deck in the body with the meeting's results in it. The header `Innspill-Inserted` is JSON: how many follow the
    slide that they belong to (`placed`), how many stand at the end (`unplaced`), and the questions of these (`titles`).
    """
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    language = choose_language(request)
    room = await services(request).rooms.newest(code)
    name = exports.file_name(room, "pptx")

    async def work(deck: IO[bytes], out: IO[bytes]) -> Inserted:
        room = await services(request).rooms.newest(code)
        files = await room_pictures.read(services(request).rooms.journal, code, room.pictures)
        results = await export_process.write_results(room, picture_files=files)
        return await deck_process.insert(deck, out, results, language)

    out, inserted = await _made(request, language, work)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', exports.INSERTED_HEADER: _told(inserted)}
    return _download(out, exports.FORMATS["pptx"][0], headers)


def _told(inserted: Inserted) -> str:
    titles, room = [], MOST_TITLES
    for title in inserted.unplaced:
        room -= len(json.dumps(title))
        if room < 0:
            break
        titles.append(title)
    return json.dumps({"placed": inserted.placed, "unplaced": len(inserted.unplaced), "titles": titles})


async def _made(
    request: Request, language: str, work: Callable[[IO[bytes], IO[bytes]], Awaitable[T]]
) -> tuple[IO[bytes], T]:
    """What *work* makes of the deck in the body, in a file that the caller closes; and its result."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 – closed when all of it has been sent
    try:
        with DECKS.one():  # also while the deck arrives: many at once would fill the disk
            await services(request).load.settle(PATIENCE_S)
            with tempfile.TemporaryFile() as deck:
                await _receive(request, deck, language)
                return out, await work(deck, out)
    except BaseException:
        out.close()
        raise


def _download(out: IO[bytes], kind: str, headers: dict[str, str]) -> Response:
    size = out.seek(0, 2)
    out.seek(0)
    return StreamingResponse(_pieces(out), headers=headers | {"Content-Length": str(size)}, media_type=kind)


async def _receive(request: Request, deck: IO[bytes], language: str) -> None:
    """
    Write the body to *deck*. One that is too large is read on for a while and dropped, as in `body_of`, so that the
    sender hears why.
    """
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size <= file_kinds.MOST_BYTES:
            await asyncio.to_thread(deck.write, piece)
        elif size > file_kinds.MOST_BYTES + MOST_READ:
            break
    if size > file_kinds.MOST_BYTES:
        announced = request.headers.get("content-length", "")
        raise file_kinds.too_large(
            int(announced) if announced.isdecimal() and len(announced) < 16 else size, Remarks(translator(language))
        )
    deck.flush()


async def _pieces(out: IO[bytes]) -> AsyncIterator[bytes]:
    with out:
        while piece := await asyncio.to_thread(out.read, PIECE):
            yield piece


routes = [
    Route("/api/convert", convert_deck, methods=["POST"]),
    Route("/api/rooms/{code:code}/deck", put_results, methods=["POST"]),
]
