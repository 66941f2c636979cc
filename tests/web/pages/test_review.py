"""Going through a meeting by a review link: nothing of the real one is shown or touched."""

import pytest

from tests.meeting import SEMINAR
from tests.server_process import Server
from tests.web.access.test_access import ask
from tests.web.edge import bearer, serving


@pytest.fixture(scope="module")
async def server(tmp_path_factory):
    async with Server(tmp_path_factory.mktemp("review") / "data") as server:
        yield server


@pytest.fixture
async def room(server):
    return await server.open(SEMINAR)


async def reviewer(server, room, name="Ola") -> str:
    link = {"right": "review", "name": name}
    status, reply = await server.call("POST", f"/api/rooms/{room.code}/links", link, room.key)
    assert 201 == status, reply
    return reply["url"].partition("/review#")[2]


async def say(server, room, key, text="Kortere", **fields):
    body = {"slide": (await room.show())["slides"][2]["id"], "text": text, **fields}
    return await server.call("POST", f"/api/rooms/{room.code}/comments", body, key)


async def test_the_whole_meeting_and_nothing_of_the_real_one(server, room):
    await room.act("start", activity="viktigst")
    await room.act("add_answer", text="Sagt i det ekte møtet")
    before = await room.show()
    key = await reviewer(server, room)
    status, about = await server.call("GET", f"/api/rooms/{room.code}/review", key=key)
    assert (200, 25, 38) == (status, len(about["slides"]), len(about["steps"]))
    headers = {"Authorization": f"Bearer {key}"}
    for step in range(len(about["steps"])):
        for face in ("screen", "phone"):
            status, headers_sent, page = ask(server, "GET", f"/{room.code}/review/{face}?step={step}", **headers)
            assert 200 == status
            assert b"Sagt i det ekte" not in page
            assert "frame-ancestors 'self'" in headers_sent["Content-Security-Policy"]
    after = await room.show()
    same = ("state", "step", "answers_total", "rehearsal", "counts")
    assert [before[name] for name in same] == [after[name] for name in same]


async def test_nothing_is_sent_from_a_pretend_phone(server, room):
    headers = {"Authorization": f"Bearer {await reviewer(server, room)}"}
    _, headers_sent, page = ask(server, "GET", f"/{room.code}/review/phone?step=33", **headers)
    assert b"<textarea" in page
    assert "form-action 'none'" in headers_sent["Content-Security-Policy"]
    assert "Set-Cookie" not in headers_sent


async def test_a_comment_becomes_a_note_in_the_file(server, room):
    key = await reviewer(server, room)
    assert 201 == (await say(server, room, key, "Del --> <b>i to</b>", author="Kari"))[0]
    place = f"/api/rooms/{room.code}/comments"
    waiting = (await server.call("GET", place, key=room.key))[1]
    assert [(3, "Kari", "Del --> <b>i to</b>")] == [(one["n"], one["author"], one["text"]) for one in waiting]
    assert 1 == (await room.show())["comments"]["waiting"]
    assert 204 == (await server.call("POST", f"{place}/{waiting[0]['id']}", {"do": "accept"}, room.key))[0]
    text = (await server.call("GET", f"/api/rooms/{room.code}/workshop", key=room.key))[1].decode()
    assert "<!-- Kari: Del –> <b>i to</b> -->" in text
    assert 0 == (await room.show())["comments"]["waiting"]
    assert (
        "unknown-comment"
        == (await server.call("POST", f"{place}/{waiting[0]['id']}", {"do": "accept"}, room.key))[1]["code"]
    )


async def test_a_comment_is_put_away(server, room):
    key = await reviewer(server, room)
    await say(server, room, key)
    place = f"/api/rooms/{room.code}/comments"
    waiting = (await server.call("GET", place, key=room.key))[1]
    assert 204 == (await server.call("POST", f"{place}/{waiting[0]['id']}", {"do": "dismiss"}, room.key))[0]
    assert SEMINAR.encode() == (await server.call("GET", f"/api/rooms/{room.code}/workshop", key=room.key))[1]


async def test_each_reviewer_reads_their_own(server, room):
    ola, kari = await reviewer(server, room), await reviewer(server, room, "Kari")
    await say(server, room, ola, "Fra Ola")
    comment_lists = [
        (await server.call("GET", f"/api/rooms/{room.code}/review", key=key))[1]["comments"]
        for key in (ola, kari, room.key)
    ]
    assert [["Fra Ola"], [], ["Fra Ola"]] == [[one["text"] for one in some] for some in comment_lists]


async def test_a_screen_in_the_same_browser_shuts_no_reviewer_out(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        link = {"right": "review", "name": "Ola"}
        reply = await edge.post(f"/api/rooms/{opened.code}/links", json=link, headers=bearer(opened.facilitator_key))
        for key in (reply.json()["url"].partition("#")[2], opened.screen_key):
            await edge.post(f"/{opened.code}/keys", json={"key": key})
        for path in (f"/api/rooms/{opened.code}/review", f"/{opened.code}/view?face=screen"):
            assert 200 == (await edge.get(path)).status_code
        assert 403 == (await edge.get(f"/api/rooms/{opened.code}/links")).status_code


@pytest.mark.parametrize(
    ("status", "code", "fields"),
    [
        (422, "empty", {"text": " "}),
        (422, "too-long", {"text": "x" * 1001}),
        (422, "bad", {"text": 7}),
        (422, "bad", {"author": ["x"]}),
        (422, "no-slide", {"slide": "x"}),
        (413, "too-large", {"text": "x" * 40_000}),
    ],
)
async def test_what_is_no_comment_is_told_why(server, room, status, code, fields):
    said = await say(server, room, await reviewer(server, room), **fields)
    assert (status, code) == (said[0], said[1]["code"])


async def test_a_link_to_a_meeting_that_is_deleted(server, room):
    await reviewer(server, room)
    assert 204 == (await server.call("DELETE", f"/api/rooms/{room.code}", key=room.key))[0]
    status, _, page = ask(server, "GET", f"/{room.code}/review")
    assert 404 == status
    assert "Dette møtet er slettet, og opplegget med det. Be den du fikk lenken av, om en ny." in page.decode()
