"""What each right includes, and what a named link may be."""

import pytest

from live import rights
from live.errors import Refused
from live.events import KeysRevoked, LinkEnded, LinkGiven
from live.rights import (
    FACILITATOR,
    GRANTABLE,
    INCLUDES,
    LOOK,
    MODERATE,
    REVIEW,
    RUN,
    SCREEN,
    Held,
    needed,
    opens,
    strongest,
)
from live.room.access_links import Links
from live.rules.access_links import MOST_GIVEN, MOST_LINKS, give, withdraw
from live.rules.commands import ACTIONS
from tests.meeting import START, Meeting, one

MODERATED = {
    "hide_answer", "give_reason", "restore_answer", "release_answers", "undo_release", "mask_answer", "unmask_answer",
    "mute_phone", "unmute_phone", "hide_name", "show_name", "set_hold", "answer_question", "make_theme", "rename_theme",
    "merge_themes", "split", "remove_theme", "place", "take_out", "accept_suggestion", "refuse_suggestion",
    "undo_grouping", "split_word", "merge_words", "undo_words", "mute_newcomers", "admit_newcomers",
}  # fmt: skip
DRAWN = {"keep_cloud"}  # what a screen tells


@pytest.mark.parametrize("right", INCLUDES)
def test_every_action_with_every_right(right):
    """
    A moderator handles what people wrote, but can do nothing that moves the meeting on or can't be undone. A new action
    is only for those who run the meeting, until somebody adds it to the moderator's.
    """
    may = {action for action in ACTIONS if opens(right, needed(action))}
    screen = set() if right == REVIEW else DRAWN
    assert may == {FACILITATOR: set(ACTIONS), RUN: set(ACTIONS), MODERATE: MODERATED | DRAWN}.get(right, screen)


def test_a_stronger_right_holds_the_weaker():
    assert [FACILITATOR, RUN, MODERATE, LOOK, SCREEN] == [one for one in INCLUDES if opens(one, SCREEN)]
    assert [FACILITATOR, RUN, REVIEW] == [one for one in INCLUDES if opens(one, REVIEW)]
    assert [FACILITATOR] == [one for one in INCLUDES if opens(one, FACILITATOR)]
    assert not opens(None, SCREEN)
    assert Held(MODERATE, "a") == strongest([Held(SCREEN), Held(MODERATE, "a"), Held(LOOK, "b")])
    assert None is strongest([])


@pytest.mark.parametrize("held", [Held(FACILITATOR), Held(LOOK, "ab12"), Held(rights.CREATE, "Kari: på torget")])
def test_a_right_is_read_as_it_was_stored(held):
    assert held == Held.read(held.stored)


def links(n: int = 0, ended: int = 0) -> Links:
    made = Links()
    for number in range(n + ended):
        made.apply(LinkGiven(at=START, id=str(number), name="Kari", right=LOOK))
    for number in range(ended):
        made.apply(LinkEnded(at=START, id=str(number)))
    return made


def test_a_name_is_kept_on_one_line():
    event = give(links(), id="a", name="  Kari på\n\u202eservicetorget ", right=LOOK, now=START)
    assert LinkGiven(at=START, id="a", name="Kari på servicetorget", right=LOOK) == event


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 61, "x" * 100_000])
def test_an_empty_or_too_long_name_is_refused(name):
    with pytest.raises(Refused, match="link-name"):
        give(links(), id="a", name=name, right=LOOK, now=START)


@pytest.mark.parametrize("right", [FACILITATOR, SCREEN, "", "run:x"])
def test_no_other_right_is_given_by_name(right):
    assert right not in GRANTABLE
    with pytest.raises(Refused, match="bad"):
        give(links(), id="a", name="Kari", right=right, now=START)


@pytest.mark.parametrize("full", [links(MOST_LINKS), links(0, MOST_GIVEN)])
def test_the_number_of_links_has_a_limit(full):
    with pytest.raises(Refused, match="too-many-links"):
        give(full, id="a", name="Kari", right=LOOK, now=START)


def test_withdrawn_once():
    some = links(1)
    link, event = withdraw(some, "0", START)
    assert ("Kari", LinkEnded(at=START, id="0")) == (link.name, event)
    some.apply(event)
    with pytest.raises(Refused, match="unknown-link"):
        withdraw(some, "0", START)


def test_all_end_together():
    room = Meeting(one("open")).room
    room.apply(LinkGiven(at=START, id="a", name="Kari", right=LOOK))
    assert 1 == room.links.changes
    room.apply(KeysRevoked(at=START))
    assert ({}, {"a"}, 2) == (room.links.working, room.links.ended, room.links.changes)
