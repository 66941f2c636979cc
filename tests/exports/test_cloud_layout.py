"""The cloud in files: every word in the picture, none over another, and always in the same place."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from live.exports.cloud_layout import EDGE, place
from live.exports.one_page.layout import wide

WORDS = st.lists(st.tuples(st.text(min_size=1, max_size=60), st.integers(1, 300)), max_size=25)


def in_order(words: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(words, key=lambda word: -word[1])


@given(WORDS)
def test_no_word_lies_over_another_or_outside(words):
    placed = place(in_order(words), 720, 260, 14, 54)

    assert placed == place(in_order(words), 720, 260, 14, 54)
    for one, other in combinations(placed, 2):
        assert (
            abs(one.x - other.x) >= (one.width + other.width) / 2 - 2 * EDGE
            or abs(one.y - other.y) >= (one.height + other.height) / 2 - 2 * EDGE
        )
    for one in placed:
        assert one.width / 2 - EDGE <= one.x <= 720 - one.width / 2 + EDGE
        assert one.height / 2 - EDGE <= one.y <= 260 - one.height / 2 + EDGE
        assert one.width > wide(one.text, one.size)  # its letters have the room they need


def test_the_most_used_word_is_largest_and_in_the_middle():
    placed = place([("stille", 16), ("grønn", 9), ("trygg", 4), ("fjord", 1), ("dugnad", 1)], 720, 260, 14, 54)

    assert ["stille", "grønn", "trygg", "fjord", "dugnad"] == [one.text for one in placed]
    assert [(360, 130)] == [(one.x, one.y) for one in placed[:1]]
    assert [54, 40.5, 27, 14, 14] == [one.size for one in placed]


def test_a_long_phrase_is_smaller_and_not_squeezed():
    long, short = place([("møteplasser for ungdom i alle bygdene våre", 20), ("buss", 18)], 720, 260, 14, 54)
    assert long.size < short.size
    assert long.width <= 0.9 * 720 + EDGE
