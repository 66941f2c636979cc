"""The media folder: a film lies on the disk once, for as long as a room uses it."""

import os

import pytest

from live.errors import ArchiveRefused
from live.media import store
from live.media.store import Media, receive
from live.workshop.films import MediaFile

ONE, OTHER = "25054015", "25054016"


@pytest.fixture
def media(tmp_path):
    return Media(tmp_path / "media")


def given(media: Media, *codes: str, body: bytes = b"film") -> str:
    """*codes* have the same film, each from an upload of its own. Returns its name."""
    for code in codes:
        with media.receiving() as place:
            one = receive("film.mp4", [body[:2], body[2:]], place.folder, 100)
            media.keep(code, {"film.mp4": MediaFile(one.hash, "mp4", one.bytes)}, [one])
    return f"{one.hash}.mp4"


def files(media: Media) -> list[str]:
    return sorted(str(path.relative_to(media.folder)) for path in media.folder.rglob("*") if path.is_file())


def test_two_rooms_share_one_file_until_the_last_is_deleted(media):
    name = given(media, ONE, OTHER)
    assert 3 == media.path(ONE, name).stat().st_nlink
    media.drop_room(ONE)
    assert None is media.path(ONE, name)
    assert b"film" == media.path(OTHER, name).read_bytes()
    media.drop(OTHER, [name])
    assert [] == files(media)


def test_without_hard_links_each_room_has_a_copy(media, monkeypatch):
    def none(source, target):
        raise (FileNotFoundError if not source.exists() else PermissionError)

    monkeypatch.setattr(os, "link", none)
    name = given(media, ONE)
    media.share(ONE, OTHER, [name, "0" * 32 + ".mp4"])
    media.drop_room(ONE)
    assert [f"rooms/{OTHER}/{name}"] == files(media)


def test_what_a_crash_has_left_is_swept(media, monkeypatch):
    name = given(media, ONE, OTHER)
    (media.receiving().folder / "half").write_bytes(b"fi")
    assert 0 == media.sweep([ONE], "mine")  # all of it is young: it may be about to be used
    monkeypatch.setattr(store, "ORPHAN_S", -60)
    assert 0 == media.sweep([], "another's")
    assert 2 == media.sweep([ONE], "mine")
    assert [f"content/{name}", f"rooms/{ONE}/{name}", "store"] == files(media)
    media.path(ONE, name).unlink()
    assert 1 == media.sweep([ONE], "mine")
    assert ["store"] == files(media)


def test_a_film_leaves_the_journal_room_on_the_disk(media, monkeypatch):
    monkeypatch.setattr(store, "LEFT_FREE", 2**60)
    with media.receiving() as place, pytest.raises(ArchiveRefused, match="no room for film"):
        receive("film.mp4", [b"film"], place.folder, 100)
    assert [] == files(media)


@pytest.mark.parametrize("name", ["../../etc/passwd", "x.mp4", "0" * 32 + ".html", ""])
def test_no_other_file_is_found_by_its_name(media, name):
    given(media, ONE)
    assert None is media.path(ONE, name)
