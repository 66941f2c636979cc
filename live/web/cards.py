"""Cards for phones: they are dealt when a phone comes, or asks for what is its own."""

import contextlib

from live.errors import LiveError
from live.rules.answers import deal_cards
from live.rules.commands import DealCards
from live.runtime import Registry
from live.views.answers import dealt
from live.views.view import View


async def deal(rooms: Registry, code: str, phone: str) -> View:
    """
    What *phone* is to weigh now (`live.views.answers.dealt`), after it was dealt what it may have. If that can't be
    recorded just now, what it had before.
    """
    room = await rooms.get(code)
    state = room.activity
    if phone and state is not None and state.deals and state.open:
        command = DealCards(phone, state.written.id)
        with contextlib.suppress(LiveError):
            if deal_cards(room, command, rooms.clock.now()):
                await rooms.command(code, command)
                room = await rooms.get(code)
    return dealt(room, phone)
