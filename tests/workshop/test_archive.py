"""A workshop in a zip archive: what people pack is read, and what could do harm is refused with what to do."""

import io
import zipfile

import pytest

from live.errors import ArchiveRefused
from live.workshop.archive import MOST_ENTRIES, MOST_FILE, Archive
from tests.pictures.drawn import packed

TEXT = "---\nformat: workshop/1\n---\n# Hei\n"


def opened(files) -> Archive:
    return Archive(io.BytesIO(packed(files)))


@pytest.mark.parametrize("folder", ["", "Fagdag i mai/"])
def test_a_folder_and_what_is_in_a_folder_are_packed_alike(folder):
    archive = opened({
        f"{folder}workshop.md": TEXT, f"{folder}bilder/kart.png": b"kart", f"{folder}film.mp4": b"film",
        f"__MACOSX/{folder}._kart.png": b"", f"{folder}.DS_Store": b"",
    })  # fmt: skip
    assert ["bilder/kart.png", "film.mp4"] == archive.names
    assert TEXT.encode() == archive.text()
    assert b"kart" == archive.file("bilder/kart.png")


def test_a_file_that_says_it_is_small_is_still_read_no_further_than_its_limit():
    body = bytearray(packed({"workshop.md": TEXT, "kart.png": bytes(MOST_FILE + 1)}))
    at = body.index(b"PK\x01\x02", body.index(b"PK\x01\x02") + 4) + 24  # the size of the second file, as it says
    body[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(ArchiveRefused):
        Archive(io.BytesIO(bytes(body))).file("kart.png")


def test_a_bomb_is_not_unpacked():
    archive = opened({"workshop.md": TEXT, "kart.png": bytes(MOST_FILE * 3)})
    with pytest.raises(ArchiveRefused, match=r"^kart\.png is larger than 16 MB\. Save it smaller$"):
        archive.file("kart.png")
    assert len(opened({"workshop.md": bytes(2**22)}).text()) == 2**20 + 1, "whoever reads it tells that it is too long"


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_would_be_unpacked_all_at_once_is_not_unpacked(way):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", way) as archive:
        archive.writestr("workshop.md", TEXT)
    with pytest.raises(ArchiveRefused, match=r"^workshop\.md is packed in a way"):
        Archive(written).text()


def test_a_long_list_of_files_is_not_read():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for n in range(9_000):
            archive.writestr(f"{n:0100}", b"")
    with pytest.raises(ArchiveRefused, match="no zip archive that can be read"):
        Archive(written)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"workshop.md": TEXT, "../kart.png": b""}, "../kart.png would be outside"),
        ({"workshop.md": TEXT, "/etc/passwd": b""}, "/etc/passwd would be outside"),
        ({"workshop.md": TEXT, "a\\..\\..\\kart.png": b""}, "would be outside"),
        ({"workshop.md": TEXT, "C:/kart.png": b""}, "C:/kart.png would be outside"),
        ({"kart.png": b""}, "has no workshop.md"),
        ({"dypt/nede/workshop.md": TEXT}, "has no workshop.md"),
        ({"a/workshop.md": TEXT, "b/workshop.md": TEXT}, "several files workshop.md"),
        ({"workshop.md": TEXT} | {f"{n}.png": b"" for n in range(MOST_ENTRIES)}, "has 501 files: at most 500"),
    ],
)
def test_what_is_wrong_with_an_archive_is_told(files, sentence):
    with pytest.raises(ArchiveRefused, match=sentence.replace(".", r"\.")):
        opened(files)


@pytest.mark.parametrize("body", [b"", b"hei", b"PK\x05\x06", packed({"workshop.md": TEXT})[:-30]])
def test_what_is_no_archive_is_told(body):
    with pytest.raises(ArchiveRefused, match="no zip archive"):
        Archive(io.BytesIO(body))


def test_one_that_is_damaged_inside_or_locked_is_told():
    body = packed({"workshop.md": TEXT, "kart.png": b"kart" * 100})
    archive = Archive(io.BytesIO(body.replace(b"kart.png", b"kort.png", 1)))
    with pytest.raises(ArchiveRefused, match=r"kart\.png in the archive is damaged"):
        archive.file("kart.png")
    locked = bytearray(body)
    locked[body.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ArchiveRefused, match=r"workshop\.md is locked"):
        Archive(io.BytesIO(bytes(locked))).text()
    assert zipfile.is_zipfile(io.BytesIO(body))
