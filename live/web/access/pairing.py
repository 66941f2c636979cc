"""
Pairs a screen with a meeting, so that no link has to be carried to the machine at the projector: the screen shows six
digits, and the facilitator types them in the console.

The screen has drawn a long secret before, which its browser keeps in a cookie. What the facilitator types leads to the
hash of that secret; with it in the store as a screen's key, the secret opens the screen. All of it stands in the store
for two minutes, so that any worker answers either side.
"""

import secrets
from hashlib import sha256

from msgspec import Struct

from live.errors import Refused
from live.rights import SCREEN
from live.runtime import Registry
from live.web.access.token_bucket import TokenBuckets

VALID_S = 120
DIGITS = 6
MOST_WAITING = 100  # screens of this process that show digits at the same time
# Six digits among at most MOST_WAITING of a worker, and five tries: less than one wrong screen in 2,000 who only guess.
TRIES, TRY_REFILL_S = 5, 60
SHOWN, LEADS = "screen-shows", "screen-is"  # what is stored with the secret, and with the digits
_ANY_CODE = ""  # a screen that waits belongs to no meeting yet


class Waiting(Struct, frozen=True):
    """What a screen that waits shows, and until when (milliseconds)."""

    digits: str
    until: int


class Pairings:
    def __init__(self, rooms: Registry, *, limited: bool) -> None:
        self._rooms = rooms
        self._begun: dict[str, Waiting] = {}  # by this process; by the hash of the screen's secret
        self._tries = TokenBuckets(limited=limited, burst=TRIES, per_s=1 / TRY_REFILL_S)

    async def begin(self) -> tuple[str, Waiting]:
        """A new screen that waits: its secret, and what it shows. Raises Refused `rate` when too many wait."""
        await self._forget_late()
        if len(self._begun) >= MOST_WAITING:
            raise Refused("rate", retry_in=VALID_S * 1000)
        secret, now = secrets.token_urlsafe(24), self._rooms.clock.now()
        hashed, waiting = _hash(secret), Waiting(await self._free_digits(), now + VALID_S * 1000)
        self._begun[hashed] = waiting
        for key, right in ((hashed, _shown(waiting)), (_entry(waiting.digits), _leads(hashed, waiting))):
            await self._rooms.journal.add_key(key, code=_ANY_CODE, right=right, at=now)
        return secret, waiting

    async def of(self, secret: str) -> Waiting | str | None:
        """What the screen with that *secret* shows, or the code of the meeting it was paired with; None: time is up."""
        found = await self._rooms.journal.key_right(_hash(secret))
        if found and found[1] == SCREEN:
            return found[0]
        digits, until = _read(found[1], SHOWN) if found else ("", 0)
        return Waiting(digits, until) if until > self._rooms.clock.now() else None

    async def give(self, code: str, digits: str) -> None:
        """The screen that shows *digits* is to show this meeting. Raises Refused `no-screen`, or `rate`."""
        self._tries.require(code)
        digits = "".join(digits.split())
        hashed, until = await self._led_to(digits)
        if until < self._rooms.clock.now():
            raise Refused("no-screen")
        self._tries.give_back(code)
        await self._rooms.journal.add_key(hashed, code=code, right=SCREEN, at=self._rooms.clock.now())
        await self._rooms.journal.revoke_keys(_ANY_CODE, _leads(hashed, Waiting(digits, until)))
        self._begun.pop(hashed, None)

    async def _free_digits(self) -> str:
        while True:
            digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
            if (await self._led_to(digits))[1] < self._rooms.clock.now():
                return digits

    async def _led_to(self, digits: str) -> tuple[str, int]:
        """The hash of the secret of the screen that shows *digits*, and until when; 0 where none does."""
        found = await self._rooms.journal.key_right(_entry(digits))
        return _read(found[1], LEADS) if found else ("", 0)

    async def _forget_late(self) -> None:
        now = self._rooms.clock.now()
        for hashed, waiting in list(self._begun.items()):
            if waiting.until < now:
                del self._begun[hashed]
                for right in (_shown(waiting), _leads(hashed, waiting)):
                    await self._rooms.journal.revoke_keys(_ANY_CODE, right)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _entry(digits: str) -> str:
    return f"screen:{digits}"  # no hash of a key, so that no key is ever taken for it


def _shown(waiting: Waiting) -> str:
    return f"{SHOWN}:{waiting.until}:{waiting.digits}"


def _leads(hashed: str, waiting: Waiting) -> str:
    return f"{LEADS}:{waiting.until}:{hashed}"


def _read(right: str, kind: str) -> tuple[str, int]:
    """What stands in a *right* of that *kind*, and until when; 0 where it is another."""
    found, _, rest = right.partition(":")
    until, _, told = rest.partition(":")
    return (told, int(until)) if found == kind and until.isdecimal() else ("", 0)
