"""The letters of a PDF: drawn where a font has them, told where none has, and refused in words without any font."""

import ctypes
import itertools
import subprocess
import sys

import pypdfium2
import pytest

from live.exports import export, fonts, missing, pdf_export
from tests.meeting import SEMINAR, Meeting, one
from tests.server_process import Server

NONE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{0}</dir><cachedir>{0}</cachedir></fontconfig>"""
NOBODYS = "\U000ffffd"  # for private use: no font has it, and it is drawn as what is missing


@pytest.fixture
def no_fonts(tmp_path):
    file = tmp_path / "fonts.conf"
    folder = tmp_path / "fonts"
    folder.mkdir()
    file.write_text(NONE.format(folder))
    return {"FONTCONFIG_FILE": str(file)}


def test_no_two_letters_are_drawn_alike():
    """
    Of every script that a font is there for, one letter on a page of its own: none looks like another, or like a box.
    """
    assert "" == pdf_export.missing()
    there = [letter for script, letter in fonts.SCRIPTS.items() if script not in fonts.missing_scripts()]
    assert "å" in there
    pages = "".join(f"<p style='break-after: page; font-size: 80px'>{letter}</p>" for letter in (*there, NOBODYS))
    file = pypdfium2.PdfDocument(pdf_export.of(f"<html lang=nb><title>x</title>{pages}".encode()))
    drawn = [bytes(file[number].render(scale=1).buffer) for number in range(len(there) + 1)]
    pairs = itertools.combinations(zip([*there, "none"], drawn, strict=True), 2)
    assert [] == [(one, other) for (one, its), (other, others) in pairs if its == others]


def test_a_file_brings_its_letters():
    """
    Words are set in Inter, in their weight, on a machine that does not have it; in another script, in a font it has.
    """
    meeting = Meeting(one("open", "id=a"))
    page = pypdfium2.PdfDocument(export(meeting.room, "pdf"))[0].get_textpage()
    name, flags, names = ctypes.create_string_buffer(100), ctypes.c_int(), set()
    for letter in range(page.count_chars()):
        pypdfium2.raw.FPDFText_GetFontInfo(page, letter, name, len(name), flags)
        names.add(name.value.decode())
    assert "Prøve" in page.get_text_range()
    assert {"Inter"} == {found.rpartition("+")[2].partition("-")[0] for found in names if found}


def test_an_address_that_is_copied_is_whole():
    """
    It goes on in the next line after a slash, because a hyphen at the end of a line is lost to who copies it.
    """
    address = (
        "https://www.kommune.no/innbyggerdialog/naerdemokrati/sporsmal-og-svar/hele-aaret/lang-adresse-til-svar.html"
    )
    text = one("open", "id=a").replace("title: Prøve", f"title: Prøve\ncontact: {address}")
    pages = pypdfium2.PdfDocument(export(Meeting(text).room, "pdf"))
    told = "".join(page.get_textpage().get_text_range() for page in pages)
    assert address not in told  # or it was not too long for a line
    assert address in told.replace("\r\n", "")


async def test_without_a_font_it_is_said_before_and_after_the_press(tmp_path, no_fonts):
    """
    The console names what is missing and how to get it, where the links would be; a request is refused, and is no 500.
    """
    async with Server(tmp_path / "data", env=no_fonts) as server:
        room = await server.open(SEMINAR)
        status, said = await server.call("GET", f"/api/rooms/{room.code}/export.pdf", key=room.key)
        assert (501, "font-missing") == (status, said["code"])
        assert "skrift" in said["title"] or "font" in said["title"]
        _, page = await server.call("GET", f"/{room.code}/console", key=room.key)
        assert "export.pdf" not in str(page)
        assert "apt install fonts-noto-core" in str(page)


def test_the_machine_is_asked_what_it_lacks(no_fonts):
    """
    In a process of its own, because fontconfig reads its settings once.
    """
    asked = "from live.exports import fonts, missing; print(missing()); print(fonts.missing_scripts())"
    told = subprocess.run([sys.executable, "-c", asked], env=no_fonts, capture_output=True, text=True, check=True)
    formats, scripts = told.stdout.splitlines()
    assert "{'pdf': 'font'}" == formats
    assert str(list(fonts.SCRIPTS)) == scripts
    assert {} == missing()
