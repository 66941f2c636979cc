"""A phone that sends thousands of answers as fast as it gets acks: over a socket to several servers, and by POST."""

import asyncio
import contextlib
import json
import random
from collections.abc import Sequence

from websockets.asyncio.client import connect

from tests.faults.checker import Note
from tests.server_process import Open, Server

AT_ONCE = 50  # answers without an ack yet on one socket


async def flood(
    room: Open, servers: Sequence[Server], chance: random.Random, number: int, *, times: int = 1, posts: int = 0
) -> list[Note]:
    """
    One phone with a socket to each server sends *number* answers, each one to *times* times, shuffled, AT_ONCE at a
    time; *posts* of a hundred sends go by POST.
    """
    notes = {
        id: Note(id, f"Innspill {id[:6]}", "") for id in (f"{chance.getrandbits(128):032x}" for _ in range(number))
    }
    sends = [id for id in notes for _ in range(chance.randint(1, times))]
    chance.shuffle(sends)
    ways: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for id in sends:
        ways[chance.choices((0, 1, 2), (100 - posts, 100 - posts, 2 * posts))[0]].append(id)

    def message_for(id: str) -> dict:
        return {"type": "answer", "id": id, "activity": "a", "text": notes[id].text, "rev": 1}

    def note_ack(message: dict) -> None:
        assert "ack" == message["type"], message
        notes[message["id"]] = notes[message["id"]]._replace(received=message["status"])

    async with contextlib.AsyncExitStack() as stack:
        sockets, token = [], None
        for server in servers:
            socket = await stack.enter_async_context(
                connect(f"{server.url.replace('http', 'ws')}/{room.code}/feed", compression=None)
            )
            await socket.send(json.dumps({"type": "hello", "token": token}))
            token = json.loads(await socket.recv())["token"]
            sockets.append(socket)

        async def by_socket(socket, ids: list[str]) -> None:
            for start in range(0, len(ids), AT_ONCE):
                for id in ids[start : start + AT_ONCE]:
                    await socket.send(json.dumps(message_for(id)))
                for _ in ids[start : start + AT_ONCE]:
                    while (message := json.loads(await socket.recv()))["type"] in ("view", "tick"):
                        pass
                    note_ack(message)

        async def by_post(ids: list[str]) -> None:
            for n, id in enumerate(ids):
                status, response = await servers[n % 2].call("POST", f"/{room.code}/answers", message_for(id), token)
                assert 200 == status, response
                note_ack(response)

        await asyncio.gather(by_socket(sockets[0], ways[0]), by_socket(sockets[1], ways[1]), by_post(ways[2]))
    return list(notes.values())
