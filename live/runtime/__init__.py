"""Rooms in memory: opened, kept up to date and unloaded; and backup, import and export of them."""

from live.runtime.registry import Registry

__all__ = ["Registry"]
