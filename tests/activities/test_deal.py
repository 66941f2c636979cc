"""How cards are dealt: each is seen equally often, wherever that is possible."""

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.activities.deal import Deal


def dealt(authors: list[str], turns: list[str], most: int = 3) -> Deal:
    """Cards `0`, `1` … by *authors*, dealt to phones in these *turns*; each weighs all that it was dealt."""
    deal = Deal()
    deal.add(((str(n), by) for n, by in enumerate(authors)), salt=1)
    for phone in turns:
        deal.deal(phone, most, 1)
    return deal


def spread(deal: Deal) -> int:
    seen = [card.seen for card in deal.cards.values()]
    return max(seen) - min(seen)


@pytest.mark.parametrize("cards", [10, 200, 2_000])
@pytest.mark.parametrize("phones", [5, 30, 1_000, 10_000])
def test_each_card_is_seen_equally_often(cards, phones):
    """
    Everybody who wrote weighs, and others too, once and again. The first answers are seen no oftener than the last.
    """
    chance = Random(7)
    names = [f"p{n}" for n in range(phones)]
    authors = [names[n % phones] for n in range(cards)]
    turns = chance.sample(names, phones)
    assert spread(dealt(authors, turns)) <= 1
    deal = dealt(authors, turns * 2)
    assert spread(deal) <= 1
    assert spread(dealt(authors, turns + chance.sample(names, phones))) <= 2
    assert not any(deal.cards[id].by == phone for phone in names for id in deal.hand(phone))
    seen = [card.seen for card in deal.cards.values()]
    half = cards // 2
    assert abs(sum(seen[:half]) - sum(seen[half:])) <= 6 * cards**0.5


def best_spread(authors: list[str], hands: list[tuple[str, int]]) -> int:
    """The smallest spread of all ways to give each phone so many different cards, none of its own."""
    best = {(0,) * len(authors)}
    for phone, size in hands:
        allowed = [n for n, by in enumerate(authors) if by != phone]
        choices = [pick for pick in product((0, 1), repeat=len(authors)) if sum(pick) == size and all(
            n in allowed for n, one in enumerate(pick) if one)]  # fmt: skip
        best = {tuple(map(sum, zip(seen, pick, strict=True))) for seen in best for pick in choices}
    return min(max(seen) - min(seen) for seen in best)


@pytest.mark.parametrize("cards", [3, 4, 5, 6])
@pytest.mark.parametrize("most", [1, 2, 3])
def test_it_is_as_even_as_the_best_of_all_ways_to_deal(cards, most):
    """
    Each phone comes once, in any order: no way to deal the same number of cards to each is more even, also none that
    knows beforehand who comes when.
    """
    chance = Random(cards)
    for _ in range(12):
        authors = [f"p{chance.randrange(4)}" for _ in range(cards)]
        turns = chance.sample([f"p{n}" for n in range(5)], 5)
        deal = dealt(authors, turns, most)
        hands = [(phone, len(deal.hand(phone))) for phone in turns]
        assert max(1, best_spread(authors, hands)) >= spread(deal), (authors, turns)


@given(
    authors=st.lists(st.sampled_from("abcde"), min_size=2, max_size=9),
    turns=st.lists(st.sampled_from("abcdefgh"), max_size=30), most=st.integers(1, 4),
)  # fmt: skip
def test_a_card_goes_ahead_of_others_only_where_these_cannot_be_taken(authors, turns, most):
    """
    In any turns: a phone that there is a card for gets one, and none that others have seen less of than another that it
    may take.
    """
    deal = dealt(authors, [])
    for phone in turns:
        seen = {id: card.seen for id, card in deal.cards.items()}
        free = {id for id in seen if deal.cards[id].by != phone and id not in deal.hand(phone)}
        deal.deal(phone, most, 1)
        new = {id for id in free if id in deal.hand(phone)}
        assert bool(new) == bool(free)
        assert all(seen[id] <= seen[other] for id in new for other in free - new)
        assert len(new) < 2 or max(seen[id] for id in new) <= min(seen.values()) + 1


def test_what_is_given_back_or_withheld_is_dealt_to_others():
    deal = dealt(["", "", ""], ["anne"], 2)
    first, second = deal.hand("anne")
    deal.hold("anne", [first], held=False)
    deal.set_out(second, out=True)
    deal.deal("bo", 3, 3)
    assert second not in deal.hand("bo")
    assert {first: 1, second: 1} == {id: deal.cards[id].seen for id in (first, second)}
    deal.hold("anne", [first, "unknown"], held=True)
    assert 2 == deal.cards[first].seen
    deal.set_out(second, out=False)
    deal.deal("bo", 3, 3)
    assert second in deal.hand("bo")
    deal.forget("anne")
    assert ({}, 1) == (deal.hand("anne"), deal.cards[first].seen)
    assert ["bo"] == deal.phones()
    assert deal.has_more("anne", only_least=True)
    assert not deal.has_more("bo", only_least=False)
