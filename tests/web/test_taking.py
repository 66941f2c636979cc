"""Answers come to the same by our own way through the wire and by ASGI alone, however they are cut up on the way."""

import asyncio
import json
from types import SimpleNamespace

import pytest
from websockets.frames import Frame, Opcode

from live.journal import sqlite
from live.rules import commands
from live.settings import FAST, PLAIN
from live.transport.seat import text_frame
from live.web.access import token_bucket
from tests.meeting import one
from tests.transport.test_protocols import ended, masked, running  # noqa: F401 - a fixture

both = pytest.mark.parametrize("running", [FAST, PLAIN], indirect=True)


def text(message: dict) -> bytes:
    return masked(Opcode.TEXT, json.dumps(message).encode())


def answer(n: int, said: str = "", **more) -> dict:
    return {"type": "answer", "id": f"{n:032x}", "activity": "a", "text": said or f"svar {n}", **more}


class Phone:
    """A bare connection that has been welcomed, so that a test decides how its bytes are cut."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def receive(self, *kinds: str) -> dict:
        """The next message of these kinds."""
        while True:
            head = await self.reader.readexactly(2)
            size = head[1]
            if size == 126:
                size = int.from_bytes(await self.reader.readexactly(2), "big")
            body = await self.reader.readexactly(size)
            if head[0] == 0x8A:
                message = {"type": "pong", "body": body}
            elif head[0] == 0x88:
                message = {"type": "close", "code": int.from_bytes(body[:2], "big")}
            else:
                message = json.loads(body)
            if message["type"] in kinds:
                return message

    async def acked(self, n: int) -> list[int]:
        """Which answers the next *n* acks are for."""
        async with asyncio.timeout(60):
            return [int((await self.receive("ack"))["id"], 16) for _ in range(n)]


@pytest.fixture
async def room(running):  # noqa: F811
    code = (await running.rooms.open(one("open", "id=a many=20", "Skriv."))).code
    await running.rooms.act(code, commands.Start(activity="a"))
    return code


@pytest.fixture
async def phone(running, room):  # noqa: F811
    phone = Phone(*await running.upgraded(room))
    while (await phone.reader.readline()).strip():
        pass
    phone.writer.write(text({"type": "hello"}))
    await phone.receive("welcome")
    return phone


async def said(running, code: str) -> list[str]:  # noqa: F811
    room = await running.rooms.get(code)
    return [given.text for given in room.activities["a"].answers.values()]


@both
async def test_answers_in_one_packet_are_acked_in_order(running, room, phone):  # noqa: F811
    phone.writer.write(b"".join(text(answer(n)) for n in range(1, 6)))
    assert [1, 2, 3, 4, 5] == await phone.acked(5)
    assert [f"svar {n}" for n in range(1, 6)] == await said(running, room)


@both
async def test_an_answer_may_come_in_pieces(running, room, phone):  # noqa: F811
    """
    Short and long ones, which tell their size in different ways, cut anywhere.
    """
    for n, most in ((1, 10), (2, 190)):
        frame = text(answer(n, "å" * most))
        for cut in (1, 2, 3, 5, 7, 60):
            piece, frame = frame[:cut], frame[cut:]
            phone.writer.write(piece)
            await phone.writer.drain()
            await asyncio.sleep(0.01)
        phone.writer.write(frame)
        assert [n] == await phone.acked(1)
    assert ["å" * 10, "å" * 190] == await said(running, room)


@both
async def test_what_is_sent_before_the_line_ends_is_recorded(running, room, phone):  # noqa: F811
    """
    Though nobody is left to hear of it.
    """
    phone.writer.write(text(answer(1)) + masked(Opcode.CLOSE, b"\x03\xe8"))
    await phone.writer.drain()
    await ended(phone.reader)
    async with asyncio.timeout(60):
        while not await said(running, room):
            await asyncio.sleep(0.01)


async def test_an_ack_never_stands_in_the_middle_of_a_view(running, room, phone):  # noqa: F811
    """
    Views larger than the socket's buffer are cut wherever the kernel likes, with an ack about to be written.
    """
    hub = running.rooms.hub
    hub._draw = lambda code, face, real=hub._draw: real(code, face)[:-1] + b" " * 60_000 + b"}"
    [seat] = hub._seatings[room].seats["phone"]
    connection, cut = seat.push.__self__, []
    seat.push = lambda frame: (cut.append(frame[:1] != text_frame(b"")[:1]), connection.push(frame))[1]
    said = 0
    while not any(cut) and said < 1000:
        connection.write_soon(text_frame(b'{"type":"ack","id":"1"}'))
        hub.step(room)
        said += 1
        await asyncio.sleep(0)
    assert any(cut)
    async with asyncio.timeout(60):
        for _ in range(said):
            await phone.receive("ack")


@both
async def test_other_messages_keep_their_place(running, room, phone):  # noqa: F811
    """
    Taken back and sent anew, asked for and sent on: each is done before what was sent after it.
    """
    first = f"{1:032x}"
    phone.writer.write(
        text(answer(1)) + text({"type": "withdraw", "id": first}) + text({"type": "mine"}) + text(answer(2))
        + text({"type": "nonsense", "id": "x"}) + masked(Opcode.PING, b"hei") + text(answer(3))
    )  # fmt: skip
    received = [await phone.receive("ack", "mine", "error") for _ in range(6)]
    assert ["ack", "ack", "mine", "ack", "error", "ack"] == [message["type"] for message in received]
    assert [] == received[2]["mine"]
    assert ["svar 2", "svar 3"] == await said(running, room)


@both
async def test_a_ping_is_answered_between_answers(running, room, phone):  # noqa: F811
    phone.writer.write(text(answer(1)) + masked(Opcode.PING, b"hei"))
    assert b"hei" == (await phone.receive("pong"))["body"]


@both
async def test_a_message_in_fragments_is_one(running, room, phone):  # noqa: F811
    """
    And what comes before and after it is taken too.
    """
    body = json.dumps(answer(2)).encode()
    fragments = [
        Frame(Opcode.TEXT, body[:30], fin=False).serialize(mask=True), masked(Opcode.PING, b""),
        Frame(Opcode.CONT, body[30:]).serialize(mask=True),
    ]  # fmt: skip
    phone.writer.write(text(answer(1)) + b"".join(fragments) + text(answer(3)))
    assert [1, 2, 3] == await phone.acked(3)


BREACHES = {
    "unmasked": (Frame(Opcode.TEXT, b"{}").serialize(mask=False), 1002),
    "reserved bit": (b"\xc1" + masked(Opcode.TEXT, b"{}")[1:], 1002),
    "continues nothing": (masked(Opcode.CONT, b"{}"), 1002),
    "long ping": (b"\x89\xfe\x00\x7e" + bytes(130), 1002),
    "too large": (masked(Opcode.TEXT, b"x" * 20_000), 1009),
}


@both
@pytest.mark.parametrize("breach", BREACHES)
async def test_who_breaks_the_protocol_is_told_so(running, phone, breach):  # noqa: F811
    frame, code = BREACHES[breach]
    phone.writer.write(frame)
    assert code == (await phone.receive("close"))["code"]


@pytest.mark.parametrize("running", [FAST], indirect=True)
@pytest.mark.parametrize("breach", BREACHES)
async def test_what_comes_with_a_breach_of_the_protocol_is_recorded(running, room, phone, breach):  # noqa: F811
    """
    An answer in the same packet, before it. By ASGI alone uvicorn drops the whole packet (docs/hosting.md).
    """
    frame, code = BREACHES[breach]
    phone.writer.write(text(answer(1)) + frame)
    assert code == (await phone.receive("close"))["code"]
    async with asyncio.timeout(60):
        while not await said(running, room):
            await asyncio.sleep(0.01)


@both
async def test_who_is_too_fast_hears_which_one(running, room, phone, monkeypatch):  # noqa: F811
    monkeypatch.setattr(token_bucket, "time", SimpleNamespace(monotonic=lambda: 1.0))
    phone.writer.write(b"".join(text(answer(n)) for n in range(1, token_bucket.BURST + 30)))
    refused = await phone.receive("error")
    while refused["code"] == "limit":
        refused = await phone.receive("error")
    assert ("rate", 32) == (refused["code"], len(refused["id"]))


@both
async def test_a_store_that_fails_is_told_of(running, room, phone, monkeypatch):  # noqa: F811
    """
    And the answer sent again is taken when it is back.
    """

    def full(*_):
        raise sqlite.sqlite3.OperationalError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(sqlite.SqliteJournal, "_add", full)
        phone.writer.write(text(answer(1)))
        assert "storage" == (await phone.receive("error"))["code"]
    phone.writer.write(text(answer(1)))
    assert [1] == await phone.acked(1)
