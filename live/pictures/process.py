"""Has pictures encoded in a process of its own, one process at a time, so that its memory is taken once only."""

import asyncio
import contextlib
import io
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256

import msgspec
from msgspec import Struct

from live.errors import ArchiveRefused
from live.i18n.catalogs import N_
from live.pictures.reply import SCREEN, Reply
from live.workshop.pictures import Picture

LONGEST_S = 30.0  # for one picture; a photo of 40 megapixels takes about two
LONGEST_OF_ALL_S = 180.0  # for those of one meeting: others wait meanwhile
_encoding = asyncio.Semaphore(1)


class Encoded(Struct, frozen=True):
    """A picture as it will be stored: what is known of it, and its files."""

    picture: Picture
    files: dict[str, bytes]


async def encode(
    names: Iterable[str], read: Callable[[str], bytes]
) -> tuple[dict[str, Encoded], dict[str, ArchiveRefused]]:
    """
    The pictures *names*, whose bytes *read* gives, and why others could not be taken, by name. *read* is called in a
    thread, and may raise ArchiveRefused.
    """
    made: dict[str, Encoded] = {}
    refused: dict[str, ArchiveRefused] = {}
    async with _encoding:
        ends = asyncio.get_running_loop().time() + LONGEST_OF_ALL_S
        process: asyncio.subprocess.Process | None = None
        try:
            for name in names:
                try:
                    body = await asyncio.to_thread(read, name)
                    if process is None or process.returncode is not None:
                        process = await _start()
                    reply = await _ask(process, body, ends)
                    if reply.fault:
                        raise ArchiveRefused(reply.fault, file=name, n=reply.n)
                    made[name] = _encoded(reply)
                except ArchiveRefused as error:
                    refused[name] = error
                except (TimeoutError, asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
                    await _end(process)
                    process = None
                    sentence = N_("{file} takes too much memory. Save it smaller: {n} pixels wide is enough")
                    refused[name] = ArchiveRefused(sentence, file=name, n=SCREEN)
        finally:
            await _end(process)
    return made, refused


def read_size(body: bytes) -> tuple[int, int]:
    """Width and height of a stored file, from its head alone. Raises ValueError when it is none of ours."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(body), formats=["WEBP"]) as image:
            size = image.size
            still = not getattr(image, "is_animated", False)
    except (OSError, ValueError, SyntaxError):
        raise ValueError("no WebP") from None
    if not still or max(size) > SCREEN:
        raise ValueError("no picture of ours")
    return size


def _encoded(reply: Reply) -> Encoded:
    name = sha256(reply.large + reply.small).hexdigest()[:32]
    files = {f"{name}-{reply.width}": reply.large, f"{name}-{reply.small_width}": reply.small}
    size = sum(map(len, files.values()))
    return Encoded(Picture(name, reply.width, reply.height, reply.small_width, size), files)


async def _start() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "live.pictures.encoder", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        limit=2**16,
    )  # fmt: skip


async def _ask(process: asyncio.subprocess.Process, body: bytes, ends: float) -> Reply:
    assert process.stdin
    assert process.stdout
    async with asyncio.timeout_at(min(asyncio.get_running_loop().time() + LONGEST_S, ends)):
        process.stdin.write(len(body).to_bytes(4, "big"))
        process.stdin.write(body)
        await process.stdin.drain()
        size = int.from_bytes(await process.stdout.readexactly(4), "big")
        return msgspec.msgpack.decode(await process.stdout.readexactly(size), type=Reply)


async def _end(process: asyncio.subprocess.Process | None) -> None:
    if process is not None and process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
