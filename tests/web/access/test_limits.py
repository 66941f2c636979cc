"""What a meeting and its keys last, and no longer (docs/security.md, Limits)."""

from http.cookies import SimpleCookie

import pytest

from live.runtime.open_rooms import IDLE_MS
from tests.meeting import one
from tests.web.edge import bearer, serving

DAY_S = 24 * 3600


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        yield edge


def later(edge, days: float) -> None:
    """All that time nobody has looked in."""
    edge.rooms.clock.go_by(edge.rooms.clock.now() + int(days * DAY_S * 1000) + IDLE_MS)
    edge.rooms.open_rooms.unload_idle()
    assert [] == edge.rooms.loaded_codes()


async def test_a_code_lives_as_long_as_its_meeting(edge):
    """
    Idle for all but its last hours it lets a new phone in; a day later it is nobody's.
    """
    opened = await edge.open()
    later(edge, 89.9)
    page = await edge.get(f"/{opened.code}")
    assert (200, True) == (page.status_code, "set-cookie" in page.headers)
    later(edge, 0.2)
    await edge.rooms.housekeeping.purge()
    assert 404 == (await edge.get(f"/{opened.code}")).status_code


@pytest.mark.parametrize("days", [1, 90, 3650])
async def test_a_phone_and_a_console_are_known_until_their_meeting_is_deleted(edge, days):
    opened = await edge.open(one("open").replace("title:", f"delete-after: {days}\ntitle:"))
    phone = await edge.get(f"/{opened.code}")
    console = await edge.post(f"/{opened.code}/keys", json={"key": opened.facilitator_key})
    for answer in (phone, console):
        [cookie] = SimpleCookie(answer.headers["set-cookie"]).values()
        assert days - 1 < int(cookie["max-age"]) / DAY_S <= days


async def test_half_a_minute_of_grace_is_the_servers(edge):
    """
    Whatever a phone's clock says: 29 s after the close a text counts, 31 s after it is late.
    """
    opened = await edge.writing()
    await edge.act(opened, "close")
    said = []
    for seconds, id in ((29, "a"), (2, "b")):
        edge.rooms.clock.go_by(edge.rooms.clock.now() + seconds * 1000)
        answer = {"type": "answer", "id": id * 32, "activity": "a", "text": "Flere benker"}
        said.append((await edge.post(f"/{opened.code}/answers", json=answer)).json()["status"])
    assert ["saved", "late"] == said
    reply = await edge.get(f"/api/rooms/{opened.code}", headers=bearer(opened.facilitator_key))
    assert 1 == reply.json()["counts"]["answers"]
