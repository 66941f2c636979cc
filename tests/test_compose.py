"""The compose file: its settings are valid, and what it starts works as one server. Real processes, real TLS."""

import asyncio
import http.client
import json
import re
import ssl
import sys
import urllib.request
from pathlib import Path

import pytest

from live.journal.redis_pools import NEEDED
from live.settings import read
from tests.composed import KEY, App, Caddy, Composed, app_settings, compose, image, stages
from tests.journal.redis_server import free_port
from tests.meeting import one
from tests.phones import hall
from tests.server_process import ROOT, Open

SERVICES = ("app", "app-two", "valkey", "caddy")


@pytest.fixture
def file() -> dict:
    return compose(INNSPILL_HOSTNAME="innspill.example.no")


def test_only_caddy_is_reached_from_outside(file):
    services, networks = file["services"], file["networks"]
    assert {"caddy": ["80:80", "443:443"]} == {name: it["ports"] for name, it in services.items() if "ports" in it}
    outwards = {name for name, network in networks.items() if not (network or {}).get("internal")}
    assert ["caddy"] == [name for name, it in services.items() if outwards & set(it["networks"])]
    assert set() == set(services["caddy"]["networks"]) & set(services["valkey"]["networks"])


def test_the_store_keeps_what_it_acks(file):
    _, *flags = file["services"]["valkey"]["command"]
    given = dict(zip(flags[::2], flags[1::2], strict=True))
    assert NEEDED == {name: given.get(f"--{name}") for name in NEEDED}
    assert ["valkey:/data"] == file["services"]["valkey"]["volumes"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_can_do_no_more_than_it_must(file, name):
    service = file["services"][name]
    assert service["read_only"]
    assert ["ALL"] == service["cap_drop"]
    assert (["NET_BIND_SERVICE"] if name == "caddy" else []) == service.get("cap_add", [])
    assert ["no-new-privileges:true"] == service["security_opt"]
    assert "unless-stopped" == service["restart"]
    assert {"mem_limit", "pids_limit", "stop_grace_period"} <= service.keys()


def test_neither_app_nor_store_is_root(file):
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", image()["USER"])
    assert {"user": "valkey"}.items() <= file["services"]["valkey"].items()
    assert not [name for name in ("app", "app-two") if "user" in file["services"][name]]


def test_what_is_built_from_is_named_by_version(file):
    """
    Compilers are only in the first stage, and every image has a fixed version.
    """
    build, last = (dict(stage)["FROM"] for stage in stages())
    assert f"{last} AS build" == build
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", last)
    assert "uv sync --locked" in str(stages()[0])
    used = {it["image"] for it in file["services"].values()} - {"innspill"}
    assert [] == [it for it in used if not re.search(r":\d", it)]


def test_everybody_is_asked_how_they_are(file):
    assert "HEALTHCHECK" in image()
    assert {"valkey", "caddy"} == {name for name, it in file["services"].items() if "healthcheck" in it}
    assert "service_healthy" == file["services"]["app"]["depends_on"]["valkey"]["condition"]


def test_the_second_app_is_the_first_with_a_folder_of_its_own(file):
    apps = file["services"]["app"], file["services"]["app-two"]
    assert {"app-two": ["two"]} == {name: it["profiles"] for name, it in file["services"].items() if "profiles" in it}
    assert [["app:/data", "media:/media"], ["app-two:/data", "media:/media"]] == [app.pop("volumes") for app in apps]
    apps[1].pop("profiles")
    assert apps[0] == apps[1]
    upstreams = re.search(r"reverse_proxy (.*) {", (ROOT / "deploy/Caddyfile").read_text("utf-8"))
    assert "app:8000 app-two:8000" == upstreams[1]
    assert image()["EXPOSE"] == image()["ENV"]["INNSPILL_PORT"] == "8000"


def test_an_app_may_write_to_its_folder_alone(file, tmp_path):
    (tmp_path / "key").write_text(KEY)
    service = file["services"]["app"]
    assert {"INNSPILL_CREATE_KEY_FILE": f"/run/secrets/{service['secrets'][0]}"}.items() <= service[
        "environment"
    ].items()
    settings = read(app_settings(service) | {"INNSPILL_CREATE_KEY_FILE": str(tmp_path / "key")})
    assert (Path("/data"), "0.0.0.0", KEY) == (settings.data, settings.host, settings.create_key)
    assert [f"app:{settings.data}", f"media:{settings.media_folder}"] == service["volumes"]
    assert f"{settings.data} {settings.media_folder}" == image()["VOLUME"]


def test_the_example_names_every_setting():
    """
    Without a host name nothing starts; all other settings are optional.
    """
    with pytest.raises(KeyError, match="INNSPILL_HOSTNAME"):
        compose()
    example = (ROOT / "deploy/env.example").read_text("utf-8")
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
    assert asked == set(re.findall(r"^#?(\w+)=", example, re.MULTILINE)) - {"COMPOSE_PROFILES"}


def test_no_secret_goes_into_the_image_or_into_git():
    first, *kept = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    assert "*" == first
    let_in = {line[1:] for line in kept if line.startswith("!")}
    assert {"LICENSE", "README.md", "pyproject.toml", "uv.lock"} == {it for it in let_in if (ROOT / it).is_file()}
    assert {"live", "examples", "presenter", "static", "templates"} == {it for it in let_in if (ROOT / it).is_dir()}
    assert {".env", "deploy/secrets/"} <= set((ROOT / ".gitignore").read_text().splitlines())


# -- what it starts ----------------------------------------------------------------------------------------------


@pytest.fixture
async def composed(tmp_path, monkeypatch):
    async with Composed(tmp_path) as composed:
        monkeypatch.setenv("SSL_CERT_FILE", str(composed.caddy.root))
        urllib.request.install_opener(None)  # a newer Python keeps the certificates of the first request
        yield composed


async def opened(composed: Composed) -> Open:
    status, links = await composed.apps[0].call("POST", "/api/rooms", one("open", "id=a many=50"), KEY)
    assert 201 == status, links
    room = Open(composed.apps[0], links)
    await room.act("start", activity="a")
    return room


async def phones_at(port: int) -> int:
    def ask() -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
            return answer.read().decode()

    return int(re.search(r"^innspill_phones (\d+)", await asyncio.to_thread(ask), re.MULTILINE)[1])


async def healthy(app: App) -> bool:
    program, *words = json.loads(image()["HEALTHCHECK"].partition("CMD ")[2])
    assert "innspill" == program
    asked = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "live", *words, cwd=ROOT, env=app.env | {"INNSPILL_DATA": str(app.data)},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    return 0 == await asked.wait()


async def test_people_come_by_https_and_openers_by_the_key(composed):
    public = f"https://localhost:{composed.port}"

    def by_http() -> tuple[int, str | None]:
        line = http.client.HTTPConnection("localhost", composed.caddy.http_port, timeout=60)
        line.request("GET", "/25054015")
        answer = line.getresponse()
        line.close()
        return answer.status, answer.headers["Location"]

    assert (308, f"{public}/25054015") == await asyncio.to_thread(by_http)
    assert 401 == (await composed.apps[0].call("POST", "/api/rooms", one("open")))[0]
    assert 403 == (await composed.apps[0].call("POST", "/api/rooms", one("open"), "guessed"))[0]
    room = await opened(composed)
    assert f"{public}/{room.code}" == room.links["join_url"]
    assert room.links["console_url"].startswith(f"{public}/{room.code}/console#")


async def test_an_app_that_dies_costs_its_phones_a_blink(composed):
    """
    Thirty phones on two apps. One app is killed, the other told to stop and started again: each answer is there, once.
    """
    room = await opened(composed)
    first, second = composed.apps
    async with hall(room, 30) as phones:
        here = [await phones_at(app.direct) for app in composed.apps]
        assert 30 == sum(here)
        assert min(here) >= 10

        async def write(what: str) -> None:
            await asyncio.gather(*(phone.send("a", f"{what} {n}") for n, phone in enumerate(phones)))

        await write("Først")
        await first.kill()
        await write("Etter drapet")
        await asyncio.gather(*(phone.until(lambda phone: phone.here and not phone.waiting) for phone in phones))
        await first.start()
        stopping = asyncio.create_task(second.stop())
        await write("Mens den går")
        await stopping
        await asyncio.gather(*(phone.until(lambda phone: phone.here and not phone.waiting) for phone in phones))
        assert 30 == await phones_at(first.direct)
        await second.start()
    texts = [row["text"] for row in (await room.export("json"))["answers"]]
    assert sorted(f"{what} {n}" for what in ("Først", "Etter drapet", "Mens den går") for n in range(30)) == sorted(
        texts
    )


@pytest.mark.soak
async def test_an_app_is_unhealthy_without_its_store(composed):
    app = composed.apps[1]
    assert await healthy(app)
    await composed.store.kill()
    assert not await healthy(app)
    await composed.store.start()
    async with asyncio.timeout(60):
        while not await healthy(app):
            await asyncio.sleep(0.1)


async def test_caddy_tells_of_trouble_and_of_nobody_who_met_it(tmp_path):
    """
    An app that hangs up in the midst of an answer is told of in Caddy's log, without address, path, or header.
    """

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if (await reader.readuntil(b"\r\n\r\n")).startswith(b"GET /healthz "):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    port = free_port()
    service = compose(INNSPILL_HOSTNAME=f"localhost:{port}")["services"]["caddy"]
    async with await asyncio.start_server(hang_up, "127.0.0.1") as app:
        here = f"127.0.0.1:{app.sockets[0].getsockname()[1]}"
        async with Caddy(tmp_path / "caddy", service, {"app:8000": here, "app-two:8000": here}) as caddy:

            def send() -> int:
                trust = ssl.create_default_context(cafile=caddy.root)
                line = http.client.HTTPSConnection("localhost", port, context=trust, timeout=60)
                line.request("POST", "/25054015/answers", "text=Hei", {"User-Agent": "Somebody"})
                status = line.getresponse().status
                line.close()
                return status

            assert 502 == await asyncio.to_thread(send)
            texts = [line for line in caddy.log().splitlines() if '"level":"error"' in line]
    assert "http.log.error" in "".join(texts)
    assert not re.search(r"25054015|Somebody|remote_ip|client_ip", "".join(texts))
