"""
The phone behind a request. A phone holds a token that the server made for one room. Its identity is a hash of that
token, so nothing that is stored leads back to the phone.
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
from live.web.services import services


class Participant(Struct, frozen=True):
    """A phone in one room. `token` is its secret, `phone` its stored identity. `fresh`: the token is new."""

    phone: str
    token: str
    fresh: bool
    since: int = 0  # when the token was made, milliseconds


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _sign(connection: HTTPConnection, code: str, seed: str) -> str:
    secret = services(connection).secret
    return _b64(hmac.digest(secret, f"{code}|{seed}".encode(), sha256)[:16])


def participant(connection: HTTPConnection, code: str, token: str | None = None) -> Participant:
    """
    The phone behind a request: by *token*, by a Bearer token, or by its cookie. Pages send their stored token because
    cookies may be blocked or lost.

    A token that this server did not make for this room is ignored, so nobody can choose an identity.
    """
    for given in (token, bearer(connection), connection.cookies.get(cookie_name(connection, code, "phone"))):
        if given and len(given) < 100 and given.count(".") == 1:
            seed, signature = given.split(".")
            if hmac.compare_digest(signature.encode(), _sign(connection, code, seed).encode()):
                return Participant(_phone(given), given, fresh=False, since=_made_at(seed))
    return newcomer(connection, code)


def newcomer(connection: HTTPConnection, code: str) -> Participant:
    """Somebody who has not been in the room before, whatever the request carries."""
    now = services(connection).rooms.clock.now()
    seed = _b64(secrets.token_bytes(16) + now.to_bytes(6))
    token = f"{seed}.{_sign(connection, code, seed)}"
    return Participant(_phone(token), token, fresh=True, since=now)


def _made_at(seed: str) -> int:
    """When the token with this seed was made, milliseconds; 0 for old tokens, which hold no time."""
    return int.from_bytes(base64.urlsafe_b64decode(seed + "=" * (-len(seed) % 4))[16:])


def require_admission(room: Room, person: Participant) -> None:
    """Raises Refused `locked` for a phone whose token is newer than the locking of the meeting."""
    if room.people.door_closed_at is not None and person.since >= room.people.door_closed_at:
        raise Refused("locked")


def is_current(room: Room, person: Participant) -> bool:
    """Whether the phone is of the group that the room is of now, and not of one before it."""
    return person.since >= room.cleared_at


def require_current(room: Room, person: Participant) -> None:
    """Raises Refused `cleared` for a phone of a group before."""
    if not is_current(room, person):
        raise Refused("cleared")


def _phone(token: str) -> str:
    return sha256(token.encode()).hexdigest()[:32]
