"""The report as a PDF that screen readers can read (PDF/UA): the page as printed, with its headings and tables."""

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


def write(told: Snapshot) -> bytes:
    return of(html_export.write(told))


def of(html: bytes) -> bytes:
    """A page as PDF, made in a process of its own, for it takes seconds. ExtraMissing, also where there is no Pango."""
    if not installed():
        raise ExtraMissing("pdf")
    done = subprocess.run(
        [sys.executable, "-m", "live.exports.pdf_export"], input=html, capture_output=True, timeout=LONGEST_S
    )
    if done.returncode == NO_LIBRARY:
        raise ExtraMissing("pdf")
    if done.returncode:
        raise RuntimeError(f"no PDF was made: {done.stderr[-500:]!r}")
    return done.stdout


def main() -> None:
    """A page from standard input, and the PDF of it to standard output."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError:  # Pango is not there
        sys.exit(NO_LIBRARY)
    text = sys.stdin.buffer.read().decode()
    # The page holds no address, and were one slipped in it would not be asked for.
    body = HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=[])).write_pdf(pdf_variant="pdf/ua-1")
    sys.stdout.buffer.write(body)


if __name__ == "__main__":
    main()
