"""
The phone behind a request. A phone holds a token that the server made for that room alone; its identity is a hash of
it, so nothing that is stored leads back to a phone.
"""

import base64
import hmac
import secrets
from hashlib import sha256

from msgspec import Struct
from starlette.requests import HTTPConnection

from live.errors import Refused
from live.room import Room
from live.web.access.keys import bearer, cookie_name


class Participant(Struct, frozen=True):
    """A phone in one room. `token` is its secret; `phone` is what is stored. `fresh`: it had none before."""

    phone: str
    token: str
    fresh: bool
    since: int = 0  # when the token was made, milliseconds


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _sign(connection: HTTPConnection, code: str, seed: str) -> str:
    secret: bytes = connection.app.state.secret
    return _b64(hmac.digest(secret, f"{code}|{seed}".encode(), sha256)[:16])


def participant(connection: HTTPConnection, code: str, token: str | None = None) -> Participant:
    """
    The phone behind a request: by *token*, by a Bearer token, or by its cookie. A page that names its token has kept it
    where cookies are blocked, or forgotten.

    A token that this server did not make for this room counts as none: nobody chooses an identity.
    """
    for given in (token, bearer(connection), connection.cookies.get(cookie_name(connection, code, "phone"))):
        if given and len(given) < 100 and given.count(".") == 1:
            seed, signature = given.split(".")
            if hmac.compare_digest(signature.encode(), _sign(connection, code, seed).encode()):
                return Participant(_phone(given), given, fresh=False, since=_made_at(seed))
    now: int = connection.app.state.rooms.clock.now()
    seed = _b64(secrets.token_bytes(16) + now.to_bytes(6))
    token = f"{seed}.{_sign(connection, code, seed)}"
    return Participant(_phone(token), token, fresh=True, since=now)


def _made_at(seed: str) -> int:
    """The time in a seed of ours; 0 in one from before they had any."""
    return int.from_bytes(base64.urlsafe_b64decode(seed + "=" * (-len(seed) % 4))[16:])


def let_in(room: Room, person: Participant) -> None:
    """Refused `locked` for a phone that had not come before the door was closed."""
    if room.people.door_closed_at is not None and person.since >= room.people.door_closed_at:
        raise Refused("locked")


def _phone(token: str) -> str:
    return sha256(token.encode()).hexdigest()[:32]
