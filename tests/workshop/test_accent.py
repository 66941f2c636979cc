"""One colour of the organisation's own, which can be read wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.workshop.accent import DARK_GROUND, LEAST, LIGHT_GROUND, accent, contrast, read
from tests.meeting import one
from tests.reading import parse


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_can_be_read_on_every_ground_and_with_the_text_on_it(n):
    one = accent(f"#{n:06x}")
    for shade in (one.light, one.held):
        assert min(contrast(shade, LIGHT_GROUND), contrast(shade, "#fffdf8")) >= LEAST
    for shade in (one.dark, one.dark_held):
        assert min(contrast(shade, DARK_GROUND), contrast(shade, "#06201c")) >= LEAST


def test_one_that_can_be_read_stays_as_it_is():
    assert "#0b4f47" == accent("#0b4f47").light
    assert "#8bd5c4" == accent("#8bd5c4").dark


def test_contrast_is_that_of_the_standard():
    assert 21 == pytest.approx(contrast("#000000", "#ffffff"))
    assert 4.54 == pytest.approx(contrast("#767676", "#ffffff"), abs=0.01)


def test_colours_as_people_write_them():
    assert ["#00ff00", "#00ff00", "#0b4f47"] == [read(one) for one in ("#0F0", "0f0", "#0B4F47 ")]
    assert [None, None, None] == [read(one) for one in ("grønn", "#12", "#0b4f47ff")]


def test_the_front_matter_tells_which_colour_is_used():
    def read_theme(written: str):
        workshop, problems = parse(one("open").replace("language:", f"theme: {written}\nlanguage:"))
        return workshop.accent, [(problem.line, problem.message) for problem in problems if problem.line == 4]

    assert ("#0b4f47", []) == read_theme("#0B4F47")
    assert ("", [(4, "theme is a colour such as #0b4f47, not `grønn`")]) == read_theme("grønn")
    assert ("#ffe100", [(4, "`#ffe100` is too light to be read on paper: `#736500` is used")]) == read_theme("#ffe100")
