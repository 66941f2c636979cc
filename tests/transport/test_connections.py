"""The last connections are reserved: idle ones are closed first, and whoever leads the meeting gets in."""

import asyncio
import contextlib

import pytest

from live.server.process import RESERVED
from live.transport.connections import Connections
from tests.meeting import one
from tests.phones import as_the_page, hall
from tests.server_process import Server

FILES = 400
PHONE = (b"cookie", b"innspill_p_25054015=abc")
COOKIE = (b"cookie", b"theme=dark; innspill_f_25054015=abc")


def crowd(connections: Connections, number: int) -> list[int]:
    cut: list[int] = []

    def gone(n: int) -> None:
        cut.append(n)
        connections.remove(n)

    for n in range(number):
        connections.add(n, lambda n=n: gone(n))
    return cut


def test_who_has_waited_longest_gives_way():
    connections = Connections(most=10)
    assert [0, 1, 2] == crowd(connections, 12)
    assert (9, 3) == (connections.open, connections.cut)


def test_who_has_asked_for_something_does_not():
    connections = Connections(most=10)
    crowd(connections, 9)
    for n in range(9):
        connections.mark_active(n)
    connections.add("new", lambda: None)
    assert (10, 0) == (connections.open, connections.cut)


@pytest.mark.parametrize(
    ("headers", "away"),
    [
        ([], True),
        ([(b"cookie", b"innspill_p_25054015=abc")], True),
        ([COOKIE], False),
        ([(b"authorization", b"x")], False),
    ],
)
def test_the_last_tenth_is_for_who_leads(headers, away):
    connections = Connections(most=10)
    crowd(connections, 9)
    connections.open = 19  # with ten that are active
    assert away == connections.turns_away(headers)
    connections.open = 18
    assert not connections.turns_away(headers)


async def silent(server: Server, sent: bytes) -> asyncio.StreamWriter | None:
    with contextlib.suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(sent)
        return writer
    return None


async def test_a_server_without_places_is_still_led(tmp_path):
    """
    So many phones that hardly a connection is left, and then twice as many connections as the system allows that send
    nothing or half a request. The facilitator still acts, phones answer and get acks, newcomers get the waiting page.
    """
    async with Server(tmp_path / "data", files=FILES) as server:
        room = await server.open(one("open", "id=a many"))
        async with hall(room, int((FILES - RESERVED) * 0.85) + 1, rest=as_the_page) as phones:
            while "full" not in (await room.show())["warnings"]:
                await asyncio.sleep(0.1)
            beginnings = (b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"POST /x HTTP")
            writers = [await silent(server, beginnings[n % 3]) for n in range(2 * FILES)]
            await room.act("start", activity="a")
            await asyncio.gather(*(phone.until(lambda one: "write" == one.view["state"]) for phone in phones))
            await phones[0].send("a", "Flere benker")
            await phones[0].until(lambda one: one.acked)
            status, page = await server.call("GET", f"/{room.code}", Accept="text/html")
            assert (503, True) == (status, b"k\xc3\xb8en" in page)
            for writer in filter(None, writers):
                writer.transport.abort()
        assert "Traceback" not in server.log()
