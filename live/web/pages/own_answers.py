"""
Own answers on a page of their own, until the meeting is deleted; and three words that find them from any device.

Whoever has found them is let in by a cookie that is signed for that phone in that meeting and ends by itself. The words
come in a form's body, so that they stand in no address, and are neither stored nor logged.
"""

import hmac
from hashlib import sha256

from msgspec import Struct
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from live import codes
from live.errors import Refused, RoomNotFound
from live.i18n.catalogs import translations
from live.room import Room
from live.rules import KeepRecoveryPhrase, WithdrawAnswer, recovery_phrase
from live.views import own_answers
from live.views.phone import phone_view
from live.web import problems
from live.web.access import keys, participant, peer
from live.web.http import form_of, rooms_of
from live.web.language import choose_language, lang_query
from live.web.pages.templates import render

MOST_FORM = 4096
FOUND_S = 3600  # a machine that others use too must forget
ATTEMPTS = 8  # to draw words that no other phone of the meeting has


class Owner(Struct, frozen=True):
    """Whose answers are on the page. `token` is the phone's own; empty where they were found by the words."""

    phone: str
    token: str = ""

    @property
    def found(self) -> bool:
        return not self.token


def _signature(connection: HTTPConnection, code: str, phone: str, until: int) -> str:
    secret: bytes = connection.app.state.secret
    return hmac.digest(secret, f"found|{code}|{phone}|{until}".encode(), sha256).hex()


def owner(request: Request, code: str) -> Owner | None:
    """By the words, for as long as that lasts; else the phone itself."""
    phone, _, rest = request.cookies.get(keys.cookie_name(request, code, "found"), "").partition(".")
    until, _, signature = rest.partition(".")
    if until.isascii() and until.isdigit() and len(until) < 16:
        right = hmac.compare_digest(signature.encode(), _signature(request, code, phone, int(until)).encode())
        if right and int(until) > rooms_of(request).clock.now():
            return Owner(phone)
    person = participant.participant(request, code)
    return None if person.fresh else Owner(person.phone, person.token)


async def mine(request: Request) -> Response:
    room, who = await _asked(request)
    if who is None:
        return RedirectResponse(f"/find?code={room.code}{lang_query(request, '&')}", 303)
    return _page(request, room, who)


def _page(request: Request, room: Room, who: Owner, words: tuple[str, ...] = (), problem: str = "") -> Response:
    return render(
        request, "phone/own_answers.html", default=room.workshop.language, status=422 if problem else 200,
        code=room.code, spaced=codes.spaced(room.code), view=phone_view(room), found=who.found, words=words,
        given=own_answers.told(room, who.phone), wanted=request.query_params.get("delete", ""), problem=problem,
    )  # fmt: skip


async def change(request: Request) -> Response:
    """A form whose `do` is delete (`id`, `rev`), words, or done: whoever found them leaves."""
    room, who = await _asked(request)
    form = dict(await form_of(request, fields=10, most=MOST_FORM))
    back = RedirectResponse(f"/{room.code}/mine{lang_query(request, '?')}", 303)
    if form.get("do") == "done":
        back = RedirectResponse(f"/find{lang_query(request, '?')}", 303)
        back.delete_cookie(
            keys.cookie_name(request, room.code, "found"), path="/", httponly=True, samesite="lax",
            secure=peer.is_https(request),
        )  # fmt: skip
        return back
    if who is None:
        return RedirectResponse(f"/find?code={room.code}{lang_query(request, '&')}", 303)
    request.app.state.paces.require(who.phone)
    if form.get("do") == "words" and not who.found:
        participant.let_in(room, participant.participant(request, room.code))
        return _page(request, room, who, await _words(request, room.code, who))
    if form.get("do") != "delete":
        raise Refused("bad")
    try:
        rev = form.get("rev", "")
        rev = rev if rev.isascii() and rev.isdigit() and len(rev) < 10 else "0"
        await rooms_of(request).command(room.code, WithdrawAnswer(who.phone, form.get("id", ""), int(rev)))
    except Refused as refused:
        say = translations(choose_language(request, room.workshop.language))
        return _page(request, room, who, problem=problems.sentence(refused.code, say))
    return back


async def _words(request: Request, code: str, who: Owner) -> tuple[str, ...]:
    """The words of this phone; from now on they find its answers."""
    rooms, secret = rooms_of(request), request.app.state.secret
    for attempt in range(ATTEMPTS):
        drawn = recovery_phrase.draw(secret, code, who.token, attempt)
        mark = recovery_phrase.mark(secret, code, " ".join(drawn))
        try:
            await rooms.command(code, KeepRecoveryPhrase(who.phone, mark))
        except Refused as refused:
            if refused.code != "not-yours":
                raise
        if (await rooms.newest(code)).people.receipts.get(mark) == who.phone:
            return drawn
    raise Refused("busy")


async def as_file(request: Request) -> Response:
    """The answers as a text to keep."""
    room, who = await _asked(request)
    if who is None:
        return RedirectResponse(f"/find?code={room.code}{lang_query(request, '&')}", 303)
    text = own_answers.as_text(room.workshop.title, own_answers.told(room, who.phone))
    headers = {"Content-Disposition": f'attachment; filename="innspill-{room.code}.txt"'}
    return PlainTextResponse(text, headers=headers)


async def find(request: Request) -> Response:
    return _find(request, request.query_params.get("code", ""))


def _find(request: Request, typed: str, problem: str = "", status: int = 200) -> Response:
    return render(request, "phone/find_answers.html", status=status, typed=typed[:100], problem=problem)


async def search(request: Request) -> Response:
    """A form with `code` and `words`. Whatever is wrong in it, the answer is the same, and so is the work."""
    form = dict(await form_of(request, fields=10, most=MOST_FORM))
    typed = form.get("code", "")
    code = codes.find(typed) or ""
    say = translations(choose_language(request)).gettext
    tries, counts = request.app.state.tries, recovery_phrase.possible(form.get("words", ""))
    try:
        room = await _room_or_none(request, code)
        if counts:
            tries.take(request, code if room else "")  # one count for all that are none: they push no other out
        if counts and room is not None:
            tries.take_of(code)
    except Refused as refused:
        if refused.code != "rate":
            raise
        return _find(
            request, typed, say("Too many have tried here. Wait half an hour, or use the phone you answered with."), 429
        )
    mark = recovery_phrase.mark(request.app.state.secret, code, form.get("words", ""))
    phone = (room.people.receipts if room else {}).get(mark)
    if room is None or phone is None:
        return _find(
            request, typed, say("These words find no answers in that meeting. Check the words and the code."), 404
        )
    tries.give_back(request, code)
    response = RedirectResponse(f"/{code}/mine{lang_query(request, '?')}", 303)
    until = rooms_of(request).clock.now() + FOUND_S * 1000
    value = f"{phone}.{until}.{_signature(request, code, phone, until)}"
    keys.set_cookie(response, request, code, "found", value, max_age=FOUND_S)
    return response


async def _asked(request: Request) -> tuple[Room, Owner | None]:
    code = request.path_params["code"]
    return await _room(request, code), owner(request, code)


async def _room(request: Request, code: str) -> Room:
    await request.app.state.guesses.look(request, code)
    return await rooms_of(request).newest(code)


async def _room_or_none(request: Request, code: str) -> Room | None:
    try:
        return await _room(request, code) if code else None
    except RoomNotFound:
        return None


routes = [
    Route("/find", find),
    Route("/find", search, methods=["POST"]),
    Route("/{code:code}/mine", mine),
    Route("/{code:code}/mine", change, methods=["POST"]),
    Route("/{code:code}/mine.txt", as_file),
]
