"""
Writes a deck with new slides: every file of the deck as it was, byte for byte, but for the three that list its slides,
and the new files beside them.
"""

from __future__ import annotations

import posixpath
import shutil
import tempfile
from collections.abc import Mapping
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

TYPES, MEDIA = "[Content_Types].xml", "ppt/media/"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STEADY = (1980, 1, 1, 0, 0, 0)


class Names:
    """The names of all parts of a deck as its file has them: python-pptx numbers slides anew as it reads them."""

    def __init__(self, deck: Any) -> None:
        self._known: dict[Any, Any] = {part: part.partname for part in deck.part.package.iter_parts()}

    def restore(self, deck: Any, taken: set[str]) -> list[Any]:
        """Give every part its name again, and each new one a name that is not *taken*. Returns the new parts."""
        from pptx.opc.packuri import PackURI

        taken, new = {name.casefold() for name in taken}, []
        for part in list(deck.part.package.iter_parts()):
            if part in self._known:
                part.partname = self._known[part]
                continue
            new.append(part)
            stem, ending = posixpath.splitext(str(part.partname))
            n = 1
            while (name := f"{stem.rstrip('0123456789')}{n}{ending}").casefold().lstrip("/") in taken:
                n += 1
            taken.add(name.casefold().lstrip("/"))
            part.partname = PackURI(name)
        return new


def slim(file: IO[bytes]) -> IO[bytes]:
    """The deck in *file* with empty pictures and films: nobody reads them here, and `write` copies them later."""
    made = tempfile.TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    with ZipFile(file) as old, ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as copy:
        for member in old.infolist():
            copy.writestr(member.filename, b"" if member.filename.startswith(MEDIA) else old.read(member))
    made.seek(0)
    return made


def write(file: IO[bytes], deck: Any, names: Names, out: IO[bytes]) -> None:
    """Write *deck*, which was read from *file* and got new slides, to *out*."""
    with ZipFile(file) as old, ZipFile(out, "w", ZIP_DEFLATED) as written:
        members = old.infolist()
        new = names.restore(deck, {member.filename for member in members})
        main = deck.part
        changed: dict[str, bytes] = {_name(main.partname): main.blob, _name(main.partname.rels_uri): main.rels.xml}
        for member in members:
            content = changed.get(member.filename)
            if member.filename == TYPES:
                content = _types(old.read(member), new)
            info = _info(member.filename, member.date_time, member.compress_type)
            if content is not None:
                written.writestr(info, content)
                continue
            with old.open(member) as source, written.open(info, "w", force_zip64=member.file_size > 2**31) as target:
                shutil.copyfileobj(source, target)
        for part in new:
            written.writestr(_info(_name(part.partname)), part.blob)
            if len(part.rels):
                written.writestr(_info(_name(part.partname.rels_uri)), part.rels.xml)


def _info(name: str, at: tuple[int, int, int, int, int, int] = _STEADY, how: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name, at)
    info.compress_type = how
    return info


def _name(uri: Any) -> str:
    return str(uri).lstrip("/")


def _types(written: bytes, new: list[Any]) -> bytes:
    """The list of what kind each file is, with the *new* ones."""
    root = etree.fromstring(written, etree.XMLParser(resolve_entities=False, no_network=True))
    known: Mapping[str, str] = {
        one.get("Extension", "").casefold(): one.get("ContentType", "") for one in root.iter(f"{_TYPES}Default")
    }
    for part in new:
        if known.get(str(part.partname.ext).casefold()) != part.content_type:
            etree.SubElement(root, f"{_TYPES}Override", PartName=str(part.partname), ContentType=part.content_type)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
