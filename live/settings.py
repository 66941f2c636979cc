"""The settings, from `INNSPILL_*` in the environment and from the command line, which takes precedence."""

import contextlib
import difflib
import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from live import redis_address
from live.errors import LiveError

PREFIX = "INNSPILL_"
FAST, PLAIN = "fast", "plain"
EXAMPLE_URL = "https://innspill.example.no"
_LABEL = re.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
SECRETS = ("create_key", "redis")  # a Redis address may hold a password


class SettingWrong(LiveError):
    """A setting can't be used; `args[0]` says which, and what to do."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    host: str = "127.0.0.1"
    port: int = 8000
    data: Path = Path("innspill-data")
    media: str = ""  # the folder of films, shared by the machines where there are several; empty: one in `data`
    redis: str = ""
    workers: int = 1
    public_url: str = ""
    hosts: str = ""  # further host names of this server, separated by commas
    proxies: str = ""  # addresses or networks of trusted proxies, separated by commas
    create_key: str = ""
    transport: str = FAST  # `plain`: no protocols that extend those of uvicorn
    limits: str = "on"  # `off` lifts rate limits, for benchmarks on this machine alone
    accessibility: str = ""  # a Markdown file with the operator's own text for /accessibility
    lan: bool = False

    @property
    def media_folder(self) -> Path:
        return Path(self.media) if self.media else self.data / "media"

    @property
    def only_this_machine(self) -> bool:
        """Whether only this machine can reach the server, so that everybody who does may open rooms."""
        return is_loopback(self.host) and (not self.public_url or is_loopback(urlsplit(self.public_url).hostname or ""))


def proxies(settings: Settings) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks of `proxies`. Raises ValueError when one is no address or network."""
    return [ipaddress.ip_network(name.strip()) for name in settings.proxies.split(",") if name.strip()]


def is_loopback(host: str) -> bool:
    """Whether *host* names this machine and nothing else. `127.0.0.1.example.org` does not."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read(environment: Mapping[str, str], **given: Any) -> Settings:
    """
    Settings from the environment, overridden by *given* where that is not None. A variable `…_FILE` names a file that
    holds a secret. Raises SettingWrong.
    """
    values: dict[str, Any] = {}
    names = {field.name for field in msgspec.structs.fields(Settings)} - {"lan"}
    for variable, value in environment.items():
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name.removesuffix("_file") in SECRETS and name.endswith("_file"):
            name, value = name.removesuffix("_file"), _secret(variable, value)
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            hint = f" Did you mean {PREFIX}{near[0].upper()}?" if near else ""
            raise SettingWrong(f"{variable} is not a setting.{hint}")
        values[name] = value
    values |= {name: value for name, value in given.items() if value is not None}
    try:
        settings = msgspec.convert(values, Settings, strict=False, dec_hook=lambda kind, value: kind(value))  # a Path
    except msgspec.ValidationError as error:
        raise SettingWrong(f"{error}.") from None
    settings = msgspec.structs.replace(settings, public_url=_public_url(settings.public_url.strip()))
    _check(settings)
    return settings


def _secret(variable: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise SettingWrong(f"{variable} names a file that can't be read: {path} ({error.strerror}).") from None


def _check(settings: Settings) -> None:
    if not 0 <= settings.port < 65536:
        raise SettingWrong("The port must be a number from 0 to 65535.")
    if settings.transport not in (FAST, PLAIN):
        raise SettingWrong(f"{PREFIX}TRANSPORT is either {FAST} or {PLAIN}.")
    if settings.limits not in ("on", "off"):
        raise SettingWrong(f"{PREFIX}LIMITS is either on or off.")
    if settings.limits == "off" and not settings.only_this_machine:
        raise SettingWrong(f"{PREFIX}LIMITS=off is for this machine alone: listen on 127.0.0.1, without a public URL.")
    if settings.redis:
        try:
            redis_address.parse(settings.redis)
        except ValueError as error:
            raise SettingWrong(f"--redis is an address such as redis://127.0.0.1:6379/0; {error}.") from None
    if settings.accessibility:
        try:
            Path(settings.accessibility).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingWrong(
                f"{PREFIX}ACCESSIBILITY names a file that can't be read as UTF-8: {settings.accessibility} ({error})."
            ) from None
    try:
        proxies(settings)
    except ValueError as error:
        raise SettingWrong(f"{PREFIX}PROXIES names addresses or networks such as 172.16.0.0/12; {error}.") from None
    if settings.workers < 1:
        raise SettingWrong("--workers is a number from 1.")
    if settings.workers > 1 and not settings.redis:
        raise SettingWrong(
            "Several workers need a store that they share: add --redis redis://127.0.0.1:6379/0. "
            "The embedded store takes one worker: leave --workers out."
        )


def _public_url(written: str) -> str:
    """
    The address as browsers send it: without a slash at its end, and a name with other letters than a to z in those of
    the internet (`blåbær.no` is `xn--blbr-roah.no`). Raises SettingWrong, which says what is too much or missing.
    """
    if not written:
        return ""
    refused = f"--public-url is the address people type, such as {EXAMPLE_URL}"
    try:
        url = urlsplit(written)
        port = url.port
    except ValueError as error:
        raise SettingWrong(f"{refused}; {written}: {error}.") from None
    if url.scheme not in ("http", "https") or not url.hostname:
        raise SettingWrong(f"{refused}.")
    if "@" in url.netloc:
        raise SettingWrong(f"{refused}, without a user before the name.")
    if url.path.strip("/"):
        raise SettingWrong(f"{refused}: it has no path, and {url.path} is one. Innspill needs a name of its own.")
    for sign, rest in (("?", url.query), ("#", url.fragment)):
        if rest or written.endswith(sign):
            raise SettingWrong(f"{refused}: nothing follows the name, and {sign}{rest} does.")
    if port == 0:
        raise SettingWrong(f"{refused}; {written}: a port is a number from 1 to 65535.")
    name = ascii_name(url.hostname)
    if name is None:
        raise SettingWrong(f"{refused}; {url.hostname} is no name of a machine.")
    usual = port in (
        None,
        {"http": 80, "https": 443}[url.scheme],
    )  # browsers leave it out, and compare letter by letter
    return f"{url.scheme}://{f'[{name}]' if ':' in name else name}{'' if usual else f':{port}'}"


def ascii_name(written: str) -> str | None:
    """The name of a machine in the letters of the internet (RFC 3490); None when it is none. Addresses stay."""
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(written))
    try:
        name = written.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return name if len(name) <= 253 and all(map(_LABEL.fullmatch, name.removesuffix(".").split("."))) else None


def readable_name(netloc: str) -> str:
    """A name, with or without a port, as people read and type it."""
    try:
        return netloc.encode("ascii").decode("idna")
    except UnicodeError:
        return netloc
