"""
What a key opens: the rights, what each of them includes, and which right every action needs. The one table of it.

A right is checked on the server for each address, each action and each line that is opened; pages only hide what would
be refused.
"""

from typing import NamedTuple

FACILITATOR = "facilitator"  # all of it, and alone to give links to others
RUN = "run"  # the meeting from start to end, its programme and its answers
MODERATE = "moderate"  # what people wrote: look over, withhold, mute, gather; moves nothing on
LOOK = "look"  # the console, with nothing to press
SCREEN = "screen"  # the big screen
CREATE = "create"  # meetings of their own; a key of no meeting
REVIEW = "review"  # a rehearsal of its own with comments, and nothing of the meeting

INCLUDES = {
    FACILITATOR: frozenset((FACILITATOR, RUN, MODERATE, LOOK, SCREEN, REVIEW)),
    RUN: frozenset((RUN, MODERATE, LOOK, SCREEN, REVIEW)),
    MODERATE: frozenset((MODERATE, LOOK, SCREEN)),
    LOOK: frozenset((LOOK, SCREEN)),
    SCREEN: frozenset((SCREEN,)),
    REVIEW: frozenset((REVIEW,)),
}
GIVEN = (RUN, MODERATE, LOOK, REVIEW)  # by a facilitator, each under a name, and withdrawn one by one

_MODERATE = frozenset((
    "hide_answer", "restore_answer", "mute_phone", "unmute_phone", "set_hold",
    "make_theme", "rename_theme", "merge_themes", "split", "remove_theme", "place", "take_out",
    "accept_suggestion", "refuse_suggestion", "undo_grouping", "split_word", "merge_words", "undo_words",
    "mute_newcomers", "admit_newcomers",
))  # fmt: skip


def needed(action: str) -> str:
    """The right that *action* takes. What is not named here moves the meeting on, or can't be taken back."""
    return MODERATE if action in _MODERATE else RUN


def opens(held: str | None, wanted: str) -> bool:
    return wanted in INCLUDES.get(held or "", ())


class Held(NamedTuple):
    """What one key holds. `link` is the id of the named link it came by; empty for keys that have none."""

    right: str
    link: str = ""

    @property
    def stored(self) -> str:
        """As it stands in the store, beside the hash of the key."""
        return f"{self.right}:{self.link}" if self.link else self.right

    @classmethod
    def read(cls, stored: str) -> "Held":
        right, _, link = stored.partition(":")
        return cls(right, link)


def strongest(held: list[Held]) -> Held | None:
    order = list(INCLUDES)
    return min(held, key=lambda one: order.index(one.right), default=None)
