"""Errors as pages for people."""

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from live import codes
from live.errors import AnswersDeleted, LiveError
from live.web import problems
from live.web.access import security_headers
from live.web.access.guard import SAFE
from live.web.language import lang_query
from live.web.pages.templates import problem_sentence, render


def _is_a_person(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.scope["path"].startswith("/api/")


async def page_not_found(request: Request, error: Exception) -> Response:
    """
    404 for an unknown address: people get the page where they can type a code. An address with `/` at its end leads to
    the one without.
    """
    assert isinstance(error, HTTPException)
    path = request.scope["path"]
    if request.method in SAFE and path.strip("/") and path.endswith("/"):
        # Without scheme and host, which behind a proxy are not those that people use. Quoted, and with one slash in
        # front: browsers would take `//x` and `/\x` for another server.
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse("/" + quote(path.strip("/")) + query, 307)
    if _is_a_person(request):
        return render(request, "phone/join.html", status=404, typed="", problem=problem_sentence(request, "no-page"))
    return PlainTextResponse(error.detail, 404)


async def show_error(request: Request, error: Exception) -> Response:
    """A page for people, a problem for scripts."""
    assert isinstance(error, LiveError)
    if _is_a_person(request):
        if isinstance(error, AnswersDeleted) and request.method != "POST" and not request.url.path.endswith("/frame"):
            desk = request.url.path.endswith("/console")  # the browser keeps the link's fragment, and so its key
            place = f"/{request.path_params['code']}/report{'/edit' if desk else ''}"
            return RedirectResponse(place + lang_query(request, "?"), 303)
        status, name, _ = problems.describe(error)
        typed = codes.spaced(request.path_params["code"]) if "code" in request.path_params else ""
        return render(request, "phone/join.html", status=status, typed=typed, problem=problem_sentence(request, name))
    return await problems.show_problem(request, error)


async def server_fault(request: Request, error: Exception) -> Response:
    """500 for a fault of ours. It runs outside the guard, so it sets the security headers itself."""
    response = PlainTextResponse(problem_sentence(request, "fault") + "\n", 500)
    security_headers.protect(response.headers, request.scope["path"])
    return response
