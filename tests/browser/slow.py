"""
SLOW=6 in the environment makes the machine and its network slow by design: each page has a processor six times slower,
and all it sends and receives is 200 ms late. A test that looks at a page before what it waits for has come then fails
every time, and not by chance.
"""

import asyncio
import contextlib
import os

from playwright.async_api import Browser, BrowserContext, BrowserType, Error, Page

FACTOR = float(os.environ.get("SLOW", "1"))
LATE_S = 0.04 * (FACTOR - 1)  # each way


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    """Each part of *source* reaches *sink* LATE_S after it came, and so in its order."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(OSError):
        while data := await source.read(65_536):
            loop.call_later(LATE_S, sink.write, data)
    loop.call_later(LATE_S, sink.close)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection by SOCKS 5 (RFC 1928), as Chromium asks for it. Every name is this machine's."""
    with contextlib.suppress(OSError, asyncio.IncompleteReadError):
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")  # no password
        *_, kind = await reader.readexactly(4)
        await reader.readexactly({1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0])
        port = int.from_bytes(await reader.readexactly(2), "big")
        try:
            there, back = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.write(b"\x05\x05\x00\x01" + bytes(6))  # refused
            return writer.close()
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await asyncio.gather(_pour(reader, back), _pour(there, writer))


async def _throttle(page: Page) -> None:
    with contextlib.suppress(Error):  # closed already
        devtools = await page.context.new_cdp_session(page)
        await devtools.send("Emulation.setCPUThrottlingRate", {"rate": FACTOR})


async def launch(chromium: BrowserType, path: str, flags: list[str]) -> Browser:
    """A browser whose pages are slow, if SLOW says so."""

    def throttle_pages(context: BrowserContext) -> None:
        context.on("page", _throttle)

    if FACTOR == 1:
        return await chromium.launch(executable_path=path, args=flags)
    network = await asyncio.start_server(_carry, "127.0.0.1", 0)
    proxy = f"--proxy-server=socks5://127.0.0.1:{network.sockets[0].getsockname()[1]}"
    browser = await chromium.launch(executable_path=path, args=[*flags, proxy, "--proxy-bypass-list=<-loopback>"])
    browser.on("context", throttle_pages)
    browser.on("disconnected", lambda _: network.close())
    return browser
