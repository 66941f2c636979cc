"""
Reads the address of a Redis store, as people write it:

    redis://[user:password@]host[:6379][/db]          one server; rediss:// for TLS, unix:///path/of.sock for a socket
    redis+sentinel://host[:26379],host,…/service[/db]  whichever server the Sentinels call the master of that service
    redis+cluster://host[:6379],host,…                 a Cluster, found through any of these

Options follow after `?` under the names of redis-py (`ssl_ca_certs=…`); `sentinel_username` and `sentinel_password` are
for the Sentinels themselves. No message from this file repeats any part of an address: it may hold a password.
"""

from urllib.parse import urlsplit

from msgspec import Struct

SINGLE = ("redis", "rediss", "unix")
FORMS = {"sentinel": 26379, "cluster": 6379}  # form -> default port
UNREADABLE = "each server is host or host:port; in a password, / ? # @ are written %2F %3F %23 %40"


class Address(Struct, frozen=True):
    """`urls` has one plain address for each server, all with the same user name, password and options."""

    form: str
    urls: tuple[str, ...]
    service: str = ""


def parse(url: str) -> Address:
    """Raises ValueError, with a sentence that says what is wrong, when *url* is no valid address."""
    try:
        split = urlsplit(url)
    except ValueError:
        raise ValueError(UNREADABLE) from None
    scheme, _, form = split.scheme.partition("+")
    if scheme not in SINGLE or (form and (form not in FORMS or scheme == "unix")):
        raise ValueError("it begins with redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://")
    if split.fragment or "@" in split.path:
        raise ValueError(UNREADABLE)
    user, at, hosts = split.netloc.rpartition("@")
    if scheme == "unix":
        if not split.path.strip("/"):
            raise ValueError("the path of the socket is missing")
        return Address("single", (url,))
    query = f"?{split.query}" if split.query else ""
    service, _, db = split.path.strip("/").partition("/") if form == "sentinel" else ("", "", split.path.strip("/"))
    if form == "sentinel" and not service:
        raise ValueError("the name of the service is missing: redis+sentinel://host:26379/service")
    if db and not db.isdecimal():
        raise ValueError("what stands last is the number of a database")
    if form == "cluster" and int(db or 0):
        raise ValueError("a Cluster has only database 0")
    if not form and "," in hosts:
        raise ValueError("several servers take redis+sentinel:// or redis+cluster://")
    servers = [_with_port(host, FORMS.get(form, 6379)) for host in hosts.split(",")]
    return Address(form or "single", tuple(f"{scheme}://{user}{at}{host}/{db}{query}" for host in servers), service)


def _with_port(host: str, default: int) -> str:
    try:
        split = urlsplit(f"//{host}")
        name, port = split.hostname, split.port
    except ValueError:
        name = port = None
    if not name or (port is None and ":" in host.rpartition("]")[2]):
        raise ValueError(UNREADABLE)
    return host if port else f"{host}:{default}"
