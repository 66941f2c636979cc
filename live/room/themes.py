"""The themes that an activity's answers are gathered into, and how the last changes to them are taken back."""

from collections import deque
from collections.abc import Iterable, Iterator

from msgspec import Struct

from live.events import (
    CardsPlaced,
    CardsSet,
    Regrouped,
    SuggestionRefused,
    ThemeMade,
    ThemeRemoved,
    ThemeRenamed,
    ThemesMerged,
)

MOST_UNDONE = 20


class Theme(Struct):
    """`ids` are its answers, in the order they were put there."""

    id: str
    name: str
    ids: dict[str, None]


class ThemeChange(Struct, frozen=True):
    """Something that can be taken back by the event `back`. `n` counts changes and never comes again."""

    n: int
    did: Regrouped
    back: Regrouped


class Themes:
    """
    An answer is in one theme or in none, or in several where that is asked for.

    Changed by `Room.apply` alone; rules and views read it.
    """

    def __init__(self, activity: str) -> None:
        self.activity = activity
        self.refused: list[frozenset[str]] = []
        self.changes: deque[ThemeChange] = deque(maxlen=MOST_UNDONE)
        self._themes: dict[str, Theme] = {}
        self._of: dict[str, list[str]] = {}
        self._suggested: set[str] = set()
        self._merged: dict[str, str] = {}
        self._gone: set[str] = set()
        self._changes = 0

    def __iter__(self) -> Iterator[Theme]:
        return iter(self._themes.values())

    def __len__(self) -> int:
        return len(self._themes)

    def __contains__(self, theme: str) -> bool:
        return theme in self._themes

    def __getitem__(self, theme: str) -> Theme:
        return self._themes[theme]

    def of(self, answer: str) -> str:
        """The theme an answer is in, the first of several; empty when in none."""
        return self._of[answer][0] if answer in self._of else ""

    def all_of(self, answer: str) -> list[str]:
        """Every theme it is in, in the order it was put there."""
        return list(self._of.get(answer, ()))

    def by_suggestion(self, answer: str) -> bool:
        """Whether it stands where the machine suggested and a person agreed."""
        return answer in self._suggested

    def named(self, name: str) -> Theme | None:
        """The theme of that name, however its letters are cased."""
        return next((theme for theme in self if theme.name.casefold() == name.casefold()), None)

    def find(self, theme: str) -> Theme | None:
        """The theme with that id, or the one it was merged into: who drops a card there a moment late means that."""
        while theme in self._merged:
            theme = self._merged[theme]
        return self._themes.get(theme)

    # -- change ---------------------------------------------------------------------------------------------

    def apply(self, event: Regrouped | SuggestionRefused) -> None:
        if isinstance(event, SuggestionRefused):
            self.refused.append(frozenset(event.ids))
            return
        back = self._back(event)
        if back is None:
            return
        if event.undo:
            if self.changes:
                self.changes.pop()
        else:
            self._changes += 1
            self.changes.append(ThemeChange(self._changes, event, back))
        self._do(event)

    def sort(self, answer: str, themes: Iterable[str]) -> None:
        """Where whoever gave it wants it to stand; beside what can be undone."""
        self._put(answer, themes, suggested=False)

    def drop(self, answer: str) -> None:
        """It was taken back or deleted for good, and comes into no theme again."""
        self._put(answer, [], suggested=False)
        self._gone.add(answer)

    def seed(self, names: Iterable[tuple[str, str]]) -> None:
        """Themes that the workshop itself names, as (id, name): there from the start, and nothing to take back."""
        for id, name in names:
            if id not in self._themes and id not in self._merged and self.named(name) is None:
                self._themes[id] = Theme(id, name, {})

    def _back(self, event: Regrouped) -> Regrouped | None:
        """What undoes *event*, told before it is done; None when it can't be done."""
        match event:
            case ThemeMade(theme=theme, ids=ids) if theme not in self._themes:
                stands = event.stands or {}
                left = {id: [one for one in self.all_of(id) if one not in stands.get(id, [])] for id in ids}
                return ThemeRemoved(
                    at=0, activity=self.activity, theme=theme, suggested=self._by(ids), undo=True,
                    places={id: those[0] for id, those in left.items() if those},
                )  # fmt: skip
            case ThemeRenamed(theme=theme) if theme in self._themes:
                return ThemeRenamed(
                    at=0, activity=self.activity, theme=theme, name=self._themes[theme].name, undo=True
                )  # fmt: skip
            case ThemeRemoved(theme=theme) if theme in self._themes:
                return self._made_again(self._themes[theme])
            case ThemesMerged(theme=theme, into=into) if {theme, into} <= self._themes.keys() and theme != into:
                return self._made_again(self._themes[theme])
            case CardsPlaced(places=places):
                return CardsPlaced(
                    at=0, activity=self.activity, places={id: self.of(id) for id in places},
                    suggested=self._by(places), undo=True,
                )  # fmt: skip
            case CardsSet(stands=stands):
                return CardsSet(
                    at=0, activity=self.activity, stands={id: self.all_of(id) for id in stands},
                    suggested=self._by(stands), undo=True,
                )  # fmt: skip
        return None

    def _do(self, event: Regrouped) -> None:
        match event:
            case ThemeMade(theme=theme, name=name, ids=ids):
                self._merged.pop(theme, None)
                every = list(self._themes.items())
                every.insert(event.place if event.place >= 0 else len(every), (theme, Theme(theme, name, {})))
                self._themes = dict(every)
                for id in ids:
                    others = [] if event.stands is None else event.stands.get(id, [])
                    self._put(id, [*others, theme], suggested=id in event.suggested)
            case ThemeRenamed(theme=theme, name=name):
                self._themes[theme].name = name
            case ThemesMerged(theme=theme, into=into):
                for id in list(self._themes[theme].ids):
                    self._put(id, [*self._others(id, theme), into], suggested=id in self._suggested)
                del self._themes[theme]
                self._merged[theme] = into
            case ThemeRemoved(theme=theme, places=places):
                for id in list(self._themes[theme].ids):
                    self._put(id, [*self._others(id, theme), places.get(id, "")], suggested=id in event.suggested)
                del self._themes[theme]
            case CardsPlaced(places=places):
                for id, theme in places.items():
                    self._put(id, [theme], suggested=id in event.suggested)
            case CardsSet(stands=stands):
                for id, all_of in stands.items():
                    self._put(id, all_of, suggested=id in event.suggested)

    def _put(self, answer: str, themes: Iterable[str], *, suggested: bool) -> None:
        """It stands in these, as far as they are there, and in no other."""
        if answer in self._gone:
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

    def _others(self, answer: str, theme: str) -> list[str]:
        return [one for one in self.all_of(answer) if one != theme]

    def _by(self, ids: Iterable[str]) -> list[str]:
        return [id for id in ids if id in self._suggested]

    def _made_again(self, theme: Theme) -> ThemeMade:
        return ThemeMade(
            at=0, activity=self.activity, theme=theme.id, name=theme.name, ids=list(theme.ids),
            suggested=self._by(theme.ids), place=list(self._themes).index(theme.id), undo=True,
            stands={id: others for id in theme.ids if (others := self._others(id, theme.id))} or None,
        )  # fmt: skip
