"""The results in a phone's view, once they are shown: what was counted, as rows that are the same for every phone."""

from collections.abc import Iterator

from msgspec import json

from live.activities.kind import Figure
from live.i18n.catalogs import N_, translator
from live.i18n.figures import decimal, percent, plain
from live.room import Room
from live.room.comparison import compare
from live.room.questions import figures_of, notes_of, results_of
from live.views.results import board
from live.views.view import View

MOST_WORDS = 20
OWN_RIGHT = N_("(you chose right)")
MOST_ROWS = 200  # more never fit
PHONE_BYTES = 4096


def phone_results(room: Room, view: View) -> View:
    """
    `figures`: the rows, each with `id`, `text`, and `told`, its count and share, or its mean, in the language of the
    meeting; a right one has `own`, which stands beside it where this phone chose it. As many as fit into a phone's
    *view*, of options those that most chose, in their order; `figures_more` is how many do not. What the kind says
    about its results comes last, as rows with an empty `told`. Nothing before they are shown.
    """
    state = room.activity
    if state is None or room.state != "results" or not state.results_visible or state.kind is None:
        return {}
    counted = results_of(state)
    figures = figures_of(state.kind, state.written, counted, room.workshop.language)
    if state.kind.ranked:
        figures = sorted(figures, key=lambda one: -(one.count or 0))
    total = len(figures) or int(counted.get("words_total", 0))
    if state.deals:  # in order, and there may be thousands
        del figures[MOST_ROWS:]
    rows = (
        list(_of_figures(figures, room.workshop.language))
        or [
            {"id": word["text"], "text": word["text"], "told": str(word["count"])} for word in counted.get("words", ())
        ][:MOST_WORDS]
    )
    if state.deals:  # a phone's marks would stand beside what it has seen, whatever it said of it
        rows = [row | {"id": f"card:{row['id']}"} for row in rows]
    notes = notes_of(state.kind, state.written, counted, room.workshop.language)
    told = board(room, state).get("board", {"rows": [], "teams": []})
    notes += [f"{one['place']}. {one['name']}: {one['points']}" for one in told["rows"]]
    notes += [f"{one['name']}: {plain(one['mean'], room.workshop.language)}" for one in told["teams"]]
    notes += (compare(room, state) or {}).get("notes", [])
    said = [{"id": f"note:{n}", "text": note, "told": ""} for n, note in enumerate(notes)]
    while len(said) > 1 and len(json.encode(view | {"figures": said})) > PHONE_BYTES:
        said.pop()
    rows += said
    chosen = bool(figures) and not figures[0].rated and not state.deals
    while len(rows) > len(said) and len(json.encode(view | {"figures": rows})) > PHONE_BYTES:
        last = len(rows) - len(said) - 1
        least = min(range(last + 1), key=lambda n: (figures[n].count or 0, -n)) if chosen else last
        del rows[least], figures[least : least + 1]
    return {"figures": rows, "figures_more": total - len(rows) + len(said)}


def _of_figures(figures: list[Figure], language: str) -> Iterator[View]:
    for one in figures:
        share = "" if one.share is None else f" ({percent(one.share, language)})"
        seen = "" if one.seen is None else f"/{one.seen}"
        told = one.told or (decimal(one.mean, language) if one.rated else f"{one.count}{seen}{share}")
        own = {"own": translator(language)(OWN_RIGHT)} if one.right else {}
        yield {"id": one.id, "text": one.text, "told": told, **own}
