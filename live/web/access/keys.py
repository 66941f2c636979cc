"""
Keys and the rights they give.

Facilitators, colleagues and screens hold a key: 24 random bytes, sent once in a link's fragment, swapped for a cookie,
and stored as a hash.
"""

import hmac
from hashlib import sha256

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from live.errors import AnswersDeleted, KeyMissing, KeyTooWeak, KeyWrong
from live.rights import CREATE, FACILITATOR, LOOK, MODERATE, REVIEW, RUN, SCREEN, Held, opens, strongest
from live.runtime import Registry
from live.web.access.peer import FORWARDING, is_https, is_local
from live.web.services import services

# A colleague has one cookie, whatever right the link gives: the newest link counts.
LETTERS = {
    FACILITATOR: "f", SCREEN: "s", RUN: "c", MODERATE: "c", LOOK: "c", REVIEW: "r", "phone": "p", "found": "o",
    "kiosk": "k",
}  # fmt: skip
KEY_COOKIES = (FACILITATOR, SCREEN, LOOK, REVIEW)  # one right for each cookie that may hold a key

HERE = "here"  # a meeting was opened on the server's machine, by no key
_OPENER = "opener:"  # and the code: no hash of a key, so that no key is ever taken for it


def cookie_name(connection: HTTPConnection, code: str, right: str) -> str:
    prefix = "__Host-" if is_https(connection) else ""
    return f"{prefix}innspill_{LETTERS[right]}_{code}"


def set_cookie(
    response: Response, connection: HTTPConnection, code: str, right: str, value: str, *, max_age: int | None = None
) -> None:
    """Set the cookie of *right* for *max_age* seconds, or until the room is deleted."""
    rooms = services(connection).rooms
    if max_age is None and (room := rooms.loaded_room(code)):
        max_age = (room.delete_at - rooms.clock.now()) // 1000
    response.set_cookie(
        cookie_name(connection, code, right), value, max_age=max_age, path="/", httponly=True, samesite="lax",
        secure=is_https(connection),
    )  # fmt: skip


def delete_cookie(response: Response, connection: HTTPConnection, code: str, right: str) -> None:
    response.delete_cookie(
        cookie_name(connection, code, right), path="/", httponly=True, samesite="lax", secure=is_https(connection)
    )  # fmt: skip


def is_kiosk(connection: HTTPConnection, code: str) -> bool:
    """Whether the device is lent out in that room: by the address, `?kiosk` or `?kiosk=0`, else as it was before."""
    asked = connection.query_params.get("kiosk")
    return asked != "0" if asked is not None else cookie_name(connection, code, "kiosk") in connection.cookies


def bearer(connection: HTTPConnection) -> str:
    kind, _, value = connection.headers.get("authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else ""


async def key_right(rooms: Registry, code: str, key: str) -> Held | None:
    """The right that *key* gives in that room."""
    if not key or len(key) > 200:
        return None
    found = await rooms.journal.key_right(sha256(key.encode()).hexdigest())
    held = Held.read(found[1]) if found and found[0] == code else None
    if held and held.link and code and held.link in (await rooms.get(code)).links.ended:
        return None  # the link was withdrawn just before its key was stored
    return held


async def right(connection: HTTPConnection, code: str, wanted: str) -> Held | None:
    """
    The right that a request carries, by Bearer key or cookie. Of several it is the strongest that opens what is
    *wanted*: a screen's cookie opens no review, but must not hide a reviewer's cookie.
    """
    rooms = services(connection).rooms
    if is_local(connection):
        return Held(FACILITATOR)
    found = [await key_right(rooms, code, key) for key in _presented(connection, code)]
    carried = [held for held in found if held]
    return strongest([held for held in carried if opens(held.right, wanted)] or carried)


def _presented(connection: HTTPConnection, code: str) -> list[str]:
    cookies = (connection.cookies.get(cookie_name(connection, code, which), "") for which in KEY_COOKIES)
    return [key for key in (bearer(connection), *cookies) if key]


async def require(connection: HTTPConnection, code: str, wanted: str, *, allow_report: bool = False) -> Held:
    """
    The right of a request that has at least the right *wanted*. Raises KeyMissing, KeyWrong, KeyTooWeak, and
    RoomNotFound when there is no such room. *allow_report*: a stored public page of a deleted room is enough.
    """
    try:
        await services(connection).guess_limits.find_room(connection, code)
    except AnswersDeleted:
        if not allow_report:
            raise
    held = await right(connection, code, wanted)
    if held is None:
        raise KeyWrong if _presented(connection, code) else KeyMissing
    if not opens(held.right, wanted):
        raise KeyTooWeak
    return held


async def may_create(connection: HTTPConnection) -> bool:
    """Whether the request may open meetings: anyone, if only this machine can connect; else with a create key."""
    return await _opener(connection) is not None


async def _opener(connection: HTTPConnection) -> str | None:
    """What lets the request open meetings: HERE, or the hash of its create key. None if nothing does."""
    settings = services(connection).settings
    if is_local(connection):
        return HERE
    if settings.only_this_machine and not any(name in connection.headers for name in FORWARDING):
        return HERE
    hashed = sha256(bearer(connection).encode()).hexdigest()
    return hashed if await _opens_meetings(connection, hashed) else None


async def _opens_meetings(connection: HTTPConnection, key_hash: str) -> bool:
    """Whether the key with that hash is a create key that has not been ended."""
    key = services(connection).create_key
    if key and hmac.compare_digest(key_hash, sha256(key.encode()).hexdigest()):
        return True
    found = await services(connection).rooms.journal.key_right(key_hash)
    return found is not None and found[0] == "" and Held.read(found[1]).right == CREATE


async def note_opener(connection: HTTPConnection, code: str, opener: str) -> None:
    """Keep with the new room what it was opened by, for `require_create_again`."""
    rooms = services(connection).rooms
    await rooms.journal.add_key(_OPENER + code, code=code, right=f"opened:{opener}", at=rooms.clock.now())


async def hand_on_opener(connection: HTTPConnection, code: str, to: str) -> None:
    """The room *to* was made of the one with that code: who leads it may open others as there."""
    if found := await services(connection).rooms.journal.key_right(_OPENER + code):
        await note_opener(connection, to, found[1].removeprefix("opened:"))


async def require_create_again(connection: HTTPConnection, code: str) -> str:
    """
    Who leads a room may open another with its programme if the create key that opened the first still stands, or with
    one of their own. Returns what the new room is opened by; raises KeyTooWeak.
    """
    if mine := await _opener(connection):
        return mine
    found = await services(connection).rooms.journal.key_right(_OPENER + code)
    opener = found[1].removeprefix("opened:") if found and found[0] == code else ""
    if opener == HERE or (opener and await _opens_meetings(connection, opener)):
        return opener
    raise KeyTooWeak


def require_local(connection: HTTPConnection) -> None:
    if not is_local(connection):
        raise KeyWrong


async def require_create(request: Request) -> str:
    """Returns what lets the request open meetings. Raises KeyWrong and KeyMissing."""
    if (opener := await _opener(request)) is None:
        raise KeyWrong if bearer(request) else KeyMissing
    return opener
