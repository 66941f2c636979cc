"""uvicorn, set up as measurements call for."""

from typing import Any

import uvicorn

from live.settings import FAST, PLAIN
from live.transport.connections import CONNECTIONS
from live.transport.limits import MOST_FRAME, MOST_HEAD

ACCEPTED_AT_ONCE = 16  # connections taken from it in one turn of the event loop, so that the limits see them in between


def configure(app: object, transport: str = FAST) -> uvicorn.Config:
    """
    *transport* FAST: protocols of ours, which extend uvicorn's. PLAIN: uvicorn's own, so that all goes by ASGI;
    docs/hosting.md tells what that lacks.
    """
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        ws_per_message_deflate=False,
        ws_max_size=MOST_FRAME,
        backlog=ACCEPTED_AT_ONCE,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        log_config=None,
        timeout_graceful_shutdown=10,
        lifespan="on",
        **_protocols(transport),
    )


def _protocols(transport: str) -> dict[str, Any]:
    if transport == PLAIN:
        return {
            "http": "h11",  # of uvicorn's own the one with a limit for the head
            "h11_max_incomplete_event_size": MOST_HEAD,
            "limit_concurrency": CONNECTIONS.most,
            "ws": "websockets-sansio",
            "ws_ping_interval": 20.0,  # finds the faces that are gone
        }
    # By name: uvicorn imports them when it starts, so that PLAIN never needs them.
    return {
        "http": "live.transport.http_protocol:RequestProtocol",
        "ws": "live.transport.websocket_protocol:FeedProtocol",
        "ws_ping_interval": None,  # ticks show a face that we are alive; UNREAD_S finds the faces that are not
    }
