"""The checks of `innspill doctor`: what is wrong with a server, and what to do about it."""

import datetime
import shutil
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin

from live import codes
from live.exports import INSTALL, fonts, missing
from live.settings import Settings, is_loopback

PATIENCE_S = 8.0
LEAST_FREE = 500 * 1024 * 1024  # bytes; a twentieth of the disk must be free too
MOST_DRIFT_S = 60
LEAST_FILES = 20_000  # the number of phones that one process is made for
LEAST_DAYS = 14  # for which a certificate should still be valid
UNUSED_CODE = "10000000"  # a code that most likely no meeting has

# 24 MB to fetch; the last has Chinese, Japanese and Korean.
FONTS = "fonts-noto-core fonts-noto-color-emoji fonts-wqy-microhei"

GOOD, POOR, BAD = "ok", "note", "WRONG"


class Finding(Struct, frozen=True):
    """`state` is GOOD, POOR (works, but could be better) or BAD; `words` say what was found and what to do."""

    state: str
    name: str
    words: str


def disk(settings: Settings) -> Finding:
    folders = (settings.data, *settings.data.absolute().parents)
    folder = next((folder for folder in folders if folder.exists()), Path("/"))
    usage = shutil.disk_usage(folder)
    free = f"{usage.free / 1024**3:.1f} GiB free in {settings.data}"
    if usage.free < max(LEAST_FREE, usage.total // 20):
        return Finding(BAD, "disk", f"{free}. Make room: what can't be written is not acknowledged.")
    return Finding(GOOD, "disk", free)


def files() -> Finding:
    try:
        import resource
    except ImportError:
        return Finding(GOOD, "files", "no limit is known on this system")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < LEAST_FILES:
        return Finding(POOR, "files", f"{most:,} file handles: that many phones. Raise LimitNOFILE to {LEAST_FILES:,}.")
    return Finding(GOOD, "files", "enough file handles")


def formats() -> Iterator[Finding]:
    """Which files can't be written, and whose letters are boxes in a PDF."""
    lacks = missing()
    for extra in sorted(set(lacks.values())):
        names = ", ".join(format for format in lacks if lacks[format] == extra)
        yield Finding(POOR, "formats", f"no {names}: {INSTALL[extra]}")
    if not lacks:
        yield Finding(GOOD, "formats", "all can be written")
    if "pdf" in lacks:
        return
    if scripts := fonts.missing_scripts():
        words = f"none for {', '.join(scripts)}: boxes in a PDF. apt install {FONTS}"
        yield Finding(POOR, "fonts", words)
    else:
        yield Finding(GOOD, "fonts", "for every script that we look for")


def public_url(settings: Settings) -> Finding:
    if not settings.public_url:
        words = "no public URL. Set INNSPILL_PUBLIC_URL to the address people type, such as https://innspill.example.no"
        return Finding(POOR, "address", words)
    if is_loopback(urlsplit(settings.public_url).hostname or ""):
        return Finding(POOR, "address", f"{settings.public_url} is this machine alone. No phone comes there.")
    if not settings.public_url.startswith("https://"):
        return Finding(
            POOR, "address", f"{settings.public_url} is not encrypted. Put a proxy with a certificate before it."
        )
    return Finding(GOOD, "address", settings.public_url)


def from_outside(settings: Settings, now: float | None = None) -> Iterator[Finding]:
    """What a phone finds at the public address: whether it answers, its certificate, its clock, and WebSockets."""
    if not settings.public_url:
        return
    url = urlsplit(settings.public_url)
    try:
        with urllib.request.urlopen(f"{settings.public_url.rstrip('/')}/healthz", timeout=PATIENCE_S) as answer:  # noqa: S310 - the settings' own
            body, date = answer.read(100), answer.headers.get("Date", "")
    except urllib.error.HTTPError as error:
        yield Finding(BAD, "reached", f"{settings.public_url} answers {error.code}. Does the proxy lead to Innspill?")
        return
    except (OSError, ValueError) as error:
        yield Finding(BAD, "reached", f"{settings.public_url} can't be reached: {_reason(error)}")
        return
    if body.strip() != b"ok":
        yield Finding(
            BAD, "reached", f"at {settings.public_url} something else answers. Does the proxy lead to Innspill?"
        )
        return
    yield Finding(GOOD, "reached", f"{settings.public_url} answers")
    if url.scheme == "https":
        yield certificate(url)
    if date:
        yield clock(date, time.time() if now is None else now)
    yield sockets(settings.public_url)


def _reason(error: BaseException) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"the certificate is not trusted ({reason.verify_message})"
    if isinstance(reason, socket.gaierror):
        return "the name is not known. Is it in the DNS?"
    return str(getattr(reason, "strerror", "") or reason or type(reason).__name__)


def certificate(url: SplitResult) -> Finding:
    """How long the certificate is still valid; that it is trusted was checked just before."""
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection((url.hostname or "", url.port or 443), PATIENCE_S) as plain,
            context.wrap_socket(plain, server_hostname=url.hostname) as connection,
        ):
            peer_certificate: dict[str, Any] = connection.getpeercert() or {}
    except OSError as error:
        return Finding(BAD, "certificate", f"can't be looked at: {_reason(error)}")
    until = datetime.datetime.fromtimestamp(ssl.cert_time_to_seconds(peer_certificate["notAfter"]), datetime.UTC)
    lasts = until - datetime.datetime.now(datetime.UTC)
    short = lasts < datetime.timedelta(days=LEAST_DAYS)
    # Caddy's own authority issues certificates for half a day and renews them in time, so only a certificate that was
    # made for long and runs out soon is worth a note.
    begun = datetime.datetime.fromtimestamp(ssl.cert_time_to_seconds(peer_certificate["notBefore"]), datetime.UTC)
    if short and until - begun > datetime.timedelta(days=LEAST_DAYS):
        return Finding(POOR, "certificate", f"runs out on {until:%Y-%m-%d}. Renew it.")
    return Finding(GOOD, "certificate", f"holds until {until:%Y-%m-%d %H:%M} UTC")


def clock(date: str, now: float) -> Finding:
    """Compares *date*, an HTTP date (RFC 9110), with *now*, this machine's clock in seconds since 1970."""
    try:
        drift = round(now - parsedate_to_datetime(date).timestamp())
    except ValueError:
        return Finding(POOR, "clock", f"the proxy's date can't be read: {date[:40]}")
    if abs(drift) > MOST_DRIFT_S:
        side = "ahead of" if drift > 0 else "behind"
        return Finding(BAD, "clock", f"{abs(drift)} s {side} the proxy's. Let both go by NTP.")
    return Finding(GOOD, "clock", "agrees with the proxy's")


def sockets(url: str) -> Finding:
    where = url.rstrip("/").replace("http", "ws", 1)
    try:
        feed, origin = f"{where}/{UNUSED_CODE}/feed", Origin(url.rstrip("/"))
        with connect(feed, origin=origin, open_timeout=PATIENCE_S) as connection:
            connection.recv(timeout=PATIENCE_S)
    except InvalidStatus as refused:
        status = refused.response.status_code
        return Finding(
            BAD, "sockets", f"the proxy answers {status} and not 101: it does not pass the header Upgrade on. "
            "Phones fall back to asking every three seconds.",
        )  # fmt: skip
    except (OSError, WebSocketException, TimeoutError) as error:
        return Finding(BAD, "sockets", f"no WebSocket comes through ({_reason(error)}).")
    return Finding(GOOD, "sockets", "come through")


def store(look: Callable[[], tuple[str, list[tuple[str, str]]]]) -> Iterator[Finding]:
    """
    *look* returns what is stored, and (code, why) of each meeting that can't be read; or it raises an error whose words
    say why that can't be found out.
    """
    try:
        words, unreadable = look()
    except Exception as error:
        yield Finding(BAD, "store", str(error))
        return
    yield Finding(GOOD, "store", words)
    for code, why in unreadable:
        yield Finding(BAD, "meeting", f"{codes.spaced(code)} can't be read. {why}")
