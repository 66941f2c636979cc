"""A real server in its own process, on loopback and a free port, that tests may kill and start again."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
READY_S = 120


class Server:
    """Started by `async with`. `restart` keeps data and port."""

    def __init__(self, data: Path, *arguments: str, env: dict[str, str] | None = None, files: int = 0) -> None:
        """*files*: the limit of its file descriptors; 0 for the same as these tests have."""
        self.data = data
        self.limit = ("prlimit", f"--nofile={files}:{files}") if files else ()
        self.arguments = arguments or ("serve",)
        self.env = env or {}
        self.url = ""
        self.port = 0
        self.process: asyncio.subprocess.Process | None = None
        self.output: list[str] = []
        self._log = data.with_suffix(".log")

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.limit, sys.executable, "-m", "live", *self.arguments,
                "--port", str(self.port), "--data", str(self.data),
                stdout=asyncio.subprocess.PIPE, stderr=log, cwd=ROOT, env=os.environ | self.env,
            )  # fmt: skip
        assert self.process.stdout
        async with asyncio.timeout(READY_S):
            while line := (await self.process.stdout.readline()).decode():
                self.output.append(line.rstrip())
                if line.startswith("Innspill is ready at "):
                    self.port = int(line.strip().rstrip("/").rsplit(":", 1)[1])
                    self.url = f"http://127.0.0.1:{self.port}"  # whatever name it gives itself
                    return
        raise AssertionError(f"the server did not start: {self.log()}")

    def workers(self) -> list[int]:
        """Process ids of the workers it has spawned."""
        assert self.process
        pid, found = self.process.pid, []
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            with contextlib.suppress(FileNotFoundError):
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    found.append(int(child))
        return found

    async def kill(self) -> None:
        """kill -9: nothing is finished, no connection is closed properly."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> None:
        if self.process and self.process.returncode is None:
            self.process.terminate()
            try:
                async with asyncio.timeout(60):
                    await self.process.wait()
            except TimeoutError:
                await self.kill()
                raise

    def log(self) -> str:
        return self._log.read_text("utf-8", "replace")[-4000:]

    async def __aenter__(self) -> "Server":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # -- the API --------------------------------------------------------------------------------------------

    async def call(self, method: str, path: str, body: Any = None, key: str = "", **headers: str) -> tuple[int, Any]:
        """-> (status, decoded JSON or bytes)."""
        return await asyncio.to_thread(self._call, method, path, body, key, headers)

    def _call(self, method: str, path: str, body: Any, key: str, headers: dict[str, str]) -> tuple[int, Any]:
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data, method=method)
        request.add_header("Content-Type", "text/markdown" if isinstance(body, str) else "application/json")
        if key:
            request.add_header("Authorization", f"Bearer {key}")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, kind, content = answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            status, kind, content = error.code, error.headers.get_content_type(), error.read()
        return status, json.loads(content) if kind.endswith("json") and content else content

    async def open(self, text: str) -> "Open":
        """A new room, by the create key, so that a server with a public name opens one too."""
        key = (self.data / "create-key").read_text("ascii").strip()
        status, opened = await self.call("POST", "/api/rooms", text, key)
        assert 201 == status, opened
        return Open(self, opened)


class Open:
    """A room on a server, with its facilitator's key."""

    def __init__(self, server: Server, opened: dict[str, str]) -> None:
        self.server = server
        self.code = opened["code"]
        self.key = opened["facilitator_key"]
        self.screen_key = opened["screen_key"]
        self.links = opened

    async def act(self, do: str, **fields: Any) -> dict[str, Any]:
        status, answer = await self.server.call(
            "POST", f"/api/rooms/{self.code}/actions", {"do": do, **fields}, self.key
        )
        assert 200 == status, answer
        return answer

    async def show(self) -> dict[str, Any]:
        status, view = await self.server.call("GET", f"/api/rooms/{self.code}", key=self.key)
        assert 200 == status, view
        return view

    async def export(self, form: str) -> Any:
        status, content = await self.server.call("GET", f"/api/rooms/{self.code}/export.{form}", key=self.key)
        assert 200 == status, content
        return content
