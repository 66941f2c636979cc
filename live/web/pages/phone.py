"""The phone's pages, all of which work without script."""

import secrets
from collections.abc import Iterator
from typing import Any

import markupsafe
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from live import codes
from live.activities.state import ActivityState
from live.errors import Refused, RoomNotFound
from live.events import Value
from live.i18n.catalogs import translations
from live.room import Room
from live.room.comparison import compare
from live.room.questions import answer_as_text, figures_of
from live.rules import GiveName, SendAnswer, SetHeads, VoteQuestion, WithdrawAnswer
from live.transport.hub import PHONE
from live.views import answers, board, pictures
from live.views.phone import phone_view
from live.views.results import cards as cards_of
from live.views.results import results as results_of
from live.views.view import View
from live.web import phone_messages, problems
from live.web.access import keys, participant
from live.web.access.participant import Participant
from live.web.access.peer import is_https
from live.web.cards import deal
from live.web.http import as_json, body_of, form_of
from live.web.language import choose_language, lang_query
from live.web.pages import cleared, names, panel
from live.web.pages.templates import problem_sentence, render
from live.web.room_lookup import find_room
from live.web.services import services
from live.workshop import markdown

RESULTS_ON_A_PAGE = 50
STAY = "innspill_stay"  # the cookie of who has stopped the page from loading by itself


async def phone(request: Request) -> Response:
    code = request.path_params["code"]
    room = await find_room(request)
    person = participant.participant(request, code)
    if not participant.is_current(room, person):
        return await cleared.page(request, room, person)
    participant.require_admission(room, person)
    try:
        services(request).waiting_line.admit(code, person.since, fresh=person.fresh)
        asked = names.is_asked(request, room, person)
        response = names.page(request, room, person) if asked else await _phone_page(request, room, person)
    except Refused as refused:
        response = _wait_page(request, room, refused)
    if person.fresh:
        keys.set_cookie(response, request, code, PHONE, person.token)
    if "stay" in request.query_params:
        response.set_cookie(
            STAY, "1", max_age=None if _stays(request) else 0, path=f"/{code}", httponly=True, samesite="lax",
            secure=is_https(request),
        )  # fmt: skip
    if "kiosk" in request.query_params:
        if keys.is_kiosk(request, code):
            keys.set_cookie(response, request, code, "kiosk", "1")
        else:
            keys.delete_cookie(response, request, code, "kiosk")
    return response


def _stays(request: Request) -> bool:
    """Whether the page, without script, loads only when asked to: as last chosen, until the browser is closed."""
    return request.query_params.get("stay", request.cookies.get(STAY, "0")) == "1"


def _wait_page(request: Request, room: Room, refused: Refused) -> HTMLResponse:
    """The page for those who wait in line. Its cookie is the place in line; it reloads by itself, without script."""
    status, name, facts = problems.describe(refused)
    sentence = problem_sentence(request, name, room.workshop.language)
    response = render(request, "phone/wait.html", default=room.workshop.language, status=status, said=sentence)
    response.headers.update(problems.retry_after(facts))
    response.headers["Refresh"] = response.headers["Retry-After"]
    return response


async def _phone_page(
    request: Request, room: Room, person: Participant, *, problem: str = "", text: str = "", value: Value = None,
    status: int = 200, held: bool = True,
) -> HTMLResponse:  # fmt: skip
    """*text* and *value*: what was sent, if it could not be taken, to be put right and sent again."""
    rooms = services(request).rooms
    if not person.fresh:  # a new phone may be a chat program that fetches a preview of the link
        rooms.hub.polled(room.code, person.phone)
    # Looking at a link changes nothing: a new phone is dealt cards when its page loads again, or its script says hello.
    cards = answers.dealt(room, person.phone) if person.fresh else await deal(rooms, room.code, person.phone)
    mine, mine_count = answers.phone_answers(room, person.phone)
    wanted = request.query_params.get("edit", "")
    editing = next((answer for answer in mine if answer["id"] == wanted), None)
    frame = rooms.frames.frame(room.code, PHONE)
    for stamp in ("position", "seal"):  # the first message brings them, and each byte of the page counts
        del frame[stamp]
    return render(
        request, "phone/phone.html", default=room.workshop.language, status=status,
        code=room.code, spaced=codes.spaced(room.code), accent=room.workshop.accent, view=frame["view"],
        logo=pictures.logo(room, within=pictures.LOGO_ON_PHONES),
        frame=frame, now=frame["now"],
        held=held, fresh=person.fresh, mine=mine, own=_own_value(mine) if value is None else value,
        chosen=_chosen(mine), mine_count=mine_count, freed=sum(one.get("freed", 0) for one in mine),
        heads=room.people.heads.get(person.phone, 1),
        said={id: answer_as_text(state, state.answers[id], ", ") for state, id in _own(room, mine)},
        editing=editing, new_id=secrets.token_hex(16), problem=problem, text=text or (editing or {}).get("text", ""),
        name=room.people.name(person.phone, withheld=True), stay=_stays(request), deal=cards.get("deal", []),
        kiosk=held and keys.is_kiosk(request, room.code),
    )  # fmt: skip


def _own_value(mine: list[View]) -> Value:
    """What is chosen or rated in the newest of the phone's own answers *mine*; None where nothing is, or no more."""
    return next((one["value"] for one in reversed(mine) if one.get("value") not in (None, [], {})), None)


def _chosen(mine: list[View]) -> list[str | int]:
    """Ids of the options and items in the newest of the phone's own answers *mine*."""
    value = _own_value(mine)
    return [*value] if isinstance(value, list | dict) else [] if value is None else [str(value)]


def _own(room: Room, mine: list[View]) -> Iterator[tuple[ActivityState, str]]:
    """Each of the phone's own answers *mine*, with its activity."""
    for one in mine:
        yield room.activities[room.answer_activity[one["id"]]], one["id"]


async def preview(request: Request) -> Response:
    """The phone's page as a preview for the console: without script and cookie, it joins nothing."""
    room = await find_room(request)
    return await _phone_page(request, room, Participant("", "", fresh=True), held=False)


async def phone_frame(request: Request) -> Response:
    """The small frame in the phone's page that shows, without script, when there is something new."""
    room = await find_room(request)
    person, rooms = participant.participant(request, room.code), services(request).rooms
    if not person.fresh:
        rooms.hub.polled(room.code, person.phone)
    seen = _int(request.query_params.get("step", str(room.step)))
    return render(
        request, "phone/frame.html", default=room.workshop.language, code=room.code, view=phone_view(room),
        step=room.step, changed=seen != room.step, now=rooms.clock.now(),
        seen=str(seen), stay=_stays(request), stalled=rooms.frames.stalled(room.code),
    )  # fmt: skip


async def send_answer(request: Request) -> Response:
    """An answer, a change, a withdrawal, a vote or the number of people: JSON from the page's script, else a form."""
    code = request.path_params["code"]
    room = await find_room(request)
    person = participant.participant(request, code)
    if not participant.is_current(room, person):
        return await _send_too_late(request, room, person)
    participant.require_admission(room, person)
    services(request).waiting_line.admit(code, person.since, fresh=person.fresh)
    if _is_json(request):
        return await _send_json(request, code, person)
    form = await form_of(request)
    command = _form_command(room, person, form)
    if services(request).token_buckets.take(person.phone):
        reply = await phone_messages.take(services(request).rooms, code, command)
    else:
        reply = {"type": "error", "code": "rate"}
    response: Response
    if reply["type"] == "error":
        text = dict(form).get("text", "")[:8000]
        problem = problem_sentence(request, reply["code"], room.workshop.language)
        if isinstance(command, GiveName):
            typed = command.name[:200]
            return _with_cookie(
                request, names.page(request, room, person, problem=problem, typed=typed, status=422), person
            )
        if reply["code"] == "limit" and [name for name, _ in form].count("option") > reply["limit"]:
            chosen = translations(choose_language(request, room.workshop.language))
            problem = chosen.gettext("Choose at most {n}").format(n=reply["limit"])
        if panel.is_from(form):
            response = panel.show(request, room, person, problem=problem, text=text, status=422)
            return _with_cookie(request, response, person)
        on_show = room.activity.written.id if room.activity else ""
        value = command.value if isinstance(command, SendAnswer) and command.activity == on_show else None
        response = await _phone_page(request, room, person, problem=problem, text=text, value=value, status=422)
    elif panel.is_from(form):
        response = panel.after(request, form)
    else:
        response = RedirectResponse(f"/{code}{lang_query(request, '?')}#mine", 303)
    return _with_cookie(request, response, person)


def _with_cookie(request: Request, response: Response, person: Participant) -> Response:
    """*response*, by which a phone that is new is told who it is."""
    if person.fresh:
        keys.set_cookie(response, request, request.path_params["code"], PHONE, person.token)
    return response


def _is_json(request: Request) -> bool:
    """Whether it comes from the page's script, and not from a form."""
    return request.headers.get("content-type", "").startswith("application/json")


async def _send_too_late(request: Request, room: Room, person: Participant) -> Response:
    """From a phone of a group before: nothing is recorded, and the text is shown. Raises Refused `cleared` for JSON."""
    if _is_json(request):
        raise Refused("cleared")
    text = dict(await form_of(request)).get("text", "")[:8000].strip()
    return await cleared.page(request, room, person, [text] if text else [], 422)


async def _send_json(request: Request, code: str, person: Participant) -> Response:
    rooms = services(request).rooms
    body = await body_of(request, 16_384)
    message = phone_messages.read(body)
    if isinstance(message, phone_messages.FEED_ONLY):
        raise Refused("bad")
    services(request).token_buckets.require(person.phone)
    if seen := phone_messages.read_posted(body).seen:  # first: an answer that is taken may hide what is missing
        await phone_messages.claim(seen, rooms, code)
    reply = await phone_messages.handle(message, rooms, code, person)
    response = as_json(reply | ({"token": person.token} if person.fresh else {}))
    if request.cookies.get(keys.cookie_name(request, code, PHONE)) != person.token:
        keys.set_cookie(response, request, code, PHONE, person.token)
    return response


def _form_command(
    room: Room, person: Participant, items: list[tuple[str, str]]
) -> SendAnswer | WithdrawAnswer | VoteQuestion | SetHeads | GiveName:
    fields = dict(items)
    rev = _int(fields.get("rev", "1"))
    if fields.get("action") == "heads":
        return SetHeads(person.phone, _int(fields.get("n", "")))
    if fields.get("action") == "name":
        return GiveName(person.phone, "" if "without" in fields else fields.get("name", ""), person.since)
    if fields.get("action") == "withdraw":
        return WithdrawAnswer(person.phone, fields.get("id", ""), rev)
    if fields.get("action") == "vote":
        return VoteQuestion(person.phone, fields.get("id", ""), fields.get("on", "1") not in ("0", "false", ""))
    every: dict[str, list[str]] = {}
    for name, field in items:
        every.setdefault(name, []).append(field)
    state = room.activities.get(fields.get("activity", ""))
    text, value = state.kind.from_form(every) if state and state.kind else (None, None)
    return SendAnswer(
        person.phone,
        fields.get("id", ""),
        fields.get("activity", ""),
        text,
        value,
        rev,
        since=person.since,
        version=_int(fields.get("version", "")),
    )


def _int(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


async def results(request: Request) -> Response:
    """The results on show, a page at a time, in an order that does not change while somebody reads."""
    room = await find_room(request)
    person = participant.participant(request, room.code)
    state = room.activity
    shown = state is not None and state.results_visible
    facts: dict[str, Any] = {"results": None, "figures": [], "cards": [], "page": 1, "pages": 1}
    if state is not None and shown:
        shown_results, language = results_of(state), room.workshop.language
        shown_results["notes"] = shown_results.get("notes", []) + (compare(room, state) or {}).get("notes", [])
        figures = figures_of(state.kind, state.written, shown_results, language) if state.kind else []
        shown_rows = len(figures) if state.deals else state.cards_total
        pages = max(1, -(-shown_rows // RESULTS_ON_A_PAGE))
        page = min(pages, max(1, _int(request.query_params.get("page", "1"))))
        own = set(state.by_phone.get(person.phone, ()))
        cards = [
            card | {"mine": card["id"] in own}
            for card in cards_of(state, (page - 1) * RESULTS_ON_A_PAGE, RESULTS_ON_A_PAGE)
        ]
        if state.deals:
            figures = figures[(page - 1) * RESULTS_ON_A_PAGE : page * RESULTS_ON_A_PAGE]
        facts = {"results": shown_results, "figures": figures, "cards": cards, "page": page, "pages": pages}
    mine, _ = answers.phone_answers(room, person.phone)
    chosen = _chosen(mine)
    if state is not None and state.deals:  # of what it has weighed, that which it supports
        value = _own_value(mine)
        chosen = [id for id, mark in value.items() if mark > 0] if isinstance(value, dict) else []
    return render(
        request, "phone/results.html", default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        accent=room.workshop.accent, view=phone_view(room), chosen=chosen, phone=person.phone,
        sections=board.sections(room, RESULTS_ON_A_PAGE), **facts,
    )  # fmt: skip


async def slide(request: Request) -> Response:
    """A slide that is or was shown, so that people can read it on their phone. Raises RoomNotFound for others."""
    room = await find_room(request)
    number = _int(request.path_params["n"])
    written = room.workshop.slides[number - 1] if 0 < number <= len(room.workshop.slides) else None
    if written is None or written.id not in room.shown_items:
        raise RoomNotFound
    stop = room.stop
    here = number == stop.slide and stop.activity == -1  # what was taken back there is not on show
    shown = stop.stage if here else room.shown_items[written.id]
    html = markdown.render(written.body, shown=shown, pictures=pictures.gallery(room, small=True))
    return render(
        request, "phone/slide.html", default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        accent=room.workshop.accent,
        title=written.title, number=number, view=phone_view(room),
        body=markupsafe.Markup(html),  # noqa: S704 - rendered with html off
    )  # fmt: skip


routes = [
    Route("/{code:code}", phone),
    Route("/{code:code}/frame", phone_frame),
    Route("/{code:code}/preview", preview),
    Route("/{code:code}/answers", send_answer, methods=["POST"]),
    Route("/{code:code}/results", results),
    Route("/{code:code}/slides/{n}", slide),
]
