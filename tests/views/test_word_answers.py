"""Quiet voices, and from a word to the answers that use it."""

import msgspec

from live.exports import export
from live.views.screen import screen_view
from live.views.view import Presence
from live.views.word_answers import cards_with_word, quiet, quiet_cards, voices
from tests.meeting import JOIN, answer_id
from tests.rules.test_word_groups import answered

SHARED = ("anne:Vi må ha buss", "bo:bussen går for sjelden", "kim:et bibliotek på hjul", "kim:og bibliotek på nett")


def texts(meeting):
    return {answer.text for answer in quiet(meeting.room, meeting.room.activities["a"])}


def test_an_answer_with_words_of_one_phone_only_is_a_quiet_voice():
    """
    It still is if that phone uses the words twice, and no longer if another phone uses one of them.
    """
    meeting = answered(*SHARED, kind="open")
    assert {"et bibliotek på hjul", "og bibliotek på nett"} == texts(meeting)

    meeting.answer("lars", "ny", "a", "biblioteket")
    assert set() == texts(meeting)


def test_a_voice_is_quiet_again_when_the_other_phone_withdraws():
    meeting = answered("anne:sjakk", "bo:sjakk", "kim:korps")
    assert {"korps"} == texts(meeting)
    meeting.withdraw("bo", "1")
    assert {"sjakk", "korps"} == texts(meeting)


def test_an_answer_without_words_is_no_quiet_voice():
    assert set() == texts(answered("ja", "nei", kind="open"))


def test_among_gathered_answers_the_themes_decide():
    """
    Kim's answers are alone in their theme. An answer in a theme with those of others is not a quiet voice.
    """
    meeting = answered("anne:buss", "bo:taxi", "kim:korps", "kim:kor", "lars:fjelltur")
    meeting.act("close")
    meeting.act("make_theme", id="t1", name="Reise", ids=[answer_id("0"), answer_id("1")])
    meeting.act("make_theme", id="t2", name="Musikk", ids=[answer_id("2"), answer_id("3")])

    assert {"korps", "kor", "fjelltur"} == texts(meeting)


def test_withheld_answers_are_no_quiet_voices():
    meeting = answered("anne:sjakk", "bo:korps")
    meeting.act("hide_answer", id=answer_id("0"), reason="")
    assert {"korps"} == texts(meeting)


def test_the_screen_shows_them_as_cards_when_asked_to():
    meeting = answered("anne:sjakk", "bo:sjakk", *(f"p{number}:ord{number}" for number in range(70)))
    meeting.act("close")
    meeting.act("reveal")
    meeting.act("show_as", shape="quiet")
    shown = screen_view(meeting.room, Presence(), JOIN)["results"]

    assert (60, 70) == (len(shown["cards"]), shown["cards_total"])
    assert not any("sjakk" in card["text"] for card in shown["cards"])
    more = quiet_cards(meeting.room, meeting.room.activities["a"], 60, 60)
    assert 70 == len({card["id"] for card in [*shown["cards"], *more[1]]}) == more[0]
    assert len(msgspec.json.encode(shown)) < 64 * 1024


BELOW = (
    "anne:Vi må ha flere busser", "bo:Ingen busser om kvelden", "kim:buss", "kim:Vår skole må bli",
    "liv:En skole for alle", f"per:Mange busser {'og mer ' * 20}", "mo:Noe helt annet her",
)  # fmt: skip


def test_answers_below_a_cloud_are_whole_and_take_turns_between_the_words():
    """
    One for each word that several have used before a second for any. One that is only its word, or is too long for a
    line, says nothing there; nor does one whose words are small in the cloud.
    """
    meeting = answered(*BELOW, kind="open")
    meeting.act("close")
    found = voices(meeting.room.activities["a"])

    assert ["busser", "skole", "busser", "skole"] == [word for word, _ in found]
    assert {"Vi må ha flere busser", "Ingen busser om kvelden"} == {one.text for _, one in found[::2]}
    assert {"Vår skole må bli", "En skole for alle"} == {one.text for _, one in found[1::2]}


def test_the_screen_shows_an_answer_below_its_cloud_when_it_is_turned_on_and_never_one_that_is_withheld():
    meeting = answered(*BELOW, kind="open")

    def below():
        return screen_view(meeting.room, Presence(), JOIN)["results"]["voice"]

    meeting.act("show_as", shape="cloud")
    meeting.act("reveal")
    meeting.act("page", n=1)
    assert below() is None  # answers come in, and the next would put another in its place
    meeting.act("close")
    meeting.act("reveal")
    first = below()
    assert ("busser", 4) == (first["word"], first["n"])
    meeting.act("page", n=5)
    assert below() is None
    meeting.act("page", n=6)
    assert first == below()

    meeting.act("hide_answer", id=first["id"], reason="")
    meeting.act("page", n=1)
    assert "busser" == below()["word"]
    assert first["id"] != below()["id"]
    meeting.act("show_as", shape="wall")
    meeting.act("show_as", shape="cloud")
    assert below() is None


def test_a_word_leads_to_all_answers_with_any_of_its_forms():
    meeting = answered("Flere busser", "bussen går aldri", "tog", kind="open")
    state = meeting.room.activities["a"]

    assert (2, ["Flere busser", "bussen går aldri"]) == (
        cards_with_word(state, "busser", 0, 60)[0],
        [card["text"] for card in cards_with_word(state, "Buss", 0, 60)[1]],
    )
    assert (0, []) == cards_with_word(state, "fly", 0, 60)


def test_the_report_has_them_only_if_enough_people_took_part():
    few = answered("anne:sjakk", "bo:buss", "kim:bussen")
    many = answered("anne:sjakk", "bo:buss", "kim:bussen", "lars:busser", "mari:Buss")
    few, many = (export(meeting.room, "html").decode() for meeting in (few, many))
    assert "Stille stemmer" not in few
    _, quiet_ones = many.split("Stille stemmer")
    quiet_ones, _ = quiet_ones.split("</ul>", 1)
    assert 1 == quiet_ones.count("<li")
    assert ">«sjakk»</li>" in quiet_ones
    assert 1 == many.count(">sjakk</li>"), "once more among all answers"


def test_choices_have_no_quiet_voices_and_no_words():
    meeting = answered("buss")
    meeting.act("ask", kind="choice", question="Hva?", options=["a", "b"], id="c")
    state = meeting.room.activities["c"]
    assert ([], (0, [])) == (quiet(meeting.room, state), cards_with_word(state, "a", 0, 10))
