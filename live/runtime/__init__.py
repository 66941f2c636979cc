"""Rooms in memory: opened, kept up to date, and let go; and what is done with them beside."""

from live.runtime.registry import Registry

__all__ = ["Registry"]
