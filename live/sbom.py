"""What Innspill is made of, as installed here: itself, the packages it runs on, and what it carries along."""

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


CARRIED = (Component("Inter", "4.1", "OFL-1.1", "https://rsms.me/inter/", package=False),)


@cache
def components() -> tuple[Component, ...]:
    """Itself first, the rest by name. Of the extras, those that are installed."""
    found = {one.name.lower(): one for one in _packages()}
    itself = found.pop(NAME)
    return (itself, *sorted((*found.values(), *CARRIED), key=lambda one: one.name.lower()))


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
            continue  # of an extra that is not installed, or for another system
        yield Component(str(about.metadata["Name"]), about.version, _licence(about), _home(about))
        for line in about.requires or ():
            if name == NAME or not _OF_AN_EXTRA.search(line):
                waiting += _NAME.findall(line)[:1]


def _said(about: metadata.Distribution, field: str) -> list[str]:
    """What it says in *field*, `license_expression` or `project_url`; an older package leaves most of them out."""
    said = about.metadata.json.get(field, [])
    return [said] if isinstance(said, str) else said


def _licence(about: metadata.Distribution) -> str:
    if spdx := _said(about, "license_expression"):
        return spdx[0]
    kinds = [one.split(" :: ")[-1] for one in _said(about, "classifier") if one.startswith("License ::")]
    own_words = [text.strip().partition("\n")[0][:80] for text in _said(about, "license")]
    return ", ".join(kinds or own_words) or "?"


def _home(about: metadata.Distribution) -> str:
    links = [line.split(", ", 1) for line in _said(about, "project_url") if ", " in line]
    links += [["home", url] for url in _said(about, "home_page")]
    named = {label.lower(): url for label, url in links}
    labels = ("homepage", "source", "source code", "repository", "github", "documentation", "home")
    return next((named[label] for label in labels if named.get(label, "").startswith("https://")), "")


def bill() -> dict[str, Any]:
    """The same as a bill of materials: CycloneDX 1.6, for those who watch for known holes."""
    itself, *others = components()
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": _told(itself) | {"type": "application"}},
        "components": [
            _told(one) for one in (*others, Component("python", sys.version.split()[0], "PSF-2.0", package=False))
        ],
    }  # fmt: skip


def _told(one: Component) -> dict[str, Any]:
    purl = f"pkg:{'pypi' if one.package else 'generic'}/{one.name.lower()}@{one.version}"
    spdx = re.fullmatch(r"[A-Za-z0-9.+() -]+", one.licence) and " License" not in one.licence and "," not in one.licence
    return {
        "type": "library", "bom-ref": purl, "name": one.name, "version": one.version, "purl": purl,
        "licenses": [{"expression": one.licence} if spdx else {"license": {"name": one.licence}}],
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=2)
