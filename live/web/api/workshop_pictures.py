"""Pictures: an archive with them is taken in, one is added in the editor, and everybody in the room is sent them."""

import asyncio
import contextlib
import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live.errors import ArchiveRefused, Refused, RoomNotFound
from live.media.store import LEFT_FREE, NO_ROOM
from live.pictures import encode
from live.rights import RUN
from live.runtime import room_pictures
from live.runtime.processes.places import PICTURES
from live.runtime.workshop_intake import Intake, take_in, unpacked
from live.web.access import keys
from live.web.http import as_json, body_of, file_of
from live.web.room_lookup import find_room
from live.web.services import services
from live.workshop.archive import MOST_FILE, MOST_WITH_FILMS, TEXT, Archive
from live.workshop.pictures import LONGEST_NAME

# The name holds the hash of what it stands for. Private: a proxy may not keep what is deleted with the room.
FOREVER = "private, max-age=31536000, immutable"
MOST_CACHED = 24 * 1024 * 1024  # bytes of pictures in memory; a hall asks for the same one within a second
_FILE = re.compile(r"([0-9a-f]{32}-[0-9]{1,4})\.webp")


class PictureCache:
    """The files that were asked for last. They never change; who asks has shown that the room is there."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._size = 0

    def get(self, code: str, name: str) -> bytes | None:
        if (body := self._files.get((code, name))) is not None:
            self._files.move_to_end((code, name))
        return body

    def put(self, code: str, name: str, body: bytes) -> None:
        if (code, name) in self._files:
            return
        self._files[code, name] = body
        self._size += len(body)
        while self._size > MOST_CACHED:
            _, gone = self._files.popitem(last=False)
            self._size -= len(gone)


@contextlib.asynccontextmanager
async def archive_in(request: Request, translate: Callable[[str], str]) -> AsyncIterator[Intake]:
    """
    The workshop, the pictures and the films in the body. Films that nobody has kept are gone afterwards. Raises
    TooLarge, ArchiveRefused and WorkshopInvalid.
    """
    with PICTURES.one(), services(request).rooms.media.receiving() as into:
        try:
            file = await file_of(request, MOST_WITH_FILMS, into.folder, left_free=LEFT_FREE)
        except OSError:  # the disk is full
            raise ArchiveRefused(NO_ROOM, file=TEXT) from None
        with file:
            yield await take_in(await asyncio.to_thread(Archive, file), into, translate=translate)


async def show_picture(request: Request) -> Response:
    """A file of a picture, for all who have the code: its address comes with the slide or question that shows it."""
    room = await find_room(request)
    found = _FILE.fullmatch(request.path_params["file"])
    if found is None:
        raise RoomNotFound
    cache, name = services(request).pictures, found[1]
    body = cache.get(room.code, name)
    if body is None:
        body = await services(request).rooms.journal.picture(room.code, name)
        if body is None:
            raise RoomNotFound
        cache.put(room.code, name, body)
    return Response(body, headers={"Cache-Control": FOREVER}, media_type="image/webp")


async def add_picture(request: Request) -> Response:
    """Add the picture in the body under the name in the address: 200 `{name, width, height, src}`."""
    code, name = request.path_params["code"], request.path_params["name"]
    await keys.require(request, code, RUN)
    check_name(name)
    with PICTURES.one():
        body = await body_of(request, MOST_FILE)
        made, refused = await encode([name], lambda _: body)
    if name in refused:
        raise refused[name]
    pictures, files = unpacked(made)
    await room_pictures.add(services(request).rooms, code, pictures, files)
    one = pictures[name]
    src = f"/{code}/pictures/{one.files[0]}.webp"
    return as_json({"name": name, "width": one.width, "height": one.height, "src": src})


def check_name(name: str) -> None:
    """Raises Refused `bad` for a name that a text could not use."""
    if len(name) > LONGEST_NAME or not name.strip(". ") or any(sign in name for sign in '/\\<>()[]"\n'):
        raise Refused("bad")


async def list_pictures(request: Request) -> Response:
    """`[{name, width, height, bytes, src}]` of the room's pictures, for those who may change its programme."""
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    room = await services(request).rooms.newest(code)
    return as_json([
        {
            "name": name, "width": one.width, "height": one.height, "bytes": one.bytes,
            "src": f"/{code}/pictures/{one.files[-1]}.webp",
        }
        for name, one in sorted(room.pictures.items())
    ])  # fmt: skip


routes = [
    Route("/{code:code}/pictures/{file}", show_picture),
    Route("/api/rooms/{code:code}/pictures", list_pictures),
    Route("/api/rooms/{code:code}/pictures/{name}", add_picture, methods=["PUT"]),
]
