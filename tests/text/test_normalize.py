"""Several names in one text: whoever reads it sees where each ends, and a program finds every one again."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.text.normalize import joined

NAMES = st.lists(
    st.text(st.sampled_from("aå ;,\"'"), min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=5
)


@given(NAMES)
def test_names_are_found_again_by_any_program_that_reads_csv(names):
    assert [names] == list(csv.reader([joined(names)], delimiter=";", skipinitialspace=True))


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Ja"], "Ja"),
        (["Ja, gjerne"], "Ja, gjerne"),
        (["Ja", "Nei"], "Ja, Nei"),
        (["Ja, gjerne", "Nei"], "Ja, gjerne; Nei"),
    ],
)
def test_for_people_a_semicolon_stands_where_a_name_has_a_comma(names, told):
    assert told == joined(names, ", ")
