"""A colleague goes through a whole meeting that is not held, and says something of its slides."""

import asyncio
import secrets
from collections import OrderedDict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live import codes, workshop
from live.errors import Refused, RoomNotFound
from live.i18n.catalogs import translations
from live.rehearsal.dry_run import Step, walk
from live.rights import REVIEW, RUN, opens
from live.room import Room
from live.rules import comments
from live.web.access import keys
from live.web.http import as_json, body_of, number, read_fields, rooms_of
from live.web.language import choose_language
from live.web.pages.templates import render

MOST_BYTES = 32 * 1024
REMEMBERED = 8  # texts whose walk is kept; what is forgotten is walked anew


class Walks:
    """Each text is walked once, beside the event loop, and one at a time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], list[Step]] = OrderedDict()
        self._one = asyncio.Lock()

    async def of(self, request: Request, room: Room) -> list[Step]:
        about = room.code, room.workshop_version
        async with self._one:
            if about not in self._kept:
                rooms = rooms_of(request)
                join, text = rooms.join(room.code), room.workshop_text
                self._kept[about] = await asyncio.to_thread(walk, text, join, rooms.clock.now())
                if len(self._kept) > REMEMBERED:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(about)
            return self._kept[about]


async def _step(request: Request) -> tuple[Room, Step]:
    code = request.path_params["code"]
    await keys.require(request, code, REVIEW)
    room = await rooms_of(request).newest(code)
    walks: Walks = request.app.state.walks
    steps = await walks.of(request, room)
    return room, steps[number(request, "step", 0, len(steps) - 1)]


async def show_page(request: Request) -> Response:
    """Without the right, a shell whose script swaps the key in the link."""
    code = request.path_params["code"]
    try:
        room: Room = await request.app.state.guesses.look(request, code)
    except RoomNotFound:
        return render(
            request,
            "review/review.html",
            status=404,
            code=code,
            spaced="",
            gone=True,
            needs_key=True,
            title="",
            known=False,
        )
    held = await keys.right(request, code, REVIEW)
    allowed = held is not None and opens(held.right, REVIEW)
    return render(
        request, "review/review.html", default=room.workshop.language, code=code, spaced=codes.spaced(code), gone=False,
        needs_key=not allowed, title=room.workshop.title if allowed else "",
        known=keys.cookie_name(request, code, REVIEW) in request.cookies,
    )  # fmt: skip


async def show_screen(request: Request) -> Response:
    """`?step=`: the big screen after so many presses, and never another."""
    room, step = await _step(request)
    frame = {
        "type": "view",
        "epoch": "",
        "now": step.at,
        "position": 0,
        "step": 0,
        "view": step.screen,
    }
    return render(
        request, "screen/screen.html", default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        needs_key=False, title=room.workshop.title, view=step.screen, still=frame,
    )  # fmt: skip


async def show_phone(request: Request) -> Response:
    """`?step=`: a phone after so many presses. Nothing can be sent from it."""
    room, step = await _step(request)
    frame = {"view": step.phone, "step": 0, "now": 0}
    return render(
        request, "phone/phone.html", default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        view=step.phone, frame=frame, now=step.at, held=False, fresh=True, mine=[], mine_count=0,
        heads=1, editing=None, new_id="", problem="", text="",
    )  # fmt: skip


async def show_review(request: Request) -> Response:
    """`{title, language, version, slides: [{id, n, title}], steps: [{slide, state, says}], comments}`."""
    code = request.path_params["code"]
    held = await keys.require(request, code, REVIEW)
    room = await rooms_of(request).newest(code)
    walks: Walks = request.app.state.walks
    steps = await walks.of(request, room)
    said = [one for one in room.comments.waiting.values() if opens(held.right, RUN) or one.by == held.link]
    return as_json({
        "title": room.workshop.title,
        "language": room.workshop.language,
        "version": room.workshop_version,
        "slides": [{"id": one.id, "n": n, "title": one.title} for n, one in enumerate(room.workshop.slides, 1)],
        "steps": [{"slide": one.slide, "state": one.phone["state"], "says": one.phone["instruction"]} for one in steps],
        "comments": said,
    })  # fmt: skip


async def list_comments(request: Request) -> Response:
    """Those that wait, oldest first, for whoever may change the programme."""
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    room = await rooms_of(request).newest(code)
    numbers = {slide.id: (n, slide.title, slide.line) for n, slide in enumerate(room.workshop.slides, 1)}
    told = []
    for one in room.comments.waiting.values():
        n, title, line = numbers.get(one.slide, (None, "", None))  # the slide may have been taken out since
        about = {"id": one.id, "text": one.text, "author": one.author, "at": one.at}
        told.append(about | {"slide": one.slide, "n": n, "title": title, "line": line})
    return as_json(told)


async def make_comment(request: Request) -> Response:
    """`{slide, text, author?}` -> 201 with the comment as it is kept."""
    code = request.path_params["code"]
    held = await keys.require(request, code, REVIEW)
    request.app.state.paces.require(f"review {code} {held.link}")
    told = read_fields(await body_of(request, MOST_BYTES))
    slide, text, author = told.get("slide"), told.get("text"), told.get("author", "")
    if not (isinstance(slide, str) and isinstance(text, str) and isinstance(author, str)):
        raise Refused("bad")
    rooms = rooms_of(request)
    room = await rooms.newest(code)
    made = comments.make(
        room.comments, room.workshop, id=secrets.token_hex(4), slide=slide, text=text, author=author, by=held.link,
        now=rooms.clock.now(),
    )  # fmt: skip
    await rooms.command(code, made)
    return as_json({"id": made.id, "slide": made.slide, "text": made.text, "author": made.author, "at": made.at}, 201)


async def settle_comment(request: Request) -> Response:
    """`{"do": "accept"}` makes it a note in the programme, `{"do": "dismiss"}` puts it away."""
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    do = read_fields(await body_of(request, 1024)).get("do")
    if do not in ("accept", "dismiss"):
        raise Refused("bad")
    rooms = rooms_of(request)
    room = await rooms.newest(code)
    comment, settled = comments.settle(room.comments, request.path_params["id"], rooms.clock.now())
    if do == "accept":
        translate = translations(choose_language(request)).gettext
        text, version = room.workshop_text, room.workshop_version
        added = comments.with_note(text, await asyncio.to_thread(workshop.reread, text), comment)
        await rooms.edit(code, added, based_on=version, translate=translate)
    await rooms.command(code, settled)
    return Response(status_code=204)


routes = [
    Route("/{code:code}/review", show_page),
    Route("/{code:code}/review/screen", show_screen),
    Route("/{code:code}/review/phone", show_phone),
    Route("/api/rooms/{code:code}/review", show_review),
    Route("/api/rooms/{code:code}/comments", list_comments),
    Route("/api/rooms/{code:code}/comments", make_comment, methods=["POST"]),
    Route("/api/rooms/{code:code}/comments/{id}", settle_comment, methods=["POST"]),
]
