"""The messages that phones send, on the feed or by POST, and their handling (contract §5)."""

import hmac
import re
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from live.errors import LiveError, Refused, RoomNotFound
from live.events import Value
from live.rules import GiveName, SendAnswer, SetHeads, SortAnswer, VoteQuestion, WithdrawAnswer
from live.runtime import Registry
from live.runtime.mailbox import Ack
from live.transport.feed_connection import Done, FeedConnection, Receiver
from live.transport.seat import text_frame
from live.views import questions
from live.views.answers import phone_answers
from live.views.pulse import signs_now
from live.web.access.participant import Participant
from live.web.access.token_bucket import TokenBuckets
from live.web.cards import deal
from live.web.http import reader


class Seen(Struct):
    """What a phone has been told, each with the seal that came with it (`live.runtime.seals`)."""

    epoch: str = ""
    position: int = 0
    seal: str = ""  # of a view at `position`
    id: str = ""  # of the phone's last answer that was acked in this epoch
    rev: int = 0
    ack: str = ""  # the seal of that ack


class Posted(Struct):
    """What every message may bring that is posted; on the feed the hello does."""

    seen: Seen | None = None


class HelloMessage(Struct, tag="hello"):
    token: str | None = None
    heads: int | None = None
    seen: Seen | None = None


class AnswerMessage(Struct, tag="answer", gc=False):
    id: str
    activity: str
    text: str | None = None
    value: Value = None
    rev: int = 1
    heads: int | None = None
    again: bool = False
    version: int = 0


class WithdrawMessage(Struct, tag="withdraw"):
    id: str
    rev: int = 2


class VoteMessage(Struct, tag="vote"):
    id: str
    on: bool = True


class HeadsMessage(Struct, tag="heads"):
    n: int


class NameMessage(Struct, tag="name"):
    name: str


class OwnAnswersMessage(Struct, tag="mine"):
    activity: str | None = None


class ProbeMessage(Struct, tag="probe"):
    t0: float | None = None


class TypingMessage(Struct, tag="typing"):
    pass


class PulseMessage(Struct, tag="pulse"):
    sign: str = msgspec.field(name="is")


class BeatMessage(Struct, tag="beat"):
    shown: bool = True
    soundless: bool = False


Message = (
    HelloMessage
    | AnswerMessage
    | WithdrawMessage
    | VoteMessage
    | HeadsMessage
    | NameMessage
    | OwnAnswersMessage
    | ProbeMessage
    | TypingMessage
    | PulseMessage
    | BeatMessage
)
FEED_ONLY = HelloMessage | ProbeMessage | TypingMessage | BeatMessage
read: Callable[[bytes | str], Message] = reader(Message)
read_posted: Callable[[bytes | str], Posted] = reader(Posted)
_ID = re.compile(r'"id"\s*:\s*"(\w{1,64})"', re.ASCII)
_read_any: Callable[[bytes | str], Any] = reader(Any)


async def claim(seen: Seen, rooms: Registry, code: str) -> None:
    """
    A phone tells what it has seen, which may be more than the store holds now. What has no seal of ours is ignored:
    anybody could make it up, and let all phones believe that the store has lost something.
    """
    viewed = hmac.compare_digest(
        seen.seal.encode("utf-8", "replace"), rooms.seals.of_view(code, seen.epoch, seen.position).encode()
    )
    acked = hmac.compare_digest(
        seen.ack.encode("utf-8", "replace"), rooms.seals.of_answer(code, seen.epoch, seen.id, seen.rev).encode()
    )
    if viewed or acked:
        await rooms.claim(
            code, seen.epoch, seen.position if viewed else 0, *((seen.id, seen.rev) if acked else ())
        )  # fmt: skip


def pulse(rooms: Registry, code: str, phone: str, sign: str) -> None:
    """
    A phone gives a sign. It is counted and nothing more, and nobody waits for a reply: one that the room does not have
    now, or that comes from a muted phone, changes nothing.
    """
    open_room = rooms.open_rooms.get(code)
    if open_room and sign in signs_now(open_room.room) and phone not in open_room.room.people.muted:
        rooms.hub.pulses.press(code, phone, sign)


async def handle(
    message: AnswerMessage
    | WithdrawMessage
    | VoteMessage
    | HeadsMessage
    | NameMessage
    | OwnAnswersMessage
    | PulseMessage,
    rooms: Registry,
    code: str,
    person: Participant,
) -> dict[str, Any]:
    """Handle a phone's message from the feed or a POST, and return the reply."""
    phone = person.phone
    match message:
        case OwnAnswersMessage(activity=activity):
            cards = await deal(rooms, code, phone)
            room = await rooms.get(code)
            answers, count = phone_answers(room, phone, activity)
            reply = {"type": "mine", "mine": answers, "mine_count": count, "position": room.position} | cards
            panel = room.activities.get(activity) if activity else room.activity or room.panel
            if panel is not None and panel.takes_votes:
                reply["questions"] = questions.for_phone(room, panel, phone)
            return reply
        case PulseMessage(sign=sign):
            pulse(rooms, code, phone, sign)
            return rooms.frames.tick(code)
        case VoteMessage(id=id, on=on):
            return await take(rooms, code, VoteQuestion(phone, id, on), id=id)
        case HeadsMessage(n=n):
            return await take(rooms, code, SetHeads(phone, n))
        case NameMessage(name=name):
            return await take(rooms, code, GiveName(phone, name, person.since))
        case WithdrawMessage(id=id, rev=rev):
            return await take(rooms, code, WithdrawAnswer(phone, id, rev), id=id, rev=rev)
        case AnswerMessage(id=id, rev=rev):
            rooms.hub.sent(code, phone)
            return await take(rooms, code, _command(message, person), id=id, rev=rev)


def _command(message: AnswerMessage, person: Participant) -> SendAnswer:
    return SendAnswer(
        person.phone, message.id, message.activity, message.text, message.value, message.rev, message.heads,
        message.again, person.since, message.version,
    )  # fmt: skip


def answer_receiver(
    connection: FeedConnection, rooms: Registry, code: str, person: Participant, buckets: TokenBuckets
) -> Receiver:
    """
    Returns the fast path for answers, which are most of a hall's messages: the same as `handle`, without waking this
    phone's task. It takes an answer within the phone's rate to a room in memory. All other messages go to the app.
    """

    phone = person.phone

    def receive(text: bytes, done: Done, more: bool) -> bool:
        if more and rooms.crowded(code):
            return False  # before reading, so that the message is not read twice
        try:
            message = read(text)
        except Refused:
            return False
        if type(message) is not AnswerMessage or not buckets.take(phone):
            return False
        id, rev = message.id, message.rev

        def notify(outcome: Ack | Exception) -> None:
            connection.write_soon(text_frame(msgspec.json.encode(_outcome(outcome, rooms, code, id=id, rev=rev))))
            done()

        rooms.hub.sent(code, phone)
        if rooms.put(code, _command(message, person), notify):
            return True
        buckets.give_back(phone)  # the app counts the message again
        return False

    return receive


async def take(
    rooms: Registry,
    code: str,
    command: SendAnswer | WithdrawAnswer | VoteQuestion | SetHeads | SortAnswer | GiveName,
    **named: Any,
) -> dict[str, Any]:
    """Carry out a phone's command and return the reply; an ack comes only after the durable commit."""
    try:
        return _outcome(await rooms.command(code, command), rooms, code, **named)
    except LiveError as error:
        return _outcome(error, rooms, code, **named)


def _outcome(outcome: Ack | Exception, rooms: Registry, code: str, **named: Any) -> dict[str, Any]:
    match outcome:
        case Ack():
            if "rev" in named and (open_room := rooms.open_rooms.get(code)):
                named["seal"] = rooms.seals.of_answer(code, open_room.epoch, named["id"], named["rev"])
            return {"type": "ack", "status": outcome.status, "position": outcome.position, **named}
        case Refused():
            return {"type": "error", "code": outcome.code, **outcome.facts, **named}
        case RoomNotFound():
            return {"type": "error", "code": "no-room", **named}
        case _:
            return {"type": "error", "code": "storage", "retry_in": 4_000, **named}


def id_in(text: str) -> dict[str, Any]:
    """
    `{"id": …}` from a message that can't be read, so that its sender knows which one failed. It may be no JSON at all:
    half a character (a lone surrogate) is enough.
    """
    try:
        id = _read_any(text).get("id")
    except AttributeError:
        return {}
    except Refused:
        found = _ID.search(text)
        id = found[1] if found else None
    return {"id": id} if isinstance(id, str) and len(id) <= 64 else {}
