"""Every name that the themes of an activity have had, and where in the journal each of them stands."""

from collections.abc import Collection

from msgspec import Struct

from live import events


class Naming(Struct):
    """An event that gave *theme* a name. `suggested`: the name came from words of the answers in a suggestion."""

    position: int
    theme: str
    name: str
    suggested: bool


class ThemeNames:
    def __init__(self) -> None:
        self._namings: list[Naming] = []

    def note(self, event: events.Regrouped, position: int) -> None:
        if isinstance(event, events.ThemeMade | events.ThemeRenamed):
            suggested = isinstance(event, events.ThemeMade) and bool(event.suggested)
            self._namings.append(Naming(position, event.theme, event.name, suggested))

    def suggested(self) -> set[str]:
        """Names that came from a suggestion; lower case."""
        return {naming.name.casefold() for naming in self._namings if naming.suggested and naming.name}

    def positions_of(self, names: Collection[str]) -> list[int]:
        """Where in the journal any of *names* (lower case) stands."""
        return [naming.position for naming in self._namings if naming.name.casefold() in names]

    def blank(self, positions: Collection[int]) -> set[str]:
        """Forget the names at *positions*. Returns them, lower case."""
        found = [naming for naming in self._namings if naming.position in positions]
        names = {naming.name.casefold() for naming in found}
        for naming in found:
            naming.name = ""
        return names
