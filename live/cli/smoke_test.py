"""A smoke test of a server and all that is in front of it: test phones join at its public address and send answers."""

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
EACH = 3  # answers of each phone; the next is sent when the one before is acked
PATIENCE_S = 20.0
AT_ONCE = 20  # phones that join at the same time


class Result(Struct):
    """`acked`: ids of answers. `waited_ms`: how long each waited for its ack. `trouble`: error -> how often it came."""

    joined: int = 0
    sent: int = 0
    acked: list[str] = field(default_factory=list)
    waited_ms: list[float] = field(default_factory=list)
    trouble: dict[str, int] = field(default_factory=dict)

    def waited(self, share: float) -> float:
        """Milliseconds within which *share* (0 to 1) of the acks came; 0 without any."""
        waited = sorted(self.waited_ms)
        return waited[min(len(waited) - 1, int(share * len(waited)))] if waited else 0.0


async def run_phones(join_url: str, phones: int) -> Result:
    """
    *phones* join the meeting at *join_url*, whose activity is open, and send answers. Their errors are counted in the
    result, not raised.
    """
    parts = urlsplit(join_url)
    address = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path}/feed"
    result, joining_limit = Result(), asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_phone(address, result, joining_limit) for _ in range(phones)))
    return result


async def _phone(address: str, result: Result, joining_limit: asyncio.Semaphore) -> None:
    try:
        async with asyncio.timeout(PATIENCE_S):
            async with joining_limit:
                feed = await connect(address, compression=None)
            async with feed:
                await feed.send('{"type":"hello"}')
                await _receive(feed, "welcome")
                result.joined += 1
                for n in range(EACH):
                    await _write(feed, result, n)
    except (OSError, TimeoutError, WebSocketException, ValueError) as error:
        problem = f"{type(error).__name__}: {error}".rstrip(": ")[:200]
        result.trouble[problem] = result.trouble.get(problem, 0) + 1


async def _write(feed: ClientConnection, result: Result, n: int) -> None:
    id, sent_at = secrets.token_hex(16), time.perf_counter()
    result.sent += 1
    await feed.send(json.dumps({"type": "answer", "id": id, "activity": ACTIVITY, "text": f"Prøve {n + 1}"}))
    await _receive(feed, "ack")
    result.waited_ms.append(1000 * (time.perf_counter() - sent_at))
    result.acked.append(id)


async def _receive(feed: ClientConnection, kind: str) -> None:
    async for text in feed:
        message = json.loads(text)
        if message["type"] == kind:
            return
        if message["type"] in ("error", "bye"):
            raise ValueError(str(message.get("code") or message.get("why")))
    raise ValueError("the connection was closed")
