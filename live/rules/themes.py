"""
Rules for gathering answers, as cards, into themes.

Every move names its cards and where they go, so that nothing is lost when two people move at once: a card that both
move is where the later one put it, and a card that was withdrawn meanwhile is left out.

`activity` in an action is the one whose answers are gathered, or the `group` that gathers them; None: the one on show.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from live import events
from live.activities.state import ActivityState
from live.errors import Refused
from live.events import Event
from live.room import Room
from live.room.themes import Theme, Themes
from live.rules import commands
from live.text.normalize import clean_name, graphemes

MOST_THEMES = 60
MOST_NAME = 60  # graphemes
MOST_CARDS = 400  # in one move
Makes = commands.MakeTheme | commands.SplitTheme | commands.AcceptSuggestion


def make_theme(room: Room, action: commands.MakeTheme, now: int) -> list[Event]:
    """Make a theme with the given cards, if any. If a theme with that name exists, the cards go into it."""
    source, themes = _source(room, action)
    return _make(room, source, themes, action, _cards(source, action.ids), now)


def split(room: Room, action: commands.SplitTheme, now: int) -> list[Event]:
    """Make a new theme of those given cards that still are in the theme."""
    source, themes = _source(room, action)
    theme = _theme(themes, action.theme)
    ids = [id for id in _cards(source, action.ids) if id in theme.ids]
    if not ids:
        raise Refused("unknown-answer")
    if not room.allows_several_themes(source.written.id) or themes.by_name(_name(action.name)):
        return _make(room, source, themes, action, ids, now)
    stands = {id: [one for one in themes.all_of(id) if one != theme.id] for id in ids}
    return _make(room, source, themes, action, ids, now, stands=stands)


def rename_theme(room: Room, action: commands.RenameTheme, now: int) -> list[Event]:
    source, themes = _source(room, action)
    theme, name = _existing(themes, action.theme), _name(action.name)
    if themes.by_name(name) not in (None, theme):
        raise Refused("theme-taken")
    if theme.name == name:
        return []
    return [events.ThemeRenamed(at=now, activity=source.written.id, theme=theme.id, name=name)]


def merge_themes(room: Room, action: commands.MergeThemes, now: int) -> list[Event]:
    source, themes = _source(room, action)
    theme, into = _theme(themes, action.theme), _theme(themes, action.into)
    if theme is into:
        return []
    return [events.ThemesMerged(at=now, activity=source.written.id, theme=theme.id, into=into.id)]


def remove_theme(room: Room, action: commands.RemoveTheme, now: int) -> list[Event]:
    """Remove a theme; its cards are without a theme again."""
    source, themes = _source(room, action)
    return [events.ThemeRemoved(at=now, activity=source.written.id, theme=_existing(themes, action.theme).id)]


def place(room: Room, action: commands.PlaceCards, now: int) -> list[Event]:
    """
    Put cards into a theme. They leave the one they are in, unless they may be in several; without a theme they are
    taken out of all.
    """
    source, themes = _source(room, action)
    theme = _theme(themes, action.theme).id if action.theme else ""
    ids = _cards(source, action.ids)
    if not ids:
        raise Refused("unknown-answer")
    return _place(room, source, themes, ids, theme, now)


def take_out(room: Room, action: commands.TakeOut, now: int) -> list[Event]:
    """Take cards out of this theme only."""
    source, themes = _source(room, action)
    theme = _existing(themes, action.theme)
    ids = [id for id in _cards(source, action.ids) if id in theme.ids]
    if not ids:
        raise Refused("unknown-answer")
    if not room.allows_several_themes(source.written.id):
        return _place(room, source, themes, ids, "", now)
    stands = {id: [one for one in themes.all_of(id) if one != theme.id] for id in ids}
    return [_set_themes(source, themes, stands, now)]


def accept_suggestion(room: Room, action: commands.AcceptSuggestion, now: int) -> list[Event]:
    """
    Put the suggested cards into a new theme, or into the one given. Cards that somebody has placed meanwhile stay where
    they are.
    """
    source, themes = _source(room, action)
    ids = [id for id in _cards(source, action.ids) if not themes.first_of(id)]
    if not ids:
        return []
    if action.theme:
        return _place(room, source, themes, ids, _theme(themes, action.theme).id, now, suggested=True)
    return _make(room, source, themes, action, ids, now, suggested=True)


def refuse_suggestion(room: Room, action: commands.RefuseSuggestion, now: int) -> list[Event]:
    source, themes = _source(room, action)
    ids = sorted(_cards(source, action.ids))
    if not ids or frozenset(ids) in themes.refused:
        return []
    return [events.SuggestionRefused(at=now, activity=source.written.id, ids=ids)]


def sort_own(room: Room, command: commands.SortAnswer, now: int) -> list[Event]:
    source = sorted_by_all(room)
    if source is None:
        raise Refused("closed")
    answer = source.answers.get(command.id)
    if answer is None or not source.counted_among([command.id]):
        raise Refused("unknown-answer")
    if answer.phone != command.phone or not command.phone:
        raise Refused("not-yours")
    if len(command.themes) > (MOST_THEMES if room.allows_several_themes(source.written.id) else 1):
        raise Refused("bad")
    themes = room.themes_of(source.written.id)
    stands = list(dict.fromkeys(_theme(themes, theme).id for theme in command.themes))
    if stands == themes.all_of(command.id):
        return []
    return [events.CardSorted(at=now, activity=source.written.id, id=command.id, themes=stands)]


def sorted_by_all(room: Room) -> ActivityState | None:
    """The activity whose answers their senders may put into themes themselves now; None if they may not."""
    state = room.activity
    if state is None or room.state != "grouping" or state.written.attrs.get("by") != "all":
        return None
    return room.source_of(state.written.id)


def undo_grouping(room: Room, action: commands.UndoGrouping, now: int) -> list[Event]:
    """Undo the newest change, if it still is number `n`, so that nobody undoes what somebody else has just done."""
    _, themes = _source(room, action)
    if not themes.changes:
        raise Refused("nothing-to-undo")
    newest = themes.changes[-1]
    if action.n is not None and action.n != newest.n:
        raise Refused("changed-since")
    return [replace(newest.inverse, at=now)]


def _source(room: Room, action: commands.AboutActivity) -> tuple[ActivityState, Themes]:
    state = room.activities.get(action.activity) if action.activity else room.activity
    source = room.source_of(state.written.id) if state else None
    if source is None:
        raise Refused("nothing-to-group")
    return source, room.themes_of(source.written.id)


def _make(
    room: Room, source: ActivityState, themes: Themes, action: Makes, ids: list[str], now: int, *,
    suggested: bool = False, stands: dict[str, list[str]] | None = None,
) -> list[Event]:  # fmt: skip
    name = _name(action.name)
    if existing := themes.by_name(name):
        return _place(room, source, themes, ids, existing.id, now, suggested=suggested)
    if len(themes) >= MOST_THEMES:
        raise Refused("too-many-themes", most=MOST_THEMES)
    assert action.id is not None
    if stands is None and room.allows_several_themes(source.written.id):
        stands = {id: themes.all_of(id) for id in ids}
    return [events.ThemeMade(
        at=now, activity=source.written.id, theme=action.id, name=name, ids=ids, suggested=ids if suggested else [],
        stands=stands,
    )]  # fmt: skip


def _place(
    room: Room, source: ActivityState, themes: Themes, ids: Sequence[str], theme: str, now: int, *,
    suggested: bool = False,
) -> list[Event]:  # fmt: skip
    if room.allows_several_themes(source.written.id):
        changed = [id for id in ids if (theme not in themes.all_of(id) if theme else themes.first_of(id))]
        stands = {id: [*themes.all_of(id), theme] if theme else [] for id in changed}
        return [_set_themes(source, themes, stands, now, suggested=stands if suggested else ())] if stands else []
    moved = {id: theme for id in ids if themes.first_of(id) != theme}
    if not moved:
        return []
    return [events.CardsPlaced(
        at=now, activity=source.written.id, places=moved, suggested=list(moved) if suggested else [],
    )]  # fmt: skip


def _set_themes(
    source: ActivityState, themes: Themes, stands: dict[str, list[str]], now: int, *, suggested: Iterable[str] = ()
) -> Event:
    by = [id for id in stands if id in suggested or (themes.by_suggestion(id) and stands[id])]
    return events.CardsSet(at=now, activity=source.written.id, stands=stands, suggested=by)


def _theme(themes: Themes, id: str | None) -> Theme:
    """The theme with that id, or the one it was merged into a moment ago."""
    theme = themes.find(id or "")
    if theme is None:
        raise Refused("unknown-theme")
    return theme


def _existing(themes: Themes, id: str | None) -> Theme:
    if id is None or id not in themes:
        raise Refused("unknown-theme")
    return themes[id]


def _name(asked: str | None) -> str:
    name = clean_name(asked or "")
    if not name:
        raise Refused("empty")
    if graphemes(name) > MOST_NAME or len(name) > 2 * MOST_NAME:
        raise Refused("too-long", max=MOST_NAME)
    return name


def _cards(source: ActivityState, ids: Sequence[str]) -> list[str]:
    """Those of *ids* that are cards now, each once. Withheld, waiting, redacted and withdrawn answers are not."""
    if len(ids) > MOST_CARDS:
        raise Refused("too-many-cards", most=MOST_CARDS)
    return [answer.id for answer in source.counted_among(dict.fromkeys(ids))]
