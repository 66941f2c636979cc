"""The themes into which the answers to an activity are gathered, and how the last changes to them are undone."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from live import events
from live.room.theme_names import ThemeNames

MOST_UNDONE = 20


class Theme(Struct):
    """`ids` are those of its answers, in the order they were put there."""

    id: str
    name: str
    ids: dict[str, None]


class ThemeChange(Struct, frozen=True):
    """A change `did` that the event `inverse` reverses. `n` counts changes; a number is never used again."""

    n: int
    did: events.Regrouped
    inverse: events.Regrouped


class Themes:
    """
    An answer is in one theme or in none, or in several where the workshop allows it (`multi`).

    Only `Room.apply` changes it; rules and views read it.
    """

    def __init__(self, activity: str) -> None:
        self.activity = activity
        self.names = ThemeNames()
        self.refused: list[frozenset[str]] = []
        self.changes: deque[ThemeChange] = deque(maxlen=MOST_UNDONE)
        self._themes: dict[str, Theme] = {}
        self._of: dict[str, list[str]] = {}
        self._suggested: set[str] = set()
        self._merged: dict[str, str] = {}
        self._removed: set[str] = set()
        self._changes = 0

    def __iter__(self) -> Iterator[Theme]:
        return iter(self._themes.values())

    def __len__(self) -> int:
        return len(self._themes)

    def __contains__(self, theme: str) -> bool:
        return theme in self._themes

    def __getitem__(self, theme: str) -> Theme:
        return self._themes[theme]

    @property
    def filled(self) -> set[str]:
        """The ids of those that have answers."""
        return {theme.id for theme in self if theme.ids}

    def first_of(self, answer: str) -> str:
        """The theme that an answer is in, or the first of several; empty if it is in none."""
        return self._of[answer][0] if answer in self._of else ""

    def all_of(self, answer: str) -> list[str]:
        """All themes that an answer is in, in the order it was put there."""
        return list(self._of.get(answer, ()))

    def by_suggestion(self, answer: str) -> bool:
        """Whether it is where it is because a person accepted a suggestion."""
        return answer in self._suggested

    def by_name(self, name: str) -> Theme | None:
        """The theme with that name; upper and lower case do not matter."""
        return next((theme for theme in self if theme.name.casefold() == name.casefold()), None)

    def find(self, theme: str) -> Theme | None:
        """The theme with that id, or the one it was merged into: somebody may drop a card there a moment too late."""
        return self._themes.get(self._end_of(theme))

    def _end_of(self, theme: str) -> str:
        while theme in self._merged:
            theme = self._merged[theme]
        return theme

    def merged_into(self, theme: str) -> tuple[str, ...]:
        """The ids of the themes that were merged into *theme*, also by way of others; the earliest merge first."""
        return tuple(one for one in self._merged if self._end_of(one) == theme)

    # -- change ---------------------------------------------------------------------------------------------

    def apply(self, event: events.Regrouped | events.SuggestionRefused, position: int = 0) -> None:
        """*position* is where the event stands in the journal."""
        if isinstance(event, events.SuggestionRefused):
            self.refused.append(frozenset(event.ids))
            return
        inverse = self._inverse(event)
        if inverse is None:
            return
        if event.undo:
            if self.changes:
                self.changes.pop()
        else:
            self._changes += 1
            self.changes.append(ThemeChange(self._changes, event, inverse))
        self._carry_out(event)
        self.names.note(event, position)

    def all_names(self) -> Iterator[tuple[str, str]]:
        """(theme, name), also those that undoing would bring back."""
        for theme in self:
            yield theme.id, theme.name
        for change in self.changes:
            for event in (change.did, change.inverse):
                if isinstance(event, events.ThemeMade | events.ThemeRenamed):
                    yield event.theme, event.name

    def rename(self, names: Mapping[str, str], blank: Collection[int]) -> None:
        """Themes get *names* wherever they had one that stands at the positions *blank* of the journal, or did."""
        if not blank:
            return
        had = {*self.names.blank(blank), ""}

        def renamed(event: events.Regrouped) -> events.Regrouped:
            if isinstance(event, events.ThemeMade | events.ThemeRenamed) and event.name.casefold() in had:
                return replace(event, name=names.get(event.theme, ""))
            return event

        for theme in self:
            if theme.name.casefold() in had:
                theme.name = names.get(theme.id, theme.name)
        self.changes = deque(
            (ThemeChange(change.n, renamed(change.did), renamed(change.inverse)) for change in self.changes),
            maxlen=MOST_UNDONE,
        )

    def place_own(self, answer: str, themes: Iterable[str]) -> None:
        """Place an answer where its sender wants it. The facilitator's undo does not reverse this."""
        self._place(answer, themes, suggested=False)

    def remove_answer(self, answer: str) -> None:
        """The answer was withdrawn or deleted for good, and is never put into a theme again."""
        self._place(answer, [], suggested=False)
        self._removed.add(answer)

    def seed(self, names: Iterable[tuple[str, str]]) -> None:
        """Add the themes that the workshop itself names, as (id, name). This can't be undone."""
        for id, name in names:
            if id not in self._themes and id not in self._merged and self.by_name(name) is None:
                self._themes[id] = Theme(id, name, {})

    def _inverse(self, event: events.Regrouped) -> events.Regrouped | None:
        """The event that reverses *event*, made before *event* is carried out; None if *event* is impossible."""
        match event:
            case events.ThemeMade(theme=theme, ids=ids) if theme not in self._themes:
                stands = event.stands or {}
                removed_from = {id: [one for one in self.all_of(id) if one not in stands.get(id, [])] for id in ids}
                return events.ThemeRemoved(
                    at=0, activity=self.activity, theme=theme, suggested=self._suggested_among(ids), undo=True,
                    places={id: those[0] for id, those in removed_from.items() if those},
                )  # fmt: skip
            case events.ThemeRenamed(theme=theme) if theme in self._themes:
                return events.ThemeRenamed(
                    at=0, activity=self.activity, theme=theme, name=self._themes[theme].name, undo=True
                )  # fmt: skip
            case events.ThemeRemoved(theme=theme) if theme in self._themes:
                return self._recreated(self._themes[theme])
            case events.ThemesMerged(theme=theme, into=into) if {theme, into} <= self._themes.keys() and theme != into:
                return self._recreated(self._themes[theme])
            case events.CardsPlaced(places=places):
                return events.CardsPlaced(
                    at=0, activity=self.activity, places={id: self.first_of(id) for id in places},
                    suggested=self._suggested_among(places), undo=True,
                )  # fmt: skip
            case events.CardsSet(stands=stands):
                return events.CardsSet(
                    at=0, activity=self.activity, stands={id: self.all_of(id) for id in stands},
                    suggested=self._suggested_among(stands), undo=True,
                )  # fmt: skip
        return None

    def _carry_out(self, event: events.Regrouped) -> None:
        match event:
            case events.ThemeMade(theme=theme, name=name, ids=ids):
                self._merged.pop(theme, None)
                every = list(self._themes.items())
                every.insert(event.place if event.place >= 0 else len(every), (theme, Theme(theme, name, {})))
                self._themes = dict(every)
                for id in ids:
                    others = [] if event.stands is None else event.stands.get(id, [])
                    self._place(id, [*others, theme], suggested=id in event.suggested)
            case events.ThemeRenamed(theme=theme, name=name):
                self._themes[theme].name = name
            case events.ThemesMerged(theme=theme, into=into):
                for id in list(self._themes[theme].ids):
                    self._place(id, [*self._other_themes(id, theme), into], suggested=id in self._suggested)
                del self._themes[theme]
                self._merged[theme] = into
            case events.ThemeRemoved(theme=theme, places=places):
                for id in list(self._themes[theme].ids):
                    themes = [*self._other_themes(id, theme), places.get(id, "")]
                    self._place(id, themes, suggested=id in event.suggested)
                del self._themes[theme]
            case events.CardsPlaced(places=places):
                for id, theme in places.items():
                    self._place(id, [theme], suggested=id in event.suggested)
            case events.CardsSet(stands=stands):
                for id, all_of in stands.items():
                    self._place(id, all_of, suggested=id in event.suggested)

    def _place(self, answer: str, themes: Iterable[str], *, suggested: bool) -> None:
        """Put an answer into those of *themes* that exist, and take it out of all others."""
        if answer in self._removed:
            return
        before = self._of.pop(answer, [])
        after = list(dict.fromkeys(theme for theme in themes if theme in self._themes))
        for theme in before:
            if theme not in after:
                del self._themes[theme].ids[answer]
        for theme in after:
            self._themes[theme].ids[answer] = None
        self._suggested.discard(answer)
        if after:
            self._of[answer] = after
            if suggested:
                self._suggested.add(answer)

    def _other_themes(self, answer: str, theme: str) -> list[str]:
        return [one for one in self.all_of(answer) if one != theme]

    def _suggested_among(self, ids: Iterable[str]) -> list[str]:
        return [id for id in ids if id in self._suggested]

    def _recreated(self, theme: Theme) -> events.ThemeMade:
        return events.ThemeMade(
            at=0, activity=self.activity, theme=theme.id, name=theme.name, ids=list(theme.ids),
            suggested=self._suggested_among(theme.ids), place=list(self._themes).index(theme.id), undo=True,
            stands={id: others for id in theme.ids if (others := self._other_themes(id, theme.id))} or None,
        )  # fmt: skip
