"""Carries out a rehearsal in a server: pretend participants have seats in the hub and send commands, as phones do."""

import asyncio
import heapq
import logging
from collections.abc import Awaitable, Callable
from contextlib import ExitStack

from live.activities.state import ActivityState
from live.errors import LiveError
from live.rehearsal.participants import Move, Person, moves, people, picked
from live.room import Room
from live.room.rehearsal import Rehearsal
from live.rules import SendAnswer, SetHeads, VoteQuestion, WithdrawAnswer
from live.rules.commands import DealCards
from live.transport.hub import Hub
from live.views.pulse import signs_now

TICK_S = 0.1
SIGN_EACH_S = 20

logger = logging.getLogger("live.rehearsal.runner")


def _opening(state: ActivityState) -> str:
    """Names this time that the question is open."""
    return f"{state.written.id} {state.timer.started_at if state.timer else 0}"


class _Participant:
    """A pretend participant and its phone. `unsent` is what the phone keeps while it has no network."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.came = self.away = False
        self.asks = False  # its questions in the channel are planned
        self.planned = ""
        self.unsent: list[tuple[str, Move]] = []
        self.seat = ExitStack()

    @property
    def connected(self) -> bool:
        return self.came and not self.away


class Cast:
    """
    All pretend participants of one rehearsal. `go_on` carries out the moves that are due and returns whether the
    rehearsal still runs; `leave` ends it.
    """

    def __init__(
        self,
        code: str,
        rehearsal: Rehearsal,
        *,
        hub: Hub,
        room: Callable[[str], Awaitable[Room]],
        command: Callable[[str, SendAnswer | WithdrawAnswer | VoteQuestion | SetHeads | DealCards], Awaitable[object]],
    ) -> None:
        self.code = code
        self._began_at = rehearsal.at
        self._hub = hub
        self._room = room
        self._command = command
        self._cast = [_Participant(person) for person in people(rehearsal.phones, rehearsal.at)]
        self._due: list[tuple[int, int, _Participant, str, Move]] = []  # heap of: when, counter, who, activity, move
        self._count = 0

    async def run(self, now: Callable[[], int], stopping: Callable[[], bool]) -> None:
        """Go on until the rehearsal is over, the room is gone, or the server is *stopping*."""
        try:
            while not stopping() and await self.go_on(now()):  # noqa: ASYNC110 - what is due, the clock says
                await asyncio.sleep(TICK_S)
        except LiveError:
            logger.info("a rehearsal ended, for its meeting is gone or its store does not answer")
        except Exception:  # would end the task group, and with it every meeting
            logger.exception("a rehearsal broke off")
        finally:
            self.leave()

    def leave(self) -> None:
        for one in self._cast:
            one.seat.close()

    async def go_on(self, now: int) -> bool:
        room = await self._room(self.code)
        rehearsal = room.rehearsal
        if rehearsal is None or rehearsal.at != self._began_at or not rehearsal.runs(now):
            return False
        commands: list[SendAnswer | WithdrawAnswer | VoteQuestion | SetHeads] = []
        for one in self._cast:
            commands += self._come(one, now)
        await self._ask_for_cards(room)
        self._plan(room, now)
        self._plan_questions(room, now)
        self._give_signs(room, now)
        while self._due and self._due[0][0] <= now:
            *_, one, activity, move = heapq.heappop(self._due)
            commands += self._do(room, one, activity, move)
        # Some are refused, as from real phones: too long, too late, too many.
        await asyncio.gather(*(self._command(self.code, command) for command in commands), return_exceptions=True)
        return True

    def _come(self, one: _Participant, now: int) -> list[SetHeads]:
        if one.came or now < self._began_at + one.person.comes_ms:
            return []
        one.came = True
        self._sit(one)
        return [SetHeads(one.person.phone, one.person.heads)] if one.person.heads > 1 else []

    def _sit(self, one: _Participant) -> None:
        one.seat.enter_context(self._hub.seat(self.code, "phone", one.person.phone))

    async def _ask_for_cards(self, room: Room) -> None:
        """Where answers are weighed, each participant who sees the question for the first time is dealt some."""
        state = room.activity
        if state is None or not state.open or not state.deals:
            return
        new = [one for one in self._cast if one.connected and one.planned != _opening(state)]
        asked = (self._command(self.code, DealCards(one.person.phone, state.written.id)) for one in new)
        await asyncio.gather(*asked, return_exceptions=True)

    def _give_signs(self, room: Room, now: int) -> None:
        """Each who is connected gives a sign now and then, two of three times the first that there is."""
        signs = signs_now(room)
        for one in self._cast if signs else ():
            turn, rest = divmod(now // 1000 + 7 * one.person.n, SIGN_EACH_S)
            if one.connected and not rest:
                sign = signs[0] if turn % 3 else signs[turn // 3 % len(signs)]
                self._hub.pulses.press(self.code, one.person.phone, sign)

    def _plan(self, room: Room, now: int) -> None:
        """Plan the moves of each connected participant who sees an open question for the first time."""
        state = room.activity
        if state is None or not state.open or state.kind is None:
            channel = room.panel.written.id if room.panel else ""
            self._due = [due for due in self._due if due[2].person.slow or due[4].do == "back" or due[3] == channel]
            heapq.heapify(self._due)
            return
        opening = _opening(state)
        for one in self._cast:
            if not one.connected or one.planned == opening:
                continue
            one.planned = opening
            self._push(one, state, room, opening, now)

    def _plan_questions(self, room: Room, now: int) -> None:
        """In a channel that is open through the whole meeting, each asks and votes once it has come."""
        state = room.panel
        if state is None or state is room.activity or not state.open or room.ended:
            return
        for one in self._cast:
            if one.connected and not one.asks:
                one.asks = True
                self._push(one, state, room, state.written.id, now)

    def _push(self, one: _Participant, state: ActivityState, room: Room, opening: str, now: int) -> None:
        assert state.kind is not None
        written = room.dealing.as_dealt(state, one.person.phone)
        for move in moves(one.person, written, state.kind, room.workshop.language, opening):
            self._count += 1
            heapq.heappush(self._due, (now + move.after_ms, self._count, one, state.written.id, move))

    def _do(
        self, room: Room, one: _Participant, activity: str, move: Move
    ) -> list[SendAnswer | WithdrawAnswer | VoteQuestion]:
        if move.do == "away":
            one.away = True
            one.seat.close()
            return []
        if move.do == "back":
            if not one.away:
                return []
            one.away = False
            self._sit(one)
            unsent, one.unsent = one.unsent, []
            return [self._as_command(room, one.person, activity, move) for activity, move in unsent]
        if one.away:
            one.unsent.append((activity, move))
            return []
        return [self._as_command(room, one.person, activity, move)]

    @staticmethod
    def _as_command(
        room: Room, person: Person, activity: str, move: Move
    ) -> SendAnswer | WithdrawAnswer | VoteQuestion:
        if move.do == "vote":
            return VoteQuestion(person.phone, picked(move, room.activities[activity], person.phone), on=True)
        if move.do == "withdraw":
            return WithdrawAnswer(person.phone, move.id, move.rev)
        return SendAnswer(person.phone, move.id, activity, move.text, move.value, move.rev)
