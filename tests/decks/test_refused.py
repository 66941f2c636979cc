"""What is no deck, or unsafe to open, gets one sentence that says what to do; so does what is not as it should be."""

import contextlib
import io
import random
import zipfile

import pytest
from pptx import Presentation

from live.decks import file_kinds
from live.decks.remarks import Remarks
from live.decks.status import NeedsLibreOffice
from live.errors import DeckRefused
from tests.decks import seminar_deck
from tests.decks.decks import Converted, box, child, one_slide, saved


def archive(**members: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def changed(deck: bytes, **members: bytes | None) -> bytes:
    """*deck* with other members; None leaves one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in {*source.namelist(), *members}:
            content = members.get(name, b"") if name in members else source.read(name)
            if content is not None:
                copy.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="module")
def deck() -> bytes:
    return one_slide(lambda slide: box(slide, "Text"))


def why(content: bytes) -> str:
    with pytest.raises(DeckRefused) as refused:
        Converted(content)
    return refused.value.args[0]


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + 600 * b"\0"
NO_DECK = "This is no deck that can be read here. Save it as .pptx, .odp or .pdf."
ODP = "application/vnd.oasis.opendocument.presentation"
LOCKED_PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    b"3 0 obj\n"
    b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>\nendobj\n"
    b"trailer\n<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>\n%%EOF\n"
)
LOCKED_ODP = archive(**{"mimetype": ODP, "META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": b"x"})
SHOW = "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"
MACROS = {
    "[Content_Types].xml": "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    "ppt/presentation.xml": "",
}


@pytest.mark.parametrize(("content", "sentence"), [
    (b"", NO_DECK),
    (b"---\nformat: workshop/1\n---\n", NO_DECK),
    (b"\x89PNG\r\n\x1a\n", NO_DECK),
    (archive(**{"word/document.xml": "<a/>"}), NO_DECK),
    (OLD, "This is a file of an old PowerPoint (.ppt). Open it and save it as .pptx."),
    (OLD + "EncryptedPackage".encode("utf-16-le"), "The deck is locked with a password. Save a copy without it."),
    (archive(**{"Index/Document.iwa": b"x"}), "This is a Keynote file. Export it to PowerPoint or PDF."),
    (archive(**MACROS), "This deck holds macros (.pptm). Save it as .pptx, without them."),
    (archive(**{"[Content_Types].xml": SHOW, "ppt/presentation.xml": ""}),
     "This is a template or a slide show. Open it and save it as .pptx."),
    (LOCKED_PDF, "The deck is locked with a password. Save a copy without it."),
    (LOCKED_ODP, "The deck is locked with a password. Save a copy without it."),
    (archive(**{"../../etc/cron.d/x": b"x"}),
     "The deck holds a file that leads out of it: ../../etc/cron.d/x. Save it again."),
    (archive(**{"C:\\x": b"x"}), "The deck holds a file that leads out of it: C:/x. Save it again."),
    (b"PK\x03\x04 and no more",
     "The deck is damaged or cut off (zip). Open it where it was made, save it again, and try with that file."),
    (b"%PDF-1.7\n and no more",
     "The deck is damaged or cut off (PDF). Open it where it was made, save it again, and try with that file."),
])  # fmt: skip
def test_what_is_no_deck_is_said_to_be_none(content, sentence):
    assert sentence == why(content)


def test_a_name_that_says_otherwise_changes_nothing(deck):
    """
    A PDF that is a zip too, as polyglots are, is read as what its first bytes say.
    """
    assert "(PDF)" in why(b"%PDF-1.7\n" + deck)


def test_what_would_unpack_to_very_much_is_not_unpacked(deck):
    bomb = archive(**{"ppt/presentation.xml": "", **{f"ppt/media/{n}.bin": bytes(64 * 1024**2) for n in range(4)}})
    assert len(bomb) < 1024**2
    assert why(bomb).startswith("Unpacked, the deck is more than 250 MB.")
    large = changed(deck, **{"ppt/slides/slide1.xml": b" " * (file_kinds.MOST_XML + 1)})
    assert "ppt/slides/slide1.xml in the deck is larger than 24 MB. Part the deck in two." == why(large)


def test_entities_are_not_expanded(deck):
    with zipfile.ZipFile(io.BytesIO(deck)) as source:
        slide = source.read("ppt/slides/slide1.xml").decode()
    declared = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    laughs = slide.replace("?>", f"?>{declared}", 1).replace(">Text<", ">&b;<")
    assert "haha" not in Converted(changed(deck, **{"ppt/slides/slide1.xml": laughs})).text


def test_a_damaged_part_is_named(deck):
    assert "(ppt/slides/slide1.xml)" in why(changed(deck, **{"ppt/slides/slide1.xml": b"<p:sld"}))


def test_of_a_damaged_slide_the_words_are_there_and_the_others_are_whole():
    written = Presentation()
    for title in ("First", "Second"):
        slide = written.slides.add_slide(written.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = f"{title} words"
    content = saved(written)
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        damaged = source.read("ppt/slides/slide1.xml").replace(b' id="3"', b"", 1)
    converted = Converted(changed(content, **{"ppt/slides/slide1.xml": damaged}))
    assert [("First", "First words"), ("Second", "- Second words")] == [
        (slide.title, slide.body) for slide in converted.slides
    ]
    assert ["The slide is damaged, and only its text is here. Compare it with the deck."] == converted.told(1)
    assert [] == converted.told(2)


def test_more_slides_than_a_meeting_has_are_refused():
    written = Presentation()
    for _ in range(301):
        written.slides.add_slide(written.slide_layouts[6])
    assert "The deck has 301 slides, and a meeting at most 300. Part it in two." == why(saved(written))


def test_a_deck_that_is_cut_off_or_changed_anywhere_is_read_or_refused(deck):
    """
    A byte that has changed on the way makes a sentence, or a workshop; never anything else.
    """
    content = seminar_deck.make()
    chance = random.Random(19)
    for _ in range(12):
        at = chance.randrange(len(content))
        spoilt = bytearray(content)
        spoilt[at : at + 4] = chance.randbytes(4)
        for one in (bytes(spoilt), content[:at]):
            with contextlib.suppress(DeckRefused, NeedsLibreOffice):
                Converted(one)


def test_too_large_a_file_is_not_opened():
    class Large(io.BytesIO):
        def seek(self, at, whence=0):
            return 300 * 1024**2 if whence == 2 else super().seek(at, whence)

    with pytest.raises(DeckRefused, match="The deck is 300 MB, and at most 100 MB can be read"):
        file_kinds.kind_of(Large(b"PK\x03\x04"), Remarks())


def test_the_process_that_converts_says_why_not_in_the_readers_language():
    out, status = child(b"", "nn")
    assert b"" == out
    assert "Fila er ikkje ein presentasjon som kan lesast her. Lagre ho som .pptx, .odp eller .pdf." == status["why"]
