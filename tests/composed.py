"""
Reads docker-compose.yml, and runs what it describes without containers: the same programs, flags and settings, with
names and ports of loopback.
"""

import asyncio
import contextlib
import json
import os
import re
import shlex
import shutil
import ssl
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import yaml

from tests.journal.redis_server import RedisServer, free_port, valkey_binary
from tests.server_process import ROOT, Server

VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
KEY = "a-create-key-for-tests"
READY_S = 60


def compose(**env: str) -> dict[str, Any]:
    """The file as Compose reads it with *env* as its .env. Raises KeyError for a variable that is missing."""

    def value(match: re.Match[str]) -> str:
        name, sign, rest = match.groups()
        return env.get(name) or rest if sign == "-" else env[name]

    def filled(node: Any) -> Any:
        if isinstance(node, dict):
            return {name: filled(part) for name, part in node.items()}
        if isinstance(node, list):
            return [filled(part) for part in node]
        return VARIABLE.sub(value, node) if isinstance(node, str) else node

    return filled(yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8")))


def stages() -> list[list[tuple[str, str]]]:
    """The instructions of the Dockerfile, by stage."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    found: list[list[tuple[str, str]]] = []
    for line in filter(None, text.splitlines()):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append((name, rest))
    return found


def image() -> dict[str, Any]:
    """The last stage of the Dockerfile: the last value of each instruction, ENV as a dictionary, CMD as a list."""
    last = dict(stages()[-1])
    return last | {"ENV": dict(word.split("=", 1) for word in shlex.split(last["ENV"])), "CMD": json.loads(last["CMD"])}


def app_settings(service: Mapping[str, Any]) -> dict[str, str]:
    """The environment of an app."""
    return {name: it for name, it in image()["ENV"].items() if name.startswith("INNSPILL_")} | service["environment"]


class App(Server):
    """One of the apps. It calls itself by the public address, so its port is chosen before."""

    def __init__(self, data: Path, service: Mapping[str, Any], **here: str) -> None:
        program, *arguments = image()["CMD"]
        assert "innspill" == program
        super().__init__(data, *arguments, env=app_settings(service) | {"INNSPILL_HOST": "127.0.0.1"} | here)
        self.direct = free_port()

    async def start(self) -> None:
        self.port = self.direct
        await super().start()
        self.port, self.url = self.direct, self.env["INNSPILL_PUBLIC_URL"]


class Caddy:
    """Started by `async with`, with *at* in place of the names of the apps."""

    def __init__(
        self, folder: Path, service: Mapping[str, Any], at: Mapping[str, str], file: Path = ROOT / "deploy/Caddyfile"
    ) -> None:
        self.folder = folder
        self.file = file
        self.http_port = free_port()
        self.port = int(service["environment"]["INNSPILL_HOSTNAME"].rsplit(":", 1)[1])
        self.root = folder / "caddy/pki/authorities/local/root.crt"  # the authority that signs for localhost
        self._env = os.environ | service["environment"] | {
            "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)
        }  # fmt: skip
        self._at = at

    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    async def _config(self) -> Path:
        path = shutil.which("caddy")
        assert path, "caddy is missing; `make test` says how to get it"
        adapting = await asyncio.create_subprocess_exec(
            path, "adapt", "--adapter", "caddyfile", "--config", str(self.file), env=self._env,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        text, trouble = (part.decode() for part in await adapting.communicate())
        assert 0 == adapting.returncode, trouble
        for name, here in self._at.items():
            assert f'"{name}"' in text
            text = text.replace(f'"{name}"', f'"{here}"')
        config = json.loads(text)
        http = config["apps"]["http"]
        http["http_port"] = self.http_port
        for server in http["servers"].values():
            server["listen"] = [f"127.0.0.1{port}" for port in server["listen"]]
        file = self.folder / "caddy.json"
        file.write_text(json.dumps(config), "utf-8")
        return file

    async def __aenter__(self) -> "Caddy":
        self.folder.mkdir()
        config = await self._config()
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                "caddy", "run", "--config", str(config), env=self._env, stdout=log, stderr=log
            )
        async with asyncio.timeout(READY_S):
            while not await self._answers():
                assert self.process.returncode is None, self.log()
                await asyncio.sleep(0.05)
        return self

    async def _answers(self) -> bool:
        with contextlib.suppress(OSError):  # also while Caddy has not yet made or written its certificates
            trust = ssl.create_default_context(cafile=self.root)
            _, writer = await asyncio.open_connection("localhost", self.port, ssl=trust)
            writer.close()
            await writer.wait_closed()
            return True
        return False

    async def __aexit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


class Composed:
    """Everything, with the profile `two`. Started by `async with`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.services = compose(INNSPILL_HOSTNAME=f"localhost:{self.port}")["services"]

    async def __aenter__(self) -> "Composed":
        key = self.folder / "key"
        key.write_text(KEY + "\n", "ascii")
        async with AsyncExitStack() as stack:
            _, *flags = self.services["valkey"]["command"]
            self.store = RedisServer(self.folder / "valkey", tuple(flags), valkey_binary())
            await stack.enter_async_context(self.store)
            here = {"INNSPILL_REDIS": self.store.url, "INNSPILL_CREATE_KEY_FILE": str(key)}
            self.apps = [App(self.folder / name, self.services[name], **here) for name in ("app", "app-two")]
            for app in self.apps:
                await stack.enter_async_context(app)
            at = {f"{app.data.name}:8000": f"127.0.0.1:{app.direct}" for app in self.apps}
            self.caddy = await stack.enter_async_context(Caddy(self.folder / "caddy", self.services["caddy"], at))
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()
