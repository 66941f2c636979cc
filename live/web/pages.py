"""Pages for people: joining, the phone without script, and the shells of screen and console."""

import contextlib
import gzip
import secrets
from typing import Any

import jinja2
import markupsafe
import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from live import codes, exports, qr
from live.errors import AnswersDeleted, KeyWrong, LiveError, Refused, RoomNotFound
from live.events import Value
from live.rights import LOOK, SCREEN, opens
from live.room import Room
from live.rules import AnswerWish, HeadsWish, WithdrawWish
from live.runtime import Rooms
from live.transport.hub import CONSOLE, PHONE
from live.views import answers, board
from live.views.phone import phone_view
from live.views.results import results as results_of
from live.web import access, assets, feed, form_schema, messages, problems
from live.web.api import as_json, body_of, form_of, read_fields, rooms_of
from live.workshop import markdown

RESULTS_ON_A_PAGE = 50


def environment(files: assets.Assets) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
    made.globals |= {
        "asset": files.url,
        "languages": list(messages.LANGUAGES.items()),
        "form_fields": form_schema.fields(),
    }
    made.filters["json"] = lambda value: msgspec.json.encode(value).decode()
    return made


def _template(name: str) -> str | None:
    file = assets.folder("templates")
    for part in name.split("/"):
        file = file / part
    return file.read_text("utf-8") if file.is_file() else None


def render(
    request: HTTPConnection, template: str, *, default: str = "nb", status: int = 200, **facts: Any
) -> HTMLResponse:
    language = messages.choose(request, default)
    made: jinja2.Environment = request.app.state.templates
    translations = messages.translations(language)
    text = made.get_template(template).render(
        day=lambda ms: messages.date(ms, language), _=translations.gettext,
        gettext=translations.gettext, ngettext=translations.ngettext, lang=language,
        query_lang=request.query_params.get("lang") if request.query_params.get("lang") in messages.LANGUAGES else None,
        **facts,
    )  # fmt: skip
    response = HTMLResponse(text, status)
    if "gzip" in request.headers.get("accept-encoding", ""):
        # The page holds no secret that a guess beside it could bring to light: keys and tokens are in cookies alone.
        response.body = gzip.compress(response.body, 6)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    response.headers["Content-Language"] = language
    return response


def _say(request: HTTPConnection, code: str, default: str = "nb") -> str:
    return problems.sentence(code, messages.translations(messages.choose(request, default)))


# -- joining ------------------------------------------------------------------------------------------------


async def join(request: Request) -> Response:
    """The place to type the code; in any form people write it."""
    typed = request.query_params.get("code", "")
    if not typed.strip():
        return render(request, "join.html", typed="", problem="")
    return await _go_to(request, typed)


async def _go_to(request: Request, typed: str) -> Response:
    code = codes.find(typed)
    try:
        if code is None:
            raise RoomNotFound
        with contextlib.suppress(AnswersDeleted):  # its page leads on
            await request.app.state.guesses.look(request, code)
    except LiveError as error:
        status, name, _ = problems.describe(error)
        return render(request, "join.html", status=status, typed=typed[:100], problem=_say(request, name))
    return RedirectResponse(f"/{code}", 303)


def _is_a_person(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.scope["path"].startswith("/api/")


async def lead_back(request: Request, error: Exception) -> Response:
    """An address where nothing is: people are led to where the code is typed."""
    assert isinstance(error, HTTPException)
    if _is_a_person(request):
        return render(request, "join.html", status=404, typed="", problem=_say(request, "no-page"))
    return PlainTextResponse(error.detail, 404)


async def complain(request: Request, error: Exception) -> Response:
    """A page for people, a problem for scripts."""
    assert isinstance(error, LiveError)
    if _is_a_person(request):
        if isinstance(error, AnswersDeleted) and request.method != "POST" and not request.url.path.endswith("/frame"):
            desk = request.url.path.endswith("/console")  # what stands behind # in the link goes with it
            place = f"/{request.path_params['code']}/report{'/edit' if desk else ''}"
            return RedirectResponse(place + messages.asked(request, "?"), 303)
        status, name, _ = problems.describe(error)
        typed = codes.spaced(request.path_params["code"]) if "code" in request.path_params else ""
        return render(request, "join.html", status=status, typed=typed, problem=_say(request, name))
    return await problems.show_problem(request, error)


async def break_down(request: Request, error: Exception) -> Response:
    """A fault of ours. Outside of everything else, so that its headers are set here."""
    response = PlainTextResponse(_say(request, "fault") + "\n", 500)
    access.protect(response.headers, request.scope["path"])
    return response


async def by_path(request: Request) -> Response:
    """`/2505-4015` and whatever else people make of a code in the address bar."""
    typed = request.path_params["typed"]
    if codes.find(typed) is None:
        raise HTTPException(404)
    return await _go_to(request, typed)


async def new(request: Request) -> Response:
    return render(request, "new.html", needs_key=not await access.may_create(request))


async def styleguide(request: Request) -> Response:
    """For whoever works on the faces; nobody else reaches it."""
    if not request.app.state.settings.only_this_machine:
        raise HTTPException(404)
    return render(request, "styleguide.html")


# -- the phone ----------------------------------------------------------------------------------------------


async def phone(request: Request) -> Response:
    code = request.path_params["code"]
    room = await _room(request)
    person = access.participant(request, code)
    access.let_in(room, person)
    try:
        request.app.state.turns.come(code, person.since, fresh=person.fresh)
        response = _phone_page(request, room, person)
    except Refused as refused:
        response = _wait_page(request, room, refused)
    if person.fresh:
        access.set_cookie(response, request, code, PHONE, person.token)
    return response


def _wait_page(request: Request, room: Room, refused: Refused) -> HTMLResponse:
    """Its cookie is the place in line, and it asks again by itself, without script as well."""
    status, name, facts = problems.describe(refused)
    said = _say(request, name, room.workshop.language)
    response = render(request, "wait.html", default=room.workshop.language, status=status, said=said)
    response.headers.update(problems.retry_after(facts))
    response.headers["Refresh"] = response.headers["Retry-After"]
    return response


def _phone_page(
    request: Request, room: Room, person: access.Participant, *, problem: str = "", text: str = "", status: int = 200,
    held: bool = True,
) -> HTMLResponse:  # fmt: skip
    rooms = rooms_of(request)
    if not person.fresh:  # whoever has just come may be a preview of the link in a chat, and nobody in the hall
        rooms.hub.polled(room.code, person.phone)
    mine, mine_count = answers.mine(room, person.phone)
    wanted = request.query_params.get("edit", "")
    editing = next((one for one in mine if one["id"] == wanted), None)
    frame = rooms.frame(room.code, PHONE)
    return render(
        request, "phone.html", default=room.workshop.language, status=status,
        code=room.code, spaced=codes.spaced(room.code), view=frame["view"], frame=frame, now=frame["now"],
        held=held, fresh=person.fresh, mine=mine, mine_count=mine_count, heads=room.people.heads.get(person.phone, 1),
        editing=editing, new_id=secrets.token_hex(16), problem=problem, text=text or (editing or {}).get("text", ""),
    )  # fmt: skip


async def preview(request: Request) -> Response:
    """The page of a phone that nobody holds, without its script: it joins nothing and is given no cookie."""
    room = await _room(request)
    return _phone_page(request, room, access.Participant("", "", fresh=True), held=False)


async def phone_frame(request: Request) -> Response:
    """The small page beside the phone's own that tells, without script, when there is something new."""
    room = await _room(request)
    person = access.participant(request, room.code)
    if not person.fresh:
        rooms_of(request).hub.polled(room.code, person.phone)
    seen = _int(request.query_params.get("step", str(room.step)))
    return render(
        request, "phone_frame.html", default=room.workshop.language, code=room.code, view=phone_view(room),
        step=room.step, changed=seen != room.step, now=rooms_of(request).clock.now(),
        seen=str(seen),
    )  # fmt: skip


async def send_answer(request: Request) -> Response:
    """An answer, a change, a withdrawal or the number of people: JSON from the page's script, a form without it."""
    code = request.path_params["code"]
    room = await _room(request)
    person = access.participant(request, code)
    access.let_in(room, person)
    request.app.state.turns.come(code, person.since, fresh=person.fresh)
    if request.headers.get("content-type", "").startswith("application/json"):
        return await _send_json(request, code, person)
    form = await form_of(request)
    if request.app.state.paces.take(person.phone):
        said = await feed.take(rooms_of(request), code, _form_wish(room, person, form))
    else:
        said = {"type": "error", "code": "rate"}
    response: Response
    if said["type"] == "error":
        text = dict(form).get("text", "")[:8000]
        problem = _say(request, said["code"], room.workshop.language)
        if said["code"] == "limit" and [name for name, _ in form].count("option") > said["limit"]:
            chosen = messages.translations(messages.choose(request, room.workshop.language))
            problem = chosen.gettext("Choose at most {n}").format(n=said["limit"])
        response = _phone_page(request, room, person, problem=problem, text=text, status=422)
    else:
        response = RedirectResponse(f"/{code}{messages.asked(request, '?')}#mine", 303)
    if person.fresh:
        access.set_cookie(response, request, code, PHONE, person.token)
    return response


async def _send_json(request: Request, code: str, person: access.Participant) -> Response:
    rooms = rooms_of(request)
    message = feed.read(await body_of(request, 16_384))
    if isinstance(message, feed.Hello | feed.Probe | feed.Typing):
        raise Refused("bad")
    request.app.state.paces.require(person.phone)
    said = await feed.do(message, rooms, code, person.phone)
    response = as_json(said | ({"token": person.token} if person.fresh else {}))
    if request.cookies.get(access.cookie_name(request, code, PHONE)) != person.token:
        access.set_cookie(response, request, code, PHONE, person.token)
    return response


def _form_wish(
    room: Room, person: access.Participant, items: list[tuple[str, str]]
) -> AnswerWish | WithdrawWish | HeadsWish:
    fields = dict(items)
    rev = _int(fields.get("rev", "1"))
    if fields.get("action") == "heads":
        return HeadsWish(person.phone, _int(fields.get("n", "")))
    if fields.get("action") == "withdraw":
        return WithdrawWish(person.phone, fields.get("id", ""), rev)
    state = room.activities.get(fields.get("activity", ""))
    kind = state.written.kind if state else ""
    value: Value = None
    text: str | None = None
    if kind == "choice":
        value = [chosen for name, chosen in items if name == "option"]
    elif kind == "scale":
        value = {name[5:]: _int(rating) for name, rating in fields.items() if name.startswith("item-")}
    else:
        text = fields.get("text", "")
    return AnswerWish(person.phone, fields.get("id", ""), fields.get("activity", ""), text, value, rev)


def _int(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


async def results(request: Request) -> Response:
    """Results that are on show, a page at a time, in an order that never moves under a reader."""
    room = await _room(request)
    person = access.participant(request, room.code)
    state = room.activity
    shown = state is not None and state.results_visible
    facts: dict[str, Any] = {"results": None, "cards": [], "page": 1, "pages": 1}
    if state is not None and shown:
        told = results_of(state)
        pages = max(1, -(-state.counted // RESULTS_ON_A_PAGE)) if "wall" in state.shapes else 1
        page = min(pages, max(1, _int(request.query_params.get("page", "1"))))
        own = set(state.by_phone.get(person.phone, ()))
        cards = [
            {"text": answer.text or "", "mine": answer.id in own}
            for answer in state.cards((page - 1) * RESULTS_ON_A_PAGE, RESULTS_ON_A_PAGE)
        ]
        facts = {"results": told, "cards": cards if "wall" in state.shapes else [], "page": page, "pages": pages}
    mine, mine_count = answers.mine(room, person.phone)
    return render(
        request, "results.html", default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        view=phone_view(room), mine=mine, mine_count=mine_count, phone=person.phone,
        sections=board.sections(room, RESULTS_ON_A_PAGE), **facts,
    )  # fmt: skip


async def slide(request: Request) -> Response:
    """A slide shown now or before, to be read at one's own size."""
    room = await _room(request)
    number = _int(request.path_params["n"])
    here = room.stop
    if not 0 < number <= min(here.slide, len(room.workshop.slides)):
        raise RoomNotFound
    one = room.workshop.slides[number - 1]
    shown = here.part if number == here.slide and here.activity == -1 else one.steps
    return render(
        request, "slide.html", default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        title=one.title, number=number, view=phone_view(room),
        body=markupsafe.Markup(markdown.render(one.body, shown=shown)),  # noqa: S704 - rendered with html off
    )  # fmt: skip


async def join_qr(request: Request) -> Response:
    await _room(request)
    return Response(qr.svg(f"{access.base_url(request)}/{request.path_params['code']}"), media_type="image/svg+xml")


# -- screen and console -------------------------------------------------------------------------------------


async def screen(request: Request) -> Response:
    return await _desk(request, "screen.html", SCREEN)


async def console(request: Request) -> Response:
    return await _desk(request, "console.html", LOOK)


async def _desk(request: Request, template: str, wanted: str) -> Response:
    """Without the right, a shell: its script swaps the key in the link's fragment, which the server never sees."""
    room = await _room(request)
    held = await access.right(request, room.code, wanted)
    allowed = held is not None and opens(held.right, wanted)
    face = CONSOLE if wanted == LOOK else SCREEN
    return render(
        request, template, default=room.workshop.language, code=room.code, spaced=codes.spaced(room.code),
        needs_key=not allowed, right=held.right if held else "", title=room.workshop.title if allowed else "",
        view=rooms_of(request).view(room.code, face) if allowed else None, formats=exports.offered(),
    )  # fmt: skip


async def take_key(request: Request) -> Response:
    """Swap a key for a cookie."""
    code = request.path_params["code"]
    rooms: Rooms = rooms_of(request)
    with contextlib.suppress(AnswersDeleted):  # what is kept is written in with the same key
        await _room(request)
    key = read_fields(await body_of(request, 1024)).get("key")
    held = await access.key_right(rooms, code, key) if isinstance(key, str) else None
    if held is None or not isinstance(key, str):
        raise KeyWrong
    response = Response(status_code=204)
    access.set_cookie(response, request, code, held.right, key)
    return response


async def _room(request: Request) -> Room:
    room: Room = await request.app.state.guesses.look(request, request.path_params["code"])
    return room


routes = [
    Route("/", join),
    Route("/new", new),
    Route("/styleguide", styleguide),
    Route("/{code:code}", phone),
    Route("/{code:code}/frame", phone_frame),
    Route("/{code:code}/preview", preview),
    Route("/{code:code}/answers", send_answer, methods=["POST"]),
    Route("/{code:code}/results", results),
    Route("/{code:code}/slides/{n}", slide),
    Route("/{code:code}/qr.svg", join_qr),
    Route("/{code:code}/screen", screen),
    Route("/{code:code}/console", console),
    Route("/{code:code}/keys", take_key, methods=["POST"]),
    Route("/{typed}", by_path),
]
