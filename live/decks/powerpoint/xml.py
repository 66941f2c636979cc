"""Names in the XML of a .pptx (ECMA-376, part 1), and the few ways in which the readers here look at it."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}

Element: TypeAlias = Any  # of lxml, which has no types


def name(short: str) -> str:
    """`a:p` as lxml writes it."""
    prefix, local = short.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def find_all(element: Element, path: str) -> list[Element]:
    """What XPath *path* finds from *element*."""
    # Elements of python-pptx have an `xpath` of their own, which takes no namespaces.
    found = etree._Element.xpath(element, path, namespaces=NAMESPACES)
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []


def first(element: Element, path: str) -> Element | None:
    return next(iter(find_all(element, path)), None)


def children(element: Element) -> Iterator[Element]:
    """The children; in place of `mc:AlternateContent` those of the way to write them that can be read here."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag == name("mc:AlternateContent"):
            chosen = _chosen(child)
            yield from children(chosen) if chosen is not None else ()
        else:
            yield child


def _chosen(content: Element) -> Element | None:
    """
    The choice where it has text or a picture that we know, and for a chart of a newer kind, whose fallback only says
    that it can't be drawn. The fallback, mostly a picture, for anything else.
    """
    choice, fallback = first(content, "mc:Choice"), first(content, "mc:Fallback[*]")
    if choice is not None and fallback is not None:
        known = find_all(choice, "p:sp|p:grpSp|p:pic|.//m:t")
        return choice if known or choice.get("Requires", "").startswith("cx") else fallback
    return fallback if choice is None else choice


def is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def number_of(value: str | None, default: int = 0) -> int:
    """A whole number of an attribute; *default* where it is none, as in a damaged file."""
    try:
        return int(value or default)
    except ValueError:
        return default
