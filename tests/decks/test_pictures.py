"""Pictures of a deck stand in the workshop where they stood on the slide, and no more of them than a meeting takes."""

import io
import re

import pytest
from pptx import Presentation
from pptx.util import Inches

from live.decks import picture_limits
from live.decks.model import Columns, Deck, DeckSlide, Paragraph, Picture, Run, Text
from live.decks.remarks import Remarks
from live.workshop import markdown, pagination
from live.workshop.pictures import MOST_PICTURES, Gallery, uses
from live.workshop.pictures import Picture as Stored
from tests.decks.decks import Converted, box, one_slide, opened, picture, saved
from tests.decks.test_odd_decks import background
from tests.pictures import drawn
from tests.pictures.test_encoder import MOVES

WORDS = "Torget"


def add(slide, left, top, width, height, words: str = WORDS, colour: str = "navy"):
    """A picture on a slide of 10 by 7.5 inches."""
    shown = slide.shapes.add_picture(picture(colour), Inches(left), Inches(top), Inches(width), Inches(height))
    shown._element.nvPicPr.cNvPr.set("descr", words)
    return shown


def right_of_text(slide):
    box(slide, "Før", 0.5, 2, 4, 3)
    add(slide, 5, 2, 4, 3)


def left_of_text(slide):
    add(slide, 0.5, 2, 4, 3)
    box(slide, "Før", 5, 2, 4, 3)


def below_text(slide):
    box(slide, "Før", 0.5, 2, 9, 1)
    add(slide, 3, 3.5, 4, 3)


def over_all(slide):
    add(slide, -0.2, 0.1, 10.4, 7.5)
    box(slide, "Før", 1, 5, 4, 1)


def three_in_a_row(slide):
    for at, colour in enumerate(("navy", "red", "green")):
        add(slide, 0.3 + 3.2 * at, 2, 3, 3, f"Nr. {at}", colour)


def on_both_sides(slide):
    add(slide, 0.3, 2, 2.5, 3, "Nr. 0")
    box(slide, "Før", 3.5, 2, 3, 3)
    add(slide, 7, 2, 2.5, 3, "Nr. 1", "red")


def with_caption(slide):
    add(slide, 3, 2, 4, 3)
    box(slide, 'Det "gamle" torget', 0.5, 5.1, 9, 0.5)


def with_source_beside_text(slide):
    right_of_text(slide)
    box(slide, "Foto: Kari [Nordmann] & co.", 5, 5.05, 2, 0.4)


def text_below_text_and_picture(slide):
    right_of_text(slide)
    box(slide, "Hva ser vi?", 0.5, 5.2, 9, 0.5)


def grouped_with_its_caption(slide):
    group = slide.shapes.add_group_shape()
    shown = group.shapes.add_picture(picture(), Inches(5), Inches(2), Inches(4), Inches(3))
    shown._element.nvPicPr.cNvPr.set("descr", WORDS)
    group.shapes.add_textbox(Inches(5), Inches(5), Inches(4), Inches(0.4)).text_frame.text = "Utsikt"
    box(slide, "Før", 0.5, 2, 4, 3)


def columns_with_a_picture_each(slide):
    for at, colour in enumerate(("navy", "red")):
        add(slide, 0.5 + 4.7 * at, 2, 4, 2, f"Nr. {at}", colour)
        box(slide, f"Linje {at}", 0.5 + 4.7 * at, 4.8, 4, 1).text_frame.add_paragraph().text = "til"


SIDE_BY_SIDE = (
    "###\n\n![Nr\\. 0](slide-1-1.png)\n\nLinje 0\n\ntil\n\n###\n\n![Nr\\. 1](slide-1-2.png)\n\nLinje 1\n\ntil"
)


@pytest.mark.parametrize(("fill", "body"), [
    (right_of_text, "Før\n\n![Torget](slide-1-1.png){right}"),
    (left_of_text, "![Torget](slide-1-1.png){left}\n\nFør"),
    (below_text, "Før\n\n![Torget](slide-1-1.png)"),
    (over_all, "![Torget](slide-1-1.png){full}\n\nFør"),
    (three_in_a_row, "![Nr. 0](slide-1-1.png)\n![Nr. 1](slide-1-2.png)\n![Nr. 2](slide-1-3.png)"),
    (on_both_sides, "![Nr. 0](slide-1-1.png)\n![Nr. 1](slide-1-2.png)\n\nFør"),
    (with_caption, "![Torget](slide-1-1.png \"Det 'gamle' torget\")"),
    (with_source_beside_text, 'Før\n\n![Torget](slide-1-1.png){right source="Foto: Kari Nordmann & co."}'),
    (text_below_text_and_picture, "Før\n\n![Torget](slide-1-1.png){right}\n\nHva ser vi?"),
    (grouped_with_its_caption, 'Før\n\n![Torget](slide-1-1.png "Utsikt"){right}'),
    (columns_with_a_picture_each, SIDE_BY_SIDE.replace("\\.", ".")),
], ids=lambda one: getattr(one, "__name__", ""))  # fmt: skip
def test_a_picture_stands_where_it_stood(fill, body):
    converted = Converted(one_slide(fill))
    assert body == converted.slides[0].body
    assert [] == converted.problems
    assert [] == converted.report.remarks
    names = {name for name in converted.files if name.endswith(".png")}
    assert names == set(uses(converted.text)), "a meeting takes those that it finds in the text"
    gallery = Gallery("/", tuple((name, Stored("0" * 32, 400, 300, 300, 1)) for name in sorted(names)))
    html = markdown.render(body, shown=None, pictures=gallery)
    assert (len(names), 0) == (html.count("<figure"), len(re.findall(r"[{}]|!\[", html)))
    assert 1 == pagination.screens_needed(converted.slides[0])


def test_many_pictures_stand_in_rows():
    def fill(slide):
        for at in range(6):
            add(slide, 0.3 + 3.2 * (at % 3), 2 + 2.5 * (at // 3), 3, 2, f"Nr {at}", f"#{at}00000")

    rows = Converted(one_slide(fill)).slides[0].body.split("\n\n")
    assert [["0", "1", "2"], ["3", "4", "5"]] == [re.findall(r"!\[Nr (\d)", row) for row in rows]


def test_a_picture_behind_much_text_is_left_out_and_named():
    def fill(slide):
        background(slide)
        box(slide, "Ord " * 100, 1, 2, 8, 4)

    converted = Converted(one_slide(fill))
    assert ["The picture behind the whole slide is left out."] == converted.told(1)
    assert "![" not in converted.text


def test_a_long_description_is_cut_and_stands_whole_in_a_note():
    words = "Et [langt] kart " * 40
    slide = Converted(one_slide(lambda slide: add(slide, 1, 2, 4, 3, words))).slides[0]
    assert re.fullmatch(r"!\[Et \(langt\) kart .* …\]\(slide-1-1\.png\)", slide.body)
    assert list(uses(slide.body)) == ["slide-1-1.png"]
    assert f"Bilde: {words.strip()}" in slide.notes


def test_of_more_pictures_than_a_meeting_takes_the_smallest_are_left_out_and_named():
    deck = Presentation()
    for at in range(MOST_PICTURES + 2):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"Nr. {at}"
        add(slide, 1, 2, *((1, 1) if at in (3, 7) else (4, 3)), f"Kart {at}", f"#{at:02}0000")
    converted = Converted(saved(deck))
    assert MOST_PICTURES == sum(name.endswith(".png") for name in converted.files) == len(uses(converted.text))
    assert "Kart 3" == converted.slides[3].body
    told = "A picture is left out; a meeting takes at most 40, of 12 MB together: "
    assert [(4, told + "Kart 3"), (8, told + "Kart 7")] == [
        (one.slide, one.message) for one in converted.report.remarks
    ]


def test_pictures_that_are_too_much_together_are_made_smaller_before_any_is_left_out():
    content = drawn.saved(drawn.drawn((1920, 480)), "JPEG", quality=95)
    files = {f"{at}.jpg": content for at in range(3)} | {"film.mp4": b"film"}
    row = (
        *(Picture(f"{at}.jpg", alt=f"Nr. {at}", share=at / 10) for at in (0, 1)),
        Text((Paragraph((Run("Tekst"),)),)),
    )
    slide = DeckSlide(1, "Torget", (Columns((row, (Picture("2.jpg", share=0.5),))),))
    deck = Deck("Torget", "nb", (slide,), files)

    assert picture_limits.kept(deck, Remarks()) == deck
    remarks = Remarks()
    smaller = picture_limits.kept(deck, remarks, most_bytes=600_000)
    assert {"0.jpg", "1.jpg", "2.jpg", "film.mp4"} == set(smaller.files)
    assert (1280, 320) == opened(smaller.files["2.jpg"]).size
    assert ["The pictures are smaller here, so that all fit in a meeting."] == [one.message for one in remarks.found]
    fewer = picture_limits.kept(deck, Remarks(), most_bytes=100_000)
    assert {"2.jpg", "film.mp4"} == set(fewer.files)
    assert "" == fewer.slides[0].blocks[0].columns[0][0].name
    assert fewer.files["film.mp4"] == b"film"


def test_a_picture_that_moves_stands_still_and_is_named():
    def fill(slide):
        box(slide, "Før")
        slide.shapes.add_picture(io.BytesIO(MOVES), Inches(1), Inches(4))

    made = Converted(one_slide(fill))
    assert "The picture Picture 3 moves in the deck; here it stands still." in made.told(1)
    assert ["slide-1-1.png"] == [name for name in made.files if name.startswith("slide-")]
