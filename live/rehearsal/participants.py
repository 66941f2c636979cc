"""
Pretend participants: who they are, and what each does when a question opens. Some share phones, come late, are rude …

All follows from a seed, so that it is the same each time. `runner` carries it out.
"""

from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from msgspec import Struct

from live.activities.kind import Kind, Pretender
from live.activities.state import ActivityState
from live.errors import Refused
from live.events import Value
from live.rehearsal import sample_texts
from live.room.rehearsal import PRETEND_PREFIX
from live.text.normalize import graphemes
from live.workshop import Activity

SOON_MS, SPREAD_MS = 800, 24_000  # the first begins to type this long after a question opens, the last so much later
TYPING_MS = 70  # for each character


class Person(Struct, frozen=True):
    """One pretend participant, who comes `comes_ms` after the rehearsal began; `heads` people share the phone."""

    n: int
    phone: str
    comes_ms: int
    heads: int = 1
    silent: bool = False
    several: bool = False
    rude: bool = False
    wordy: bool = False  # writes far too much first
    presses_twice: bool = False
    changes_mind: bool = False  # changes or withdraws its first answer
    loses_network: bool = False  # while it answers
    slow: bool = False  # may not be ready when the activity closes


class Move(Struct, frozen=True):
    """
    One thing a participant does, `after_ms` after a question opened.

    `do` is answer (a higher `rev` changes the answer), withdraw, vote (for the question that `luck`, 0–1, picks among
    those there are), away (the phone loses its network) or back.
    """

    after_ms: int
    do: str
    id: str = ""
    rev: int = 1
    text: str | None = None
    value: Value = None
    luck: float = 0.0


def chance(*about: object) -> float:
    """A pseudo-random number from 0 up to 1, always the same for the same arguments."""
    return int.from_bytes(sha256(repr(about).encode()).digest()[:8]) / 2**64


def people(n: int, seed: int) -> list[Person]:
    """*n* participants, with at least one of every sort, however few they are."""

    def some(sort: str, share: float) -> set[int]:
        order = sorted(range(n), key=lambda one: chance(seed, sort, one))
        return set(order[: max(1, round(n * share))])

    late, loses_network, slow = some("late", 0.15), some("drops", 0.2), some("slow", 0.1)
    several, shared, rude = some("several", 0.5), some("shared", 0.1), some("rude", 0.05)
    silent, wordy = some("silent", 0.08) if n > 8 else set(), some("wordy", 0.05)
    presses_twice, changes_mind = some("trembles", 0.1), some("wavers", 0.15)
    return [
        Person(
            n=one,
            phone=f"{PRETEND_PREFIX}{seed}-{one}",
            comes_ms=int((15_000 if one in late else 0) + (45_000 if one in late else 6_000) * chance(seed, one)),
            heads=2 + int(2 * chance(seed, "heads", one)) if one in shared else 1,
            silent=one in silent - rude - wordy,
            several=one in several,
            rude=one in rude,
            wordy=one in wordy,
            presses_twice=one in presses_twice,
            changes_mind=one in changes_mind,
            loses_network=one in loses_network,
            slow=one in slow,
        )
        for one in range(n)
    ]


def moves(person: Person, written: Activity, kind: Kind, language: str, opening: str) -> list[Move]:
    """The moves of *person* while *written* is open, in order of time. Another *opening* gives other moves."""
    if person.silent:
        return []
    dice = f"{opening} {person.phone}"
    at = SOON_MS + int(SPREAD_MS * chance(dice, "thinks") ** 2) * (3 if person.slow else 1)
    number = 2 + int(2 * chance(dice, "several")) if person.several and written.many > 1 else 1
    planned: list[Move] = []
    for turn in range(min(number, written.many)):
        answer = _answer(person, written, kind, language, dice, turn)
        if answer is None and kind.takes_votes:
            break
        if answer is None:
            return []
        text, value = answer
        at += TYPING_MS * graphemes(text or "") + int(4_000 * chance(dice, "pause", turn)) * bool(turn)
        id = sha256(f"{dice} {turn}".encode()).hexdigest()[:32]
        if person.wordy and text is not None and not turn:
            planned.append(Move(at, "answer", id, text=" ".join([text] * 200)))
            at += 3_000
        planned += [Move(at, "answer", id, 1, text, value)] * (1 + person.presses_twice)
        if person.changes_mind and not turn:
            other = _answer(person, written, kind, language, dice, number) if chance(dice, "other") < 0.6 else None
            planned.append(Move(at + 4_000, "answer", id, 2, *other) if other else Move(at + 4_000, "withdraw", id, 2))
    if kind.takes_votes:
        for turn in range(2 + int(4 * chance(dice, "votes"))):
            planned.append(Move(at + 3_000 + 4_000 * turn, "vote", luck=chance(dice, "picks", turn) ** 2))
    if person.loses_network and planned:  # it goes on typing; what it sends meanwhile comes when the network is back
        away_ms = planned[0].after_ms - 1
        planned += [Move(away_ms, "away"), Move(away_ms + 3_000 + int(12_000 * chance(dice, "gone")), "back")]
    return sorted(planned, key=lambda move: move.after_ms)


def picked(move: Move, state: ActivityState, phone: str) -> str:
    """The id of the question that a vote is for: one that another has asked, mostly an early one."""
    asked = [answer.id for answer in state.counted_among() if answer.phone != phone]
    return asked[int(move.luck * len(asked))] if asked else ""


def _answer(
    person: Person, written: Activity, kind: Kind, language: str, dice: str, turn: int
) -> tuple[str | None, Value] | None:
    """The first of `_tries` that *kind* accepts; None if it accepts none."""
    for text, value in _tries(person, written, kind, language, dice, turn):
        try:
            kind.check(written, text, value)
        except Refused:
            continue
        return text, value
    return None


def _tries(
    person: Person, written: Activity, kind: Kind, language: str, dice: str, turn: int
) -> Iterator[tuple[str | None, Value]]:
    if person.rude:
        rude = sample_texts.lines(sample_texts.RUDE, language)
        yield rude[(int(len(rude) * chance(dice)) + turn) % len(rude)], None
    yield from kind.rehearse(
        written,
        Pretender(
            n=person.n,
            turn=turn,
            chance=partial(chance, dice),
            common=partial(chance, written.id),
            sentences=sample_texts.lines(sample_texts.SENTENCES, language),
            words=sample_texts.words(language),
            questions=sample_texts.lines(sample_texts.QUESTIONS, language),
        ),
    )
