"""`POST /try`: a meeting with pretend participants in it, opened with one press on the front page."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from live.i18n.catalogs import translations
from live.rights import FACILITATOR
from live.rules.commands import Rehearse
from live.runtime.registry import Opened
from live.transport.load import PATIENCE_S
from live.web import assets
from live.web.access import keys
from live.web.language import choose_language, lang_query
from live.web.services import services

PARTICIPANTS = 40
EXAMPLES = {"nb": "folkemote.md", "nn": "folkemote.nn.md"}
OTHER = "town-hall.md"  # for the languages that have none of their own


async def try_it(request: Request) -> Response:
    """To the new meeting's console; to the page for new meetings where a create key is needed first."""
    if not await keys.may_create(request):
        return RedirectResponse("/new" + lang_query(request, "?"), 303)
    await services(request).load.settle(PATIENCE_S)
    opener = await keys.require_create(request)
    opened = await _open(request)
    await keys.note_opener(request, opened.code, opener)
    await services(request).rooms.act(opened.code, Rehearse(n=PARTICIPANTS))
    response = RedirectResponse(f"/{opened.code}/console" + lang_query(request, "?") + "#try", 303)
    keys.set_cookie(response, request, opened.code, FACILITATOR, opened.facilitator_key)
    return response


async def _open(request: Request) -> Opened:
    language = choose_language(request)
    text = (assets.folder("examples") / EXAMPLES.get(language, OTHER)).read_text("utf-8")
    return await services(request).rooms.open(text, translate=translations(language).gettext)


routes = [Route("/try", try_it, methods=["POST"])]
