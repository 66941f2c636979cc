"""Review: a colleague goes through a dry run of the whole meeting and comments on its slides."""

import asyncio
import secrets
from collections import OrderedDict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live import codes, workshop
from live.activities import SCHEMAS
from live.errors import Refused, RoomNotFound
from live.i18n.catalogs import translations
from live.rehearsal.dry_run import Step, dry_run
from live.rights import REVIEW, RUN, opens
from live.room import Room
from live.rules import comments
from live.runtime import room_pictures
from live.views import pictures
from live.web.access import keys
from live.web.http import as_json, body_of, number, read_fields
from live.web.language import choose_language
from live.web.pages.templates import render
from live.web.services import services

MOST_BYTES = 32 * 1024
REMEMBERED = 8  # texts whose dry run is cached


class DryRuns:
    """Caches the dry run of each text. They are computed in a thread, one at a time."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], list[Step]] = OrderedDict()
        self._lock = asyncio.Lock()

    async def of(self, request: Request, room: Room) -> list[Step]:
        files = tuple(sorted(room.pictures.items())), tuple(sorted(room.films.items()))
        about = room.code, room.workshop_version, *files
        async with self._lock:
            if about not in self._kept:
                rooms = services(request).rooms
                join, text, now = rooms.frames.join(room.code), room.workshop_text, rooms.clock.now()
                beside = room_pictures.begun(
                    room_pictures.Beside(pictures=dict(room.pictures), films=dict(room.films)), now
                )
                self._kept[about] = await asyncio.to_thread(dry_run, text, join, now, beside)
                if len(self._kept) > REMEMBERED:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(about)
            return self._kept[about]


async def _step(request: Request) -> tuple[Room, Step]:
    code = request.path_params["code"]
    await keys.require(request, code, REVIEW)
    room = await services(request).rooms.newest(code)
    dry_runs = services(request).dry_runs
    steps = await dry_runs.of(request, room)
    return room, steps[number(request, "step", 0, len(steps) - 1)]


async def show_page(request: Request) -> Response:
    """Without the right, a page without content whose script swaps the key in the link."""
    code = request.path_params["code"]
    try:
        room = await services(request).guess_limits.find_room(request, code)
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
    """`?step=`: the screen after that many presses of Next; it does not change by itself."""
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
        needs_key=False, title=room.workshop.title, accent=room.workshop.accent, view=step.screen, still=frame,
    )  # fmt: skip


async def show_phone(request: Request) -> Response:
    """`?step=`: a phone after that many presses of Next. Nothing can be sent from it."""
    room, step = await _step(request)
    frame = {"view": step.phone, "step": 0, "now": 0}
    return render(
        request, "phone/phone.html", default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        accent=room.workshop.accent, view=step.phone, frame=frame, now=step.at, held=False, fresh=True, mine=[],
        mine_count=0, logo=pictures.logo(room, within=pictures.LOGO_ON_PHONES),
        own=None, freed=0, stay=False, kiosk=False, heads=1, editing=None, new_id="", problem="", text="",
    )  # fmt: skip


async def show_review(request: Request) -> Response:
    """`{title, language, version, slides: [{id, n, title}], steps: [{slide, state, says}], comments}`."""
    code = request.path_params["code"]
    held = await keys.require(request, code, REVIEW)
    room = await services(request).rooms.newest(code)
    dry_runs = services(request).dry_runs
    steps = await dry_runs.of(request, room)
    waiting = room.comments.waiting.values()
    visible = [comment for comment in waiting if opens(held.right, RUN) or comment.by == held.link]
    return as_json({
        "title": room.workshop.title,
        "language": room.workshop.language,
        "version": room.workshop_version,
        "slides": [{"id": slide.id, "n": n, "title": slide.title} for n, slide in enumerate(room.workshop.slides, 1)],
        "steps": [
            {"slide": step.slide, "state": step.phone["state"], "says": step.phone["instruction"]} for step in steps
        ],
        "comments": visible,
    })  # fmt: skip


async def list_comments(request: Request) -> Response:
    """The comments that nobody has settled, oldest first, for those who may change the programme."""
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    room = await services(request).rooms.newest(code)
    numbers = {slide.id: (n, slide.title, slide.line) for n, slide in enumerate(room.workshop.slides, 1)}
    rows = []
    for comment in room.comments.waiting.values():
        n, title, line = numbers.get(comment.slide, (None, "", None))  # the slide may have been removed since
        about = {"id": comment.id, "text": comment.text, "author": comment.author, "at": comment.at}
        rows.append(about | {"slide": comment.slide, "n": n, "title": title, "line": line})
    return as_json(rows)


async def make_comment(request: Request) -> Response:
    """`{slide, text, author?}` -> 201 with the comment as it is stored."""
    code = request.path_params["code"]
    held = await keys.require(request, code, REVIEW)
    services(request).token_buckets.require(f"review {code} {held.link}")
    fields = read_fields(await body_of(request, MOST_BYTES))
    slide, text, author = fields.get("slide"), fields.get("text"), fields.get("author", "")
    if not (isinstance(slide, str) and isinstance(text, str) and isinstance(author, str)):
        raise Refused("bad")
    rooms = services(request).rooms
    room = await rooms.newest(code)
    comment = comments.make(
        room.comments, room.workshop, id=secrets.token_hex(4), slide=slide, text=text, author=author, by=held.link,
        now=rooms.clock.now(),
    )  # fmt: skip
    await rooms.command(code, comment)
    facts = {"id": comment.id, "slide": comment.slide, "text": comment.text, "author": comment.author, "at": comment.at}
    return as_json(facts, 201)


async def settle_comment(request: Request) -> Response:
    """`{"do": "accept"}` adds the comment to the slide's notes, `{"do": "dismiss"}` only removes it from the list."""
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    do = read_fields(await body_of(request, 1024)).get("do")
    if do not in ("accept", "dismiss"):
        raise Refused("bad")
    rooms = services(request).rooms
    room = await rooms.newest(code)
    comment, settled = comments.settle(room.comments, request.path_params["id"], rooms.clock.now())
    if do == "accept":
        translate = translations(choose_language(request)).gettext
        text, version = room.workshop_text, room.workshop_version
        added = comments.with_note(text, await asyncio.to_thread(workshop.reread, text, SCHEMAS), comment)
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
