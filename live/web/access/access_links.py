"""The API for links to a meeting and for keys that may open meetings: made, listed, withdrawn."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live.errors import Refused
from live.rights import CREATE, FACILITATOR, REVIEW, SCREEN, Held
from live.rules.access_links import checked_name
from live.runtime.registry import fresh_key
from live.web.access import keys, peer
from live.web.http import as_json, body_of, read_fields
from live.web.services import services

MOST_BYTES = 2048


async def list_links(request: Request) -> Response:
    """`[{id, name, right, at}]` of the links that are not withdrawn, oldest first."""
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR)
    return as_json(list((await services(request).rooms.newest(code)).links.working.values()))


async def new_link(request: Request) -> Response:
    """
    `{"right": "console" | "screen"}` -> `{url}` with a fresh key. With `name` and one of the rights
    `run moderate look review` -> `{id, url}`, a link that is listed under that name and can be withdrawn.
    """
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR, allow_report=True)
    wanted = read_fields(await body_of(request, MOST_BYTES))
    right, name = wanted.get("right"), wanted.get("name", "")
    place = f"{peer.base_url(request)}/{code}"
    if right == "screen":
        await services(request).rooms.get(code)  # raises for a stored public page: it has no screen
    if right in ("console", "screen"):
        key = await services(request).rooms.new_key(code, FACILITATOR if right == "console" else SCREEN)
        return as_json({"url": f"{place}/{right}#{key}"}, 201)
    if not isinstance(right, str) or not isinstance(name, str):
        raise Refused("bad")
    id, key = await services(request).rooms.give_link(code, name, right)
    return as_json({"id": id, "url": f"{place}/{'review' if right == REVIEW else 'console'}#{key}"}, 201)


async def withdraw_link(request: Request) -> Response:
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR)
    await services(request).rooms.withdraw_link(code, request.path_params["id"])
    return Response(status_code=204)


async def revoke(request: Request) -> Response:
    code = request.path_params["code"]
    keys.require_local(request)
    rooms = services(request).rooms
    if await rooms.journal.report(code) is None:
        await rooms.get(code)
    await rooms.revoke(code)
    return Response(status_code=204)


async def new_create_key(request: Request) -> Response:
    """`{"name": …}` -> `{url}`, a link that lets whoever has it open meetings."""
    keys.require_local(request)
    name = read_fields(await body_of(request, MOST_BYTES)).get("name")
    if not isinstance(name, str):
        raise Refused("bad")
    key, hashed = fresh_key()
    rooms = services(request).rooms
    await rooms.journal.add_key(hashed, code="", right=Held(CREATE, checked_name(name)).stored, at=rooms.clock.now())
    return as_json({"url": f"{peer.base_url(request)}/new#{key}"}, 201)


async def end_create_key(request: Request) -> Response:
    keys.require_local(request)
    name = read_fields(await body_of(request, MOST_BYTES)).get("name")
    if not isinstance(name, str):
        raise Refused("bad")
    await services(request).rooms.journal.revoke_keys("", Held(CREATE, checked_name(name)).stored)
    return Response(status_code=204)


routes = [
    Route("/api/rooms/{code:code}/links", list_links),
    Route("/api/rooms/{code:code}/links", new_link, methods=["POST"]),
    Route("/api/rooms/{code:code}/links/{id}", withdraw_link, methods=["DELETE"]),
    Route("/api/rooms/{code:code}/revoke", revoke, methods=["POST"]),
    Route("/api/keys", new_create_key, methods=["POST"]),
    Route("/api/keys", end_create_key, methods=["DELETE"]),
]
