"""When something must be done in a room, in each engine."""
