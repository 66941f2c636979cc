"""The software bill of materials: Innspill as installed here, the packages it runs on, and what is bundled with it."""

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from typing import Any

from msgspec import Struct

NAME = "innspill"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OF_AN_EXTRA = re.compile(r"\bextra\s*==")


class Component(Struct, frozen=True, order=True):
    """`licence` is an SPDX expression where the package gives one, else its own words; `home` may be empty."""

    name: str
    version: str
    licence: str
    home: str = ""
    package: bool = True


BUNDLED = (Component("Inter", "4.1", "OFL-1.1", "https://rsms.me/inter/", package=False),)


@cache
def components() -> tuple[Component, ...]:
    """Innspill first, the rest by name; packages of the optional groups where they are installed."""
    found = {one.name.lower(): one for one in _packages()}
    itself = found.pop(NAME)
    return (itself, *sorted((*found.values(), *BUNDLED), key=lambda one: one.name.lower()))


def _packages() -> Iterator[Component]:
    waiting, seen = [NAME], set[str]()
    while waiting:
        name = waiting.pop()
        if re.sub(r"[-_.]+", "-", name.lower()) in seen:
            continue
        seen.add(re.sub(r"[-_.]+", "-", name.lower()))
        try:
            about = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of an optional group that is not installed, or for another operating system
        yield Component(str(about.metadata["Name"]), about.version, _licence(about), _home(about))
        for line in about.requires or ():
            if name == NAME or not _OF_AN_EXTRA.search(line):
                waiting += _NAME.findall(line)[:1]


def _values(about: metadata.Distribution, field: str) -> list[str]:
    """All values of a metadata *field* such as `license_expression`; older packages leave most fields out."""
    value = about.metadata.json.get(field, [])
    return [value] if isinstance(value, str) else value


def _licence(about: metadata.Distribution) -> str:
    if spdx := _values(about, "license_expression"):
        return spdx[0]
    kinds = [one.split(" :: ")[-1] for one in _values(about, "classifier") if one.startswith("License ::")]
    own_words = [text.strip().partition("\n")[0][:80] for text in _values(about, "license")]
    return ", ".join(kinds or own_words) or "?"


def _home(about: metadata.Distribution) -> str:
    links = [line.split(", ", 1) for line in _values(about, "project_url") if ", " in line]
    links += [["home", url] for url in _values(about, "home_page")]
    named = {label.lower(): url for label, url in links}
    labels = ("homepage", "source", "source code", "repository", "github", "documentation", "home")
    return next((named[label] for label in labels if named.get(label, "").startswith("https://")), "")


def bill() -> dict[str, Any]:
    """`components` in the CycloneDX 1.6 format, for tools that look for known vulnerabilities."""
    itself, *others = components()
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": _as_cyclonedx(itself) | {"type": "application"}},
        "components": [
            *map(_as_cyclonedx, others),
            _as_cyclonedx(Component("python", sys.version.split()[0], "PSF-2.0", package=False)),
        ],
    }  # fmt: skip


def _as_cyclonedx(one: Component) -> dict[str, Any]:
    purl = f"pkg:{'pypi' if one.package else 'generic'}/{one.name.lower()}@{one.version}"
    spdx = re.fullmatch(r"[A-Za-z0-9.+() -]+", one.licence) and " License" not in one.licence and "," not in one.licence
    return {
        "type": "library", "bom-ref": purl, "name": one.name, "version": one.version, "purl": purl,
        "licenses": [{"expression": one.licence} if spdx else {"license": {"name": one.licence}}],
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=2)
