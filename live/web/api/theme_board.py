"""What the console's board asks for beside its view: further cards, and which answers are alike."""

import asyncio
from collections import OrderedDict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from live.activities.state import ActivityState
from live.errors import Refused
from live.rights import LOOK
from live.room.themes import Themes
from live.text import similarity
from live.views import board, suggestions
from live.web.access import keys
from live.web.http import as_json, number, rooms_of

MOST_CARDS = 200
REMEMBERED = 50  # activities; what is forgotten is reckoned anew


class Likeness:
    """
    Which answers of an activity are alike, reckoned beside the event loop and once for the same answers.

    One at a time in the whole process: it is pure Python, and two of them would only take turns.
    """

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[str, str], tuple[int, list[list[int]]]] = OrderedDict()
        self._one = asyncio.Lock()

    async def groups(self, code: str, activity: str, texts: list[tuple[str, str]], language: str) -> list[list[int]]:
        stamp = hash((language, *texts))
        async with self._one:
            known = self._found.get((code, activity))
            if known is None or known[0] != stamp:
                found = await asyncio.to_thread(similarity.alike, [text for _, text in texts], language)
                self._found[code, activity] = known = (stamp, found)
                if len(self._found) > REMEMBERED:
                    self._found.popitem(last=False)
            self._found.move_to_end((code, activity))
            return known[1]


async def list_cards(request: Request) -> Response:
    """`?theme=` its cards, newest first; without it the cards that are in none, as they came."""
    code = request.path_params["code"]
    await keys.require(request, code, LOOK)
    room = await rooms_of(request).get(code)
    source = await _source(request)
    offset, limit = number(request, "offset", 0, 2**31), number(request, "limit", 60, MOST_CARDS)
    total, cards = board.cards(room, source, request.query_params.get("theme", ""), offset, limit)
    return as_json({"total": total, "cards": cards})


async def list_suggestions(request: Request) -> Response:
    """What may belong together of the cards that are in no theme; `looked_at` is how many answers were compared."""
    code = request.path_params["code"]
    await keys.require(request, code, LOOK)
    room = await rooms_of(request).get(code)
    source = await _source(request)
    themes, language = room.themes_of(source.written.id), room.workshop.language
    texts = _window(board.texts(source), themes)
    likeness: Likeness = request.app.state.likeness
    groups = await likeness.groups(code, source.written.id, texts, language)
    told = dict(texts)
    found = suggestions.suggest(texts, groups, themes, language)
    return as_json({
        "suggestions": [
            {"name": one.name, "theme": one.theme, "cards": [{"id": id, "text": told[id]} for id in one.ids]}
            for one in found
        ],
        "looked_at": len(texts),
    })  # fmt: skip


def _window(texts: list[tuple[str, str]], themes: Themes) -> list[tuple[str, str]]:
    """As many as are compared, from where work is left; it moves on by halves, so that few moves make it move."""
    left = next((place for place, (id, _) in enumerate(texts) if not themes.of(id)), 0)
    half = similarity.MOST_TEXTS // 2
    return texts[left // half * half :][: similarity.MOST_TEXTS]


async def _source(request: Request) -> ActivityState:
    """The answers that `?activity=` gathers, or the activity on show."""
    room = await rooms_of(request).get(request.path_params["code"])
    wanted = request.query_params.get("activity") or (room.activity.written.id if room.activity else "")
    source = room.gathered(wanted)
    if source is None:
        raise Refused("nothing-to-group")
    return source


routes = [
    Route("/api/rooms/{code:code}/board/cards", list_cards),
    Route("/api/rooms/{code:code}/board/suggestions", list_suggestions),
]
