"""The same as `bench.bare` with only the `websockets` library, whose `broadcast` sends one message to many."""

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

here: set[ServerConnection] = set()


async def feed(connection: ServerConnection) -> None:
    here.add(connection)
    try:
        async for text in connection:
            if text.startswith("all "):
                broadcast(here, text[4:])
            else:
                await connection.send('{"type":"ack"}')
    except ConnectionClosed:
        pass
    finally:
        here.discard(connection)


async def main() -> None:
    async with serve(feed, "127.0.0.1", int(sys.argv[1]), compression=None, ping_interval=None, backlog=4096) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
