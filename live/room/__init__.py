"""The state of a room: what its events add up to."""

from live.room.position import Stop
from live.room.room import DAY_MS, LastStep, Room

__all__ = ["DAY_MS", "LastStep", "Room", "Stop"]
