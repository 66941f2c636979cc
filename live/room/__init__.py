"""What the events of a room add up to."""

from live.room.room import DAY_MS, Last, Room, Stop

__all__ = ["DAY_MS", "Last", "Room", "Stop"]
