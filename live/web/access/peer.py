"""Where a request comes from, and by which address people reach this server."""

import contextlib
import ipaddress
import re

from starlette.requests import HTTPConnection

from live.settings import Settings

FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
_WITH_PORT = re.compile(r"\[([^]]*)\](?::[0-9]+)?|([0-9.]+):[0-9]+")


def peer(connection: HTTPConnection) -> str:
    """
    The address that asks; for limits alone, and never kept. Behind proxies that the settings name it is the last one in
    X-Forwarded-For that is none of them: whatever stands before that may be made up.
    """
    address = _plain(connection.client.host) if connection.client else ""
    known = connection.app.state.proxies
    if not known or not _among(address, known):
        return address
    hops = [_plain(hop.strip()) for line in connection.headers.getlist("x-forwarded-for") for hop in line.split(",")]
    return next((hop for hop in reversed(hops) if not _among(hop, known)), address)


def _plain(address: str) -> str:
    """
    One way to write each address: without the port that some proxies add, which is another for each connection, and an
    IPv4 address by itself where a socket for both says `::ffff:192.0.2.1`: the /64 of that is all of IPv4.
    """
    found = _WITH_PORT.fullmatch(address)
    with contextlib.suppress(ValueError):
        parsed = ipaddress.ip_address((found[1] or found[2]) if found else address)
        mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
        return str(mapped or parsed)
    return address


def _among(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found.version == network.version and found in network for network in networks)


def is_https(connection: HTTPConnection) -> bool:
    """By what people see: behind a proxy that ends TLS, the public URL says so."""
    settings: Settings = connection.app.state.settings
    return settings.public_url.startswith("https:") or connection.scope["scheme"] in ("https", "wss")


def base_url(connection: HTTPConnection) -> str:
    """Where people reach us, without a slash at the end."""
    settings: Settings = connection.app.state.settings
    if settings.public_url:
        return settings.public_url.rstrip("/")
    if is_local(connection):
        url: str = connection.app.state.url
        return url
    scheme = "https" if connection.scope["scheme"] in ("https", "wss") else "http"
    return f"{scheme}://{connection.headers['host']}"


def is_local(connection: HTTPConnection) -> bool:
    """Through the socket in the data folder: whoever can open that, may do all."""
    return connection.scope.get("extensions", {}).get("innspill.local") is not None
