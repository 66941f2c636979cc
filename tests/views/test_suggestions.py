"""Suggested groups of answers, compared with groups that were made by hand."""

from collections import Counter
from math import comb

from live.events import SuggestionRefused, ThemeMade
from live.room.themes import Themes
from live.text import similarity
from live.views import suggestions
from tests.text.labelled_answers import ANSWERS

THEMES = [theme for theme, _ in ANSWERS]
TEXTS = [text for _, text in ANSWERS]
CARDS = [(f"{place}", text) for place, text in enumerate(TEXTS)]


def agreement(groups: list[list[int]]) -> float:
    """Adjusted Rand index of *groups* and the themes made by hand; each text in no group is a group of its own."""
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    ours = [group_of.get(place, -place - 1) for place in range(len(THEMES))]
    pairs = sum(comb(n, 2) for n in Counter(zip(THEMES, ours, strict=True)).values())
    by_hand = sum(comb(n, 2) for n in Counter(THEMES).values())
    suggested = sum(comb(n, 2) for n in Counter(ours).values())
    chance = by_hand * suggested / comb(len(THEMES), 2)
    return (pairs - chance) / ((by_hand + suggested) / 2 - chance)


def suggest(themes: Themes) -> list[suggestions.Suggestion]:
    return suggestions.suggest(CARDS, similarity.alike(TEXTS, "nb"), themes, "nb")


def test_suggested_groups_are_mostly_those_made_by_hand():
    groups = similarity.alike(TEXTS, "nb")
    assert agreement(groups) >= 0.45
    assert sum(map(len, groups)) >= 50
    assert groups == similarity.alike(TEXTS, "nb")


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
    assert any(len(group) > 6 and len(CARDS) in group for group in groups)
    contact = {id for id, text in more if "kontakt" in text.lower()}
    assert not [one for one in suggestions.suggest(more, groups, themes, "nb") if len(contact & set(one.ids)) > 1]


def test_the_rest_of_a_group_is_suggested_for_the_theme_of_the_others():
    themes = Themes("a")
    contact = [id for id, text in CARDS if "kontakt" in text.lower()]
    themes.apply(ThemeMade(at=0, activity="a", theme="t", name="Fast kontakt", ids=contact[:3]))
    found = [one for one in suggest(themes) if one.theme == "t"]
    assert [set(contact[3:])] == [set(one.ids) & set(contact) for one in found]
    assert not {id for one in suggest(themes) for id in one.ids} & set(contact[:3])
