"""Renders pages from templates, in the reader's language."""

import gzip
import re
from functools import cache, partial
from gettext import NullTranslations
from typing import Any

import jinja2
import msgspec
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from live.activities import BESIDE, KINDS
from live.i18n import dates
from live.i18n.catalogs import translations
from live.i18n.figures import decimal, grouped, percent
from live.i18n.languages import DEFAULT, LANGUAGES
from live.web import assets, problems
from live.web.api import form_schema
from live.web.language import choose_language
from live.web.services import services

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


@cache  # every app of a process has the same templates, and compiling those of one face takes 0.2 s
def environment(files: assets.Assets) -> jinja2.Environment:
    jinja = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
    jinja.globals |= {
        "asset": files.url,
        "languages": [(code, known.name) for code, known in LANGUAGES.items()],
        "form_fields": form_schema.fields(),
        "kinds": KINDS,
        "percent": percent,
        "decimal": decimal,
        "grouped": grouped,
    }
    jinja.filters["json"] = lambda value: msgspec.json.encode(value, enc_hook=str.__str__).decode()  # of a macro
    return jinja


def _template(name: str) -> str | None:
    """Without the indentation, which is for those who write it: 37 bytes of a phone's page, compressed."""
    file = assets.folder("templates")
    for part in name.split("/"):
        file = file / part
    return _INDENTATION.sub("", file.read_text("utf-8")) if file.is_file() else None


def render(
    request: HTTPConnection, template: str, *, default: str = DEFAULT, status: int = 200, **facts: Any
) -> HTMLResponse:
    language = choose_language(request, default)
    templates = services(request).templates
    catalog = translations(language)
    text = templates.get_template(template).render(
        day=lambda ms: dates.of(ms, language), _=catalog.gettext,
        kind_words=partial(_kind_words, catalog), own_words=partial(_own_words, language),
        gettext=catalog.gettext, ngettext=catalog.ngettext, lang=language,
        query_lang=request.query_params.get("lang") if request.query_params.get("lang") in LANGUAGES else None,
        **facts,
    )  # fmt: skip
    response = HTMLResponse(text, status)
    if "gzip" in request.headers.get("accept-encoding", ""):
        # Compressing is safe from guessing attacks like BREACH: keys and tokens are in cookies, never in the page.
        response.body = gzip.compress(response.body, 6)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.body))
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    response.headers["Content-Language"] = language
    return response


def _kind_words(catalog: NullTranslations, which: str, prefix: str = "") -> dict[str, str]:
    """What is said of each kind (a field of `live.activities.kind.Words`), by its name; empty ones are left out."""
    said = {name: getattr(kind.words, which) for name, kind in (KINDS | BESIDE).items()}
    return {prefix + name: catalog.gettext(words) for name, words in said.items() if words}


@cache
def _own_words(language: str, written_in: str) -> dict[str, str]:
    """
    The instructions that the form puts into a workshop *written_in* one language, each with what it is in *language*.
    Nothing where both are the same: pages pay for each byte.
    """
    if language == written_in:
        return {}
    ours, theirs = translations(language), translations(written_in)
    texts = [kind.words.instruction for kind in KINDS.values() if kind.words.instruction]
    return {theirs.gettext(text): ours.gettext(text) for text in texts}


def problem_sentence(request: HTTPConnection, code: str, default: str = DEFAULT) -> str:
    return problems.sentence(code, translations(choose_language(request, default)))
