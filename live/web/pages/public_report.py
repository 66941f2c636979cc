"""The public page of a meeting, «You said, we do», its editing, and its dates as calendar files."""

import hashlib
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from live import codes, qr
from live.errors import AnswersDeleted, Refused, RoomNotFound
from live.exports.html_export import drop_worth
from live.exports.voices import telling
from live.i18n import dates
from live.i18n.catalogs import translations
from live.i18n.figures import decimal
from live.public_page import calendar_files, store
from live.public_page import public_page as reports
from live.public_page.public_page import PublicPage, Question
from live.rights import FACILITATOR, LOOK, opens
from live.room.followup import NOT, STATUSES
from live.rules.commands import MakePromise, SetReply
from live.rules.followup import MOST_NAME, MOST_TEXT
from live.views import expectations
from live.web import problems
from live.web.access import keys, peer
from live.web.http import form_of
from live.web.language import choose_language, lang_query
from live.web.pages.templates import render
from live.web.services import services


async def show(request: Request) -> Response:
    """
    What the meeting is for and when an answer comes; once published, the themes and what is done about them. With
    `?draft`, those who may look at the meeting see it as it would be published.
    """
    draft = await _may_see_draft(request)
    report = await _report(request, published=not draft)
    response = render(request, "report/report.html", default=report.language, draft=draft, **_facts(request, report))
    if draft:
        response.headers["Cache-Control"] = "no-store"
        return response
    stamp = hashlib.sha256(bytes(response.body)).hexdigest()[:32]
    response.headers["ETag"] = f'"{stamp}"'
    response.headers["Cache-Control"] = "no-cache"
    if request.headers.get("if-none-match", "") in (f'"{stamp}"', f'W/"{stamp}"'):
        cached = {name: response.headers[name] for name in ("etag", "cache-control", "vary")}
        return Response(status_code=304, headers=cached)
    return response


async def _may_see_draft(request: Request) -> bool:
    if "draft" not in request.query_params:
        return False
    held = await keys.right(request, request.path_params["code"], LOOK)
    return held is not None and opens(held.right, LOOK)


def _facts(request: Request, report: PublicPage) -> dict[str, Any]:
    language = choose_language(request, report.language)
    return {
        "report": report, "accent": report.accent, "code": report.code, "spaced": codes.spaced(report.code),
        "now": services(request).rooms.clock.now(), "written": lambda day: dates.localized(day, language),
        "figure": lambda n: decimal(n, language) if isinstance(n, float) else str(n),
        "worth": _worth, "drops": lambda theme, question: range(-(-theme.answers // _worth(question))),
        # What was written to try the phone comes last, so that it is never the large one.
        "voices": lambda quotes: sorted(quotes, key=lambda quote: not telling(quote.text)),
        "dated": dates.read(report.report_by) is not None,
        "step": expectations.step(report.ladder, report.language),
        "address": _address(request, report),
    }  # fmt: skip


def _worth(question: Question) -> int:
    """How many answers a drop stands for, the same for all themes of a question."""
    return drop_worth(max((theme.answers for theme in question.themes), default=0))


async def reminder(request: Request) -> Response:
    """The date of the promised answer as a calendar file, for those who took part. Raises RoomNotFound without one."""
    report = await _report(request)
    day = dates.read(report.report_by)
    if day is None:
        raise RoomNotFound
    gettext = translations(choose_language(request, report.language)).gettext
    summary = gettext("An answer is due: {title}").format(title=report.title)
    url = _address(request, report)
    return _calendar(request, report, [calendar_files.Day(_uid(report, "answer"), day, summary, url, url)])


async def picture(request: Request) -> Response:
    """A QR code with the address of the page."""
    return Response(qr.svg(_address(request, await _report(request))), media_type="image/svg+xml")


async def owners(request: Request) -> Response:
    """Every promised date as a calendar file, for those who lead the meeting."""
    await keys.require(request, request.path_params["code"], LOOK, allow_report=True)
    report = await _report(request, published=False)
    days, url = [], _address(request, report)
    for theme in report.themes():
        entry = theme.entry
        if entry.status != NOT and (day := dates.read(entry.date)):
            about = "\n".join(filter(None, (report.title, entry.unit, entry.reason, url)))
            uid = _uid(report, f"{theme.activity}-{theme.theme}")
            days.append(calendar_files.Day(uid, day, theme.name, about, url))
    return _calendar(request, report, days)


# -- the stored page of a deleted meeting -------------------------------------------------------------------


async def edit(request: Request) -> Response:
    """The form that edits a stored page; it needs no script except to swap the key of the link."""
    report = await _stored_page(request)
    if report is None:
        return RedirectResponse(f"/{request.path_params['code']}/console", 303)
    return await _edit_page(request, report)


async def _edit_page(
    request: Request, report: PublicPage, tried: SetReply | MakePromise | None = None, refused: str = ""
) -> Response:
    held = await keys.right(request, report.code, FACILITATOR)
    return render(
        request, "report/report_edit.html", default=report.language, status=422 if refused else 200,
        problem=problems.sentence(refused, translations(choose_language(request, report.language))) if refused else "",
        reply=tried if isinstance(tried, SetReply) else None, changed=refused == "reply-since",
        promise=tried if isinstance(tried, MakePromise) else None, most_name=MOST_NAME, most_text=MOST_TEXT,
        needs_key=held is None or not opens(held.right, FACILITATOR), statuses=STATUSES,
        saved="saved" in request.query_params, **_facts(request, report),
    )  # fmt: skip


async def change(request: Request) -> Response:
    """
    A form: `do` is follow (`activity theme seen status reason unit date`; `seen` is when the entry that the form shows
    was written), promise (`n text who`), take_out (`id` of a text that somebody wrote) or delete.
    """
    code = request.path_params["code"]
    await keys.require(request, code, FACILITATOR, allow_report=True)
    report = await _stored_page(request)
    if report is None:
        raise RoomNotFound
    rooms, form = services(request).rooms, dict(await form_of(request, fields=10))
    match form.get("do"):
        case "delete":
            await rooms.delete(code)
            return RedirectResponse("/", 303)
        case "take_out":
            await store.take_out(rooms.journal, code, form.get("id", ""), rooms.note_deleted)
        case "follow" | "promise":
            action = _read_action(form)
            try:
                await store.change(
                    rooms.journal, code,
                    lambda page: reports.change(page, action, rooms.clock.now(), seen=form.get("seen")),
                )  # fmt: skip
            except Refused as refused:
                return await _edit_page(request, await store.get(rooms.journal, code), action, refused.code)
        case _:
            raise Refused("bad")
    place = f"#{form['activity']}-{form.get('theme', '')}" if form.get("activity") else "#promises"
    return RedirectResponse(f"/{code}/report/edit?saved{lang_query(request, '&')}{place}", 303)


def _read_action(form: dict[str, str]) -> SetReply | MakePromise:
    named = ("do", "activity", "theme", "status", "reason", "unit", "date", "text", "who")
    fields: dict[str, Any] = {name: form[name] for name in named if name in form}
    if n := form.get("n", ""):
        if not (n.isascii() and n.isdigit() and len(n) < 5):
            raise Refused("bad")
        fields["n"] = int(n)
    return msgspec.convert(fields, SetReply | MakePromise)


async def _stored_page(request: Request) -> PublicPage | None:
    """The stored page of a deleted meeting; None while the meeting itself is there."""
    code = request.path_params["code"]
    try:
        await services(request).guess_limits.find_room(request, code)
    except AnswersDeleted:
        return await store.get(services(request).rooms.journal, code)
    return None


async def _report(request: Request, *, published: bool = True) -> PublicPage:
    """The page of the meeting, or the stored one. *published* False includes what only those who run it may see."""
    code = request.path_params["code"]
    try:
        return reports.of(await services(request).guess_limits.find_room(request, code), published=published)
    except AnswersDeleted:
        return await store.get(services(request).rooms.journal, code)


def _calendar(request: Request, report: PublicPage, days: list[calendar_files.Day]) -> Response:
    body = calendar_files.write(days, services(request).rooms.clock.now())
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
