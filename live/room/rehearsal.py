"""The rehearsal of a room, and how pretend participants are distinguished from real ones."""

from typing import NamedTuple

REHEARSAL = "rehearsal"
PRETEND_PREFIX = f"{REHEARSAL}-"  # the id of a pretend participant's phone begins with it; real ids are hexadecimal


def via(phone: str) -> str:
    """The value of `via` for an answer from *phone* (contract §6)."""
    return REHEARSAL if is_pretend(phone) else "phone"


class Rehearsal(NamedTuple):
    """The last rehearsal, until what was done in it is cleared."""

    at: int
    phones: int
    until: int
    from_lobby: bool
    ad_hoc: frozenset[str]  # ad hoc questions that were asked before it
    planned_times: dict[str, int]  # `Room.planned_times` before it
    stopped: bool = False

    def runs(self, now: int) -> bool:
        return not self.stopped and now < self.until


def is_pretend(phone: str) -> bool:
    return phone.startswith(PRETEND_PREFIX)
