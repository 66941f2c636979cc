"""Results go back into the deck of their workshop: each after its slide, and the deck's own slides stay as they are."""

import io
from zipfile import ZipFile

import msgspec
import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from live.decks.remarks import Remarks
from live.errors import DeckRefused
from live.exports.into_deck.alignment import align, followed
from live.exports.into_deck.insertion import insert
from live.exports.into_deck.results import Results, Written, results_of
from live.exports.snapshot import take_snapshot
from tests.decks import seminar_deck
from tests.decks.decks import Converted, box, one_slide, saved
from tests.exports import dark_deck
from tests.meeting import Meeting

LISTS = {"[Content_Types].xml", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"}
ASKED = """
---

## Hvor ofte?

:::choice{id=ofte}
- Hver uke
- Sjelden
:::
"""


def results(at: Meeting) -> Results:
    """As the process that reads the deck gets them."""
    packed = msgspec.msgpack.encode(results_of(take_snapshot(at.room, withheld=False, rehearsal=False)))
    return msgspec.msgpack.decode(packed, type=Results)


def inserted(deck: bytes, at: Meeting) -> tuple[bytes, list[str]]:
    out = io.BytesIO()
    told = insert(io.BytesIO(deck), out, results(at), Remarks())
    return out.getvalue(), told.unplaced


def answered(text: str) -> Meeting:
    at = Meeting(text)
    asked = [one for slide in at.room.workshop.slides for one in slide.activities]
    for activity in (one for one in asked if at.room.activities[one.id].takes_answers):
        at.act("start", activity=activity.id)
        for phone in ("anne", "bo"):
            value = {"choice": ["a"], "scale": {"a": 4, "b": 2}}.get(activity.kind)
            text_sent = None if value else f"Flere benker, sier {phone}"
            at.answer(phone, f"{phone}-{activity.id}", activity.id, text_sent, value=value)
    return at


def titles(deck: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(deck)).slides]


def dark() -> tuple[bytes, Meeting]:
    """A deck that became a workshop, in which somebody then asked three things."""
    deck = dark_deck.make()
    text = Converted(deck, "nb").text
    slides = text.split("\n\n---\n\n")
    slides[1] += ASKED.rstrip()  # a slide of its own after the second
    slides[3] += "\n\n:::scale{id=enig min=1 max=5}\n- Buss\n- Vei\n:::"
    slides.insert(0, slides.pop(0) + "\n\n:::words{id=ord}\nEtt ord om bygda\n:::")
    return deck, answered("\n\n---\n\n".join(slides) + "\n")


@pytest.mark.parametrize("make", [seminar_deck.make, lambda: dark_deck.make()], ids=["seminar", "dark"])
def test_nothing_of_the_deck_is_lost(make):
    """
    Every file of the deck is there, byte for byte, but for the three that list its slides.
    """
    deck = make()
    at = answered(Converted(deck, "nb").text + ASKED)
    made, _ = inserted(deck, at)
    with ZipFile(io.BytesIO(deck)) as old, ZipFile(io.BytesIO(made)) as new:
        assert [] == [name for name in old.namelist() if name not in LISTS and old.read(name) != new.read(name)]
        assert len(new.namelist()) == len(set(new.namelist()))
        for name in set(new.namelist()) - set(old.namelist()):
            if name.endswith((".xml", ".rels")):
                etree.fromstring(new.read(name))
    before, after = Presentation(io.BytesIO(deck)), Presentation(io.BytesIO(made))
    kept = [slide.part.blob for slide in after.slides if "Innspill" not in (slide._element.cSld.get("name") or "")]
    assert [slide.part.blob for slide in before.slides] == kept


def test_each_result_follows_the_slide_that_it_belongs_to():
    deck, at = dark()
    made, unplaced = inserted(deck, at)
    assert [] == unplaced
    first, second, third, fourth, last = dark_deck.TITLES
    assert [first, first, second, "Hvor ofte?", third, fourth, fourth, last] == titles(made)


def test_a_result_looks_as_the_deck_does():
    """
    Its layout, the place of its texts, its number, its section; the notes have the figures for those who see no chart.
    """
    deck, at = dark()
    slides = list(Presentation(io.BytesIO(inserted(deck, at)[0])).slides)
    result = slides[3]
    assert "Title Only" == result.slide_layout.name
    assert ["Hvor ofte?"] == [one.text_frame.text for one in result.placeholders if one.placeholder_format.idx == 0]
    assert 1 == len(result._element.xpath(".//p:ph[@type='sldNum']"))
    chart = next(shape for shape in result.shapes if shape.has_chart)
    body = result.slide_layout.slide_master.placeholders[1]
    assert (body.left, body.width) == (chart.left, chart.width)
    assert chart.top + chart.height <= body.top + body.height
    assert "Hver uke" in result.notes_slide.notes_text_frame.text
    assert 'schemeClr val="accent1"' in chart.chart.part.blob.decode()
    main = Presentation(io.BytesIO(inserted(deck, at)[0])).part._element
    sections = [[one.get("id") for one in part.iter("{*}sldId")] for part in main.iter("{*}section")]
    assert [one.get("id") for one in main.sldIdLst] == [one for part in sections for one in part]
    assert 4 == len(sections[0])


@pytest.mark.parametrize(
    ("layouts", "size"), [((), (13.333, 7.5)), ((), (7.5, 10)), ((6,), (10, 7.5)), ((1,), (10, 7.5))]
)
def test_results_stand_on_slides_of_any_shape(layouts, size):
    deck = Presentation()
    deck.slide_width, deck.slide_height = map(Inches, size)
    slide = deck.slides.add_slide(deck.slide_layouts[layouts[0] if layouts else 5])
    box(slide, "Hva mener dere om torget og bussen?")
    for at, layout in reversed(list(enumerate(deck.slide_layouts))):
        if layouts and at not in layouts:
            deck.slide_layouts.remove(layout)
    made, unplaced = inserted(saved(deck), answered(ASKED_ALONE))
    assert ["Hvor ofte? " + "Og hvorfor? " * 12] == [one + " " for one in unplaced]
    again = Presentation(io.BytesIO(made))
    for shape in list(again.slides)[-1].shapes:
        assert 0 <= shape.left
        assert shape.left + shape.width <= again.slide_width
        assert shape.top + shape.height <= again.slide_height


ASKED_ALONE = "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n" + ASKED.replace("---\n", "", 1).replace(
    "ofte?", "ofte? " + "Og hvorfor? " * 12
)


def test_put_back_twice_it_finds_the_same_slides():
    deck, at = dark()
    once = inserted(deck, at)[0]
    twice, unplaced = inserted(once, at)
    assert [] == unplaced
    assert len(titles(once)) + 3 == len(titles(twice))
    first, second, third, fourth, last = dark_deck.TITLES
    assert [*[first] * 3, second, *["Hvor ofte?"] * 2, third, *[fourth] * 3, last] == titles(twice)


@pytest.mark.parametrize(
    ("workshop", "deck", "found"),
    [
        ("A B C", "A B C", [0, 1, 2]),
        ("A A B", "A B", [0, 0, 1]),  # one slide became two
        ("A A B", "A A B", [0, 1, 2]),
        ("A X B", "A B", [0, None, 1]),  # somebody added a slide
        ("B A C", "A B C", [1, 0, 2]),  # and moved one
        ("X Y", "A B", [None, None]),
        ("A [2] C", "A  C", [0, 1, 2]),
        ("", "A", [None]),
    ],
)
def test_slides_are_found_by_heading_and_order(workshop, deck, found):
    def written(line: str) -> list[Written]:
        return [Written(title, title) for title in line.split(" ")]

    assert found == align(written(workshop.replace("[2]", "[Lysbilde\u00a02]")), written(deck))


def test_a_slide_with_another_heading_is_found_by_its_words():
    ours = [Written("Ny overskrift", "Ny overskrift benker lys stier lekeplasser langs elva")]
    theirs = [Written("Annet", "Annet"), Written("Gammel", "Gammel benker lys stier lekeplasser langs elva")]
    assert [1] == align(ours, theirs)


def test_a_question_belongs_to_the_slide_before_it():
    assert [None, 4, 4, 6, None] == [followed([None, 4, None, 6], slide) for slide in (1, 2, 3, 4, None)]


@pytest.mark.parametrize(("body", "why"), [(b"%PDF-1.7", "PowerPoint file"), (b"nothing", "no deck")])
def test_what_takes_no_results_is_refused_in_words(body, why):
    with pytest.raises(DeckRefused, match=why):
        inserted(body, Meeting())


def test_a_damaged_deck_is_told():
    deck = one_slide(lambda slide: box(slide, "Hei"))
    out = io.BytesIO()
    with ZipFile(io.BytesIO(deck)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name == "ppt/slides/slide1.xml" else old.read(name))
    with pytest.raises(DeckRefused, match="slide1"):
        inserted(out.getvalue(), Meeting())
