"""
Rules for access links, which a facilitator gives to colleagues: each has a name and a right and can be withdrawn.
"""

from live import rights
from live.errors import Refused
from live.events import LinkEnded, LinkGiven
from live.room.access_links import Link, Links
from live.text.normalize import clean_name, graphemes

MOST_NAME = 60  # graphemes
MOST_LINKS = 50  # that work at the same time
MOST_GIVEN = 1000  # in the whole life of a meeting


def checked_name(name: str) -> str:
    """*name* cleaned, as it is kept; Refused `link-name` when it is empty or too long."""
    kept = clean_name(name)
    if not kept or graphemes(kept) > MOST_NAME:
        raise Refused("link-name", max=MOST_NAME)
    return kept


def give(links: Links, *, id: str, name: str, right: str, now: int) -> LinkGiven:
    kept = checked_name(name)
    if right not in rights.GRANTABLE:
        raise Refused("bad")
    if len(links.working) >= MOST_LINKS or len(links.working) + len(links.ended) >= MOST_GIVEN:
        raise Refused("too-many-links", max=MOST_LINKS)
    return LinkGiven(at=now, id=id, name=kept, right=right)


def withdraw(links: Links, id: str, now: int) -> tuple[Link, LinkEnded]:
    """Returns the link that ends, and the event; Refused `unknown-link`."""
    if id not in links.working:
        raise Refused("unknown-link")
    return links.working[id], LinkEnded(at=now, id=id)
