"""The state of a room: what its events add up to."""

from live.room.position import Stop
from live.room.room import LastStep, Room
from live.workshop.model import DAY_MS

__all__ = ["DAY_MS", "LastStep", "Room", "Stop"]
