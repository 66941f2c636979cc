"""
Reads a workshop that is an archive: `workshop.md` and the files beside it, in a `.zip`.

What it unpacks to is bounded while it is read, whatever the archive says of itself.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

from live.errors import ArchiveRefused
from live.i18n.catalogs import N_
from live.workshop.films import MOST_BYTES as MOST_FILMS
from live.workshop.films import MOST_FILM
from live.workshop.parser import MOST_BYTES
from live.workshop.pictures import LONGEST_NAME

TEXT = "workshop.md"
MOST_ARCHIVE = 64 * 1024 * 1024  # bytes of the archive itself, without films
MOST_WITH_FILMS = MOST_ARCHIVE + MOST_FILMS
MOST_ENTRIES = 500
MOST_FILE = 16 * 1024 * 1024  # of one file in it, unpacked
MOST_DIRECTORY = 1024 * 1024  # bytes of the list of files at its end
NO_ZIP = N_("This is no zip archive that can be read. Pack the folder again as .zip")
TOO_LARGE = N_("{file} is larger than {n} MB. Save it smaller")
PIECE = 256 * 1024
_LONGEST_END = 22 + 65_535  # the record at the end of an archive, with the longest comment
# What computers add to a folder by themselves.
_NOT_OURS = ("__MACOSX/", ".")


class Archive:
    """
    An opened archive. `names` are the files beside its workshop, by the names that the text uses.

    Raises ArchiveRefused, whose sentence has the file and what to do.
    """

    def __init__(self, file: IO[bytes]) -> None:
        if _directory_size(file) > MOST_DIRECTORY:
            raise ArchiveRefused(NO_ZIP)
        try:
            self._zip = zipfile.ZipFile(file)
            infos = self._zip.infolist()
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            ValueError,
            NotImplementedError,
            OSError,
            EOFError,
            OverflowError,
        ):
            raise ArchiveRefused(NO_ZIP) from None
        if len(infos) > MOST_ENTRIES:
            sentence = N_("The archive has {n} files: at most {most}. Leave out what the workshop does not use")
            raise ArchiveRefused(sentence, n=len(infos), most=MOST_ENTRIES)
        files = {info.filename: info for info in infos if not info.is_dir()}
        for name in files:
            _check_name(name)
        folder = _folder_of(files)
        self._files = {
            name.removeprefix(folder): info
            for name, info in files.items()
            if name.startswith(folder) and not _is_foreign(name.removeprefix(folder))
        }

    @property
    def names(self) -> list[str]:
        return [name for name in self._files if name != TEXT]

    def text(self) -> bytes:
        """The workshop. One that is too large is cut just past its limit, which whoever reads it then tells."""
        return self._read(TEXT, MOST_BYTES + 1, cut=True)

    def file(self, name: str) -> bytes:
        """A file beside the workshop. Raises KeyError when there is none of that name."""
        return self._read(name, MOST_FILE)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A film beside the workshop, piece by piece; of one that is too large a little more than may be stored."""
        return self._pieces(name, MOST_FILM)

    def _read(self, name: str, most: int, *, cut: bool = False) -> bytes:
        content = b"".join(self._pieces(name, most))
        if len(content) > most:
            if cut:
                return content[:most]
            raise ArchiveRefused(TOO_LARGE, file=name, n=most // 2**20)
        return content

    def _pieces(self, name: str, most: int) -> Iterator[bytes]:
        """Up to a little past *most* bytes."""
        info = self._files[name]
        if info.flag_bits & 1:
            raise ArchiveRefused(N_("{file} is locked with a password. Pack the folder again without one"), file=name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Of the others `zipfile` unpacks all of a piece at once, whatever it becomes.
            sentence = N_("{file} is packed in a way that is not read here. Pack the folder again as an ordinary .zip")
            raise ArchiveRefused(sentence, file=name)
        try:
            with self._zip.open(info) as opened:
                read = 0
                while read <= most and (piece := opened.read(PIECE)):
                    read += len(piece)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            raise ArchiveRefused(N_("{file} in the archive is damaged. Pack the folder again"), file=name) from None


def _directory_size(file: IO[bytes]) -> int:
    """
    Bytes of the list of files, as the record at the end says. `zipfile` reads all of the list at once, so the number of
    its files is known too late.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _LONGEST_END))
    end = file.read()
    file.seek(0)
    at = end.rfind(b"PK\x05\x06")
    return int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0


def _check_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name:
        raise ArchiveRefused(
            N_("{file} would be outside the archive. Pack the folder again, with its files beside workshop.md"),
            file=name,
        )
    if len(name) > LONGEST_NAME + 100:
        raise ArchiveRefused(N_("{file} has too long a name. Give it a shorter one"), file=f"{name[:60]}…")


def _folder_of(names: Iterable[str]) -> str:
    """The folder with the workshop: the top, or one that was packed as a whole. It ends with a slash, or is empty."""
    names = list(names)
    found = [name for name in names if name.rpartition("/")[2] == TEXT and not _is_foreign(name)]
    if TEXT in found:
        return ""
    found = [name for name in found if name.count("/") == 1]
    if len(found) == 1:
        return found[0].removesuffix(TEXT)
    if found:
        raise ArchiveRefused(N_("The archive has several files {file}. Pack one folder at a time"), file=TEXT)
    raise ArchiveRefused(N_("The archive has no {file}. Give the workshop's text that name"), file=TEXT)


def _is_foreign(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/")) or name.startswith(_NOT_OURS)
