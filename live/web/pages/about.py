"""The pages about the service itself: the accessibility statement, and the components it is made of."""

from pathlib import Path

import markupsafe
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live.i18n.languages import DEFAULT, LANGUAGES
from live.sbom import components
from live.web.language import choose_language
from live.web.pages import templates
from live.web.services import services
from live.workshop import markdown


def read(file: str) -> dict[str, markupsafe.Markup]:
    """
    The operator's own accessibility text, as HTML by language: the default language from *file*, others from
    NAME.nn.md, NAME.en.md and so on in the same folder.

    Empty when *file* is empty. Raises OSError or UnicodeDecodeError when a file can't be read.
    """
    if not file:
        return {}
    path = Path(file)
    texts = {DEFAULT: path.read_text("utf-8")}
    for language in LANGUAGES.keys() - {DEFAULT}:
        other = path.with_suffix(f".{language}{path.suffix}")
        if other.is_file():
            texts[language] = other.read_text("utf-8")
    return {
        language: markupsafe.Markup(markdown.render(text, shown=None))  # noqa: S704 - rendered with html off
        for language, text in texts.items()
    }


async def accessibility(request: Request) -> Response:
    own = services(request).accessibility
    language = choose_language(request)
    available = language if language in own else DEFAULT
    return templates.render(request, "about/accessibility.html", own=own.get(available), own_lang=available)


async def about(request: Request) -> Response:
    return templates.render(request, "about/about.html", components=components())


routes = [Route("/accessibility", accessibility), Route("/about", about)]
