"""What a .pptx may hold is taken over, or named with its slide."""

import io

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from live.workshop.markdown import plain
from tests.decks.decks import (
    NAMESPACES,
    A,
    Converted,
    add_builds,
    box,
    bullet,
    numbered,
    one_slide,
    opened,
    picture,
    runs,
    saved,
)

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"


def body(fill, layout: int = 5) -> str:
    return Converted(one_slide(fill, layout)).slides[0].body


def test_bold_slanted_and_links_stay():
    def fill(slide):
        paragraph = box(slide, "").text_frame.paragraphs[0]
        runs(paragraph, "Vi vil **høre** deg, *snart*. Les mer ")
        link = paragraph.add_run()
        link.text = "her"
        link.hyperlink.address = "https://example.no/a?x=(1)&y=<2>"

    assert "Vi vil **høre** deg, *snart*. Les mer [her](<https://example.no/a?x=(1)&y=%3C2%3E>)" == body(fill)


@pytest.mark.parametrize("text", [
    "# no heading", "- no item", "1. no item either", "::: no block", "---", "—", "– –", "<!-- no note -->", "a | b",
    "**stars**", "[x](y)", "![x](y)", "`code`", "    four spaces", "{hidden}", "<b>html</b>", "a\\b", "&amp;", "~~~",
    "===",
])  # fmt: skip
def test_what_looks_like_a_mark_is_text(text):
    converted = Converted(one_slide(lambda slide: box(slide, f"{text}\nSecond"), title=text))
    assert 1 == len(converted.slides)
    slide = converted.slides[0]
    assert ("", (), False, []) == (slide.notes, slide.activities, slide.hidden, converted.problems)
    assert " ".join(text.split()) == slide.title
    assert " ".join(text.split()) == plain(slide.body.split("\n")[0])


def test_a_list_is_one_by_its_layout_or_by_itself():
    def fill(slide):
        frame = slide.placeholders[1].text_frame
        frame.text = "by layout"
        other = box(slide, "by itself", top=6)
        bullet(other.text_frame.paragraphs[0])
        box(slide, "none", top=7)

    assert "- by layout\n- by itself\n\nnone" == body(fill, layout=1)


def test_numbers_begin_where_they_are_told_and_start_again_after_a_paragraph():
    def fill(slide):
        frame = box(slide, "three").text_frame
        numbered(frame.paragraphs[0], start=3)
        for text, kind in (("four", "arabicPeriod"), ("between", ""), ("a", "alphaLcParenR")):
            paragraph = frame.add_paragraph()
            paragraph.text = text
            if kind:
                numbered(paragraph, kind, start=3 if text == "four" else 1)

    converted = Converted(one_slide(fill))
    assert "3. three\n4. four\n\nbetween\n\n1. a" == converted.slides[0].body
    assert ["Letters or Roman numerals before items are plain numbers here."] == converted.told(1)


def test_a_line_break_stays_one():
    assert "one\\\ntwo" == body(lambda slide: box(slide, "one\vtwo"))


def test_two_columns_without_headings_stand_side_by_side():
    def fill(slide):
        slide.placeholders[1].text = "a\nb"
        slide.placeholders[2].text = "c\nd"

    assert "###\n\n- a\n- b\n\n###\n\n- c\n- d" == body(fill, layout=3)


def test_shapes_are_read_from_the_top_and_columns_from_the_left():
    def fill(slide):
        box(slide, "last", 1, 6, 8)
        box(slide, "right", 5, 3)
        box(slide, "left", 1, 3.1)
        box(slide, "first", 1, 2, 8, 0.5)

    assert ["first", "left", "right", "last"] == body(fill).split("\n\n")


def test_groups_are_read_where_they_stand_and_by_themselves():
    def fill(slide):
        box(slide, "below", 1, 6, 8)
        group = slide.shapes.add_group_shape()
        inner = group.shapes.add_group_shape()
        for text, left in (("two", 4), ("one", 1)):
            shape = inner.shapes.add_shape(MSO_SHAPE.OVAL, Inches(left), Inches(3), Inches(2), Inches(1))
            shape.text_frame.text = text
        frame = group.shapes.add_textbox(Inches(1), Inches(2), Inches(5), Inches(0.5))
        frame.text_frame.text = "heading"
        box(slide, "above", 1, 1.2, 8, 0.5)

    assert ["above", "heading", "one", "two", "below"] == body(fill).split("\n\n")


def test_drawings_without_words_are_counted():
    def fill(slide):
        slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, 0, 0, 100, 100)
        slide.shapes.add_shape(MSO_SHAPE.RIGHT_ARROW, 0, 0, 100, 100)

    assert ["Drawn lines, arrows and shapes without text are left out (2)."] == Converted(one_slide(fill)).told(1)


def test_merged_cells_and_paragraphs_in_a_cell():
    def fill(slide):
        table = slide.shapes.add_table(2, 2, 0, 0, 100, 100).table
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(0, 0).text = "both"
        table.cell(1, 0).text = "one\ntwo"
        table.cell(1, 1).text = "a|b"

    converted = Converted(one_slide(fill))
    assert "| both |  |\n|---|---|\n| one · two | a\\|b |" == converted.slides[0].body
    assert ["The table has merged cells: their text stands in the first of them."] == converted.told(1)


def test_a_chart_is_its_data():
    def fill(slide):
        data = CategoryChartData()
        data.categories = ["Ja", "Nei"]
        data.add_series("2025", (12.5, 7))
        data.add_series("2026", (None, 3))
        chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 100, 100, data).chart
        chart.has_title = True
        chart.chart_title.text_frame.text = "Svar"

    converted = Converted(one_slide(fill))
    rows = "|  | 2025 | 2026 |\n|---|---|---|\n| Ja | 12,5 |  |\n| Nei | 7 | 3 |"
    assert f"Svar\n\n{rows}" == converted.slides[0].body
    assert ["The chart is a table here."] == converted.told(1)


def test_a_chart_of_points_has_its_x_values():
    def fill(slide):
        data = XyChartData()
        points = data.add_series("Høyde")
        points.add_data_point(1.5, 10)
        points.add_data_point(2, 20)
        slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, 0, 0, 100, 100, data)

    assert "|  | Høyde |\n|---|---|\n| 1,5 | 10 |\n| 2 | 20 |" == body(fill)


def smart_art(slide):
    """A figure with two points, of which the first has one below it, written in another order."""
    points = "".join(
        f'<dgm:pt modelId="{id}"{kind}><dgm:t><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for id, kind, text in (
            ("2", "", "Second"), ("0", ' type="doc"', ""), ("3", "", "Below"), ("1", "", "First"),
            ("9", ' type="pres"', "Never"),
        )
    )  # fmt: skip
    links = "".join(
        f'<dgm:cxn modelId="c{to}" srcId="{source}" destId="{to}" srcOrd="{order}"/>'
        for source, to, order in (("0", "2", 1), ("0", "1", 0), ("1", "3", 0))
    )
    model = (
        f'<dgm:dataModel xmlns:dgm="{DGM}" xmlns:a="{A[1:-1]}"><dgm:ptLst>{points}</dgm:ptLst>'
        f"<dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    )
    part = Part(
        PackURI("/ppt/diagrams/data1.xml"), "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        slide.part.package, model.encode(),
    )  # fmt: skip
    id = slide.part.relate_to(part, f"{REL}/diagramData")
    slide.shapes._spTree.append(
        etree.fromstring(
            f'<p:graphicFrame {NAMESPACES} xmlns:r="{REL}"><p:nvGraphicFramePr><p:cNvPr id="40" name="Figure"/>'
            "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x='0' y='0'/>"
            f'<a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData uri="{DGM}">'
            f'<dgm:relIds xmlns:dgm="{DGM}" r:dm="{id}"/></a:graphicData></a:graphic>'
            "</p:graphicFrame>"
        )
    )


def test_smart_art_is_a_nested_list():
    deck = io.BytesIO(one_slide(smart_art))
    converted = Converted(saved(Presentation(deck)))
    assert "- First\n  - Below\n- Second" == converted.slides[0].body
    assert ["The SmartArt figure is a list here."] == converted.told(1)


def test_presses_bring_items_with_what_is_under_them():
    def fill(slide):
        frame = slide.placeholders[1].text_frame
        frame.text = "one"
        for text, level in (("under one", 1), ("two", 0), ("always", 0)):
            paragraph = frame.add_paragraph()
            paragraph.text, paragraph.level = text, level
        shape = slide.placeholders[1]
        add_builds(slide, [[(shape, 0), (shape, 1)], [(shape, 2)]])

    assert "+ one\n  - under one\n+ two\n- always" == body(fill, layout=1)


def test_what_cannot_come_by_a_press_is_named():
    def fill(slide):
        shown = slide.shapes.add_picture(picture(), 0, 0)
        shown._element.nvPicPr.cNvPr.set("descr", "A map")
        add_builds(slide, [[(shown, None)]])

    assert ["What comes with a press in the deck stands here from the start: Picture 2"] == Converted(
        one_slide(fill)
    ).told(1)


def test_a_picture_is_turned_and_its_camera_forgotten():
    def fill(slide):
        shown = slide.shapes.add_picture(picture(format="JPEG"), 0, 0)
        shown.rotation = 90
        shown._element.nvPicPr.cNvPr.set("descr", "Two [fields] in *blue* and gold")

    converted = Converted(one_slide(fill))
    turned = opened(converted.files["slide-1-1.jpg"])
    assert (300, 400) == turned.size
    assert turned.getpixel((150, 10))[2] < 100 < turned.getpixel((150, 390))[2]  # gold above, blue below
    assert "![Two (fields) in \\*blue\\* and gold](slide-1-1.jpg)" == converted.slides[0].body
    assert [] == converted.problems


def test_a_decorative_picture_is_marked_and_one_without_words_is_named():
    def fill(slide):
        slide.shapes.add_picture(picture(), 0, 0)
        shown = slide.shapes.add_picture(picture("red"), 0, Inches(4))
        shown._element.nvPicPr.cNvPr.append(
            etree.fromstring(
                f'<a:extLst {NAMESPACES}><a:ext uri="x"><adec:decorative val="1" '
                'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"/></a:ext></a:extLst>'
            )
        )

    converted = Converted(one_slide(fill))
    assert "![](slide-1-1.png)\n![](slide-1-2.png){decorative}" == converted.slides[0].body
    assert ["The picture slide-1-1.png has no description. Write one between the brackets."] == converted.told(1)


def test_the_same_picture_on_two_slides_is_one_file():
    deck = Presentation()
    for _ in range(2):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = "A"
        slide.shapes.add_picture(picture(), 0, 0)
    assert ["slide-1-1.png"] == [name for name in Converted(saved(deck)).files if name.endswith("png")]


def test_what_lies_outside_is_not_fetched():
    def fill(slide):
        shown = slide.shapes.add_picture(picture(), 0, 0)
        outside = slide.part.relate_to("http://127.0.0.1:9/secret.png", f"{REL}/image", is_external=True)
        blip = next(shown._element.iter(f"{A}blip"))
        blip.set(f"{{{REL}}}link", outside)
        del blip.attrib[f"{{{REL}}}embed"]
        film = slide.shapes.add_movie(io.BytesIO(b"x"), 0, 0, 9, 9, poster_frame_image=picture())
        for link in film._element.iter(f"{A}videoFile"):
            link.set(
                f"{{{REL}}}link", slide.part.relate_to("https://video.example/a", f"{REL}/video", is_external=True)
            )
        for media in list(film._element.iter("{http://schemas.microsoft.com/office/powerpoint/2010/main}media")):
            media.getparent().remove(media)

    told = Converted(one_slide(fill)).told(1)
    assert "A picture lies outside the deck and is not fetched: http://127.0.0.1:9/secret.png" in told
    assert "A film lies outside the deck and is not fetched: https://video.example/a" in told


def test_links_that_lead_nowhere_for_a_meeting_are_named():
    def fill(slide):
        for address in ("javascript:alert(1)", "file:///etc/passwd", "other.xlsx"):
            run = box(slide, "").text_frame.paragraphs[0].add_run()
            run.text = address
            run.hyperlink.address = address

    converted = Converted(one_slide(fill))
    assert "](" not in converted.text
    assert 3 == len(converted.told(1))


def test_a_slide_without_title_takes_its_first_line_or_a_number():
    def with_line(slide):
        box(slide, "A short line", top=1)
        box(slide, "and more", top=3)

    assert "A short line" == Converted(one_slide(with_line, layout=6)).slides[0].title
    alone = Converted(one_slide(lambda slide: slide.shapes.add_picture(picture(), 0, 0), layout=6))
    assert "[Lysbilde 1]" == alone.slides[0].title
    assert "The slide has no title. A heading in brackets was added." in alone.told(1)


def test_a_long_title_stands_below_whole():
    title = "Et ord til " * 60
    converted = Converted(one_slide(lambda slide: None, title=title))
    assert " ".join(title.split()) in converted.slides[0].body
    assert 100 >= len(converted.slides[0].title)


def test_a_slide_with_very_much_text_becomes_several():
    text = "\n".join(f"Avsnitt {n} " + "ord " * 60 for n in range(100))
    converted = Converted(one_slide(lambda slide: box(slide, text)))
    assert len(converted.slides) > 2
    assert {"Title"} == {slide.title for slide in converted.slides}
    assert [f"The slide is long and became {len(converted.slides)} slides."] == converted.told(1)
    assert all(f"Avsnitt {n} " in converted.text for n in range(100))


def test_the_language_is_that_of_the_words():
    def fill(slide):
        box(slide, "Korleis vil me ha det? Eg veit ikkje kva dei meiner.")

    assert "nn" == Converted(one_slide(fill, title="Kva no?")).workshop.language
    assert "en" == Converted(one_slide(lambda slide: box(slide, "What is the reason for this?"))).workshop.language
