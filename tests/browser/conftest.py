"""
One Chromium for all browser tests; every test gets it empty.

It is the headless shell where that is installed, as Playwright itself takes: pages are laid out and run by the same
code, without tabs and windows around them. A phone that opens costs a third of what it does in the whole browser.
"""

import shutil

import pytest
from playwright.async_api import Browser, Playwright, async_playwright

from tests.browser import slow
from tests.server_process import Server

NAME = "innspill.test"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # A name that is no loopback to the browser: what works there works in a hall without TLS.
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
]  # fmt: skip


async def launch(playwright: Playwright, *flags: str) -> Browser:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is missing; `make test` says how to get it"
    return await slow.launch(playwright.chromium, path, [*FLAGS, *flags])


@pytest.fixture(scope="session")
async def chromium():
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def server(tmp_path_factory):
    """For tests that leave it running, each with rooms of its own; it answers to NAME too."""
    async with Server(tmp_path_factory.mktemp("server") / "data", env={"INNSPILL_HOSTS": NAME}) as running:
        yield running


@pytest.fixture
async def browser(chromium):
    yield chromium
    for context in chromium.contexts:
        await context.close()
