"""
A phone's own answers on a page, until the meeting is deleted; and a recovery phrase of three words that finds them from
any device.

Whoever has entered the phrase gets a cookie that is signed for that phone in that meeting and expires. The phrase comes
in a form's body, so it is in no address, and it is neither stored nor logged.
"""

import contextlib
import hmac
from collections.abc import Callable
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
from live.views import answers
from live.views.phone import phone_view
from live.web import problems
from live.web.access import keys, participant
from live.web.http import form_of
from live.web.language import choose_language, lang_query
from live.web.pages.templates import render
from live.web.services import services

MOST_FORM = 4096
FOUND_S = 3600  # how long the cookie lasts: others may use the same machine
ATTEMPTS = 8  # to draw a phrase that no other phone of the meeting has


class Owner(Struct, frozen=True):
    """Whose answers are on the page. `token` is the phone's own; empty when they were found by the phrase."""

    phone: str
    token: str = ""

    @property
    def found(self) -> bool:
        return not self.token


def _signature(connection: HTTPConnection, code: str, phone: str, until: int) -> str:
    secret = services(connection).secret
    return hmac.digest(secret, f"found|{code}|{phone}|{until}".encode(), sha256).hex()


def owner(request: Request, code: str) -> Owner | None:
    """Whose answers to show: those found by a phrase, while that cookie lasts; else this phone's."""
    phone, _, rest = request.cookies.get(keys.cookie_name(request, code, "found"), "").partition(".")
    until, _, signature = rest.partition(".")
    if until.isascii() and until.isdigit() and len(until) < 16:
        valid = hmac.compare_digest(signature.encode(), _signature(request, code, phone, int(until)).encode())
        if valid and int(until) > services(request).rooms.clock.now():
            return Owner(phone)
    person = participant.participant(request, code)
    return None if person.fresh else Owner(person.phone, person.token)


async def mine(request: Request) -> Response:
    room, page_owner = await _room_and_owner(request)
    if page_owner is None:
        return RedirectResponse(f"/find?code={room.code}{lang_query(request, '&')}", 303)
    return _page(request, room, page_owner)


def _page(request: Request, room: Room, page_owner: Owner, words: tuple[str, ...] = (), problem: str = "") -> Response:
    return render(
        request, "phone/own_answers.html", default=room.workshop.language, status=422 if problem else 200,
        code=room.code, spaced=codes.spaced(room.code), view=phone_view(room), words=words, problem=problem,
        given=answers.by_question(room, page_owner.phone), found=page_owner.found,
        wanted=request.query_params.get("delete", ""),
    )  # fmt: skip


async def change(request: Request) -> Response:
    """A form: `do` is delete (`id`, `rev`), words (show the phrase), or done (drop the cookie of the phrase)."""
    room, page_owner = await _room_and_owner(request)
    form = dict(await form_of(request, fields=10, most=MOST_FORM))
    back = RedirectResponse(f"/{room.code}/mine{lang_query(request, '?')}", 303)
    if form.get("do") == "done":
        back = RedirectResponse(f"/find{lang_query(request, '?')}", 303)
        keys.delete_cookie(back, request, room.code, "found")
        return back
    if page_owner is None:
        return RedirectResponse(f"/find?code={room.code}{lang_query(request, '&')}", 303)
    services(request).token_buckets.require(page_owner.phone)
    if form.get("do") == "phrase" and not page_owner.found:
        participant.require_admission(room, participant.participant(request, room.code))
        return _page(request, room, page_owner, await _phrase(request, room.code, page_owner))
    if form.get("do") != "delete":
        raise Refused("bad")
    try:
        rev = form.get("rev", "")
        rev = rev if rev.isascii() and rev.isdigit() and len(rev) < 10 else "0"
        await services(request).rooms.command(room.code, WithdrawAnswer(page_owner.phone, form.get("id", ""), int(rev)))
    except Refused as refused:
        language = translations(choose_language(request, room.workshop.language))
        return _page(request, room, page_owner, problem=problems.sentence(refused.code, language))
    return back


async def _phrase(request: Request, code: str, page_owner: Owner) -> tuple[str, ...]:
    """The recovery phrase of this phone; from now on it finds the phone's answers. Raises Refused."""
    rooms, secret = services(request).rooms, services(request).secret
    for attempt in range(ATTEMPTS):
        phrase = recovery_phrase.draw(secret, code, page_owner.token, attempt)
        mark = recovery_phrase.mark(secret, code, " ".join(phrase))
        try:
            await rooms.command(code, KeepRecoveryPhrase(page_owner.phone, mark))
        except Refused as refused:
            if refused.code != "not-yours":
                raise
        if (await rooms.newest(code)).people.recovery_phrases.get(mark) == page_owner.phone:
            return phrase
    raise Refused("busy")


async def as_file(request: Request) -> Response:
    """The phone's answers as a text file."""
    room, page_owner = await _room_and_owner(request)
    if page_owner is None:
        return RedirectResponse(f"/find?code={room.code}{lang_query(request, '&')}", 303)
    text = answers.as_text_file(room.workshop.title, answers.by_question(room, page_owner.phone))
    headers = {"Content-Disposition": f'attachment; filename="innspill-{room.code}.txt"'}
    return PlainTextResponse(text, headers=headers)


async def find(request: Request) -> Response:
    return _find(request, request.query_params.get("code", ""))


def _find(request: Request, typed: str, problem: str = "", status: int = 200) -> Response:
    return render(request, "phone/find_answers.html", status=status, typed=typed[:100], problem=problem)


async def search(request: Request) -> Response:
    """
    A form with `code` and `words`. Whether the code or the phrase is wrong, the response and the work are the same, so
    that nothing can be learnt from either.
    """
    form = dict(await form_of(request, fields=10, most=MOST_FORM))
    typed = form.get("code", "")
    code = codes.find(typed) or ""
    gettext = translations(choose_language(request)).gettext
    limits, is_phrase = services(request).phrase_limits, recovery_phrase.possible(form.get("words", ""))
    try:
        room = await _room_or_none(request, code)
        if is_phrase:
            # One count for all codes that do not exist, so that they push no real one out of memory.
            limits.take(request, code if room else "")
        if is_phrase and room is not None:
            await limits.take_for_room(code)
    except Refused as refused:
        if refused.code == "wrong-codes":
            return _find(request, typed, gettext(problems.SENTENCES[refused.code]), 429)
        if refused.code != "rate":
            raise
        sentence = gettext("Too many have tried here. Wait half an hour, or use the phone you answered with.")
        return _find(request, typed, sentence, 429)
    mark = recovery_phrase.mark(services(request).secret, code, form.get("words", ""))
    found = await _look_for(request, room, lambda one: one.people.recovery_phrases.get(mark)) if room else None
    if found is None:
        return _find(
            request, typed, gettext("These words find no answers in that meeting. Check the words and the code."), 404
        )
    await limits.give_back(request, code)
    response = RedirectResponse(f"/{found[0]}/mine{lang_query(request, '?')}", 303)
    show(response, request, *found)
    return response


def show(response: Response, request: Request, code: str, phone: str) -> None:
    """Let the browser read and delete the answers of *phone* in that meeting, for an hour."""
    until = services(request).rooms.clock.now() + FOUND_S * 1000
    value = f"{phone}.{until}.{_signature(request, code, phone, until)}"
    keys.set_cookie(response, request, code, "found", value, max_age=FOUND_S)


async def _look_for(
    request: Request, room: Room, phone_in: Callable[[Room], str | None], *, here: bool = True
) -> tuple[str, str] | None:
    """
    The code of the meeting, and the phone, that *phone_in* finds: in the room, if *here*, or in the archives of the
    groups before, newest first.
    """
    if here and (phone := phone_in(room)):
        return room.code, phone
    for one in room.archives:
        with contextlib.suppress(RoomNotFound):  # it has been deleted
            if phone := phone_in(await services(request).rooms.newest(one.code)):
                return one.code, phone
    return None


async def archived(request: Request, room: Room, phone: str) -> tuple[str, str] | None:
    """The code of the archive of *room* with answers of that phone, and the phone; None where there is none."""
    return await _look_for(
        request, room, here=False,
        phone_in=lambda one: phone if any(phone in state.by_phone for state in one.activities.values()) else None,
    )  # fmt: skip


async def _room_and_owner(request: Request) -> tuple[Room, Owner | None]:
    code = request.path_params["code"]
    return await _room(request, code), owner(request, code)


async def _room(request: Request, code: str) -> Room:
    await services(request).guess_limits.find_room(request, code)
    return await services(request).rooms.newest(code)


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
