"""Decks as they come from templates, other scripts, other programs and hasty hands: nothing is raised, all is named."""

from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from tests.decks.decks import NAMESPACES, A, Converted, box, one_slide, picture, saved

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def shape(text: str, body: str = "", inner: str = "", attributes: str = "") -> str:
    return (
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="70" name="Odd" {attributes}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{inner}</p:spPr><p:txBody><a:bodyPr {body}/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def add(slide: Any, xml: str) -> None:
    slide.shapes._spTree.append(etree.fromstring(xml))


def alternate(choice: str, fallback: str, requires: str = "a14") -> str:
    return (
        f'<mc:AlternateContent xmlns:mc="{MC}" {NAMESPACES} xmlns:a14="a14" xmlns:cx1="cx1" xmlns:p14="p14">'
        f'<mc:Choice Requires="{requires}">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
        "</mc:AlternateContent>"
    )


def from_right(slide):
    for text, left in (("אחרון", 1), ("ראשון", 5)):
        frame = box(slide, text, left).text_frame
        frame.paragraphs[0]._p.get_or_add_pPr().set("rtl", "1")


def vertical(slide):
    add(slide, shape("Loddrett", body='vert="vert270"'))


def empty_placeholders(slide):
    slide.placeholders[1].text = ""


def table_in_a_group(slide):
    table = slide.shapes.add_table(2, 1, 0, Inches(3), 100, 100)
    table.table.cell(0, 0).text, table.table.cell(1, 0).text = "Head", "Cell"
    group = slide.shapes.add_group_shape()
    group._element.append(table._element)


def deep_groups(slide):
    holder = slide
    for _ in range(9):
        holder = holder.shapes.add_group_shape()
    text = holder.shapes.add_textbox(0, 0, 100, 100)
    text.text_frame.text = "Innerst"


def formula(slide):
    math = f'<a14:m><m:oMath xmlns:m="{M}"><m:r><m:t>E=mc²</m:t></m:r></m:oMath></a14:m>'
    choice = shape("Se ").replace("</a:r></a:p>", f"</a:r>{math}</a:p>").replace("<p:sp ", '<p:sp xmlns:a14="a14" ')
    add(slide, alternate(choice, shape(" ")))


def newer_chart(slide):
    frame = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="Waterfall"/><p:cNvGraphicFramePr/><p:nvPr/>'
        "</p:nvGraphicFramePr><p:xfrm><a:off x='0' y='0'/><a:ext cx='1' cy='1'/></p:xfrm><a:graphic>"
        '<a:graphicData uri="http://schemas.microsoft.com/office/drawing/2014/chartex"/></a:graphic></p:graphicFrame>'
    )
    add(slide, alternate(frame, shape("This chart is not available"), "cx1"))


def handwriting(slide):
    add(slide, f'<p:contentPart {NAMESPACES} xmlns:r="{R}" r:id="rId99"/>')


def hidden_shape(slide):
    add(slide, shape("Hemmelig", attributes='hidden="1"'))


def without_place(slide):
    add(slide, shape("Uten sted"))
    add(slide, shape("Uendelig", inner='<a:xfrm><a:off x="zero" y="0"/></a:xfrm>'.replace("zero", "0")))


def notes_like_marks(slide):
    slide.notes_slide.notes_text_frame.text = "Husk --> dette <!-- og\n---\ndette"


def background(slide):
    id = slide.part.get_or_add_image_part(picture())[1]
    slide._element.cSld.insert(
        0,
        etree.fromstring(
            f'<p:bg {NAMESPACES} xmlns:r="{R}"><p:bgPr><a:blipFill><a:blip r:embed="{id}"/></a:blipFill>'
            "<a:effectLst/></p:bgPr></p:bg>"
        ),
    )


def broken_picture(slide):
    shown = slide.shapes.add_picture(picture(), 0, 0)
    part = slide.part.related_part(shown._element.blip_rId)
    part._blob = b"\x01\x00\x00\x00 an EMF that nothing here can draw"


def control_signs(slide):
    box(slide, "").text_frame.paragraphs[0].add_run()._r.append(etree.fromstring(f"<a:t xmlns:a='{A[1:-1]}'>x</a:t>"))
    box(slide, "Tegn\u200b her\u00ad\u2028og\uf0b7 der", top=4)


@pytest.mark.parametrize(("fill", "layout", "words", "told"), [
    (from_right, 5, "ראשון\n\nאחרון", ""),
    (vertical, 5, "Loddrett", "Vertical text stands horizontally here: Loddrett"),
    (empty_placeholders, 1, "", ""),
    (table_in_a_group, 5, "| Head |\n|---|\n| Cell |", ""),
    (deep_groups, 5, "Innerst", ""),
    (formula, 5, "Se E\\=mc²", "A formula is plain text here: E=mc²"),
    (newer_chart, 5, "", "Waterfall can't be read here and is left out."),
    (handwriting, 5, "", "Handwriting is left out."),
    (hidden_shape, 5, "", "Hidden in the deck, and left out: Odd"),
    (without_place, 5, "Uten sted", ""),
    (notes_like_marks, 5, "", ""),
    (background, 5, "![](slide-1-1.png){full decorative}", ""),
    (broken_picture, 5, "", "The picture Picture 2 can't be read here. Save it as PNG or JPEG in the deck."),
    (control_signs, 5, "her", ""),
], ids=lambda one: getattr(one, "__name__", ""))  # fmt: skip
def test_an_odd_slide_is_read_and_what_is_left_is_told(fill, layout, words, told):
    converted = Converted(one_slide(fill, layout))
    assert 1 == len(converted.slides)
    assert words in converted.slides[0].body
    assert told in converted.told(1) or not told
    assert ([] if not told else [told]) == [one for one in converted.told(1) if "picture" not in one or one == told]
    assert [] == converted.problems
    assert "not available" not in converted.text
    assert "Hemmelig" not in converted.text


def test_notes_keep_their_words():
    notes = Converted(one_slide(notes_like_marks)).slides[0].notes
    assert ["Husk", "dette", "og", "dette"] == [word for word in notes.split() if word.isalpha()]


def test_what_the_template_says_on_each_slide_is_told_once():
    deck = Presentation()
    master = deck.slide_master
    master.shapes._spTree.append(etree.fromstring(shape("Etaten for oss alle")))
    for title in ("En", "To"):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = title
        footer = next(one for one in deck.slide_layouts[5].placeholders if one.placeholder_format.idx == 11)
        slide.shapes.clone_placeholder(footer)
        slide.placeholders[11].text = "Internt"
    converted = Converted(saved(deck))
    assert ["What the template says on every slide is left out: Internt; Etaten for oss alle"] == converted.told(0)
    assert ["", ""] == [slide.body for slide in converted.slides]


@pytest.mark.parametrize("size", [(10, 7.5), (13.333, 7.5), (7.5, 10), (1, 1)])
def test_any_shape_of_slide_is_read(size):
    deck = Presentation()
    deck.slide_width, deck.slide_height = (Inches(side) for side in size)
    slide = deck.slides.add_slide(deck.slide_layouts[3])
    slide.shapes.title.text = "A"
    slide.placeholders[1].text, slide.placeholders[2].text = "a\nb", "c\nd"
    assert 2 == Converted(saved(deck)).slides[0].body.count("###")


def test_a_deck_of_empty_slides_is_a_workshop():
    deck = Presentation()
    for _ in range(3):
        deck.slides.add_slide(deck.slide_layouts[6])
    converted = Converted(saved(deck))
    assert ["[Lysbilde 1]", "[Lysbilde 2]", "[Lysbilde 3]"] == [slide.title for slide in converted.slides]
