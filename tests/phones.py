"""Phones without a screen: they speak the feed as the page does, note what they hear, and never give up an answer."""

import asyncio
import contextlib
import json
import secrets
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.server import Open

REDIAL_S = 0.1


class Phone:
    """Holds every answer until it is acked; `acked` is what this phone believes is safe."""

    def __init__(self, room: Open) -> None:
        self.room = room
        self.token: str | None = None
        self.view: dict[str, Any] = {}
        self.mine: list[dict[str, Any]] = []
        self.acked: dict[str, str] = {}
        self.waiting: dict[str, tuple[str, str]] = {}  # id -> activity, text
        self.errors: list[dict[str, Any]] = []
        self.heard: list[dict[str, Any]] = []
        self.here = False  # whether it has been welcomed, and its line stands
        self._retry_s = REDIAL_S
        self._socket: ClientConnection | None = None
        self._changed = asyncio.Condition()

    async def run(self) -> None:
        """Connect, and connect again whenever the line is lost. Cancel to end."""
        url = self.room.server.url.replace("http", "ws", 1) + f"/{self.room.code}/feed"
        while True:
            with contextlib.suppress(OSError, ConnectionClosed, InvalidHandshake, TimeoutError, EOFError):
                async with connect(url, compression=None, ping_interval=None) as socket:
                    await socket.send(json.dumps({"type": "hello", "token": self.token}))
                    self._socket = socket
                    async for text in socket:
                        await self._hear(json.loads(text))
                        if self._retry_s != REDIAL_S:
                            break  # told to come again later
            self._socket, self.here = None, False
            await asyncio.sleep(self._retry_s)
            self._retry_s = REDIAL_S

    async def _hear(self, message: dict[str, Any]) -> None:
        self.heard.append(message)
        match message["type"]:
            case "welcome":
                self.here = True
                self.token, self.view, self.mine = message["token"], message["view"], message["mine"]
                for id in list(self.waiting):
                    await self._send(id)
            case "view":
                self.view = message["view"]
            case "ack":
                if message["id"] in self.waiting:
                    self.acked[message["id"]] = self.waiting.pop(message["id"])[1]
            case "bye":
                self._retry_s = message["retry_in"] / 1000
            case "error":
                self.errors.append(message)
        async with self._changed:
            self._changed.notify_all()

    async def send(self, activity: str, text: str) -> str:
        id = secrets.token_hex(16)
        self.waiting[id] = (activity, text)
        await self._send(id)
        return id

    async def _send(self, id: str) -> None:
        if self._socket is not None:
            activity, text = self.waiting[id]
            with contextlib.suppress(ConnectionClosed):
                await self._socket.send(json.dumps({"type": "answer", "id": id, "activity": activity, "text": text}))

    async def until(self, true: Any, seconds: float = 20) -> None:
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: true(self))


@contextlib.asynccontextmanager
async def hall(room: Open, number: int):
    """*number* phones that are connected and have had their welcome."""
    phones = [Phone(room) for _ in range(number)]
    tasks = [asyncio.create_task(phone.run()) for phone in phones]
    try:
        await asyncio.gather(*(phone.until(lambda phone: phone.view) for phone in phones))
        yield phones
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
