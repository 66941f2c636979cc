"""A workshop that comes with pictures: opened, changed, shown to those in the room, copied, exported, deleted."""

import gzip
import io
import json
import zipfile
from hashlib import sha256

import pypdfium2
import pytest
from PIL import Image

from live.journal.sqlite import open_sqlite
from live.rules import SendAnswer, commands
from live.runtime import backup, clearing, room_pictures
from live.runtime.processes.places import PICTURES
from live.workshop.pictures import Picture
from tests.meeting import answer_id, one
from tests.pictures.drawn import drawn, packed, photo, png, saved
from tests.pictures.test_encoder import MOVES
from tests.web.edge import CREATE_KEY, bearer, serving

TEXT = one("choice", "id=a pick=1", "![Torget](torg.png)\n\nVelg.\n- ![Rådhuset](a.png) Rådhuset\n- Torget").replace(
    "\n## ", '\n# Vårt torg\n\nTekst\n\n![Kart](kart.jpg "Kart"){right kilde="Kommunen"}\n\n---\n\n## '
)
FILES = {"workshop.md": TEXT, "kart.jpg": photo(), "torg.png": png(), "a.png": png((50, 60))}
ZIP = packed(FILES)


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        edge.headers["Accept-Language"] = "en"
        yield edge


async def opened(edge, body=ZIP, **headers):
    return await edge.post("/api/rooms", content=body, headers={"Content-Type": "application/zip"} | headers)


async def view(edge, room, face="phone"):
    key = bearer(room["screen_key"]) if face == "screen" else {}
    return (await edge.get(f"/{room['code']}/view?face={face}", headers=key)).json()["view"]


async def act(edge, room, do, **fields):
    answer = await edge.post(
        f"/api/rooms/{room['code']}/actions", json={"do": do, **fields}, headers=bearer(room["facilitator_key"])
    )
    assert 200 == answer.status_code, answer.text


async def shown(edge, src) -> Image.Image:
    answer = await edge.get(src)
    assert (200, "image/webp") == (answer.status_code, answer.headers["Content-Type"])
    assert "nosniff" == answer.headers["X-Content-Type-Options"]
    assert "private, max-age=31536000, immutable" == answer.headers["Cache-Control"]
    return Image.open(io.BytesIO(answer.content))


async def test_a_workshop_with_pictures_is_opened_and_each_face_gets_its_own_size(edge):
    room = (await opened(edge)).json()
    assert [] == room["warnings"]
    await act(edge, room, "next")
    screen = await view(edge, room, "screen")
    assert "<cite>Kommunen</cite>" in screen["slide"]["html"]
    large = screen["slide"]["html"].partition('src="')[2].partition('"')[0]
    assert (1000, 1600) == (await shown(edge, large)).size
    assert "pictures" not in json.dumps(await view(edge, room)), "a phone asks for a slide's picture when it opens it"
    slide = (await edge.get(f"/{room['code']}/slides/1")).text
    small = slide.partition('<img src="')[2].partition('"')[0]
    assert (await shown(edge, small)).width <= 720

    await act(edge, room, "start", activity="a")
    phone = await view(edge, room)
    assert (["Rådhuset", "Torget"], "Velg.") == ([one["text"] for one in phone["options"]], phone["instruction"])
    assert {"": "Torget", "a": "Rådhuset"} == {id: one["alt"] for id, one in phone["pictures"].items()}
    for picture in phone["pictures"].values():
        await shown(edge, picture["src"])
    screen = await view(edge, room, "screen")
    assert (300, 200) == (await shown(edge, screen["pictures"][""]["src"])).size


async def test_faults_in_text_and_pictures_are_told_together_each_with_its_line(edge):
    broken = FILES | {
        "kart.jpg": b"<svg/>",
        "torg.png": b"hei",
        "workshop.md": TEXT + "\n:::valg\n:::\n",
        "x.png": png(),
    }
    answer = await opened(edge, packed(broken), **{"Accept-Language": "nb"})
    assert 422 == answer.status_code
    told = [(one["line"], one["message"]) for one in answer.json()["errors"]]
    lines = TEXT.split("\n")
    at = {name: next(n for n, line in enumerate(lines, 1) if name in line) for name in ("kart.jpg", "torg.png")}
    assert (at["kart.jpg"], "kart.jpg er en tegning (SVG). Lagre den som PNG, 1920 piksler bred") in told
    assert (at["torg.png"], "torg.png kan ikke leses som bilde. Lagre det på nytt som JPEG eller PNG") in told
    assert 3 == len(told), "and the question without options"
    whole = await opened(edge, packed(FILES | {"x.png": png(), "plan.docx": "x", "report.json": "{}"}))
    assert [
        "A workshop has no use for the file `plan.docx`: it is left out",
        "No slide shows the picture `x.png`: it is left out",
    ] == [one["message"] for one in whole.json()["warnings"]]


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("kart.svg", b"<svg/>", "kart.svg er en tegning (SVG). Lagre den som PNG, 1920 piksler bred"),
        ("kart.gif", MOVES, "kart.gif beveger seg. Lagre ett bilde av den som PNG"),
    ],
)
async def test_a_picture_that_is_not_taken_in_the_editor_is_told_with_what_to_do(edge, name, body, sentence):
    room = (await opened(edge)).json()
    answer = await edge.put(
        f"/api/rooms/{room['code']}/pictures/{name}?lang=nb", content=body, headers=bearer(room["facilitator_key"])
    )
    assert (422, sentence) == (answer.status_code, answer.json()["title"])


async def test_only_a_few_pictures_arrive_at_once(edge, monkeypatch):
    """
    Each may be of 16 MB, an archive of 64.
    """
    room = (await opened(edge)).json()
    monkeypatch.setattr(PICTURES, "taken", PICTURES.most)
    picture = await edge.put(
        f"/api/rooms/{room['code']}/pictures/ny.png", content=png(), headers=bearer(room["facilitator_key"])
    )
    assert [(503, "converting")] * 2 == [(one.status_code, one.json()["code"]) for one in (picture, await opened(edge))]


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"PK hei", 422, "This is no zip archive that can be read. Pack the folder again as .zip"),
        (packed({"../workshop.md": TEXT}), 422, "../workshop.md would be outside the archive. Pack the folder again"),
        (packed({"kart.png": png()}), 422, "The archive has no workshop.md"),
        (packed(FILES | {"workshop.md": "\n".join([TEXT, *(f"![B](b{n}.png)" for n in range(40))])}
                | {f"b{n}.png": b"" for n in range(40)}), 422, "43 pictures: at most 40 in a meeting"),
    ],
    ids=["no zip", "outside", "no text", "too many"],
)  # fmt: skip
async def test_an_archive_that_can_not_be_taken_opens_nothing_and_is_told(edge, body, status, sentence):
    answer = await opened(edge, body)
    assert status == answer.status_code
    assert answer.json()["title"].startswith(sentence)
    assert [] == await edge.rooms.journal.rooms()


async def test_pictures_are_added_to_a_meeting_that_runs(edge):
    """By an archive, and one by one as the editor does; a name that is there gets the new picture, the old is gone."""
    room = (await opened(edge)).json()
    path, key = f"/api/rooms/{room['code']}", bearer(room["facilitator_key"])
    before = {one["name"]: one["src"] for one in (await edge.get(f"{path}/pictures", headers=key)).json()}
    text = TEXT.replace("Tekst", "Tekst\n\n![Ny](ny.png)\n\n![Mangler](borte.png)")
    other = FILES | {"workshop.md": text, "ny.png": png((640, 480)), "kart.jpg": saved(drawn((400, 300)), "JPEG")}
    answer = await edge.put(
        f"{path}/workshop", content=packed(other), headers=key | {"Content-Type": "application/zip"}
    )
    assert 200 == answer.status_code
    assert ["`borte.png` is not among the pictures. Put the file beside workshop.md, or add it in the form"] == [
        one["message"] for one in answer.json()["warnings"]
    ]
    after = {one["name"]: one["src"] for one in (await edge.get(f"{path}/pictures", headers=key)).json()}
    assert {"a.png", "kart.jpg", "ny.png", "torg.png"} == after.keys()
    assert before["torg.png"] == after["torg.png"]
    await shown(edge, after["kart.jpg"])
    edge.services.pictures._files.clear()
    assert 404 == (await edge.get(before["kart.jpg"])).status_code

    added = await edge.put(f"{path}/pictures/borte.png", content=photo((500, 400)), headers=key)
    assert ("borte.png", 400, 500) == tuple(added.json()[name] for name in ("name", "width", "height"))
    await shown(edge, added.json()["src"])
    assert [] == (await edge.put(f"{path}/workshop", content=text, headers=key)).json()["warnings"]
    refused = await edge.put(f"{path}/pictures/tekst.png", content=b"hei", headers=key)
    assert (422, "tekst.png can't be read as a picture. Save it again as JPEG or PNG") == (
        refused.status_code, refused.json()["title"],
    )  # fmt: skip
    assert 422 == (await edge.put(f"{path}/pictures/a%3Cb.png", content=png(), headers=key)).status_code


async def test_a_text_that_is_refused_leaves_the_pictures_as_they_are(edge):
    room = (await opened(edge)).json()
    path, key = f"/api/rooms/{room['code']}", bearer(room["facilitator_key"])
    for do in (commands.Next(), commands.Start("a")):
        await edge.rooms.act(room["code"], do)
    await edge.rooms.command(room["code"], SendAnswer("p1", id=answer_id("x"), activity="a", value=["a"]))
    before = (await edge.rooms.get(room["code"])).pictures
    other = {"workshop.md": TEXT[: TEXT.index(":::")], "kart.jpg": png((70, 70))}

    refused = await edge.put(
        f"{path}/workshop", content=packed(other), headers=key | {"Content-Type": "application/zip"}
    )

    assert 422 == refused.status_code
    assert before == (await edge.rooms.get(room["code"])).pictures


async def test_when_there_are_too_many_those_that_the_text_does_not_name_leave(edge):
    room = await edge.open(TEXT)
    rooms, code = edge.rooms, room.code
    fake = {"kart.jpg": 1, **{f"{n}.png": 1 for n in range(39)}}
    every = {name: Picture(sha256(name.encode()).hexdigest()[:32], 10, 10, 8, 9) for name in fake}
    await room_pictures.add(rooms, code, every, {})
    one_more = {"a.png": Picture("f" * 32, 10, 10, 8, 9)}
    await room_pictures.add(rooms, code, one_more, {})
    assert {"kart.jpg", "a.png"} == (await rooms.get(code)).pictures.keys()


async def test_pictures_come_along_when_a_meeting_is_copied_exported_or_backed_up(edge, tmp_path):
    room = (await opened(edge)).json()
    path, key = f"/api/rooms/{room['code']}", bearer(room["facilitator_key"])
    sources = [one["src"].partition("pictures/")[2] for one in (await edge.get(f"{path}/pictures", headers=key)).json()]
    again = (await edge.post(f"{path}/again", headers=key)).json()

    whole = await edge.get(f"{path}/export.json", headers=key)
    back = await edge.post("/api/rooms", content=whole.content, headers={"Content-Type": "application/json"})
    assert whole.headers["Innspill-Content-SHA256"] == back.json()["content_sha256"]
    for code in (again["code"], back.json()["code"]):
        for file in sources:
            await shown(edge, f"/{code}/pictures/{file}")

    for spoil in (
        lambda file: {**file, "pictures": {}},
        lambda file: {**file, "pictures": dict.fromkeys(file["pictures"], "AAAA")},
    ):
        spoilt = json.dumps(spoil(whole.json()))
        refused = await edge.post("/api/rooms", content=spoilt, headers={"Content-Type": "application/json"})
        assert (422, "import") == (refused.status_code, refused.json()["code"])

    file = tmp_path / "all.backup"
    with gzip.open(file, "wb") as out:
        async for line in backup.lines(edge.rooms.journal, edge.rooms.clock.now()):
            out.write(line)
    other = await open_sqlite(tmp_path / "other")
    try:
        assert 3 == (await backup.restore(file, other, set())).rooms
        for code in (room["code"], again["code"]):
            for name in sources:
                assert await other.picture(code, name.removesuffix(".webp"))
    finally:
        await other.close()


async def test_a_room_that_is_cleared_keeps_its_pictures_and_so_does_the_archive(edge):
    code = (await opened(edge)).json()["code"]
    rooms = edge.rooms
    for do in (commands.Next(), commands.Start("a")):
        await rooms.act(code, do)
    await rooms.command(code, SendAnswer("p1", id=answer_id("x"), activity="a", value=["a"]))
    await rooms.act(code, commands.End())
    before = (await rooms.get(code)).pictures

    archived = (await clearing.clear(rooms, code)).archive.code

    for held in (code, archived):
        assert before == (await rooms.get(held)).pictures
        assert len(room_pictures.files_of(before)) == len(await room_pictures.read(rooms.journal, held, before))


async def test_files_to_take_home_show_what_people_were_asked_about(edge):
    room = (await opened(edge)).json()
    path, key = f"/api/rooms/{room['code']}", bearer(room["facilitator_key"])
    await act(edge, room, "start", activity="a")
    said = {"type": "answer", "id": "a" * 32, "activity": "a", "value": ["b"]}
    assert "saved" == (await edge.post(f"/{room['code']}/answers", json=said)).json()["status"]
    page = (await edge.get(f"{path}/export.html", headers=key)).text
    assert 2 == page.count('<img src="data:image/webp;base64,')
    assert 'alt="Rådhuset"><figcaption>Rådhuset</figcaption>' in page
    for form, folder in (("docx", "word/media/"), ("pptx", "ppt/media/")):
        file = await edge.get(f"{path}/export.{form}", headers=key)
        with zipfile.ZipFile(io.BytesIO(file.content)) as parts:
            media = [name for name in parts.namelist() if name.startswith(folder)]
            sizes = [Image.open(io.BytesIO(parts.read(name))).size for name in media]
        assert {(300, 200), (50, 60)} == set(sizes)
    pdf = pypdfium2.PdfDocument((await edge.get(f"{path}/export.pdf", headers=key)).content)
    kinds = [one.type for number in range(len(pdf)) for one in pdf[number].get_objects()]
    pdf.close()
    assert 2 == kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)


async def test_pictures_are_for_those_in_the_room_and_are_changed_by_those_who_lead_it(tmp_path):
    async with serving(
        tmp_path, url="https://innspill.example", host="0.0.0.0", public_url="https://innspill.example"
    ) as edge:
        assert 401 == (await opened(edge)).status_code
        room = (await opened(edge, **bearer(CREATE_KEY))).json()
        path, key = f"/api/rooms/{room['code']}", bearer(room["facilitator_key"])
        assert 401 == (await edge.put(f"{path}/pictures/x.png", content=png())).status_code
        assert 401 == (await edge.get(f"{path}/pictures")).status_code
        src = (await edge.get(f"{path}/pictures", headers=key)).json()[0]["src"]
        await shown(edge, src)
        assert 404 == (await edge.get(src.replace(room["code"], "99999999"))).status_code
        assert 404 == (await edge.get(f"/{room['code']}/pictures/..%2F..%2Fetc")).status_code
        assert 204 == (await edge.delete(path, headers=key)).status_code
        assert 404 == (await edge.get(src)).status_code
