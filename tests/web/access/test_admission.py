"""Behind a closed door: whoever was in goes on, whoever comes is told whom to speak to, by every way in."""

import json

import pytest
from starlette.requests import Request
from websockets.exceptions import ConnectionClosed

from live.web.access import participant
from tests.meeting import SEMINAR
from tests.server_process import Server
from tests.web.edge import serving
from tests.web.test_feed_guard import feed, welcome

SCOPE = {"type": "http", "scheme": "http", "headers": []}
SAID = "Møtet tar ikke inn flere telefoner"


async def test_by_page_and_post(tmp_path):
    async with serving(tmp_path) as inside:
        inside.headers["Accept"] = "text/html"
        opened = await inside.writing()
        assert 200 == (await inside.get(f"/{opened.code}")).status_code
        await inside.act(opened, "close_door")
        outside = await inside.another()
        outside.headers |= {"Accept": "text/html", "Origin": inside.headers["Origin"]}
        refused = await outside.get(f"/{opened.code}")
        assert (403, True) == (refused.status_code, SAID in refused.text)
        answer = {"type": "answer", "id": "a" * 32, "activity": "a", "text": "Hei"}
        assert 403 == (await outside.post(f"/{opened.code}/answers", json=answer)).status_code
        for form in ({"do": "phrase"}, {}):  # nor does any other form write for who stands outside
            late = participant.participant(Request(SCOPE | {"app": outside._transport.app}), opened.code).token
            path, key = f"/{opened.code}/{'mine' if form else 'sort'}", {"Authorization": f"Bearer {late}"}
            assert 403 == (await outside.post(path, data=form, headers=key)).status_code
        assert {} == (await inside.rooms.get(opened.code)).people.recovery_phrases
        assert 200 == (await inside.get(f"/{opened.code}")).status_code
        assert 200 == (await inside.post(f"/{opened.code}/answers", json=answer)).status_code
        await inside.act(opened, "open_door")
        assert 200 == (await outside.get(f"/{opened.code}")).status_code


async def test_by_the_feed(tmp_path, transport):
    """
    Whoever loses the line comes back in; a token from before counts, another room's does not.
    """
    async with Server(tmp_path / "data", env=transport) as server:
        room, other = await server.open(SEMINAR), await server.open(SEMINAR)
        async with feed(room) as socket:
            token = (await welcome(socket))["token"]
        async with feed(other) as socket:
            foreign = (await welcome(socket))["token"]
        await room.act("close_door")
        async with feed(room) as socket:
            await socket.send(json.dumps({"type": "hello", "token": token}))
            assert "welcome" == json.loads(await socket.recv())["type"]
        for known in (None, foreign):
            async with feed(room) as socket:
                await socket.send(json.dumps({"type": "hello", "token": known}))
                assert {"type": "error", "code": "locked"} == json.loads(await socket.recv())
                with pytest.raises(ConnectionClosed):
                    await socket.recv()
