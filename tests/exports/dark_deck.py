"""
A deck as organisations have them: dark, wide and low, with numbered slides, notes, a build and sections.

`python -m tests.exports.dark_deck FILE.pptx` writes it.
"""

import sys
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches, Pt

from tests.decks.decks import NAMESPACES, picture, saved

TITLES = ["Møteplasser", "Hva vil dere ha?", "Hva vil dere ha?", "Slik ligger det an", "Takk"]
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
BUILD = (
    f'<p:timing {NAMESPACES}><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"/></p:par>'
    "</p:tnLst></p:timing>"
)
NUMBER = (
    f'<a:fld {NAMESPACES} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="nb-NO" sz="1000"/>'
    "<a:t>1</a:t></a:fld>"
)


def make() -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(10), Inches(5.625)
    _dress(deck)
    for number, title in enumerate(TITLES, 1):
        slide = deck.slides.add_slide(deck.slide_layouts[0 if number == 1 else 1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = f"Tekst nummer {number} om {title.casefold()} og bygda"
        slide.notes_slide.notes_text_frame.text = f"Husk {number}"
        _number(slide)
    deck.slides[3].shapes.add_picture(picture(), Inches(6), Inches(2))
    deck.slides[3]._element.append(etree.fromstring(BUILD))
    _sections(deck)
    return saved(deck)


def _dress(deck: Any) -> None:
    """Dark ground, light letters of another type, titles to the left; on the master and so on all layouts."""
    master = deck.slide_master
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode().replace('typeface="Calibri"', 'typeface="DejaVu Serif"').replace("4F81BD", "F2B705")
    part._blob = theme.encode()
    colours = master._element.find("{*}clrMap")
    for name, colour in {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}.items():
        colours.set(name, colour)
    for shape in [one for source in (*master.slide_layouts, master) for one in source.placeholders]:
        left, top, width, height = shape.left, shape.top, shape.width, shape.height
        shape.left, shape.top, shape.width, shape.height = left, int(top * 0.75), width, int(height * 0.75)
    master.background.fill.solid()
    master.background.fill.fore_color.rgb = RGBColor(0x12, 0x2B, 0x39)
    for style in master._element.iter("{*}titleStyle"):
        for level in style.iter("{*}lvl1pPr"):
            level.set("algn", "l")
            level.find("{*}defRPr").set("sz", "3200")


def _number(slide: Any) -> None:
    frame = slide.shapes.add_textbox(Inches(9), Inches(5.2), Inches(0.6), Inches(0.3)).text_frame
    frame.paragraphs[0].font.size = Pt(10)
    sign = frame._txBody.getparent().find("{*}nvSpPr/{*}nvPr")
    etree.SubElement(sign, f"{{{sign.nsmap['p']}}}ph", type="sldNum", sz="quarter", idx="12")
    frame.paragraphs[0]._p.append(etree.fromstring(NUMBER))


def _sections(deck: Any) -> None:
    ids = [one.get("id") for one in deck.part._element.sldIdLst]
    parts = "".join(
        f'<p14:section name="Del {n}" id="{{6F3E2C6A-0000-4000-8000-00000000000{n}}}"><p14:sldIdLst>'
        + "".join(f'<p14:sldId id="{one}"/>' for one in some)
        + "</p14:sldIdLst></p14:section>"
        for n, some in enumerate((ids[:2], ids[2:]), 1)
    )
    deck.part._element.append(
        etree.fromstring(
            f'<p:extLst {NAMESPACES}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
            f'<p14:sectionLst xmlns:p14="{P14}">{parts}</p14:sectionLst></p:ext></p:extLst>'
        )
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(make())
