"""One Chromium for all browser tests; every test gets it empty."""

import shutil

import pytest
from playwright.async_api import async_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # A name that is no loopback to the browser: what works there works in a hall without TLS.
    "--host-resolver-rules=MAP innspill.test 127.0.0.1",
]  # fmt: skip


@pytest.fixture(scope="session")
async def chromium():
    path = shutil.which("chromium")
    assert path, "Chromium is missing; `make test` says how to get it"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def browser(chromium):
    yield chromium
    for context in chromium.contexts:
        await context.close()
