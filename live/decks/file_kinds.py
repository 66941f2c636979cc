"""Tells what kind of file a deck is by what it holds, never by its name, and refuses what is unsafe to unpack."""

from __future__ import annotations

from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from live.decks.remarks import Remarks
from live.i18n.catalogs import N_

PPTX, PDF, ODP = "pptx", "pdf", "odp"

MOST_BYTES = 100 * 1024 * 1024
MOST_UNPACKED = 250 * 1024 * 1024
MOST_XML = 24 * 1024 * 1024  # of one part: as a tree it takes eight times as much memory
MOST_MEMBERS = 20_000

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MAIN = "ppt/presentation.xml"
_ODP = b"application/vnd.oasis.opendocument.presentation"
NO_DECK = N_("This is no deck that can be read here. Save it as .pptx, .odp or .pdf.")
DAMAGED = N_(
    "The deck is damaged or cut off ({part}). Open it where it was made, save it again, and try with that file."
)


def kind_of(file: BinaryIO, remarks: Remarks) -> str:
    """PPTX, PDF or ODP. Raises DeckRefused. *file* is left at its beginning."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    if size > MOST_BYTES:
        raise too_large(size, remarks)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(file, remarks)
    if b"%PDF-" in head:
        return PDF
    if head.startswith(_OLE):
        raise _old_or_locked(file, remarks)
    raise remarks.refuse(NO_DECK)


def too_large(size: int, remarks: Remarks) -> Exception:
    return remarks.refuse(
        N_("The deck is {n} MB, and at most {most} MB can be read. Take films out of it, or compress its pictures."),
        n=-(-size // 1024**2), most=MOST_BYTES // 1024**2,
    )  # fmt: skip


def _old_or_locked(file: BinaryIO, remarks: Remarks) -> Exception:
    """A .ppt, or a .pptx with a password, which is a file of the same old kind around it."""
    content = file.read(4 * 1024 * 1024)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return locked(remarks)
    return remarks.refuse(N_("This is a file of an old PowerPoint (.ppt). Open it and save it as .pptx."))


def locked(remarks: Remarks) -> Exception:
    return remarks.refuse(N_("The deck is locked with a password. Save a copy without it."))


def _kind_of_zip(file: BinaryIO, remarks: Remarks) -> str:
    try:
        archive = ZipFile(file)
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise remarks.refuse(DAMAGED, part="zip") from None
    with archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        _check_members(members, remarks)
        if _MAIN in names:
            types = _read(archive, "[Content_Types].xml", remarks)
            if b"macroEnabled" in types:
                raise remarks.refuse(N_("This deck holds macros (.pptm). Save it as .pptx, without them."))
            if b"presentationml.presentation.main+xml" not in types:
                raise remarks.refuse(N_("This is a template or a slide show. Open it and save it as .pptx."))
            return PPTX
        if "mimetype" in names and _read(archive, "mimetype", remarks).strip() == _ODP:
            if b"encryption-data" in _read(archive, "META-INF/manifest.xml", remarks):
                raise locked(remarks)
            return ODP
        if any(name.endswith(".iwa") or name.startswith("Index.zip") for name in names):
            raise remarks.refuse(N_("This is a Keynote file. Export it to PowerPoint or PDF."))
    raise remarks.refuse(NO_DECK)


def _check_members(members: list[ZipInfo], remarks: Remarks) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise locked(remarks)
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise remarks.refuse(N_("The deck holds a file that leads out of it: {name}. Save it again."), name=name)
        if name.endswith((".xml", ".rels")) and member.file_size > MOST_XML:
            raise remarks.refuse(
                N_("{name} in the deck is larger than {most} MB. Part the deck in two."),
                name=name,
                most=MOST_XML // 1024**2,
            )
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise remarks.refuse(
            N_("Unpacked, the deck is more than {most} MB. Take films out of it, or compress its pictures."),
            most=MOST_UNPACKED // 1024**2,
        )


def _read(archive: ZipFile, name: str, remarks: Remarks) -> bytes:
    try:
        return archive.read(name)
    except Exception:  # each way to compress has errors of its own for a damaged member
        raise remarks.refuse(DAMAGED, part=name) from None


def first_damaged(file: BinaryIO) -> str:
    """The part of a .pptx that can't be read, for the message; empty when none is found."""
    from lxml import etree

    file.seek(0)
    with ZipFile(file) as archive:
        for member in archive.infolist():
            try:
                content = archive.read(member)
                if member.filename.endswith((".xml", ".rels")):
                    etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
            except Exception:
                return member.filename
    return ""
