"""The feed is open to our own pages and to phones without a browser, and to no other page on the web."""

import contextlib
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.cli.test_cli import ask
from tests.meeting import SEMINAR
from tests.reference import FOLDER, by_hand
from tests.server_process import Server


@pytest.fixture(scope="module")
async def server(tmp_path_factory, counted, transport):
    env = counted | transport | {"INNSPILL_HOSTS": "innspill.test"}
    async with Server(tmp_path_factory.mktemp("guard") / "data", env=env) as server:
        yield server


@pytest.fixture(scope="module")
async def room(server):
    return await server.open(SEMINAR)


def feed(room, query="", host="127.0.0.1", **headers):
    """A connection to the feed, as a browser on *host* would make it."""
    port = room.server.port
    return connect(
        f"ws://{host}:{port}/{room.code}/feed{query}", host="127.0.0.1", port=port, compression=None, proxy=None,
        additional_headers=headers,
    )  # fmt: skip


async def welcome(socket):
    with contextlib.suppress(ConnectionClosed):  # who has no right is told so before any hello
        await socket.send('{"type":"hello"}')
    return json.loads(await socket.recv())


async def end(socket) -> int:
    """The code with which the server ends the line."""
    with contextlib.suppress(ConnectionClosed):
        async for _ in socket:
            pass
    return socket.close_code


async def refusal(connection) -> int:
    with pytest.raises(InvalidStatus) as refused:
        async with connection:
            pass
    return refused.value.response.status_code


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1", "https://127.0.0.1:{port}",
        "http://127.0.0.1:{port}.evil.example", "http://127.0.0.1:{port}@evil.example", "http://innspill.test:{port}",
        "",
    ],
)  # fmt: skip
async def test_no_other_page_can_listen(room, origin):
    """
    Suffixes, other ports, the other scheme, a name of ours that was not the one asked for: all foreign.
    """
    assert 403 == await refusal(feed(room, Origin=origin.format(port=room.server.port)))


async def test_cookies_without_an_origin_are_no_browsers(room):
    assert 403 == await refusal(feed(room, Cookie=f"innspill_f_{room.code}={room.key}"))


async def test_an_unknown_host_is_refused(room):
    assert 400 == await refusal(feed(room, host="rebound.evil.example"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "innspill.test"])
async def test_our_own_pages_listen(room, host):
    async with feed(room, host=host, Origin=f"http://{host}:{room.server.port}") as socket:
        assert "welcome" == (await welcome(socket))["type"]


async def test_a_phone_without_a_browser_listens(room):
    async with feed(room) as socket:
        assert "lobby" == (await welcome(socket))["view"]["state"]


@pytest.mark.parametrize(
    ("face", "key", "received"),
    [
        ("screen", "", "error"), ("console", "", "error"), ("console", "screen_key", "error"),
        ("screen", "screen_key", "welcome"), ("screen", "key", "welcome"), ("console", "key", "welcome"),
    ],
)  # fmt: skip
async def test_screen_and_console_need_their_key(room, face, key, received):
    headers = {"Authorization": f"Bearer {getattr(room, key)}"} if key else {}
    async with feed(room, f"?face={face}", **headers) as socket:
        assert received == (await welcome(socket))["type"]


async def test_revoking_ends_screens_and_consoles_that_are_open(server):
    room = await server.open(SEMINAR)
    async with feed(room, "?face=console", Authorization=f"Bearer {room.key}") as socket, feed(room) as phone:
        await welcome(socket)
        await welcome(phone)
        await ask("revoke", room.code, "--data", server.data)

        assert 4403 == await end(socket)
        await phone.send('{"type":"probe","t0":1}')
        assert 1 == json.loads(await phone.recv())["t0"]


async def test_who_is_let_in_before_the_revoking_and_sits_down_after_it_sees_nothing(server):
    room = await server.open(SEMINAR)
    headers = {"Authorization": f"Bearer {room.key}"}
    async with feed(room, "?face=console", **headers) as socket, feed(room, "?face=console", **headers) as seated:
        await welcome(seated)
        await ask("revoke", room.code, "--data", server.data)
        assert 4403 == await end(seated)  # it has been heard here
        said = await welcome(socket)
        assert ("bye", "revoked", 4403) == (said["type"], said.get("why"), await end(socket))


async def test_deleting_a_room_ends_every_line_and_says_why(server):
    room = await server.open(SEMINAR)
    async with feed(room, "?face=console", Authorization=f"Bearer {room.key}") as console, feed(room) as phone:
        await welcome(console)
        await welcome(phone)
        assert 204 == (await server.call("DELETE", f"/api/rooms/{room.code}", key=room.key))[0]

        assert (4404, 4404) == (await end(console), await end(phone))
    async with feed(room) as socket:
        assert "no-room" == (await welcome(socket))["code"]
    assert "trace" not in server.log()


async def test_a_frame_that_is_too_large_ends_the_line(room):
    async with feed(room) as socket:
        await welcome(socket)
        await socket.send("x" * 16_385)
        assert 1009 == await end(socket)


async def test_compression_is_not_offered(room):
    async with connect(f"ws://127.0.0.1:{room.server.port}/{room.code}/feed", proxy=None) as socket:
        assert "Sec-WebSocket-Extensions" not in socket.response.headers


async def test_the_reference_tells_what_faces_hear(room):
    """
    docs/reference/messages.md: every message to a face has no field that its row does not name.
    """
    reference = by_hand((FOLDER / "messages.md").read_text("utf-8"))
    sent = ('{"type":"mine"}', '{"type":"heads","n":2}', '{"type":"withdraw","id":"1"}', '{"type":"probe","t0":1}')
    received = []
    for face, key in (("phone", ""), ("screen", room.screen_key), ("console", room.key)):
        async with feed(room, f"?face={face}", **({"Authorization": f"Bearer {key}"} if key else {})) as socket:
            received.append(await welcome(socket))
            for message in sent:
                await socket.send(message)
            while received[-1].get("t0") != 1:
                received.append(json.loads(await socket.recv()))
    assert {"welcome", "mine", "tick", "ack", "error"} <= {one["type"] for one in received}
    for one in received:
        named = reference["sent", f"`{one['type']}`", "Fields"]
        assert [] == [field for field in one if field != "type" and f"`{field}`" not in named], one["type"]


async def test_only_a_screen_says_that_it_draws(room):
    async with feed(room) as phone:
        await welcome(phone)
        await phone.send('{"type":"beat"}')
        assert "rights" == json.loads(await phone.recv())["code"]
    async with feed(room, "?face=screen", Authorization=f"Bearer {room.screen_key}") as screen:
        await welcome(screen)
        await screen.send('{"type":"beat","shown":false}')
        await screen.send('{"type":"probe","t0":1}')
        assert 1 == json.loads(await screen.recv())["t0"]
