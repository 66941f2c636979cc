"""Letters of a picture as outlines: those of the font that faces load, and only what has them."""

import re

import pytest

from live.exports import export
from live.exports.outlines import Outlines, width
from tests import outlines
from tests.meeting import Meeting, one


def test_they_are_those_of_the_font():
    """
    After a change of static/fonts/inter.woff2, `python -m tests.outlines`.
    """
    assert outlines.content() == outlines.OUTLINES.read_text("utf-8")


def test_a_letter_stands_in_a_picture_once():
    drawn = Outlines("cloud1")
    words = [drawn.word(word, 0, 0, 20, 600, "#14191b") for word in ("Kåfjord", "Gáivuotna")]

    assert all(words)
    assert len(set("KåfjordGáivuotna")) == drawn.defs().count("<path ")
    used = set(re.findall(r'href="#([^"]+)"', "".join(map(str, words))))
    assert used == set(re.findall(r'id="([^"]+)"', drawn.defs()))


@pytest.mark.parametrize("text", ["سلام", "ro 🌲", ""])
def test_what_has_no_outlines_is_set_in_a_font(text):
    assert None is width(text, 20, 600)


def test_a_word_can_not_become_markup():
    assert 'data-word="&lt;b&gt;&quot;"' in str(Outlines("x").word('<b>"', 0, 0, 20, 600, "#14191b"))


def test_a_cloud_mixes_scripts():
    meeting = Meeting(one("words", "id=a many"))
    meeting.act("next")
    meeting.act("next")
    for n, word in enumerate(["Tillit", "Dugnad", "Fjord", "Ro", "سلام"]):
        meeting.answer(f"p{n}", str(n), "a", word)
    page = export(meeting.room, "html").decode()

    assert 4 == page.count("data-word=")
    assert re.search(r"<text [^>]*>سلام</text>", page)
    assert "textLength" not in page
