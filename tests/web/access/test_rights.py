"""Every address and every action, with every right there is."""

import asyncio
import re

import pytest
from starlette.routing import Route

from live.rights import FACILITATOR, INCLUDES, LOOK, MODERATE, REVIEW, RUN, SCREEN, needed, opens
from live.rules.commands import ACTIONS
from live.server.app import routes
from live.web.assets import Assets
from tests.meeting import SEMINAR
from tests.server_process import Server
from tests.web.access.test_access import ask
from tests.web.edge import bearer, serving

EVERYBODY, CREATOR, MACHINE = "", "create", "local"
FREE = {
    "/healthz", "/readyz", "/metrics", "/", "/new", "/styleguide", "/accessibility", "/about", "/accent.css",
    "/api/examples",
    "/{typed}",
    "/{code:code}", "/{code:code}/frame", "/{code:code}/preview",
    "/{code:code}/answers", "/{code:code}/results", "/{code:code}/sort", "/{code:code}/slides/{n}",
    "/{code:code}/pictures/{file}", "/{code:code}/films/{file}", "/{code:code}/films/{file}/words",
    "/{code:code}/questions",
    "/{code:code}/report", "/{code:code}/report.ics", "/{code:code}/report.svg", "/{code:code}/qr.svg",
    "/{code:code}/qr-slide.svg", "/{code:code}/poster", "/{code:code}/table-cards", "/try",
    "/screen", "/skjerm", "/screen/waiting",
    "/{code:code}/keys", "/find", "/{code:code}/mine", "/{code:code}/mine.txt",
    "/{code:code}/next", "/{code:code}/cleared",
}  # fmt: skip
# The least right that each address takes; a page without it is a shell that holds nothing.
LEAST = {
    "GET /api/rooms": MACHINE,
    "GET /api/backup": MACHINE,
    "POST /api/rooms": CREATOR,
    "POST /api/convert": CREATOR,
    "POST /api/rooms/{code:code}/deck": RUN,
    "POST /api/keys": MACHINE,
    "DELETE /api/keys": MACHINE,
    "POST /api/rooms/{code:code}/revoke": MACHINE,
    "GET /api/rooms/{code:code}": LOOK,
    "DELETE /api/rooms/{code:code}": FACILITATOR,
    "POST /api/rooms/{code:code}/again": FACILITATOR,
    "POST /api/rooms/{code:code}/actions": SCREEN,  # and what the action needs
    "GET /api/rooms/{code:code}/answers": LOOK,
    "GET /api/rooms/{code:code}/answers/{id}/traces": RUN,
    "GET /api/rooms/{code:code}/results": LOOK,
    "GET /api/rooms/{code:code}/said": LOOK,
    "GET /api/rooms/{code:code}/board/cards": LOOK,
    "GET /api/rooms/{code:code}/board/suggestions": LOOK,
    "GET /api/rooms/{code:code}/links": FACILITATOR,
    "POST /api/rooms/{code:code}/links": FACILITATOR,
    "POST /api/rooms/{code:code}/screens": FACILITATOR,
    "POST /api/rooms/{code:code}/wifi": FACILITATOR,
    "DELETE /api/rooms/{code:code}/wifi": FACILITATOR,
    "POST /api/rooms/{code:code}/clear": FACILITATOR,
    "POST /api/rooms/{code:code}/archives/{id}": FACILITATOR,
    "DELETE /api/rooms/{code:code}/links/{id}": FACILITATOR,
    "GET /api/rooms/{code:code}/pictures": RUN,
    "PUT /api/rooms/{code:code}/pictures/{name}": RUN,
    "PUT /api/rooms/{code:code}/films/{name}": RUN,
    "GET /api/rooms/{code:code}/workshop": RUN,
    "PUT /api/rooms/{code:code}/workshop": RUN,
    "POST /api/rooms/{code:code}/workshop/faults": RUN,
    "POST /api/rooms/{code:code}/workshop/form": RUN,
    "POST /api/form": CREATOR,
    "GET /api/rooms/{code:code}/export.{form}": RUN,
    "GET /api/rooms/{code:code}/followup.ics": LOOK,
    "GET /api/rooms/{code:code}/review": REVIEW,
    "GET /{code:code}/review": REVIEW,
    "GET /{code:code}/review/screen": REVIEW,
    "GET /{code:code}/review/phone": REVIEW,
    "GET /api/rooms/{code:code}/comments": RUN,
    "POST /api/rooms/{code:code}/comments": REVIEW,
    "POST /api/rooms/{code:code}/comments/{id}": RUN,
    "GET /{code:code}/screen": SCREEN,
    "GET /{code:code}/console": LOOK,
    "GET /{code:code}/report/edit": EVERYBODY,  # a shell that holds nothing
    "POST /{code:code}/report/edit": FACILITATOR,
    "GET /{code:code}/cards": SCREEN,
    "GET /{code:code}/view": EVERYBODY,  # and what the face needs
}
PAGES = ("/screen", "/console", "/review")
KEPT_OUT = (401, 403)


@pytest.fixture(scope="module")
async def server(tmp_path_factory, counted):
    async with Server(tmp_path_factory.mktemp("rights") / "data", env=counted) as server:
        yield server


@pytest.fixture
async def room(server):
    return await server.open(SEMINAR)


async def keys(server, room) -> dict[str, str]:
    """A key for every right, and none."""
    made = {EVERYBODY: "", FACILITATOR: room.key, SCREEN: room.screen_key}
    for right in (RUN, MODERATE, LOOK, REVIEW):
        link = {"right": right, "name": f"Kari {right}"}
        status, reply = await server.call("POST", f"/api/rooms/{room.code}/links", link, room.key)
        assert 201 == status, reply
        made[right] = reply["url"].partition("#")[2]
    return made


def addresses() -> list[str]:
    return sorted(
        f"{method} {route.path}"
        for route in routes(Assets())
        if isinstance(route, Route)
        for method in (route.methods or ()) - {"HEAD"}
        if not route.path.startswith("/assets/") and route.path not in FREE
    )


async def test_every_address_with_every_right(server, room):
    """
    Each lets in just those whose right includes what it takes; an address that stands in no table is kept from all but
    those who run the meeting.
    """
    amiss = []
    held = await keys(server, room)
    for address in addresses():
        method, path = address.split(" ")
        least = LEAST.get(address, RUN)
        if method == "DELETE" and path.endswith("{code:code}"):
            del held[FACILITATOR]  # it would be done
        path = re.sub(
            r"\{(\w+)(:\w+)?\}", lambda name: {"code": room.code, "form": "json", "id": "0"}.get(name[1], "1"), path
        )
        for right, key in held.items():
            if least == CREATOR:
                continue  # on this machine anybody may
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            status, _, body = ask(server, method, path, "{}" if method != "GET" else None, **headers)
            shell = path.endswith(PAGES) and b'data-state="offline"' in body
            let_in = status not in KEPT_OUT and not shell
            if let_in != (least == EVERYBODY or (least != MACHINE and opens(right, least))):
                amiss.append((address, right, status))
        held.setdefault(FACILITATOR, room.key)
    assert [] == amiss


@pytest.mark.parametrize("right", [*INCLUDES, EVERYBODY])
async def test_every_action_with_every_right(server, room, right):
    key = (await keys(server, room))[right]
    for do in ACTIONS:
        status, said = await server.call("POST", f"/api/rooms/{room.code}/actions", {"do": do}, key)
        allowed = opens(right, needed(do))
        assert allowed == (status not in KEPT_OUT), (do, said)
    assert ("lobby" == (await room.show())["state"]) or right in (FACILITATOR, RUN)


@pytest.mark.parametrize(("face", "least"), [("screen", SCREEN), ("console", LOOK), ("phone", EVERYBODY)])
async def test_every_face_with_every_right(server, room, face, least):
    for right, key in (await keys(server, room)).items():
        status, _ = await server.call("GET", f"/{room.code}/view?face={face}", key=key)
        assert (least == EVERYBODY or opens(right, least)) == (status == 200), (face, right, status)


async def test_what_a_link_may_not_do_is_told_in_words(server, room):
    key = (await keys(server, room))[LOOK]
    status, problem = await server.call("POST", f"/api/rooms/{room.code}/actions", {"do": "next"}, key)
    assert (403, "rights") == (status, problem["code"])
    assert "Lenken din kan ikke brukes til det. Spør den du fikk den av." == problem["title"]


async def test_a_withdrawn_link_opens_nothing_and_the_others_do(server, room):
    held = await keys(server, room)
    place = f"/api/rooms/{room.code}"
    links = (await server.call("GET", f"{place}/links", key=room.key))[1]
    assert [(f"Kari {right}", right) for right in (RUN, MODERATE, LOOK, REVIEW)] == [
        (one["name"], one["right"]) for one in links
    ]
    gone = next(one["id"] for one in links if one["right"] == MODERATE)
    assert 204 == (await server.call("DELETE", f"{place}/links/{gone}", key=room.key))[0]
    assert 403 == (await server.call("GET", place, key=held[MODERATE]))[0]
    assert [200, 200] == [(await server.call("GET", place, key=held[right]))[0] for right in (RUN, LOOK)]
    assert "unknown-link" == (await server.call("DELETE", f"{place}/links/{gone}", key=room.key))[1]["code"]
    assert gone not in [one["id"] for one in (await server.call("GET", f"{place}/links", key=room.key))[1]]


async def test_no_key_lies_in_the_store(server, room):
    held = await keys(server, room)
    stored = b"".join(file.read_bytes() for file in server.data.glob("*.db*"))
    assert b"Kari moderate" in stored
    assert [] == [right for right, key in held.items() if key and key.encode() in stored]


async def test_a_link_withdrawn_as_it_is_given_opens_nothing(tmp_path):
    """
    It is listed before its key is stored: whoever withdraws it in between must not leave a key that no list tells of.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        links = (await edge.rooms.get(opened.code)).links
        giving = asyncio.create_task(edge.rooms.give_link(opened.code, "Kari", RUN))
        while not links.working:
            await asyncio.sleep(0)
        await edge.rooms.withdraw_link(opened.code, next(iter(links.working)))
        _, key = await giving
        assert 403 == (await edge.get(f"/api/rooms/{opened.code}", headers=bearer(key))).status_code
        assert 403 == (await edge.post(f"/{opened.code}/keys", json={"key": key})).status_code


async def test_links_outlive_a_restart(tmp_path):
    async with Server(tmp_path / "data") as server:
        room = await server.open(SEMINAR)
        held = await keys(server, room)
        await server.kill()
        await server.start()
        assert 200 == (await server.call("GET", f"/api/rooms/{room.code}", key=held[LOOK]))[0]
        assert 4 == len((await server.call("GET", f"/api/rooms/{room.code}/links", key=room.key))[1])
