"""The public page of a meeting, «You said, we do», and the days of it as calendar files."""

import hashlib
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from live import codes, qr
from live.errors import AnswersDeleted, Refused, RoomNotFound
from live.exports.report_document import mean
from live.i18n import dates
from live.i18n.catalogs import translations
from live.public_page import calendar_files, store
from live.public_page import public_page as reports
from live.public_page.public_page import PublicPage
from live.rights import FACILITATOR, LOOK, opens
from live.room.followup import NOT, STATUSES
from live.rules import Action
from live.rules.followup import MOST_NAME, MOST_TEXT
from live.views import expectations
from live.web import problems
from live.web.access import keys, peer
from live.web.http import form_of, rooms_of
from live.web.language import choose_language, lang_query
from live.web.pages.templates import render

TAKE_OUT, DELETE, FOLLOW, PROMISE = "take_out", "delete", "follow", "promise"  # what the form of a kept page may `do`


async def show(request: Request) -> Response:
    """What this is for and when an answer comes; once published, the themes and what becomes of them."""
    report = await _report(request)
    response = render(request, "report/report.html", default=report.language, **_facts(request, report))
    stamp = hashlib.sha256(bytes(response.body)).hexdigest()[:32]
    response.headers["ETag"] = f'"{stamp}"'
    response.headers["Cache-Control"] = "no-cache"
    if request.headers.get("if-none-match", "") in (f'"{stamp}"', f'W/"{stamp}"'):
        kept = {name: response.headers[name] for name in ("etag", "cache-control", "vary")}
        return Response(status_code=304, headers=kept)
    return response


def _facts(request: Request, report: PublicPage) -> dict[str, Any]:
    language = choose_language(request, report.language)
    return {
        "report": report, "code": report.code, "spaced": codes.spaced(report.code),
        "now": rooms_of(request).clock.now(), "written": lambda day: dates.told(day, language),
        "figure": lambda n: mean(n, language) if isinstance(n, float) else str(n),
        "dated": dates.read(report.report_by) is not None,
        "step": expectations.step(report.ladder, report.language),
        "address": _address(request, report),
    }  # fmt: skip


async def reminder(request: Request) -> Response:
    """The day an answer is to come, for whoever took part."""
    report = await _report(request)
    day = dates.read(report.report_by)
    if day is None:
        raise RoomNotFound
    say = translations(choose_language(request, report.language)).gettext
    summary = say("An answer is due: {title}").format(title=report.title)
    url = _address(request, report)
    return _calendar(request, report, [calendar_files.Day(_uid(report, "answer"), day, summary, url, url)])


async def picture(request: Request) -> Response:
    """A QR code that leads to the page."""
    return Response(qr.svg(_address(request, await _report(request))), media_type="image/svg+xml")


async def owners(request: Request) -> Response:
    """Every day that is to be kept, for whoever is to keep it."""
    await keys.require(request, request.path_params["code"], LOOK, kept=True)
    report = await _report(request, published=False)
    days, url = [], _address(request, report)
    for one in report.themes():
        entry = one.entry
        if entry.status != NOT and (day := dates.read(entry.date)):
            about = "\n".join(filter(None, (report.title, entry.unit, entry.reason, url)))
            days.append(calendar_files.Day(_uid(report, f"{one.activity}-{one.theme}"), day, one.name, about, url))
    return _calendar(request, report, days)


# -- when the answers are gone ------------------------------------------------------------------------------


async def edit(request: Request) -> Response:
    """Where the page that is kept is written in; it needs no script but the one that swaps the link's key."""
    report = await _kept(request)
    if report is None:
        return RedirectResponse(f"/{request.path_params['code']}/console", 303)
    return await _edit_page(request, report)


async def _edit_page(
    request: Request, report: PublicPage, tried: Action | None = None, problem: str = "", *, changed: bool = False
) -> Response:
    held = await keys.right(request, report.code, FACILITATOR)
    return render(
        request, "report/report_edit.html", default=report.language, status=422 if problem else 200, problem=problem,
        tried=tried, changed=changed, needs_key=held is None or not opens(held.right, FACILITATOR), statuses=STATUSES,
        most_name=MOST_NAME, most_text=MOST_TEXT, saved="saved" in request.query_params, **_facts(request, report),
    )  # fmt: skip


async def change(request: Request) -> Response:
    """
    A form: `do` is follow (`activity theme seen status reason unit date`, *seen* is when the entry it was made from was
    written), promise (`n text who`), take_out (`id`, of what somebody wrote) or delete.
    """
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR, kept=True)
    report = await _kept(request)
    if report is None:
        raise RoomNotFound
    rooms, form = rooms_of(request), dict(await form_of(request, fields=10))
    act = _act(form)
    try:
        if act.do == DELETE:
            await rooms.delete(code)
            return RedirectResponse("/", 303)
        if act.do == TAKE_OUT:
            await store.take_out(rooms.journal, code, form.get("id", ""), rooms.deleted)
        else:
            seen = form.get("seen")
            await store.change(
                rooms.journal, code, lambda kept: reports.change(kept, act, rooms.clock.now(), seen=seen)
            )
    except Refused as refused:
        say = translations(choose_language(request, report.language))
        now = await store.get(rooms.journal, code)
        sentence = problems.sentence(refused.code, say)
        return await _edit_page(request, now, act, sentence, changed=refused.code == "reply-since")
    place = f"#{act.activity}-{act.theme}" if act.activity else "#promises"
    return RedirectResponse(f"/{code}/report/edit?saved{lang_query(request, '&')}{place}", 303)


def _act(form: dict[str, str]) -> Action:
    if form.get("do") not in (TAKE_OUT, DELETE, FOLLOW, PROMISE):
        raise Refused("bad")
    named = ("do", "activity", "theme", "status", "reason", "unit", "date", "text", "who")
    told: dict[str, Any] = {name: form[name] for name in named if name in form}
    if n := form.get("n", ""):
        if not (n.isascii() and n.isdigit() and len(n) < 5):
            raise Refused("bad")
        told["n"] = int(n)
    return msgspec.convert(told, Action)


async def _kept(request: Request) -> PublicPage | None:
    """What is kept of a meeting; None while it is there itself."""
    code = request.path_params["code"]
    try:
        await request.app.state.guesses.look(request, code)
    except AnswersDeleted:
        return await store.get(rooms_of(request).journal, code)
    return None


async def _report(request: Request, *, published: bool = True) -> PublicPage:
    """Of the meeting, or kept of it. Not only what is *published*: for those alone who run it."""
    code = request.path_params["code"]
    try:
        return reports.of(await request.app.state.guesses.look(request, code), published=published)
    except AnswersDeleted:
        return await store.get(rooms_of(request).journal, code)


def _calendar(request: Request, report: PublicPage, days: list[calendar_files.Day]) -> Response:
    body = calendar_files.write(days, rooms_of(request).clock.now())
    named = {"Content-Disposition": f'attachment; filename="innspill-{report.code}.ics"'}
    return Response(body, media_type="text/calendar; charset=utf-8", headers=named)


def _address(request: Request, report: PublicPage) -> str:
    return f"{peer.base_url(request)}/{report.code}/report"


def _uid(report: PublicPage, what: str) -> str:
    return f"{report.code}-{report.opened_at}-{what}@innspill"


routes = [
    Route("/{code:code}/report", show),
    Route("/{code:code}/report.ics", reminder),
    Route("/{code:code}/report.svg", picture),
    Route("/{code:code}/report/edit", edit),
    Route("/{code:code}/report/edit", change, methods=["POST"]),
    Route("/api/rooms/{code:code}/followup.ics", owners),
]
