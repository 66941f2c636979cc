"""A workshop with a film: opened, sent in ranges to those in the room, copied, backed up, exported, deleted."""

import asyncio
import contextlib
import gzip
import json

import pytest
from starlette.requests import Request

from live.events import FilmsSet
from live.exports import json_import
from live.journal.sqlite import open_sqlite
from live.media import NOWHERE, Media, store
from live.rules import SendAnswer
from live.runtime import backup, clearing
from live.web.api import films, workshop_pictures
from live.web.api.films import Unsatisfiable, wanted_range
from live.workshop.films import MediaFile
from tests.media.test_video import WEBM, box, mp4
from tests.meeting import answer_id, one
from tests.pictures.drawn import packed
from tests.server_process import Server
from tests.web.edge import bearer, serving

VTT = "WEBVTT\n\n00:00.500 --> 00:03.000\nHer lå verftet.\n\n00:03.000 --> 00:06.000\nOg her ble det stille.\n"
TEXT = one("film", "id=a src=havna.webm captions=havna.vtt", "Se filmen.") + "\n:::open{id=b}\nSkriv.\n:::\n"
FILES = {"workshop.md": TEXT, "havna.webm": WEBM.read_bytes(), "havna.vtt": VTT}
BODY = WEBM.read_bytes()


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        edge.headers["Accept-Language"] = "en"
        yield edge


async def opened(edge, files=FILES):
    return await edge.post("/api/rooms", content=packed(files), headers={"Content-Type": "application/zip"})


async def film_of(edge, room):
    """The film as the screen is shown it, playing."""
    await edge.post(
        f"/api/rooms/{room['code']}/actions", json={"do": "start", "activity": "a"},
        headers=bearer(room["facilitator_key"]),
    )  # fmt: skip
    answer = await edge.get(f"/{room['code']}/view?face=screen", headers=bearer(room["screen_key"]))
    return answer.json()["view"]["film"]


def media_of(edge) -> list[str]:
    folder = edge.rooms.media.folder
    return sorted(path.relative_to(folder).parts[0] for path in folder.rglob("*/*") if path.is_file())


async def test_a_film_is_opened_and_sent_as_what_it_is(edge):
    room = (await opened(edge)).json()
    assert [] == [one["message"] for one in room["warnings"] if "id=" not in one["message"]]
    film = await film_of(edge, room)
    whole = await edge.get(film["src"])
    assert (200, BODY, "video/webm") == (whole.status_code, whole.content, whole.headers["Content-Type"])
    assert "nosniff" == whole.headers["X-Content-Type-Options"]
    assert "media-src 'self'" in whole.headers["Content-Security-Policy"]
    assert "private, max-age=31536000, immutable" == whole.headers["Cache-Control"]
    captions = await edge.get(film["captions"])
    assert ("text/vtt; charset=utf-8", "WEBVTT") == (captions.headers["Content-Type"], captions.text[:6])
    page = await edge.get(f"{film['captions']}/words")
    assert "0:03</span> Og her ble det stille." in page.text
    phone = (await edge.get(f"/{room['code']}")).text
    assert "Her lå verftet. Og her ble det stille." in phone
    assert film["src"] not in phone
    for gone in (film["src"].replace(room["code"], "25054015"), film["src"][:-9] + "0000.webm", f"{film['src']}/words"):
        assert 404 == (await edge.get(gone)).status_code
    assert 404 == (await edge.get(f"/{room['code']}/films/..%2f..%2finnspill.db")).status_code


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ({"Range": "bytes=0-99"}, 206, slice(0, 100), f"bytes 0-99/{len(BODY)}"),
        ({"Range": f"bytes={len(BODY) - 5}-"}, 206, slice(len(BODY) - 5, None), None),
        ({"Range": "bytes=-7"}, 206, slice(len(BODY) - 7, None), None),
        ({"Range": f"bytes=5-{10**9}"}, 206, slice(5, None), None),
        ({"Range": f"bytes={len(BODY)}-"}, 416, slice(0, 0), f"bytes */{len(BODY)}"),
        ({"Range": "bytes=0-1,5-6"}, 200, slice(None), ""),
        ({"Range": "bytes=9-3"}, 200, slice(None), ""),
        ({"Range": "lines=1-2"}, 200, slice(None), ""),
        ({"Range": "bytes=0-9", "If-Range": '"another"'}, 200, slice(None), ""),
    ],
)
async def test_a_part_is_sent_where_one_is_asked_for(edge, asked, status, part, told):
    film = await film_of(edge, (await opened(edge)).json())
    answer = await edge.get(film["src"], headers=asked)
    assert (status, BODY[part]) == (answer.status_code, answer.content)
    assert told is None or told == answer.headers.get("Content-Range", "")
    same = await edge.get(film["src"], headers={"Range": "bytes=0-9", "If-Range": answer.headers["ETag"]})
    assert (206, BODY[:10]) == (same.status_code, same.content)
    unchanged = await edge.get(film["src"], headers={"If-None-Match": answer.headers["ETag"]})
    assert (304, b"") == (unchanged.status_code, unchanged.content)
    head = await edge.head(film["src"])
    assert (str(len(BODY)), b"") == (head.headers["Content-Length"], head.content)


def test_ranges():
    assert None is wanted_range("bytes=-", 10)
    assert (0, 10) == wanted_range("bytes=-99", 10)
    with pytest.raises(Unsatisfiable):
        wanted_range("bytes=-0", 10)


async def test_what_can_not_be_played_opens_nothing(edge):
    files = FILES | {"havna.webm": mp4(b"hvc1"), "havna.vtt": "Hei"}
    answer = await opened(edge, files)
    assert 422 == answer.status_code
    assert [(9, "H.265 (HEVC), which browsers do not play"), (9, "no captions that can be read")] == [
        (one["line"], next(part for part in ("H.265 (HEVC), which browsers do not play", "no captions that can be read")
                           if part in one["message"])) for one in answer.json()["errors"]
    ]  # fmt: skip
    assert [] == media_of(edge)
    missing = (await opened(edge, {"workshop.md": TEXT, "mer.mp4": b""})).json()
    assert [
        "No slide shows the film `mer.mp4`: it is left out",
        "`havna.webm` is not there. Put the file beside workshop.md, or send both as one .zip",
        "`havna.vtt` is not there. Put the file beside workshop.md, or send both as one .zip",
    ] == [one["message"] for one in missing["warnings"]]


async def test_an_archive_that_is_too_large_is_not_read(edge, monkeypatch):
    monkeypatch.setattr(workshop_pictures, "MOST_WITH_FILMS", 1000)
    assert 413 == (await opened(edge)).status_code
    assert [] == media_of(edge)


async def test_what_arrives_leaves_the_journal_room_on_the_disk(edge, monkeypatch):
    room = (await opened(edge)).json()
    before = media_of(edge)
    for module in (films, workshop_pictures):
        monkeypatch.setattr(module, "LEFT_FREE", 2**60)
    path = f"/api/rooms/{room['code']}/films/ny.webm"
    answers = [await opened(edge), await edge.put(path, content=BODY, headers=bearer(room["facilitator_key"]))]
    assert [(422, True)] * 2 == [(one.status_code, "no room for" in one.json()["title"]) for one in answers]
    assert before == media_of(edge)


async def test_no_more_is_read_for_a_browser_that_has_gone(tmp_path):
    """
    As it does at each leap in a film: 32 pieces would be sent, and it goes after the second.
    """
    path, gone, sent = tmp_path / "film.webm", asyncio.Event(), []
    path.write_bytes(bytes(32 * films.PIECE))
    scope = {"type": "http", "method": "GET", "headers": []}

    async def receive():
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)
        if len(sent) == 3:
            gone.set()

    film = MediaFile("0" * 32, "webm", path.stat().st_size)
    await films.FilmResponse(path, film, Request(scope))(scope, receive, send)
    assert 3 <= len(sent) < 16


async def test_a_film_comes_to_a_meeting_that_runs_and_leaves_with_it(edge):
    room = (await edge.post("/api/rooms", content=TEXT, headers={"Content-Type": "text/markdown"})).json()
    key = bearer(room["facilitator_key"])
    assert "Filmfilen er ikke her." in (await film_of(edge, room))["says"]
    changed = {"Content-Type": "application/zip"} | key
    path = f"/api/rooms/{room['code']}"
    assert 200 == (await edge.put(f"{path}/workshop", content=packed(FILES), headers=changed)).status_code
    film = await film_of(edge, room)
    other = FILES | {"havna.webm": mp4()}
    assert 200 == (await edge.put(f"{path}/workshop", content=packed(other), headers=changed)).status_code
    newer = await film_of(edge, room)
    assert (404, 200) == ((await edge.get(film["src"])).status_code, (await edge.get(newer["src"])).status_code)
    again = (await edge.post(f"{path}/again", headers=key)).json()
    assert 200 == (await edge.get((await film_of(edge, again))["src"])).status_code
    assert ["content"] * 2 + ["rooms"] * 4 == media_of(edge)
    await edge.delete(f"/api/rooms/{again['code']}", headers=bearer(again["facilitator_key"]))
    assert 204 == (await edge.delete(path, headers=key)).status_code
    assert [] == media_of(edge)


async def test_the_editor_adds_a_film_and_its_captions_one_by_one(edge):
    room = (await edge.post("/api/rooms", content=TEXT, headers={"Content-Type": "text/markdown"})).json()
    key, path = bearer(room["facilitator_key"]), f"/api/rooms/{room['code']}/films"
    added = [await edge.put(f"{path}/{name}", content=FILES[name], headers=key) for name in ("havna.webm", "havna.vtt")]
    assert [200, 200] == [answer.status_code for answer in added]
    film = await film_of(edge, room)
    assert BODY == (await edge.get(film["src"])).content
    assert 200 == (await edge.get(film["captions"])).status_code
    refused = await edge.put(f"{path}/havna.mp4", content=b"<html>", headers=key)
    assert (422, True) == (refused.status_code, "damaged or no film" in refused.json()["title"])
    assert 422 == (await edge.put(f"{path}/hav(na.mp4", content=BODY, headers=key)).status_code


async def test_a_room_that_is_cleared_keeps_its_film_and_so_does_its_archive(edge):
    room = (await opened(edge)).json()
    await edge.post(
        f"/api/rooms/{room['code']}/actions", json={"do": "start", "activity": "b"},
        headers=bearer(room["facilitator_key"]),
    )  # fmt: skip
    await edge.rooms.command(room["code"], SendAnswer("p1", answer_id("x"), "b", "Et svar"))
    await edge.post(
        f"/api/rooms/{room['code']}/actions", json={"do": "end"}, headers=bearer(room["facilitator_key"])
    )  # fmt: skip
    cleared = await clearing.clear(edge.rooms, room["code"])
    archived = await edge.rooms.get(cleared.archive.code)
    for code in (room["code"], archived.code):
        [name] = [one.file for one in archived.films.values() if one.ending == "webm"]
        assert BODY == (await edge.get(f"/{code}/films/{name}")).content


async def test_a_backup_takes_films_along_or_leaves_them_out(edge, tmp_path):
    room = (await opened(edge)).json()
    src = (await film_of(edge, room))["src"]
    for name, media in (("with", edge.rooms.media), ("without", NOWHERE)):
        lines = [line async for line in backup.lines(edge.rooms.journal, edge.rooms.clock.now(), media)]
        (tmp_path / name).write_bytes(gzip.compress(b"".join(lines)))
    for name, many, found in (("with", 2, BODY), ("without", 0, None)):
        assert many == backup.check(tmp_path / name)["films"]
        journal, media = await open_sqlite(tmp_path / f"new {name}"), Media(tmp_path / f"new {name}" / "media")
        try:
            restored = await backup.restore(tmp_path / name, journal, set(), media)
        finally:
            await journal.close()
        assert (1, many) == (restored.rooms, restored.films)
        path = media.path(room["code"], src.rpartition("/")[2])
        assert found == (path.read_bytes() if path else None)


async def test_an_export_names_the_film_and_comes_back_without_it(edge):
    room = (await opened(edge)).json()
    body = (await edge.get(f"/api/rooms/{room['code']}/export.json", headers=bearer(room["facilitator_key"]))).content
    assert [("havna.vtt", "vtt"), ("havna.webm", "webm")] == [
        (one["name"], one["ending"]) for one in json.loads(body)["films"]
    ]
    brought = json_import.read(body)
    assert not any(isinstance(event, FilmsSet) for event in brought.events)


async def test_the_sweep_of_a_server_leaves_what_a_room_uses(edge, monkeypatch):
    room = (await opened(edge)).json()
    src = (await film_of(edge, room))["src"]
    (edge.rooms.media.folder / "rooms" / "99999999").mkdir()
    monkeypatch.setattr(store, "ORPHAN_S", -60)
    monkeypatch.setattr("live.runtime.housekeeping.SCAN_MS", 1)
    await asyncio.sleep(0.01)
    await edge.rooms.housekeeping.sweep_films()
    assert 200 == (await edge.get(src)).status_code


async def test_ten_screens_read_a_film_and_nobody_waits(tmp_path):
    """
    From outside, over sockets: who does not read on holds up nobody, and each gets the part it asked for.
    """
    large = mp4() + box(b"free", bytes(8_000_000))
    async with Server(tmp_path / "data") as server:
        room = await server.open(packed(FILES | {"havna.webm": large}))
        await room.act("start", activity="a")
        src = (await room.show())["film"]["src"]

        writers = []

        async def begin(range: str) -> asyncio.StreamReader:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1024)
            writers.append(writer)
            writer.write(f"GET {src} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nRange: {range}\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 206")
            return reader

        slow = [await begin("bytes=0-") for _ in range(10)]
        assert large[-1000:] == await (await begin("bytes=-1000")).readexactly(1000)
        assert "talk" == (await room.show())["state"]
        assert large == await slow[0].readexactly(len(large))
        assert (416, b"") == await server.call("GET", src, Range=f"bytes={len(large)}-")
        for writer in writers:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
