"""Films as people send them: recognised by their bytes, and kept in a folder, each once however many rooms use it."""

from live.media.intake import take_film, take_films
from live.media.store import NOWHERE, Incoming, Media, Received

__all__ = ["NOWHERE", "Incoming", "Media", "Received", "take_film", "take_films"]
