"""What nobody thought of: any order of doings, against a model that is a list."""

import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from msgspec import structs

from live.errors import CodeTaken, Conflict, RoomNotFound
from live.events import AnswerChanged, AnswerSent, Event
from live.journal import Recorded, RoomRow, Top
from tests.journal.facts import BEGUN, changed, sent, shown, withdrawn
from tests.meeting import START, answer_id

CODES = st.sampled_from(["25054015", "11112222"])
NAMES = st.sampled_from("abcd")
REVS = st.integers(2, 4)
TEXTS = st.sampled_from(["Lytt", "Spør", ""])
ANSWERS = st.one_of(
    st.builds(sent, NAMES, TEXTS),
    st.builds(lambda name, options: sent(name, text=None, value=options), NAMES, st.lists(st.sampled_from("xy"))),
    st.builds(changed, NAMES, REVS, TEXTS),
    st.builds(withdrawn, NAMES, REVS),
)


# An append that holds the same event twice is a duplicate and new at once, and could not be sorted by its outcome.
ONCE_EACH = st.lists(ANSWERS, max_size=3, unique_by=lambda event: event.key)


@dataclass
class Modelled:
    """A room, as simple as it can be said."""

    step: int = 1
    events: list[Event] = field(default_factory=lambda: [BEGUN])
    epoch: str = ""

    def add(self, events: list[Event]) -> Recorded:
        duplicates = set()
        for event in events:
            if event.key and event.key in {earlier.key for earlier in self.events}:
                duplicates.add(event.key)
            else:
                self.events.append(event)
                self.step += event.step
        return Recorded(len(self.events), self.step, frozenset(duplicates))

    def blank(self, answer: str) -> None:
        self.events = [
            structs.replace(event, text="", value=None)
            if isinstance(event, AnswerSent | AnswerChanged) and event.id == answer
            else event
            for event in self.events
        ]


def recorded_at(sending, recorded) -> tuple[int, bool]:
    """Sorts by order of recording; an append that brought nothing new comes after the one that ends at its position."""
    if not isinstance(recorded, Recorded):
        return 0, False
    return recorded.position, {event.key for event in sending[1]} <= recorded.duplicates


class Meetings(RuleBasedStateMachine):
    def __init__(self, engine, folder):
        super().__init__()
        self.engine, self.folder = engine, folder
        self.runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self.journal = self.do(engine(folder))
        self.rooms: dict[str, Modelled] = {}

    def do(self, work):
        return self.runner.run(work)

    def teardown(self):
        self.do(self.journal.close())
        self.runner.close()

    @rule(code=CODES)
    def create(self, code):
        if code in self.rooms:
            with pytest.raises(CodeTaken):
                self.do(self.journal.create(code, [shown(9)]))
            return
        assert Recorded(1, 1, frozenset()) == self.do(self.journal.create(code, [BEGUN]))
        epoch = self.do(self.journal.top(code)).epoch
        assert epoch not in {room.epoch for room in self.rooms.values()}
        self.rooms[code] = Modelled(epoch=epoch)

    def append(self, code, events, behind):
        room = self.rooms.get(code)
        append = self.journal.append(code, events, step=room.step - behind if room else 0)
        if room is None:
            with pytest.raises(RoomNotFound):
                self.do(append)
        elif behind:
            with pytest.raises(Conflict) as conflict:
                self.do(append)
            assert room.step == conflict.value.step
        else:
            assert room.add(events) == self.do(append)

    @rule(code=CODES, answers=st.lists(ANSWERS, max_size=5), behind=st.sampled_from([0, 0, 0, 1, -1]))
    def send(self, code, answers, behind):
        self.append(code, answers, behind)

    @rule(code=CODES, number=st.integers(1, 25), behind=st.sampled_from([0, 0, 1]))
    def press(self, code, number, behind):
        self.append(code, [shown(number)], behind)

    @precondition(lambda self: self.rooms)
    @rule(sendings=st.lists(st.tuples(CODES, ONCE_EACH), min_size=2, max_size=6))
    def send_at_once(self, sendings):
        """In whichever order they are recorded, each is told what is true in that order."""

        async def at_once():
            appends = (self.journal.append(code, list(a), step=self.step(code)) for code, a in sendings)
            return await asyncio.gather(*appends, return_exceptions=True)

        done = list(zip(sendings, self.do(at_once()), strict=True))
        for (code, answers), recorded in sorted(done, key=lambda one: recorded_at(*one)):
            if code in self.rooms:
                assert self.rooms[code].add(answers) == recorded
            else:
                assert RoomNotFound is type(recorded)

    def step(self, code):
        return self.rooms[code].step if code in self.rooms else 0

    @rule(code=CODES, name=NAMES)
    def redact(self, code, name):
        self.do(self.journal.redact(code, answer_id(name)))
        if code in self.rooms:
            self.rooms[code].blank(answer_id(name))

    @rule(
        code=CODES, lag=st.sampled_from([0, 0, 1]), events=st.lists(ANSWERS, max_size=2, unique_by=lambda one: one.id)
    )
    def begin_anew(self, code, lag, events):
        room = self.rooms.get(code)
        top = Top(room.epoch, len(room.events) - lag, room.step) if room else Top("", 1, 1)
        begin = self.journal.begin_anew(code, [BEGUN, *events], top=top)
        if room is None:
            with pytest.raises(RoomNotFound):
                self.do(begin)
            return
        assert (lag == 0) == self.do(begin)
        if not lag:
            epoch = self.do(self.journal.top(code)).epoch
            assert epoch != room.epoch
            self.rooms[code] = Modelled(events=[BEGUN, *events], epoch=epoch)

    @rule(code=CODES)
    def delete(self, code):
        self.do(self.journal.delete(code))
        self.rooms.pop(code, None)

    @rule()
    def reopen(self):
        self.do(self.journal.close())
        self.journal = self.do(self.engine(self.folder))

    @rule(code=CODES, after=st.integers(0, 30))
    def read_on(self, code, after):
        if code not in self.rooms:
            with pytest.raises(RoomNotFound):
                self.do(self.journal.read(code, after=after))
            return
        events = list(enumerate(self.rooms[code].events, 1))
        assert events[after:] == self.do(self.journal.read(code, after=after))

    @invariant()
    def the_rooms_are_those_of_the_model(self):
        rows = {RoomRow(code, START, len(room.events), room.step) for code, room in self.rooms.items()}
        assert rows == set(self.do(self.journal.rooms()))

    @invariant()
    def each_holds_what_the_model_holds(self):
        for code, room in self.rooms.items():
            assert list(enumerate(room.events, 1)) == self.do(self.journal.read(code))
            top = self.do(self.journal.top(code))
            assert (room.epoch, len(room.events), room.step) == (top.epoch, top.position, top.step)


@pytest.mark.parametrize("meetings", [8, pytest.param(500, marks=pytest.mark.soak)])
def test_any_order_of_doings_ends_as_the_model_does(engine, tmp_path_factory, meetings):
    """Whatever a hall, two consoles and a restart do to a meeting: nothing lost, nothing twice, nothing mixed."""
    run_state_machine_as_test(
        lambda: Meetings(engine, tmp_path_factory.mktemp("meetings")),
        settings=settings(max_examples=meetings, stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow]),
    )
