"""The recovery phrase: its words, how they may be typed, and that a phrase belongs to one phone."""

import pytest

from live.errors import Refused
from live.rules import KeepRecoveryPhrase
from live.rules.recovery_phrase import draw, fold, mark
from live.text.recovery_words import WORDS
from tests.meeting import Meeting

KEY, CODE = b"k" * 32, "25054015"


def test_the_words_are_short_and_no_two_are_alike_however_they_are_typed():
    assert 2048 == len(WORDS) == len({fold(word) for word in WORDS})
    assert [] == [word for word in WORDS if not (word.islower() and word.isalpha() and 2 <= len(word) <= 10)]


@pytest.mark.parametrize(
    "typed",
    ["bjørk elv låve", "  BJORK, elv - laave.", "bjoerk Elv lave", "bjo\u0308rk elv la\u030ave", "Bjørk\nelv\nlåve"],
)
def test_words_count_however_they_are_typed(typed):
    assert mark(KEY, CODE, "bjørk elv låve") == mark(KEY, CODE, typed)


@pytest.mark.parametrize("typed", ["elv bjørk låve", "bjørk elv", "bjørk elv låve elv", "bjørkelv låve", ""])
def test_other_words_are_others(typed):
    assert mark(KEY, CODE, "bjørk elv låve") != mark(KEY, CODE, typed)


def test_the_same_words_have_another_hash_in_another_meeting_and_on_another_server():
    assert 3 == len({mark(KEY, CODE, "a b c"), mark(KEY, "25054016", "a b c"), mark(b"x" * 32, CODE, "a b c")})


def test_a_phone_is_shown_the_same_words_each_time_and_other_phones_get_others():
    """The words are spread over the whole list: of 200 phones no two have the same phrase."""
    drawn = [draw(KEY, CODE, f"token{n}", 0) for n in range(200)]
    assert drawn == [draw(KEY, CODE, f"token{n}", 0) for n in range(200)]
    assert 200 == len(set(drawn))
    assert 450 < len({word for words in drawn for word in words})
    assert draw(KEY, CODE, "token1", 1) not in drawn


def test_a_phrase_is_kept_once_and_for_one_phone():
    meeting = Meeting()
    assert 1 == len(meeting.command(KeepRecoveryPhrase("p1", "m")))
    assert [] == meeting.command(KeepRecoveryPhrase("p1", "m"))
    with pytest.raises(Refused, match="not-yours"):
        meeting.command(KeepRecoveryPhrase("p2", "m"))
    assert {"m": "p1"} == meeting.room.people.recovery_phrases == meeting.replayed().people.recovery_phrases
    assert 1 == meeting.room.step  # it moves nobody on
