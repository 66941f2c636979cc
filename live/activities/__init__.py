"""The kinds of activities that a room can run. A kind has the same file name in every folder tree of the project."""

from importlib import import_module

from msgspec.structs import replace

from live.activities.kind import Kind
from live.activities.planned import PLANNED
from live.activities.pulse import NAME, PULSE, Beside
from live.workshop.schema import Schemas

# The name of a kind is that of its file. In the order in which they are offered.
NAMES = (
    "pair",
    "open",
    "words",
    "qa",
    "choice",
    "quiz",
    "scale",
    "dots",
    "rank",
    "points",
    "pairwise",
    "statements",
    "gradient",
    "consent",
    "support",
    "grid",
    "pin",
    "number",
    "group",
    "think",
    "discuss",
    "recess",
    "film",
)


def _load(name: str) -> Kind:
    kind: Kind = import_module(f"live.activities.{name.replace('-', '_')}").KIND
    kind.name = name
    return kind


KINDS: dict[str, Kind] = {name: _load(name) for name in NAMES}
BESIDE: dict[str, Beside] = {NAME: PULSE}
"""What may stand in a workshop and is no step of it."""
SCHEMAS: Schemas = {name: one.schema for name, one in (KINDS | BESIDE).items()} | {
    name: replace(schema, runs=False) for name, schema in PLANNED.items()
}
"""What a workshop file may name."""
