"""The language of a response."""

from starlette.requests import HTTPConnection

from live.i18n.languages import DEFAULT, LANGUAGES, for_reader


def lang_query(connection: HTTPConnection, before: str) -> str:
    """*before* and `lang=…` for an address to redirect to, if this request asked for a language; else empty."""
    lang = connection.query_params.get("lang")
    return f"{before}lang={lang}" if lang in LANGUAGES else ""


def choose_language(connection: HTTPConnection, default: str = DEFAULT) -> str:
    """The language of `?lang=`, else the best that the browser asks for, else *default*, the room's own language."""
    asked = connection.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    weighed = []
    for order, part in enumerate(connection.headers.get("accept-language", "")[:200].split(",")):
        name, _, weight = part.strip().partition(";q=")
        language = for_reader(name.split("-")[0].lower())
        if language:
            try:
                weighed.append((-float(weight or 1), order, language))
            except ValueError:
                continue
    return min(weighed)[2] if weighed else default
