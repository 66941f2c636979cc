"""The network of the hall: who may set it, and that its password is on the screen and nowhere else."""

import pytest

from live.journal import PRESENT_MS
from live.runtime.housekeeping import WORKERS
from tests.meeting import SEMINAR
from tests.server_process import Server
from tests.web.edge import bearer, serving

CANARY = "kanarifugl-i-salen"
WIFI = {"name": "Salen", "password": CANARY}
READ = (
    "", "/view?face=phone", "/view?face=console", "/results", "/report", "/poster", "/table-cards", "/console",
    "/screen",
)  # fmt: skip
FORMS = ("xlsx", "csv", "json", "html", "docx", "pptx", "zip")


async def test_the_password_is_on_the_screen_and_nowhere_else(tmp_path):
    """
    Not in what is exported, backed up, logged or written to disk, nor in any other view; and gone with the meeting.
    """
    async with Server(tmp_path / "data") as server:
        room = await server.open(SEMINAR)
        where = f"/api/rooms/{room.code}"
        assert 204 == (await server.call("POST", f"{where}/wifi", WIFI, room.key))[0]

        async def of_screen() -> dict[str, str] | None:
            status, frame = await server.call("GET", f"/{room.code}/view?face=screen", key=room.screen_key)
            assert 200 == status
            return frame["view"]["wifi"]

        shown = await of_screen()
        assert shown
        assert (CANARY, "Salen") == (shown["password"], shown["name"])
        told = [await server.call("GET", f"/{room.code}{path}", key=room.key) for path in READ]
        told += [await server.call("GET", f"{where}/export.{form}", key=room.key) for form in FORMS]
        told += [await server.call("GET", f"{where}{path}", key=room.key) for path in ("", "/review", "/results")]
        told += [await server.call("GET", path) for path in ("/api/backup", "/metrics")]
        assert all(status in (200, 403, 501) for status, _ in told), [status for status, _ in told]
        told += [await server.call("POST", f"{where}/wifi", {"name": "x", "password": CANARY * 9}, room.key)]
        assert [] == [body for _, body in told if CANARY in str(body)]
        assert {"name": "Salen"} == (await room.show())["wifi"]
        await room.act("end")
        assert None is await of_screen()
        assert 422 == (await server.call("POST", f"{where}/wifi", WIFI, room.key))[0]
        written = [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
        assert [] == written
        assert CANARY not in "".join(server.output)


async def test_it_is_taken_away_again(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        where, mine = f"/api/rooms/{opened.code}/wifi", bearer(opened.facilitator_key)
        assert 204 == (await edge.post(where, json=WIFI, headers=mine)).status_code
        assert {"name": "Salen"} == edge.rooms.frames.view(opened.code, "console")["wifi"]
        assert 204 == (await edge.delete(where, headers=mine)).status_code
        assert None is edge.rooms.frames.view(opened.code, "screen")["wifi"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name": "Salen", "password": "kort"}, 422, "bad-wifi"),
        ({"name": ""}, 422, "bad-wifi"),
        ({"name": 7}, 422, "bad"),
        ({"password": CANARY}, 422, "bad"),
        ({"name": "x" * 2000}, 413, "too-large"),
    ],
)
async def test_what_is_no_network_is_refused(tmp_path, body, status, code):
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        answer = await edge.post(f"/api/rooms/{opened.code}/wifi", json=body, headers=bearer(opened.facilitator_key))
        assert (status, code) == (answer.status_code, answer.json()["code"])


async def test_where_several_workers_serve_the_meeting_it_is_not_offered(tmp_path):
    """
    It is in the memory of one of them, and the screen may be served by another.
    """
    async with serving(tmp_path, redis="redis://127.0.0.1:6379/0", workers=2) as edge:
        opened = await edge.open()
        answer = await edge.post(f"/api/rooms/{opened.code}/wifi", json=WIFI, headers=bearer(opened.facilitator_key))
        assert (422, "one-worker") == (answer.status_code, answer.json()["code"])


async def test_where_another_server_has_the_same_store_it_is_not_offered(tmp_path):
    """
    Each of the two has one worker; the screen may be served by the other. It is offered again when that has gone.
    """
    async with serving(tmp_path) as edge:
        opened, rooms = await edge.open(), edge.rooms
        key = bearer(opened.facilitator_key)
        for there, status in ((True, 422), (False, 204)):
            if there:
                await rooms.journal.present(WORKERS, "another", [1], now=rooms.clock.now())
                await rooms.housekeeping.share_presence()
            else:
                await rooms.journal.present(WORKERS, "another", [1], now=rooms.clock.now() - PRESENT_MS)
                await rooms.housekeeping.share_presence()
            answer = await edge.post(f"/api/rooms/{opened.code}/wifi", json=WIFI, headers=key)
            assert status == answer.status_code
            console = await edge.get(f"/{opened.code}/console", headers=key)
            assert there == ("wifi-part" not in console.text)
