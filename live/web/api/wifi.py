"""Where the console sends the network of the hall, for the screen to show. It is kept in memory alone."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live.errors import Refused
from live.rights import FACILITATOR
from live.views.wifi import Wifi
from live.web.access import keys
from live.web.http import body_of, reader
from live.web.services import services

MOST_BYTES = 1024

_read: Callable[[bytes | str], Wifi] = reader(Wifi)


async def show(request: Request) -> Response:
    """From now on the screen shows it. Refused where other workers, which do not hear of it, may serve the screen."""
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR)
    if not possible(request):
        raise Refused("one-worker")
    await services(request).rooms.show_wifi(code, _read(await body_of(request, MOST_BYTES)))
    return Response(status_code=204)


async def hide(request: Request) -> Response:
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR)
    await services(request).rooms.show_wifi(code, None)
    return Response(status_code=204)


def possible(request: Request) -> bool:
    """Whether no other process serves the same meetings: one of this server's workers, or another server's."""
    return services(request).settings.workers == 1 and not services(request).rooms.housekeeping.other_workers


routes = [
    Route("/api/rooms/{code:code}/wifi", show, methods=["POST"]),
    Route("/api/rooms/{code:code}/wifi", hide, methods=["DELETE"]),
]
