"""Which words count as one: merged by their base form, split and merged by hand, and undone."""

import json
from io import BytesIO

import msgspec
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.errors import Refused
from live.exports import export, json_import
from live.room import Room
from live.text import lemmas
from live.text.word_count import WordCount, fold
from live.text.word_groups import MOST_CHANGES, WordGroups, mark
from live.views.console import console_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id, one

HALL = Presence(phones=3, people=4)


def answered(*answers, kind="words", method=None) -> Meeting:
    """A meeting with *answers*, each from a phone of its own, or from the phone named before the colon."""
    meeting = Meeting(one(kind, "id=a many"), words=lemmas.method() if method is None else method)
    meeting.act("next")
    meeting.act("next")
    for number, answer in enumerate(answers):
        phone, _, text = answer.rpartition(":")
        meeting.answer(phone or f"p{number}", str(number), "a", text)
    return meeting


def cloud(meeting):
    return [(word["text"], word["count"]) for word in meeting.room.activities["a"].tally.show()["words"]]


def console(meeting):
    return json.loads(msgspec.json.encode(console_view(meeting.room, HALL, JOIN, warnings=[])))


def same_again(meeting):
    """Whether a worker that reads the journal from its beginning shows the same."""
    replayed = meeting.replayed()
    return console_view(meeting.room, HALL, JOIN, warnings=[]) == console_view(replayed, HALL, JOIN, warnings=[])


def test_the_commonest_form_typed_is_shown():
    meeting = answered("Skolen", "skule", "skulen", "skolen", "skolebuss")

    assert [("Skolen", 4), ("skolebuss", 1)] == cloud(meeting)
    assert same_again(meeting)


def test_a_phone_that_says_two_forms_counts_once():
    meeting = answered("anne:skole", "anne:skolen", "bo:skoler", kind="open")

    assert [("skole", 2)] == cloud(meeting)


def test_a_phrase_is_merged_as_a_whole():
    meeting = answered("Trygge skoleveier", "trygg skoleveg", "trygg")

    assert [("Trygge skoleveier", 2), ("trygg", 1)] == cloud(meeting)


def test_a_meeting_opened_without_base_forms_goes_on_without_them():
    """
    Installing the library later changes nothing in it, and neither does a worker on another machine that has it.
    """
    meeting = answered("Skole", "skole", "skolen", method="")

    assert [("Skole", 2), ("skolen", 1)] == cloud(meeting)
    assert "words-differ" not in console(meeting)["warnings"]


def test_the_console_says_when_this_server_counts_words_in_another_way():
    assert "words-differ" in console(answered("skole", method="simplemma 1.9.0"))["warnings"]
    assert "words-differ" not in console(answered("skole"))["warnings"]


def test_an_automatic_merge_is_split_by_hand_and_the_split_undone():
    meeting = answered("bruk", "bruk", "bruker", "brukere")
    assert ("bruk", 3) in cloud(meeting)

    meeting.act("split_word", word="Bruker")
    assert ("bruk", 2) in cloud(meeting)
    meeting.answer("ny", "ny", "a", "bruker")
    assert ("bruker", 2) in cloud(meeting)
    assert same_again(meeting)

    meeting.act("undo_words")
    assert ("bruk", 4) in cloud(meeting)
    assert same_again(meeting)


def test_a_merge_by_hand_holds_for_later_answers_and_is_undone():
    meeting = answered("ungdom", "ungdommer", "unge", "skole")
    meeting.act("merge_words", words=["ungdom", "unge"])
    meeting.answer("ny", "ny", "a", "Unge")
    assert ("unge", 4) in cloud(meeting)

    meeting.act("merge_words", words=["skole", "ungdom"])
    assert [("unge", 5)] == cloud(meeting)
    assert same_again(meeting)

    meeting.act("undo_words")
    meeting.act("undo_words")
    assert {("ungdom", 2), ("unge", 2), ("skole", 1)} == set(cloud(meeting))
    assert same_again(meeting)


def test_what_was_split_off_can_be_merged_again_and_split_again():
    meeting = answered("bruk", "bruker", "nytte")
    meeting.act("split_word", word="bruker")
    meeting.act("merge_words", words=["nytte", "bruker"])
    meeting.act("split_word", word="bruker")

    assert [("bruk", 1), ("bruker", 1), ("nytte", 1)] == cloud(meeting)
    assert same_again(meeting)


def test_the_console_shows_what_was_typed_and_what_can_be_undone():
    meeting = answered("skole", "Skolen", "skolen", "buss")
    meeting.act("close")
    words = console(meeting)["hidden_results"]["words"]
    assert [{"text": "Skolen", "uses": 2}, {"text": "skole", "uses": 1}] == words[0]["forms"]
    assert [] == words[1]["forms"]
    assert console(meeting)["words_undo"] is None

    meeting.act("merge_words", words=["buss", "skole"])
    assert {"n": 1, "did": "merged", "word": "Skolen"} == console(meeting)["words_undo"]


def test_the_screen_does_not_show_what_was_typed():
    meeting = answered("skole", "skolen")
    meeting.act("reveal")
    assert "forms" not in screen_view(meeting.room, HALL, JOIN)["results"]["words"][0]


def test_the_journal_never_holds_the_words_themselves():
    """
    They may be somebody's name, in an answer that is deleted for good later.
    """
    meeting = answered("Kari Nordmann", "Ola Nordmann")
    meeting.act("release_answers", answers={answer_id("0"): 1, answer_id("1"): 1})
    meeting.act("merge_words", words=["Kari Nordmann", "Ola Nordmann"])
    assert "Nordmann" not in repr(meeting.events[-1])


def test_no_export_lets_a_deleted_word_be_guessed():
    """
    Whoever has the file could hash a list of names and look for the hashes in it. Merged words still count the same,
    also after the file is imported.
    """
    meeting = answered("anne:Zacharias", "bo:buss", "cay:tog", "didrik:ferje", "eva:ferjer")
    meeting.act("merge_words", words=["Zacharias", "buss"])
    meeting.act("merge_words", words=["Zacharias", "tog"])
    meeting.act("split_word", word="Zacharias")
    meeting.act("merge_words", words=["ferje", "Zacharias"])
    meeting.act("split_word", word="ferjer")
    meeting.withdraw("anne", "0")
    meeting.act("close")
    before = cloud(meeting)
    body = export(meeting.room, "json")
    tries = [mark("zacharias"), mark(f"3 {mark('zacharias')}")]
    assert [] == [one for one in tries if one.encode() in body]
    assert mark("buss").encode() in body

    room = Room("31415926")
    for event in json_import.read(body).events:
        room.apply(event)
    assert sorted(before) == sorted((w["text"], w["count"]) for w in room.activities["a"].tally.show()["words"])
    assert json.loads(body)["joined"] == json.loads(export(room, "json"))["joined"]


def test_a_withdrawn_word_counts_as_if_it_had_never_been_in_the_journal():
    meeting = answered("anne:ungdom", "bo:unge")
    meeting.act("merge_words", words=["ungdom", "unge"])
    meeting.withdraw("bo", "1")
    meeting.answer("ny", "ny", "a", "unge")
    blanked = meeting.replayed()

    assert [("ungdom", 2)] == cloud(meeting)
    assert cloud(meeting) == [(w["text"], w["count"]) for w in blanked.activities["a"].tally.show()["words"]]


def test_an_edited_workshop_keeps_what_was_merged_by_hand():
    meeting = answered("ungdom", "unge")
    meeting.act("merge_words", words=["ungdom", "unge"])
    state = meeting.room.activities["a"]
    state.replace_written(state.written, state.kind, "nn")

    assert [("ungdom", 2)] == cloud(meeting)


def test_exports_have_what_was_typed_and_the_word_it_was_shown_as():
    meeting = answered("skole", "Skolen", "skolen", "buss")
    words = msgspec.json.decode(export(meeting.room, "json"))["activities"][-1]["results"]["words"]
    assert ["Skolen", [{"text": "Skolen", "uses": 2}, {"text": "skole", "uses": 1}]] == [
        words[0]["text"],
        words[0]["forms"],
    ]
    sheet = openpyxl.load_workbook(BytesIO(export(meeting.room, "xlsx")))["Sammendrag"]
    rows = {row[1]: row[5] for row in sheet.iter_rows(values_only=True)}
    assert ("Skolen 2, skole 1", None) == (rows["Skolen (telefoner)"], rows["buss (telefoner)"])


@pytest.mark.parametrize(
    ("why", "command"),
    [
        ("unknown-word", {"do": "split_word", "word": "fly"}),
        ("unknown-word", {"do": "merge_words", "words": ["buss", "fly"]}),
        ("word-alone", {"do": "split_word", "word": "buss"}),
        ("bad", {"do": "merge_words", "words": ["buss"]}),
        ("bad", {"do": "merge_words", "words": ["buss"] * 61}),
        ("nothing-to-undo", {"do": "undo_words"}),
        ("unknown-word", {"do": "split_word"}),
        ("no-words", {"do": "undo_words", "activity": "nei"}),
    ],
)
def test_impossible_changes_are_refused(why, command):
    meeting = answered("buss", "skole", "skolen")
    with pytest.raises(Refused) as refused:
        meeting.act(**command)
    assert why == refused.value.code


def test_nobody_undoes_what_another_has_just_done():
    meeting = answered("buss", "tog", "båt")
    meeting.act("merge_words", words=["buss", "tog"])
    meeting.act("merge_words", words=["buss", "båt"])
    with pytest.raises(Refused) as refused:
        meeting.act("undo_words", n=1)
    assert "changed-since" == refused.value.code


def test_the_number_of_changes_by_hand_has_a_limit():
    meeting = answered("skole", "skolen")
    words = meeting.room.activities["a"].tally.words
    for _ in range(MOST_CHANGES):
        words.word_groups.record("split", ("x",))
    with pytest.raises(Refused) as refused:
        meeting.act("split_word", word="skolen")
    assert "too-many-merges" == refused.value.code


def test_words_merged_already_are_left_as_they_are():
    assert [] == answered("skole", "skolen").act("merge_words", words=["skole", "skolen"])


TEXTS = st.sampled_from(["skole", "Skolen", "skule", "buss", "busser og bussen", "tog", "ny skole", "og"])
ANSWERS = st.lists(st.tuples(st.sampled_from("abc"), TEXTS, st.integers(1, 3)), max_size=15)
BY_HAND = st.lists(
    st.one_of(
        st.tuples(
            st.just("merge"), st.sampled_from(["skole", "buss", "tog"]), st.sampled_from(["skole", "buss", "ny"])
        ),
        st.tuples(st.just("split"), st.sampled_from(["skole", "skolen", "busser"]), st.just("")),
        st.tuples(st.just("undo"), st.just(""), st.just("")),
    ),
    max_size=8,
)


def carry_out(words, did, one, other):
    if did == "merge":
        words.merge([words.word_groups.group(fold(one)), words.word_groups.group(fold(other))])
    elif did == "split":
        words.split_off(mark(fold(one)))
    else:
        words.undo()


@given(ANSWERS, BY_HAND, st.sets(st.integers(0, 14)))
def test_the_updated_count_is_that_of_counting_anew(answers, by_hand, removed):
    """
    In any order of answers, withdrawals, merges and splits: counts, spellings, order, quiet voices and answers by word.
    """
    word_groups = WordGroups("nb", lemmas.method())
    words = WordCount(language="nb", mode="split", word_groups=word_groups)
    hands = iter(by_hand)
    for number, (phone, text, heads) in enumerate(answers):
        words.add(str(number), phone, text, heads=heads)
        if step := next(hands, None):
            carry_out(words, *step)
    for step in hands:
        carry_out(words, *step)
    kept = [number for number in range(len(answers)) if number not in removed]
    for number in sorted(removed & set(range(len(answers)))):
        words.remove(str(number))

    anew = WordCount(language="nb", mode="split", word_groups=word_groups)
    for number in kept:
        phone, text, heads = answers[number]
        anew.add(str(number), phone, text, heads=heads)

    assert anew.top(50) == words.top(50)
    assert set(anew.quiet) == set(words.quiet)
    for word, _ in anew.top(50):
        assert anew.forms(word) == words.forms(word)
        assert anew.answers_with(word) == sorted(words.answers_with(word), key=int)
