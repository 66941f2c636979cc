"""Films: sent to screens in the ranges that a browser asks for, and their captions as a page to read."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from live.errors import ArchiveRefused, RoomNotFound
from live.media import captions
from live.media.intake import take_captions, take_film
from live.media.store import LEFT_FREE, NO_ROOM
from live.rights import RUN
from live.runtime import room_pictures
from live.runtime.processes.places import FILMS
from live.web.access import keys
from live.web.api.workshop_pictures import FOREVER, check_name
from live.web.http import as_json, file_of
from live.web.pages.templates import render
from live.web.room_lookup import find_room
from live.web.services import services
from live.workshop.films import MOST_FILM, TYPES, MediaFile

PIECE = 256 * 1024  # bytes that are read from the disk, and sent, at once
# Threads of their own, so that those of the process stay free for what is short.
_READERS = ThreadPoolExecutor(16, thread_name_prefix="film")
CAPTIONS = re.compile(r"\.(?:vtt|srt)\Z", re.IGNORECASE)
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


class Unsatisfiable(Exception):
    """The range begins past the end (RFC 9110, section 14.1.2)."""


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """
    The first byte and the one after the last that the header `Range` asks for; None for the whole file: also where it
    asks for several ranges, or for what is no range, which RFC 9110 (section 14.2) lets a server ignore. Raises
    Unsatisfiable.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        if not length:
            raise Unsatisfiable
        return size - length, size
    start, end = int(found[1]), min(int(found[2]) + 1 if found[2] else size, size)
    if start >= size:
        raise Unsatisfiable
    return None if found[2] and int(found[2]) < start else (start, end)


async def _disconnected(receive: Receive) -> None:
    """Returns when the client is gone. What it sends after its request is of no interest."""
    while (await receive())["type"] != "http.disconnect":
        pass


class FilmResponse(Response):
    """
    A part of the file at *path*, read in threads while it is sent: neither memory nor event loop carries it. When the
    browser has gone, as at each leap in the film, no more is read.
    """

    def __init__(self, path: Path, film: MediaFile, request: Request) -> None:
        self.path = path
        self.background = None
        self.start, self.end, self.status_code = 0, film.bytes, 200
        tag = f'"{film.hash}"'
        headers = {
            "Cache-Control": FOREVER, "ETag": tag, "Accept-Ranges": "bytes", "Content-Type": TYPES[film.ending],
        }  # fmt: skip
        asked = request.headers.get("range", "")
        if request.headers.get("if-range", tag) != tag:
            asked = ""  # of another version: the whole of this one
        try:
            part = wanted_range(asked, film.bytes)
        except Unsatisfiable:
            self.start = self.end = 0
            self.status_code = 416
            headers["Content-Range"] = f"bytes */{film.bytes}"
        else:
            if tag in request.headers.get("if-none-match", ""):
                self.status_code, self.end = 304, 0
            elif part:
                self.start, self.end = part
                self.status_code = 206
                headers["Content-Range"] = f"bytes {self.start}-{self.end - 1}/{film.bytes}"
        if self.status_code != 304:
            headers["Content-Length"] = str(self.end - self.start)
        self.raw_headers = MutableHeaders(headers).raw
        self.has_body = request.method != "HEAD" and self.status_code in (200, 206)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begin = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        if not self.has_body:
            await send(begin)
            return await send({"type": "http.response.body", "body": b""})
        loop = asyncio.get_running_loop()
        file = await loop.run_in_executor(_READERS, self._open)
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            await send(begin)
            left = self.end - self.start
            while left and not gone.done():
                piece = await loop.run_in_executor(_READERS, file.read, min(PIECE, left))
                if not piece:  # cut short on the disk: the connection must not look as if all had come
                    raise OSError(f"{self.path.name} ends too early")
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
        finally:
            gone.cancel()
            file.close()

    def _open(self) -> IO[bytes]:
        file = self.path.open("rb")
        file.seek(self.start)
        return file


async def _found(request: Request) -> tuple[Path, MediaFile]:
    """Raises RoomNotFound when the room has no such film, or its file is lost."""
    room, name = await find_room(request), request.path_params["file"]
    film = next((one for one in room.films.values() if one.file == name), None)
    path = await asyncio.to_thread(services(request).rooms.media.path, room.code, name) if film else None
    if film is None or path is None:
        raise RoomNotFound
    return path, film


async def show_film(request: Request) -> Response:
    """A film or its captions, or a part of one, for all who have the code: its address comes with the film on show."""
    path, film = await _found(request)
    return FilmResponse(path, film, request)


async def show_words(request: Request) -> Response:
    """What the captions say, as a page to read."""
    path, film = await _found(request)
    if film.ending != "vtt":
        raise RoomNotFound
    room = await find_room(request)
    cues = captions.read(film.file, await asyncio.to_thread(path.read_bytes))
    lines = [(captions.clock(cue.start_ms), captions.spoken(cue)) for cue in cues]
    return render(request, "phone/captions.html", lines=lines, code=room.code, spoken=room.workshop.language)


async def add_film(request: Request) -> Response:
    """Add the film or the captions in the body under the name in the address: 200 `{name, duration_ms}`."""
    code, name = request.path_params["code"], request.path_params["name"]
    await keys.require(request, code, RUN)
    check_name(name)
    rooms, take = services(request).rooms, take_captions if CAPTIONS.search(name) else take_film
    with FILMS.one(), rooms.media.receiving() as into:
        try:
            file = await file_of(request, MOST_FILM, into.folder, left_free=LEFT_FREE)
        except OSError:  # the disk is full
            raise ArchiveRefused(NO_ROOM, file=name) from None
        with file:
            film, received = await asyncio.to_thread(take, name, iter(lambda: file.read(PIECE), b""), into.folder)
        await room_pictures.add_films(rooms, code, room_pictures.Beside(films={name: film}, received=[received]))
    return as_json({"name": name, "duration_ms": film.duration_ms})


routes = [
    Route("/{code:code}/films/{file}", show_film),
    Route("/{code:code}/films/{file}/words", show_words),
    Route("/api/rooms/{code:code}/films/{name}", add_film, methods=["PUT"]),
]
