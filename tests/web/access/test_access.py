"""Who gets in, from where, and with what."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from tests.meeting import SEMINAR
from tests.server_process import Server


@pytest.fixture(scope="module")
async def server(tmp_path_factory, counted):
    async with Server(
        tmp_path_factory.mktemp("access") / "data", env=counted | {"INNSPILL_HOSTS": "innspill.test"}
    ) as server:
        yield server


@pytest.fixture(scope="module")
async def room(server):
    return await server.open(SEMINAR)


def ask(server, method, path, body=None, **headers):
    """One request as written, without a client's good manners."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(server.url).port, timeout=60)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "a@127.0.0.1", "127.0.0.1/x"])
async def test_an_unknown_host_is_refused(server, host):
    assert 400 == ask(server, "GET", "/", Host=host)[0]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "innspill.test"])
async def test_known_hosts_are_heard(server, host):
    assert 200 == ask(server, "GET", "/healthz", Host=host)[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Cookie": "innspill_f_25054015=x"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
async def test_no_foreign_page_may_change_anything(server, room, headers):
    path = f"/api/rooms/{room.code}/actions"
    said = ask(server, "POST", path, '{"do":"next"}', Authorization=f"Bearer {room.key}", **headers)
    assert 403 == said[0]


async def test_a_key_is_swapped_for_a_cookie_that_no_script_can_read(server, room):
    headers = {"Content_Type": "application/json", "Origin": server.url}
    status, answered, _ = ask(server, "POST", f"/{room.code}/keys", json.dumps({"key": room.key}), **headers)
    cookie = answered["Set-Cookie"]
    assert 204 == status
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert 200 == ask(server, "GET", f"/api/rooms/{room.code}", Cookie=cookie.split(";")[0])[0]
    assert 403 == ask(server, "POST", f"/{room.code}/keys", '{"key":"feil"}', **headers)[0]


async def test_missing_wrong_and_too_weak_keys_are_told_apart(server, room):
    other = await server.open(SEMINAR)
    path = f"/api/rooms/{room.code}"
    for key, status in (("", 401), ("feil", 403), (room.screen_key, 403), (other.key, 403), (room.key, 200)):
        assert status == (await server.call("GET", path, key=key))[0]
    assert 404 == (await server.call("GET", "/api/rooms/99887766", key=room.key))[0]


async def test_problems_speak_the_readers_language(server, room):
    for language, start in (("nb", "Fant ikke"), ("nn", "Fann ikkje"), ("en", "We can't find")):
        status, problem = await server.call("GET", "/api/rooms/99887766", key="x", Accept_Language=language)
        assert (404, "no-room") == (status, problem["code"])
        assert problem["title"].startswith(start)


async def test_a_planted_token_is_nobody(server, room):
    """A phone that brings an identity of its own choosing gets a new one."""
    _, headers, _ = ask(server, "GET", f"/{room.code}", Cookie=f"innspill_p_{room.code}=abc.def")
    assert f"innspill_p_{room.code}=" in headers["Set-Cookie"]
    assert "abc.def" not in headers["Set-Cookie"]


async def test_one_phone_in_two_rooms_cannot_be_linked(server, room):
    """A token of one room is worth nothing in another."""
    other = await server.open(SEMINAR)
    _, headers, _ = ask(server, "GET", f"/{room.code}")
    token = headers["Set-Cookie"].split("=", 1)[1].split(";")[0]
    _, again, _ = ask(server, "GET", f"/{other.code}", Cookie=f"innspill_p_{other.code}={token}")
    assert token not in again["Set-Cookie"]


async def test_every_page_carries_its_guards(server, room):
    """
    Nobody frames what can be pressed. What the console shows small may stand in a page of our own.
    """
    own = {f"/{room.code}/screen": "'self'", f"/{room.code}/preview": "'self'"}
    for path in ("/", f"/{room.code}", f"/{room.code}/console", "/new", *own):
        status, headers, _ = ask(server, "GET", path)
        assert 200 == status
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "frame-ancestors " + own.get(path, "'none'") in policy
        assert "no-store" in headers["Cache-Control"]
        assert "nosniff" == headers["X-Content-Type-Options"]


async def test_without_the_right_a_page_holds_nothing_of_the_room(server, room):
    for path in (f"/{room.code}/screen", f"/{room.code}/console"):
        page = ask(server, "GET", path)[2].decode()
        assert "samskaping" not in page


async def test_a_body_that_is_too_large_is_refused_with_a_sentence(server):
    status, problem = await server.call("POST", "/api/rooms", "x" * 5_000_000)
    assert 413 == status
    if isinstance(problem, dict):
        assert "too-large" == problem["code"]


async def test_a_broken_workshop_is_refused_with_every_line(server):
    status, problem = await server.call(
        "POST", "/api/rooms", "---\nformat: workshop/1\n---\n\n# A\n\n:::opn{id=a}\nx\n:::\n"
    )
    assert (422, "workshop") == (status, problem["code"])
    assert 7 == problem["errors"][-1]["line"]
    assert "open" in problem["errors"][-1]["message"]


async def test_whoever_is_behind_a_proxy_needs_the_create_key(server):
    status, _ = await server.call("POST", "/api/rooms", SEMINAR, X_Forwarded_For="10.0.0.1")
    assert 401 == status
    key = (server.data / "create-key").read_text().strip()
    assert 201 == (await server.call("POST", "/api/rooms", SEMINAR, key, X_Forwarded_For="10.0.0.1"))[0]


async def test_guessing_codes_ends_and_a_hall_gets_in(tmp_path):
    """
    Sixty wrong codes a minute are answered, then none; a right one is, however many others erred: strangers one by one.
    """
    async with Server(tmp_path / "data") as server:
        room = await server.open(SEMINAR)
        statuses = [ask(server, "GET", f"/{10_000_000 + n}")[0] for n in range(80)]
        assert {404, 429} == set(statuses)
        assert 429 == statuses[-1]
        assert [200] * 40 == [ask(server, "GET", f"/{room.code}/view")[0] for _ in range(40)]


async def test_no_key_no_address_and_no_answer_stands_in_the_log(server, room):
    await room.act("goto", slide=23)
    await room.act("next")
    await room.act("next")
    headers = {"Content_Type": "application/json", "Authorization": "Bearer x"}
    body = json.dumps({"type": "answer", "id": "a" * 32, "activity": "viktigst", "text": "hemmelig innspill"})
    assert 200 == ask(server, "POST", f"/{room.code}/answers", body, **headers)[0]
    log = server.log()
    for secret in (room.key, room.screen_key, "hemmelig", "127.0.0.1", room.code):
        assert secret not in log
