"""A new server as docs/hosting.md has it, behind the proxy that is printed: from first look to drill."""

import asyncio
import configparser
import json
import shlex
import ssl
import urllib.request

from websockets.asyncio.client import connect

from tests.cli.test_checks import states, words
from tests.cli.test_cli import ask
from tests.composed import Caddy, free_port
from tests.meeting import SEMINAR
from tests.server_process import Server


async def test_from_the_first_look_to_the_drill(tmp_path, monkeypatch):
    """
    What is printed to paste is what runs, with other ports and folders; and the proxy waits while the server restarts.
    """
    port, direct, data, backups = free_port(), free_port(), tmp_path / "data", tmp_path / "backups"
    first = await ask("doctor", "--data", data)
    assert "note" == states(first)["address"]
    assert "INNSPILL_PUBLIC_URL" in words(first, "address")

    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str
    unit.read_string((await ask("sample", "systemd", "--host", "HOST")).replace("HOST", f"localhost:{port}"))
    settings = dict(one.split("=", 1) for one in shlex.split(unit["Service"]["Environment"]))
    del settings["INNSPILL_DATA"]
    url = settings["INNSPILL_PUBLIC_URL"]
    file = tmp_path / "Caddyfile"
    file.write_text((await ask("sample", "caddy", "--host", "HOST")).replace("HOST", f"localhost:{port}"))
    service = {"environment": {"INNSPILL_HOSTNAME": f"localhost:{port}"}}
    at = {"127.0.0.1:8000": f"127.0.0.1:{direct}"}

    server = Server(data, *shlex.split(unit["Service"]["ExecStart"])[1:], env=settings)
    server.port = direct  # it calls itself by the proxy's
    async with server, Caddy(tmp_path / "caddy", service, at, file) as caddy:
        monkeypatch.setenv("SSL_CERT_FILE", str(caddy.root))
        here = ("--data", data, "--public-url", url)
        well = states(await ask("doctor", *here))
        assert {"ok"} == {well[name] for name in ("store", "reached", "certificate", "clock", "sockets")}

        link, _, key = (await ask("key", "new", "Kommunikasjon", "--data", data)).strip().partition("#")
        assert f"{url}/new" == link
        server.url = url
        status, opened = await server.call("POST", "/api/rooms", SEMINAR, key)
        assert 201 == status
        trust = ssl.create_default_context(cafile=caddy.root)
        async with connect(f"wss://localhost:{port}/{opened['code']}/feed", ssl=trust) as phone:
            await phone.send('{"type":"hello"}')
            assert "welcome" == json.loads(await phone.recv())["type"]

        output = await ask("rehearse", "--phones", 60, "--data", data)
        assert f"60 of 60 phones came in by localhost:{port}. 180 of 180 answers were acked, 0 of them lost." in output
        assert "99th percentile" in output

        await server.stop()
        waiting = asyncio.create_task(asyncio.to_thread(urllib.request.urlopen, f"{url}/{opened['code']}", timeout=60))
        server.port = direct
        await server.start()
        with await waiting as page:
            assert 200 == page.status

        await ask("backup", "--data", data, "--to", backups)
        assert "Back: 1 meeting with 0 answers." in await ask("drill", backups)  # none of the trial
