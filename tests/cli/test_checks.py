"""`innspill doctor`: green where all is well, and of each thing that is wrong a line that says what to do."""

import contextlib
import datetime
import http.server
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from email.utils import format_datetime

import pytest

from live.exports import fonts
from live.journal.sqlite import FILE
from tests.cli.test_cli import ask, output_of, refused
from tests.composed import Caddy, compose, free_port
from tests.meeting import SEMINAR
from tests.server_process import Server


def states(output: str) -> dict[str, str]:
    """name -> ok, note or WRONG."""
    return {line[6:18].strip(): line[:5].strip() for line in output.splitlines()}


def words(output: str, name: str) -> str:
    return next(line[19:] for line in output.splitlines() if line[6:18].strip() == name)


async def test_behind_a_real_proxy_with_tls_all_is_well(tmp_path, monkeypatch):
    """
    Reached over https by a name, with a certificate that is trusted, and WebSockets that come through.
    """
    port = free_port()
    url = f"https://localhost:{port}"
    service = compose(INNSPILL_HOSTNAME=f"localhost:{port}")["services"]["caddy"]
    env = {"INNSPILL_PUBLIC_URL": url, "INNSPILL_CREATE_KEY": "create-key-of-the-tests"}
    server = Server(tmp_path / "data", env=env)
    server.port = direct = free_port()  # it calls itself by the proxy's
    async with server:
        here = f"127.0.0.1:{direct}"
        async with Caddy(tmp_path / "caddy", service, {"app:8000": here, "app-two:8000": here}) as caddy:
            monkeypatch.setenv("SSL_CERT_FILE", str(caddy.root))
            output = await ask("doctor", "--data", server.data, "--public-url", url)
            names = (
                "disk",
                "files",
                "formats",
                "fonts",
                "store",
                "address",
                "reached",
                "certificate",
                "clock",
                "sockets",
            )
            assert dict.fromkeys(names, "ok") | {"address": "note"} == states(output) | {"files": "ok", "fonts": "ok"}
            monkeypatch.delenv("SSL_CERT_FILE")
            output = await ask("doctor", "--data", server.data, "--public-url", url, code=1)
            assert "the certificate is not trusted" in words(output, "reached")
        output = await ask("doctor", "--data", server.data, "--public-url", url, code=1)
        assert "can't be reached: Connection refused" in words(output, "reached")


async def test_it_tells_which_meeting_is_live(tmp_path):
    async with Server(tmp_path / "data") as server:
        room, waiting = await server.open(SEMINAR), await server.open(SEMINAR)
        assert "live now: no meeting" in words(await ask("doctor", "--data", server.data), "store")
        await room.act("next")
        output = words(await ask("doctor", "--data", server.data), "store")
    assert room.code in output
    assert waiting.code not in output
    assert "2 meetings; no server runs" == words(await ask("doctor", "--data", tmp_path / "data"), "store")


class Stranger(http.server.BaseHTTPRequestHandler):
    """A web server that is none of ours, or a proxy that is set up wrong."""

    protocol_version = "HTTP/1.1"
    body = b"ok\n"
    ahead = datetime.timedelta()

    def do_GET(self) -> None:
        self.send_response_only(200)
        self.send_header("Date", format_datetime(datetime.datetime.now(datetime.UTC) + self.ahead, usegmt=True))
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def strange(**ways: object) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Some", (Stranger,), ways)) as stranger:
        threading.Thread(target=stranger.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{stranger.server_port}"
        finally:
            stranger.shutdown()


def test_a_proxy_that_drops_the_upgrade_is_named(tmp_path):
    with strange() as url:
        output = output_of("doctor", "--data", tmp_path / "data", "--public-url", url, code=1)
    assert "does not pass the header Upgrade on" in words(output, "sockets")
    assert "ok" == states(output)["clock"]


@pytest.mark.parametrize(("minutes", "side"), [(61, "behind"), (-61, "ahead of")])
def test_a_clock_that_is_an_hour_off_is_named(tmp_path, minutes, side):
    with strange(ahead=datetime.timedelta(minutes=minutes)) as url:
        output = words(output_of("doctor", "--data", tmp_path / "data", "--public-url", url, code=1), "clock")
    assert f" s {side} the proxy's" in output


def test_something_else_at_the_address_is_named(tmp_path):
    with strange(body=b"<h1>It works!</h1>") as url:
        output = output_of("doctor", "--data", tmp_path / "data", "--public-url", url, code=1)
    assert "something else answers" in words(output, "reached")


def test_a_redis_that_is_not_there_is_named(tmp_path):
    output = output_of("doctor", "--data", tmp_path / "data", "--redis", f"redis://127.0.0.1:{free_port()}/0", code=1)
    assert "The store does not answer" in words(output, "store")


def test_a_wrong_setting_is_named_with_the_nearest(monkeypatch):
    monkeypatch.setenv("INNSPILL_PUBLIK_URL", "x")
    assert "Did you mean INNSPILL_PUBLIC_URL?" in output_of("doctor", code=1)


async def test_a_store_from_a_newer_version_is_refused_and_left_alone(tmp_path):
    """
    By doctor and at start, in a sentence.
    """
    async with Server(tmp_path / "data") as server:
        await server.open(SEMINAR)
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "innspill.db")) as store:
        store.execute("pragma user_version = 99")
    output = await ask("doctor", "--data", tmp_path / "data", code=1)
    assert "was made by a newer version of Innspill" in words(output, "store")
    assert "was made by a newer version" in await refused("serve", "--data", tmp_path / "data", "--port", "0")
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "innspill.db")) as store:
        assert (99,) == store.execute("pragma user_version").fetchone()
        assert 1 == store.execute("select count(*) from rooms").fetchone()[0]


def test_a_disk_that_is_nearly_full_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("live.cli.checks.LEAST_FREE", 2**80)
    output = output_of("doctor", "--data", tmp_path / "data", code=1)
    assert "Make room" in words(output, "disk")


def test_scripts_without_a_font_are_named(tmp_path):
    """
    Those of this machine; on one without any font, that there can be no PDF, and what to install.
    """
    told = output_of("doctor", "--data", tmp_path / "data")
    scripts = fonts.missing_scripts()
    assert ("note" if scripts else "ok") == states(told)["fonts"]
    assert ", ".join(scripts) in words(told, "fonts")
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    command = [sys.executable, "-m", "live", "doctor", "--data", str(tmp_path / "data")]
    env = {"FONTCONFIG_FILE": str(settings)}
    told = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
    assert "no pdf: apt install fonts-noto-core" == words(told, "formats")
    assert "fonts" not in states(told)


def test_without_a_public_address_it_says_what_to_set(tmp_path):
    output = output_of("doctor", "--data", tmp_path / "data")
    assert "Set INNSPILL_PUBLIC_URL" in words(output, "address")
    assert "reached" not in states(output)


@pytest.mark.parametrize("page", ["first", "second", "all but the first"])
async def test_a_damaged_file_is_told_in_a_sentence(tmp_path, page):
    """
    By the server and by commands, with what to do, and without what only its programmers understand.
    """
    data = tmp_path / "data"
    async with Server(data) as server:
        await server.open(SEMINAR)
    body = bytearray((data / FILE).read_bytes())
    spoilt = {"first": slice(0, 4096), "second": slice(4096, 8192), "all but the first": slice(4096, len(body))}[page]
    body[spoilt] = b"\xff" * len(body[spoilt])
    (data / FILE).write_bytes(body)
    for command in ("serve", "rooms"):
        output = await refused(command, "--data", data, *(["--port", "0"] if command == "serve" else []))
        assert "is damaged" in output
        assert "innspill restore FILE --data FOLDER" in output
        assert "Traceback" not in output
