"""The feed: views pushed to every face, answers taken from phones (contract §5)."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from live import views
from live.errors import LiveError, Refused, RoomNotFound
from live.events import Value
from live.hub import CONSOLE, FACES, GONE, PHONE, REST_MS, RESTART, Seat
from live.rooms import FACILITATOR, Rooms
from live.rules import AnswerWish, HeadsWish, WithdrawWish
from live.web import access
from live.web.pace import Paces
from live.web.reading import reader

HELLO_S = 5
BEAT_S = 20  # a face that hears nothing for so long wonders; a tick tells it that all is well
MOST_BREACHES = 120  # messages too fast, and the line ends

CLOSE_TOO_LATE, CLOSE_RATE, CLOSE_RIGHTS, CLOSE_GONE = 4408, 4429, 4403, 4404
CLOSE_RESTART, CLOSE_LATER = 1012, 1013


class Seen(Struct):
    epoch: str = ""
    position: int = 0
    id: str = ""  # of an answer that was acked in it
    rev: int = 0


class Hello(Struct, tag="hello"):
    token: str | None = None
    heads: int | None = None
    seen: Seen | None = None


class SendAnswer(Struct, tag="answer"):
    id: str
    activity: str
    text: str | None = None
    value: Value = None
    rev: int = 1
    heads: int | None = None
    again: bool = False


class Withdraw(Struct, tag="withdraw"):
    id: str
    rev: int = 2


class Heads(Struct, tag="heads"):
    n: int


class Mine(Struct, tag="mine"):
    activity: str | None = None


class Probe(Struct, tag="probe"):
    t0: float | None = None


Message = Hello | SendAnswer | Withdraw | Heads | Mine | Probe

read: Callable[[bytes | str], Message] = reader(Message)
_read_any: Callable[[bytes | str], Any] = reader(Any)
_encode = msgspec.json.encode


async def feed(socket: WebSocket) -> None:
    code, face = socket.path_params["code"], socket.query_params.get("face", PHONE)
    rooms: Rooms = socket.app.state.rooms
    if face not in FACES:
        face = PHONE
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # RuntimeError: sending after the other side has left
        try:
            await _sit_down(socket, rooms, code, face)
        except RoomNotFound:
            await _say(socket, {"type": "error", "code": "no-room"})
            await socket.close(CLOSE_GONE)
        except Refused as refused:
            await _say(socket, {"type": "error", "code": refused.code} | refused.facts)
            await socket.close(CLOSE_RATE if refused.code == "rate" else CLOSE_TOO_LATE)
        except LiveError:  # the store does not answer: whoever comes again in a while may be luckier
            await _say(socket, {"type": "bye", "retry_in": 4_000, "why": "storage"})
            await socket.close(CLOSE_LATER)


async def _sit_down(socket: WebSocket, rooms: Rooms, code: str, face: str) -> None:
    if rooms.draining:
        await _say(socket, {"type": "bye", "retry_in": REST_MS, "why": RESTART})
        return await socket.close(CLOSE_RESTART)
    await socket.app.state.guesses.look(socket, code)
    if face != PHONE:
        right = await access.right(socket, code)
        if right is None or (face == CONSOLE and right != FACILITATOR):
            await _say(socket, {"type": "error", "code": "rights"})
            return await socket.close(CLOSE_RIGHTS)
    try:
        async with asyncio.timeout(HELLO_S):
            hello = read(await _receive(socket))
    except TimeoutError:
        return await socket.close(CLOSE_TOO_LATE)
    if not isinstance(hello, Hello):
        raise Refused("bad")
    person = access.participant(socket, code, hello.token) if face == PHONE else None
    await _serve(socket, rooms, code, face, person, hello)


async def _serve(
    socket: WebSocket, rooms: Rooms, code: str, face: str, person: access.Participant | None, hello: Hello
) -> None:
    phone = person.phone if person else ""
    with rooms.hub.seat(code, face, phone) as seat:
        if person and hello.heads is not None:
            with contextlib.suppress(LiveError):
                await rooms.wish(code, HeadsWish(phone, hello.heads))
        if hello.seen:
            seen = hello.seen
            await rooms.claim(code, seen.epoch, seen.position, seen.id, seen.rev)
        await _say(socket, await welcome(rooms, code, face, person))
        sending = asyncio.create_task(_send_views(socket, seat, rooms, code))
        try:
            paces: Paces = socket.app.state.paces
            who = phone or f"desk {id(seat)}"
            breaches = 0
            while True:
                text = await _receive(socket)
                if not paces.take(who):
                    breaches += 1
                    if breaches > MOST_BREACHES:
                        await _say(socket, {"type": "bye", "retry_in": 10_000, "why": "rate"})
                        return await socket.close(CLOSE_RATE)
                    await _say(socket, {"type": "error", "code": "rate", "retry_in": 2_000} | _named(text))
                    continue
                await _say(socket, await _answer_to(text, rooms, code, phone))
        finally:
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                await sending


async def welcome(rooms: Rooms, code: str, face: str, person: access.Participant | None) -> dict[str, Any]:
    """All a face needs to begin, or to go on after it was away."""
    said = rooms.frame(code, face) | {"type": "welcome"}
    if person:
        room = await rooms.get(code)
        answers, count = views.mine(room, person.phone)
        said |= {
            "token": person.token,
            "mine": answers,
            "mine_count": count,
            "heads": room.heads.get(person.phone, 1),
        }
    return said


async def _send_views(socket: WebSocket, seat: Seat, rooms: Rooms, code: str) -> None:
    while True:
        frame = None
        try:
            async with asyncio.timeout(BEAT_S):
                frame = await seat.take()
        except TimeoutError:
            room = rooms.known(code)
            await _say(socket, {"type": "tick", "now": rooms.clock.now(), "step": room.step if room else 0})
            continue
        if frame is None:
            await _say(socket, {"type": "bye", "retry_in": seat.retry_in, "why": seat.ended})
            if seat.ended != RESTART:  # what it has just sent is still recorded and acked; it leaves by itself
                await socket.close(CLOSE_GONE if seat.ended == GONE else CLOSE_RIGHTS)
            return
        await socket.send_text(frame.decode())


async def _answer_to(text: str, rooms: Rooms, code: str, phone: str) -> dict[str, Any]:
    try:
        message = read(text)
    except Refused:
        return {"type": "error", "code": "bad"} | _named(text)
    match message:
        case Probe(t0=t0):
            room = await rooms.get(code)
            return {"type": "tick", "now": rooms.clock.now(), "step": room.step, "t0": t0}
        case Hello():
            return {"type": "error", "code": "bad"}
    if not phone:
        return {"type": "error", "code": "rights"}
    return await do(message, rooms, code, phone)


async def do(message: SendAnswer | Withdraw | Heads | Mine, rooms: Rooms, code: str, phone: str) -> dict[str, Any]:
    """What a phone's message comes to, by whichever way it came."""
    match message:
        case Mine(activity=activity):
            answers, count = views.mine(await rooms.get(code), phone, activity)
            return {"type": "mine", "mine": answers, "mine_count": count}
        case Heads(n=n):
            return await take(rooms, code, HeadsWish(phone, n))
        case Withdraw(id=id, rev=rev):
            return await take(rooms, code, WithdrawWish(phone, id, rev), id=id, rev=rev)
        case SendAnswer(id=id, rev=rev):
            wish = AnswerWish(
                phone, id, message.activity, message.text, message.value, rev, message.heads, message.again
            )
            return await take(rooms, code, wish, id=id, rev=rev)


async def take(rooms: Rooms, code: str, wish: AnswerWish | WithdrawWish | HeadsWish, **named: Any) -> dict[str, Any]:
    """Carry a phone's wish out and say what became of it; the ack only after the durable commit."""
    try:
        ack = await rooms.wish(code, wish)
    except Refused as refused:
        return {"type": "error", "code": refused.code} | refused.facts | named
    except RoomNotFound:
        return {"type": "error", "code": "no-room"} | named
    except LiveError:
        return {"type": "error", "code": "storage", "retry_in": 4_000} | named
    return {"type": "ack", "status": ack.status, "position": ack.position} | named


def _named(text: str) -> dict[str, Any]:
    """The id in a message that can't be read as a whole, so that its sender knows which one."""
    try:
        id = _read_any(text).get("id")
    except (Refused, AttributeError):
        return {}
    return {"id": id} if isinstance(id, str) and len(id) <= 64 else {}


async def _receive(socket: WebSocket) -> str:
    """The next text; binary frames count as empty ones, which no message is."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message["code"])
    text = message.get("text")
    return text if text is not None else ""


async def _say(socket: WebSocket, message: dict[str, Any]) -> None:
    await socket.send_text(_encode(message).decode())


routes = [WebSocketRoute("/{code:code}/feed", feed)]
