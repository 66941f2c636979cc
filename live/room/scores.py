"""Who has how many points: those of all activities that give some, added up."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from live.activities.kind import ScoredTally
from live.activities.state import ActivityState
from live.room.participants import Participants
from live.room.programme import Programme

EACH, END, OFF = "each", "end", "off"


class Standing(NamedTuple):
    """`place` counts from 1; who has as many points shares it, and the places after it are left out (1, 2, 2, 4)."""

    phone: str
    points: int
    place: int


class Team(NamedTuple):
    """`mean` are the points of each member on average, so that a large team has no advantage."""

    name: str
    mean: float
    members: int


class Table(NamedTuple):
    standings: list[Standing]  # the most points first, then in order of the first answers
    by_phone: dict[str, Standing]
    teams: list[Team]  # the best first


class Scores:
    """
    A table is counted once for each *position* of the room, so that views between two events cost nothing.
    """

    def __init__(self, programme: Programme, people: Participants) -> None:
        self._programme = programme
        self._number = people.number
        self._at = -1
        self._table = Table([], {}, [])

    def _written(self) -> Iterator[tuple[ActivityState, bool]]:
        """The activities that can give points, in the order of the workshop, and whether `next` passes over each."""
        for number, slide in enumerate(self._programme.workshop.slides, start=1):
            for one in self._programme.on_slide(number):
                state = self._programme.activities[one.id]
                if state.kind and state.kind.scored:
                    yield state, slide.hidden or one.optional

    def _states(self) -> Iterator[ActivityState]:
        """Those that are asked: of the ones that are passed over only those that were started."""
        return (state for state, passed_over in self._written() if state.started_once or not passed_over)

    def setting(self, key: str, default: str) -> str:
        """What the first activity that has it says for all."""
        said = (state.written.attrs[key] for state, _ in self._written() if key in state.written.attrs)
        return str(next(said, default))

    def team_of(self, phone: str) -> str:
        """Phones are dealt out to the teams in the order of their first answers; empty without teams."""
        teams = self._team_names()
        return teams[(self._number(phone) - 1) % len(teams)] if teams else ""

    def _team_names(self) -> list[str]:
        return [name for name in self.setting("teams", "").split("|") if name]

    def is_told(self, state: ActivityState) -> bool:
        """Whether the table is shown with the results of *state*: after each, after the last, or never."""
        when = self.setting("board", END)
        return when == EACH or (when == END and state is list(self._states())[-1:][0])

    def table(self, position: int) -> Table:
        if position != self._at:
            self._at, self._table = position, self._counted()
        return self._table

    def _counted(self) -> Table:
        """Of activities whose results are shown or were shown, so that nobody learns from it what is right."""
        points = Counter[str]()
        for state in self._states():
            if state.revealed and not state.open and isinstance(state.tally, ScoredTally):
                points.update(state.tally.points)
        standings: list[Standing] = []
        for phone, n in sorted(points.items(), key=lambda one: (-one[1], self._number(one[0]))):
            same = standings and standings[-1].points == n
            standings.append(Standing(phone, n, standings[-1].place if same else len(standings) + 1))
        return Table(standings, {one.phone: one for one in standings}, self._teams(points))

    def _teams(self, points: Counter[str]) -> list[Team]:
        members: dict[str, list[int]] = {}
        names = self._team_names()
        for phone, n in points.items() if names else ():
            members.setdefault(names[(self._number(phone) - 1) % len(names)], []).append(n)
        teams = [Team(name, round(sum(each) / len(each), 1), len(each)) for name, each in members.items()]
        return sorted(teams, key=lambda one: (-one.mean, one.name))
