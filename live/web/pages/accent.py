"""The style sheet that gives a page the accent colour of its meeting. It is made of the colour alone."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live.errors import Refused
from live.web.assets import FOREVER
from live.workshop.accent import css, read


async def show_accent(request: Request) -> Response:
    """`?c=` is the colour, as `0b4f47`."""
    colour = read(request.query_params.get("c", ""))
    if colour is None:
        raise Refused("bad")
    return Response(css(colour), headers={"Cache-Control": FOREVER}, media_type="text/css")


routes = [Route("/accent.css", show_accent)]
