"""Who has how many points: added up from the answers to all activities that give points, each time anew."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

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

    def _states(self) -> Iterator[ActivityState]:
        """The activities whose right answers give points, in the order of the workshop."""
        for number, slide in enumerate(self._programme.workshop.slides, start=1):
            for one in () if slide.hidden else self._programme.on_slide(number):
                state = self._programme.activities[one.id]
                if state.kind and state.kind.scored:
                    yield state

    def setting(self, key: str, default: str) -> str:
        """What the first activity that has it says for all."""
        said = (state.written.attrs[key] for state in self._states() if key in state.written.attrs)
        return str(next(said, default))

    def team_of(self, phone: str) -> str:
        """Phones are dealt out to the teams in the order of their first answers; empty without teams."""
        teams = [name for name in self.setting("teams", "").split("|") if name]
        return teams[(self._number(phone) - 1) % len(teams)] if teams else ""

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
            if state.kind is None or not state.revealed or state.open:
                continue
            for answer in state.counted_among():
                if answer.phone:
                    points[answer.phone] += state.kind.points(state.written, answer)
        standings: list[Standing] = []
        for phone, n in sorted(points.items(), key=lambda one: (-one[1], self._number(one[0]))):
            same = standings and standings[-1].points == n
            standings.append(Standing(phone, n, standings[-1].place if same else len(standings) + 1))
        return Table(standings, {one.phone: one for one in standings}, self._teams(points))

    def _teams(self, points: Counter[str]) -> list[Team]:
        members: dict[str, list[int]] = {}
        for phone, n in points.items():
            if team := self.team_of(phone):
                members.setdefault(team, []).append(n)
        teams = [Team(name, round(sum(each) / len(each), 1), len(each)) for name, each in members.items()]
        return sorted(teams, key=lambda one: (-one.mean, one.name))
