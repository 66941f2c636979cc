"""
The rights that a key gives: what each includes, and which right every action needs. The only table of them.

The server checks the right for each address, each action and each connection; pages only hide what would be refused.
"""

from typing import NamedTuple

FACILITATOR = "facilitator"  # everything; the only right that can give links to others
RUN = "run"  # run the meeting from start to end, edit its workshop, handle its answers
MODERATE = "moderate"  # handle answers (look over, withhold, mute, gather); can't move the meeting on
LOOK = "look"  # see the console without buttons
SCREEN = "screen"  # see the big screen
CREATE = "create"  # create new meetings; a key with this right belongs to no meeting
REVIEW = "review"  # go through a rehearsal of one's own and comment on it; sees nothing of the meeting

INCLUDES = {
    FACILITATOR: frozenset((FACILITATOR, RUN, MODERATE, LOOK, SCREEN, REVIEW)),
    RUN: frozenset((RUN, MODERATE, LOOK, SCREEN, REVIEW)),
    MODERATE: frozenset((MODERATE, LOOK, SCREEN)),
    LOOK: frozenset((LOOK, SCREEN)),
    SCREEN: frozenset((SCREEN,)),
    REVIEW: frozenset((REVIEW,)),
}
GRANTABLE = (RUN, MODERATE, LOOK, REVIEW)  # a facilitator can give a link with one of these, and withdraw it

_MODERATE = frozenset((
    "hide_answer", "give_reason", "restore_answer", "release_answers", "undo_release", "mask_answer", "unmask_answer",
    "mute_phone", "unmute_phone", "hide_name", "show_name", "set_hold", "answer_question",
    "make_theme", "rename_theme", "merge_themes", "split", "remove_theme", "place", "take_out",
    "accept_suggestion", "refuse_suggestion", "undo_grouping", "split_word", "merge_words", "undo_words",
    "mute_newcomers", "admit_newcomers",
))  # fmt: skip


_SCREEN = frozenset(("keep_cloud",))


def needed(action: str) -> str:
    """The right that *action* needs. One in neither set moves the meeting on or can't be undone."""
    return MODERATE if action in _MODERATE else SCREEN if action in _SCREEN else RUN


def opens(held: str | None, wanted: str) -> bool:
    """Whether the right *held* includes the right *wanted*."""
    return wanted in INCLUDES.get(held or "", ())


class Held(NamedTuple):
    """What one key gives. `link` is the id of the named link that the key belongs to; empty for other keys."""

    right: str
    link: str = ""

    @property
    def stored(self) -> str:
        """The text that the store keeps with the hash of the key."""
        return f"{self.right}:{self.link}" if self.link else self.right

    @classmethod
    def read(cls, stored: str) -> "Held":
        right, _, link = stored.partition(":")
        return cls(right, link)


def strongest(held: list[Held]) -> Held | None:
    order = list(INCLUDES)
    return min(held, key=lambda one: order.index(one.right), default=None)
