"""How words are split, folded and counted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.text.word_count import STOP_WORDS, WordCount, fold, split


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Skole", "skole"),
        ("  gang-  og sykkelvei ", "Gang- og   sykkelvei"),
        ("«Tillit»!", "tillit"),
        ("Åpenhet", unicodedata.normalize("NFD", "åpenhet")),
        ("ﬁnt", "fint"),
        ("STRASSE", "straße"),
        ("ungdommen’s", "Ungdommen's"),
    ],
)
def test_spellings_of_one_word_are_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("hage", "håge"), ("C++", "C"), ("bør", "bor"), ("ære", "are")])
def test_different_words_stay_apart(one, other):
    """
    æ, ø and å are letters of their own, not an a or o with something on it.
    """
    assert fold(one) != fold(other)


def test_an_entry_of_signs_alone_still_counts():
    words = WordCount(language="nb", mode="whole")
    words.add("1", "anne", "???")
    words.add("2", "bo", "❤️")

    assert [("???", 1), ("❤️", 1)] == words.top(10)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(text) == fold(fold(text))


def test_running_text_gives_its_words():
    text = "Vi må få flere møteplasser i Åmot – gang-/sykkelvei, barne- og ungdomsråd, og 2 busser til E16!"

    assert ["møteplasser", "Åmot", "gang", "sykkelvei", "barne", "ungdomsråd", "busser", "E16"] == split(text, "nb")


def test_hyphens_and_apostrophes_inside_a_word_stay():
    assert ["Nord-Norge", "rock'n'roll"] == split("Nord-Norge, rock'n'roll", "nb")


def test_stop_words_belong_to_the_language():
    assert ["the", "school"] == split("the school", "nb")
    assert ["school"] == split("the school", "en")
    assert ["skule"] == split("ikkje ein skule", "nn")


def test_northern_sami_has_stop_words_of_its_own():
    assert ["skuvla", "gilážii"] == split("Mii ja skuvla min gilážii", "se")


def test_an_entry_is_counted_whole_with_its_stop_words():
    words = WordCount(language="nb", mode="whole")
    words.add("1", "anne", "Vi må ha det gøy")

    assert [("Vi må ha det gøy", 1)] == words.top(10)


def test_a_phone_counts_once_for_each_word():
    """
    Writing «skole» ten times does not make the word grow ten times.
    """
    words = WordCount(language="nb", mode="split")
    words.add("1", "anne", "skole skole Skole")
    words.add("2", "anne", "skole og buss")
    words.add("3", "bo", "buss")

    assert [("buss", 2), ("skole", 1)] == words.top(10)


def test_the_most_common_spelling_is_shown_and_the_first_among_equals():
    words = WordCount(language="nb", mode="whole")
    words.add("1", "anne", "NATUR")
    words.add("2", "bo", "natur")
    assert [("NATUR", 2)] == words.top(1)

    words.add("3", "kim", "natur")
    assert [("natur", 3)] == words.top(1)


def test_people_count_where_the_workshop_says_so():
    words = WordCount(language="nb", mode="whole")
    words.add("1", "anne", "ro", heads=3)
    words.add("2", "anne", "Ro", heads=2)
    words.add("3", "bo", "ro", heads=1)
    assert 4 == words.top(1)[0][1]

    words.remove("1")
    assert 3 == words.top(1)[0][1]


def test_more_words_than_fit_are_still_counted():
    words = WordCount(language="nb", mode="whole")
    for number in range(150):
        words.add(str(number), "anne", f"ord {number}")

    assert 100 == len(words.top(100))
    assert 150 == words.distinct


TEXTS = st.sampled_from(["skole", "Skole", "SKOLE buss", "buss", "Buss!", "", "og", "tog og buss", "fly"])
ANSWERS = st.lists(st.tuples(st.sampled_from("abc"), TEXTS, st.integers(1, 4)), max_size=25)


@given(ANSWERS, st.sets(st.integers(0, 24)), st.sampled_from(["whole", "split"]))
def test_removing_answers_is_as_if_they_had_never_come(answers, removed, mode):
    updated, counted_anew = WordCount(language="nb", mode=mode), WordCount(language="nb", mode=mode)
    for number, (phone, text, heads) in enumerate(answers):
        updated.add(str(number), phone, text, heads=heads)
        updated.top(5)
    for number in removed & set(range(len(answers))):
        updated.remove(str(number))
    for number, (phone, text, heads) in enumerate(answers):
        if number not in removed:
            counted_anew.add(str(number), phone, text, heads=heads)

    assert counted_anew.top(50) == updated.top(50)
    assert counted_anew.distinct == updated.distinct


@pytest.mark.parametrize("language", ["nb", "nn", "en", "se"])
def test_stop_words_are_listed_folded(language):
    assert STOP_WORDS[language] == {fold(word) for word in STOP_WORDS[language]}
