"""A room is made of parts, and each event is applied by one of them."""

from collections import Counter
from typing import get_args

from live import events
from live.events import Event, Followed, Regrouped

BASES = {Event, Followed, Regrouped}


def test_every_event_is_in_one_group():
    """
    mypy finds an event of a group that its part does not apply, but not an event in two groups or in none.
    """
    groups = [union for name, union in vars(events).items() if name.endswith("Event") and name != "AnyEvent"]
    counts = Counter(event for group in groups for event in get_args(group))
    defined = {one for one in vars(events).values() if isinstance(one, type) and issubclass(one, Event)} - BASES
    assert dict.fromkeys(defined, 1) == counts
    assert defined == set(get_args(events.AnyEvent))
