"""Simulated phones: they use the feed as the page does, note what they receive, and never give up an answer."""

import asyncio
import contextlib
import json
import random
import secrets
from collections.abc import Callable
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.faults.checker import COUNTED, Note
from tests.server_process import Open

REDIAL_S = 0.1
AGAIN_S = 2.0
OPENING_S = 5.0
RESTS_S = (1, 2, 4, 8, 15)
PATIENCE_S = 3.0  # for one request
POLL_S = 1.0  # between two requests for the view
TRANSIENT = ("busy", "storage", "rate")  # errors after which the same is sent again


def eager(fails: int) -> float:
    """Seconds before connecting again: always soon."""
    return REDIAL_S


def as_the_page(fails: int) -> float:
    """`retryDelayMs` of static/shared/text_and_time.js: nearly at once, then 1, 2, 4, 8, 15 s, each more or less."""
    return RESTS_S[min(fails, len(RESTS_S)) - 1] * random.uniform(0.5, 1.5) if fails else random.random()


class Phone:
    """Keeps every answer until its outcome is known; `notes` is what this phone knows of each, `acked` what is safe."""

    def __init__(self, room: Open, url: str = "") -> None:
        """*url*: where to reach the room's server, if by another way than its own."""
        self.room = room
        self.url = url or room.server.url
        self.token: str | None = None
        self.view: dict[str, Any] = {}
        self.mine: list[dict[str, Any]] = []
        self.acked: dict[str, str] = {}
        self.notes: dict[str, Note] = {}
        self.waiting: dict[str, dict[str, Any]] = {}  # id -> what is sent
        self.errors: list[dict[str, Any]] = []
        self.received: list[dict[str, Any]] = []
        self.here = False  # whether it has got its welcome and is still connected
        self.rest = eager
        self._fails = 0  # since the last welcome
        self._retry_s: float | None = None
        self._socket: ClientConnection | None = None
        self._changed = asyncio.Condition()

    async def run(self) -> None:
        """Connect, and connect again whenever the connection is lost. Cancel to end."""
        url = self.url.replace("http", "ws", 1) + f"/{self.room.code}/feed"
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._resend())
            await self._stay(url)

    async def _stay(self, url: str) -> None:
        while True:
            with contextlib.suppress(OSError, ConnectionClosed, InvalidHandshake, TimeoutError, EOFError):
                async with connect(url, compression=None, ping_interval=None, open_timeout=OPENING_S) as socket:
                    await socket.send(json.dumps({"type": "hello", "token": self.token}))
                    self._socket = socket
                    async for text in socket:
                        await self._receive(json.loads(text))
                        if self._retry_s is not None:
                            break  # told to come again later
            self._socket, self.here = None, False
            rest = self.rest(self._fails) if self._retry_s is None else self._retry_s
            self._retry_s, self._fails = None, self._fails + 1
            await asyncio.sleep(rest)

    async def _resend(self) -> None:
        """Send answers without an ack again, as the page does."""
        while True:
            await asyncio.sleep(AGAIN_S)
            for id in list(self.waiting):
                await self._send(id)

    async def _receive(self, message: dict[str, Any]) -> None:
        self.received.append(message)
        match message["type"]:
            case "welcome":
                self.here, self._fails = True, 0
                self.token, self.view, self.mine = message["token"], message["view"], message["mine"]
                for id in list(self.waiting):
                    await self._send(id)
            case "view":
                self.view = message["view"]
            case "ack":
                self._settle(message["id"], message["status"])
            case "bye":
                self._retry_s = message["retry_in"] / 1000
            case "error":
                self.errors.append(message)
                if message["code"] not in TRANSIENT and "id" in message:
                    self._settle(message["id"], message["code"])
        async with self._changed:
            self._changed.notify_all()

    def _settle(self, id: str, received: str) -> None:
        if self.waiting.pop(id, None):
            note = self.notes[id] = self.notes[id]._replace(received=received)
            if received in COUNTED:
                self.acked[id] = note.text

    async def send(self, activity: str, text: str = "", value: Any = None) -> str:
        id = secrets.token_hex(16)
        content = {"text": text} if value is None else {"value": value}
        self.waiting[id] = {"type": "answer", "id": id, "activity": activity, "rev": 1} | content
        self.notes[id] = Note(id, text, "")
        await self._send(id)
        return id

    async def _send(self, id: str) -> None:
        if self._socket is not None and self.here and (message := self.waiting.get(id)):
            with contextlib.suppress(ConnectionClosed):
                await self._socket.send(json.dumps(message))

    async def until(self, true: Any, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: true(self))


class Poster(Phone):
    """A phone whose network lets no WebSocket through: it posts its answers and polls the view."""

    _client: httpx2.AsyncClient

    async def _stay(self, url: str) -> None:
        page = f"{self.url}/{self.room.code}"
        async with httpx2.AsyncClient(timeout=PATIENCE_S, headers={"Origin": self.url}) as client:
            self._client = client
            while True:
                if self.token is None:
                    with contextlib.suppress(httpx2.TransportError):
                        cookies = (await client.get(page)).cookies
                        self.token = cookies.get(f"innspill_p_{self.room.code}")
                else:
                    self.here = True
                    with contextlib.suppress(httpx2.TransportError):
                        seen = await client.get(f"{page}/view", params={"face": "phone"})
                        if seen.is_success:
                            await self._receive({"type": "view"} | seen.json())
                await asyncio.sleep(POLL_S if self.view else REDIAL_S)

    async def _send(self, id: str) -> None:
        if not self.here or not (message := self.waiting.get(id)):
            return
        with contextlib.suppress(httpx2.TransportError):
            response = await self._client.post(f"{self.url}/{self.room.code}/answers", json=message)
            reply = response.json()
            await self._receive(reply if response.is_success else {"type": "error", "id": id} | reply)


@contextlib.asynccontextmanager
async def hall(
    room: Open, number: int, *urls: str, kind: Callable[..., Phone] = Phone, rest: Callable[[int], float] = eager
):
    """
    *number* phones that are connected and have got their welcome; spread over *urls* if there are several.

    Thousands of phones should wait between attempts as the page does: eager ones, on a busy machine, keep each other
    from ever getting in.
    """
    phones = [kind(room, urls[n % len(urls)] if urls else "") for n in range(number)]
    for phone in phones:
        phone.rest = rest
    tasks = [asyncio.create_task(phone.run()) for phone in phones]
    try:
        patience = 60 + number / 100
        await asyncio.gather(*(phone.until(lambda phone: phone.view, patience) for phone in phones))
        yield phones
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
