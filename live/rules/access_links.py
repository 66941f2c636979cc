"""Links to a meeting that a facilitator gives to colleagues, each with a name and a right, each withdrawn by itself."""

from live import rights
from live.errors import Refused
from live.events import LinkEnded, LinkGiven
from live.room.access_links import Link, Links
from live.text.normalize import MOST_CHARACTERS, clean, graphemes

MOST_NAME = 60  # graphemes
MOST_LINKS = 50  # that work at one time
MOST_GIVEN = 1000  # in the whole life of a meeting


def named(name: str) -> str:
    """*name* as it is kept; Refused `link-name` where nothing is left of it, or too much."""
    kept = " ".join(clean(name[:MOST_CHARACTERS]).split())
    if not kept or graphemes(kept) > MOST_NAME:
        raise Refused("link-name", max=MOST_NAME)
    return kept


def give(links: Links, *, id: str, name: str, right: str, now: int) -> LinkGiven:
    kept = named(name)
    if right not in rights.GRANTABLE:
        raise Refused("bad")
    if len(links.working) >= MOST_LINKS or len(links.working) + len(links.ended) >= MOST_GIVEN:
        raise Refused("too-many-links", max=MOST_LINKS)
    return LinkGiven(at=now, id=id, name=kept, right=right)


def withdraw(links: Links, id: str, now: int) -> tuple[Link, LinkEnded]:
    """The link that ends, too; Refused `unknown-link`."""
    if id not in links.working:
        raise Refused("unknown-link")
    return links.working[id], LinkEnded(at=now, id=id)
