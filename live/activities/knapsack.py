"""
A budget: options have costs, and each phone buys as many as it likes under the cap (knapsack voting).

Source: Goel, Krishnaswamy, Sakshuwong and Aitamurto, Knapsack Voting for Participatory Budgeting, ACM Transactions on
Economics and Computation 7 (2019). That voters must stay under the cap themselves makes them weigh what things cost.
"""

from collections.abc import Iterator
from typing import Any

from live.activities.choice import ChoiceTally
from live.activities.kind import Note, Pretender, read_number
from live.i18n.catalogs import N_
from live.i18n.figures import grouped
from live.workshop import Activity


def cap(written: Activity) -> int | None:
    """What may be bought for; None where the activity is no budget."""
    return read_number(written.attrs, "cap", 0) or None


def spent(written: Activity, bought: list[str]) -> int:
    return sum(written.costs.get(option, 0) for option in bought)


class KnapsackTally(ChoiceTally):
    """Counts how many have bought each option."""

    def __init__(self, written: Activity, language: str) -> None:
        super().__init__(written)
        self.language = language

    def show(self) -> dict[str, Any]:
        """
        Each option has its cost in its `text`, and `fits`: whether it is in the set that the votes make (`fitting`);
        `spent` is what that costs, `cap` what there was, both as they are written.
        """
        shown, chosen = super().show(), self.fitting()
        return shown | {
            "spent": grouped(spent(self.written, chosen), self.language),
            "cap": grouped(cap(self.written) or 0, self.language),
            "options": [
                one
                | {
                    "text": f"{one['text']} ({grouped(self.written.costs.get(one['id'], 0), self.language)})",
                    "fits": one["id"] in chosen,
                }
                for one in shown["options"]
            ],
        }

    def fitting(self) -> list[str]:
        """
        The options that the votes pay for: by how many bought each, the most first, every one that still fits under
        the cap. Of those bought equally often the cheaper comes first, then the one that stands first; what nobody
        bought is left out.

        Source: the greedy rule of cities that do this, as in Rey and Maly, The (Computational) Social Choice Take on
        Participatory Budgeting (2023), section 4.
        """
        costs, left = self.written.costs, cap(self.written) or 0
        taken = []
        for option in sorted(self.counts, key=lambda one: (-self.counts[one], costs.get(one, 0))):
            if self.counts[option] and costs.get(option, 0) <= left:
                left -= costs.get(option, 0)
                taken.append(option)
        return taken


def notes(written: Activity, results: dict[str, Any]) -> list[Note]:
    fits = [one["id"] for one in results["options"] if one["fits"]]
    if not fits:
        return []
    names = {option.id: option.text for option in written.options}
    facts: dict[str, str | int | float] = {
        "names": ", ".join(names[one] for one in fits),
        "spent": results["spent"],
        "cap": results["cap"],
    }
    how = N_("The most wanted first, each that still fits; of equals the cheaper.")
    return [Note(N_("There is enough for: {names} ({spent} of {cap})."), facts), Note(how, {})]


def rehearse(written: Activity, one: Pretender) -> Iterator[list[str]]:
    """What the pretend participant likes best, until the money is gone or nothing is liked any more."""
    left, bought = cap(written) or 0, list[str]()
    liked = sorted(written.options, key=lambda option: one.common(option.id) + one.chance(option.id, one.turn))
    for option in liked:
        cost = written.costs.get(option.id, 0)
        if cost <= left and (not bought or one.chance("more", one.turn, option.id) < 0.8):
            bought.append(option.id)
            left -= cost
    yield bought
