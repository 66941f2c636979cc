"""The kinds of activities that a room can run. A kind has the same file name in every folder tree of the project."""

from importlib import import_module

from msgspec.structs import replace

from live.activities.kind import Kind
from live.activities.planned import PLANNED
from live.workshop.schema import Schemas

# The name of a kind is that of its file. In the order in which they are offered.
NAMES = (
    "pair",
    "open",
    "words",
    "choice",
    "scale",
    "dots",
    "rank",
    "points",
    "gradient",
    "number",
    "group",
    "think",
    "discuss",
    "recess",
)


def _load(name: str) -> Kind:
    kind: Kind = import_module(f"live.activities.{name.replace('-', '_')}").KIND
    kind.name = name
    return kind


KINDS: dict[str, Kind] = {name: _load(name) for name in NAMES}
SCHEMAS: Schemas = {name: kind.schema for name, kind in KINDS.items()} | {
    name: replace(schema, runs=False) for name, schema in PLANNED.items()
}
"""What a workshop file may name."""
