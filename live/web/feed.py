"""The feed, a WebSocket: sends views to every face and receives answers from phones (contract §5)."""

import asyncio
import contextlib
from typing import Any

import msgspec
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from live.errors import LiveError, Refused, RoomNotFound
from live.rights import LOOK, SCREEN, Held, opens
from live.rules import SetHeads
from live.runtime import Registry
from live.transport.feed_connection import CONNECTION, FeedConnection
from live.transport.hub import (
    CLEARED,
    CONSOLE,
    CROWDED,
    ELSEWHERE,
    FACES,
    GONE,
    PHONE,
    RESTART,
    RETRY_MS,
    REVOKED,
    TICK_S,
)
from live.transport.hub import (
    SCREEN as SCREEN_FACE,
)
from live.transport.seat import Seat
from live.views.answers import phone_answers
from live.web.access import keys, participant
from live.web.cards import deal
from live.web.phone_messages import (
    BeatMessage,
    HelloMessage,
    ProbeMessage,
    PulseMessage,
    TypingMessage,
    answer_receiver,
    claim,
    handle,
    id_in,
    pulse,
    read,
)
from live.web.services import services

HELLO_S = 5
MOST_BREACHES = 120  # messages that came too fast, before the connection is closed

CLOSE_TOO_LATE, CLOSE_RATE, CLOSE_RIGHTS, CLOSE_GONE = 4408, 4429, 4403, 4404
CLOSE_RESTART, CLOSE_LATER, CLOSE_ELSEWHERE = 1012, 1013, 4409
CLOSES = {
    GONE: CLOSE_GONE,
    REVOKED: CLOSE_RIGHTS,
    ELSEWHERE: CLOSE_ELSEWHERE,
    CROWDED: CLOSE_LATER,
    CLEARED: CLOSE_LATER,
}


async def feed(socket: WebSocket) -> None:
    code, face = socket.path_params["code"], socket.query_params.get("face", PHONE)
    rooms = services(socket).rooms
    if face not in FACES:
        face = PHONE
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # RuntimeError: sending after the other side has left
        try:
            await _join(socket, rooms, code, face)
        except RoomNotFound:
            await _send(socket, {"type": "error", "code": "no-room"})
            await socket.close(CLOSE_GONE)
        except Refused as refused:
            if refused.code == "queue":
                await _send(socket, {"type": "bye", "why": "queue"} | refused.facts)
                return await socket.close(CLOSE_LATER)
            await _send(socket, {"type": "error", "code": refused.code} | refused.facts)
            await socket.close(CLOSE_RATE if refused.code in ("rate", "wrong-codes") else CLOSE_TOO_LATE)
        except LiveError:  # the store does not answer: the face may try again in a while
            await _send(socket, {"type": "bye", "retry_in": 4_000, "why": "storage"})
            await socket.close(CLOSE_LATER)


async def _join(socket: WebSocket, rooms: Registry, code: str, face: str) -> None:
    if rooms.draining:
        await _send(socket, {"type": "bye", "retry_in": RETRY_MS, "why": RESTART})
        return await socket.close(CLOSE_RESTART)
    room = await services(socket).guess_limits.find_room(socket, code)
    held = await _held(socket, code, face)
    if face != PHONE and held is None:
        await _send(socket, {"type": "error", "code": "rights"})
        return await socket.close(CLOSE_RIGHTS)
    try:
        async with asyncio.timeout(HELLO_S):
            hello = read(await _receive(socket))
    except TimeoutError:
        return await socket.close(CLOSE_TOO_LATE)
    if not isinstance(hello, HelloMessage):
        raise Refused("bad")
    person = participant.participant(socket, code, hello.token) if face == PHONE else None
    if person:
        participant.require_current(room, person)
        participant.require_admission(room, person)
        services(socket).waiting_line.admit(code, person.since, fresh=person.fresh)
    await _serve(socket, rooms, code, face, person, hello, held.link if held else "")


async def _held(socket: WebSocket, code: str, face: str) -> Held | None:
    """The right with which a screen or console may be connected now; None without one, and for phones."""
    if face == PHONE:
        return None
    wanted = LOOK if face == CONSOLE else SCREEN
    held = await keys.right(socket, code, wanted)
    return held if held and opens(held.right, wanted) else None


async def _serve(
    socket: WebSocket,
    rooms: Registry,
    code: str,
    face: str,
    person: participant.Participant | None,
    hello: HelloMessage,
    link: str,
) -> None:
    phone = person.phone if person else ""
    with services(socket).guess_limits.seated(socket, code), rooms.hub.seat(code, face, phone, link) as seat:
        if face != PHONE and await _held(socket, code, face) is None:  # revoked while this one joined
            await _send(socket, {"type": "bye", "retry_in": 0, "why": REVOKED})
            return await socket.close(CLOSE_RIGHTS)
        if person and hello.heads is not None:
            with contextlib.suppress(LiveError):
                await rooms.command(code, SetHeads(phone, hello.heads))
        if hello.seen:
            await claim(hello.seen, rooms, code)
        await _send(socket, await welcome(rooms, code, face, person))
        buckets = services(socket).token_buckets
        sender = phone or f"desk {id(seat)}"
        connection: FeedConnection | None = socket.scope.get("extensions", {}).get(CONNECTION)
        if connection:
            connection.seat_taken()
            rooms.hub.connect(code, seat, connection.push, connection.direct)
            connection.drop_headers()
            if person:
                connection.set_receiver(answer_receiver(connection, rooms, code, person, buckets))
        sending = asyncio.create_task(_send_views(socket, seat, rooms, code))
        try:
            breaches = 0
            while True:
                text = await _receive(socket)
                if not buckets.take(sender):
                    breaches += 1
                    if breaches > MOST_BREACHES:
                        await _send(socket, {"type": "bye", "retry_in": 10_000, "why": "rate"})
                        return await socket.close(CLOSE_RATE)
                    await _send(socket, {"type": "error", "code": "rate", "retry_in": 2_000} | id_in(text))
                    continue
                if reply := await _reply_to(text, rooms, code, seat, person):
                    await _send(socket, reply)
        finally:
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                await sending


async def welcome(rooms: Registry, code: str, face: str, person: participant.Participant | None) -> dict[str, Any]:
    """The first message to a face: all it needs to start, or to go on after it was disconnected."""
    reply = rooms.frames.frame(code, face) | {"type": "welcome"}
    if person:
        cards = await deal(rooms, code, person.phone)
        room = await rooms.get(code)
        answers, count = phone_answers(room, person.phone)
        reply |= {
            "token": person.token,
            "mine": answers,
            "mine_count": count,
            "heads": room.people.heads.get(person.phone, 1),
            **cards,
        }
    return reply


async def _send_views(socket: WebSocket, seat: Seat, rooms: Registry, code: str) -> None:
    while True:
        try:
            payload = await (seat.take() if seat.push else _take_in_time(seat))  # with `push` the hub sends the ticks
        except TimeoutError:
            await _send(socket, rooms.frames.tick(code))
            continue
        if payload is None:
            await _send(socket, {"type": "bye", "retry_in": seat.retry_in, "why": seat.ended})
            if seat.ended != RESTART:  # before a restart the face leaves by itself: its last answers still get acks
                await socket.close(CLOSES[seat.ended])
            return
        await socket.send_text(payload.decode())


async def _take_in_time(seat: Seat) -> bytes | None:
    async with asyncio.timeout(TICK_S):
        return await seat.take()


async def _reply_to(
    text: str, rooms: Registry, code: str, seat: Seat, person: participant.Participant | None
) -> dict[str, Any] | None:
    try:
        message = read(text)
    except Refused:
        return {"type": "error", "code": "bad"} | id_in(text)
    match message:
        case ProbeMessage(t0=t0):
            room = await rooms.get(code)
            tick = {"type": "tick", "now": rooms.clock.now(), "step": room.step, "t0": t0}
            return tick | rooms.frames.store_state(code)
        case HelloMessage():
            return {"type": "error", "code": "bad"}
        case BeatMessage(shown=shown, soundless=soundless) if seat.face == SCREEN_FACE:
            rooms.hub.beat(code, seat, shown=shown, soundless=soundless)
            return None
    if person is None or isinstance(message, BeatMessage):
        return {"type": "error", "code": "rights"}
    if isinstance(message, TypingMessage):
        rooms.hub.typing(code, seat.phone)
        return None  # nobody waits for a reply
    if isinstance(message, PulseMessage):
        pulse(rooms, code, seat.phone, message.sign)
        return None
    return await handle(message, rooms, code, person)


async def _receive(socket: WebSocket) -> str:
    """The next text message. A binary frame counts as empty text, which is no valid message."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message["code"])
    text = message.get("text")
    return text if text is not None else ""


async def _send(socket: WebSocket, message: dict[str, Any]) -> None:
    await socket.send_text(msgspec.json.encode(message).decode())


routes = [WebSocketRoute("/{code:code}/feed", feed)]
