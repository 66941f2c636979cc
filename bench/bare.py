"""A minimal server in Python, for comparison: it takes a message and sends one back, or to everybody."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

here: set[WebSocket] = set()


async def feed(socket: WebSocket) -> None:
    await socket.accept()
    here.add(socket)
    try:
        while True:
            text = await socket.receive_text()
            if text.startswith("all "):
                for other in list(here):
                    await other.send_text(text[4:])
            else:
                await socket.send_text('{"type":"ack"}')
    except WebSocketDisconnect:
        pass
    finally:
        here.discard(socket)


if __name__ == "__main__":
    uvicorn.run(
        Starlette(routes=[WebSocketRoute("/feed", feed)]), port=int(sys.argv[1]), ws="websockets-sansio",
        ws_per_message_deflate=False, backlog=4096, log_level="error",
    )  # fmt: skip
