"""The least a server in Python can do: take a message, send one back. What this machine can do at all."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect


async def feed(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.receive_text()
            await socket.send_text('{"type":"ack"}')
    except WebSocketDisconnect:
        pass


if __name__ == "__main__":
    uvicorn.run(
        Starlette(routes=[WebSocketRoute("/feed", feed)]), port=int(sys.argv[1]), ws="websockets-sansio",
        ws_per_message_deflate=False, backlog=4096, log_level="error",
    )  # fmt: skip
