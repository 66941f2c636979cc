"""The address a request comes from, and the address at which people reach this server."""

import contextlib
import ipaddress
import re

from starlette.requests import HTTPConnection

from live.web.services import services

FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
_WITH_PORT = re.compile(r"\[([^]]*)\](?::[0-9]+)?|([0-9.]+):[0-9]+")


def peer(connection: HTTPConnection) -> str:
    """
    The address that asks; used for limits only, and never stored. Behind proxies that the settings name, it is the last
    address in X-Forwarded-For that is none of them: a client may make up whatever comes before that.
    """
    address = _plain(connection.client.host) if connection.client else ""
    proxies = services(connection).proxies
    if not proxies or not _among(address, proxies):
        return address
    hops = [_plain(hop.strip()) for line in connection.headers.getlist("x-forwarded-for") for hop in line.split(",")]
    return next((hop for hop in reversed(hops) if not _among(hop, proxies)), address)


def _plain(address: str) -> str:
    """
    The same text for the same address: without the port that some proxies add, which differs for each connection, and
    an IPv4 address as IPv4 where a dual-stack socket gives `::ffff:192.0.2.1`, whose /64 would be all of IPv4.
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
    """Whether people use https: behind a proxy that ends TLS, only the public URL tells."""
    settings = services(connection).settings
    return settings.public_url.startswith("https:") or connection.scope["scheme"] in ("https", "wss")


def base_url(connection: HTTPConnection) -> str:
    """The address at which people reach us, without a slash at the end."""
    settings = services(connection).settings
    if settings.public_url:
        return settings.public_url.rstrip("/")
    if is_local(connection):
        url = services(connection).url
        return url
    scheme = "https" if connection.scope["scheme"] in ("https", "wss") else "http"
    return f"{scheme}://{connection.headers['host']}"


def is_local(connection: HTTPConnection) -> bool:
    """Whether the request came by the socket in the data folder: whoever can open that may do everything."""
    return connection.scope.get("extensions", {}).get("innspill.local") is not None
