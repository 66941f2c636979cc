"""Pictures as people send them, made into those that are stored: small, without metadata, in a process of its own."""

from live.pictures.process import Encoded, encode, read_size

__all__ = ["Encoded", "encode", "read_size"]
