"""A trial of a server and of all that stands before it: phones of our own come by its address, and write."""

import asyncio
import json
import secrets
import time
from urllib.parse import urlsplit

from msgspec import Struct, field
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

ACTIVITY = "a"
WORKSHOP = f"---\nformat: workshop/1\ntitle: Prøve\n---\n\n## Prøve\n\n:::open{{id={ACTIVITY} many}}\nPrøve\n:::\n"
EACH = 3  # answers of a phone, each sent when the one before is acked
PATIENCE_S = 20.0
AT_ONCE = 20  # phones that come in side by side


class Tried(Struct):
    """`acked` are ids of answers, `waited_ms` how long each waited for its ack, `trouble` what phones met."""

    joined: int = 0
    sent: int = 0
    acked: list[str] = field(default_factory=list)
    waited_ms: list[float] = field(default_factory=list)
    trouble: dict[str, int] = field(default_factory=dict)

    def waited(self, share: float) -> float:
        """Milliseconds within which *share* (0 to 1) of the acks came; 0 without any."""
        waited = sorted(self.waited_ms)
        return waited[min(len(waited) - 1, int(share * len(waited)))] if waited else 0.0


async def hall(join_url: str, phones: int) -> Tried:
    """*phones* come to the meeting at *join_url*, whose question is open, and write; what they meet is not raised."""
    parts = urlsplit(join_url)
    address = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path}/feed"
    tried, door = Tried(), asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_phone(address, tried, door) for _ in range(phones)))
    return tried


async def _phone(address: str, tried: Tried, door: asyncio.Semaphore) -> None:
    try:
        async with asyncio.timeout(PATIENCE_S):
            async with door:
                feed = await connect(address, compression=None)
            async with feed:
                await feed.send('{"type":"hello"}')
                await _heard(feed, "welcome")
                tried.joined += 1
                for n in range(EACH):
                    await _write(feed, tried, n)
    except (OSError, TimeoutError, WebSocketException, ValueError) as error:
        said = f"{type(error).__name__}: {error}".rstrip(": ")[:200]
        tried.trouble[said] = tried.trouble.get(said, 0) + 1


async def _write(feed: ClientConnection, tried: Tried, n: int) -> None:
    id, sent_at = secrets.token_hex(16), time.perf_counter()
    tried.sent += 1
    await feed.send(json.dumps({"type": "answer", "id": id, "activity": ACTIVITY, "text": f"Prøve {n + 1}"}))
    await _heard(feed, "ack")
    tried.waited_ms.append(1000 * (time.perf_counter() - sent_at))
    tried.acked.append(id)


async def _heard(feed: ClientConnection, kind: str) -> None:
    async for text in feed:
        message = json.loads(text)
        if message["type"] == kind:
            return
        if message["type"] in ("error", "bye"):
            raise ValueError(str(message.get("code") or message.get("why")))
    raise ValueError("the line was closed")
