"""Writes the report as a PDF that screen readers can read (PDF/UA), made from the HTML export."""

import os
import subprocess
import sys
from base64 import b64encode
from importlib.util import find_spec

from live.errors import ExtraMissing
from live.exports import fonts, html_export
from live.exports.snapshot import Snapshot

LONGEST_S = 300  # 10,000 answers take 20 s
NO_LIBRARY = 3


def missing() -> str:
    """What a PDF needs and this machine has not: "pdf" (the extra), "pango", "font", or nothing. A key of INSTALL."""
    if find_spec("weasyprint") is None:
        return "pdf"
    if not fonts.pango_installed():
        return "pango"
    return "" if fonts.any_font_has() else "font"  # without any, Pango ends the process that asks it to set a letter


def write(snapshot: Snapshot) -> bytes:
    return of(html_export.write(snapshot))


def of(html: bytes) -> bytes:
    """A page as PDF, made in a process of its own, as it takes seconds. Raises ExtraMissing of what is `missing`."""
    if lacks := missing():
        raise ExtraMissing(lacks)
    process = subprocess.run(
        [sys.executable, "-m", "live.exports.pdf_export"], input=html, capture_output=True, timeout=LONGEST_S
    )
    if process.returncode == NO_LIBRARY:
        raise ExtraMissing("pango")
    if process.returncode:
        raise RuntimeError(f"no PDF was made: {process.stderr[-500:]!r}")
    return process.stdout


def main() -> None:
    """Read a page from standard input, and write its PDF to standard output."""
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # or each letter that is embedded has the second in which that was done
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError:  # Pango is not installed
        sys.exit(NO_LIBRARY)
    text = sys.stdin.buffer.read().decode()
    # The page has no addresses; if it ever had one, it would not be fetched. Font and pictures are in it, as data.
    font = f"url(data:font/woff2;base64,{b64encode(fonts.file('inter.woff2').read_bytes()).decode()})"
    known = FontConfiguration()
    inter = CSS(
        string=f'@font-face {{ font-family: "Inter"; src: {font}; font-weight: 400 700 }}', font_config=known,
        url_fetcher=URLFetcher(allowed_protocols=["data"]),
    )  # fmt: skip
    page = HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=["data"]))
    body = page.write_pdf(pdf_variant="pdf/ua-1", stylesheets=[inter], font_config=known)
    sys.stdout.buffer.write(body)


if __name__ == "__main__":
    main()
