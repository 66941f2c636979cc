"""The page where people sort their own answers into themes; a page of its own, so that phones load it only then."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from live import codes
from live.i18n.catalogs import translations
from live.rules import SortAnswer
from live.rules.themes import sorted_by_all
from live.transport.hub import PHONE
from live.views.answers import phone_answers
from live.views.phone import phone_view
from live.web import phone_messages, problems
from live.web.access import keys, participant
from live.web.http import form_of
from live.web.language import choose_language
from live.web.pages.templates import render
from live.web.services import services

MOST_SORTED = 50  # newest answers of one phone


async def show(request: Request) -> Response:
    return await _page(request)


async def _page(request: Request, problem: str = "", status: int = 200) -> Response:
    code = request.path_params["code"]
    await services(request).guess_limits.find_room(request, code)
    room = await services(request).rooms.get(code)
    person = participant.participant(request, code)
    source = sorted_by_all(room)
    own, themes = [], []
    if source is not None:
        placed = room.themes_of(source.written.id)
        themes = [(theme.id, theme.name) for theme in placed]
        answers, _ = phone_answers(room, person.phone, source.written.id, MOST_SORTED)
        own = [
            (answer["id"], answer.get("text", ""), placed.all_of(answer["id"]))
            for answer in answers
            if source.counted_among([answer["id"]])
        ]
    return render(
        request, "phone/sort_answers.html", default=room.workshop.language, status=status, code=code,
        spaced=codes.spaced(code), view=phone_view(room), own=own,
        several=source is not None and room.allows_several_themes(source.written.id),
        themes=themes, problem=problem, saved="saved" in request.query_params,
    )  # fmt: skip


async def sort(request: Request) -> Response:
    """
    A form: the `id` of each answer, and a `theme-ID` for every theme it shall be in. If one answer is refused, the
    others are still sorted.
    """
    code = request.path_params["code"]
    rooms = services(request).rooms
    person = participant.participant(request, code)
    participant.require_admission(await services(request).guess_limits.find_room(request, code), person)
    form = await form_of(request, fields=4000)
    services(request).token_buckets.require(person.phone)
    ids = list(dict.fromkeys(value for name, value in form if name == "id"))[:MOST_SORTED]
    refused = ""
    for id in ids:
        themes = [value for name, value in form if name == f"theme-{id}" and value]
        reply = await phone_messages.take(rooms, code, SortAnswer(person.phone, id, themes))
        refused = reply["code"] if reply["type"] == "error" else refused
    if refused:
        language = (await rooms.get(code)).workshop.language
        sentence = problems.sentence(refused, translations(choose_language(request, language)))
        return await _page(request, sentence, 422)
    response = RedirectResponse(f"/{code}/sort?saved", 303)
    if person.fresh:
        keys.set_cookie(response, request, code, PHONE, person.token)
    return response


routes = [
    Route("/{code:code}/sort", show),
    Route("/{code:code}/sort", sort, methods=["POST"]),
]
