"""The same as `bench.bare` by the `websockets` library alone, whose `broadcast` sends one message to many lines."""

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

here: set[ServerConnection] = set()


async def feed(line: ServerConnection) -> None:
    here.add(line)
    try:
        async for text in line:
            if text.startswith("all "):
                broadcast(here, text[4:])
            else:
                await line.send('{"type":"ack"}')
    except ConnectionClosed:
        pass
    finally:
        here.discard(line)


async def main() -> None:
    async with serve(feed, "127.0.0.1", int(sys.argv[1]), compression=None, ping_interval=None, backlog=4096) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
