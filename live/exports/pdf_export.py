"""Writes the report as a PDF that screen readers can read (PDF/UA), made from the HTML export."""

import subprocess
import sys
from importlib.util import find_spec

from live.errors import ExtraMissing
from live.exports import html_export
from live.exports.snapshot import Snapshot

LONGEST_S = 300  # 10,000 answers take 20 s
NO_LIBRARY = 3


def installed() -> bool:
    return find_spec("weasyprint") is not None


def write(snapshot: Snapshot) -> bytes:
    return of(html_export.write(snapshot))


def of(html: bytes) -> bytes:
    """A page as PDF, made in a process of its own, as it takes seconds. Raises ExtraMissing, also without Pango."""
    if not installed():
        raise ExtraMissing("pdf")
    process = subprocess.run(
        [sys.executable, "-m", "live.exports.pdf_export"], input=html, capture_output=True, timeout=LONGEST_S
    )
    if process.returncode == NO_LIBRARY:
        raise ExtraMissing("pdf")
    if process.returncode:
        raise RuntimeError(f"no PDF was made: {process.stderr[-500:]!r}")
    return process.stdout


def main() -> None:
    """Read a page from standard input, and write its PDF to standard output."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError:  # Pango is not installed
        sys.exit(NO_LIBRARY)
    text = sys.stdin.buffer.read().decode()
    # The page has no addresses; if it ever had one, it would not be fetched.
    body = HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=[])).write_pdf(pdf_variant="pdf/ua-1")
    sys.stdout.buffer.write(body)


if __name__ == "__main__":
    main()
