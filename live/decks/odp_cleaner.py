"""Copies an .odp without what LibreOffice would fetch or run: addresses outside of the file, scripts and objects."""

from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from lxml import etree

from live.decks import file_kinds
from live.decks.remarks import Remarks
from live.i18n.catalogs import N_

_HREF = "{http://www.w3.org/1999/xlink}href"
_LINKS = {  # what a press follows, and no program by itself
    "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a",
    "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}a",
}
_DROPPED = ("Basic/", "Dialogs/", "Scripts/", "Configurations", "Thumbnails/")


def clean(file: BinaryIO, out: BinaryIO, remarks: Remarks) -> None:
    """Write to *out* what of the .odp in *file* is safe to open. Raises DeckRefused."""
    with ZipFile(file) as source, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        inside = {member.filename for member in source.infolist()}
        for member in source.infolist():
            if member.filename.startswith(_DROPPED):
                if member.filename.startswith(("Basic/", "Scripts/")):
                    remarks.warn(0, N_("Macros are left out."))
                continue
            try:
                content = source.read(member)
                if member.filename.endswith("content.xml") or member.filename.endswith("styles.xml"):
                    content = _without_addresses(content, inside, remarks)
            except Exception:  # each way to compress has errors of its own, and XML too
                raise remarks.refuse(file_kinds.DAMAGED, part=member.filename) from None
            copy.writestr(member.filename, content, ZIP_STORED if member.filename == "mimetype" else ZIP_DEFLATED)


def _without_addresses(content: bytes, inside: set[str], remarks: Remarks) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("declares entities")
    for element in root.iter(etree.Element):
        address = element.get(_HREF)
        if address is None or element.tag in _LINKS or address.startswith("#"):
            continue
        name = address.removeprefix("./").rstrip("/")
        if name not in inside and f"{name}/content.xml" not in inside:
            remarks.warn(0, N_("A picture lies outside the deck and is not fetched: {address}"), address=address)
            del element.attrib[_HREF]
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written
