"""The settings, from `INNSPILL_*` in the environment and from the command line, which takes precedence."""

import difflib
import ipaddress
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
SECRETS = ("create_key", "redis")  # a Redis address may hold a password


class SettingWrong(LiveError):
    """A setting can't be used; `args[0]` says which, and what to do."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    host: str = "127.0.0.1"
    port: int = 8000
    data: Path = Path("innspill-data")
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
    if settings.public_url:
        url = urlsplit(settings.public_url)
        if url.scheme not in ("http", "https") or not url.hostname or url.path.strip("/"):
            raise SettingWrong("--public-url is the address people type, such as https://innspill.example.no")
