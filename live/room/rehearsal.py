"""How pretend participants are told from real ones."""

from typing import NamedTuple

REHEARSAL = "rehearsal"
PRETENDS = f"{REHEARSAL}-"  # how the id of a pretend participant's phone begins; real ones are hexadecimal


def via(phone: str) -> str:
    """How an answer from *phone* came: contract §6."""
    return REHEARSAL if pretends(phone) else "phone"


class Rehearsal(NamedTuple):
    """The last rehearsal, until all that was done in it is cleared."""

    at: int
    phones: int
    until: int
    from_lobby: bool
    asked: frozenset[str]  # questions nobody planned that were there before it
    times: dict[str, int]  # as they were planned before it
    stopped: bool = False

    def runs(self, now: int) -> bool:
        return not self.stopped and now < self.until


def pretends(phone: str) -> bool:
    return phone.startswith(PRETENDS)
