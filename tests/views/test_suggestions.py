"""Suggested groups of answers, compared with groups that were made by hand."""

import random

import pytest

from live.events import SuggestionRefused, ThemeMade
from live.room.themes import Themes
from live.text import similarity, topics
from live.views import suggestions
from tests import effort
from tests.text import labelled
from tests.text.labelled import HELD, TUNED
from tests.text.labelled_answers import ANSWERS

THEMES = [theme for theme, _ in ANSWERS]
TEXTS = [text for _, text in ANSWERS]
CARDS = [(f"{place}", text) for place, text in enumerate(TEXTS)]


def suggest(themes: Themes) -> list[suggestions.Suggestion]:
    return suggestions.suggest(CARDS, similarity.alike(TEXTS, "nb"), themes, "nb")


def test_suggested_groups_are_mostly_those_made_by_hand():
    groups = similarity.alike(TEXTS, "nb")
    assert labelled.agreement(THEMES, groups) >= 0.7
    assert sum(map(len, groups)) >= 50
    assert groups == similarity.alike(TEXTS, "nb")


@pytest.mark.parametrize(("half", "before"), [(TUNED, 0.089), (HELD, 0.089)])
def test_suggestions_agree_twice_as_well_with_people_as_they_did(half, before):
    """
    Short answers in two written languages, dialect and English, with typing errors, on 36 themes: as they are shown.
    """
    assert labelled.shown_agreement(labelled.gathered(half)) >= 4 * before


@pytest.mark.parametrize("half", [TUNED, HELD])
def test_nearly_the_same_answers_are_suggested_together(half):
    assert labelled.whole_share(labelled.gathered(half)) >= 0.85


def test_what_people_in_meetings_call_one_thing_is_grouped_without_letters_in_common():
    texts = ["Ferja går for sjelden", "Søppelkasser", "no buses on Sundays", "Too much litter", "kolektivtransport"]
    assert [[0, 2, 4], [1, 3]] == sorted(similarity.alike(texts, "nb"))


def test_eldre_is_no_part_of_foreldre():
    assert topics.of_word("eldreråd")
    assert not topics.of_word("foreldre") & topics.of_word("eldre")


@pytest.mark.uncounted
def test_many_answers_take_steps_in_proportion_to_their_number():
    """
    Four times the answers: about four times the steps, and not sixteen.
    """
    chance = random.Random(1)
    words = [word for half in (TUNED, HELD) for one in labelled.gathered(half) for word in one.text.split()]
    texts = [" ".join(chance.choice(words) for _ in range(5)) for _ in range(5 * similarity.BATCH)]

    def steps(n: int) -> int:
        return effort.lines_run(lambda: similarity.alike(texts[:n], "nb"), similarity)

    few = len(texts) // 4
    assert few > similarity.BATCH
    assert 6 * steps(few) >= steps(len(texts))


def test_every_answer_of_a_large_hall_is_compared():
    """
    Also the last of them finds the group that the first were in.
    """
    many = [f"{word} {n}" for n in range(similarity.BATCH) for word in ("Bussavgang", "Søppelkasse")]
    assert [list(range(0, len(many), 2)), list(range(1, len(many), 2))] == sorted(similarity.alike(many, "nb"))


def test_bokmaal_and_nynorsk_and_compounds_are_grouped_together():
    texts = ["Flere møteplasser", "Eit kjøpesenter", "Møteplassar for unge", "Bedre busstilbud", "Bussen om kvelden"]
    assert [[0, 2], [3, 4]] == sorted(similarity.alike(texts, "nb"))


def test_texts_without_words_are_in_no_group():
    assert [] == similarity.alike(["!!!", "!!!", "", "1 2", "og", "og"], "nb")
    assert [] == similarity.alike([], "nb")


def test_a_suggestion_has_the_name_most_of_its_answers_share():
    assert "Kontaktperson" == similarity.name(
        ["En fast kontaktperson", "Hvem skal vi kontakte?", "Ein kontaktperson å ringe"], "nb"
    )
    assert "" == similarity.name(["og", "!"], "nb")


def test_a_refused_suggestion_never_returns():
    """
    Each suggestion is refused: none comes again, though the answers are compared anew each time, and also not with one
    more answer.
    """
    themes = Themes("a")
    seen: list[frozenset[str]] = []
    while found := suggest(themes):
        ids = frozenset(found[0].ids)
        assert not any(2 * len(ids & before) > len(ids) for before in seen)
        seen.append(ids)
        themes.apply(SuggestionRefused(at=0, activity="a", ids=found[0].ids))
    assert len(seen) >= 10
    more = [*CARDS, ("x", "Fast kontaktperson, takk")]
    groups = similarity.alike([text for _, text in more], "nb")
    assert any(len(group) > 5 and len(CARDS) in group for group in groups)
    contact = {id for id, text in more if "fast kontakt" in text.lower()}
    assert not [one for one in suggestions.suggest(more, groups, themes, "nb") if len(contact & set(one.ids)) > 1]


def test_the_rest_of_a_group_is_suggested_for_the_theme_of_the_others():
    themes = Themes("a")
    (contact,) = [one.ids for one in suggest(themes) if one.name == "Kontaktperson"]
    themes.apply(ThemeMade(at=0, activity="a", theme="t", name="Fast kontakt", ids=contact[:3]))
    assert [contact[3:]] == [one.ids for one in suggest(themes) if one.theme == "t"]
    assert not {id for one in suggest(themes) for id in one.ids} & set(contact[:3])
