"""The words that a flag comes from are found: a person sees at once why, and names and numbers can be hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.text.marks import NAMES_AND_NUMBERS, marks, spans_between, without
from live.text.screening import flags
from tests.effort import grows_with_its_size
from tests.text import labelled


def hidden(text: str) -> str:
    return without(text, [(one.start, one.end) for one in marks(text) if one.flag in NAMES_AND_NUMBERS])


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Ring 91 23 45 67 eller a.b@c.no", [("91 23 45 67", "phone"), ("a.b@c.no", "email")]),
        ("Spør ordfører Kari Nordmann om det", [("Kari Nordmann", "name")]),
        ("Snakk med ola hansen", [("ola hansen", "name")]),
        ("Mor har demens", [("demens", "health")]),
        ("De er noen griser", [("De er noen griser", "rude")]),
        ("Ikke vær idiot, dere", [("idiot,", "rude")]),
        ("Se https://x.no/a?b her", [("https://x.no/a?b", "link")]),
        ("👍 Ring 99 88\u2060 77 66!", [("99 88\u2060 77 66", "phone")]),
        ("Flere benker", []),
    ],
)
def test_the_words_that_a_flag_comes_from_are_marked(text, marked):
    assert marked == [(text[one.start : one.end], one.flag) for one in marks(text)]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ring meg, Kari Hansen, på 91 23 45 67", "Ring meg, …, på …"),
        ("Kari Hansen og Ola Nordmann", "… og …"),
        ("Fødselsnummer 010190 12345.", "Fødselsnummer …."),
        ("Drit i Kari", "Drit i …"),
    ],
)
def test_names_and_numbers_are_hidden_and_the_rest_is_left(text, left):
    assert left == hidden(text)


@pytest.mark.parametrize("part", [labelled.TUNED, labelled.HELD, labelled.LATER, labelled.LAST])
def test_nothing_of_what_was_found_is_left(part):
    """
    In answers labelled by hand: each flag has its words, and no name or number is found once they are hidden.
    """
    texts = [one.text for one in labelled.screened(part)]
    assert [] == [text for text in texts if {one.flag for one in marks(text)} != set(flags(text))]
    assert [] == [text for text in texts if NAMES_AND_NUMBERS.intersection(flags(hidden(text)))]


@given(st.text("aKri 91@.\u00ad👍\u0301", max_size=40) | st.text(max_size=30))
def test_marks_are_places_in_the_text(text):
    for one in marks(text):
        assert 0 <= one.start < one.end <= len(text)
    assert len(hidden(text)) <= len(text)


@given(st.text("abc", max_size=9), st.lists(st.tuples(st.integers(0, 9), st.integers(1, 10)), max_size=4))
def test_what_is_between_the_spans_stays(text, spans):
    spans = [(start, end) for start, end in spans if start < end]
    covered = {place for span in spans for place in range(*span)}
    assert [one for place, one in enumerate(text) if place not in covered] == [
        one for one in without(text, spans) if one != "…"
    ]


@given(st.text("ab…", max_size=9), st.lists(st.tuples(st.integers(0, 9), st.integers(1, 10)), max_size=4))
def test_what_was_hidden_is_found_again_from_both_texts(text, spans):
    shown = without(text, [(start, end) for start, end in spans if start < end])
    assert shown == without(text, spans_between(text, shown))


def test_a_text_that_hiding_can_not_have_made_is_told():
    assert [] == spans_between("Ring Kari", "Ring … nå") == spans_between("Ring", "Ring …") == spans_between("a", "b")


@pytest.mark.parametrize("piece", ["Kari ", "de er ", "idiot ", "91234567 ", "kreft har mor "])
def test_a_long_text_is_marked_in_time_that_grows_with_it(piece):
    assert grows_with_its_size(lambda n: marks((piece * n)[:n]), 500)
