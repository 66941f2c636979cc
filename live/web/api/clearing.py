"""Where the console clears a room for the next group, and opens the archives of the groups before."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live.rights import FACILITATOR
from live.runtime import clearing
from live.transport.load import PATIENCE_S
from live.web.access import keys, peer
from live.web.http import as_json
from live.web.services import services


async def clear(request: Request) -> Response:
    """
    Move all that a meeting holds to an archive, and begin the room anew: the same code, links and workshop. The browser
    that asked gets access to the archive.
    """
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR)
    await services(request).load.settle(PATIENCE_S)
    cleared = await clearing.clear(services(request).rooms, code)
    kept = cleared.archive
    await keys.hand_on_opener(request, code, kept.code)
    response = as_json(
        {"title": cleared.title, "answers": kept.answers, **_link(request, kept.code, cleared.key)}, 201
    )  # fmt: skip
    keys.set_cookie(response, request, kept.code, FACILITATOR, cleared.key)
    return response


async def open_archive(request: Request) -> Response:
    """A new link to the console of an archive, for whoever leads the room that it was made of."""
    code, archived = request.path_params["code"], request.path_params["id"]
    await keys.require(request, code, FACILITATOR)
    key = await clearing.key_of(services(request).rooms, code, archived)
    response = as_json(_link(request, archived, key), 201)
    keys.set_cookie(response, request, archived, FACILITATOR, key)
    return response


def _link(request: Request, code: str, key: str) -> dict[str, str]:
    return {
        "code": code, "console_url": f"{peer.base_url(request)}/{code}/console#{key}", "facilitator_key": key,
    }  # fmt: skip


routes = [
    Route("/api/rooms/{code:code}/clear", clear, methods=["POST"]),
    Route("/api/rooms/{code:code}/archives/{id}", open_archive, methods=["POST"]),
]
