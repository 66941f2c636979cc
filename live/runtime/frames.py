"""The frames that faces are sent: views of the open rooms, and ticks."""

from collections.abc import Callable
from typing import Any

import msgspec

from live.clock import Clock
from live.runtime.open_rooms import OpenRooms
from live.runtime.seals import Seals
from live.transport.hub import CONSOLE, PHONE, TICK, Hub
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Join


class Frames:
    """
    *join* returns how people get into the room with a given code; *warnings* what the console tells of the server,
    *stalled* whether the store records nothing in that room now; *seals* sign what phones are shown.
    """

    def __init__(
        self,
        open_rooms: OpenRooms,
        hub: Hub,
        clock: Clock,
        seals: Seals,
        *,
        join: Callable[[str], Join],
        warnings: Callable[[], list[str]],
        stalled: Callable[[str], bool],
    ) -> None:
        self.join = join
        self._open_rooms = open_rooms
        self._hub = hub
        self._clock = clock
        self._seals = seals
        self._warnings = warnings
        self.stalled = stalled

    def view(self, code: str, face: str) -> dict[str, Any]:
        """The view of *face* now, of a room that is open. Raises RoomNotFound."""
        open_room = self._open_rooms.require(code)
        room, network = open_room.room, open_room.wifi
        if face == PHONE:
            return phone_view(room)
        presence, join, signs = self._hub.presence(code), self.join(code), self._hub.pulses.show(code)
        if face == CONSOLE:
            return console_view(room, presence, join, warnings=self._warnings(), network=network, signs=signs)
        return screen_view(room, presence, join, network, signs)

    def frame(self, code: str, face: str) -> dict[str, Any]:
        """
        A view as a message, stamped with epoch, position and step: the newest wins. A phone's is sealed too, as what
        that phone has seen.
        """
        open_room = self._open_rooms.require(code)
        epoch, position = open_room.epoch, open_room.room.position
        return {
            "type": "view",
            "epoch": epoch,
            "now": self._clock.now(),
            "position": position,
            "step": open_room.room.step,
            "view": self.view(code, face),
            **self.store_state(code),
        } | ({"seal": self._seals.of_view(code, epoch, position)} if face == PHONE else {})

    def tick(self, code: str) -> dict[str, Any]:
        """The tick message: the server's time, the room's step, and whether the store stands still."""
        open_room = self._open_rooms.get(code)
        step = open_room.room.step if open_room else 0
        return {"type": TICK, "now": self._clock.now(), "step": step} | self.store_state(code)

    def store_state(self, code: str) -> dict[str, Any]:
        """What every message that shows something tells of the store: nothing, unless it stands still."""
        return {"stalled": True} if self.stalled(code) else {}

    def draw(self, code: str, face: str) -> bytes:
        """What the hub sends to every seat of a face, encoded once."""
        return msgspec.json.encode(self.tick(code) if face == TICK else self.frame(code, face))
