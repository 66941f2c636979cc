"""
Gathering answers into themes. Rules, as in `rules`.

Every move names its cards and where they go, so that two who move at once lose nothing: a card that both move stands
where the later put it, and one that was taken back meanwhile is left out.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from msgspec.structs import replace

from live.activities.state import ActivityState
from live.errors import Refused
from live.events import (
    CardSorted,
    CardsPlaced,
    CardsSet,
    Event,
    SuggestionRefused,
    ThemeMade,
    ThemeRemoved,
    ThemeRenamed,
    ThemesMerged,
)
from live.room import Room
from live.room.themes import Theme, Themes
from live.rules.commands import SortAnswer
from live.text.normalize import MOST_CHARACTERS, clean, graphemes

MOST_THEMES = 60
MOST_NAME = 60  # graphemes
MOST_CARDS = 400  # in one move


class Asked(Protocol):
    """
    The fields of a facilitator's action that count here (`rules.Act`).

    `activity` is that whose answers are gathered, or the one that gathers them; None: the one on show. `id` is a new
    theme's, made by whoever carries the command here.
    """

    @property
    def activity(self) -> str | None: ...
    @property
    def id(self) -> str | None: ...
    @property
    def ids(self) -> list[str]: ...
    @property
    def name(self) -> str | None: ...
    @property
    def theme(self) -> str | None: ...
    @property
    def into(self) -> str | None: ...
    @property
    def n(self) -> int | None: ...


def make_theme(room: Room, act: Asked, now: int) -> list[Event]:
    """With the cards named, if any. A theme of that name is there already: the cards go into it."""
    source, themes = _gathered(room, act)
    return _make(room, source, themes, act, _cards(source, act.ids), now)


def split(room: Room, act: Asked, now: int) -> list[Event]:
    """The cards named that still are in the theme become a theme of their own."""
    source, themes = _gathered(room, act)
    theme = _theme(themes, act.theme)
    ids = [id for id in _cards(source, act.ids) if id in theme.ids]
    if not ids:
        raise Refused("unknown-answer")
    if not room.allows_several_themes(source.written.id) or themes.by_name(_name(act)):
        return _make(room, source, themes, act, ids, now)
    stands = {id: [one for one in themes.all_of(id) if one != theme.id] for id in ids}
    return _make(room, source, themes, act, ids, now, stands=stands)


def rename_theme(room: Room, act: Asked, now: int) -> list[Event]:
    source, themes = _gathered(room, act)
    theme, name = _itself(themes, act.theme), _name(act)
    if themes.by_name(name) not in (None, theme):
        raise Refused("theme-taken")
    if theme.name == name:
        return []
    return [ThemeRenamed(at=now, activity=source.written.id, theme=theme.id, name=name)]


def merge_themes(room: Room, act: Asked, now: int) -> list[Event]:
    source, themes = _gathered(room, act)
    theme, into = _theme(themes, act.theme), _theme(themes, act.into)
    if theme is into:
        return []
    return [ThemesMerged(at=now, activity=source.written.id, theme=theme.id, into=into.id)]


def remove_theme(room: Room, act: Asked, now: int) -> list[Event]:
    """Its cards are without a theme again."""
    source, themes = _gathered(room, act)
    return [ThemeRemoved(at=now, activity=source.written.id, theme=_itself(themes, act.theme).id)]


def place(room: Room, act: Asked, now: int) -> list[Event]:
    """Put cards into a theme, out of the one they are in unless they may stand in several; without one, out of all."""
    source, themes = _gathered(room, act)
    theme = _theme(themes, act.theme).id if act.theme else ""
    ids = _cards(source, act.ids)
    if not ids:
        raise Refused("unknown-answer")
    return _place(room, source, themes, ids, theme, now)


def take_out(room: Room, act: Asked, now: int) -> list[Event]:
    """Out of that theme alone."""
    source, themes = _gathered(room, act)
    theme = _itself(themes, act.theme)
    ids = [id for id in _cards(source, act.ids) if id in theme.ids]
    if not ids:
        raise Refused("unknown-answer")
    if not room.allows_several_themes(source.written.id):
        return _place(room, source, themes, ids, "", now)
    stands = {id: [one for one in themes.all_of(id) if one != theme.id] for id in ids}
    return [_set(source, themes, stands, now)]


def accept_suggestion(room: Room, act: Asked, now: int) -> list[Event]:
    """As a new theme, or into the one named. What somebody has placed meanwhile stays where that is."""
    source, themes = _gathered(room, act)
    ids = [id for id in _cards(source, act.ids) if not themes.first_of(id)]
    if not ids:
        return []
    if act.theme:
        return _place(room, source, themes, ids, _theme(themes, act.theme).id, now, suggested=True)
    return _make(room, source, themes, act, ids, now, suggested=True)


def refuse_suggestion(room: Room, act: Asked, now: int) -> list[Event]:
    source, themes = _gathered(room, act)
    ids = sorted(_cards(source, act.ids))
    if not ids or frozenset(ids) in themes.refused:
        return []
    return [SuggestionRefused(at=now, activity=source.written.id, ids=ids)]


def sort_own(room: Room, command: SortAnswer, now: int) -> list[Event]:
    source = sorted_by_all(room)
    if source is None:
        raise Refused("closed")
    answer = source.answers.get(command.id)
    if answer is None or not answer.counted:
        raise Refused("unknown-answer")
    if answer.phone != command.phone or not command.phone:
        raise Refused("not-yours")
    if len(command.themes) > (MOST_THEMES if room.allows_several_themes(source.written.id) else 1):
        raise Refused("bad")
    themes = room.themes_of(source.written.id)
    stands = list(dict.fromkeys(_theme(themes, theme).id for theme in command.themes))
    if stands == themes.all_of(command.id):
        return []
    return [CardSorted(at=now, activity=source.written.id, id=command.id, themes=stands)]


def sorted_by_all(room: Room) -> ActivityState | None:
    """Whose answers those who gave them may sort now."""
    state = room.activity
    if state is None or room.state != "grouping" or state.written.attrs.get("by") != "all":
        return None
    return room.source_of(state.written.id)


def undo_grouping(room: Room, act: Asked, now: int) -> list[Event]:
    """Take the newest change back, if it still is change `n`: nobody undoes what another has just done."""
    _, themes = _gathered(room, act)
    if not themes.changes:
        raise Refused("nothing-to-undo")
    newest = themes.changes[-1]
    if act.n is not None and act.n != newest.n:
        raise Refused("changed-since")
    return [replace(newest.inverse, at=now)]


def _gathered(room: Room, act: Asked) -> tuple[ActivityState, Themes]:
    state = room.activities.get(act.activity) if act.activity else room.activity
    source = room.source_of(state.written.id) if state else None
    if source is None:
        raise Refused("nothing-to-group")
    return source, room.themes_of(source.written.id)


def _make(
    room: Room, source: ActivityState, themes: Themes, act: Asked, ids: list[str], now: int, *,
    suggested: bool = False, stands: dict[str, list[str]] | None = None,
) -> list[Event]:  # fmt: skip
    name = _name(act)
    if there := themes.by_name(name):
        return _place(room, source, themes, ids, there.id, now, suggested=suggested)
    if len(themes) >= MOST_THEMES:
        raise Refused("too-many-themes", most=MOST_THEMES)
    assert act.id is not None
    if stands is None and room.allows_several_themes(source.written.id):
        stands = {id: themes.all_of(id) for id in ids}
    return [ThemeMade(
        at=now, activity=source.written.id, theme=act.id, name=name, ids=ids, suggested=ids if suggested else [],
        stands=stands,
    )]  # fmt: skip


def _place(
    room: Room, source: ActivityState, themes: Themes, ids: Sequence[str], theme: str, now: int, *,
    suggested: bool = False,
) -> list[Event]:  # fmt: skip
    if room.allows_several_themes(source.written.id):
        changed = [id for id in ids if (theme not in themes.all_of(id) if theme else themes.first_of(id))]
        stands = {id: [*themes.all_of(id), theme] if theme else [] for id in changed}
        return [_set(source, themes, stands, now, suggested=stands if suggested else ())] if stands else []
    moved = {id: theme for id in ids if themes.first_of(id) != theme}
    if not moved:
        return []
    return [CardsPlaced(
        at=now, activity=source.written.id, places=moved, suggested=list(moved) if suggested else [],
    )]  # fmt: skip


def _set(
    source: ActivityState, themes: Themes, stands: dict[str, list[str]], now: int, *, suggested: Iterable[str] = ()
) -> Event:
    by = [id for id in stands if id in suggested or (themes.by_suggestion(id) and stands[id])]
    return CardsSet(at=now, activity=source.written.id, stands=stands, suggested=by)


def _theme(themes: Themes, id: str | None) -> Theme:
    """That theme, or what it was merged into a moment ago."""
    theme = themes.find(id or "")
    if theme is None:
        raise Refused("unknown-theme")
    return theme


def _itself(themes: Themes, id: str | None) -> Theme:
    if id is None or id not in themes:
        raise Refused("unknown-theme")
    return themes[id]


def _name(act: Asked) -> str:
    name = " ".join(clean((act.name or "")[:MOST_CHARACTERS]).split())
    if not name:
        raise Refused("empty")
    if graphemes(name) > MOST_NAME or len(name) > 2 * MOST_NAME:
        raise Refused("too-long", max=MOST_NAME)
    return name


def _cards(source: ActivityState, ids: Sequence[str]) -> list[str]:
    """Those of *ids* that are cards now, each once: withheld, redacted and withdrawn answers are none."""
    if len(ids) > MOST_CARDS:
        raise Refused("too-many-cards", most=MOST_CARDS)
    return [id for id in dict.fromkeys(ids) if id in source.answers and source.answers[id].counted]


ACTIONS: dict[str, Callable[[Room, Asked, int], list[Event]]] = {
    "make_theme": make_theme, "rename_theme": rename_theme, "merge_themes": merge_themes, "split": split,
    "remove_theme": remove_theme, "place": place, "take_out": take_out, "accept_suggestion": accept_suggestion,
    "refuse_suggestion": refuse_suggestion, "undo_grouping": undo_grouping,
}  # fmt: skip
MAKES_THEME = frozenset(("make_theme", "split", "accept_suggestion"))
