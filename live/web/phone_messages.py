"""What phones say, on the feed or by POST, and what becomes of it (contract §5)."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from live.errors import LiveError, Refused, RoomNotFound
from live.events import Value
from live.rules import AnswerWish, HeadsWish, SortWish, WithdrawWish
from live.runtime import Rooms
from live.runtime.mailbox import Ack
from live.transport.hub import text_frame
from live.transport.websocket_protocol import Done, FeedProtocol, Hear
from live.views.answers import mine
from live.web.access.token_bucket import Paces
from live.web.http import reader


class Seen(Struct):
    epoch: str = ""
    position: int = 0
    id: str = ""  # of an answer that was acked in it
    rev: int = 0


class Hello(Struct, tag="hello"):
    token: str | None = None
    heads: int | None = None
    seen: Seen | None = None


class SendAnswer(Struct, tag="answer", gc=False):
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


class Typing(Struct, tag="typing"):
    pass


Message = Hello | SendAnswer | Withdraw | Heads | Mine | Probe | Typing
read: Callable[[bytes | str], Message] = reader(Message)
_read_any: Callable[[bytes | str], Any] = reader(Any)


async def do(message: SendAnswer | Withdraw | Heads | Mine, rooms: Rooms, code: str, phone: str) -> dict[str, Any]:
    """What a phone's message comes to, by whichever way it came."""
    match message:
        case Mine(activity=activity):
            answers, count = mine(await rooms.get(code), phone, activity)
            return {"type": "mine", "mine": answers, "mine_count": count}
        case Heads(n=n):
            return await take(rooms, code, HeadsWish(phone, n))
        case Withdraw(id=id, rev=rev):
            return await take(rooms, code, WithdrawWish(phone, id, rev), id=id, rev=rev)
        case SendAnswer(id=id, rev=rev):
            rooms.hub.sent(code, phone)
            return await take(rooms, code, _wish(message, phone), id=id, rev=rev)


def _wish(message: SendAnswer, phone: str) -> AnswerWish:
    return AnswerWish(
        phone, message.id, message.activity, message.text, message.value, message.rev, message.heads, message.again
    )


def hear_answers(line: FeedProtocol, rooms: Rooms, code: str, phone: str, paces: Paces) -> Hear:
    """
    What most of a hall's messages are, without waking this phone's task: `_answer_to` and `do`, as far as they are
    about an answer within its pace to a room that is in memory. All else is left to them.
    """

    def hear(text: bytes, done: Done, more: bool) -> bool:
        if more and rooms.crowded(code):
            return False  # and is not read twice
        try:
            message = read(text)
        except Refused:
            return False
        if type(message) is not SendAnswer or not paces.take(phone):
            return False
        id, rev = message.id, message.rev

        def tell(outcome: Ack | Exception) -> None:
            line.say(text_frame(msgspec.json.encode(_outcome(outcome, id=id, rev=rev))))
            done()

        rooms.hub.sent(code, phone)
        if rooms.put(code, _wish(message, phone), tell):
            return True
        paces.give_back(phone)  # the app takes it
        return False

    return hear


async def take(
    rooms: Rooms, code: str, wish: AnswerWish | WithdrawWish | HeadsWish | SortWish, **named: Any
) -> dict[str, Any]:
    """Carry a phone's wish out and say what became of it; the ack only after the durable commit."""
    try:
        return _outcome(await rooms.wish(code, wish), **named)
    except LiveError as error:
        return _outcome(error, **named)


def _outcome(outcome: Ack | Exception, **named: Any) -> dict[str, Any]:
    match outcome:
        case Ack():
            return {"type": "ack", "status": outcome.status, "position": outcome.position, **named}
        case Refused():
            return {"type": "error", "code": outcome.code, **outcome.facts, **named}
        case RoomNotFound():
            return {"type": "error", "code": "no-room", **named}
        case _:
            return {"type": "error", "code": "storage", "retry_in": 4_000, **named}


def id_in(text: str) -> dict[str, Any]:
    """The id in a message that can't be read as a whole, so that its sender knows which one."""
    try:
        id = _read_any(text).get("id")
    except (Refused, AttributeError):
        return {}
    return {"id": id} if isinstance(id, str) and len(id) <= 64 else {}
