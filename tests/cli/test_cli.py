"""The command line: a file becomes a meeting, and commands find the server that runs beside them."""

import asyncio
import json
import signal
import stat
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pptx import Presentation

from live.cli import main
from tests.exports import dark_deck
from tests.journal.redis_server import RedisServer
from tests.meeting import SEMINAR, one
from tests.pictures.drawn import packed, png
from tests.pictures.test_encoder import MOVES
from tests.server_process import Open, Server

EXAMPLE = "examples/naerdemokrati.md"


def output_of(*arguments: object, code: int = 0) -> str:
    """What the command says, after checking that it ends as it should."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert code == result.exit_code, result.output
    return result.output


async def ask(*arguments: object, code: int = 0) -> str:
    """As `told`, beside servers that run."""
    return await asyncio.to_thread(output_of, *arguments, code=code)


async def refused(*arguments: object) -> str:
    """What a process of its own complains of, after checking that it ends with 1."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "live", *map(str, arguments), stderr=asyncio.subprocess.PIPE
    )
    _, complaint = await process.communicate()
    assert 1 == process.returncode, complaint
    return complaint.decode()


def line(server: Server, name: str) -> str:
    """What `innspill run` printed after *name*."""
    return next(output.removeprefix(name).strip() for output in server.output if output.startswith(name))


def running(data: Path, file: Path | str = EXAMPLE, **env: str) -> Server:
    return Server(data, "run", str(file), "--no-browser", env=env)


def test_a_sound_workshop_passes_check():
    """
    With a word about slides that are cut into parts.
    """
    *advice, last = output_of("check", EXAMPLE).splitlines()
    assert f"{EXAMPLE}: 25 slides, 4 activities." == last
    parts = [one for one in advice if "This slide is shown in about 2 parts, turned with ↓ and ↑" in one]
    assert [f"{EXAMPLE}:{line}: warning" for line in (101, 158, 209)] == [one.rsplit(":", 1)[0] for one in parts]
    assert parts == advice


def test_check_tells_what_cannot_be_run_yet(tmp_path):
    file = tmp_path / "møte.md"
    file.write_text(one("brainwrite", "id=a", "- Lys\n- Benker"), "utf-8")
    assert any(
        "`brainwrite` can't be run yet; the rest of the meeting can" in line
        for line in output_of("check", file).splitlines()
    )


def test_check_tells_every_fault_with_its_line(tmp_path):
    file = tmp_path / "feil.md"
    file.write_text(
        "---\nformat: workshop/1\ntitle: Prøve\n---\n\n## Hva?\n\n:::opn{id=a}\nx\n:::\n\n:::open{mnay=3}\ny\n:::\n"
    )

    output = output_of("check", file, code=1).splitlines()

    assert [f"{file}:8:", f"{file}:12:"] == [each.split(" ")[0] for each in output]
    assert "open" in output[0]
    assert "many" in output[1]


def test_a_workshop_is_checked_with_the_pictures_beside_it(tmp_path):
    """As a folder, as a file in it, and packed; what lies outside is not looked at."""
    text = one("open", "id=a", "![Torget](bilder/torg.png)\nSkriv.")
    folder = tmp_path / "opplegg"
    (folder / "bilder").mkdir(parents=True)
    (folder / "workshop.md").write_text(text)
    (folder / "bilder" / "torg.png").write_bytes(png())
    (folder / "x.png").write_bytes(png())
    (tmp_path / "opplegg.zip").write_bytes(packed({"workshop.md": text, "bilder/torg.png": png()}))
    for path in (folder, folder / "workshop.md", tmp_path / "opplegg.zip"):
        assert f"{path}: 1 slides, 1 activities, 1 picture.\n" in output_of("check", path)
    assert f"{folder}:1: warning: No slide shows the picture `x.png`: it is left out" in output_of("check", folder)
    assert "examples/torget: 6 slides, 4 activities, 3 pictures.\n" == output_of("check", "examples/torget")

    (folder / "bilder" / "torg.png").write_bytes(b"hei")
    told = output_of("check", folder, code=1)
    assert f"{folder}:10: bilder/torg.png can't be read as a picture. Save it again as JPEG or PNG" in told
    (folder / "workshop.md").write_text(text.replace("bilder/torg.png", "../opplegg.zip"))
    assert "`../opplegg.zip` is not among the pictures" in output_of("check", folder / "workshop.md")
    (tmp_path / "tom.zip").write_bytes(b"")
    assert "tom.zip: This is no zip archive that can be read" in output_of("check", tmp_path / "tom.zip", code=1)
    (tmp_path / "tom").mkdir()
    assert "Can't read" in output_of("check", tmp_path / "tom", code=1)


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("torg.svg", b"<svg/>", "torg.svg is a drawing (SVG). Save it as PNG, 1920 pixels wide"),
        ("torg.gif", MOVES, "torg.gif moves. Save one picture of it as PNG"),
    ],
)
def test_a_picture_that_is_not_taken_is_told_with_what_to_do(tmp_path, name, body, sentence):
    """In a folder and in an archive, by `check` and by `run`."""
    text = one("open", "id=a", f"![Torget]({name})\nSkriv.")
    (tmp_path / "workshop.md").write_text(text)
    (tmp_path / name).write_bytes(body)
    archive = tmp_path / "torget.zip"
    archive.write_bytes(packed({"workshop.md": text, name: body}))
    for path in (tmp_path, archive):
        for command in (("check", path), ("run", path, "--no-browser", "--port", "0", "--data", tmp_path / "data")):
            assert sentence in output_of(*command, code=1)


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert f"Error: Can't read {tmp_path / 'borte.md'}" in output_of("check", tmp_path / "borte.md", code=1)


def test_run_opens_no_room_from_a_broken_file(tmp_path):
    file = tmp_path / "feil.md"
    file.write_text("# Ingen format\n")

    output = output_of("run", file, "--data", tmp_path / "data", "--no-browser", code=1)

    assert f"{file}:1:" in output
    assert not (tmp_path / "data").exists()


def test_an_unknown_setting_stops_the_command(monkeypatch, tmp_path):
    monkeypatch.setenv("INNSPILL_DTAA", str(tmp_path))

    assert "Did you mean INNSPILL_DATA?" in output_of("rooms", code=1)


def test_a_store_that_is_not_there_is_not_made_by_asking(tmp_path):
    assert "nothing stored" in output_of("rooms", "--data", tmp_path / "data", code=1)
    assert not (tmp_path / "data").exists()


def test_what_is_no_code_is_said_to_be_none(tmp_path):
    assert "eight digits" in output_of("link", "hello", "console", "--data", tmp_path, code=1)


async def test_run_says_all_a_facilitator_needs(tmp_path, counted):
    """
    The address, the code as people say it, a link to screen and console that work; and, on this machine alone, that
    no phone will get in.
    """
    async with running(tmp_path / "data", **counted) as server:
        code = line(server, "Code")
        console, screen = line(server, "Console"), line(server, "Screen")
        key = console.partition("#")[2]
        status, view = await server.call("GET", f"/api/rooms/{code.replace(' ', '')}", key=key)

    assert (200, "lobby") == (status, view["state"])
    assert 9 == len(code)
    assert f"{server.url}/{code.replace(' ', '')}" == line(server, "Join")
    assert screen.startswith(line(server, "Join") + "/screen#")
    assert any("--lan" in output for output in server.output)
    assert not any("█" in output for output in server.output)
    assert 1 == sum(output.startswith("Innspill is ready at ") for output in server.output)


async def test_a_public_url_is_drawn_for_phones(tmp_path):
    """
    What other machines can reach has its QR code in the terminal, and every link bears that address.
    """
    server = Server(tmp_path / "data", "run", EXAMPLE, "--no-browser", "--public-url", "https://innspill.example.no")
    with pytest.raises(ValueError, match="invalid literal"):
        await server.start()  # the helper looks for the port in the address, and there is none

    try:
        assert any("█" in output for output in server.output)
        assert line(server, "Console").startswith("https://innspill.example.no/")
    finally:
        await server.stop()


async def test_the_same_file_is_the_same_room_with_its_edits(tmp_path):
    file = tmp_path / "opplegg.md"
    file.write_text(one("open"))
    async with running(tmp_path / "data", file) as server:
        code = line(server, "Code")
    file.write_text(one("open").replace("Prøve", "Andre utgave"))

    async with running(tmp_path / "data", file) as server:
        assert code == line(server, "Code")
        status, view = await server.call("GET", f"/{code.replace(' ', '')}/view")

    assert (200, "Andre utgave") == (status, view["view"]["title"])


async def test_an_edit_that_drops_answers_is_not_taken_in(tmp_path):
    """
    The room opens as it was: people wait, and what they have said is not thrown away.
    """
    file = tmp_path / "opplegg.md"
    file.write_text(one("open"))
    async with running(tmp_path / "data", file) as server:
        code, key = line(server, "Code").replace(" ", ""), line(server, "Console").partition("#")[2]
        room = Open(server, {"code": code, "facilitator_key": key, "screen_key": ""})
        await room.act("start", activity="a")
        await room.act("add_answer", text="Flere benker")
    file.write_text(one("open", "id=b"))

    async with running(tmp_path / "data", file) as server:
        assert code == line(server, "Code").replace(" ", "")
        assert f"{file}:9: People have answered `a`, which is left out here." in server.log()
        key = line(server, "Console").partition("#")[2]
        assert (
            1 == (await Open(server, {"code": code, "facilitator_key": key, "screen_key": ""}).show())["answers_total"]
        )


async def test_commands_ask_the_server_that_runs_beside_them(tmp_path):
    data = tmp_path / "data"
    async with Server(data) as server:
        room = await server.open(SEMINAR)

        rooms = await ask("rooms", "--data", data)
        link = (await ask("link", room.code, "console", "--data", data)).strip()
        await ask("export", room.code, "--format", "json", "-o", tmp_path / "ut.json", "--data", data)
        await ask("healthcheck", "--data", data)

        deck = tmp_path / "dark.pptx"
        deck.write_bytes(dark_deck.make())
        made = tmp_path / "made.pptx"
        into = ("export", room.code, "--format", "pptx", "--into", deck, "--data", data)
        assert f"Wrote {made}: 0 results" in await ask(*into, "-o", made)
        assert len(dark_deck.TITLES) == len(Presentation(made).slides)

        assert room.code[:4] in rooms
        assert "Nærdemokrati" in rooms
        assert link.startswith(f"{server.url}/{room.code}/console#")
        assert 200 == (await server.call("GET", f"/api/rooms/{room.code}", key=link.partition("#")[2]))[0]
        assert room.code == json.loads((tmp_path / "ut.json").read_text())["room"]

        await ask("revoke", room.code, "--data", data)
        assert 403 == (await server.call("GET", f"/api/rooms/{room.code}", key=room.key))[0]


async def test_commands_open_the_store_when_no_server_runs(tmp_path):
    data = tmp_path / "data"
    async with Server(data) as server:
        room = await server.open(SEMINAR)

    assert room.code[:4] in await ask("rooms", "--data", data)
    assert f"/{room.code}/screen#" in await ask("link", room.code, "screen", "--data", data)
    assert "answer_id;" in await ask("export", room.code, "--format", "csv", "-o", "-", "--data", data)
    deck = tmp_path / "dark.pptx"
    deck.write_bytes(dark_deck.make())
    into = ("export", room.code, "--into", deck, "--data", data, "-o")
    assert "Wrote" in await ask(*into, tmp_path / "made.pptx")
    assert "the deck itself stays as it is" in await ask(*into, deck, code=1)
    assert "--into makes a .pptx" in await ask("export", room.code, "--format", "csv", "--into", deck, code=2)
    assert "No server" in await ask("healthcheck", "--data", data, code=1)
    assert "All links" in await ask("revoke", room.code, "--data", data)
    link = (await ask("link", room.code, "console", "--data", data)).strip()
    async with Server(data) as server:
        keys = room.key, room.screen_key, link.partition("#")[2]
        statuses = [(await server.call("GET", f"/api/rooms/{room.code}", key=key))[0] for key in keys]
        assert [403, 403, 200] == statuses


def hash_told(output: str) -> str:
    return output.partition("Content hash: ")[2].split()[0]


async def test_a_meeting_goes_home_and_comes_back_on_another_machine(tmp_path, counted):
    """
    Beside the server it came from it gets a code of its own, in an empty folder its old one. Its console, its results
    and its exports can be read there, and every command tells the same content hash.
    """
    data, elsewhere, file = tmp_path / "data", tmp_path / "elsewhere", tmp_path / "ut.json"
    async with Server(data, env=counted) as server:
        room = await server.open(one("open"))
        await room.act("start", activity="a")
        for text in ("Flere benker", "Lys på stien"):
            await room.act("add_answer", text=text)
        await room.act("close")
        await room.act("reveal")
        told_out = await ask("export", room.code, "--format", "json", "-o", file, "--data", data)
        told_in = await ask("import", file, "--data", data)
        assert room.code[:4] not in told_in
        status, refused = await server.call("POST", "/api/rooms", {"format": "innspill-export/99"})
        assert (422, "import") == (status, refused["code"])
        assert "newer Innspill (innspill-export/99)" in refused["why"]

    told_elsewhere = await ask("import", file, "--data", elsewhere)

    assert f"Imported 2 answers into {room.code[:4]} {room.code[4:]}" in told_elsewhere
    assert json.loads(file.read_text())["content_sha256"] == hash_told(told_out)
    assert hash_told(told_out) == hash_told(told_in) == hash_told(told_elsewhere)
    async with Server(elsewhere) as server:
        link = (await ask("link", room.code, "console", "--data", elsewhere)).strip()
        _, shown = await server.call("GET", f"/api/rooms/{room.code}", key=link.partition("#")[2])
        assert "ended" == shown["state"]
        _, answers = await server.call("GET", f"/api/rooms/{room.code}/answers", key=link.partition("#")[2])
        assert 2 == len(answers["answers"])
        back = {"code": room.code, "facilitator_key": link.partition("#")[2], "screen_key": ""}
        await Open(server, back).act("back")
        assert "Flere benker" in (await server.call("GET", f"/{room.code}/results"))[1].decode()
        again = await ask("export", room.code, "--format", "html", "-o", tmp_path / "ut.html", "--data", elsewhere)
        assert hash_told(told_out) == hash_told(again)


def test_an_import_that_is_refused_leaves_nothing(tmp_path):
    file, data = tmp_path / "ut.json", tmp_path / "data"
    file.write_text('{"format": "innspill-export/2",\n"answers": [')

    output = output_of("import", file, "--data", data, code=1)

    assert f"{file}: The file stops in line 2, before its end. Export or copy it again. Nothing was imported." in output
    assert not data.exists()


async def test_commands_open_the_store_that_a_killed_server_left(tmp_path):
    """
    Its socket lies there still, and nobody answers.
    """
    data = tmp_path / "data"
    server = Server(data)
    await server.start()
    room = await server.open(SEMINAR)
    await server.kill()

    assert (data / "server.sock").exists()
    assert room.code[:4] in await ask("rooms", "--data", data)


async def test_commands_find_what_servers_keep_in_redis(tmp_path):
    """
    Beside no server, as from another machine: rooms, exports and links come from the shared store, and the key that
    opens rooms is the same wherever it is asked for.
    """
    (tmp_path / "redis").mkdir()
    async with RedisServer(tmp_path / "redis") as redis:
        async with Server(tmp_path / "one", "serve", "--redis", redis.url) as server:
            room = await server.open(SEMINAR)
            here = ("--redis", redis.url, "--data", tmp_path / "two")
            assert room.code[:4] in await ask("rooms", *here)
            assert "answer_id;" in await ask("export", room.code, "--format", "csv", "-o", "-", *here)
            assert f"/{room.code}/screen#" in await ask("link", room.code, "screen", *here)
            assert (tmp_path / "one" / "create-key").read_text() == await ask("key", *here)
            await ask("revoke", room.code, *here)
            assert 403 == (await server.call("GET", f"/api/rooms/{room.code}", key=room.key))[0]
        await redis.kill()
        assert "does not answer" in await refused("serve", "--redis", redis.url, "--data", tmp_path / "one")


@pytest.mark.waits
async def test_a_rehearsal_leaves_nothing_behind(tmp_path):
    """
    Forty pretend participants in the seminar; then none of them in the room, the counts or the export, and not a word
    of theirs in any file.
    """
    data = tmp_path / "data"
    async with Server(data) as server:
        room = await server.open(SEMINAR)
        assert "40 pretend participants" in await ask("rehearse", room.code, "--phones", 40, "--data", data)
        await room.act("goto", slide=23)
        for _ in range(2):
            await room.act("next")
        async with asyncio.timeout(60):
            while (view := await room.show())["rehearsal"]["answers"] < 20 or view["counts"]["phones"] < 20:
                await asyncio.sleep(0.2)
        assert view["counts"]["answers"] >= 15
        assert 0 == len((await room.export("csv")).decode("utf-8-sig").splitlines()) - 1
        for asked in ([room.code], []):
            assert "no server" in (await ask("rehearse", *asked, "--data", tmp_path / "other", code=1)).lower()
        assert "innspill rehearse CODE --clear" in await ask("rehearse", "--clear", "--data", data, code=2)
        assert "A rehearsal is going on already" in await ask("rehearse", room.code, "--data", data, code=1)
        output = {answer["text"] for answer in view["answers"] if answer["text"]}

        assert "gone" in await ask("rehearse", room.code, "--clear", "--data", data)

        async with asyncio.timeout(60):
            while (view := await room.show())["counts"]["phones"]:
                await asyncio.sleep(0.1)
        assert ("lobby", None) == (view["state"], view["rehearsal"])
        _, rows = await server.call("GET", f"/api/rooms/{room.code}/answers", key=room.key)
        assert [] == rows["answers"]
        _, exported = await server.call("GET", f"/api/rooms/{room.code}/export.json?rehearsal=1", key=room.key)
        assert ([], 0) == (exported["answers"], exported["rehearsal_left_out"])
        for _ in range(26):
            await room.act("next")
            assert 0 == (await room.show())["counts"]["answers"]
    stored = b"".join(file.read_bytes() for file in data.glob("innspill.db*"))
    assert len(output) >= 5
    assert [] == [text for text in output if text.encode() in stored]


async def test_a_second_server_leaves_the_first_its_store(tmp_path):
    data = tmp_path / "data"
    async with Server(data):
        output = await refused("serve", "--port", "0", "--data", data)

    assert "Another process uses" in output


async def test_a_port_that_is_taken_is_named(tmp_path):
    async with Server(tmp_path / "one") as first:
        output = await refused("serve", "--port", first.port, "--data", tmp_path / "two")

    assert f"Can't listen on 127.0.0.1:{first.port}" in output


async def test_nobody_else_on_the_machine_can_read_what_is_stored(tmp_path):
    data = tmp_path / "data"
    async with running(data):
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in data.iterdir()}

    assert {"server.sock", "rooms.json", "create-key", "innspill.db"} <= modes.keys()
    assert {0o600} == set(modes.values())
    assert 0o700 == stat.S_IMODE(data.stat().st_mode)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
async def test_told_to_stop_it_ends_in_order(tmp_path, how):
    """
    Ends without an error, with the store closed and no socket left.
    """
    server = Server(tmp_path / "data")
    await server.start()
    assert server.process

    server.process.send_signal(how)

    assert 0 == await server.process.wait()
    assert not (tmp_path / "data" / "server.sock").exists()
    assert not list((tmp_path / "data").glob("*-wal"))


async def test_logs_hold_neither_keys_nor_answers_nor_addresses(tmp_path):
    """
    What a log keeps, somebody reads: a key in a path, an answer, a code, an address.
    """
    async with running(tmp_path / "data") as server:
        code, key = line(server, "Code").replace(" ", ""), line(server, "Console").partition("#")[2]
        room = Open(server, {"code": code, "facilitator_key": key, "screen_key": ""})
        await room.act("start", activity="viktigst")
        await room.act("add_answer", text="Flere benker ved elva")
        await server.call("POST", f"/{code}/keys", {"key": key})
        await server.call("GET", f"/{code}/nowhere")
        await server.call(
            "POST", f"/{code}/answers", {"type": "answer", "id": "x", "activity": "viktigst", "text": "Hei"}
        )
    log = server.log()

    assert [] == [secret for secret in (key, code, "benker", "127.0.0.1", "Hei") if secret in log]
    assert all(json.loads(each)["level"] for each in log.splitlines())


async def test_a_create_key_with_a_name(tmp_path):
    """
    Made beside the server and without one; it opens meetings from elsewhere until it is ended, and no other key ends.
    """
    data = tmp_path / "data"
    elsewhere = {"X_Forwarded_For": "10.0.0.1"}
    before = (await ask("key", "new", "Biblioteket", "--data", data)).strip().partition("/new#")[2]
    async with Server(data) as server:
        link = (await ask("key", "new", "Kari på servicetorget", "--data", data)).strip()
        assert link.startswith(f"{server.url}/new#")
        keys = before, link.partition("#")[2]
        assert [201, 201] == [(await server.call("POST", "/api/rooms", SEMINAR, key, **elsewhere))[0] for key in keys]
        await ask("key", "end", "Kari på servicetorget", "--data", data)
        assert [201, 403] == [(await server.call("POST", "/api/rooms", SEMINAR, key, **elsewhere))[0] for key in keys]
    await ask("key", "end", "Biblioteket", "--data", data)
    async with Server(data) as server:
        assert 403 == (await server.call("POST", "/api/rooms", SEMINAR, before, **elsewhere))[0]


def test_a_create_key_needs_a_name(tmp_path):
    assert "between 1 and 60" in output_of("key", "new", " ", "--data", tmp_path / "data", code=1)
