"""Decks are converted beside the meetings: in a process with bounds, a few at once, an .odp through LibreOffice."""

import io
import os
import tempfile
import zipfile

import pytest

from live.errors import DeckRefused, Refused
from live.runtime.processes import deck_process
from live.runtime.processes.places import DECKS
from tests.decks.decks import box, one_slide, picture

CONTENT = """<?xml version="1.0"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<draw:image xlink:href="http://127.0.0.1:9/seen.png"/><draw:image xlink:href="../../etc/passwd"/>
<draw:image xlink:href="Pictures/a.png"/><text:a xlink:href="https://example.no/">link</text:a>
</office:document-content>"""


def odp(content: str = CONTENT) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")
        archive.writestr("content.xml", content)
        archive.writestr("Pictures/a.png", picture().getvalue())
        archive.writestr("Basic/script.xml", "<x/>")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


async def convert(deck: bytes, language: str = "en"):
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as out:
        file.write(deck)
        report = await deck_process.convert(file, out, language)
        out.seek(0)
        return report, zipfile.ZipFile(io.BytesIO(out.read()))


async def test_a_deck_becomes_a_zip():
    report, archive = await convert(one_slide(lambda slide: box(slide, "Hei")))
    assert (1, 0, []) == (report.slides, report.files, report.remarks)
    assert ["workshop.md", "report.json"] == archive.namelist()


async def test_what_takes_too_much_memory_is_ended_and_said():
    """
    Half a megabyte that unpacks to 240 is within the limit for decks that hold films, and too much to take in twice.
    """
    written = io.BytesIO(one_slide(lambda slide: slide.shapes.add_picture(picture(), 0, 0)))
    with zipfile.ZipFile(written) as source:
        name = next(name for name in source.namelist() if name.startswith("ppt/media/"))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(name, bytes(240 * 1024**2))
    with pytest.raises(DeckRefused, match="The deck takes more memory or time than there is for it"):
        await convert(written.getvalue())


async def test_no_more_than_a_few_are_converted_at_once(monkeypatch):
    monkeypatch.setattr(DECKS, "taken", DECKS.most)
    with pytest.raises(Refused, match="converting"), DECKS.one():
        pass


async def test_an_odp_without_libreoffice_is_told(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DeckRefused, match="is read through LibreOffice, which is not installed here"):
        await convert(odp())


async def test_libreoffice_is_given_nothing_to_fetch_and_nothing_to_run(monkeypatch, tmp_path):
    """
    In its place stands a program that takes the same arguments, keeps what it was given, and writes a deck.
    """
    made = tmp_path / "made.pptx"
    made.write_bytes(one_slide(lambda slide: box(slide, "From Impress")))
    office = tmp_path / "soffice"
    office.write_text(
        f'#!/bin/sh\nfor last; do :; done\n/bin/cp "$last" {tmp_path}/given.odp\n'
        f'/bin/cp {made} "${{last%.odp}}.pptx"\n/usr/bin/env > {tmp_path}/environment\n'
    )
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("INNSPILL_CREATE_KEY", "secret")
    report, archive = await convert(odp())
    assert b"From Impress" in archive.read("workshop.md")
    assert [
        (0, "Macros are left out."),
        (0, "A picture lies outside the deck and is not fetched: http://127.0.0.1:9/seen.png"),
        (0, "A picture lies outside the deck and is not fetched: ../../etc/passwd"),
    ] == sorted(((one.slide, one.message) for one in report.remarks), key=lambda one: "outside" in one[1])
    with zipfile.ZipFile(tmp_path / "given.odp") as given:
        assert {"mimetype", "content.xml", "Pictures/a.png", "META-INF/manifest.xml"} == set(given.namelist())
        content = given.read("content.xml")
    assert (b"127.0.0.1", b"passwd") == tuple(word for word in (b"127.0.0.1", b"passwd") if word not in content)
    assert b"Pictures/a.png" in content
    assert b"https://example.no/" in content
    assert "secret" not in (tmp_path / "environment").read_text()
