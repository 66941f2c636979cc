"""Whatever is thrown at the server: a clear code, no fault of ours, and the process goes on."""

import contextlib
import json
import logging
import re
from types import SimpleNamespace

import pytest
from starlette.routing import Route
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from live.settings import FAST, PLAIN
from live.web.access import guess_limits, token_bucket
from tests.meeting import SEMINAR, one
from tests.server_process import Server
from tests.transport.test_protocols import running  # noqa: F401 - a fixture
from tests.web.edge import bearer, serving
from tests.web.test_feed_guard import feed, welcome

DEEP = '{"type":"probe","x":' + "[" * 8000 + "]" * 8000 + "}"
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        yield edge


@pytest.fixture(scope="module")
async def server(tmp_path_factory, counted, transport):
    async with Server(tmp_path_factory.mktemp("hostile") / "data", env=counted | transport) as server:
        yield server


FRAMES = {
    "no JSON": "hei",
    "an array": "[" * 16_000,
    "too deep": DEEP,
    "bytes": b"\xff\x00",
    "null": "null",
    "not a number": '{"type":"probe","t0":NaN}',
    "a number without end": '{"type":"probe","t0":1e999}',
    "half a surrogate": '{"type":"answer","id":"\\ud800","activity":"viktigst"}',
    "an id that is a text": '{"type":"answer","id":"' + "a" * 9000 + '","activity":"viktigst","text":"hei"}',
    "a rev past all counting": '{"type":"withdraw","id":"' + "a" * 32 + '","rev":' + "9" * 30 + "}",
    "people past all counting": '{"type":"heads","n":' + "9" * 30 + "}",
    "another type": '{"type":"dance"}',
    "what a console asks for": '{"type":"next"}',
    "the API's own": '{"do":"next"}',
    "a second hello": '{"type":"hello"}',
}


async def heard(socket) -> dict:
    """The next word that is no view."""
    while (message := json.loads(await socket.recv()))["type"] == "view":
        pass
    return message


async def test_every_frame_is_answered_and_the_line_holds(server):
    room = await server.open(SEMINAR)
    answers = {}
    async with feed(room) as socket:
        await welcome(socket)
        for name, frame in FRAMES.items():
            await socket.send(frame)
            answers[name] = (await heard(socket)).get("code")
        await socket.send('{"type":"probe","t0":1}')

        assert 1 == (await heard(socket))["t0"]
    assert dict.fromkeys(FRAMES, "bad") == answers
    assert "trace" not in server.log()


@pytest.mark.parametrize(
    "broken",
    ['"text":"\\ud83d"', '"text":"hei', '"text":1e999', '"activity":["a"]', '"text":"hei","rev":' + "9" * 30],
)
async def test_an_error_finds_its_answer(server, broken):
    """
    Even where nothing else of the message can be read: or the phone would send it again for ever.
    """
    room = await server.open(SEMINAR)
    async with feed(room) as socket:
        await welcome(socket)
        await socket.send('{"type":"answer", "id":"' + "a" * 32 + '","activity":"viktigst",' + broken + "}")
        answer = await heard(socket)
    assert ("error", "a" * 32) == (answer["type"], answer["id"])


@pytest.mark.parametrize("first", ["hei", DEEP, b"\xff", '{"type":"probe"}', '{"type":"hello","token":7}'])
async def test_who_does_not_say_hello_is_told_so(server, first):
    room = await server.open(SEMINAR)
    async with feed(room) as socket:
        await socket.send(first)
        assert {"type": "error", "code": "bad"} == json.loads(await socket.recv())
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        assert 4408 == socket.close_code
    assert "trace" not in server.log()


@pytest.mark.parametrize(
    "body", [b"", b"hei", b'{"do":"\xff"}', b'{"do":"next","x":' + b"[" * 8000, b'{"do":1}', b"null"]
)
async def test_an_action_that_cannot_be_read(edge, body):
    opened = await edge.open()
    answer = await edge.post(
        f"/api/rooms/{opened.code}/actions", content=body, headers=JSON | bearer(opened.facilitator_key)
    )
    assert (422, "bad") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("body", [b'{"key":"\xff"}', b'{"key":' + b"[" * 1000, b'{"key":[]}'])
async def test_a_key_that_cannot_be_read(edge, body):
    answer = await edge.post(f"/{(await edge.open()).code}/keys", content=body, headers=JSON)
    assert answer.status_code in (403, 422)


@pytest.mark.parametrize("body", [DEEP.encode(), b'{"type":"answer","id":"\xff"}', b'{"type":"hello"}'])
async def test_an_answer_that_cannot_be_read(edge, body):
    answer = await edge.post(f"/{(await edge.writing()).code}/answers", content=body, headers=JSON)
    assert (422, "bad") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/frame?step=%C2%B2", 200), ("/frame?step=" + "9" * 5000, 200), ("/slides/" + "9" * 5000, 404),
        ("/slides/%C2%B2", 404), ("/slides/-1", 404), ("/results?page=" + "9" * 5000, 200),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
async def test_numbers_in_addresses_that_are_none(edge, path, status):
    assert status == (await edge.get(f"/{(await edge.open()).code}{path}")).status_code


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "after=" + "9" * 30, "after=%C2%B2&limit=-1"])
async def test_pages_of_answers_that_hold_none(edge, query):
    opened = await edge.open()
    answer = await edge.get(f"/api/rooms/{opened.code}/answers?{query}", headers=bearer(opened.facilitator_key))
    assert {"answers": [], "next": None} == answer.json()


@pytest.mark.parametrize(
    "host",
    [
        "[",
        "[::1",
        "[x]",
        "127.0.0.1:abc",
        "127.0.0.1:99999",
        "127.0.0.1@evil.example",
        "localhost?x",
        "localhost#x",
        "evil.example[::1]",
        "[::1]evil.example",
        "[::1]:80:80",
        "127.0.0.1\\@evil.example",
        "localhost evil.example",
        "",
    ],
)
async def test_a_host_that_is_none_is_not_ours(edge, host):
    assert 400 == (await edge.get("/healthz", headers={"Host": host})).status_code


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "[::1]", "LOCALHOST"])
async def test_a_host_that_is_ours_is(edge, host):
    assert 200 == (await edge.get("/healthz", headers={"Host": host})).status_code


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/25054015/?lang=nb", "/25054015?lang=nb"),
        ("/25054015/results/", "/25054015/results"),
        ("/2505-4015//", "/2505-4015"),
        ("//evil.example/", "/evil.example"),
        ("/%5Cevil.example/", "/%5Cevil.example"),
    ],
)
async def test_a_slash_at_the_end_leads_to_no_other_server(edge, path, to):
    """
    Nor to http behind a proxy that speaks https: the address that is led to has neither scheme nor host.
    """
    answer = await edge.request("GET", f"http://127.0.0.1:8000{path}")
    assert (307, to) == (answer.status_code, answer.headers["location"])


async def test_a_name_with_other_letters_is_known(tmp_path):
    """
    Browsers send it in the letters of the internet; people read it on the screen as they type it.
    """
    async with serving(tmp_path, public_url="https://blåbær.no", hosts="økern.no") as edge:
        for host in ("xn--blbr-roah.no", "xn--kern-fra.no"):
            assert 200 == (await edge.get("/healthz", headers={"Host": host})).status_code
        headers = {"Host": "xn--blbr-roah.no", "Origin": "https://xn--blbr-roah.no"} | bearer("create-key-of-the-tests")
        opened = (await edge.post("/api/rooms", content=SEMINAR, headers=headers)).json()
        assert f"https://xn--blbr-roah.no/{opened['code']}" == opened["join_url"]
        assert "blåbær.no" == edge.rooms.frames.join(opened["code"]).host


async def test_looking_without_a_token_adds_nobody_to_the_hall(edge):
    """A script that polls the view is one that reads, not seventy phones."""
    opened = await edge.open()
    for _ in range(70):
        await edge.get(f"/{opened.code}/view")
    assert 0 == edge.rooms.hub.presence(opened.code).phones


async def test_guessing_codes_is_slow_by_every_way_in(edge, monkeypatch):
    """
    No address tells, to whoever has guessed too often, whether there is such a meeting.
    """
    statuses = [(await edge.get(f"/{10_000_000 + n}")).status_code for n in range(70)]
    assert (404, 429) == (statuses[0], statuses[-1])
    monkeypatch.setattr(guess_limits, "INTERVAL_S", 0.0)
    by_route = {}
    for route in edge._transport.app.routes:
        if isinstance(route, Route) and "{code:code}" in route.path:
            path = re.sub(r"\{(\w+)(:\w+)?\}", lambda name: "10000001" if name[1] == "code" else "1", route.path)
            for method in route.methods:
                by_route[method, route.path] = (await edge.request(method, path)).status_code
    assert {429} == set(by_route.values()) - {403}, by_route  # 403: for commands on this machine alone
    assert {"/api/rooms/{code:code}/revoke"} == {path for (_, path), status in by_route.items() if 403 == status}


async def test_a_phone_cannot_send_faster_by_post(edge, monkeypatch):
    """Nor does its haste slow down the phone beside it."""
    monkeypatch.setattr(
        token_bucket, "time", SimpleNamespace(monotonic=lambda: 1.0)
    )  # all in one moment, however slow we are
    opened = await edge.writing()
    await edge.get(f"/{opened.code}")
    sent = [await edge.post(f"/{opened.code}/answers", json={"type": "heads", "n": 1 + n % 4}) for n in range(60)]
    assert (200, 429) == (sent[0].status_code, sent[-1].status_code)
    assert ("rate", 2_000, "2") == (
        sent[-1].json()["code"], sent[-1].json()["retry_in"], sent[-1].headers["Retry-After"]
    )  # fmt: skip
    other = await edge.another()
    assert 200 == (await other.post(f"/{opened.code}/answers", json={"type": "heads", "n": 2})).status_code


@pytest.mark.parametrize("running", [FAST, PLAIN], indirect=True)
async def test_one_phone_is_no_faster_on_many_lines(running, monkeypatch):  # noqa: F811
    """
    All in one moment, however slow we are: what both lines bring in is what one may.
    """
    monkeypatch.setattr(token_bucket, "time", SimpleNamespace(monotonic=lambda: 1.0))
    code = (await running.rooms.open(SEMINAR)).code
    url = f"ws://127.0.0.1:{running.port}/{code}/feed"
    async with connect(url, compression=None, proxy=None) as first:
        token = (await welcome(first))["token"]
        async with connect(url, compression=None, proxy=None) as second:
            await second.send(json.dumps({"type": "hello", "token": token}))
            await heard(second)
            codes = []
            for socket in (first, second):
                for _ in range(60):
                    await socket.send('{"type":"heads","n":9}')
            for socket in (second, first):
                for _ in range(60):
                    codes.append((await heard(socket))["code"])
    assert 120 - token_bucket.BURST == codes.count("rate")


async def test_what_people_write_stands_in_no_log(edge, caplog):
    opened = await edge.writing()
    with caplog.at_level(logging.DEBUG):
        for text in ("hemmelig" * 2000, "hemmelig \x00", "hemmelig"):
            message = {"type": "answer", "id": "a" * 32, "activity": "a", "text": text}
            await edge.post(f"/{opened.code}/answers", json=message)
    assert "hemmelig" not in "".join(record.getMessage() for record in caplog.records if record.name[:4] == "live")


async def test_a_question_that_a_room_does_not_have_any_more(edge):
    """It was taken out of the file before anybody had answered."""
    opened = await edge.open(one("open") + "\n:::open{id=b optional}\nMer?\n:::\n")
    await edge.rooms.edit(opened.code, one("open"))
    answer = await edge.post(
        f"/api/rooms/{opened.code}/actions", json={"do": "start", "activity": "b"},
        headers=bearer(opened.facilitator_key),
    )  # fmt: skip
    assert (422, "unknown-activity") == (answer.status_code, answer.json()["code"])


async def test_a_fifth_tab_ends_the_first(server):
    """
    The page in it is told to wait a minute, so that tabs do not take turns pushing each other out.
    """
    room = await server.open(SEMINAR)
    async with contextlib.AsyncExitStack() as lines:
        sockets = [await lines.enter_async_context(feed(room)) for _ in range(5)]
        token = (await welcome(sockets[0]))["token"]
        for socket in sockets[1:]:
            await socket.send(json.dumps({"type": "hello", "token": token}))
            assert "welcome" == json.loads(await socket.recv())["type"]
        said = await heard(sockets[0])
        assert ("bye", "elsewhere", 60_000) == (said["type"], said["why"], said["retry_in"])
        with pytest.raises(ConnectionClosed) as ended:
            await sockets[0].recv()
        assert 4409 == ended.value.rcvd.code
        assert 1 == (await room.show())["counts"]["phones"]
        for socket in sockets[1:]:
            await socket.send('{"type":"probe","t0":1}')
            assert "tick" == (await heard(socket))["type"]


async def test_behind_a_proxy_those_it_speaks_for_are_counted(tmp_path):
    """
    By the last address that is no proxy of ours: what a client writes itself stands before that.
    """
    async with serving(tmp_path, proxies="127.0.0.0/8, 10.0.0.0/8") as edge:

        async def guess(hops: str) -> int:
            return (await edge.get("/10000001", headers={"X-Forwarded-For": hops})).status_code

        statuses = [await guess(f"198.51.100.{n}, 203.0.113.9, 10.0.0.7") for n in range(70)]
        assert (404, 429) == (statuses[0], statuses[-1])
        assert 404 == await guess("203.0.113.9, 203.0.113.10")
        home = [await guess(f"2001:db8::{n}") for n in range(1, 71)]  # a /64 of IPv6 is one place
        assert (404, 429) == (home[0], home[-1])
        assert 404 == await guess("2001:db8:0:1::1")


async def test_without_a_proxy_of_ours_nobody_speaks_for_others(edge):
    statuses = [
        (await edge.get("/10000001", headers={"X-Forwarded-For": f"203.0.113.{n}"})).status_code for n in range(70)
    ]
    assert 429 == statuses[-1]


async def test_nobody_who_guesses_keeps_their_neighbours_out(edge, monkeypatch):
    """
    One guesses codes and fills the line of their address. Who comes to a room in which others from there are is let in,
    and so are the facilitator and the screen; who comes to another room is told what is the matter.
    """
    opened, empty = await edge.writing(), await edge.writing()
    led = await edge.writing()
    phone = await edge.another()
    await phone.get(f"/{opened.code}")
    await phone.get(f"/{opened.code}/view")
    for n in range(70):
        await edge.get(f"/{10_000_000 + n}")
    monkeypatch.setattr(guess_limits, "MOST_WAIT_S", -1.0)
    newcomers = [(await (await edge.another()).get(f"/{opened.code}")).status_code for _ in range(12)]
    assert [200] * 12 == newcomers
    mistyped = await (await edge.another()).get("/", params={"code": "10000001"}, headers={"Accept-Language": "en"})
    refused = await edge.get(f"/{empty.code}/view")
    assert (429, 429, "wrong-codes") == (mistyped.status_code, refused.status_code, refused.json()["code"])
    assert "Many wrong codes have come from this network" in mistyped.text
    screen = await edge.get(f"/{led.code}/view?face=screen", headers=bearer(led.screen_key))
    assert 200 == screen.status_code
    assert 200 == (await (await edge.another()).get(f"/{led.code}")).status_code


async def test_guessing_on_is_slow_with_the_right_code_too(edge, monkeypatch):
    """
    Whoever has been here before is known and does not wait; a line that is too long is told to come later.
    """
    opened = await edge.writing()
    known = await edge.another()
    await known.get(f"/{opened.code}")
    for n in range(70):
        await edge.get(f"/{10_000_000 + n}")
    monkeypatch.setattr(guess_limits, "MOST_WAIT_S", -1.0)
    assert 429 == (await edge.get(f"/{opened.code}/view")).status_code
    assert 200 == (await known.get(f"/{opened.code}/view")).status_code
