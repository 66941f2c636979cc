"""The HTTP API for scripts and consoles (contract §4). Errors become problem responses in `live.web.problems`."""

import asyncio
import base64
from collections.abc import Callable
from hashlib import sha256
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
from msgspec.structs import fields
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from live import workshop
from live.activities import SCHEMAS
from live.errors import KeyTooWeak, Refused
from live.exports import json_import
from live.i18n.catalogs import translations
from live.media import NOWHERE
from live.media.store import files_of
from live.rights import FACILITATOR, LOOK, RUN, SCREEN, needed, opens
from live.room.dealing import WEIGHED
from live.rules import traces
from live.rules.commands import ACTIONS, AnyAction
from live.runtime import backup, room_list, room_pictures
from live.runtime.registry import Opened
from live.transport.hub import CONSOLE, FACES, PHONE
from live.transport.load import PATIENCE_S
from live.views import results, word_answers
from live.views.answers import answer_rows
from live.views.console import slides
from live.web import assets
from live.web.access import keys, participant, peer
from live.web.api import workshop_pictures
from live.web.http import ZIP, as_json, body_of, media_type, number, reader
from live.web.language import choose_language
from live.web.services import services

MOST_ANSWERS = 1000
MOST_CARDS = 200
MOST_TRACES = 20
MOST_WORD = 1000  # characters of a word, which may be a whole short answer

_read_action: Callable[[bytes | str], AnyAction] = reader(AnyAction)
# A field of the wrong type is refused whether the action has that field or not; and `do` may be the name of none.
_fields = {field.name: (field.name, field.type, None) for action in ACTIONS.values() for field in fields(action)}
_read_any: Callable[[bytes | str], Any] = reader(msgspec.defstruct("_AllFields", [("do", str), *_fields.values()]))


async def open_room(request: Request) -> Response:
    """Open a room from a workshop's text, from a zip of it and its pictures, or from a JSON export."""
    opener = await keys.require_create(request)
    await services(request).load.settle(PATIENCE_S)
    kind = media_type(request)
    if kind == "application/json":
        opened, brought = await services(request).rooms.open_from_export(await body_of(request, json_import.MOST_BYTES))
        await keys.note_opener(request, opened.code, opener)
        facts = {"content_sha256": brought.content, "answers": brought.answers, "left_out": brought.left_out}
        return as_json(links(request, opened) | facts, 201)
    translate = translations(choose_language(request)).gettext
    if kind in ZIP:
        async with workshop_pictures.archive_in(request, translate) as taken:
            opened = await services(request).rooms.open(taken.text, taken, translate=translate)
        await keys.note_opener(request, opened.code, opener)
        return as_json(links(request, opened) | {"warnings": taken.warnings}, 201)
    text = workshop.decode(await body_of(request, workshop.MOST_BYTES), translate=translate)
    opened = await services(request).rooms.open(text, translate=translate)
    await keys.note_opener(request, opened.code, opener)
    return as_json(links(request, opened), 201)


async def open_again(request: Request) -> Response:
    """Open an empty room with the same workshop."""
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR)
    opener = await keys.require_create_again(request, code)
    rooms = services(request).rooms
    room = await rooms.get(code)
    files = await room_pictures.read(rooms.journal, code, room.pictures)
    beside = room_pictures.Beside(pictures=dict(room.pictures), files=files, films=dict(room.films))
    opened = await rooms.open(room.workshop_text, beside)
    await asyncio.to_thread(rooms.media.share, code, opened.code, files_of(room.films))
    await keys.note_opener(request, opened.code, opener)
    return as_json(links(request, opened), 201)


def links(request: Request, opened: Opened) -> dict[str, Any]:
    base = peer.base_url(request)
    return {
        "code": opened.code,
        "join_url": f"{base}/{opened.code}",
        "screen_url": f"{base}/{opened.code}/screen#{opened.screen_key}",
        "console_url": f"{base}/{opened.code}/console#{opened.facilitator_key}",
        "screen_key": opened.screen_key,
        "facilitator_key": opened.facilitator_key,
    }


async def list_rooms(request: Request) -> Response:
    """[code, state, title] as `room_list.listed` gives them, for commands on the server's machine."""
    keys.require_local(request)
    rooms = services(request).rooms
    return as_json(await room_list.listed(rooms.journal, rooms.open_rooms))


async def take_backup(request: Request) -> Response:
    """All that is stored, line by line, for `innspill backup` on the server's machine."""
    keys.require_local(request)
    rooms = services(request).rooms
    media = NOWHERE if request.query_params.get("media") == "no" else rooms.media
    return StreamingResponse(backup.lines(rooms.journal, rooms.clock.now(), media), media_type="application/jsonl")


async def show_room(request: Request) -> Response:
    code = request.path_params["code"]
    await keys.require(request, code, LOOK)
    rooms = services(request).rooms
    room = await rooms.newest(code)
    view = rooms.frames.view(code, CONSOLE)
    about = {"code": code, "epoch": await rooms.epoch(code), "now": rooms.clock.now()}
    return as_json(about | {"slides": slides(room)} | view)


async def delete_room(request: Request) -> Response:
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR, allow_report=True)
    await services(request).rooms.delete(code)
    return Response(status_code=204)


async def act(request: Request) -> Response:
    code = request.path_params["code"]
    held = await keys.require(request, code, SCREEN)
    body = await body_of(request, 16_384)
    do = _read_any(body).do
    if not opens(held.right, needed(do)):
        raise KeyTooWeak
    if do not in ACTIONS:
        raise Refused("unknown-action")
    action = _read_action(body)
    rooms = services(request).rooms
    ack = await rooms.act(code, action, action.if_step)
    room = await rooms.get(code)
    return as_json({"position": ack.position, "step": ack.step, "state": room.state})


async def list_answers(request: Request) -> Response:
    code = request.path_params["code"]
    await keys.require(request, code, LOOK)
    after = number(request, "after", 0, 2**53)
    limit = number(request, "limit", 100, MOST_ANSWERS)
    rows = answer_rows(await services(request).rooms.newest(code), after=after, limit=limit)
    return as_json({"answers": rows, "next": rows[-1]["position"] if rows and len(rows) == limit else None})


async def list_traces(request: Request) -> Response:
    """What else holds words of an answer: `renamed` is mended when it is deleted for good, `kept` is not."""
    code = request.path_params["code"]
    await keys.require(request, code, RUN)
    room = await services(request).rooms.newest(code)
    answer = room.answer(request.path_params["id"])
    if answer is None:
        raise Refused("unknown-answer")
    themes = room.themes_of(answer.activity)
    renamed = [themes[id].name for id in traces.remove(room, answer).names if id in themes]
    kept = list(dict.fromkeys(traces.traces(room, answer)))[:MOST_TRACES]
    return as_json({"renamed": renamed, "kept": [{"place": one.place, "text": one.text} for one in kept]})


async def show_view(request: Request) -> Response:
    """
    The feed's view for those who can only poll; 304 while nothing has changed. It only reads: what a phone has seen, it
    tells with what it posts.
    """
    code = request.path_params["code"]
    face = request.query_params.get("face", PHONE)
    rooms = services(request).rooms
    if face not in FACES:
        raise Refused("bad")
    if face != PHONE:
        await keys.require(request, code, LOOK if face == CONSOLE else SCREEN)
    await services(request).guess_limits.find_room(request, code)
    person = participant.participant(request, code)
    if face == PHONE and not person.fresh:  # without a token each poll would count as another phone
        rooms.hub.polled(code, person.phone)
    frame = rooms.frames.frame(code, face)
    stamp = msgspec.json.encode({**frame, "now": 0})
    tag = '"' + base64.urlsafe_b64encode(sha256(stamp).digest()[:12]).decode() + '"'
    headers = {"ETag": tag, "Cache-Control": "no-cache, private"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return as_json(frame, headers=headers)


async def list_cards(request: Request) -> Response:
    """
    Further cards of the results on show; none while they are hidden.

    `?word=` gives the answers that contain the word, `?shape=quiet` those with a word that only one phone has used,
    `?shape=weighed` all, the best supported first.
    `?activity=`: those of that activity, shown or not, for whoever may look at the console.
    """
    code = request.path_params["code"]
    wanted = request.query_params.get("activity")
    await keys.require(request, code, LOOK if wanted else SCREEN)
    room = await services(request).rooms.get(code)
    state = room.activities.get(wanted) if wanted else room.activity
    if state is None or not (wanted or state.results_visible):
        return as_json({"total": 0, "cards": []})
    offset, limit = number(request, "offset", 0, 2**31), number(request, "limit", 60, MOST_CARDS)
    if word := request.query_params.get("word"):
        total, cards = word_answers.cards_with_word(state, word[:MOST_WORD], offset, limit)
    elif request.query_params.get("shape") == "quiet":
        total, cards = word_answers.quiet_cards(room, state, offset, limit)
    elif request.query_params.get("shape") == WEIGHED or state.deals:
        total, cards = results.weighed_cards(room, state, offset, limit)
    else:
        total, cards = results.total(state), results.cards(state, offset, limit)
    return as_json({"total": total, "cards": cards})


async def list_results(request: Request) -> Response:
    """
    The results of every question that has been answered, in the order of the programme, whether they are shown or not:
    `activity slide kind question shape high answers results`, the results as on the screen.
    """
    code = request.path_params["code"]
    await keys.require(request, code, LOOK)
    room = await services(request).rooms.get(code)
    await services(request).load.settle(PATIENCE_S)
    answered = [state for state in room.activities.values() if state.takes_answers and state.counted]
    return as_json([results.of_question(room, state) for state in answered])


async def list_said(request: Request) -> Response:
    """
    The answers that contain `?word=` in any of its forms, whether shown or not: of `?activity=`, or of the activity on
    show.
    """
    code = request.path_params["code"]
    await keys.require(request, code, LOOK)
    room = await services(request).rooms.get(code)
    wanted = request.query_params.get("activity")
    state = room.activities.get(wanted) if wanted else room.activity
    if state is None:
        raise Refused("unknown-activity")
    word = request.query_params.get("word", "")[:MOST_WORD]
    offset, limit = number(request, "offset", 0, 2**31), number(request, "limit", 60, MOST_CARDS)
    total, cards = word_answers.cards_with_word(state, word, offset, limit)
    return as_json({"total": total, "cards": cards})


async def list_examples(request: Request) -> Response:
    examples = []
    for file in sorted(assets.folder("examples").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".md"):
            examples.append(_example(file))
    return as_json(examples)


def _example(file: Traversable) -> dict[str, Any]:
    text = file.read_text("utf-8")
    written, _ = workshop.parse(text, SCHEMAS)
    kinds = dict.fromkeys(activity.kind for slide in written.slides for activity in slide.activities)
    return {
        "name": file.name,
        "title": written.title,
        "language": written.language,
        "kinds": list(kinds),
        "text": text,
    }


routes = [
    Route("/api/examples", list_examples),
    Route("/api/rooms", open_room, methods=["POST"]),
    Route("/api/rooms", list_rooms),
    Route("/api/backup", take_backup),
    Route("/api/rooms/{code:code}", show_room),
    Route("/api/rooms/{code:code}", delete_room, methods=["DELETE"]),
    Route("/api/rooms/{code:code}/again", open_again, methods=["POST"]),
    Route("/api/rooms/{code:code}/actions", act, methods=["POST"]),
    Route("/api/rooms/{code:code}/answers", list_answers),
    Route("/api/rooms/{code:code}/answers/{id}/traces", list_traces),
    Route("/api/rooms/{code:code}/results", list_results),
    Route("/api/rooms/{code:code}/said", list_said),
    Route("/{code:code}/view", show_view),
    Route("/{code:code}/cards", list_cards),
]
