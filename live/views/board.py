"""The part of each view about gathering: the themes on phone and screen, and the board on the console."""

from itertools import islice
from typing import Any

from msgspec import json

from live.activities.kind import Answer
from live.activities.state import ActivityState
from live.events import CardsSet
from live.room import Room
from live.room.themes import Theme, ThemeChange, Themes
from live.rules import themes as grouping

FIRST_CARDS = 60  # cards without a theme, in a console's view
NEWEST_CARDS = 6  # cards of each theme, in a console's view
SCREEN_CARDS = 12  # cards of each theme, in a screen's view; a column has room for no more
MOST_BYTES = 24_000
PHONE_BYTES = 4096

View = dict[str, Any]
Support = dict[str, tuple[int, int]]


def phone(room: Room, view: View) -> View:
    """The themes and how many answers each has; as many themes as still fit into a phone's *view*."""
    source = _on_show(room)
    if source is None:
        return {}
    themes = room.themes_of(source.written.id)
    shown = [{"name": theme.name, "answers": len(_counted(source, theme))} for theme in themes]
    sorts = grouping.sorted_by_all(room) is not None
    grouping_view: View = {"sort": sorts, "themes": shown, "themes_more": 0, "ungrouped": _ungrouped(source, themes)}
    while shown and len(json.encode(view | grouping_view)) > PHONE_BYTES:
        shown.pop()
        grouping_view["themes_more"] += 1
    return grouping_view


def screen(room: Room) -> View:
    """The themes with the first answers of each; without answers until these have been revealed."""
    source = _on_show(room)
    if source is None:
        return {}
    themes = room.themes_of(source.written.id)
    support, most = _support(room, source), SCREEN_CARDS if source.revealed else 0
    shown = [_theme(room, source, support, theme, list(islice(_counted(source, theme), most))) for theme in themes]
    _trim(shown)
    return {"groups": {"themes": shown, "ungrouped": _ungrouped(source, themes), "answers": source.counted}}


def console(room: Room) -> View | None:
    """The board: cards without a theme, the themes with their newest cards, and what can be undone."""
    source = room.source_of(room.activity.written.id) if room.activity else None
    if source is None or source.open:
        return None
    themes = room.themes_of(source.written.id)
    support = _support(room, source)
    shown = [
        _theme(room, source, support, theme, list(islice(reversed(_counted(source, theme)), NEWEST_CARDS)))
        for theme in themes
    ]
    for one in shown:
        one["cards"] = [_with_other_themes(themes, one["id"], card) for card in one["cards"]]
    _trim(shown)
    ungrouped = (one for one in source.counted_among() if not themes.first_of(one.id))
    cards = [_card(answer) for answer in islice(ungrouped, FIRST_CARDS)]
    while len(json.encode(cards)) > MOST_BYTES:
        cards.pop()
    return {
        "activity": source.written.id,
        "shown": source.revealed,
        "several": room.allows_several_themes(source.written.id),
        "themes": shown,
        "cards": cards,
        "ungrouped": _ungrouped(source, themes),
        "answers": source.counted,
        "refused": len(themes.refused),
        "undo": _undo(themes.changes[-1], themes) if themes.changes else None,
    }


def cards(room: Room, source: ActivityState, theme: str, offset: int, limit: int) -> tuple[int, list[View]]:
    """How many answers there are in *theme* (empty: in no theme), and a page of them."""
    themes = room.themes_of(source.written.id)
    if theme:
        found = _counted(source, themes[theme])[::-1] if theme in themes else []
    else:
        found = [one for one in source.counted_among() if not themes.first_of(one.id)]
    return len(found), [_with_other_themes(themes, theme, _card(answer)) for answer in found[offset : offset + limit]]


def sections(room: Room, most: int) -> list[tuple[str, int, list[Answer]]]:
    """Each theme as (name, how many answers, the first of them); last, with an empty name, answers without a theme."""
    source = _on_show(room)
    if source is None or not source.revealed:
        return []
    themes = room.themes_of(source.written.id)
    shown = [(theme.name, _counted(source, theme)) for theme in themes]
    shown.append(("", [one for one in source.counted_among() if not themes.first_of(one.id)]))
    return [(name, len(answers), answers[:most]) for name, answers in shown if name or answers]


def texts(source: ActivityState) -> list[tuple[str, str]]:
    """All answers that can be gathered, as (id, text), in order of arrival."""
    return [(answer.id, answer.text or "") for answer in source.counted_among()]


def _on_show(room: Room) -> ActivityState | None:
    return room.source_of(room.activity.written.id) if room.activity and room.state == "grouping" else None


def _counted(source: ActivityState, theme: Theme) -> list[Answer]:
    """The answers in *theme* without those withheld, which keep their place until they are shown again."""
    return source.counted_among(theme.ids)


def _ungrouped(source: ActivityState, themes: Themes) -> int:
    return source.counted - len({answer.id for theme in themes for answer in _counted(source, theme)})


def _support(room: Room, source: ActivityState) -> Support:
    """Of each answer that was weighed in a later activity: how many support it, and how many have seen it."""
    weighing = room.dealing.weighed_in(source.written.id)
    shown = weighing.tally.show()["options"] if weighing and weighing.tally else []
    return {one["id"]: (one["count"], one["seen"]) for one in shown if one["seen"]}


def _theme(room: Room, source: ActivityState, support: Support, theme: Theme, shown: list[Answer]) -> View:
    answers = _counted(source, theme)
    told = [support[answer.id] for answer in answers if answer.id in support]
    people = {
        answer.sender: room.people.heads.get(answer.phone, 1) if answer.phone else answer.heads for answer in answers
    }
    view: View = {
        "id": theme.id, "name": theme.name, "answers": len(answers), "people": sum(people.values()),
        "cards": [_card(answer) for answer in shown],
    }  # fmt: skip
    if told:
        view["support"] = {"count": sum(count for count, _ in told), "seen": sum(seen for _, seen in told)}
    return view


def _card(answer: Answer) -> View:
    return {"id": answer.id, "text": answer.text or ""}


def _with_other_themes(themes: Themes, theme: str, card: View) -> View:
    """*card* with the other themes it is in, if any."""
    also = [one for one in themes.all_of(card["id"]) if one != theme]
    return card | {"also": also} if also else card


def _trim(themes: list[View]) -> None:
    """Remove cards from the fullest themes until all fit into MOST_BYTES."""
    while len(json.encode(themes)) > MOST_BYTES and (most := max(len(theme["cards"]) for theme in themes)):
        for theme in themes:
            del theme["cards"][most - 1 :]


def _undo(change: ThemeChange, themes: Themes) -> View:
    """What the undo button says: the tag of the event, how many cards it moved, and the name of the theme."""
    did, back = change.did, change.inverse
    if isinstance(did, CardsSet) and isinstance(back, CardsSet):
        into = {theme for id, stands in did.stands.items() for theme in stands if theme not in back.stands[id]}
        name = themes[next(iter(into))].name if len(into) == 1 and into <= {theme.id for theme in themes} else ""
        return {"n": change.n, "did": "cards-placed", "cards": len(did.stands), "name": name}
    ids = getattr(did, "places", None) or getattr(did, "ids", None) or ()
    name = getattr(did, "name", "")
    if not name:
        places = set(getattr(did, "places", {}).values())
        theme = getattr(did, "into", "") or (places.pop() if len(places) == 1 else "")
        name = themes[theme].name if theme in themes else getattr(change.inverse, "name", "")
    return {"n": change.n, "did": did.__struct_config__.tag, "cards": len(ids), "name": name}
