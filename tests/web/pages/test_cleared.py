"""What phones of the group before are told when a meeting has been cleared, and what is let in after a kill."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from tests.journal.redis_server import RedisServer
from tests.meeting import answer_id, one
from tests.server_process import Server
from tests.web.edge import bearer, serving
from tests.web.pages.test_own_answers import words_of


async def send(edge, opened, name, text):
    message = {"type": "answer", "id": answer_id(name), "activity": "a", "text": text}
    return await edge.post(f"/{opened.code}/answers", json=message)


async def somebody(edge):
    other = await edge.another()
    other.headers["Origin"] = edge.headers["Origin"]
    return other


async def cleared(edge, opened) -> str:
    """Returns the code of the archive."""
    await edge.act(opened, "end")
    edge.rooms.clock.at += 1000
    reply = await edge.post(f"/api/rooms/{opened.code}/clear", headers=bearer(opened.facilitator_key))
    assert 201 == reply.status_code, reply.text
    return reply.json()["code"]


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        yield edge


class Stepping:
    """The real clock, and as much more as a test says: nothing is of the same millisecond."""

    def __init__(self, clock) -> None:
        self._clock, self.at = clock, 0

    def now(self) -> int:
        return self._clock.now() + self.at


@pytest.fixture
async def opened(edge):
    edge.rooms.clock = Stepping(edge.rooms.clock)
    return await edge.writing()


async def test_a_phone_of_the_old_group_reads_and_deletes_its_answers_in_the_archive(edge, opened):
    """
    By its cookie while it has it, and by the three words from any device, with the code that it knows.
    """
    phone = await somebody(edge)
    assert "saved" == (await send(phone, opened, "x", "Flere benker")).json()["status"]
    phrase = await words_of(phone, opened)
    archive = await cleared(edge, opened)

    told = await phone.get(f"/{opened.code}")
    assert f'href="/{archive}/mine"' in told.text
    assert "Flere benker" in (await phone.get(f"/{archive}/mine")).text
    other = await somebody(edge)
    found = await other.post("/find", data={"code": opened.code, "words": phrase})
    assert (303, f"/{archive}/mine") == (found.status_code, found.headers["location"])
    gone = {"do": "delete", "id": answer_id("x"), "rev": "2"}
    assert 303 == (await other.post(f"/{archive}/mine", data=gone)).status_code
    assert 0 == (await edge.rooms.get(archive)).real_answers
    assert "Flere benker" not in (await phone.get(f"/{archive}/mine")).text


async def test_what_it_sends_is_refused_until_it_has_begun_anew(edge, opened):
    """
    By JSON with a code for its script, by a form with the text that was written. Then it is another participant.
    """
    phone = await somebody(edge)
    await send(phone, opened, "x", "Flere benker")
    await cleared(edge, opened)
    await edge.act(opened, "start", activity="a")
    refused = await send(phone, opened, "y", "For sent")
    assert (422, "cleared") == (refused.status_code, refused.json()["code"])
    form = await phone.post(f"/{opened.code}/answers", data={"activity": "a", "id": answer_id("y"), "text": "For sent"})
    assert 422 == form.status_code
    assert "For sent" in form.text
    assert 200 == (await phone.get(f"/{opened.code}/cleared")).status_code
    assert 303 == (await phone.post(f"/{opened.code}/next")).status_code
    assert "saved" == (await send(phone, opened, "z", "Mer skygge")).json()["status"]
    assert 303 == (await phone.get(f"/{opened.code}/cleared")).status_code
    rows = (await edge.get(f"/api/rooms/{opened.code}/answers", headers=bearer(opened.facilitator_key))).json()
    assert [("Mer skygge", "P001")] == [(row["text"], row["alias"]) for row in rows["answers"]]


async def test_the_archive_takes_nobody_in_and_opens_for_who_leads_the_room(edge, opened):
    await send(await somebody(edge), opened, "x", "Flere benker")
    archive = await cleared(edge, opened)
    stranger = await somebody(edge)
    assert 403 == (await stranger.get(f"/{archive}")).status_code
    headers = bearer(opened.facilitator_key)
    linked = await stranger.post(f"/api/rooms/{opened.code}/archives/{archive}", headers=headers)
    assert 201 == linked.status_code
    key = linked.json()["facilitator_key"]
    told = (await stranger.get(f"/api/rooms/{archive}/export.json", headers=bearer(key))).text
    assert "Flere benker" in told
    assert 404 == (await stranger.post(f"/api/rooms/{archive}/archives/{opened.code}", headers=bearer(key))).status_code
    assert 204 == (await stranger.delete(f"/api/rooms/{archive}", headers=bearer(key))).status_code
    assert 404 == (await stranger.post(f"/api/rooms/{opened.code}/archives/{archive}", headers=headers)).status_code


@pytest.mark.parametrize("store", ["sqlite", "redis"])
async def test_after_a_kill_it_is_as_cleared_and_the_old_group_stays_out(tmp_path, store):
    async with AsyncExitStack() as stack:
        redis = await stack.enter_async_context(RedisServer(tmp_path / "redis")) if store == "redis" else None
        env = {"INNSPILL_REDIS": redis.url} if redis else {}
        server = await stack.enter_async_context(Server(tmp_path / "data", env=env))
        room = await server.open(one("open", "id=a many=3"))
        await room.act("start", activity="a")

        async def send(name: str, token: str = "") -> tuple[int, dict]:
            message = {"type": "answer", "id": answer_id(name), "activity": "a", "text": name}
            return await server.call("POST", f"/{room.code}/answers", message, token)

        _, ack = await send("x")
        await room.act("end")
        status, told = await server.call("POST", f"/api/rooms/{room.code}/clear", {}, room.key)
        assert 201 == status, told
        await server.kill()
        if redis:
            await redis.kill()
            await redis.start()
        await server.start()
        async with asyncio.timeout(60):
            while 200 != (await server.call("GET", f"/api/rooms/{room.code}", key=room.key))[0]:
                await asyncio.sleep(0.1)

        await room.act("start", activity="a")
        for name in ("x", "y"):
            assert (422, "cleared") == (
                (await send(name, ack["token"]))[0],
                (await send(name, ack["token"]))[1]["code"],
            )
        assert "saved" == (await send("z"))[1]["status"]
        archived = await server.call("GET", f"/api/rooms/{told['code']}/answers", key=told["facilitator_key"])
        assert ["x"] == [row["text"] for row in archived[1]["answers"]]
        here = await server.call("GET", f"/api/rooms/{room.code}/answers", key=room.key)
        assert ["z"] == [row["text"] for row in here[1]["answers"]]
