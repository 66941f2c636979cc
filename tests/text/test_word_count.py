"""How words are split, folded and counted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import exports
from live.exports import json_import
from live.room import Room
from live.rules import EditWorkshop
from live.text import lemmas
from live.text.normalize import clean
from live.text.word_count import STOP_WORDS, WordCount, fold, split
from live.text.word_groups import WordGroups, mark
from live.workshop import EDITION
from tests import reading
from tests.meeting import Meeting, one


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


ALIKE = [
    ("❤", "❤\ufe0f"),
    ("❤\ufe0e", "❤\ufe0f"),
    ("barne\u00adhage", "barnehage"),
    ("e-post", "e\u2011post"),
    ("e-post", "e\u2010post"),
    ("e-post", "e–post"),
    ("e-post", "e\u2212post"),
    ("rock’n’roll", "rock´n`roll"),
    ("می\u200cخواهم", "میخواهم"),
    ("tog\u2060", "tog"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=ascii)
@pytest.mark.parametrize("mode", ["whole", "split"])
def test_what_looks_the_same_is_one_word_and_shown_as_it_was_typed(mode, one, other):
    if mode == "split" and ("❤" in one or "–" in other or "\u2212" in other or "´" in other):
        return  # in running text a heart is no word, and a long dash parts two
    words = WordCount(language="nb", mode=mode)
    words.add("1", "anne", other)
    words.add("2", "bo", other)
    words.add("3", "cato", one)
    assert [(other, 3)] == words.top(10)


ENGLAND, WALES = (
    "🏴" + "".join(chr(0xE0000 + ord(sign)) for sign in tags) + "\U000e007f" for tags in ("gbeng", "gbwls")
)


@pytest.mark.parametrize(
    ("one", "other"),
    [(ENGLAND, WALES), ("🏴", WALES), ("e-post", "epost"), ("👍", "👍🏽")],
    ids=["England and Wales", "black and Wales", "a hyphen", "skin"],
)  # fmt: skip
def test_what_looks_different_stays_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("sign", ["\u00ad", "\u200c", "\u200d", "\u2060", "\ufe0f"])
def test_a_sign_that_is_not_seen_cuts_no_word(sign):
    assert [f"barne{sign}hage", "skole"] == split(f"Vi må ha barne{sign}hage {sign} og skole", "nb")
    assert ["vei"] == split(f"o{sign}g vei 1{sign}", "nb"), "and it hides no stop word and no number"


@pytest.mark.parametrize("sign", ["\v", "\f", "\x85", "\u2028", "\u2029", "\r", "\r\n", "\n"], ids=ascii)
def test_a_line_end_of_any_kind_parts_words(sign):
    assert "Busstopp\nved skolen" == clean(f"Busstopp{sign}ved skolen")


@pytest.mark.parametrize("language", ["nb", "nn", "en", "se"])
@pytest.mark.parametrize("method", ["", lemmas.method()])
def test_an_accent_on_e_or_o_is_no_other_word_with_or_without_the_extra(language, method):
    words = WordCount(language=language, mode="whole", word_groups=WordGroups(language, method))
    for phone, typed in enumerate(["Kafé", "kafe", "kafe\u0301", "kafê"]):
        words.add(typed, str(phone), typed)
    assert [4] == [count for _, count in words.top(10)]
    assert {"Kafé": 2, "kafe": 1, "kafê": 1} == dict(words.forms("kafe"))
    words.split_off(mark(fold("kafe")))
    assert 2 == words.distinct, "and they can be parted by hand"


def test_letters_of_their_own_stay_apart_there():
    words = WordCount(language="se", mode="whole")
    for phone, typed in enumerate(["ápmi", "apmi", "åre", "are", "øre", "ore"]):
        words.add(typed, str(phone), typed)
    assert 6 == words.distinct


def test_a_room_from_before_folds_as_it_did():
    """
    The marks in its journal, of what was merged and split by hand, are of words folded in that way.
    """
    old = WordCount(language="nb", mode="split", word_groups=WordGroups("nb", "", 1))
    for phone, typed in enumerate(["kafé", "kafe", "barne\u00adhage"]):
        old.add(typed, str(phone), typed)
    assert {"kafé", "kafe", "barne", "hage"} == {word for word, _ in old.top(10)}
    meeting = Meeting(one("words", "id=a"), edition=1, folding=0)
    meeting.act("start", activity="a")
    for phone, typed in enumerate(["kafé", "kafe", "❤", "❤\ufe0f"]):
        meeting.answer(str(phone), typed, "a", typed)
    assert 4 == meeting.room.activities["a"].tally.words.distinct
    meeting.command(EditWorkshop(text := one("words", "id=a", "Nytt."), reading.parse(text)[0]))
    assert 4 == meeting.replayed().activities["a"].tally.words.distinct
    room = Room("31415926")
    for event in json_import.read(exports.export(meeting.room, "json")).events:
        room.apply(event)
    assert (1, EDITION) == (room.folding, room.workshop.edition)
