"""
Converts a deck, or puts results into one, while meetings go on: in a process of its own, bounded in memory and time
(`live.decks.__main__`, `live.exports.into_deck.__main__`).

An .odp goes through LibreOffice first, where that is installed; what it could fetch or run is taken out before.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import IO, TypeVar

from msgspec import DecodeError, json

from live.decks.remarks import Remark
from live.decks.status import TOO_HEAVY, Report, Status
from live.errors import DeckRefused, ExtraMissing
from live.exports.into_deck.results import Inserted
from live.exports.into_deck.results import Status as InsertionStatus
from live.i18n.catalogs import N_, translator

LONGEST_S = 300  # of the clock, on a machine that is busy
LONGEST_OFFICE_S = 120
MOST_OFFICE_BYTES = 4 * 2**30  # of addresses; it takes one and a half to start
BOUNDED = f"""import os, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MOST_OFFICE_BYTES},) * 2)
resource.setrlimit(resource.RLIMIT_CPU, ({LONGEST_OFFICE_S},) * 2)
os.execv(sys.argv[1], sys.argv[1:])"""
MOST_EARLIER = 100  # remarks that a second process is told
NO_OFFICE = N_("An .odp is read through LibreOffice, which is not installed here. Save it as .pptx or .pdf.")

AnyStatus = TypeVar("AnyStatus", Status, InsertionStatus)


async def convert(deck: IO[bytes], out: IO[bytes], language: str) -> Report:
    """
    Write the workshop of *deck* to *out*, as `conversion.convert` does; both are files of the system. Sentences are in
    *language*. Raises DeckRefused and ExtraMissing.
    """
    status = await _read(deck, out, language, [])
    if status.odp:
        status = await _by_office(out, language, status.remarks)
    if status.missing:
        raise ExtraMissing("office")
    if status.report is None:
        raise DeckRefused(status.why)
    return status.report


async def insert(deck: IO[bytes], out: IO[bytes], results: bytes, language: str) -> Inserted:
    """
    Write *deck* with *results*, packed `Results`, to *out*; both are files of the system. Sentences are in *language*.
    Raises DeckRefused and ExtraMissing.
    """
    out.seek(0)
    out.truncate()
    out.write(results)
    out.flush()
    status = await _run(["live.exports.into_deck", language], deck, out, InsertionStatus)
    if status.missing:
        raise ExtraMissing("office")
    if status.inserted is None:
        raise DeckRefused(status.why)
    return status.inserted


async def _read(deck: IO[bytes], out: IO[bytes], language: str, earlier: list[Remark]) -> Status:
    out.seek(0)
    out.truncate()
    told = json.encode(earlier[:MOST_EARLIER]).decode()
    return await _run(["live.decks", language, told], deck, out, Status)


async def _run(module: list[str], deck: IO[bytes], out: IO[bytes], kind: type[AnyStatus]) -> AnyStatus:
    """Run *module*, a name, the language and other arguments. Returns the status that it tells last."""
    deck.seek(0)
    out.seek(0)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module, stdin=deck, stdout=out, stderr=asyncio.subprocess.PIPE, start_new_session=True
    )
    errors = await _output(process, LONGEST_S)
    try:
        return json.decode(errors.rstrip().rpartition(b"\n")[2], type=kind)
    except DecodeError:  # the system has ended it
        return kind(why=translator(module[1])(TOO_HEAVY))


async def _by_office(deck: IO[bytes], language: str, earlier: list[Remark]) -> Status:
    """*deck* is an .odp as it was cleaned; the zip takes its place."""
    say = translator(language)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return Status(why=say(NO_OFFICE))
    with tempfile.TemporaryDirectory(prefix="innspill-deck-") as name:
        folder = Path(name)
        deck.seek(0)
        with (folder / "deck.odp").open("wb") as copy:
            await asyncio.to_thread(shutil.copyfileobj, deck, copy)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", BOUNDED,
            office, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={folder.as_uri()}/profile",
            "--convert-to", "pptx", "--outdir", name, f"{name}/deck.odp",
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
            env=_office_environment(name), start_new_session=True,
        )  # fmt: skip
        await _output(process, LONGEST_OFFICE_S)
        made = folder / "deck.pptx"
        if not made.is_file():
            return Status(why=say(N_("LibreOffice can't read this deck. Save it as .pptx or .pdf.")))
        with made.open("rb") as pptx:
            return await _read(pptx, deck, language, earlier)


def _office_environment(folder: str) -> dict[str, str]:
    """Without what others have set, and with a proxy that leads nowhere: nothing is fetched."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LD_LIBRARY_PATH") if key in os.environ}
    nowhere = "http://127.0.0.1:9"
    return kept | {"HOME": folder, "TMPDIR": folder, "http_proxy": nowhere, "https_proxy": nowhere}


async def _output(process: asyncio.subprocess.Process, longest_s: float) -> bytes:
    """Wait for *process* and return its standard error. It and its children are ended after *longest_s*."""
    try:
        async with asyncio.timeout(longest_s):
            return (await process.communicate())[1] or b""
    except TimeoutError:
        return b""
    finally:
        with contextlib.suppress(ProcessLookupError, AttributeError):  # also what its leader has left behind
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
