"""The API of the editor: the text of a workshop is read, checked, changed by a form, and saved into a running room."""

import asyncio
import re
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live import workshop
from live.activities import SCHEMAS
from live.errors import EditedSince, Problem, Refused, TooLarge, WorkshopInvalid
from live.i18n.catalogs import translations
from live.rights import RUN
from live.room import Room
from live.rules import workshop_edit
from live.runtime import room_pictures
from live.runtime.workshop_intake import Intake, missing
from live.views.pictures import gallery
from live.web.access import keys
from live.web.api import workshop_pictures
from live.web.http import ZIP, as_json, body_of, media_type, reader
from live.web.language import choose_language
from live.web.services import services
from live.workshop import markdown
from live.workshop.editor import changes, outline
from live.workshop.editor.writer import FormChange
from live.workshop.pictures import Gallery, Picture

# A proxy that compresses changes the tag: `W/"…"` with nginx, `"…-gzip"` with Caddy.
_TAG = re.compile(r'(?:W/)?"([0-9a-f]{32})(?:-\w+)?"')


def tag(version: str) -> dict[str, str]:
    return {"ETag": f'"{version}"', "Cache-Control": "no-cache, private"}


async def show_text(request: Request) -> Response:
    """The text as it was saved, byte for byte. A change names its ETag as `If-Match`."""
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    room = await services(request).rooms.newest(code)
    text = room.workshop_text.encode(errors="surrogatepass")
    return Response(text, headers=tag(room.workshop_version), media_type="text/markdown; charset=utf-8")


async def change_text(request: Request) -> Response:
    """
    Save a text, or a zip of it and pictures and films to add: 200 with `warnings`; 412 with the newer text when that
    has another tag than `If-Match`.
    """
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    translate = translations(choose_language(request)).gettext
    if media_type(request) in ZIP:
        async with workshop_pictures.archive_in(request, translate) as taken:
            return await _save(request, code, taken.text, translate, taken)
    text = workshop.decode(await body_of(request, workshop.MOST_BYTES), translate=translate)
    return await _save(request, code, text, translate)


async def _save(
    request: Request, code: str, text: str, translate: Callable[[str], str], taken: Intake | None = None
) -> Response:
    rooms = services(request).rooms
    room = await rooms.newest(code)
    wanted = request.headers.get("if-match", "*").strip()
    based_on = None
    if wanted != "*":
        if room.workshop_version not in _TAG.findall(wanted):
            raise EditedSince(room.workshop_text, room.workshop_version)
        based_on = room.workshop_version
    if taken and (taken.pictures or taken.films):
        errors, _ = await _faults(text, room, translate)  # a text that is refused leaves the files as they are
        if errors:
            raise WorkshopInvalid(errors)
        await room_pictures.add_all(rooms, code, taken, text=text)
    ack, warnings = await rooms.edit(code, text, based_on=based_on, translate=translate)
    room = await rooms.get(code)
    result = {"position": ack.position, "step": ack.step, "state": room.state, "warnings": warnings}
    return as_json(result, headers=tag(workshop.version(text)))


async def list_faults(request: Request) -> Response:
    """`{"errors": [{line, message}], "warnings": […]}` that saving the text in the body would give."""
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    translate = translations(choose_language(request)).gettext
    body = await body_of(request, workshop.MOST_BYTES)
    room = await services(request).rooms.get(code)
    try:
        text = workshop.decode(body, translate=translate)
    except WorkshopInvalid as invalid:
        return as_json({"errors": invalid.problems, "warnings": []})
    errors, warnings = await _faults(text, room, translate)
    return as_json({"errors": errors, "warnings": warnings})


async def _faults(text: str, room: Room | None, translate: Callable[[str], str]) -> tuple[list[Problem], list[Problem]]:
    """Errors and warnings of *text*, also where it drops an activity that people have answered in *room*."""
    try:
        written, warnings = await asyncio.to_thread(workshop.parse, text, SCHEMAS, translate=translate)
        if room is not None:
            workshop_edit.check(room, text, written, translate)  # not in a thread: the meeting goes on meanwhile
    except WorkshopInvalid as invalid:
        return invalid.problems, []
    except Refused as refused:
        return refused.facts["errors"], []  # type: ignore[return-value]
    return [], warnings + (missing(text, written, room, translate) if room else [])


# -- the editor's form --------------------------------------------------------------------------------------

# A character may take six bytes in JSON, but no text that people write consists of such characters only.
MOST_FORM = 3 * workshop.MOST_BYTES
MOST_NAMED = 200  # pictures of the page's own


class Form(msgspec.Struct, forbid_unknown_fields=True):
    """
    `change`: what the form changes in `text`; `slide`: the slide to preview, from 0. `pictures`: the names of those
    that the page itself holds, before there is a meeting.
    """

    text: str
    change: FormChange | None = None
    slide: int = 0
    pictures: Annotated[list[str], Meta(max_length=MOST_NAMED)] = []


_read_form: Callable[[bytes | str], Form] = reader(Form)


async def read_form(request: Request) -> Response:
    """
    `{text?, outline, errors, warnings, preview, pictures}` of the text in the body; `text` only when the change altered
    it. `pictures` are the addresses of the small files by name; of those that the page holds, `#` and their number.

    422 `in-text` (with its line) or `bad` when the form can't make the change. Nothing is stored.
    """
    code = request.path_params.get("code")
    if code is None:
        await keys.require_create(request)
    else:
        await keys.require(request, code, RUN)
    room = await services(request).rooms.get(code) if code else None
    form = _read_form(await body_of(request, MOST_FORM))
    translate = translations(choose_language(request)).gettext
    shown = gallery(room, small=True) if room else _on_the_page(form.pictures)
    text, filled = await asyncio.to_thread(_filled, form, translate, shown)
    errors, warnings = await _faults(text, room, translate)
    return as_json(filled | {"errors": errors, "warnings": warnings})


def _filled(form: Form, translate: Callable[[str], str], pictures: Gallery) -> tuple[str, dict[str, Any]]:
    """The text after the change, and what is told of it besides its faults."""
    if len(form.text.encode(errors="surrogatepass")) > workshop.MOST_BYTES:
        raise TooLarge(workshop.MOST_BYTES)
    text = form.text if form.change is None else changes.apply(form.text, form.change, SCHEMAS)
    result = {"outline": outline.outline(text, SCHEMAS, translate), "preview": _preview(text, form.slide, pictures)}
    result["pictures"] = {name: pictures.src(one) for name, one in pictures.pictures}
    return text, result if text == form.text else result | {"text": text}


def _on_the_page(names: list[str]) -> Gallery:
    """Pictures whose size and address only the page knows: it puts its own in place of `#0`, `#1` …"""
    return Gallery("#", tuple((name, Picture(str(n), 0, 0, 0, 0)) for n, name in enumerate(names)))


def _preview(text: str, number: int, pictures: Gallery) -> dict[str, Any] | None:
    written = workshop.reread(text, SCHEMAS)
    if not 0 <= number < len(written.slides):
        return None
    slide = written.slides[number]
    return {
        "title": slide.title, "big": slide.big, "language": written.language,
        "html": markdown.render(slide.body, shown=None, pictures=pictures), "activities": slide.activities,
        "notes": slide.notes,
    }  # fmt: skip


routes = [
    Route("/api/rooms/{code:code}/workshop", show_text),
    Route("/api/rooms/{code:code}/workshop", change_text, methods=["PUT"]),
    Route("/api/rooms/{code:code}/workshop/faults", list_faults, methods=["POST"]),
    Route("/api/rooms/{code:code}/workshop/form", read_form, methods=["POST"]),
    Route("/api/form", read_form, methods=["POST"]),
]
