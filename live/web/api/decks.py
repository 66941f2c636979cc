"""`POST /api/convert`: a deck becomes a workshop with its pictures. Nothing of it is kept here."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import IO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from live.decks import file_kinds
from live.decks.remarks import Remarks
from live.i18n.catalogs import translator
from live.runtime.processes import deck_process
from live.transport.load import PATIENCE_S
from live.web.access import keys
from live.web.http import MOST_READ
from live.web.language import choose_language
from live.web.services import services

PIECE = 1024 * 1024


async def convert_deck(request: Request) -> Response:
    """The workshop as a zip, with `report.json` inside; sentences are in the reader's language."""
    await keys.require_create(request)
    deck_process.require_place()
    await services(request).load.settle(PATIENCE_S)
    language = choose_language(request)
    out = tempfile.TemporaryFile()  # noqa: SIM115 – closed when all of it has been sent
    try:
        with tempfile.TemporaryFile() as deck:
            await _receive(request, deck, language)
            await deck_process.convert(deck, out, language)
        size = out.seek(0, 2)
        out.seek(0)
    except BaseException:
        out.close()
        raise
    headers = {"Content-Length": str(size), "Cache-Control": "no-store"}
    return StreamingResponse(_pieces(out), headers=headers, media_type="application/zip")


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


routes = [Route("/api/convert", convert_deck, methods=["POST"])]
