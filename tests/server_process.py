"""
A real server in its own process, on loopback and a free port, that tests may kill and start again. `Server` is forked
from a process that has read the program already (tests/fork_server.py), `FreshServer` is a new interpreter, as people
start it.
"""

import asyncio
import contextlib
import functools
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, BinaryIO

ROOT = Path(__file__).parent.parent
READY_S = 120
COUNTING = "COVERAGE_PROCESS_CONFIG"  # what a process has to find, to count its lines too


@functools.cache
def fork_server() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Started when the first server is asked for; it ends with this process, whose end of the socket closes then."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {name: value for name, value in os.environ.items() if name != COUNTING}  # each server by itself
    process = subprocess.Popen([sys.executable, "-m", "tests.fork_server"], stdin=theirs, cwd=ROOT, env=environment)
    theirs.close()
    return ours, process


class Forked:
    """What tests use of asyncio's Process, for a process that the fork server has started."""

    def __init__(self, pid: int, stdout: asyncio.StreamReader, status: Awaitable[int]) -> None:
        self.pid = pid
        self.stdout = stdout
        self._status = asyncio.ensure_future(status)

    @classmethod
    async def start(cls, arguments: list[str], environment: dict[str, str], log: int) -> "Forked":
        loop, stdout = asyncio.get_running_loop(), asyncio.StreamReader()
        read, write = os.pipe()
        told, telling = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        told.setblocking(False)
        message = json.dumps({"arguments": arguments, "environment": environment}).encode()
        with telling:
            socket.send_fds(fork_server()[0], [message], [write, log, telling.fileno()])
        os.close(write)
        reading, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stdout), os.fdopen(read, "rb", 0)
        )
        pid = int(await loop.sock_recv(told, 16))

        async def status() -> int:
            with told, contextlib.closing(reading):
                return int(await loop.sock_recv(told, 16))

        return cls(pid, stdout, status())

    @property
    def returncode(self) -> int | None:
        return self._status.result() if self._status.done() else None

    async def wait(self) -> int:
        return await asyncio.shield(self._status)

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Server:
    """Started by `async with`. `restart` keeps data and port."""

    def __init__(self, data: Path, *arguments: str, env: dict[str, str] | None = None, files: int = 0) -> None:
        """*files*: the limit of its file descriptors; 0 for the same as these tests have."""
        self.data = data
        self.files = files
        self.arguments = arguments or ("serve",)
        self.env = env or {}
        self.url = ""
        self.port = 0
        self.process: asyncio.subprocess.Process | Forked | None = None
        self.output: list[str] = []
        self._log = data.with_suffix(".log")

    async def start(self) -> None:
        arguments = [*self.arguments, "--port", str(self.port), "--data", str(self.data)]
        with self._log.open("ab") as log:
            self.process = await self._begin(arguments, os.environ | self.env, log)
        if self.files:
            resource.prlimit(self.process.pid, resource.RLIMIT_NOFILE, (self.files, self.files))
        assert self.process.stdout
        async with asyncio.timeout(READY_S):
            while line := (await self.process.stdout.readline()).decode():
                self.output.append(line.rstrip())
                if line.startswith("Innspill is ready at "):
                    self.port = int(line.strip().rstrip("/").rsplit(":", 1)[1])
                    self.url = f"http://127.0.0.1:{self.port}"  # whatever name it gives itself
                    return
        raise AssertionError(f"the server did not start: {self.log()}")

    async def _begin(
        self, arguments: list[str], environment: dict[str, str], log: BinaryIO
    ) -> asyncio.subprocess.Process | Forked:
        return await Forked.start(arguments, environment, log.fileno())

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
        data = (
            body
            if isinstance(body, bytes)
            else body.encode()
            if isinstance(body, str)
            else json.dumps(body).encode()
            if body is not None
            else None
        )
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

    async def open(self, text: str | bytes) -> "Open":
        """A new room, of an archive too, by the create key, so that a server with a public name opens one too."""
        key = (self.data / "create-key").read_text("ascii").strip()
        kind = {"Content_Type": "application/zip"} if isinstance(text, bytes) else {}
        status, opened = await self.call("POST", "/api/rooms", text, key, **kind)
        assert 201 == status, opened
        return Open(self, opened)


class FreshServer(Server):
    """For what depends on how an interpreter begins and ends, for workers, and for measurements."""

    async def _begin(
        self, arguments: list[str], environment: dict[str, str], log: BinaryIO
    ) -> asyncio.subprocess.Process:
        return await begin_fresh(arguments, environment, log)


async def begin_fresh(arguments: list[str], environment: dict[str, str], log: BinaryIO) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "live", *arguments,
        stdout=asyncio.subprocess.PIPE, stderr=log, cwd=ROOT, env=environment,
    )  # fmt: skip


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
