"""The API of the console's board of themes: further cards, and suggestions of which answers belong together."""

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
from live.web.http import as_json, number
from live.web.services import services

MOST_CARDS = 200
REMEMBERED = 50  # activities; for others the groups are computed again


class SimilarityCache:
    """
    Groups of similar answers of an activity, computed in a thread and only once for the same answers.

    One at a time in the whole process: it is pure Python, so two threads would only slow each other down.
    """

    def __init__(self) -> None:
        self._groups: OrderedDict[tuple[str, str], tuple[int, list[list[int]]]] = OrderedDict()
        self._lock = asyncio.Lock()

    async def groups(self, code: str, activity: str, texts: list[tuple[str, str]], language: str) -> list[list[int]]:
        stamp = hash((language, *texts))
        async with self._lock:
            cached = self._groups.get((code, activity))
            if cached is None or cached[0] != stamp:
                found = await asyncio.to_thread(similarity.alike, [text for _, text in texts], language)
                self._groups[code, activity] = cached = (stamp, found)
                if len(self._groups) > REMEMBERED:
                    self._groups.popitem(last=False)
            self._groups.move_to_end((code, activity))
            return cached[1]


async def list_cards(request: Request) -> Response:
    """The cards of `?theme=`, newest first; without it the cards that are in no theme, in order of arrival."""
    code = request.path_params["code"]
    await keys.require(request, code, LOOK)
    room = await services(request).rooms.get(code)
    source = await _source(request)
    offset, limit = number(request, "offset", 0, 2**31), number(request, "limit", 60, MOST_CARDS)
    total, cards = board.cards(room, source, request.query_params.get("theme", ""), offset, limit)
    return as_json({"total": total, "cards": cards})


async def list_suggestions(request: Request) -> Response:
    """Cards in no theme that may belong together; `looked_at` is how many answers were compared."""
    code = request.path_params["code"]
    await keys.require(request, code, LOOK)
    room = await services(request).rooms.get(code)
    source = await _source(request)
    themes, language = room.themes_of(source.written.id), room.workshop.language
    texts = _window(board.texts(source), themes)
    groups = await services(request).similarity.groups(code, source.written.id, texts, language)
    text_of = dict(texts)
    found = suggestions.suggest(texts, groups, themes, language)
    return as_json({
        "suggestions": [
            {"name": group.name, "theme": group.theme, "cards": [{"id": id, "text": text_of[id]} for id in group.ids]}
            for group in found
        ],
        "looked_at": len(texts),
    })  # fmt: skip


def _window(texts: list[tuple[str, str]], themes: Themes) -> list[tuple[str, str]]:
    """
    The texts that are compared: MOST_TEXTS of them, from about the first that is in no theme. The start moves by half a
    window at a time, so that sorting a few cards rarely changes which texts are compared.
    """
    first_unsorted = next((index for index, (id, _) in enumerate(texts) if not themes.first_of(id)), 0)
    half = similarity.MOST_TEXTS // 2
    return texts[first_unsorted // half * half :][: similarity.MOST_TEXTS]


async def _source(request: Request) -> ActivityState:
    """The activity whose answers `?activity=`, or else the activity on show, sorts into themes."""
    room = await services(request).rooms.get(request.path_params["code"])
    wanted = request.query_params.get("activity") or (room.activity.written.id if room.activity else "")
    source = room.source_of(wanted)
    if source is None:
        raise Refused("nothing-to-group")
    return source


routes = [
    Route("/api/rooms/{code:code}/board/cards", list_cards),
    Route("/api/rooms/{code:code}/board/suggestions", list_suggestions),
]
