"""The dry run of a workshop: what phone and screen would show after each press of `next`, with pretend answers."""

import contextlib
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from live.activities.state import ActivityState
from live.errors import Refused
from live.events import FilmsSet, PicturesSet, WorkshopSet
from live.rehearsal import participants
from live.room import Room
from live.room.route import following
from live.rules import Command, SendAnswer, VoteQuestion, commands, decide
from live.text.word_groups import FOLDING
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Join, Presence
from live.workshop import EDITION

PHONES = 12
MOST_PRESSES = 3_000  # a workshop has at most 300 slides
LEFT_OUT = ("silent", "rude", "wordy")  # participants who do not take part


class Step(Struct, frozen=True):
    """The state after a press: the slide on show (0 in the lobby and at the end), and the views."""

    slide: int
    phone: dict[str, Any]
    screen: dict[str, Any]
    at: int


def dry_run(text: str, join: Join, at: int, beside: Sequence[PicturesSet | FilmsSet] = ()) -> list[Step]:
    """
    Every step from the lobby to the end, all at the moment *at*, in a room that exists only here; *beside* are the
    events that tell of its pictures and films.
    """
    room = Room(join.code)
    room.apply(WorkshopSet(at=at, text=text, edition=EDITION, folding=FOLDING))
    for event in beside:
        room.apply(event)
    _do(room, commands.Rehearse(PHONES), at)
    if room.panel:
        _answer(room, room.panel, at)
    steps = [_step(room, join, at)]
    while following(room) is not None and len(steps) < MOST_PRESSES:
        _do(room, commands.Next(), at)
        if room.activity and room.activity.open:
            _answer(room, room.activity, at)
        steps.append(_step(room, join, at))
    return steps


def _do(room: Room, command: Command, at: int) -> None:
    for event in decide(room, command, at):
        room.apply(event)  # type: ignore[arg-type]


def _step(room: Room, join: Join, at: int) -> Step:
    slide = room.stop.slide
    screen = screen_view(room, Presence(PHONES, PHONES), join)
    return Step(slide if slide <= len(room.workshop.slides) else 0, phone_view(room), screen, at)


def _command(phone: str, state: ActivityState, move: participants.Move) -> Command:
    if move.do == "vote":
        return VoteQuestion(phone, participants.picked(move, state, phone), on=True)
    return SendAnswer(phone, move.id, state.written.id, move.text, move.value, move.rev)


def _answer(room: Room, state: ActivityState, at: int) -> None:
    """All pretend participants answer at once, except those in LEFT_OUT: this is a preview of the workshop."""
    if state.kind is None:
        return
    for person in participants.people(PHONES, 1):
        if any(getattr(person, sort) for sort in LEFT_OUT):
            continue
        if state.deals:
            with contextlib.suppress(Refused):  # nobody has written anything to deal
                _do(room, commands.DealCards(person.phone, state.written.id), at)
        written = room.dealing.as_dealt(state, person.phone)
        for move in participants.moves(person, written, state.kind, room.workshop.language, state.written.id):
            if move.do not in ("answer", "vote") or move.rev > 1:
                continue
            try:
                _do(room, _command(person.phone, state, move), at)
            except Refused:
                continue  # sent twice, or one too many, as from real phones
