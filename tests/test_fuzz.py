"""
Millions of broken inputs: messages of phones and texts of workshops, cut up and put together at random.

The seed is in the error when something breaks; `make soak` runs each test for about ten minutes.
"""

import random
from collections.abc import Callable

import pytest

from live import workshop
from live.activities import SCHEMAS
from live.errors import LiveError, Refused, WorkshopInvalid
from live.events import TimePlanned, WorkshopSet
from live.room import Room
from live.rules import SendAnswer, SetHeads, WithdrawAnswer
from live.views.phone import phone_view
from live.web import phone_messages
from live.workshop import markdown
from tests import reading
from tests.effort import lines_run
from tests.meeting import SEMINAR, Meeting, one
from tests.server_process import ROOT

ID = "0123456789abcdef" * 2
MESSAGES = [
    b'{"type":"hello","token":"abc.def","heads":2,"seen":{"epoch":"e1","position":41,"seal":"s","id":"","rev":0,"ack":""}}',
    b'{"type":"answer","id":"%s","activity":"a","text":"Flere benker","rev":1,"heads":1}' % ID.encode(),
    b'{"type":"answer","id":"%s","activity":"b","value":["a","c"],"rev":2,"again":true}' % ID.encode(),
    b'{"type":"answer","id":"%s","activity":"c","value":{"a":4,"b":1}}' % ID.encode(),
    b'{"type":"withdraw","id":"%s","rev":2}' % ID.encode(),
    b'{"type":"heads","n":3}', b'{"type":"mine","activity":"a"}', b'{"type":"probe","t0":12.5}', b'{"type":"typing"}',
]  # fmt: skip
PIECES = [
    b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"-1", b"1e999", b"NaN", b"\\ud800", b"\x00",
    b"\xff\xfe", b"9" * 40, b"[" * 500, b'"id":"', b'"type":"answer"', "æøå🌲\u202e\u0301".encode(), b" " * 100,
]  # fmt: skip
MARKS = [
    b"---\n", b":::", b":::open{", b":::choice{id=a}\n", b"}\n", b"{", b"id=", b"id=a", b"time=", b"2:00", b"many=",
    b"from=", b"compare=", b"optional", b"<!-- ", b" -->", b"# ", b"## ", b"### ", b"- ", b"+ ", b"\r\n", b"\r",
    b"\xef\xbb\xbf", b'"', b"|---|---|\n", b"`" * 30, b"![](", b"[x](y)", b"\xe6", b"\xc2\xa0", b"language: nn\n",
    b"format: workshop/1\n", b"par{tid=2}", b"*" * 200, b"> " * 100, b"\x00", "\u2028\u202e".encode(),
    b":::group{from=a}\n:::\n", b":::dots{from=a}\n",
]  # fmt: skip


def mangled(some: list[bytes], pieces: list[bytes], dice: random.Random) -> bytes:
    body = bytearray(dice.choice(some))
    for _ in range(dice.randint(1, 6)):
        at, to = sorted(dice.randrange(len(body) + 1) for _ in range(2))
        match dice.randrange(6):
            case 0:
                del body[at : min(to, at + 40)]
            case 1:
                body[at:at] = dice.choice(pieces)
            case 2:
                body[at:at] = body[at : min(to, at + 200)] * dice.randint(1, 3)
            case 3 if body:
                body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
            case 4:
                other = dice.choice(some)
                body[at:to] = other[dice.randrange(len(other)) :][:200]
            case _:
                body[at:to] = b""
    return bytes(body[:40_000])


def throw(number: int, some: list[bytes], pieces: list[bytes], at: Callable[[bytes], None]) -> None:
    """Pass *number* broken inputs to *at*. The seed of one that breaks something is in the error."""
    for _ in range(number):
        seed = random.randrange(2**32)
        body = mangled(some, pieces, random.Random(seed))
        try:
            at(body)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {body!r}") from error


@pytest.mark.uncounted
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("number", [20_000, pytest.param(15_000_000, marks=pytest.mark.soak)])
def test_what_phones_send(number):
    """
    A message is read or refused; what is read is carried out or refused; and a replay gives the same room.
    """
    meeting = Meeting(
        one("open", "id=a many=9") + "\n---\n\n## B\n\n:::choice{id=b pick=2}\n- A\n- B\n- C\n:::\n"
        "\n---\n\n## C\n\n:::scale{id=c}\n- A\n- B\n:::\n"
    )
    meeting.act("start", activity="a")
    accepted = 0

    def send(body: bytes) -> None:
        nonlocal accepted
        try:
            message = phone_messages.read(body)
        except Refused:
            return
        match message:
            case phone_messages.AnswerMessage():
                command = SendAnswer("p1", message.id, message.activity, message.text, message.value, message.rev,
                                  message.heads, message.again)  # fmt: skip
            case phone_messages.WithdrawMessage():
                command = WithdrawAnswer("p1", message.id, message.rev)
            case phone_messages.HeadsMessage():
                command = SetHeads("p1", message.n)
            case _:
                return
        try:
            meeting.command(command)
            accepted += 1
        except LiveError:
            pass

    throw(number, MESSAGES, PIECES, send)
    assert accepted
    assert meeting.room.position == meeting.replayed().position


@pytest.mark.uncounted
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("number", [500, pytest.param(700_000, marks=pytest.mark.soak)])
def test_what_facilitators_write(number):
    """
    A text is a workshop whose slides can be rendered, or it has errors, each with a line that exists.
    """
    files = [SEMINAR.encode(), *(file.read_bytes() for file in sorted((ROOT / "examples").glob("*.md")))]
    pieces = [file[at : at + 1500] for file in files for at in range(0, len(file), 1500)]
    head = b"---\nformat: workshop/1\ntitle: A\nlanguage: nb\n---\n\n"
    read = 0

    def write(body: bytes) -> None:
        nonlocal read
        text = (head + body).decode("utf-8", "replace")
        try:
            written, _ = reading.parse(text)
        except WorkshopInvalid as invalid:
            lines = text.count("\n") + text.count("\r") + 2
            if not invalid.problems or any(not 1 <= problem.line <= lines for problem in invalid.problems):
                raise ValueError("an error without a line") from invalid
            return
        for slide in written.slides:
            markdown.render(slide.body, shown=None)
        assert workshop.reread(text, dict(SCHEMAS)) == written  # other kinds, so that it is read anew
        read += 1

    throw(number, pieces, MARKS, write)
    assert read


REPEATED = [
    "*a", "_a_", "**a**b", "`a", "\\*", "&amp;", "<a@b.c>", "[a](b)", "![", "a\n", "*a\n\n", "- *a\n", "+ *a\n",
    "# *a\n\n---\n", "<!-- a -->\n", "|a", "|-|\n", ":::open\n:::\n", ":::open\n*a*b*c\n:::\n",
    ":::open id=a{n}\n:::\n", ":::group\n:::\n", ":::dots from=a0\n:::\n", ":::choice id=a{n}\n- *a\n- b\n:::\n",
    ":::group id=a{n} multi\n:::\n:::dots id=b{n} from=a{n}\n:::\n",
]  # fmt: skip
MOST_LINES_PER_BYTE = 120  # half of the texts take 10, the worst of 120 took 65


@pytest.mark.uncounted
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("number", [8, pytest.param(2_000, marks=pytest.mark.soak)])
def test_a_hostile_workshop_costs_no_more_than_its_size(number):
    """
    Some thousand activities, marks without end: to read a text, to apply it, to apply a change after it and to show it
    takes so many steps for each byte, whatever it says. Else one meeting would hold up all others of its server.
    """
    few = number < 100  # the same ones every time; when it explores, others
    for seed in range(number) if few else [random.randrange(2**32) for _ in range(number)]:
        dice = random.Random(seed)
        pieces, text = [dice.choice(REPEATED) for _ in range(dice.randint(1, 4))], ""
        head = "---\nformat: workshop/1\ntitle: A\nlanguage: nb\n---\n\n# A\n\n:::open id=a0\n" + "*a" * 499 + "\n:::\n"
        n = 0
        while len(text) < 40_000:
            n += 1
            text += "".join(piece.replace("{n}", str(n)) * dice.choice((1, 1, 1, 300)) for piece in pieces)
        room = Room("25054015")

        def work(text: str = head + text, room: Room = room) -> None:
            room.apply(WorkshopSet(at=1, text=text))
            room.apply(TimePlanned(at=2, activity="a0", seconds=60))
            phone_view(room)

        most = MOST_LINES_PER_BYTE * len(head + text)
        assert lines_run(work, most=most) <= most, f"seed {seed}: {pieces}"
